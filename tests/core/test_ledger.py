"""design.md section 2: for every row its number, outcome, reason code, lead id, and for restored leads the before-image."""

import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import from_json, to_json

from core.chunks import Plan
from core.deciding import decide_rows
from core.errors import NewerRelease
from core.fields import STATUSES
from core.ids import new_hex_ids
from core.issues import make_issue
from core.ledger import decode_ledger, encode_ledger
from core.records import ImportOptions, Lead, RowDecision, StoredLead
from tests.factories import DELETED_AT, active_lead, deleted_lead, invalid_row, left_out, valid_row, whole_lead


def round_trip(decisions):
    return decode_ledger(encode_ledger(Plan.of(decisions)))


def plan_of_every_kind():
    rows = [
        valid_row(2, "new@example.com", first_name="Ada"),
        valid_row(3, "back@example.com", company="Kite", tags=["new"], custom_fields={"Budget": 2}),
        valid_row(4, "NEW@example.com"),
        valid_row(5, "held@example.com"),
        invalid_row(6),
        valid_row(7, "left@example.com"),
    ]
    stored = {
        "back@example.com": deleted_lead("back@example.com", company="Acme", tags=("old",), custom_fields={"Budget": 1}),
        "held@example.com": active_lead(),
    }
    return decide_rows(rows, stored, options=ImportOptions(), choices=left_out(7), new_ids=new_hex_ids()).decisions


def test_every_row_comes_back_in_order_with_what_happened_to_it():
    decisions = plan_of_every_kind()
    back = round_trip(decisions)
    assert [decision[:4] + decision[5:] for decision in back] == [decision[:4] + decision[5:] for decision in decisions]


def test_the_values_of_restored_rows_come_back_and_those_of_others_do_not():
    """Undo puts the before-image back; a created lead is in the workspace."""
    decisions = plan_of_every_kind()
    back = round_trip(decisions)
    assert back[1].lead == decisions[1].lead
    assert back[1].stored == decisions[1].stored
    assert [decision.lead for decision in back if decision.outcome != "restored"] == [None] * 5


def test_an_issue_comes_back_as_it_was_said():
    issue = make_issue("email-invalid", row=9, column="E-Mail", field="email", value="ä\t\"x'", why="because")
    warning = replace(issue, severity="warning", column=None, value=None)
    decision = RowDecision(9, "error", "ä", "email-invalid", issues=(issue, warning))
    assert round_trip([decision]) == [decision]


def test_a_ledger_of_version_1_tells_its_issues_in_its_own_words():
    columns = {
        "version": 1, "rows": [9], "outcomes": "e", "emails": ["ä"], "ids": [None], "codes": {"0": "email-invalid"},
        "first_rows": {}, "restored": {},
        "issues": {"0": [["email-invalid", "error", "E-Mail", "email", "ä", "invalid email: old", "Correct it."]]},
    }  # fmt: skip
    [issue] = decode_ledger(zlib.compress(to_json(columns)))[0].issues
    assert (issue.code, issue.row, issue.column, issue.value) == ("email-invalid", 9, "E-Mail", "ä")
    assert (issue.message, issue.hint) == ("invalid email: old", "Correct it.")


def test_a_ledger_of_version_2_keeps_what_a_restore_changed():
    before = ["a@x.com", "Ada", None, "Acme", None, None, None, None, None, "api", "active", {"Budget": 1}, ["old"]]
    columns = {
        "version": 2, "rows": [2, 3], "outcomes": "rc", "emails": ["A@x.com", "b@x.com"], "ids": ["0" * 32, "1" * 32],
        "codes": {}, "first_rows": {}, "issues": {},
        "restored": {"0": ["2026-01-02T03:04:05Z", before, {"3": "Kite", "12": ["old", "new"]}]},
    }  # fmt: skip
    old = Lead(*before[:-1], ("old",))
    stored = StoredLead("0" * 32, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), old)
    assert decode_ledger(zlib.compress(to_json(columns))) == [
        RowDecision(2, "restored", "A@x.com", None, old._replace(company="Kite", tags=("old", "new")), "0" * 32, stored),
        RowDecision(3, "created", "b@x.com", lead_id="1" * 32),
    ]


def test_a_ledger_of_a_newer_release_is_not_guessed_at():
    with pytest.raises(NewerRelease, match="newer release"):
        decode_ledger(zlib.compress(to_json({"version": 99})))


@pytest.mark.parametrize("rows", [[2], [2, 3, 4], [5, 7, 9], [2, 4, 3, 5], [4, 3, 2], [2, 2]])
def test_row_numbers_come_back_in_their_order(rows):
    decisions = [RowDecision(row, "not_imported", f"{i}@example.com", "row-skipped") for i, row in enumerate(rows)]
    assert round_trip(decisions) == decisions


def test_a_ledger_that_lists_every_row_number_is_read():
    """As version 3 wrote them."""
    decisions = [RowDecision(row, "not_imported", f"{row}@example.com", "row-skipped") for row in (2, 3)]
    text, ids = zlib.decompress(encode_ledger(Plan.of(decisions))).split(b"\n", 1)
    columns = {**from_json(text), "version": 3, "rows": [2, 3]}
    assert decode_ledger(zlib.compress(b"%b\n%b" % (to_json(columns), ids))) == decisions


def test_no_rows_are_no_rows():
    assert round_trip([]) == []


def test_a_thousand_created_rows_take_a_few_kilobytes():
    """design.md section 2: a ledger of 1000 rows is one compressed value."""
    rows = [valid_row(row, f"person{row}@company{row % 97}.example.com") for row in range(2, 1002)]
    plan = decide_rows(rows, {}, options=ImportOptions(), new_ids=new_hex_ids())
    content = encode_ledger(plan)
    assert len(content) < 20_000
    zlib.decompress(content)


def test_a_merge_that_gives_way_between_equal_looking_values_is_kept():
    """True equals 1 to Python, and not to anybody who reads the report."""
    stored = deleted_lead("a@example.com", custom_fields={"is_customer": 1})
    rows = [valid_row(2, "a@example.com", custom_fields={"is_customer": True})]
    [decision] = round_trip(decide_rows(rows, {"a@example.com": stored}, options=ImportOptions()).decisions)
    assert repr(decision.lead.custom_fields) == "{'is_customer': True}"
    assert repr(decision.stored.lead.custom_fields) == "{'is_customer': 1}"


texts = st.none() | st.text(max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
leads = st.builds(
    Lead,
    st.emails(), texts, texts, texts, texts, texts, texts, texts, texts, texts, st.sampled_from(STATUSES),
    st.dictionaries(st.text(max_size=5), json_values, max_size=3),
    st.lists(st.text(min_size=1, max_size=5), max_size=3).map(tuple),
)  # fmt: skip
moments = st.none() | st.datetimes(timezones=st.just(DELETED_AT.tzinfo))


@given(st.lists(st.tuples(leads, leads, moments), min_size=1, max_size=4))
@settings(max_examples=100)
def test_any_before_image_comes_back(restores):
    decisions = [
        RowDecision(
            row, "restored" if at else "duplicate", before.email, None if at else "duplicate-filled", after, "0" * 32,
            StoredLead("0" * 32, at, before),
        )
        for row, (before, after, at) in enumerate(restores, start=2)
    ]
    assert round_trip(decisions) == decisions


def test_a_lead_whose_blanks_were_filled_is_kept_before_and_after():
    """Undo empties them again."""
    stored = whole_lead("held@example.com", company="Acme", custom_fields={"Budget": 1})
    rows = [valid_row(2, "held@example.com", company="Kite", phone="+1 555 0100", custom_fields={"Budget": 2, "Seats": 5})]
    options = ImportOptions(fill_blanks=True)
    decisions = decide_rows(rows, {"held@example.com": stored}, options=options).decisions
    [decision] = round_trip(decisions)
    assert (decision,) == decisions
    assert decision.stored == stored
    assert (decision.lead.company, decision.lead.phone) == ("Acme", "+1 555 0100")
    assert decision.lead.custom_fields == {"Budget": 1, "Seats": 5}


def test_a_restore_that_nobody_confirmed_leaves_nothing_of_the_lead():
    stored = deleted_lead("a@example.com", status="bounced")
    plan = decide_rows([valid_row(2, "a@example.com")], {"a@example.com": stored}, options=ImportOptions(restore_unsubscribed=False))
    [decision] = round_trip(plan.decisions)
    assert (decision.code, decision.lead_id, decision.lead, decision.stored) == ("restore-not-confirmed", stored.id, None, None)
