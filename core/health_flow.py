"""Whether the database answers, and whether its schema is the one that this code needs."""

from functools import cache
from typing import NamedTuple

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.errors import DatabaseAway, DatabaseFull
from db import migrate
from db.transaction import is_exhausted


class SchemaState(NamedTuple):
    """Revisions of the schema; ``current`` is None for an empty database, and may be that of a newer release."""

    current: str | None
    needed: str | None

    @property
    def is_fit(self) -> bool:
        """Whether this code can serve from it."""
        return self.current == self.needed or migrate.is_newer(self.current)


def get_schema_state(engine: Engine) -> SchemaState:
    """Ask the database. Raises sqlalchemy's OperationalError or TimeoutError where it is away."""
    with engine.connect() as conn:
        return SchemaState(migrate.current_revision(conn), _needed_revision())


def is_database_away(error: BaseException) -> bool:
    """Whether the database could not be reached, or not in time; a fault in a statement is not that."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, psycopg.OperationalError | PoolTimeout)


def database_trouble(error: BaseException) -> DatabaseAway | DatabaseFull | None:
    """What people are told where the fault is the database's; None where it is ours."""
    if is_exhausted(error):
        return DatabaseFull()
    return DatabaseAway() if is_database_away(error) else None


@cache
def _needed_revision() -> str | None:
    return migrate.newest_revision()  # reads the migrations from disk: once is enough
