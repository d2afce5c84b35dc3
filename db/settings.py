"""Where the database is and what a first start puts into it, read once from the environment."""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
import psycopg
from psycopg.conninfo import conninfo_to_dict
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_WORKSPACE = "default"
#: Setting -> environment variable.
VARIABLES = {
    "database_url": "DATABASE_URL",
    "database_direct_url": "DATABASE_DIRECT_URL",
    "home": "LEAD_IMPORT_HOME",
    "workspace": "LEAD_IMPORT_WORKSPACE",
    "contact_limit": "LEAD_IMPORT_CONTACT_LIMIT",
}


class DatabaseSettings(BaseModel):
    """Settings of the database. ``database_url`` None means: the embedded PostgreSQL under ``home``.

    ``database_direct_url`` says that ``database_url`` leads through a pooler in transaction mode: the same database past it.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    database_url: str | None = Field(default=None, repr=False)  # both may have a password in them
    database_direct_url: str | None = Field(default=None, repr=False)
    home: Path = Field(default_factory=lambda: platformdirs.user_data_path("lead-import", appauthor=False))
    workspace: str = Field(default=DEFAULT_WORKSPACE, min_length=1, max_length=63)
    contact_limit: int = Field(default=10_000, ge=0, le=2_000_000_000)

    @field_validator("database_url", "database_direct_url")
    @classmethod
    def _is_postgres(cls, url: str | None) -> str | None:
        if url and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql://")
        if url and not is_readable(url):
            raise ValueError(
                "must be postgresql://user:password@host:5432/database, special characters percent-encoded (%40 for @), "
                "with no other options than libpq's after a question mark"
            )
        return url or None

    @field_validator("database_direct_url")
    @classmethod
    def _has_a_pooler(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url and "database_url" in info.data and not info.data["database_url"]:
            raise ValueError("goes with a DATABASE_URL that leads through a pooler")
        return url

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "DatabaseSettings":
        """Settings from DATABASE_URL, DATABASE_DIRECT_URL, LEAD_IMPORT_HOME, LEAD_IMPORT_WORKSPACE and LEAD_IMPORT_CONTACT_LIMIT.

        An empty variable counts as absent. Raises pydantic.ValidationError, which names the setting at fault.
        """
        return cls(**{key: environment[name] for key, name in VARIABLES.items() if environment.get(name)})


def libpq_url(url: URL) -> str:
    """The address as libpq reads it, password included. SQLAlchemy writes a space in an option as a plus sign."""
    address, mark, options = url.set(drivername="postgresql").render_as_string(hide_password=False).partition("?")
    return f"{address}{mark}{options.replace('+', '%20')}"


def is_readable(url: str) -> bool:
    """Whether this address of a PostgreSQL can be taken to pieces, and libpq knows all of its options."""
    try:
        conninfo_to_dict(libpq_url(make_url(url)))
    except (ValueError, ArgumentError, psycopg.Error):
        return False
    return True


def told(error: ValidationError, variables: Mapping[str, str], *, otherwise: str = "Settings") -> str:
    """What settings that are wrong say to whoever starts the process: a line for each fault, with the variable's name.

    ``otherwise`` stands where the fault is between several variables.
    """
    return "\n".join(
        f"{variables.get(str(next(iter(fault['loc']), '')), otherwise)}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in error.errors()
    )
