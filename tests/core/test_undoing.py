"""Which leads an undo changes and which it keeps, without a database."""

from datetime import UTC, datetime

from core.records import FILLED, Lead, RowDecision, StoredLead
from core.undoing import LeadState, decode_undo, encode_undo, find_touched, plan_redo, plan_undo

THEN, LATER, NOW = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3))
BEFORE, AFTER, LAST = Lead("a@x.com"), Lead("a@x.com", "Ann"), Lead("a@x.com", "Ann", "Adler")


def created(row, lead_id):
    return RowDecision(row, "created", f"{lead_id}@x.com", lead_id=lead_id)


def changed(row, lead_id, outcome, code, *, before=BEFORE, after=AFTER, deleted_at=None):
    return RowDecision(row, outcome, "a@x.com", code, after, lead_id, StoredLead(lead_id, deleted_at, before))


def test_what_wrote_nothing_is_not_touched():
    rows = [
        RowDecision(2, "duplicate", "a@x.com", "duplicate-existing", lead_id="d"),
        RowDecision(3, "error", "bad", "email-invalid"),
        changed(4, "e", "duplicate", "restore-not-confirmed", deleted_at=THEN),
    ]
    assert find_touched([(NOW, rows)]) == {}


def test_every_writing_is_known_with_its_time_and_images():
    rows = [changed(3, "r", "restored", None, deleted_at=THEN), created(2, "c"), changed(4, "f", "duplicate", FILLED)]
    touched = find_touched([(NOW, rows)])
    assert [(lead.row, lead.writing, lead.before, lead.after, lead.deleted_at) for lead in touched.values()] == [
        (2, "created", None, None, None), (3, "restored", BEFORE, AFTER, THEN), (4, "filled", BEFORE, AFTER, None),
    ]  # fmt: skip
    assert {lead.moments for lead in touched.values()} == {(NOW,)}


def test_a_lead_that_was_written_twice_has_both_times_and_the_outer_images():
    first = changed(2, "f", "duplicate", FILLED)
    second = changed(9, "f", "duplicate", FILLED, before=AFTER, after=LAST)
    [lead] = find_touched([(THEN, [first]), (NOW, [second])]).values()
    assert (lead.row, lead.moments, lead.before, lead.after) == (2, (THEN, NOW), BEFORE, LAST)


def test_a_lead_is_as_the_import_left_it_while_its_time_is_that_of_the_import_or_of_a_redo():
    touched = find_touched([(THEN, [created(row, f"{row}") for row in range(2, 8)])])
    states = {
        "2": LeadState(THEN, None), "3": LeadState(LATER, None), "4": LeadState(NOW, None), "5": LeadState(NOW, NOW),
        "6": LeadState(datetime(2025, 1, 1, tzinfo=UTC), None),
    }  # fmt: skip
    plan = plan_undo(touched, states, redone=[LATER])
    assert [lead.lead_id for lead in plan.changed] == ["2", "3"]
    assert [(lead.lead_id, lead.code) for lead in plan.kept] == [
        ("4", "lead-changed-since"), ("5", "lead-deleted-since"), ("6", "lead-changed-since"), ("7", "lead-gone"),
    ]  # fmt: skip


def test_created_and_restored_leads_move_the_counts_and_filled_ones_do_not():
    rows = [created(2, "c"), changed(3, "r", "restored", None, deleted_at=THEN), changed(4, "f", "duplicate", FILLED)]
    touched = find_touched([(THEN, rows)])
    plan = plan_undo(touched, dict.fromkeys(touched, LeadState(THEN, None)))
    assert plan.counts == {"created": 1, "restored": 1, "filled": 1}
    assert plan.moved == ["c", "r"]


def test_a_redo_is_about_what_its_undo_changed():
    rows = [created(2, "c"), created(3, "kept"), created(4, "back"), changed(5, "f", "duplicate", FILLED), created(6, "gone")]
    touched = find_touched([(THEN, rows)])
    states = {
        "c": LeadState(NOW, NOW),
        "kept": LeadState(THEN, None),
        "back": LeadState(LATER, None),
        "f": LeadState(LATER, None),
    }
    plan = plan_redo(touched, states, undone={"c", "back", "f", "gone"}, undone_at=NOW)
    assert [lead.lead_id for lead in plan.changed] == ["c"]
    assert [(lead.lead_id, lead.code) for lead in plan.kept] == [
        ("back", "lead-restored-since"), ("f", "lead-changed-since"), ("gone", "lead-gone"),
    ]  # fmt: skip


def test_the_record_of_an_undo_comes_back_as_it_was():
    touched = find_touched([(THEN, [created(2, "c"), created(3, "ä")])])
    plan = plan_undo(touched, {"c": LeadState(THEN, None)})
    named = plan.kept[0]._replace(name="Ürgüp, “x”")
    changed_ids, kept = decode_undo(encode_undo(type(plan)("undo", plan.changed, (named,))))
    assert (changed_ids, kept) == (frozenset({"c"}), (named,))
