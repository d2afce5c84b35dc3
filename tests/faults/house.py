"""The product's engine and worker behind a proxy, on a PostgreSQL that may be killed; and imports to run in it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError

from core import job_flow, report_flow, run_flow
from core.records import ImportRecord
from db import engine as db_engine
from db import migrate, sessions
from tests.factories import wait_until
from tests.faults import scenario
from tests.faults.postgres import OwnPostgres
from tests.faults.proxy import Link, MessagePoint, Point, Proxy
from tests.faults.scenario import Damage, Holding

#: Longer than any recovery takes on a busy machine; a wait ends as soon as its condition holds.
PATIENCE_S = 40
#: The server's patience with the product (db/sessions.py), where the product would need a minute to notice.
SHORT_PATIENCE = {"idle_in_transaction_session_timeout": "5s", "deadlock_timeout": "200ms"}
#: Presses of “Try again” that one fault may cost.
MAX_PRESSES = 3


class House:
    """Everything that one process of the fault tests shares.

    ``direct`` sees the database past the proxy: it is the test's own eye. ``engine`` is what the product uses.
    """

    def __init__(self) -> None:
        self.postgres = OwnPostgres()
        db_engine.create_database(self.postgres.url(), "faults")
        # By another name: with the short patience of a test, its own eye would be ended as a session that was abandoned.
        with patch.object(sessions, "SERVER_SETTINGS", {**sessions.SERVER_SETTINGS, "application_name": "fault-tests"}):
            self.direct = db_engine.make_engine(self.postgres.url("faults"))
        migrate.upgrade(self.direct)
        self.proxy = Proxy(self.postgres.connect, is_postgres=True)
        event.listen(self.direct, "connect", lambda conn, _: setattr(conn, "waits_forever", True))
        self.engine = self.make_engine()

    def make_engine(self, **settings: str) -> Engine:
        """An engine of the product behind the proxy, with these settings of its sessions."""
        with patch.object(sessions, "SERVER_SETTINGS", {**sessions.SERVER_SETTINGS, **SHORT_PATIENCE, **settings}):
            engine = db_engine.make_engine(self.proxied_url)
            with engine.connect():
                pass
        return engine

    @property
    def proxied_url(self) -> str:
        return proxied_url(self.proxy)

    def close(self) -> None:
        try:
            job_flow.stop_worker()
            self.engine.dispose()
            self.proxy.close()
            self.direct.dispose()
        finally:
            self.postgres.close()

    def start_worker(self) -> None:
        """The worker of this process, which every fault has to leave alive."""
        job_flow.start_worker(self.engine)

    @contextmanager
    def worker_on(self, engine: Engine) -> Iterator[None]:
        """For the block: the worker runs imports through this engine, which is the caller's to make and ours to close."""
        job_flow.stop_worker()
        job_flow.start_worker(engine)
        try:
            yield
        finally:
            job_flow.stop_worker()
            self.start_worker()
            engine.dispose()

    @cached_property
    def fault_free(self) -> "dict[int, FaultFreeRun]":
        return {}

    def fault_free_run(self, size: int) -> "FaultFreeRun":
        """What a run that nothing disturbs leaves behind, and how many messages it takes. Made once per size."""
        if size not in self.fault_free:
            self.fault_free[size] = self._run_undisturbed(size)
        return self.fault_free[size]

    def _run_undisturbed(self, size: int) -> "FaultFreeRun":
        case = Case(self, size)
        point = MessagePoint(0)
        with self.proxy.trap(point):
            case.start()
            case.wait_done()
        holding = scenario.look(self.direct, case.workspace_id)
        case.forget()
        return FaultFreeRun(holding, point.seen)

    @contextmanager
    def trigger(self, workspace_id: str, *, table: str, event: str, body: str, when: str = "true") -> Iterator[None]:
        """For the block: ``body`` (PL/pgSQL) runs before each row of the workspace that is written so.

        ``nextval('fault_calls')`` in it counts the calls from 1, also those of transactions that are rolled back.
        """
        key = "id" if table == "workspaces" else "workspace_id"
        with self.direct.begin() as conn:
            conn.exec_driver_sql(
                f"CREATE SEQUENCE fault_calls; CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {body} RETURN NEW; END $$;"
                f" CREATE TRIGGER fault BEFORE {event} ON {table} FOR EACH ROW"
                f" WHEN (NEW.{key} = '{workspace_id}' AND ({when})) EXECUTE FUNCTION fault()"
            )
        try:
            yield
        finally:
            with self.direct.begin() as conn:
                conn.exec_driver_sql("DROP FUNCTION fault() CASCADE; DROP SEQUENCE fault_calls")

    def wait_awake(self) -> None:
        """Return when the database answers (again)."""
        wait_until(lambda: _answers(self.direct), timeout_s=PATIENCE_S)

    def assert_nobody_idles(self) -> None:
        """No session stays idle in a transaction: neither the product's nor one that a fault left behind."""

        def idling() -> int:
            with self.direct.connect() as conn:
                return conn.scalar(
                    text(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        " AND state LIKE 'idle in transaction%'"
                    )
                )

        wait_until(lambda: idling() == 0, timeout_s=PATIENCE_S)


class FaultFreeRun:
    def __init__(self, holding: Holding, messages: int) -> None:
        self.holding = holding
        self.messages = messages
        assert not holding.faults
        [(state, *_)] = holding.imports
        assert state == "done"


class Case:
    """One import through the wizard's door, in a workspace of its own."""

    def __init__(self, house: House, size: int) -> None:
        self.house = house
        self.size = size
        self.workspace_id = scenario.fill_workspace(house.direct, size=size)
        self.import_id: UUID = scenario.make_import(house.direct, self.workspace_id, size=size)
        self.acknowledged: frozenset[str] = frozenset()
        #: Why the import stopped, a code for each time that a person had to press “Try again”.
        self.stops: list[str] = []

    @property
    def presses(self) -> int:
        """How often a person had to press “Try again”."""
        return len(self.stops)

    @property
    def place(self) -> dict:
        return {"workspace_id": self.workspace_id, "import_id": self.import_id}

    def start(self) -> None:
        """Press Import."""
        run_flow.start_import(self.house.direct, **self.place, in_parts=True)

    def record(self) -> ImportRecord:
        return report_flow.get_import(self.house.direct, **self.place)

    def is_over(self) -> bool:
        """Whether the import has ended, well or not; while the database is away nobody knows."""
        with suppress(DBAPIError):
            return self.record().state != "running"
        return False

    def hit(self, point: Point, action: Callable[[Link], None]) -> float | None:
        """Start the import and let the fault come at its point. The monotonic time at which it came; None if it did not.

        A point may lie behind the end: an engine that has prepared its statements needs fewer messages.
        """

        def act(link: Link) -> None:
            self.acknowledge()
            trap.fired_at = time.monotonic()
            action(link)

        with self.house.proxy.trap(point, act) as trap:
            self.start()
            wait_until(lambda: trap.reached.is_set() or self.is_over(), timeout_s=PATIENCE_S)
        return trap.fired_at or None

    def acknowledge(self) -> None:
        """What is committed now must be there for ever."""
        self.acknowledged = scenario.active_emails(self.house.direct, self.workspace_id)

    def damage(self, **known: frozenset[str]) -> Damage:
        """What is wrong at this moment, whatever is going on."""
        now = scenario.look(self.house.direct, self.workspace_id)
        return scenario.find_damage(now, size=self.size, acknowledged=self.acknowledged, **known)

    def wait_done(self) -> float:
        """Wait for the end, as a person does who presses “Try again” where the report says so.

        Gives back the monotonic time of the end. What the person was told must be plain.
        """
        while True:
            wait_until(self.is_over, timeout_s=PATIENCE_S)
            record = self.record()
            if record.state == "done":
                return time.monotonic()
            assert record.state == "failed"
            assert_plain(record)
            assert record.failure is not None
            self.stops.append(record.failure.code)
            assert self.presses <= MAX_PRESSES, record.failure
            run_flow.resume_import(self.house.direct, **self.place)

    def assert_as_without_fault(self) -> None:
        """The end is that of a run that nothing disturbed."""
        now = scenario.look(self.house.direct, self.workspace_id)
        assert now.everything == self.house.fault_free_run(self.size).holding.everything

    def forget(self) -> None:
        scenario.forget_workspace(self.house.direct, self.workspace_id)


def assert_plain(record: ImportRecord) -> None:
    """A person reads it: a sentence, what to do next, nothing of our machinery; and the books of the stop balance."""
    assert record.failure is not None
    told = f"{record.failure.message} {record.failure.hint}"
    assert record.failure.message.strip()
    assert record.failure.hint.strip()
    for word in ("psycopg", "SQL", "Traceback", "Error(", "sqlstate", "connection"):
        assert word not in told
    assert sum(record.counts.values()) == record.row_count


def proxied_url(proxy: Proxy, database: str = "faults") -> str:
    return f"postgresql://postgres@127.0.0.1:{proxy.port}/{database}?sslmode=disable&gssencmode=disable"


def _answers(engine: Engine) -> bool:
    with suppress(DBAPIError), engine.connect() as conn:
        return conn.scalar(text("SELECT 1")) == 1
    return False
