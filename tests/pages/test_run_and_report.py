"""Steps 4 and 5: the run outside the page, and the report that accounts for every row."""

import zlib

import pytest
from sqlalchemy import update

from core import draft_flow, run_flow
from db.tables import import_parts
from pages.shared import keys, texts
from tests.factories import emails_csv, make_ready, make_running, put_leads, read_leads, run, set_limit

EVERYTHING = (
    b"Email,First name,Company\n"
    b"new@example.com,Ann,Kite\n"  # row 2
    b"NEW@example.com,Ann,\n"
    b"held@example.com,Bob,Acme\n"
    b"gone@example.com,Cy,Zinc\n"
    b"bad,Dee,\n"
    b"left@example.com,Eve,\n"
)
MAPPING = {"Email": "email", "First name": "first_name", "Company": "company"}


def downloads(screen):
    return [button.key for button in screen.at.get("download_button")]


def test_from_the_button_over_the_run_to_the_report(screen, engine, workspace_id):
    screen.open(make_ready(engine, workspace_id, emails_csv(["a@example.com", "b@example.com"])))
    screen.press(keys.REVIEW_IMPORT)
    assert screen.step == "Step 4 of 5 · Import"
    assert screen.heading == texts.RUN_TITLE
    assert read_leads(engine, workspace_id) == {}, "the page itself imports nothing"
    screen.do_the_job()
    assert screen.step == "Step 5 of 5 · Report"
    assert screen.heading == "Import finished"
    assert "2 rows = 2 created + 0 restored + 0 duplicates + 0 errors" in screen.text
    assert set(read_leads(engine, workspace_id)) == {"a@example.com", "b@example.com"}


def test_an_import_is_started_once_however_often_it_is_asked_for(new_screen, engine, workspace_id):
    """A double click imports once; a second tab finds the running import."""
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    first, second = new_screen().open(record), new_screen().open(record)
    first.press(keys.REVIEW_IMPORT)
    second.press(keys.REVIEW_IMPORT)
    assert first.step == second.step == "Step 4 of 5 · Import"
    first.do_the_job()
    second.do_the_job()
    assert first.totals == second.totals
    assert first.totals["Created"] == "1"


def test_a_clean_file_takes_three_acts(screen):
    """Under 5 clicks from upload to report for a clean file. Choose it, Review, Import."""
    screen.open().upload(b"Email,First name\na@example.com,Ann\n")
    screen.press(keys.MAP_NEXT).press(keys.REVIEW_IMPORT).do_the_job()
    assert screen.step == "Step 5 of 5 · Report"


def test_a_running_import_shows_how_far_it_is_and_can_be_stopped_between_parts(screen, engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv(f"a{n}@example.com" for n in range(2001)))
    screen.open(record)
    assert "0 of 2,001 rows" in next(bar.text for bar in screen.at.get("progress"))
    assert "Part 1 of 3" in screen.text
    screen.press(keys.RUN_CANCEL)
    assert screen.record.state == "failed"
    assert screen.heading == "Import stopped"


def test_a_small_import_has_nothing_to_stop(screen, engine, workspace_id):
    screen.open(make_running(engine, workspace_id, emails_csv(["a@example.com"])))
    assert not screen.has_button(keys.RUN_CANCEL)


def test_a_running_import_cannot_be_looked_at_in_an_earlier_step(screen, engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv(["a@example.com"]))
    assert screen.open(record, step="map").step == "Step 4 of 5 · Import"


def test_a_report_with_everything_accounts_for_every_row(screen, engine, workspace_id):
    """contract.md section 5: the report accounts for every row of the file by its row number in the file."""
    put_leads(engine, workspace_id, ["held@example.com"])
    put_leads(engine, workspace_id, [{"email": "gone@example.com", "company": "Old"}], deleted=True)
    record = make_ready(engine, workspace_id, EVERYTHING, MAPPING)
    draft_flow.skip_rows(engine, workspace_id=workspace_id, import_id=record.id, rows=[7], skip=True)
    screen.open(record).press(keys.REVIEW_IMPORT).do_the_job()
    assert screen.totals == {"Created": "1", "Restored": "1", "Duplicates": "2", "Errors": "1", "Not imported": "1"}
    assert sum(map(int, screen.totals.values())) == record.row_count
    assert "6 rows = 1 created + 1 restored + 2 duplicates + 1 errors + 1 not imported" in screen.text
    assert screen.tabs == [
        "Created · 1", "Restored · 1", "Duplicates in file · 1", "Already in workspace · 1", "Errors · 1", "Not imported · 1",
    ]  # fmt: skip
    assert {tab.partition(" · ")[0]: set(screen.rows(tab)) for tab in screen.tabs} == {
        "Created": {2}, "Restored": {5}, "Duplicates in file": {3}, "Already in workspace": {4}, "Errors": {6}, "Not imported": {7},
    }  # fmt: skip
    assert downloads(screen) == [keys.REPORT_CSV, keys.REPORT_FAILED_CSV, keys.TWIN_REQUESTS]


def test_a_report_of_one_row(screen, engine, workspace_id):
    screen.open(run(engine, make_running(engine, workspace_id, emails_csv(["a@example.com"]))))
    assert "1 row = 1 created + 0 restored + 0 duplicates + 0 errors" in screen.text
    assert "Not imported" not in screen.totals
    assert downloads(screen) == [keys.REPORT_CSV, keys.TWIN_REQUESTS], "there is no failed row to download"


def test_a_report_that_a_newer_release_wrote_is_called_that(screen, engine, workspace_id):
    """While two releases run side by side, a person may come to the older one."""
    record = run(engine, make_running(engine, workspace_id, emails_csv(["a@example.com"])))
    with engine.begin() as conn:
        newer = zlib.compress(b'{"version": 99}')
        conn.execute(update(import_parts).where(import_parts.c.workspace_id == workspace_id).values(ledger=newer))
    screen.open(record)
    assert "made by a newer release of Lead Import" in next(box.value for box in screen.at.error)


def test_a_report_with_only_errors_opens_at_the_errors(screen, engine, workspace_id):
    screen.open(run(engine, make_running(engine, workspace_id, emails_csv(["bad", "worse"]))))
    assert (screen.totals["Created"], screen.totals["Errors"]) == ("0", "2")
    assert screen.at.get("tab_container")[0].proto.tab_container.default_tab_index == screen.tabs.index("Errors · 2")
    assert screen.sentences("Errors") == [
        [row, email, "Email", "An email address must have an @-sign.", email, "Correct the address."]
        for row, email in (("2", "bad"), ("3", "worse"))
    ]


def test_an_import_that_was_stopped_goes_on(screen, engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv(["a@example.com"]))
    run_flow.cancel_import(engine, workspace_id=workspace_id, import_id=record.id)
    screen.open(record)
    assert screen.heading == "Import stopped"
    [alert] = [alert for alert in screen.alerts if "The import was cancelled" in alert]
    assert "before this row" not in alert
    assert screen.rows("Not imported") == [2]
    screen.press(keys.REPORT_TRY_AGAIN)
    assert screen.record.state == "running"
    assert screen.step == "Step 4 of 5 · Import"
    screen.do_the_job()
    assert screen.heading == "Import finished"
    assert not screen.has_button(keys.REPORT_TRY_AGAIN)


def test_an_import_that_met_the_contact_limit_says_so_and_goes_on_when_there_is_room(screen, engine, workspace_id):
    """contract.md section 5: a part that would pass the contact limit stops there; what was imported stays."""
    set_limit(engine, workspace_id, 1000)
    record = make_running(engine, workspace_id, emails_csv(f"a{n}@example.com" for n in range(1001)))
    screen.open(run(engine, record))
    assert screen.totals["Created"] == "1,000"
    assert screen.totals["Not imported"] == "1"
    assert screen.rows("Not imported") == [1002]
    assert any("room for 0 more leads" in alert for alert in screen.alerts)
    set_limit(engine, workspace_id, 2000)
    screen.press(keys.REPORT_TRY_AGAIN).do_the_job()
    assert screen.totals["Created"] == "1,001"


def test_the_next_import_begins_with_an_empty_wizard(screen, engine, workspace_id):
    screen.open(run(engine, make_running(engine, workspace_id, emails_csv(["a@example.com"]))))
    screen.press(keys.REPORT_NEW)
    assert screen.step == "Step 1 of 5 · Upload"


@pytest.mark.parametrize("is_over", [True, False])
def test_the_navigation_leads_back_to_what_is_not_over(screen, engine, workspace_id, is_over):
    record = make_running(engine, workspace_id, emails_csv(["a@example.com"]))
    screen.open(run(engine, record) if is_over else record)
    screen.go_to("history.py")
    del screen.at.query_params[keys.QUERY_IMPORT]
    screen.go_to("import_wizard.py")
    assert screen.step == ("Step 1 of 5 · Upload" if is_over else "Step 4 of 5 · Import")
