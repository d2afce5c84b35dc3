"""Who comes back, deleted when, changed how."""

from core.deciding import decide_rows
from core.records import ImportOptions, RowChoices
from core.restores import find_restores, merge_table, restores_table
from tests.factories import DELETED_AT, active_lead, deleted_lead, valid_row

A, B, C = "a@example.com", "b@example.com", "c@example.com"
STORED = {A: deleted_lead(A, company="Old"), B: deleted_lead(B, status="unsubscribed"), C: active_lead()}
ROWS = [valid_row(2, A.upper(), company="Kite"), valid_row(3, B), valid_row(4, C), valid_row(5, "new@example.com")]


def restores(*, options=ImportOptions(restore_unsubscribed=False), confirmed=()):  # noqa: B008 - a frozen value
    plan = decide_rows(ROWS, STORED, options=options, choices=RowChoices(confirmed=set(confirmed)))
    return find_restores(plan.decisions, options=options, campaigns={STORED[A].id: ["Autumn", "Spring"]})


def test_every_lead_that_comes_back_or_waits_for_its_tick_is_listed():
    first, second = restores()
    assert (first.row, first.email, first.deleted_at, first.status) == (2, A, DELETED_AT, "active")
    assert first.changes == (("Company", "Old", "Kite"),)
    assert (first.campaigns, first.needs_tick, first.comes_back) == (("Autumn", "Spring"), False, True)
    assert (second.row, second.status, second.campaigns) == (3, "unsubscribed", ())
    assert (second.needs_tick, second.comes_back) == (True, False)


def test_a_tick_brings_one_back_and_can_be_taken_away():
    second = restores(confirmed=[B])[1]
    assert (second.needs_tick, second.comes_back) == (True, True)


def test_where_nobody_is_asked_nothing_needs_a_tick():
    assert [(one.needs_tick, one.comes_back) for one in restores(options=ImportOptions())] == [(False, True)] * 2


def test_where_restoring_is_off_nobody_comes_back():
    assert restores(options=ImportOptions(restore_soft_deleted=False, restore_unsubscribed=False)) == []


def test_the_tables_have_a_line_per_lead_and_one_per_change():
    found = restores()
    assert restores_table(found) == {
        "Bring back": [True, False], "Row": [2, 3], "Email": [A, B], "Deleted": [DELETED_AT] * 2,
        "Status": ["active", "unsubscribed"], "Campaigns": ["Autumn, Spring", ""], "Changes": [1, 0],
    }  # fmt: skip
    assert merge_table(found) == {
        "Row": [2], "Email": [A], "Field": ["Company"], "Old value": ["Old"], "New value": ["Kite"],
    }  # fmt: skip
    assert merge_table([]) == {"Row": [], "Email": [], "Field": [], "Old value": [], "New value": []}
