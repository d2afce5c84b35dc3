"""The one engine of the process: embedded PostgreSQL or DATABASE_URL, migrated before the first query."""

import logging
import threading
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from db import embedded, jobs, migrate, workspaces
from db.sessions import (
    APPLICATION_NAME,
    SERVER_SETTINGS,
    AnsweredConnection,
    UnusableDatabase,
    check_server,
    startup_options,
)
from db.settings import DatabaseSettings, libpq_url

log = logging.getLogger(__name__)

EMBEDDED_DATABASE = "lead_import"

#: A page or an API call that waits longer than this for a free connection is told that the server is busy.
POOL_TIMEOUT_S = 10
#: Connections beyond the pool's size while many ask at once.
MAX_OVERFLOW = 10

_engine: Engine | None = None
_starting = threading.Lock()


def start(settings: DatabaseSettings) -> Engine:
    """The process's engine: database up, migrated to the newest schema, default workspace present. Made once."""
    global _engine
    with _starting:
        if _engine is None:
            engine = make_engine(
                settings.database_url or start_embedded(settings.home), direct_url=settings.database_direct_url
            )
            if settings.database_direct_url:
                prepare_pooled(settings.database_direct_url)
            else:
                migrate.upgrade(engine)
            with engine.begin() as conn:
                workspaces.ensure_workspace(
                    conn, workspace_id=settings.workspace, name=settings.workspace, contact_limit=settings.contact_limit
                )
            _engine = engine
        return _engine


def get_engine() -> Engine:
    """The engine that start() made. Raises RuntimeError before that."""
    if _engine is None:
        raise RuntimeError("db.engine.start() has not been called")
    return _engine


def stop() -> None:
    """Close all connections. The embedded server stops with the last process that uses it."""
    global _engine
    if _engine is not None:
        _engine.dispose()
        _engine = None


def make_engine(url: str, *, pool_size: int = 10, direct_url: str | None = None) -> Engine:
    """An engine on a PostgreSQL address (``postgresql://…``). Its connections do not wait for ever (db/sessions.py).

    ``direct_url`` says that ``url`` leads through a pooler in transaction mode, and where the database is without it. Each
    transaction then runs on another server connection: nothing may be left on one, neither prepared statements nor
    settings (prepare_pooled makes those the role's own).
    """
    pooled = {"application_name": APPLICATION_NAME, "prepare_threshold": None}
    own = pooled if direct_url else {"options": startup_options()}
    engine = create_engine(
        sqlalchemy_url(url),
        pool_size=pool_size,
        max_overflow=MAX_OVERFLOW,
        pool_timeout=POOL_TIMEOUT_S,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, **own},
        hide_parameters=True,  # they are people's data, and an error's text gets into logs
        execution_options={jobs.DIRECT_URL: direct_url},
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, arguments: tuple, options: dict) -> psycopg.Connection:
        connection = AnsweredConnection.connect(*arguments, **options)
        try:
            check_server(connection.info)
        except UnusableDatabase:
            connection.close()
            raise
        return connection

    return engine


def prepare_pooled(direct_url: str) -> None:
    """Bring the database behind a pooler up to date, past the pooler, and make our settings its role's defaults there.

    A pooler refuses settings at connecting (PgBouncer: "unsupported startup parameter"), and one that was SET would
    stay on a connection that the next transaction does not get.
    """
    engine = make_engine(direct_url, pool_size=1)
    try:
        migrate.upgrade(engine, role_settings={k: v for k, v in SERVER_SETTINGS.items() if k != "application_name"})
    finally:
        engine.dispose()


def sqlalchemy_url(url: str) -> URL:
    """The same address for SQLAlchemy with psycopg 3."""
    return make_url(url).set(drivername="postgresql+psycopg")


def start_embedded(home: Path) -> str:
    """The address of the embedded PostgreSQL with its data under ``home`` (embedded.start_server), and in it our database."""
    server = embedded.start_server(home)
    create_database(libpq_url(server.set(database="postgres")), EMBEDDED_DATABASE)
    return libpq_url(server.set(database=EMBEDDED_DATABASE))


def create_database(server_url: str, name: str, *, template: str | None = None) -> None:
    """Make the database where it is absent. Two processes at once are fine."""
    with psycopg.connect(server_url, autocommit=True) as conn:
        if conn.execute("SELECT FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template:
            statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        try:
            conn.execute(statement)
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            log.info("another process made the database first")
