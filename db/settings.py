"""Where the database is and what a first start puts into it, read once from the environment."""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, field_validator

DEFAULT_WORKSPACE = "default"


class DatabaseSettings(BaseModel):
    """Settings of the database. ``database_url`` None means: the embedded PostgreSQL under ``home``."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    database_url: str | None = None
    home: Path = Field(default_factory=lambda: platformdirs.user_data_path("lead-import", appauthor=False))
    workspace: str = Field(default=DEFAULT_WORKSPACE, min_length=1, max_length=63)
    contact_limit: int = Field(default=10_000, ge=0, le=2_000_000_000)

    @field_validator("database_url")
    @classmethod
    def _is_postgres(cls, url: str | None) -> str | None:
        if url and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError("DATABASE_URL must begin with postgresql://")
        return url or None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "DatabaseSettings":
        """Settings from DATABASE_URL, LEAD_IMPORT_HOME, LEAD_IMPORT_WORKSPACE and LEAD_IMPORT_CONTACT_LIMIT.

        An empty variable counts as absent. Raises pydantic.ValidationError, which names the setting at fault.
        """
        names = {
            "database_url": "DATABASE_URL",
            "home": "LEAD_IMPORT_HOME",
            "workspace": "LEAD_IMPORT_WORKSPACE",
            "contact_limit": "LEAD_IMPORT_CONTACT_LIMIT",
        }
        return cls(**{key: environment[name] for key, name in names.items() if environment.get(name)})
