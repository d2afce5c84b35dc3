"""The worker of the process carries imports out beside the screens, and loses none when the process stops."""

import threading

import pytest
from sqlalchemy import text

from core import job_flow, report_flow, run_flow
from core.writing_flow import write_rows
from db import engine as db_engine
from db import migrate
from tests.conftest import count_leads
from tests.factories import emails_csv, make_running, make_workspace, numbered, wait_until


@pytest.fixture
def engine(empty_database_url):
    """A database of its own, whose queue holds nothing of other tests."""
    engine = db_engine.make_engine(empty_database_url)
    migrate.upgrade(engine)
    yield engine
    job_flow.stop_worker()
    engine.dispose()


@pytest.fixture
def workspace_id(engine):
    return make_workspace(engine)


def state(engine, record):
    return report_flow.get_import(engine, workspace_id=record.workspace_id, import_id=record.id).state


def parts_done(engine, record):
    return report_flow.get_import(engine, workspace_id=record.workspace_id, import_id=record.id).parts_done


def test_the_button_is_all_that_an_import_needs(engine, workspace_id):
    job_flow.start_worker(engine)
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 10)))
    wait_until(lambda: state(engine, record) == "done")
    assert count_leads(engine, workspace_id)[0] == 10


def test_starting_twice_starts_one_worker(engine):
    job_flow.start_worker(engine)
    worker = job_flow._worker
    job_flow.start_worker(engine)
    assert job_flow._worker is worker
    job_flow.stop_worker()
    job_flow.stop_worker()
    assert job_flow._worker is None
    assert not worker._thread.is_alive()


def test_an_import_that_was_started_before_a_restart_is_carried_out_after_it(engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 10)))
    assert state(engine, record) == "running"
    job_flow.start_worker(engine)
    wait_until(lambda: state(engine, record) == "done")


def test_stopping_waits_for_the_part_and_the_next_start_goes_on(engine, workspace_id, monkeypatch):
    """design.md section 4: the run is a durable job."""
    begun, release = threading.Event(), threading.Event()

    def write_slowly(conn, **arguments):
        begun.set()
        assert release.wait(timeout=60)
        return write_rows(conn, **arguments)

    record = make_running(engine, workspace_id, emails_csv(numbered("p", 2100)))
    with monkeypatch.context() as patch:
        patch.setattr(run_flow, "write_rows", write_slowly)
        job_flow.start_worker(engine)
        assert begun.wait(timeout=60)
        worker = job_flow._worker
        stopping = threading.Thread(target=job_flow.stop_worker)
        stopping.start()
        wait_until(lambda: worker.is_stopping)
        release.set()
        stopping.join(timeout=60)
    assert (state(engine, record), parts_done(engine, record)) == ("running", 1)
    assert count_leads(engine, workspace_id)[0] == 1000
    job_flow.start_worker(engine)
    wait_until(lambda: state(engine, record) == "done")
    assert count_leads(engine, workspace_id)[0] == 2100


def test_an_import_of_a_process_that_died_is_carried_out_by_the_next(engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 10)))
    with engine.begin() as conn:
        dead = conn.scalar(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id")
        )
        conn.execute(text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :id"), {"id": dead})
    job_flow.start_worker(engine)
    wait_until(lambda: state(engine, record) == "done")


def test_a_job_that_runs_twice_at_once_imports_once(engine, workspace_id, monkeypatch):
    """A worker so slow that it is taken for dead: another takes its job over while it still writes."""
    begun, release = threading.Event(), threading.Event()

    def write_slowly(conn, **arguments):
        begun.set()
        assert release.wait(timeout=60)
        return write_rows(conn, **arguments)

    record = make_running(engine, workspace_id, emails_csv(numbered("p", 1500)))
    monkeypatch.setattr(run_flow, "write_rows", write_slowly)
    job_flow.start_worker(engine)
    assert begun.wait(timeout=60)
    monkeypatch.setattr(run_flow, "write_rows", write_rows)
    run_flow.run_import(engine, workspace_id=workspace_id, import_id=record.id)
    assert state(engine, record) == "done"
    release.set()
    job_flow.stop_worker()
    assert state(engine, record) == "done"
    assert count_leads(engine, workspace_id)[0] == 1500


def test_an_import_of_a_newer_release_is_left_to_it(engine, workspace_id):
    """Two releases side by side: an option that this one does not know must not be ignored, nor stop the import."""
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 10)))
    set_options(engine, "options || '{\"of_tomorrow\": true}'")
    assert state(engine, record) == "running", "it can be looked at"
    job_flow.start_worker(engine)
    wait_until(lambda: attempts(engine) == [1])
    assert state(engine, record) == "running"
    assert count_leads(engine, workspace_id)[0] == 0
    set_options(engine, "options - 'of_tomorrow'")  # as for the worker of a release that knows it
    wait_until(lambda: state(engine, record) == "done")
    assert count_leads(engine, workspace_id)[0] == 10


def set_options(engine, value):
    with engine.begin() as conn:
        conn.execute(text(f"UPDATE imports SET options = {value}"))


def attempts(engine):
    """How often each job in the queue has been tried."""
    with engine.connect() as conn:
        return list(conn.scalars(text("SELECT attempts FROM procrastinate_jobs")))
