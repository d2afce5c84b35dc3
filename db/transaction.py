"""Transactions that try again: what PostgreSQL asks to be repeated is repeated whole, from the first statement."""

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.sessions import AnsweredConnection

log = logging.getLogger(__name__)
T = TypeVar("T")

MAX_TRIES = 6
FIRST_PAUSE_S = 0.05
#: Serialization failure, deadlock, and a unique violation by a writer that did not take the workspace's lock; then a
#: server that went away or is coming up (classes 08 and 57P).
RETRY_STATES = ("40001", "40P01", "23505")
AWAY_STATES = ("57P01", "57P02", "57P03", "25P03")
#: Besides class 22 (data exceptions): constraints on one row, and sizes.
REFUSAL_STATES = ("23502", "23514", "54000")
#: What a server runs out of: disk space; memory, and what its settings allow. It stays so until somebody makes room.
DISK_FULL_STATE = "53100"
EXHAUSTED_STATES = (DISK_FULL_STATE, "53000", "53200", "53400")
#: Somebody has held a lock for longer than lock_timeout.
LOCK_TIMEOUT_STATE = "55P03"


def driver(conn: Connection) -> AnsweredConnection:
    """The psycopg connection inside, for pipelines and COPY."""
    connection = conn.connection.driver_connection
    assert isinstance(connection, AnsweredConnection)
    return connection


def work_until_answered(connection: AnsweredConnection, steps: Iterable[object]) -> None:
    """In a pipeline: have the server answer what was sent so far, and take other work's steps until it begins to, or they end.
    """
    connection.pgconn.send_flush_request()
    connection.pgconn.flush()
    for _ in steps:
        connection.pgconn.consume_input()
        if not connection.pgconn.is_busy():
            return


@contextmanager
def without_time_limit(conn: Connection) -> Iterator[None]:
    """In this transaction statements may take longer than any of the product's, for the server and for the driver."""
    connection = driver(conn)
    connection.waits_forever = True
    try:
        conn.execute(text("SET LOCAL statement_timeout = 0"))
        yield
    finally:
        connection.waits_forever = False


def run_transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    """What ``work`` returns, committed.

    ``work`` runs in one transaction and may run several times, so it begins by looking whether its writing is there
    already: the outcome of a COMMIT whose answer was lost is unknown. Raises what ``work`` raises; after MAX_TRIES
    the last database error.
    """
    for attempt in range(1, MAX_TRIES + 1):
        try:
            with engine.begin() as conn:
                return work(conn)
        except (psycopg.Error, DBAPIError) as error:
            if attempt == MAX_TRIES or not is_passing(error):
                raise
            pause_s = FIRST_PAUSE_S * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)  # apart from others that lost too
            log.warning("the transaction is tried again in %.2f s: %s", pause_s, type(error).__name__)
            time.sleep(pause_s)
    raise AssertionError("unreachable")


def is_passing(error: psycopg.Error | DBAPIError) -> bool:
    """Whether the same transaction may succeed on a second try, at once."""
    return _state_of(error) in RETRY_STATES or is_away(error)


def is_delay(error: BaseException) -> bool:
    """Whether nothing is wrong with the work: the database is away, all connections are in use, or a lock is held.

    Then the same work is right later, without anybody's help.
    """
    return isinstance(error, PoolTimeout) or is_away(error) or _state_of(error) == LOCK_TIMEOUT_STATE


def is_exhausted(error: BaseException) -> bool:
    """Whether the server has run out of something. Nothing is wrong with the work, but somebody has to make room first."""
    return _state_of(error) in EXHAUSTED_STATES


def is_disk_full(error: BaseException) -> bool:
    """Whether that is disk space."""
    return _state_of(error) == DISK_FULL_STATE


def is_refusal(error: BaseException) -> bool:
    """Whether the server will not take a value: it cannot be converted, breaks a constraint, or passes a size limit."""
    state = _state_of(error) or ""
    return state.startswith("22") or state in REFUSAL_STATES


def is_away(error: BaseException) -> bool:
    """Whether the server or the connection went away."""
    state = _state_of(error)
    if state is None:  # the connection broke: libpq knows no state for that
        return isinstance(_cause_of(error), psycopg.OperationalError)
    return state.startswith("08") or state in AWAY_STATES


def _state_of(error: BaseException) -> str | None:
    return getattr(_cause_of(error), "sqlstate", None)


def _cause_of(error: BaseException) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error
