"""The product behind PgBouncer in transaction mode: every transaction may run on another server connection."""

from collections.abc import Iterator
from functools import partial

import httpx
import psycopg
import pytest
from sqlalchemy import Engine, text

from core import job_flow, request_flow
from core.key_flow import create_key, find_valid_key
from core.records import ImportOptions
from db import engine as db_engine
from db import jobs, migrate
from db.settings import DatabaseSettings
from tests.api.test_import import counts, people, post
from tests.browser.serving import running_app
from tests.conftest import count_leads
from tests.factories import (
    emails_csv,
    import_file,
    make_running,
    make_workspace,
    put_campaign,
    put_leads,
    read_lead,
    run_together,
    soft_delete,
    total_leads,
    wait_until,
)
from tests.pgbouncer import POOL_SIZE, running_pooler


@pytest.fixture
def pooled_url(empty_database_url: str) -> Iterator[str]:
    with running_pooler(empty_database_url) as url:
        yield url


@pytest.fixture
def pooled(monkeypatch: pytest.MonkeyPatch, pooled_url: str, empty_database_url: str) -> Iterator[Engine]:
    """The process's engine through the pooler, started as the product starts it."""
    monkeypatch.setattr(db_engine, "_engine", None)
    yield db_engine.start(DatabaseSettings(database_url=pooled_url, database_direct_url=empty_database_url))
    job_flow.stop_worker()
    db_engine.stop()


def test_a_first_start_migrates_past_the_pooler(pooled: Engine):
    with pooled.connect() as conn:
        assert migrate.current_revision(conn) == migrate.newest_revision()


def test_without_the_direct_address_the_start_says_what_is_refused(pooled_url: str):
    """PgBouncer knows nothing of our settings; DATABASE_DIRECT_URL is what makes them the role's own."""
    engine = db_engine.make_engine(pooled_url)
    with pytest.raises(Exception, match="unsupported startup parameter"):
        engine.connect()


def test_every_transaction_has_our_settings_whichever_connection_it_gets(pooled: Engine):
    """They are the role's in this database: PgBouncer's connections begin with them."""

    def show() -> tuple:
        with pooled.connect() as conn:
            return tuple(
                conn.execute(
                    text(
                        "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'), "
                        "current_setting('jit'), current_setting('random_page_cost'), current_setting('TimeZone'), "
                        "current_setting('idle_in_transaction_session_timeout')"
                    )
                ).one()
            )

    assert set(run_together(*[show] * 8)) == {("1min", "30s", "off", "1.1", "UTC", "1min")}


def test_a_second_start_changes_no_setting_again(pooled: Engine, empty_database_url: str):
    with psycopg.connect(empty_database_url) as conn:
        before = conn.execute("SELECT xmin::text FROM pg_db_role_setting").fetchall()
    db_engine.prepare_pooled(empty_database_url)
    with psycopg.connect(empty_database_url) as conn:
        assert conn.execute("SELECT xmin::text FROM pg_db_role_setting").fetchall() == before


def test_clients_share_fewer_connections_than_they_are(pooled: Engine, empty_database_url: str):
    """A statement of a transaction that is over is not found on the next connection: nothing may be prepared."""

    def ask(number: int) -> list[int]:
        found = []
        for i in range(20):  # psycopg prepares what it sends the sixth time
            with pooled.connect() as conn:
                found.append(conn.execute(text("SELECT CAST(:number AS integer)"), {"number": number + i}).scalar_one())
        return found

    answers = run_together(*[partial(ask, number) for number in range(12)])
    assert answers == [list(range(number, number + 20)) for number in range(12)]
    with psycopg.connect(empty_database_url) as conn:
        [(connections,)] = conn.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    assert connections <= POOL_SIZE


def test_an_import_with_everything_in_it_goes_through(pooled: Engine):
    """Pipelines, COPY, settings of one transaction, restores and counts."""
    workspace_id = make_workspace(pooled)
    put_leads(pooled, workspace_id, ["back@example.com", "there@example.com"])
    campaign_id = put_campaign(pooled, workspace_id, ["back@example.com"])
    soft_delete(pooled, workspace_id, ["back@example.com"])
    report = import_file(pooled, workspace_id, emails_csv(["back@example.com", "there@example.com", "new@example.com"]))
    assert [report.record.counts[name] for name in ("created", "restored", "duplicate")] == [1, 1, 1]
    assert read_lead(pooled, workspace_id, "back@example.com")["deleted_at"] is None
    assert total_leads(pooled, campaign_id) == 1
    with pooled.connect() as conn:
        assert conn.scalar(text("SHOW enable_hashjoin")) == "on", "a setting of one transaction ended with it"


def test_many_requests_at_once_into_few_connections(pooled: Engine):
    workspace_id = make_workspace(pooled)
    drafts = [{"email": f"p{i}@example.com"} for i in range(100)]
    send = partial(
        request_flow.import_leads, pooled, workspace_id=workspace_id, drafts=drafts, options=ImportOptions(),
        created_by="test",
    )  # fmt: skip
    answers = run_together(*[send] * 12)
    assert sorted(answer.plan.counts["created"] for answer in answers) == [0] * 11 + [100]
    assert count_leads(pooled, workspace_id) == (100, 0)


def test_keys_are_found_outside_any_transaction(pooled: Engine):
    secret = create_key(pooled, workspace_id=make_workspace(pooled), name="test").secret
    found = run_together(*[lambda: find_valid_key(pooled, secret=secret)] * 8)
    assert {key.name for key in found} == {"test"}


def test_the_worker_hears_of_new_jobs_past_the_pooler(pooled: Engine, empty_database_url: str):
    """LISTEN belongs to one server connection; through the pooler a notification would be lost."""
    assert jobs.driver_url(pooled) == empty_database_url
    job_flow.start_worker(pooled)
    workspace_id = make_workspace(pooled)
    make_running(pooled, workspace_id, emails_csv([f"p{i}@example.com" for i in range(1500)]))
    wait_until(lambda: count_leads(pooled, workspace_id) == (1500, 0))


def test_processes_that_start_together_come_through(empty_database_url: str):
    """Schema and role settings are changed under one lock: the second process finds both done."""
    starts = run_together(*[partial(db_engine.prepare_pooled, empty_database_url)] * 3)
    assert starts == [None] * 3


def test_the_whole_product_runs_behind_it(pooled_url: str, empty_database_url: str):
    """Screens, API and worker in a process of their own, as docs/deployment.md says."""
    with running_app(DATABASE_URL=pooled_url, DATABASE_DIRECT_URL=empty_database_url) as app:
        engine = db_engine.make_engine(empty_database_url)
        secret = create_key(engine, workspace_id="default", name="test").secret
        make_running(engine, "default", emails_csv(["by-file@example.com"]))
        with httpx.Client(base_url=f"{app.url}/api/v1", headers={"X-API-Key": secret}, timeout=60) as client:
            for _ in range(10):  # psycopg prepares what it sends the sixth time
                assert client.get("/leads").status_code == 200
            assert counts(post(client, people(100))) == (100, 0, 0, 0)
            assert client.get("/health").json()["status"] == "ok"
        wait_until(lambda: count_leads(engine, "default") == (101, 0))
        engine.dispose()
        assert "prepared statement" not in app.log
