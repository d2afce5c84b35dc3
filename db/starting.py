"""What the command lines share: a database that is up and migrated, or a sentence that says what is wrong and what to do."""

import argparse
import subprocess
from collections.abc import Callable

import psycopg
from psycopg.errors import InsufficientPrivilege
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from db import engine
from db.sessions import UnusableDatabase
from db.settings import VARIABLES, DatabaseSettings, told


class CannotStart(Exception):
    """The message says in a sentence or two what is wrong, and what to do about it."""


def read_settings() -> DatabaseSettings:
    """The settings of the environment. Raises CannotStart, which names every variable at fault."""
    try:
        return DatabaseSettings.from_environment()
    except ValidationError as error:
        raise CannotStart(told(error, VARIABLES)) from error


def start(settings: DatabaseSettings) -> Engine:
    """The process's engine (engine.start). Raises CannotStart where the database cannot be used; what nobody foresaw as it is."""
    try:
        return engine.start(settings)
    except (DBAPIError, psycopg.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(cause, psycopg.OperationalError | InsufficientPrivilege):
            raise
        raise CannotStart(_advice(cause, settings)) from error
    except UnusableDatabase as error:
        raise CannotStart(str(error)) from error
    except (OSError, subprocess.SubprocessError) as error:
        if settings.database_url:
            raise
        raise CannotStart(_advice_on_embedded(error, settings)) from error


def describe(settings: DatabaseSettings) -> str:
    """Which database it is, for whoever gave a command to it; never with a password."""
    if settings.database_url is None:
        return f"the embedded PostgreSQL in {settings.home} (DATABASE_URL is not set)"
    url = engine.sqlalchemy_url(settings.database_url)
    return f"{url.database or url.username} on {url.host or url.query.get('host') or 'this machine'}"


def add_command(
    commands: argparse._SubParsersAction, name: str, does: str, function: Callable[..., int]
) -> argparse.ArgumentParser:
    """A command with what it does, in the list of commands and in its own help."""
    parser = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    parser.set_defaults(command=function)
    return parser


def _advice(cause: psycopg.Error | BaseException, settings: DatabaseSettings) -> str:
    first_line = str(cause).strip().splitlines()[0]
    if isinstance(cause, InsufficientPrivilege):
        return (
            f"The database cannot be brought up to date: {first_line}\n"
            "Its tables have to belong to the role of DATABASE_URL: ALTER DATABASE … OWNER TO …, then try again."
        )
    if settings.database_url is None:
        return f"The embedded PostgreSQL does not answer: {first_line}\nIts log is {settings.home / 'postgres' / 'log'}."
    return f"The database does not answer: {first_line}\nStart it, or check DATABASE_URL, and try again."


def _advice_on_embedded(error: OSError | subprocess.SubprocessError, settings: DatabaseSettings) -> str:
    if isinstance(error, OSError):
        return (
            f"The embedded PostgreSQL cannot keep its data in {settings.home}: {error.strerror or error}.\n"
            "Name a folder that this user may write in LEAD_IMPORT_HOME, or a PostgreSQL of your own in DATABASE_URL."
        )
    return (
        f"The embedded PostgreSQL does not start; its log is {settings.home / 'postgres' / 'log'}.\n"
        "Mend what it says, or name a PostgreSQL of your own in DATABASE_URL."
    )
