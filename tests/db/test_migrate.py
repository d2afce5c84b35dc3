"""Migrations and tables must agree, and starting twice or side by side must be harmless."""

import logging
from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from db import engine as db_engine
from db import migrate
from db.tables import metadata


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


def test_the_job_queue_has_its_tables(engine: Engine) -> None:
    with engine.connect() as conn:
        assert conn.scalar(text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL"))


def is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Leave out what other libraries made."""
    return kind != "table" or bool(name and not name.startswith(("procrastinate_", "alembic_")))
