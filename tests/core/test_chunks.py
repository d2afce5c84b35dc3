"""Rows column by column say the same as rows one by one, whatever the chunks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chunks import CheckedChunk, Plan
from core.deciding import NO_CHOICES, decide_chunk, decide_rows
from core.ids import new_hex_ids
from core.records import ImportOptions, RowChoices
from core.validation import UncheckedRows, check_rows
from tests.factories import active_lead, deleted_lead, outcomes, valid_row, whole_lead

OPTIONS = ImportOptions(default_source="fair")
STORED = {
    "held@example.com": active_lead(),
    "gone@example.com": deleted_lead("gone@example.com", company="Acme"),
    "back@example.com": deleted_lead("back@example.com", phone="+49 30"),
}
DRAFTS = [
    {"email": "New@example.com", "company": "Kite"},
    {"email": "held@example.com"},
    {"email": "gone@example.com", "source": "ads", "tags": ["fair", "fair"]},
    {"email": "nonsense"},
    {"email": "other@example.com", "tags": ["x" * 65], "status": "asleep"},
    {"email": "new@example.com"},
    {"email": " last@example.com", "source": "ads", "custom_fields": {"Budget": "10"}, "tags": [" fair "]},
    {"email": "GONE@example.com"},
    {"email": "back@example.com", "company": "Kite"},
]


def decide_in_chunks(drafts, size, *, unchecked):
    rows = UncheckedRows(drafts, range(2, len(drafts) + 2))
    plan, first_rows, starts = Plan(OPTIONS.default_source), {}, range(0, len(drafts), size)
    for start in starts:
        part = slice(start, start + size)
        chunk = rows.chunk(part) if unchecked else CheckedChunk.of(rows[part])
        decide_chunk(chunk, plan, STORED, options=OPTIONS, choices=NO_CHOICES, first_rows=first_rows, new_ids=None)
    return plan


@given(st.permutations(DRAFTS * 2), st.integers(1, 19), st.booleans())
def test_the_size_of_the_chunks_makes_no_difference(drafts, size, unchecked):
    whole = decide_rows(check_rows(drafts, range(2, len(drafts) + 2)), STORED, options=OPTIONS)
    plan = decide_in_chunks(drafts, size, unchecked=unchecked)
    assert plan.decisions == whole.decisions
    assert plan.counts == whole.counts == {"created": 2, "restored": 2, "duplicate": 10, "error": 4}
    assert plan.added == 4
    assert len(plan) == 18


def test_checked_rows_come_back_from_their_columns():
    rows = check_rows(DRAFTS, range(2, len(DRAFTS) + 2))
    assert CheckedChunk.of(rows).to_rows() == rows
    assert CheckedChunk.of([]).to_rows() == []


@pytest.mark.parametrize("unchecked", [True, False])
def test_what_is_to_be_written_stands_in_columns(unchecked):
    rows = UncheckedRows(DRAFTS, range(2, len(DRAFTS) + 2))
    plan, ids = Plan("fair"), new_hex_ids()
    chunk = rows.chunk(slice(None)) if unchecked else CheckedChunk.of(rows[:])
    decide_chunk(chunk, plan, STORED, options=OPTIONS, choices=NO_CHOICES, first_rows={}, new_ids=ids)
    lead_ids, emails, *_, sources, _, customs, tags = plan.created_since(0)
    assert [*lead_ids] == [decision.lead_id for decision in plan.decisions if decision.outcome == "created"]
    assert [*emails] == ["new@example.com", "last@example.com"]
    assert [*sources] == ["fair", "ads"], "the door's where the row names none"
    assert [*customs] == [{}, {"Budget": "10"}]
    assert [*tags] == [(), ("fair",)]
    assert [lead.source for lead in (plan.decisions[0].lead, plan.decisions[6].lead)] == ["fair", "ads"]


def test_nothing_is_to_be_written_of_duplicates():
    plan = decide_rows([valid_row(2, "held@example.com")], STORED, options=OPTIONS)
    assert plan.created_since(0) == []


def test_restored_and_filled_leads_stand_side_by_side():
    held = whole_lead("held@example.com", phone="+49 40")
    stored = {**STORED, "held@example.com": held}
    rows = [valid_row(2, "held@example.com", company="Wren"), valid_row(3, "back@example.com", company="Kite")]
    rewritten = decide_rows(rows, stored, options=ImportOptions(fill_blanks=True)).rewritten
    assert dict(zip(rewritten.at, rewritten.stored, strict=True)) == {0: held, 1: stored["back@example.com"]}
    assert {name: dict(zip(rewritten.at, values, strict=True)) for name, values in rewritten.changes.items()} == {
        "company": {0: "Wren", 1: "Kite"}
    }


def test_a_plan_of_decisions_has_what_a_ledger_keeps_of_them():
    options = ImportOptions(restore_unsubscribed=False)
    rows = check_rows(DRAFTS, range(2, len(DRAFTS) + 2))
    stored = {**STORED, "other@example.com": deleted_lead("other@example.com", status="bounced")}
    rows.append(valid_row(20, "other@example.com"))
    given = decide_rows(rows, stored, options=options, choices=RowChoices(left_out={3: "row-skipped"})).decisions
    again = Plan.of(given).decisions
    assert [decision._replace(lead=None) for decision in again] == [decision._replace(lead=None) for decision in given]
    assert [decision.lead for decision in again if decision.stored] == [decision.lead for decision in given if decision.stored]


def test_the_first_of_an_outcome_are_found_without_the_others():
    plan = decide_in_chunks(DRAFTS * 2, 3, unchecked=True)
    assert outcomes(plan.first(2, "error")) == [(5, "error", "email-invalid"), (6, "error", "status-unknown")]
    assert plan.first(100, "duplicate") == [decision for decision in plan.decisions if decision.outcome == "duplicate"]
    assert plan.first(100, "not_imported") == []
