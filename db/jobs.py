"""The job queue (procrastinate) on our database: its schema, deferring inside a transaction of ours, the worker."""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

import procrastinate
import psycopg
from procrastinate import RetryStrategy
from procrastinate.schema import SchemaManager, migrations_path
from procrastinate.worker import Worker as QueueWorker
from sqlalchemy import Connection, Engine, text

from db import sessions
from db.settings import libpq_url

log = logging.getLogger(__name__)

#: A worker that has not been heard of for this long is dead; its jobs go back to the queue.
STALLED_AFTER_S = 10
HEARTBEAT_S = 2
RESTART_DELAY_S = 1
#: The queue's own connections: knocking, and waiting for a free one. Short, because what fails is begun again, and the
#: library's half minute would pass several times before it is.
CONNECT_TIMEOUT_S = 5
#: A task raises only while the database is away (it handles everything else itself), so it is tried until it is back.
RETRY_AFTER_S = 5
#: Imports of different workspaces run side by side; more than this only moves the wait into PostgreSQL.
CONCURRENCY = 4

#: The engine's option that has the database's address past a pooler (db/engine.py make_engine).
DIRECT_URL = "lead_import_direct_url"

# Never opened: it writes through the connection that it is handed, so that a job is deferred by the COMMIT of the
# transaction that asks for it, or not at all.
_deferring = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def upgrade_schema(conn: Connection) -> None:
    """Make procrastinate's tables, or apply those of its shipped migrations that this database has not seen.

    The newest migration applied is kept as the comment of its main table: the library keeps no record of its own.
    """
    files = sorted(path.name for path in migrations_path.glob("*.sql"))
    applied = conn.scalar(text("SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class')"))
    if applied and applied >= files[-1]:  # beyond it: a newer release was here
        return
    if conn.scalar(text("SELECT to_regclass('procrastinate_jobs')")) is None:
        conn.exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    else:
        for name in files:
            if name > (applied or ""):
                conn.exec_driver_sql((migrations_path / name).read_text(encoding="utf-8").replace("%", "%%"))
    conn.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{files[-1]}'")


def defer(conn: Connection, task: str, *, lock: str, **arguments: Any) -> None:
    """Queue a task in the transaction of ``conn``. Jobs with the same ``lock`` run one after another."""
    _deferring.configure_task(
        task, lock=lock, connection=conn.connection.driver_connection
    ).defer(**arguments)


def driver_url(engine: Engine) -> str:
    """The database's address for libpq, password included: for the job queue's own connections, never for a log.

    Past a pooler in transaction mode: the queue listens for new jobs, and a notification is for one server connection.
    """
    direct = engine.get_execution_options().get(DIRECT_URL)
    return direct or libpq_url(engine.url)


class Worker:
    """Runs queued tasks in a thread of its own, and takes over the jobs of workers that died."""

    def __init__(
        self, url: str, tasks: dict[str, Callable[..., None]], retries: Mapping[str, RetryStrategy] | None = None
    ) -> None:
        """``url`` is a libpq address; ``tasks`` maps a task's name to the function that does it.

        ``retries`` says when one that raised is tried again; else it is after RETRY_AFTER_S, for ever.
        """
        self._url = url
        self._tasks = tasks
        self._retries = retries or {}
        self._running: set[int | None] = set()
        #: The queue's number of a worker of this process that has ended without unregistering.
        self._former_id: int | None = None
        self._stop = threading.Event()
        self._wake: Callable[[], None] = self._stop.set
        self._thread = threading.Thread(target=self._run, name="jobs-worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 20) -> None:
        """Let running tasks come to their next safe point, then end. Tasks learn of it by ``is_stopping``."""
        self._stop.set()
        self._wake()
        self._thread.join(timeout_s)

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                asyncio.run(self._work())
            except Exception:
                # The database is away, say: the queue is durable, so trying again loses nothing.
                log.exception("the job worker stopped; it starts again in %s s", RESTART_DELAY_S)
                self._stop.wait(RESTART_DELAY_S)

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        stopped = asyncio.Event()
        self._wake = lambda: loop.call_soon_threadsafe(stopped.set)
        if self._stop.is_set():
            stopped.set()
        # Connecting is inside, too: while the database is away it takes its time, and a stop must not.
        working = asyncio.create_task(self._serve())
        waiting = asyncio.create_task(stopped.wait())
        try:
            await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._wake = self._stop.set
            waiting.cancel()
            working.cancel()  # running jobs come to their end first
            await asyncio.gather(waiting, working, return_exceptions=True)
        if not working.cancelled():
            working.result()

    async def _serve(self) -> None:
        # Knock first: a pool whose first attempts fail pauses longer and longer before the next.
        async with await psycopg.AsyncConnection.connect(self._url, connect_timeout=CONNECT_TIMEOUT_S):
            pass
        app = self._make_app()
        worker = QueueWorker(
            app,
            concurrency=CONCURRENCY,
            delete_jobs="successful",
            install_signal_handlers=False,
            fetch_job_polling_interval=1,
            update_heartbeat_interval=HEARTBEAT_S,
            stalled_worker_timeout=STALLED_AFTER_S,
        )
        try:
            await app.open_async()
            if self._former_id is not None:  # it ended without being able to say so; its jobs need not wait
                await app.job_manager.unregister_worker(self._former_id)
                self._former_id = None
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._rescue_jobs(app, worker))
                tasks.create_task(_end_abandoned_sessions(app))
                tasks.create_task(worker.run())
        finally:  # half opened, too: the pool's own tasks do not end by being cancelled
            self._former_id = worker.worker_id or self._former_id
            await app.close_async()

    def _make_app(self) -> procrastinate.App:
        connector = procrastinate.PsycopgConnector(
            conninfo=self._url,
            min_size=1,
            max_size=CONCURRENCY + 2,
            timeout=CONNECT_TIMEOUT_S,
            connection_class=sessions.AsyncAnsweredConnection,
            kwargs={"options": sessions.startup_options(application_name=sessions.QUEUE_NAME)},
        )
        app = procrastinate.App(connector=connector)
        for name, function in self._tasks.items():
            retry = self._retries.get(name) or RetryStrategy(wait=RETRY_AFTER_S)
            app.task(name=name, retry=retry, pass_context=True)(self._counted(function))
        return app

    def _counted(self, function: Callable[..., None]) -> Callable[..., None]:
        """The function, which is known to run while it runs."""

        def run(context: procrastinate.JobContext, **arguments: Any) -> None:
            self._running.add(context.job.id)
            try:
                function(**arguments)
            finally:
                self._running.discard(context.job.id)

        return run

    async def _rescue_jobs(self, app: procrastinate.App, worker: QueueWorker) -> None:
        """Put back into the queue what nobody runs: jobs of dead workers, and of this one where their end got lost.

        The latter are seen twice first: a job is `doing` a moment before it runs and a moment after. The heart beats here
        too, and where it cannot, the worker begins anew: the library's own beats stop unnoticed at the first error.
        """
        suspects: set[int | None] = set()
        while True:
            if worker.worker_id is not None:
                await app.job_manager.update_heartbeat(worker.worker_id)
            stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S))
            mine = await app.job_manager.list_jobs_async(status="doing", worker_id=worker.worker_id or 0)
            idle = [job for job in mine if job.id not in self._running]
            for job in (*stalled, *[job for job in idle if job.id in suspects]):
                log.warning("job %s, which nobody runs, goes back to the queue", job.id)
                await app.job_manager.retry_job(job)
            suspects = {job.id for job in idle}
            await asyncio.sleep(HEARTBEAT_S)


async def _end_abandoned_sessions(app: procrastinate.App) -> None:
    """What a process leaves behind that lost its network or its machine holds nobody up for long."""
    while True:
        await app.connector.execute_query_async(
            sessions.END_ABANDONED_SESSIONS, seconds=sessions.ANSWER_TIMEOUT_S
        )
        await asyncio.sleep(HEARTBEAT_S)
