"""Where the database is and what a first start puts into it, read once from the environment."""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

DEFAULT_WORKSPACE = "default"


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
    def _is_postgres(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError(f"{(info.field_name or '').upper()} must begin with postgresql://")
        return url or None

    @field_validator("database_direct_url")
    @classmethod
    def _has_a_pooler(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url and "database_url" in info.data and not info.data["database_url"]:
            raise ValueError("DATABASE_DIRECT_URL goes with a DATABASE_URL that leads through a pooler")
        return url

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "DatabaseSettings":
        """Settings from DATABASE_URL, DATABASE_DIRECT_URL, LEAD_IMPORT_HOME, LEAD_IMPORT_WORKSPACE and LEAD_IMPORT_CONTACT_LIMIT.

        An empty variable counts as absent. Raises pydantic.ValidationError, which names the setting at fault.
        """
        names = {
            "database_url": "DATABASE_URL",
            "database_direct_url": "DATABASE_DIRECT_URL",
            "home": "LEAD_IMPORT_HOME",
            "workspace": "LEAD_IMPORT_WORKSPACE",
            "contact_limit": "LEAD_IMPORT_CONTACT_LIMIT",
        }
        return cls(**{key: environment[name] for key, name in names.items() if environment.get(name)})
