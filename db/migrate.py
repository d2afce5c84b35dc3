"""Bring a database to the newest schema, under a lock, at every start."""

import logging
import time
from collections.abc import Mapping
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from db import jobs
from db.transaction import without_time_limit

log = logging.getLogger(__name__)

#: Any fixed number serves; two processes that start together must use the same one.
MIGRATION_LOCK = 7_061_011
#: How often a process that waits for another one's migration says so, and when it gives up.
SAY_EVERY_MS = 10_000
PATIENCE_S = 600

#: What our role's sessions in this database begin with, as "name=value" each; null where nothing is set.
ROLE_SETTINGS = text("""
    SELECT setting.setconfig
    FROM pg_db_role_setting AS setting
    JOIN pg_roles AS role
        ON role.oid = setting.setrole
        AND role.rolname = current_user
    JOIN pg_database AS database
        ON database.oid = setting.setdatabase
        AND database.datname = current_database()
""")

def upgrade(engine: Engine, *, role_settings: Mapping[str, str] | None = None) -> None:
    """Apply what is missing of our migrations and of the job queue's. A database that is up to date costs few queries,
    and one that a newer release migrated is left as it is.

    ``role_settings`` become what the role's sessions in this database begin with. While another process migrates, this
    one waits and says so in the log; after PATIENCE_S it raises OperationalError.
    """
    with engine.begin() as conn, without_time_limit(conn):
        _wait_for_lock(conn)
        current = current_revision(conn)
        if is_newer(current):
            log.warning("the database is at revision %s, of a newer release than this one; it is left as it is", current)
        elif current != newest_revision():
            config = make_config()
            config.attributes["connection"] = conn
            command.upgrade(config, "head")
        jobs.upgrade_schema(conn)
        keep_role_settings(conn, role_settings or {})


def keep_role_settings(conn: Connection, settings: Mapping[str, str]) -> None:
    """Make these the defaults of our role in this database, where they are not: a role may always change its own."""
    kept = dict(item.split("=", 1) for item in conn.scalar(ROLE_SETTINGS) or ())
    kept = {name.lower(): value for name, value in kept.items()}
    database = sql.Identifier(conn.scalar(text("SELECT current_database()")))
    for name, value in settings.items():
        if kept.get(name.lower()) != value:
            statement = sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET {} = {}")
            conn.exec_driver_sql(statement.format(database, sql.Identifier(name), sql.Literal(value)).as_string())


def _wait_for_lock(conn: Connection) -> None:
    conn.execute(text(f"SET LOCAL lock_timeout = {SAY_EVERY_MS}"))
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            with conn.begin_nested():
                conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            break
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable) or time.monotonic() > deadline:
                raise
            log.warning("another process is bringing the database up to date; waiting for it")
    conn.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def current_revision(conn: Connection) -> str | None:
    """The revision that the database is at; None for an empty one."""
    return MigrationContext.configure(conn).get_current_revision()


def is_newer(revision: str | None) -> bool:
    """Whether a newer release brought the database to this revision: ours knows none of that name.

    Such a database serves us too, because a migration only adds what older code does not miss: so processes are replaced
    one after another, and a release can be taken back.
    """
    known = {script.revision for script in ScriptDirectory.from_config(make_config()).walk_revisions()}
    return revision is not None and revision not in known


def newest_revision() -> str | None:
    """The revision that this code needs."""
    return ScriptDirectory.from_config(make_config()).get_current_head()


def make_config() -> Config:
    """Alembic's configuration, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
