"""JSON as RFC 8259 has it, strictly, for every endpoint."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.strict_json import find_infinite, mark_surrogates, parse_json, restore_surrogates

texts = st.text(st.characters(codec=None), max_size=20)  # lone surrogates, too
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_what_the_standard_library_writes_is_read_back(value):
    assert parse_json(json.dumps(value).encode()) == json.loads(json.dumps(value))


@given(values)
def test_text_that_is_not_escaped_is_read_as_well(value):
    try:
        body = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return  # a lone surrogate cannot stand in UTF-8
    assert parse_json(body) == json.loads(body)


@given(texts)
def test_marking_changes_nothing_but_lone_surrogates(text):
    body = json.dumps(text).encode()
    assert restore_surrogates(json.loads(mark_surrogates(body))) == json.loads(body)
    if json.loads(body).isprintable():
        assert mark_surrogates(body) == body


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"NaN", b"[Infinity]", b"-Infinity", b"1e999", b"[-1e999]", b'{"a": [1, {"b": 1e400}]}', b"01", b"1.", b".5",
     b"'a'", b"[1,]", b'{"a": 1,}', b"{a: 1}", b"nul", b"tru", b'"\x01"', b'"\\x"', b'"\\u12"', b"\xff", b'"\xed\xa0\x80"',
     b"9" * 5000, b"[" * 300 + b"]" * 300, b"[" * 1_000_000, b'{"a":' * 300 + b"1" + b"}" * 300, b"[1] 2", b'"a', b"/* */ 1"],
)  # fmt: skip
def test_what_is_not_strictly_json_is_refused(body):
    with pytest.raises(json.JSONDecodeError):
        parse_json(body)


def test_of_duplicate_keys_the_last_one_wins():
    assert parse_json(b'{"a": 1, "b": 2, "a": 3}') == {"a": 3, "b": 2}


def test_infinities_are_found_where_they_stand():
    infinity = float("inf")
    assert list(find_infinite({"a": [1.5, infinity], "b": {"c": -infinity}, "d": "inf"})) == [("a", 1), ("b", "c")]


@pytest.mark.parametrize("path", ["/leads", "/campaigns"])
@pytest.mark.parametrize("body", [b'{"email": NaN}', b'{"name": 1e999}', b"[" * 5000, b'{"email": "\xff"}', b"{", b"9" * 5000])
def test_the_other_endpoints_read_strictly_too(http, path, body):
    answer = http.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] == "json_invalid"


@pytest.mark.parametrize(("path", "field"), [("/leads", "company"), ("/campaigns", "name")])
@pytest.mark.parametrize("escape", [rb"\ud800", rb"\u0000"])
def test_characters_that_cannot_be_stored_are_422_there(http, path, field, escape):
    body = b'{"email": "a@example.com", "%s": "x%s"}' % (field.encode(), escape)
    answer = http.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", field]
