"""While the database is away, every screen says so in plain words, and goes on when it is back."""

import psycopg
import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core import report_flow, run_flow
from pages.shared import keys, texts
from tests.factories import emails_csv, make_ready, make_running, run

AWAY = "The database does not answer at the moment"
LOST = [psycopg.OperationalError("the connection is lost: secret"), PoolTimeout("no connection")]


def failing(error):
    def fail(*arguments, **names):
        raise error

    return fail


def told(page):
    return " ".join(error.value for error in page.at.error)


@pytest.mark.parametrize("error", LOST, ids=["lost", "busy"])
@pytest.mark.parametrize("state", ["ready", "running", "done"])
def test_a_screen_says_it_and_is_itself_again_afterwards(screen, engine, workspace_id, monkeypatch, state, error):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    if state != "ready":
        record = run_flow.start_import(engine, workspace_id=workspace_id, import_id=record.id)
    if state == "done":
        run(engine, record)
    with monkeypatch.context() as patch:
        patch.setattr(report_flow, "get_import", failing(error))
        page = screen.open(record)
        assert AWAY in told(page)
        assert texts.LOOKING_AGAIN in page.text
        assert "secret" not in told(page)
    assert AWAY not in told(screen.run())


def test_progress_goes_on_when_the_database_is_back(screen, engine, workspace_id, monkeypatch):
    """The fragment asks by itself: it is not the whole page that breaks down."""
    record = make_running(engine, workspace_id, emails_csv([f"p{i}@example.com" for i in range(1500)]))
    calls = []
    real = report_flow.get_import

    def away_the_second_time(*arguments, **names):
        calls.append(names)
        if len(calls) == 2:  # the page has asked once
            raise psycopg.OperationalError("lost")
        return real(*arguments, **names)

    with monkeypatch.context() as patch:
        patch.setattr(report_flow, "get_import", away_the_second_time)
        assert AWAY in told(screen.open(record))
        assert AWAY not in told(screen.run())


def test_a_button_that_meets_an_absent_database_says_so(screen, engine, workspace_id, monkeypatch):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    page = screen.open(record)
    with monkeypatch.context() as patch:
        patch.setattr(run_flow, "start_import", failing(psycopg.OperationalError("lost")))
        page.at.button(key=keys.REVIEW_IMPORT).click()
        assert AWAY in told(page.run())
    page.at.button(key=keys.REVIEW_IMPORT).click()
    page.run()
    assert run_flow.start_import(engine, workspace_id=workspace_id, import_id=record.id).state == "running"


def test_a_button_that_meets_a_full_disk_says_so(screen, engine, workspace_id, monkeypatch):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    page = screen.open(record)
    with monkeypatch.context() as patch:
        patch.setattr(run_flow, "start_import", failing(psycopg.errors.DiskFull("no space left on device: secret")))
        page.at.button(key=keys.REVIEW_IMPORT).click()
        page.run()
    assert "no disk space or memory left" in told(page)
    assert "make room" in told(page)
    assert AWAY not in told(page)
    assert "secret" not in told(page)


def test_a_fault_of_ours_is_not_taken_for_it(screen, engine, workspace_id, monkeypatch):
    monkeypatch.setattr(report_flow, "get_import", failing(psycopg.ProgrammingError("a bug")))
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    page = screen.at
    page.query_params[keys.QUERY_IMPORT] = f"imp_{record.id.hex}"
    page.run()
    assert page.exception
