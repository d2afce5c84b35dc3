"""What the review puts right on request: all of it visible in the draft and undone like corrections made by hand."""

from dataclasses import replace

import pytest

from core import draft_flow, repair_flow, report_flow, run_flow
from core.drift import see_plan
from core.errors import StateConflict
from core.losses import count_losses
from tests.factories import make_ready, outcomes, place, put_leads, read_leads, run

FILE = (
    b"Email,Name,Company\n"
    b"a@example.com,,Kite\n"  # row 2
    b"A@example.com,Ada,Acme\n"
    b"b@example.com,Bo,\n"
    b"a@example.com,Al,\n"
    b"b@example.com,,Zinc\n"
)
MAPPING = {"Email": "email", "Name": "first_name", "Company": "company"}


@pytest.fixture
def ready(engine, workspace_id):
    return make_ready(engine, workspace_id, FILE, MAPPING)


def list_losses(engine, record):
    return repair_flow.list_losses(engine, preview=draft_flow.preview(engine, **place(record)))


def decisions_of(engine, record):
    return outcomes(draft_flow.preview(engine, **place(record)).plan.decisions)


def test_the_meter_says_what_would_be_lost(engine, ready):
    losses = list_losses(engine, ready)
    assert [(loss.row, loss.winner, loss.cells) for loss in losses] == [
        (3, 2, (("Name", "Ada"),)),
        (5, 2, (("Name", "Al"),)),
        (6, 4, (("Company", "Zinc"),)),
    ]
    assert count_losses(losses) == (3, 3, 2, 1)


def test_all_blanks_are_filled_as_corrections(engine, ready):
    record = repair_flow.fill_blanks(engine, **place(ready))
    assert record.corrections == {2: {"Name": "Ada"}, 4: {"Company": "Zinc"}}
    assert count_losses(list_losses(engine, ready)).values == 0


def test_blanks_are_filled_from_one_row_alone(engine, ready):
    assert repair_flow.fill_blanks(engine, **place(ready), rows=[5]).corrections == {2: {"Name": "Al"}}


def test_filled_blanks_are_imported_and_can_be_taken_back(engine, workspace_id, ready):
    repair_flow.fill_blanks(engine, **place(ready))
    draft_flow.correct_cells(engine, **place(ready), corrections={4: {"Company": None}})
    run_flow.start_import(engine, **place(ready))
    run(engine, ready)
    stored = read_leads(engine, workspace_id)
    assert {email: (lead["first_name"], lead["company"]) for email, lead in stored.items()} == {
        "a@example.com": ("Ada", "Kite"), "b@example.com": ("Bo", None),
    }  # fmt: skip


def test_another_row_wins_when_those_before_it_are_left_out(engine, ready):
    assert repair_flow.choose_winner(engine, **place(ready), row=5).skipped_rows == {2, 3}
    assert decisions_of(engine, ready)[:4] == [
        (2, "not_imported", "row-skipped"),
        (3, "not_imported", "row-skipped"),
        (4, "created", None),
        (5, "created", None),
    ]


def test_what_a_row_holds_that_was_left_out_for_another_is_still_shown(engine, ready):
    repair_flow.choose_winner(engine, **place(ready), row=5)
    assert [(loss.row, loss.winner, loss.is_left_out) for loss in list_losses(engine, ready)] == [
        (2, 5, True), (3, 5, True), (6, 4, False),
    ]  # fmt: skip
    assert repair_flow.fill_blanks(engine, **place(ready), rows=[2]).corrections == {5: {"Company": "Kite"}}


def test_the_first_row_can_win_again(engine, ready):
    before = decisions_of(engine, ready)
    repair_flow.choose_winner(engine, **place(ready), row=5)
    assert repair_flow.choose_winner(engine, **place(ready), row=2).skipped_rows == set()
    assert decisions_of(engine, ready) == before


def test_a_row_left_out_for_another_reason_stays_out(engine, ready):
    draft_flow.skip_rows(engine, **place(ready), rows=[4], skip=True)
    assert repair_flow.choose_winner(engine, **place(ready), row=3).skipped_rows == {2, 4}


def test_a_started_import_is_not_repaired_any_more(engine, ready):
    run_flow.start_import(engine, **place(ready))
    for repair in (
        lambda: repair_flow.fill_blanks(engine, **place(ready)),
        lambda: repair_flow.choose_winner(engine, **place(ready), row=3),
    ):
        with pytest.raises(StateConflict):
            repair()


# --- leads that the workspace has already ------------------------------------------------------------------------------


def list_stored_losses(engine, record):
    preview = draft_flow.preview(engine, **place(record))
    return repair_flow.list_stored_losses(engine, workspace_id=record.workspace_id, preview=preview)


@pytest.fixture
def held(engine, workspace_id, ready):
    put_leads(engine, workspace_id, [{"email": "a@example.com", "company": "Acme"}, "b@example.com"])
    return ready


def test_what_stored_leads_lack_is_listed(engine, held):
    assert list_stored_losses(engine, held) == [
        (2, "a@example.com", (), (("Company", "Kite", "Acme"),), False),
        (4, "b@example.com", (("First name", "Bo"),), (), False),
    ]
    draft_flow.fill_leads(engine, **place(held), emails=["b@example.com"], fill=True)
    assert [loss.is_filled for loss in list_stored_losses(engine, held)] == [False, True]


def test_stored_leads_are_read_part_by_part(engine, held, monkeypatch):
    whole = list_stored_losses(engine, held)
    monkeypatch.setattr(draft_flow, "MAX_PART_ROWS", 2)
    assert list_stored_losses(engine, held) == whole


@pytest.mark.parametrize("for_all", [False, True])
def test_blanks_of_stored_leads_are_filled_for_one_or_for_all(engine, workspace_id, held, for_all):
    before = read_leads(engine, workspace_id)
    if for_all:
        draft_flow.save_options(engine, **place(held), options=replace(held.options, fill_blanks=True))
    else:
        draft_flow.fill_leads(engine, **place(held), emails=["b@example.com"], fill=True)
    preview = draft_flow.preview(engine, **place(held))
    assert preview.quota.added == 0
    run_flow.start_import(engine, **place(held), seen=see_plan(preview))
    run(engine, held)
    stored = read_leads(engine, workspace_id)
    assert stored["a@example.com"] == before["a@example.com"]
    assert (stored["b@example.com"]["first_name"], stored["b@example.com"]["company"]) == ("Bo", None)
    report = report_flow.load_report(engine, **place(held))
    assert outcomes(report.decisions)[2] == (4, "duplicate", "duplicate-filled")
    assert report.decisions[2].stored.lead.first_name is None, "the before-image, for the undo"
    assert report.decisions[2].lead.first_name == "Bo"
    assert report.record.counts["duplicate"] == 5


def test_a_row_that_fills_a_stored_lead_can_be_filled_itself(engine, held):
    """Row 6 holds a company that row 4 lacks, and row 4 goes into the stored lead."""
    draft_flow.fill_leads(engine, **place(held), emails=["b@example.com"], fill=True)
    assert [loss.row for loss in list_losses(engine, held) if loss.cells] == [6]
    repair_flow.fill_blanks(engine, **place(held))
    assert list_stored_losses(engine, held)[1].lacking == (("First name", "Bo"), ("Company", "Zinc"))
