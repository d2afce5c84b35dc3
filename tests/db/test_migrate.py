"""Migrations and tables must agree, and starting twice or side by side must be harmless."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from core.health_flow import SchemaState, get_schema_state
from db import engine as db_engine
from db import migrate
from db.tables import metadata
from tests.factories import wait_until

#: The schema that no release before it used: from here on a migration only adds.
FIRST_RELEASE = "0003"


def test_migrated_schema_is_what_the_tables_say(engine: Engine) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, metadata) == []


def test_check_constraints_are_the_same_by_name(engine: Engine) -> None:
    """Alembic does not compare CHECK constraints, so their names are compared here."""
    declared = {
        constraint.name
        for table in metadata.tables.values()
        for constraint in table.constraints
        if constraint.__visit_name__ in ("check_constraint", "table_or_column_check_constraint")
    }
    with engine.connect() as conn:
        migrated = set(
            conn.scalars(
                text(
                    "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid "
                    "WHERE contype = 'c' AND relname = ANY(:tables)"
                ),
                {"tables": list(metadata.tables)},
            )
        )
    assert declared == migrated


def test_every_key_begins_with_the_workspace() -> None:
    """design.md section 3: workspace_id in every primary, unique and foreign key; api_keys are found before it is known."""
    for table in metadata.tables.values():
        if table.name in ("workspaces", "api_keys"):
            continue
        keys = [constraint for constraint in table.constraints if constraint.__visit_name__ != "check_constraint"]
        for key in keys:
            columns = [column.name for column in getattr(key, "columns", [])]
            if columns and "check" not in key.__visit_name__:
                assert columns[0] == "workspace_id", (table.name, key.name)
            assert key.name, f"a constraint of {table.name} has no name"


def test_upgrading_an_empty_database_twice_changes_nothing_the_second_time(empty_database_url: str) -> None:
    engine = db_engine.make_engine(empty_database_url)
    migrate.upgrade(engine)
    migrate.upgrade(engine)
    with engine.connect() as conn:
        assert migrate.current_revision(conn) == migrate.newest_revision()
    engine.dispose()


def test_two_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    engines = [db_engine.make_engine(empty_database_url) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(migrate.upgrade, engines))
    with engines[0].connect() as conn:
        assert migrate.current_revision(conn) == migrate.newest_revision()
        assert conn.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    for engine in engines:
        engine.dispose()


def test_a_database_of_a_newer_release_is_left_as_it_is_and_serves(empty_database_url: str, caplog) -> None:
    """While processes are replaced one after another, an older one may start again; so may a release that was taken back."""
    engine = db_engine.make_engine(empty_database_url)
    migrate.upgrade(engine)
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert get_schema_state(engine).is_fit
    migrate.upgrade(engine)
    with engine.connect() as conn:
        assert migrate.current_revision(conn) == "9999"
    assert "newer release" in caplog.text
    engine.dispose()


def test_an_older_or_empty_database_does_not_serve_yet() -> None:
    newest = migrate.newest_revision()
    assert SchemaState(newest, newest).is_fit
    assert not SchemaState("0001", newest).is_fit
    assert not SchemaState(None, newest).is_fit


def test_a_migration_takes_nothing_away_that_the_release_before_uses() -> None:
    """Both run at the same time while processes are replaced one after another: what goes, goes one release later."""
    takes_away = r"(?i)DROP\s+(COLUMN|TABLE|CONSTRAINT)|\bRENAME\b|ALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE|SET\s+NOT\s+NULL"
    asks_for_more = r"(?i)ADD\s+COLUMN\s[^,;]*NOT\s+NULL(?![^,;]*DEFAULT)"
    for script in ScriptDirectory.from_config(migrate.make_config()).walk_revisions():
        if script.revision > FIRST_RELEASE:
            source = Path(script.path).read_text(encoding="utf-8")
            assert not re.search(takes_away, source), script.path
            assert not re.search(asks_for_more, source), script.path


def test_columns_of_distributed_tables_keep_their_statistics(empty_database_url: str) -> None:
    """Citus refuses the option (its list of ALTER TABLE commands); a database that is spread already must migrate all the same."""
    engine = db_engine.make_engine(empty_database_url)
    with engine.begin() as conn:
        config = migrate.make_config()
        config.attributes["connection"] = conn
        command.upgrade(config, "0004")
        conn.execute(text("CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY)"))
        conn.execute(text("INSERT INTO pg_dist_partition VALUES ('leads')"))
    migrate.upgrade(engine)
    with engine.connect() as conn:
        changed = conn.execute(text("SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE attoptions IS NOT NULL"))
        assert sorted(map(tuple, changed)) == [
            ("campaign_memberships", "campaign_id"), ("campaign_memberships", "workspace_id"), ("campaigns", "workspace_id"),
        ]  # fmt: skip
    engine.dispose()


def test_the_job_queue_has_its_tables(engine: Engine) -> None:
    with engine.connect() as conn:
        assert conn.scalar(text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL"))


def is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Leave out what other libraries made."""
    return kind != "table" or bool(name and not name.startswith(("procrastinate_", "alembic_")))


def test_a_start_waits_for_another_one_that_migrates_and_says_so(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(migrate, "SAY_EVERY_MS", 100)
    engine = db_engine.make_engine(empty_database_url)
    with ThreadPoolExecutor() as pool:
        with engine.begin() as other:
            other.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": migrate.MIGRATION_LOCK})
            starting = pool.submit(migrate.upgrade, engine)
            wait_until(lambda: "waiting for it" in caplog.text)
            assert not starting.done()
        starting.result(timeout=60)
    with engine.connect() as conn:
        assert migrate.current_revision(conn) == migrate.newest_revision()
        assert conn.scalar(text("SHOW lock_timeout")) == "30s"
    engine.dispose()


def test_a_start_that_has_waited_long_enough_fails(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "SAY_EVERY_MS", 100)
    monkeypatch.setattr(migrate, "PATIENCE_S", 0)
    engine = db_engine.make_engine(empty_database_url)
    with engine.begin() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": migrate.MIGRATION_LOCK})
        with pytest.raises(OperationalError, match="lock timeout"):
            migrate.upgrade(engine)
    engine.dispose()
