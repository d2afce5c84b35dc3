"""contract.md section 2: the rule of every field; section 3, rule 1: an invalid value rejects its row, and says why."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.fields import (
    MAX_CELL_LENGTH,
    MAX_CUSTOM_FIELDS,
    MAX_CUSTOM_KEY_LENGTH,
    MAX_TAG_LENGTH,
    MAX_TAGS,
    STATUSES,
    TEXT_FIELDS,
)
from core.records import Lead
from core.validation import MAX_CUSTOM_DEPTH, UncheckedRows, check_rows
from tests.factories import brief, check_drafts

COLUMNS = {"email": "E-Mail", "company": "Firma", "status": "State", "tags": "Labels"}


def check(draft, row=4):
    [checked] = check_rows([draft], [row], COLUMNS)
    return checked


def check_with(**values):
    return check({"email": "a@example.com", **values})


# --- good rows --------------------------------------------------------------------------------------------------------


def test_a_good_row_becomes_a_lead():
    checked = check(
        {"email": " Ada@Example.com ", "first_name": " Ada ", "status": "Bounced", "tags": ["vip", " vip"],
         "custom_fields": {"Budget": 10}}
    )  # fmt: skip
    assert checked.lead == Lead(
        "ada@example.com", "Ada", status="bounced", tags=("vip",), custom_fields={"Budget": 10}
    )
    assert checked.issues == ()


def test_the_email_stays_as_it_was_given_beside_the_key():
    assert check({"email": " Ada@Example.com "}).email == "Ada@Example.com"


@pytest.mark.parametrize("empty", [None, "", "  ", "\u00a0\u200b"])
@pytest.mark.parametrize("field", [field.key for field in TEXT_FIELDS] + ["status"])
def test_an_empty_value_means_absent(field, empty):
    """contract.md section 2: trimmed; empty means absent."""
    assert check_with(**{field: empty}).lead == Lead("a@example.com")


@pytest.mark.parametrize("empty", [None, [], ["", " "]])
def test_empty_tags_mean_absent(empty):
    assert check_with(tags=empty).lead == Lead("a@example.com")


@pytest.mark.parametrize("empty", [None, {}])
def test_empty_custom_fields_mean_absent(empty):
    assert check_with(custom_fields=empty).lead == Lead("a@example.com")


@pytest.mark.parametrize("status", [*STATUSES, "ACTIVE", " Bounced "])
def test_the_four_statuses_are_known_in_any_case(status):
    assert check_with(status=status).lead.status == status.strip().lower()


@pytest.mark.parametrize("field", TEXT_FIELDS, ids=lambda field: field.key)
def test_a_text_at_its_limit_is_good(field):
    assert check_with(**{field.key: "x" * field.max_length}).lead
    assert check_with(**{field.key: f"  {'ü' * field.max_length}  "}).lead


def test_tags_and_custom_fields_at_their_limits_are_good():
    assert check_with(tags=[f"{i:0{MAX_TAG_LENGTH}}" for i in range(MAX_TAGS)]).lead
    keys = [f"{i:0{MAX_CUSTOM_KEY_LENGTH}}" for i in range(MAX_CUSTOM_FIELDS)]
    assert check_with(custom_fields=dict.fromkeys(keys, "x" * MAX_CELL_LENGTH)).lead


def test_repeated_tags_do_not_count_towards_the_limit():
    assert check_with(tags=["vip"] * (MAX_TAGS + 1)).lead.tags == ("vip",)


@pytest.mark.parametrize(
    "value",
    [None, True, 0, -1.5, 10**30, "", "ü", [], [1, ["a", None]], {"a": {"b": []}}, r"\u0000", r"C:\users\u0000", "NaN",
     "Infinity"],
)  # fmt: skip
def test_custom_fields_take_any_json_value(value):
    """contract.md section 2: free keys, JSON values."""
    assert check_with(custom_fields={"key": value}).lead.custom_fields == {"key": value}


# --- one problem each -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", [None, "", "  ", "\u00a0\u200b"])
def test_an_empty_email_is_named_in_the_words_of_the_contract(email):
    """contract.md section 3: for the empty email the reason is `empty email`."""
    checked = check({"email": email})
    assert brief(checked.issues) == [(4, "E-Mail", "email-empty")]
    assert checked.issues[0].message == "empty email"
    assert check({}).issues[0].message == "empty email"


def test_a_bad_email_is_shown_with_what_is_wrong():
    [issue] = check({"email": "ada.example.com"}).issues
    assert brief([issue]) == [(4, "E-Mail", "email-invalid")]
    assert (issue.field, issue.value) == ("email", "ada.example.com")
    assert "@-sign" in issue.message


def test_an_email_over_254_characters_is_too_long():
    assert brief(check({"email": "a@" + "b" * 249 + ".com"}).issues) == [(4, "E-Mail", "email-too-long")]


def test_a_local_part_over_64_characters_is_not_valid():
    assert brief(check({"email": "a" * 65 + "@example.com"}).issues) == [(4, "E-Mail", "email-invalid")]


def test_an_unknown_status_is_named():
    [issue] = check_with(status="Sleeping").issues
    assert brief([issue]) == [(4, "State", "status-unknown")]
    assert "Sleeping" in issue.message
    assert all(status in issue.hint for status in STATUSES)


@pytest.mark.parametrize("field", TEXT_FIELDS, ids=lambda field: field.key)
def test_a_text_over_its_limit_is_named_with_both_numbers(field):
    [issue] = check_with(**{field.key: "x" * (field.max_length + 1)}).issues
    assert brief([issue]) == [(4, COLUMNS.get(field.key), "value-too-long")]
    assert issue.field == field.key
    assert f"{field.max_length:,}" in issue.message
    assert f"{field.max_length + 1:,}" in issue.message
    assert field.label in issue.message


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "a\udfffb"])
def test_what_postgresql_cannot_store_is_refused_in_every_field(bad):
    """NUL and lone surrogates: no text type takes them, and COPY would fail as a whole."""
    for field in TEXT_FIELDS:
        [issue] = check_with(**{field.key: bad}).issues
        assert (issue.code, issue.field) == ("value-characters-forbidden", field.key)
        issue.message.encode()
        assert "\x00" not in issue.message + (issue.value or "")
    assert brief(check_with(tags=["good", bad]).issues) == [(4, "Labels", "value-characters-forbidden")]
    assert brief(check_with(custom_fields={"Budget": bad}).issues) == [(4, "Budget", "value-characters-forbidden")]
    assert [issue.code for issue in check_with(custom_fields={bad: "x"}).issues] == ["value-characters-forbidden"]
    assert [issue.code for issue in check_with(custom_fields={"a": {"b": [bad]}}).issues] == [
        "value-characters-forbidden"
    ]


@pytest.mark.parametrize("bad", ["a\x00@example.com", "\ud800@example.com", "a@exa\udc00mple.com"])
def test_a_refused_email_can_be_stored_and_shown(bad):
    checked = check({"email": bad})
    assert brief(checked.issues) == [(4, "E-Mail", "email-invalid")]
    checked.email.encode()
    assert "\x00" not in checked.email


def test_half_a_pair_at_the_end_of_one_value_and_the_start_of_the_next_do_not_make_one():
    assert not check_with(first_name="\ud83d", last_name="\ude00").lead
    assert not check_with(tags=["\ud83d", "\ude00"]).lead


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
@pytest.mark.parametrize("wrap", [lambda n: n, lambda n: [1, n], lambda n: {"a": n}])
def test_numbers_that_json_does_not_know_are_refused(number, wrap):
    """1e999 in a JSON body becomes infinity, and jsonb takes neither that nor NaN."""
    checked = check_with(custom_fields={"Budget": wrap(number)})
    assert brief(checked.issues) == [(4, "Budget", "value-characters-forbidden")]


def test_too_many_tags_are_counted():
    [issue] = check_with(tags=[f"tag {i}" for i in range(MAX_TAGS + 1)]).issues
    assert brief([issue]) == [(4, "Labels", "tags-too-many")]
    assert str(MAX_TAGS + 1) in issue.message


def test_a_tag_that_is_too_long_is_named():
    [issue] = check_with(tags=["good", "x" * (MAX_TAG_LENGTH + 1)]).issues
    assert brief([issue]) == [(4, "Labels", "value-too-long")]


def test_too_many_custom_fields_are_counted():
    custom = {f"key {i}": "x" for i in range(MAX_CUSTOM_FIELDS + 1)}
    assert brief(check_with(custom_fields=custom).issues) == [(4, None, "custom-fields-too-many")]


def test_a_custom_field_that_is_too_long_is_named_by_its_key():
    assert brief(check_with(custom_fields={"Budget": "x" * (MAX_CELL_LENGTH + 1)}).issues) == [
        (4, "Budget", "value-too-long")
    ]
    key = "k" * (MAX_CUSTOM_KEY_LENGTH + 1)
    assert [issue.code for issue in check_with(custom_fields={key: "x"}).issues] == ["value-too-long"]


def nested(levels):
    """A value of so many lists and objects in each other."""
    value: object = "x"
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def test_a_custom_value_may_be_nested_as_deep_as_the_limit():
    assert check_with(custom_fields={"deep": nested(MAX_CUSTOM_DEPTH)}).lead
    assert check_with(custom_fields={"wide": [nested(2)] * 500}).lead


@pytest.mark.parametrize("levels", [MAX_CUSTOM_DEPTH + 1, 190, 250, 5000])
def test_a_custom_value_nested_deeper_is_refused(levels):
    """The JSON reader stops at 200 levels: what was written deeper could be neither restored nor reported."""
    checked = check_with(custom_fields={"deep": nested(levels)})
    assert brief(checked.issues) == [(4, "deep", "value-characters-forbidden")]
    assert "nested" in checked.issues[0].message


def test_a_custom_value_nested_without_end_is_refused():
    value: list = []
    value.append(value)
    assert [issue.code for issue in check_with(custom_fields={"loop": value}).issues] == ["value-characters-forbidden"]


# --- several at once ---------------------------------------------------------------------------------------------------


def test_everything_that_is_wrong_with_a_row_is_said_at_once():
    """style.md section 5: functions return issues, all of them, and never stop at the first."""
    checked = check(
        {
            "email": "ada",
            "first_name": "\x00",
            "company": "x" * 256,
            "status": "asleep",
            "tags": ["x" * 256, "good", "\ud800"],
            "custom_fields": {"a": "\x00", "b": "good", "c": "x" * (MAX_CELL_LENGTH + 1)},
        }
    )
    assert checked.lead is None
    assert brief(checked.issues) == [
        (4, "E-Mail", "email-invalid"),
        (4, None, "value-characters-forbidden"),
        (4, "Firma", "value-too-long"),
        (4, "State", "status-unknown"),
        (4, "Labels", "value-too-long"),
        (4, "Labels", "value-characters-forbidden"),
        (4, "a", "value-characters-forbidden"),
        (4, "c", "value-too-long"),
    ]


def test_a_bad_row_does_not_touch_its_neighbours():
    rows = check_drafts([{"email": "a@example.com"}, {"email": "bad", "notes": "\x00"}, {"email": "b@example.com"}])
    assert [row.lead and row.lead.email for row in rows] == ["a@example.com", None, "b@example.com"]
    assert [row.row for row in rows] == [2, 3, 4]


def test_no_rows_are_no_rows():
    assert check_rows([], []) == []


def test_every_draft_needs_its_row_number():
    with pytest.raises(ValueError, match="row number"):
        check_rows([{"email": "a@example.com"}], [2, 3])


# --- for any input -------------------------------------------------------------------------------------------------------

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters()), inner, max_size=3),
    max_leaves=5,
)
texts = st.none() | st.text(st.characters(), max_size=20)
drafts = st.fixed_dictionaries(
    {"email": texts | st.sampled_from(["a@example.com", " B@example.com "])},
    optional={
        **{field.key: texts for field in TEXT_FIELDS},
        "status": texts | st.sampled_from(STATUSES),
        "tags": st.none() | st.lists(st.text(st.characters(), max_size=10), max_size=3),
        "custom_fields": st.none() | st.dictionaries(st.text(st.characters()), json_values, max_size=3),
    },
)


@given(st.lists(drafts, max_size=4))
@settings(max_examples=150)
def test_a_row_has_either_a_lead_or_issues(rows):
    checked = check_drafts(rows)
    assert [bool(row.issues) for row in checked] == [row.lead is None for row in checked]


@given(st.lists(drafts, min_size=2, max_size=4))
@settings(max_examples=100)
def test_a_row_is_judged_alike_alone_and_in_company(rows):
    together = check_drafts(rows)
    alone = [check_rows([row], [number])[0] for number, row in enumerate(rows, start=2)]
    assert repr(together) == repr(alone)  # NaN is not equal to itself


@given(st.lists(drafts, max_size=5), st.integers(1, 5))
@settings(max_examples=100)
def test_rows_checked_part_by_part_are_judged_as_all_together(rows, size):
    unchecked = UncheckedRows(rows, range(2, len(rows) + 2))
    parts = [unchecked[start : start + size] for start in range(0, len(rows), size)]
    together = check_drafts(rows)
    assert repr([row for part in parts for row in part]) == repr(together)
    assert len({*unchecked.emails}) == len(unchecked.emails)
    assert {*unchecked.emails} >= {row.lead.email for row in together if row.lead}


@given(drafts)
@settings(max_examples=100)
def test_a_lead_checked_again_is_the_same_lead(draft):
    [checked] = check_drafts([draft])
    if checked.lead:
        again = {**checked.lead._asdict(), "tags": [*checked.lead.tags]}
        assert check_drafts([again])[0].lead == checked.lead
