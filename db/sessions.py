"""Our sessions with the server: their settings, and how long either side waits for the other.

The server ends a statement after a minute. What has not answered by a while later never will: a network, a proxy or a
pooler in between has forgotten the connection, and the driver would wait for hours. So would the server, for us.
"""

import re
from typing import Any

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

APPLICATION_NAME = "lead-import"

#: No statement of ours runs a minute, and no transaction waits for a person: what takes longer is a fault.
SERVER_SETTINGS = {
    "timezone": "UTC",
    "statement_timeout": "60s",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
    "application_name": APPLICATION_NAME,
    # Compiling a statement that runs for two milliseconds costs more than it saves.
    "jit": "off",
    # PostgreSQL's 4 stands for turning disks. With it, looking a thousand leads up by key seems dearer than reading all.
    "random_page_cost": "1.1",
    # A plan for the workspace at hand trusts statistics that may be older than the workspace (db/planning.py).
    "plan_cache_mode": "force_generic_plan",
}
#: The oldest PostgreSQL that has what our statements use, as libpq counts releases.
MIN_SERVER_VERSION = 140_000
#: The job queue's own sessions, by another name.
QUEUE_NAME = "lead-import-jobs"

#: Longer than the server works on any statement.
ANSWER_TIMEOUT_S = 75.0


#: The other end of it: sessions of ours whose client has gone without a word, in the middle of a COPY perhaps. The server
#: ends none of those by itself (statement_timeout is not looked at while COPY reads), and such a session may hold a
#: workspace's lock. No living client of ours keeps the server waiting for so long.
END_ABANDONED_SESSIONS = """
    SELECT pg_terminate_backend(pid)
    FROM pg_stat_activity
    WHERE datname = current_database()
        AND usename = current_user
        AND application_name LIKE 'lead-import%%'
        AND state <> 'idle'
        AND wait_event = 'ClientRead'
        AND state_change < clock_timestamp() - make_interval(secs => %(seconds)s)
"""


def startup_options(**settings: str) -> str:
    """SERVER_SETTINGS, and others, as libpq's ``options``: in force from the first statement on."""
    return " ".join(f"-c {name}={value}" for name, value in {**SERVER_SETTINGS, **settings}.items())


class UnusableDatabase(RuntimeError):
    """The database answers and will never serve us; the message says why, and what to do."""


def check_server(info: psycopg.ConnectionInfo) -> None:
    """Raises UnusableDatabase for a server that is too old, or a database that cannot hold every text. Asks the server nothing."""
    if info.server_version < MIN_SERVER_VERSION:
        raise UnusableDatabase(
            f"Lead Import needs PostgreSQL {MIN_SERVER_VERSION // 10_000} or newer; this is {info.server_version // 10_000}. "
            "Upgrade the server, or name another one in DATABASE_URL."
        )
    encoding = info.parameter_status("server_encoding")
    if encoding not in (None, "UTF8"):
        raise UnusableDatabase(
            f"Lead Import needs a database with the encoding UTF8; this one has {encoding}. Make another one: "
            "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        )


class AnsweredConnection(psycopg.Connection):
    """Waits ANSWER_TIMEOUT_S for each answer, then is closed and raises OperationalError, as for a lost connection."""

    #: For statements that may take as long as they like.
    waits_forever = False

    def wait(self, gen: Any, *arguments: Any, timeout: float | None = None, **options: Any) -> Any:
        try:
            return super().wait(gen, *arguments, timeout=timeout or self._timeout_s, **options)
        except psycopg.Error as error:
            _close_if_unanswered(self, error)
            _take_data_off(error)
            raise

    def _start_query(self) -> PQGen[None]:
        """As psycopg has it, but in a pipeline BEGIN goes with the first statement: psycopg would wait for its answer, a round
        trip more for every writing transaction. Where BEGIN fails, the server skips the rest of the pipeline.
        """
        if not self.autocommit and self.pgconn.transaction_status == TransactionStatus.IDLE:
            yield from self._exec_command(self._get_tx_start_command())

    @property
    def _timeout_s(self) -> float | None:
        return None if self.waits_forever else ANSWER_TIMEOUT_S


class AsyncAnsweredConnection(psycopg.AsyncConnection):
    """The same for asyncio. For a connection that listens for notifications it is of no use: it waits for none."""

    async def wait(self, gen: Any, *arguments: Any, timeout: float | None = None, **options: Any) -> Any:
        try:
            return await super().wait(gen, *arguments, timeout=timeout or ANSWER_TIMEOUT_S, **options)
        except psycopg.Error as error:
            _close_if_unanswered(self, error)
            raise


def _close_if_unanswered(conn: psycopg.Connection | psycopg.AsyncConnection, error: psycopg.Error) -> None:
    """Where the answer to a statement is still to come, it must never be taken for the answer to the next one.

    An error that the server named is an answer, also where a pipeline still has some to read: leaving it does that. Closing
    there would put "the connection is closed" in the error's place, which looks like a server that went away.
    """
    is_answer = error.sqlstate is not None or isinstance(error, psycopg.errors.PipelineAborted)
    if (
        isinstance(error, psycopg.OperationalError)
        and not is_answer
        and conn.pgconn.transaction_status == TransactionStatus.ACTIVE
    ):
        conn.pgconn.finish()


def _take_data_off(error: psycopg.Error) -> None:
    """PostgreSQL's DETAIL and CONTEXT quote rows, so emails of leads; an error's text gets into logs. Its ``diag`` keeps them."""
    if error.args:
        text = str(error.args[0])
        error.args = (re.split(r"\n(?:DETAIL|CONTEXT):", text, maxsplit=1)[0], *error.args[1:])
