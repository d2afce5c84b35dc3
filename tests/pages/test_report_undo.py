"""Undo and redo on the report: asked first with figures, done once, told afterwards."""

import pytest

from core import lead_flow, undo_flow
from core.records import ImportOptions
from core.report_flow import get_import
from core.request_flow import import_leads
from pages.shared import keys
from tests.factories import active_emails, emails_csv, import_file, put_leads, read_lead, set_limit
from tests.pages.conftest import lines_of


@pytest.fixture
def record(engine, workspace_id):
    """An import of two new leads and one restored."""
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    return import_file(engine, workspace_id, emails_csv(["a@example.com", "b@example.com", "gone@example.com"])).record


def change(engine, workspace_id, email):
    lead_id = read_lead(engine, workspace_id, email)["id"]
    lead_flow.update_lead(engine, workspace_id=workspace_id, lead_id=lead_id, changes={"first_name": "Ann"})


def test_an_undo_is_asked_with_its_figures_and_does_nothing_yet(screen, engine, workspace_id, record):
    screen.open(record).press(keys.UNDO_ASK)
    assert "2 new leads are deleted." in screen.text
    assert "1 restored lead is deleted again, with the values from before." in screen.text
    assert "left alone" not in screen.text
    assert len(active_emails(engine, workspace_id)) == 3
    assert not screen.press(keys.UNDO_CANCEL).has_button(keys.UNDO_CONFIRM)
    assert screen.heading == "Import finished"


def test_an_undo_is_told_on_the_report_and_redone_from_there(screen, engine, workspace_id, record):
    screen.open(record).press(keys.UNDO_ASK).press(keys.UNDO_CONFIRM)
    assert screen.heading == "Import undone"
    assert "2 new leads were deleted." in screen.text
    assert "Undone on" in screen.text
    assert "by this computer" in screen.text
    assert active_emails(engine, workspace_id) == set()
    assert screen.totals["Created"] == "2", "the report says what the import did"
    screen.press(keys.UNDO_ASK)
    assert "2 new leads come back." in screen.text
    screen.press(keys.UNDO_CONFIRM)
    assert screen.heading == "Import finished"
    assert "Redone on" in screen.text
    assert len(active_emails(engine, workspace_id)) == 3


def test_leads_that_were_changed_are_named_before_and_after(screen, engine, workspace_id, record):
    change(engine, workspace_id, "b@example.com")
    screen.open(record).press(keys.UNDO_ASK)
    assert "1 new lead is deleted." in screen.text
    assert "1 lead is left alone." in screen.text
    [asked] = filter(None, map(lines_of, screen.bodies))
    assert asked == [["3", "b@example.com", "Ann", "Somebody changed this lead since; it stays as it is."]]
    screen.press(keys.UNDO_CONFIRM)
    [told] = filter(None, map(lines_of, screen.bodies))
    assert told == asked
    assert active_emails(engine, workspace_id) == {"b@example.com"}


def test_an_undo_that_another_tab_was_first_with_is_shown(new_screen, engine, workspace_id, record):
    first, second = new_screen().open(record), new_screen().open(record)
    first.press(keys.UNDO_ASK)
    second.press(keys.UNDO_ASK)
    first.press(keys.UNDO_CONFIRM)
    second.press(keys.UNDO_CONFIRM)
    assert first.heading == second.heading == "Import undone"
    assert len(undo_flow.list_undos(engine, workspace_id=workspace_id, import_id=record.id)) == 1


def test_a_redo_over_the_contact_limit_says_so_and_changes_nothing(screen, engine, workspace_id, record):
    undo_flow.undo_import(engine, workspace_id=workspace_id, import_id=record.id)
    set_limit(engine, workspace_id, 1)
    screen.open(record).press(keys.UNDO_ASK).press(keys.UNDO_CONFIRM)
    assert any("Contact limit exceeded" in alert for alert in screen.alerts)
    assert active_emails(engine, workspace_id) == set()


def test_an_import_through_the_api_is_undone_from_its_report(screen, engine, workspace_id):
    answer = import_leads(
        engine, workspace_id=workspace_id, drafts=[{"email": "a@example.com"}, {"email": "bad"}],
        options=ImportOptions(), created_by="key",
    )  # fmt: skip
    record = get_import(engine, workspace_id=workspace_id, import_id=answer.import_id)
    screen.open(record)
    assert [one.key for one in screen.at.get("download_button")] == [keys.REPORT_CSV], "there is no file whose rows could be given back"
    screen.press(keys.UNDO_ASK).press(keys.UNDO_CONFIRM)
    assert screen.heading == "Import undone"
