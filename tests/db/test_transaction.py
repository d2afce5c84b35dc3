"""What PostgreSQL asks to be repeated is repeated whole; everything else is raised (design.md section 3)."""

import threading
from contextlib import nullcontext
from functools import partial
from itertools import count

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db import engine as db_engine
from db import transaction
from db.transaction import driver, is_passing, run_transaction, work_until_answered
from tests.factories import engine_url, kill_connection, make_workspace, run_together


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(transaction, "FIRST_PAUSE_S", 0.001)


def raise_state(conn, state):
    conn.exec_driver_sql(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$")


def rename(conn, workspace_id, name):
    conn.execute(text("UPDATE workspaces SET name = :n WHERE id = :w"), {"n": name, "w": workspace_id})


def name_of(engine, workspace_id):
    with engine.connect() as conn:
        return conn.scalar(text("SELECT name FROM workspaces WHERE id = :w"), {"w": workspace_id})


def test_the_work_is_committed_and_its_value_returned(engine, workspace_id):
    assert run_transaction(engine, lambda conn: rename(conn, workspace_id, "new") or 7) == 7
    assert name_of(engine, workspace_id) == "new"


def test_an_exception_of_the_work_rolls_back_and_is_not_repeated(engine, workspace_id):
    tries = []

    def work(conn):
        tries.append(conn)
        rename(conn, workspace_id, "new")
        raise LookupError("ours")

    with pytest.raises(LookupError, match="ours"):
        run_transaction(engine, work)
    assert len(tries) == 1
    assert name_of(engine, workspace_id) == workspace_id


@pytest.mark.parametrize("state", ["40001", "40P01", "23505", "57P01", "57P02", "57P03", "25P03", "08006"])
@pytest.mark.parametrize("way", ["sqlalchemy", "psycopg"])
def test_a_passing_error_is_repeated_from_the_first_statement(engine, workspace_id, state, way):
    tries = []

    def work(conn):
        tries.append(name_of(engine, workspace_id))
        rename(conn, workspace_id, f"try {len(tries)}")
        if len(tries) < 3:
            if way == "sqlalchemy":
                raise_state(conn, state)
            driver(conn).execute(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$")

    run_transaction(engine, work)
    assert tries == [workspace_id] * 3, "what a failed try wrote is gone"
    assert name_of(engine, workspace_id) == "try 3"


@pytest.mark.parametrize("state", ["23514", "22P02", "42601", "42P01", "53100", "57014", "P0001"])
def test_any_other_error_of_the_database_is_raised_at_once(engine, state):
    tries = []

    def work(conn):
        tries.append(conn)
        raise_state(conn, state)

    with pytest.raises(DBAPIError):
        run_transaction(engine, work)
    assert len(tries) == 1


def test_after_the_last_try_the_error_is_raised(engine):
    tries = []

    def work(conn):
        tries.append(conn)
        raise_state(conn, "40001")

    with pytest.raises(DBAPIError) as caught:
        run_transaction(engine, work)
    assert caught.value.orig.sqlstate == "40001"
    assert len(tries) == transaction.MAX_TRIES


def test_the_first_error_in_a_pipeline_is_the_one_that_counts(engine):
    """What follows it is only "aborted", and would be taken for a lost connection."""
    tries = []

    def work(conn):
        tries.append(conn)
        with driver(conn).pipeline():
            driver(conn).cursor().execute("SELECT 1/0")
            driver(conn).cursor().execute("SELECT 1")
            driver(conn).cursor().execute("SELECT 2")

    with pytest.raises(psycopg.errors.DivisionByZero):
        run_transaction(engine, work)
    assert len(tries) == 1


@pytest.mark.parametrize("way", ["sqlalchemy", "psycopg", "pipeline", "copy", "commit"])
def test_a_lost_connection_is_replaced(engine, workspace_id, way):
    tries = []

    def work(conn):
        tries.append(conn)
        rename(conn, workspace_id, "new")
        if len(tries) == 1:
            kill_connection(driver(conn), engine_url(engine))
            if way == "sqlalchemy":
                conn.execute(text("SELECT 1"))
            elif way == "psycopg":
                driver(conn).execute("SELECT 1")
            elif way == "pipeline":
                with driver(conn).pipeline():
                    driver(conn).cursor().execute("SELECT 1")
            elif way == "copy":
                with driver(conn).cursor().copy("COPY workspaces (id) FROM STDIN") as copy:
                    copy.write(b"x\n")

    run_transaction(engine, work)
    assert len(tries) == 2
    assert name_of(engine, workspace_id) == "new"


def test_two_that_lock_each_other_out_both_come_through(engine):
    """A real deadlock: PostgreSQL ends one of them with 40P01."""
    first, second = make_workspace(engine), make_workspace(engine)
    both_hold_one = threading.Barrier(2)
    tries = []

    def lock_both(mine, other, conn):
        tries.append(mine)
        rename(conn, mine, "mine")
        if len(tries) <= 2:
            both_hold_one.wait(timeout=30)
        rename(conn, other, "other")

    results = run_together(
        partial(run_transaction, engine, partial(lock_both, first, second)),
        partial(run_transaction, engine, partial(lock_both, second, first)),
    )
    assert results == [None, None]
    assert len(tries) == 3
    assert {name_of(engine, first), name_of(engine, second)} == {"mine", "other"}


def test_a_server_that_cannot_be_reached_is_a_passing_error(engine):
    away = db_engine.make_engine("postgresql://nobody@127.0.0.1:1/nowhere")
    with pytest.raises(DBAPIError) as caught:
        run_transaction(away, lambda conn: None)
    assert is_passing(caught.value)
    away.dispose()


def test_a_fault_of_ours_in_using_the_driver_is_none():
    """ProgrammingError without a state: a closed cursor, a wrong argument."""
    assert not is_passing(psycopg.ProgrammingError("the cursor is closed"))
    assert is_passing(psycopg.OperationalError("the connection is lost"))


@pytest.mark.parametrize("state", ["53100", "53200", "55P03", "57014"])
def test_an_error_that_is_read_before_its_pipeline_ends_keeps_its_name(engine, state):
    """The driver counts these among the operational errors, as it does a lost connection; the session is as good as before."""
    sessions = []

    def work(conn):
        sessions.append(driver(conn))
        with driver(conn).pipeline():
            driver(conn).execute(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$")
            driver(conn).execute("SELECT 1").fetchone()

    with pytest.raises(psycopg.OperationalError) as caught:
        run_transaction(engine, work)
    assert caught.value.sqlstate == state
    assert [session.closed for session in sessions] == [False], "tried once, on a session that stays in the pool"


# --- work while the server works --------------------------------------------------------------------------------------


def test_other_work_ends_where_the_answer_is_there(engine):
    with engine.connect() as conn:
        pg = driver(conn)
        with pg.pipeline():
            cursor = pg.cursor().execute("SELECT 7")
            work_until_answered(pg, steps := count())  # would never end by itself
            assert next(steps) > 0
        assert cursor.fetchone() == (7,)


def test_other_work_goes_on_to_its_end_while_there_is_no_answer(engine, workspace_id):
    with engine.begin() as holder, engine.connect() as conn:
        rename(holder, workspace_id, "held")
        pg, done = driver(conn), []
        with pg.pipeline():
            pg.cursor().execute("UPDATE workspaces SET name = 'after' WHERE id = %s", [workspace_id])
            work_until_answered(pg, map(done.append, range(5)))
            assert done == [0, 1, 2, 3, 4]
            holder.rollback()
        conn.rollback()


def test_a_connection_that_is_lost_during_other_work_is_tried_again(engine, workspace_id):
    tries = []

    def steps(pg, holder):
        yield
        kill_connection(pg, engine_url(engine))
        holder.rollback()
        yield from count()

    def work(conn, holder):
        tries.append(pg := driver(conn))
        with pg.pipeline():
            pg.cursor().execute("UPDATE workspaces SET name = 'new' WHERE id = %s", [workspace_id])
            if len(tries) == 1:
                work_until_answered(pg, steps(pg, holder))

    with engine.connect() as holder:
        rename(holder, workspace_id, "held")
        run_transaction(engine, partial(work, holder=holder))
    assert len(tries) == 2
    assert name_of(engine, workspace_id) == "new"


def test_a_pipeline_begins_its_transaction_in_the_same_round_trip(engine, tmp_path):
    messages = tmp_path / "messages"
    with engine.connect() as conn, messages.open("w") as file:
        pg = driver(conn)
        pg.pgconn.trace(file.fileno())
        with pg.pipeline():
            pg.execute("SELECT 1")
            pg.execute("SELECT 2")
        pg.pgconn.untrace()
        assert pg.info.transaction_status == TransactionStatus.INTRANS
    sent = [line.split("\t")[3:] for line in messages.read_text().splitlines() if "\tF\t" in line]
    assert [message[0] for message in sent].count("Sync") == 1
    assert [message[1].split('"')[3] for message in sent if message[0] == "Parse"] == ["BEGIN", "SELECT 1", "SELECT 2"]


@pytest.mark.parametrize("is_pipeline", [True, False])
def test_a_transaction_is_begun_and_rolled_back_either_way(engine, workspace_id, is_pipeline):
    with engine.connect() as conn:
        pg = driver(conn)
        with pg.pipeline() if is_pipeline else nullcontext():
            pg.execute("UPDATE workspaces SET name = 'new' WHERE id = %s", [workspace_id])
        assert pg.info.transaction_status == TransactionStatus.INTRANS
    assert name_of(engine, workspace_id) == workspace_id
