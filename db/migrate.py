"""Bring a database to the newest schema, under a lock, at every start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from db import jobs

#: Any fixed number serves; two processes that start together must use the same one.
MIGRATION_LOCK = 7_061_011


def upgrade(engine: Engine) -> None:
    """Apply what is missing of our migrations and of the job queue's. A database that is up to date costs two queries."""
    with engine.begin() as conn:
        conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        # Migrations may take longer than any statement of the product.
        conn.execute(text("SET LOCAL statement_timeout = 0"))
        if current_revision(conn) != newest_revision():
            config = make_config()
            config.attributes["connection"] = conn
            command.upgrade(config, "head")
        jobs.upgrade_schema(conn)


def current_revision(conn: Connection) -> str | None:
    """The revision that the database is at; None for an empty one."""
    return MigrationContext.configure(conn).get_current_revision()


def newest_revision() -> str | None:
    """The revision that this code needs."""
    return ScriptDirectory.from_config(make_config()).get_current_head()


def make_config() -> Config:
    """Alembic's configuration, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
