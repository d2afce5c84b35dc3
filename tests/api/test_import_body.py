"""Two ways of reading a request say the same: the fast one of good requests, and the one that says what is wrong."""

import json

import pytest
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st
from pydantic.alias_generators import to_camel

from api.import_body import parse_import, read_good, read_odd
from bench.people import make_draft
from core.errors import TooManyRows
from core.records import Lead

texts = st.none() | st.text()
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
fields = {
    **dict.fromkeys(map(to_camel, Lead._fields), texts),
    "customFields": st.none() | st.dictionaries(st.text(), values, max_size=3),
    "tags": st.none() | st.lists(st.text(), max_size=3),
}
requests = st.fixed_dictionaries(
    {"leads": st.lists(st.fixed_dictionaries({}, optional=fields), min_size=1, max_size=4)},
    optional={"restoreSoftDeleted": st.booleans(), "dryRun": st.booleans()},
)


def told(read):
    """All that was read, with None for what a lead lacks."""
    leads = [{name: draft.get(name) for name in Lead._fields} for draft in read.leads]
    return repr((leads, read.restore_soft_deleted, read.dry_run))  # as text, because True equals 1


@given(requests, st.booleans())
def test_both_ways_read_the_same(request, is_ascii):
    body = json.dumps(request, ensure_ascii=is_ascii).encode()
    assert told(read_good(body)) == told(read_odd(body))


def with_lead(*members):
    """The body of a request whose lead has these members."""
    return '{"leads": [{"email": "a@example.com"' + "".join(f", {member}" for member in members) + "}]}"


def custom(value):
    """A lead's custom field, as JSON text that need not be right."""
    return '"customFields": {"x": ' + value + "}"


def nested(depth):
    """A list in a list in a list."""
    return "[" * depth + "]" * depth


ODD_BODIES = [
    *map(with_lead, map(custom, ["NaN", "-Infinity", "1e400", "01", "+1", "1.", ".5", "1,", nested(101), nested(5000)])),
    *map(with_lead, ['"customFields": []', '"customFields": {x: 1}', "\"customFields\": {'x': 1}", '"customFields": {1: 1}']),
    *map(with_lead, ['"firstName": 1', '"firstName": true', '"firstName": ["a"]', '"firstName": None', '"firstName": "a" // note']),
    *map(with_lead, ['"firstName": "a\nb"', r'"firstName": "\x41"', r'"firstName": "\ud800"', '"firstName": "a', "", '"first_name": "a"']),
    *map(with_lead, ['"tags": "a"', '"tags": [1]', '"tags": [null]', '"tags": {"a": 1}', '"other": 1', '"other": NaN']),
    with_lead('"other": ' + nested(300)),
    "", "null", "[]", "{}", '{"leads": null}', '{"leads": {}}', '{"leads": [1]}', '{"leads": [null]}', '{"leads": []} x',
    '\ufeff{"leads": [{}]}', '{"leads": [{}], "dryRun": 1}', '{"leads": [{}], "dryRun": null}', '{"leads": [{}], "restoreSoftDeleted": "true"}',
    '{"leads": [{}], "restore_soft_deleted": false}', '{"leads": [{}], "note": NaN}', '{"leads": [{}], "leads": [1]}', '{"leads": []}',
]  # fmt: skip


@pytest.mark.parametrize("body", ODD_BODIES)
def test_nothing_odd_is_read_the_fast_way(body):
    assert read_good(body.encode()) is None


@pytest.mark.parametrize("body", [b'{"leads": [{"email": "\xff"}]}', b'{"leads": [{"email": "\xed\xa0\x80"}]}'])
def test_what_is_no_utf_8_is_no_json(body):
    with pytest.raises(RequestValidationError):
        parse_import(body)


@pytest.mark.parametrize(
    "body",
    [
        *map(with_lead, map(custom, ["-0", "-0.0", "1E3", "123456789012345678901234567890", "5e-324", nested(99)])),
        *map(with_lead, map(custom, ["0.1234567890123456789", "1.7976931348623157e308", '1, "x": 2'])),
        with_lead('"email": "b@example.com"'),
        with_lead(r'"firstName": "\ud83d\ude00 \u0000 \/ \t"'),
    ],
)
def test_what_json_allows_is_read_the_same(body):
    assert told(read_good(body.encode())) == told(read_odd(body.encode()))


def test_a_body_of_very_many_objects_is_not_read_before_they_are_counted():
    body = json.dumps({"leads": [{}] * 20_001}).encode()
    assert read_good(body) is None
    with pytest.raises(TooManyRows):
        parse_import(body)


def test_a_request_of_the_full_size_is_read_the_fast_way():
    body = json.dumps({"leads": [{to_camel(name): value for name, value in make_draft(i, "a").items()} for i in range(1000)]}).encode()
    good = read_good(body)
    assert len(good.leads) == 1000
    assert good.leads[7] == make_draft(7, "a")
    assert [*good.leads[7:9]] == [make_draft(7, "a"), make_draft(8, "a")]
