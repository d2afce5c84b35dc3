"""A start while the database is away, or while somebody else brings it up to date and dies over it."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from core.access import COMMAND_LINE, acting_as
from db import engine as db_engine
from db import migrate
from db.settings import DatabaseSettings
from tests.factories import emails_csv, import_file, make_workspace, wait_until
from tests.faults.house import PATIENCE_S, House, proxied_url
from tests.faults.proxy import Link, MessagePoint
from tests.faults.scenario import Damage

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def new_database(house: House):
    """The name of a database without tables."""
    name = f"start_{uuid4().hex}"
    db_engine.create_database(house.postgres.url(), name)
    yield name
    with psycopg.connect(house.postgres.url(), autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


def migrate_in_a_process(url: str) -> subprocess.CompletedProcess:
    """`python -m db migrate`: two migrations in one process would meet in Alembic."""
    command = [sys.executable, "-m", "db", "migrate"]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, capture_output=True, check=False
    )


def damage_of(engine) -> Damage:
    """What a start left behind that is not a whole schema in which an import works."""
    damage = Damage()
    with engine.connect() as conn:
        if migrate.current_revision(conn) != migrate.newest_revision():
            damage.half_written.append("the schema is not the newest")
    with acting_as(COMMAND_LINE):
        report = import_file(engine, make_workspace(engine), emails_csv([f"p{i}@example.com" for i in range(10)]))
    if report.record.counts["created"] != 10:
        damage.lost.append("an import does not work")
    return damage


@pytest.mark.rounds("migration-killed", 1, 10)
def test_a_migration_is_killed_while_another_start_waits_for_it(house, new_database, fault, monkeypatch):
    """The first start's backend dies at a message of its migration; the waiting one does all of it, or finds it done."""
    monkeypatch.setattr(migrate, "SAY_EVERY_MS", 100)
    second = db_engine.make_engine(house.postgres.url(new_database))
    begun, killed_at = threading.Event(), []
    waiting = threading.Thread(target=lambda: begun.wait(PATIENCE_S) and migrate.upgrade(second))
    waiting.start()

    def kill(link: Link) -> None:
        begun.set()
        with psycopg.connect(house.postgres.url(new_database), autocommit=True) as conn:
            wait_until(lambda: conn.execute(LOCK_WAITERS).fetchone() != (0,))
            killed_at.append(time.monotonic())
            conn.execute("SELECT pg_terminate_backend(%s, 10000)", (link.backend_pid,))

    # The first messages take the lock.
    with house.proxy.trap(MessagePoint(fault.rng.randint(80, 260)), kill):
        first = migrate_in_a_process(proxied_url(house.proxy, new_database))
    assert first.returncode != 0
    waiting.join(timeout=PATIENCE_S)
    assert not waiting.is_alive()
    recovered_at = time.monotonic()
    fault.note(damage_of(second), recovered_at - killed_at[0])
    assert migrate_in_a_process(house.postgres.url(new_database)).returncode == 0
    second.dispose()


LOCK_WAITERS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.mark.rounds("away-at-start", 1, 10)
def test_the_connection_is_lost_while_the_product_starts(house, new_database, fault, monkeypatch):
    """It says so and starts nothing; the next start finds nothing in its way."""
    monkeypatch.setattr(db_engine, "_engine", None)
    settings = DatabaseSettings(database_url=proxied_url(house.proxy, new_database))
    point = MessagePoint(fault.rng.randint(1, 260))
    with house.proxy.trap(point, Link.drop) as trap, pytest.raises(DBAPIError) as caught:
        db_engine.start(settings)
    assert isinstance(caught.value.orig, psycopg.OperationalError)
    with pytest.raises(RuntimeError):
        db_engine.get_engine()
    engine = db_engine.start(settings)
    recovered_at = time.monotonic()
    fault.note(damage_of(engine), recovered_at - trap.fired_at)
    db_engine.stop()


@pytest.mark.rounds("away-before-start", 0, 2)
def test_a_command_that_finds_no_database_says_so_in_a_sentence(house, new_database, fault):
    """The product's own start; when the server is there, the same command serves."""
    house.postgres.stop_immediately()
    command = [sys.executable, "-m", "tools.serve", "--port", "0"]
    environment = {**os.environ, "DATABASE_URL": proxied_url(house.proxy, new_database)}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)
    assert "The database does not answer" in ended.stderr
    house.postgres.start()
    began_at = time.monotonic()
    command = [sys.executable, "-m", "db", "check"]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    recovered_at = time.monotonic()
    engine = db_engine.make_engine(house.postgres.url(new_database))
    fault.note(damage_of(engine), recovered_at - began_at)
    engine.dispose()
