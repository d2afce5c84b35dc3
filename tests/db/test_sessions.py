"""Neither side waits for ever for the other: a connection that was forgotten on the way is given up, at both ends."""

import socket

import psycopg
import pytest
from sqlalchemy import text

from db import sessions
from db.transaction import driver, is_away, without_time_limit
from tests.factories import engine_url, wait_until


def test_an_answer_that_does_not_come_is_a_lost_connection(engine, monkeypatch):
    monkeypatch.setattr(sessions, "ANSWER_TIMEOUT_S", 0.2)
    with engine.connect() as conn:
        pg = driver(conn)
        with pytest.raises(psycopg.OperationalError) as caught:
            pg.execute("SELECT pg_sleep(60)")
        assert is_away(caught.value)
        assert pg.closed, "a late answer must not be taken for the next one"
        conn.invalidate()


def test_an_answer_that_takes_its_time_is_waited_for(engine):
    with engine.connect() as conn:
        assert conn.scalar(text("SELECT 7 FROM pg_sleep(0.3)")) == 7


def test_what_may_take_long_does(engine, monkeypatch):
    monkeypatch.setattr(sessions, "ANSWER_TIMEOUT_S", 0.1)
    with engine.connect() as conn:
        with without_time_limit(conn):
            assert driver(conn).execute("SELECT 7 FROM pg_sleep(0.5)").fetchone() == (7,)
        with pytest.raises(psycopg.OperationalError):
            driver(conn).execute("SELECT pg_sleep(60)")
        conn.invalidate()


@pytest.mark.parametrize("way", ["copy", "idle in transaction"])
def test_a_session_whose_client_has_gone_silent_is_ended(engine, workspace_id, way):
    """In the middle of a COPY, too, which no timeout of the server ends; its locks go with it."""
    silent = psycopg.connect(engine_url(engine), options=sessions.startup_options())
    silent.execute("SELECT FROM workspaces WHERE id = %s FOR NO KEY UPDATE", (workspace_id,))
    if way == "copy":
        silent.pgconn.send_query(b"COPY leads (workspace_id) FROM STDIN")
    pid = silent.info.backend_pid
    with engine.connect() as conn:
        waiting = text("SELECT wait_event FROM pg_stat_activity WHERE pid = :pid")
        wait_until(lambda: conn.scalar(waiting, {"pid": pid}) == "ClientRead")
        driver(conn).execute(sessions.END_ABANDONED_SESSIONS, {"seconds": 0})
        wait_until(lambda: conn.scalar(waiting, {"pid": pid}) is None)
    silent.close()


def test_sessions_that_work_or_rest_are_left_alone(engine):
    with engine.connect() as resting, engine.connect() as conn:
        resting.execute(text("SELECT 1"))
        resting.rollback()
        driver(conn).execute(sessions.END_ABANDONED_SESSIONS, {"seconds": 0})
        assert resting.scalar(text("SELECT 7")) == 7


def test_a_server_that_accepts_and_says_nothing_is_given_up(monkeypatch):
    """The connecting has its own limit, the driver's."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"postgresql://nobody@127.0.0.1:{mute.getsockname()[1]}/nowhere?connect_timeout=2&sslmode=disable"
        with pytest.raises(psycopg.OperationalError, match="timeout"):
            sessions.AnsweredConnection.connect(url)
