"""Step 3: what Import would do, corrections, choices, and when the button can be pressed."""

import pytest

from core import draft_flow
from core.records import ImportOptions
from pages.shared import keys
from pages.shared.frames import page_of, read_problem_edits
from pages.steps import review_problems
from tests.factories import emails_csv, make_ready, put_leads, read_leads, set_limit

MESSY = (
    b"Email,First name,Company\n"
    b"new@example.com,Ann,Kite\n"  # row 2
    b"NEW@example.com,Ann,\n"
    b"held@example.com,Bob,Acme\n"
    b"gone@example.com,Cy,Zinc\n"
    b"bad,Dee,\n"
)
MAPPING = {"Email": "email", "First name": "first_name", "Company": "company"}


@pytest.fixture
def messy(engine, workspace_id):
    """A file with a row of every fate."""
    put_leads(engine, workspace_id, ["held@example.com"])
    put_leads(engine, workspace_id, [{"email": "gone@example.com", "company": "Old"}], deleted=True)
    return make_ready(engine, workspace_id, MESSY, MAPPING)


def problems(screen):
    return list(screen.table("Problems").itertuples(index=False, name=None))


def test_the_totals_say_what_would_happen_and_add_up_to_the_rows(screen, messy):
    """The totals of a dry run against the database."""
    screen.open(messy)
    assert screen.totals == {
        "To create": "1", "To restore": "1", "Duplicates in file": "1", "Already there": "1", "Errors": "1",
    }  # fmt: skip
    assert sum(map(int, screen.totals.values())) == messy.row_count
    assert "1 of 10,000 leads are in use. This import adds 2; 9,997 stay free." in screen.text


def test_nothing_is_written_before_the_button_is_pressed(screen, messy, engine, workspace_id):
    """contract.md section 5: nothing is written before the Import button."""
    before = read_leads(engine, workspace_id)
    screen.open(messy)
    assert read_leads(engine, workspace_id) == before


def test_each_outcome_has_a_tab_with_its_rows(screen, messy):
    screen.open(messy)
    assert screen.tabs[:5] == [
        "Problems · 1", "Duplicates in file · 1", "Already in workspace · 1", "Restores · 1", "Will be created · 1",
    ]  # fmt: skip
    assert {tab.partition(" · ")[0]: screen.rows(tab) for tab in screen.tabs[:5]} == {
        "Problems": [6], "Duplicates in file": [3], "Already in workspace": [4], "Restores": [5], "Will be created": [2],
    }  # fmt: skip
    assert screen.table("Duplicates")["Winning row"].to_list() == [2]


def test_a_clean_file_has_no_problems_and_says_so(screen, engine, workspace_id):
    screen.open(make_ready(engine, workspace_id, emails_csv(["a@example.com"])))
    assert "No problems" in screen.text
    assert screen.at.button(key=keys.REVIEW_IMPORT).label == "Import 1 lead"


def test_a_file_that_adds_nothing_says_so_on_the_button(screen, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com"])
    screen.open(make_ready(engine, workspace_id, emails_csv(["a@example.com"])))
    button = screen.at.button(key=keys.REVIEW_IMPORT)
    assert (button.label, button.disabled) == ("Finish: nothing to add", False)


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_problem_names_its_cell_in_full(screen, messy):
    screen.open(messy)
    assert problems(screen) == [(6, "Email", "An email address must have an @-sign.", "bad", "", False)]


def test_a_correction_is_checked_at_once_and_listed_with_the_way_back(screen, messy, engine, workspace_id):
    place = {"workspace_id": workspace_id, "import_id": messy.id}
    draft_flow.correct_cells(engine, **place, corrections={6: {"Email": "dee@example.com"}, 2: {"Company": ""}})
    screen.open(messy)
    assert screen.totals["Errors"] == "0"
    assert screen.totals["To create"] == "2"
    assert "2 cells corrected by you" in screen.text
    assert "Row 2 · Company" in screen.text
    assert any("<del>Kite</del> → <ins>(empty)</ins>" in body for body in screen.bodies)
    assert any("<del>bad</del> → <ins>dee@example.com</ins>" in body for body in screen.bodies)

    screen.press(f"{keys.REVIEW_UNDO}_1")
    assert screen.record.corrections == {2: {"Company": ""}}
    assert screen.totals["Errors"] == "1"
    screen.press(keys.REVIEW_UNDO_ALL)
    assert screen.record.corrections == {}
    assert not screen.has_button(keys.REVIEW_UNDO_ALL)


def test_many_corrections_come_in_pages(screen, engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(f"a{n}@example.com" for n in range(12)))
    corrections = {row: {"Email": f"b{row}@example.com"} for row in range(2, 14)}
    draft_flow.correct_cells(engine, workspace_id=workspace_id, import_id=record.id, corrections=corrections)
    screen.open(record)
    assert len([one for one in screen.at.button if one.label == "Undo"]) == 10


def test_a_row_that_is_left_out_has_a_card_a_tab_and_a_way_back(screen, messy, engine, workspace_id):
    draft_flow.skip_rows(engine, workspace_id=workspace_id, import_id=messy.id, rows=[6, 2], skip=True)
    screen.open(messy)
    assert screen.totals["Left out"] == "2"
    assert screen.totals["Duplicates in file"] == "0"  # row 3 wins now
    assert sum(map(int, screen.totals.values())) == messy.row_count
    assert screen.rows("Left out") == [2, 6]
    assert [line[0] for line in problems(screen) if line[-1]] == [2, 6]
    screen.press(keys.REVIEW_TAKE_BACK)
    assert screen.record.skipped_rows == frozenset()
    assert "Left out" not in screen.totals


def test_edits_of_the_table_are_cells_ticks_and_ticks_taken_away():
    columns = {
        "Row": [6, 7, 8, 9], "Column": ["Email", "Status", "", "Email"], "Problem": [""] * 4, "In the file": [""] * 4,
        "New value": [""] * 4, "Leave out": [False, False, True, False],
    }  # fmt: skip
    shown = page_of(columns, 1)
    edits = read_problem_edits(
        shown,
        {"0": {"New value": "a@example.com"}, 1: {"New value": "", "Leave out": True}, 2: {"Leave out": False, "New value": "x"}},
    )  # fmt: skip
    assert edits.corrections == {6: {"Email": "a@example.com"}, 7: {"Status": None}}
    assert edits.leave_out == {7}
    assert edits.take_back == {8}
    assert read_problem_edits(shown, {}) == ({}, set(), set())


def test_what_is_typed_into_the_table_is_saved(messy, engine, workspace_id, new_screen, monkeypatch):
    """The editor's callback: AppTest does not run it, so it is called with the state that a browser leaves."""
    screen = new_screen().open(messy)
    state = {"edited": {"edited_rows": {0: {"New value": "dee@example.com"}}}, keys.EDITOR_VERSION: 3}
    monkeypatch.setattr(review_problems.st, "session_state", state)
    review_problems.save_edits(screen.record, screen.table("Problems"), "edited")
    assert screen.record.corrections == {6: {"Email": "dee@example.com"}}
    assert state[keys.EDITOR_VERSION] == 4

    state["edited"] = {"edited_rows": {0: {"Leave out": True}}}
    review_problems.save_edits(screen.record, screen.table("Problems"), "edited")
    assert screen.record.skipped_rows == {6}
    state["edited"] = {"edited_rows": {0: {"Leave out": False}}}
    review_problems.save_edits(screen.record, screen.table("Problems"), "edited")
    assert screen.record.skipped_rows == frozenset()


def test_an_edit_of_an_import_that_has_started_is_refused_in_a_sentence(messy, new_screen, monkeypatch):
    first = new_screen().open(messy)
    shown = first.table("Problems")
    first.press(keys.REVIEW_IMPORT)
    state = {"edited": {"edited_rows": {0: {"New value": "dee@example.com"}}}}
    monkeypatch.setattr(review_problems.st, "session_state", state)
    review_problems.save_edits(first.record, shown, "edited")
    assert "has started" in state[keys.NOTICE].message


# --- choices ------------------------------------------------------------------------------------------------------------


def test_restoring_can_be_switched_off(screen, messy):
    screen.open(messy)
    screen.at.toggle(key=keys.REVIEW_RESTORE).set_value(False)
    screen.run()
    assert screen.record.options.restore_soft_deleted is False
    assert (screen.totals["To restore"], screen.totals["Already there"]) == ("0", "2")


def test_over_the_contact_limit_the_button_is_off_and_a_sentence_says_why(screen, messy, engine, workspace_id):
    """contract.md section 3: active + created + restored > limit."""
    set_limit(engine, workspace_id, 2)
    screen.open(messy)
    assert screen.at.button(key=keys.REVIEW_IMPORT).disabled
    assert "This import would add 2 leads, and the workspace has room for 1: 1 too many." in screen.text
    assert any("1 lead too many for the contact limit" in alert for alert in screen.alerts)


def test_duplicates_and_errors_fit_any_limit(screen, engine, workspace_id):
    """contract.md section 3: duplicates and invalid rows use no quota."""
    put_leads(engine, workspace_id, ["a@example.com"])
    set_limit(engine, workspace_id, 0)
    screen.open(make_ready(engine, workspace_id, emails_csv(["a@example.com", "bad"])))
    assert not screen.at.button(key=keys.REVIEW_IMPORT).disabled


# --- more than 1000 rows ------------------------------------------------------------------------------------------------


def test_1000_rows_go_as_one(screen, engine, workspace_id):
    screen.open(make_ready(engine, workspace_id, emails_csv(f"a{n}@example.com" for n in range(1000))))
    assert not [box for box in screen.at.checkbox if box.key == keys.REVIEW_IN_PARTS]
    assert not screen.at.button(key=keys.REVIEW_IMPORT).disabled


def test_more_than_1000_rows_need_the_explicit_choice(screen, engine, workspace_id):
    """contract.md section 5: the screen says so plainly with both numbers, and offers, as the user's explicit choice,
    to import it in parts of at most 1000.
    """
    screen.open(make_ready(engine, workspace_id, emails_csv(f"a{n}@example.com" for n in range(2001))))
    assert "This file has 2,001 rows. One import takes at most 1,000." in "\n".join(screen.alerts)
    assert screen.at.button(key=keys.REVIEW_IMPORT).disabled
    choice = screen.at.checkbox(key=keys.REVIEW_IN_PARTS)
    assert (choice.value, choice.label) == (False, "Import in 3 parts of at most 1,000 rows, one after another")
    choice.check()
    screen.run()
    screen.press(keys.REVIEW_IMPORT)
    assert (screen.record.state, screen.record.part_count) == ("running", 3)


def test_a_long_file_over_the_limit_may_go_in_parts_and_says_where_it_stops(screen, engine, workspace_id):
    set_limit(engine, workspace_id, 1500)
    screen.open(make_ready(engine, workspace_id, emails_csv(f"a{n}@example.com" for n in range(2001))))
    assert "The workspace has room for 1,500 of these 2,001 leads." in "\n".join(screen.alerts)
    screen.at.checkbox(key=keys.REVIEW_IN_PARTS).check()
    screen.run()
    assert not screen.at.button(key=keys.REVIEW_IMPORT).disabled


def test_problems_of_a_long_file_come_in_pages(screen, engine, workspace_id):
    screen.open(make_ready(engine, workspace_id, emails_csv(f"bad{n}" for n in range(501))))
    assert screen.totals["Errors"] == "501"
    assert len(screen.table("Problems")) == 500


def test_options_of_the_draft_are_shown(screen, engine, workspace_id):
    record = make_ready(
        engine, workspace_id, emails_csv(["a@example.com"]), options=ImportOptions(restore_soft_deleted=False)
    )
    assert screen.open(record).at.toggle(key=keys.REVIEW_RESTORE).value is False
