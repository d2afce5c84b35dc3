"""Settings of the HTTP door, read once from the environment."""

import os
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, field_validator

#: Where the API lives, under whichever server: mounted in the app, or alone (api/gate.py strips it).
PREFIX = "/api/v1"

MAX_BODY_MB = 10

#: Setting -> environment variable.
VARIABLES = {
    "rate_limit_per_minute": "RATE_LIMIT_PER_MINUTE",
    "rate_limit_storage_uri": "RATE_LIMIT_STORAGE_URI",
    "metrics_token": "METRICS_TOKEN",
}


class ApiSettings(BaseModel):
    """``rate_limit_storage_uri`` None means: counted in this process alone; ``metrics_token`` None: nobody gets metrics."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    rate_limit_per_minute: int = Field(default=100, ge=1)
    rate_limit_storage_uri: str | None = Field(default=None, repr=False)  # may have a password in it
    metrics_token: str | None = Field(default=None, min_length=16, repr=False)
    max_body_bytes: int = Field(default=MAX_BODY_MB * 1024 * 1024, ge=1)

    @field_validator("rate_limit_storage_uri")
    @classmethod
    def _is_redis(cls, uri: str | None) -> str | None:
        if uri and not uri.startswith(("redis://", "rediss://", "redis+unix://")):
            raise ValueError("must begin with redis://")
        return uri or None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "ApiSettings":
        """Settings from RATE_LIMIT_PER_MINUTE, RATE_LIMIT_STORAGE_URI and METRICS_TOKEN. An empty variable counts as absent.

        Raises pydantic.ValidationError, which names the setting at fault.
        """
        return cls(**{key: environment[name] for key, name in VARIABLES.items() if environment.get(name)})
