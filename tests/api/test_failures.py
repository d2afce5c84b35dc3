"""The database away, and faults of ours: contract.md section 4, errors."""

import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from api.main import create_api
from api.settings import ApiSettings
from core.key_flow import create_key
from db import engine as db_engine
from db import imports, keys, migrate, transaction, workspaces
from tests.api.conftest import serve

AWAY = {"detail": "The database is away. Try again in 5 seconds."}


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Transactions that are tried again do so at once."""
    monkeypatch.setattr(transaction, "FIRST_PAUSE_S", 0)


@pytest.fixture
def away_url(tmp_path: Path) -> Iterator[str]:
    """An API whose database is not there."""
    engine = db_engine.make_engine(f"postgresql:///nothing?host={tmp_path}")
    with serve(create_api(ApiSettings(), get_engine=lambda: engine)) as url:
        yield url
    engine.dispose()


def test_a_database_that_is_away_is_503_with_retry_after(away_url):
    """A database that is away is 503 with `Retry-After`."""
    answer = httpx.get(f"{away_url}/leads", headers={"X-API-Key": "otr_" + "A" * 43})
    assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (503, AWAY, "5")


def test_without_anything_like_a_key_it_is_403_even_then(away_url):
    assert httpx.get(f"{away_url}/leads").status_code == 403


def test_health_says_that_the_database_is_away(away_url):
    answer = httpx.get(f"{away_url}/health")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": "away", "migration": None}
    assert answer.headers["retry-after"]


def test_health_before_the_database_is_started():
    def not_started() -> Engine:
        raise RuntimeError("db.engine.start() has not been called")

    with serve(create_api(ApiSettings(), get_engine=not_started)) as url:
        assert httpx.get(f"{url}/health").status_code == 503


def test_health_says_that_the_schema_is_not_the_one_it_needs(empty_database_url):
    engine = db_engine.make_engine(empty_database_url)
    with serve(create_api(ApiSettings(), get_engine=lambda: engine)) as url:
        answer = httpx.get(f"{url}/health")
        assert answer.status_code == 503
        assert answer.json() == {
            "status": "unavailable",
            "database": "reachable",
            "migration": {"current": None, "needed": migrate.newest_revision()},
        }
    engine.dispose()


def test_a_busy_pool_is_503(engine, database_url, workspace_id, monkeypatch):
    """No free connection in time: the database is there, but not for us."""
    monkeypatch.setattr(db_engine, "POOL_TIMEOUT_S", 0.01)
    small = db_engine.make_engine(database_url, pool_size=1)
    held = [small.connect() for _ in range(11)]  # one, and ten that may be more
    secret = create_key(engine, workspace_id=workspace_id, name="k").secret
    with serve(create_api(ApiSettings(), get_engine=lambda: small)) as url:
        answer = httpx.get(f"{url}/leads", headers={"X-API-Key": secret})
        assert (answer.status_code, answer.json()) == (503, AWAY)
    for conn in held:
        conn.close()
    small.dispose()


def test_a_connection_cut_in_the_middle_of_an_import_is_taken_up_again(http, engine, workspace_id, monkeypatch, no_pauses):
    """A lost connection before the commit: the whole transaction is tried again."""
    real, cut = workspaces.send_added, []

    def cut_first(cursor, **values):
        if not cut:
            cut.append(cursor.connection.info.backend_pid)
            with engine.connect() as other:
                other.exec_driver_sql("SELECT pg_terminate_backend(%s, 5000)", (cut[0],))
        real(cursor, **values)

    monkeypatch.setattr(workspaces, "send_added", cut_first)
    answer = http.post("/leads/import", json={"leads": [{"email": "a@example.com"}]})
    assert (answer.status_code, answer.json()["data"]["created"]) == (200, 1)
    assert cut


def test_a_connection_that_is_always_cut_is_503_and_nothing_is_written(http, engine, workspace_id, monkeypatch, no_pauses):
    def cut(cursor, **values):
        pid = cursor.connection.info.backend_pid
        with engine.connect() as other:
            other.exec_driver_sql("SELECT pg_terminate_backend(%s, 5000)", (pid,))

    monkeypatch.setattr(workspaces, "send_added", cut)
    answer = http.post("/leads/import", json={"leads": [{"email": "a@example.com"}]})
    assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (503, AWAY, "5")
    assert "x-ratelimit-limit" in answer.headers
    monkeypatch.undo()
    assert http.get("/leads").json()["meta"]["total"] == 0


def test_a_workspace_whose_lock_is_held_too_long_is_503(http, engine, workspace_id, monkeypatch, no_pauses):
    monkeypatch.setattr(workspaces, "LOCK_WORKSPACE", workspaces.LOCK_WORKSPACE + " NOWAIT")  # the same SQLSTATE, at once
    with engine.begin() as conn:
        conn.exec_driver_sql("SELECT FROM workspaces WHERE id = %s FOR NO KEY UPDATE", (workspace_id,))
        answer = http.post("/leads/import", json={"leads": [{"email": "a@example.com"}]})
    assert (answer.status_code, answer.json()) == (503, AWAY)


@pytest.mark.parametrize("fault", [ZeroDivisionError("secret"), KeyError("secret"), RecursionError("secret")])
def test_a_fault_of_ours_tells_nothing(http, monkeypatch, caplog, fault):
    """Errors are `{"detail": "..."}`, never an internal."""

    def fail(*args: object, **kwargs: object) -> None:
        raise fault

    monkeypatch.setattr(imports, "count_imports", fail)
    with caplog.at_level(logging.ERROR):
        answer = http.get("/imports")
    assert (answer.status_code, answer.json()) == (500, {"detail": "Internal server error."})
    assert "secret" in caplog.text  # the log has it
    assert "x-ratelimit-limit" in answer.headers


def test_a_fault_in_the_gate_tells_nothing_either(http, monkeypatch):
    monkeypatch.setattr(keys, "find_key", lambda conn, key_hash: 1 / 0)
    answer = http.get("/imports")
    assert (answer.status_code, answer.json()) == (500, {"detail": "Internal server error."})


@pytest.mark.parametrize("state", ["53100", "53200"])
def test_a_full_server_is_503_in_words_of_its_own_and_nothing_is_written(http, monkeypatch, state):
    def fill(cursor, **values):
        cursor.execute(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$")

    monkeypatch.setattr(workspaces, "send_added", fill)
    answer = http.post("/leads/import", json={"leads": [{"email": "a@example.com"}]})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert answer.json() == {
        "detail": "The server of the database has no disk space or memory left."
        " Nothing is lost. Ask whoever runs the server to make room, then try again."
    }
    monkeypatch.undo()
    assert http.get("/leads").json()["meta"]["total"] == 0


def test_a_fault_in_a_statement_is_500_not_503(http, monkeypatch):
    monkeypatch.setattr(imports, "count_imports", lambda conn, **_: conn.exec_driver_sql("SELECT nothing"))
    assert http.get("/imports").status_code == 500
