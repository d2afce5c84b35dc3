"""Who may come in, as it is configured: OpenID Connect, the first admins, and whether a server without a login may be open.

Read from the environment. Streamlit puts the top level of `.streamlit/secrets.toml` there at start, and its `[auth]` section is
another way to configure the login (app.py asks for both).
"""

import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from core.emails import check_email

#: Where the provider sends people back to, below the public address: Streamlit's own path.
CALLBACK_PATH = "/oauth2callback"
#: Below 32 characters a signing secret could be guessed.
MIN_COOKIE_SECRET = 32

#: A name or an IPv4 address, without https:// and port; `*.example.com` is every name below, `*` every name there is.
HOST_NAME = re.compile(r"\*|(\*\.)?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:]+\]")

#: Setting -> environment variable.
VARIABLES = {
    "metadata_url": "LEAD_IMPORT_LOGIN_METADATA_URL",
    "client_id": "LEAD_IMPORT_LOGIN_CLIENT_ID",
    "client_secret": "LEAD_IMPORT_LOGIN_CLIENT_SECRET",
    "cookie_secret": "LEAD_IMPORT_LOGIN_COOKIE_SECRET",
    "public_url": "LEAD_IMPORT_PUBLIC_URL",
    "login_hours": "LEAD_IMPORT_LOGIN_HOURS",
    "admins": "LEAD_IMPORT_ADMINS",
    "allow_open": "LEAD_IMPORT_ALLOW_OPEN",
    "hosts": "LEAD_IMPORT_HOSTS",
}
#: What a login needs; one without the others is a mistake.
LOGIN = ("metadata_url", "client_id", "client_secret", "cookie_secret", "public_url")

REFUSAL = (
    "No login is configured, so Lead Import answers on this computer alone (127.0.0.1), not on {address}. "
    "Configure a login, or set LEAD_IMPORT_ALLOW_OPEN=1 where something else keeps strangers out."
)
NOTE = "No login is configured: whoever can reach this address may do everything. It answers on this computer alone."
NOTE_OPEN = "No login is configured and LEAD_IMPORT_ALLOW_OPEN is set: whoever can reach this server may do everything."


class EntranceSettings(BaseModel):
    """``admins`` are made admins of the default workspace at every start. ``login_hours`` is how long a login lasts.
    ``hosts`` are host names to answer to, beside that of ``public_url``.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    metadata_url: str | None = None
    client_id: str | None = None
    client_secret: str | None = Field(default=None, repr=False)
    cookie_secret: str | None = Field(default=None, min_length=MIN_COOKIE_SECRET, repr=False)
    public_url: str | None = None
    login_hours: int = Field(default=12, ge=1, le=720)
    admins: tuple[str, ...] = ()
    allow_open: bool = False
    hosts: tuple[str, ...] = ()

    @field_validator("metadata_url", "public_url")
    @classmethod
    def _is_web_address(cls, url: str | None) -> str | None:
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise ValueError("must begin with https:// (or http://)")
        return url.rstrip("/") if url else None

    @field_validator("hosts", mode="before")
    @classmethod
    def _are_host_names(cls, text: object) -> object:
        if not isinstance(text, str):
            return text
        names = [name for name in map(str.strip, text.split(",")) if name]
        if wrong := [name for name in names if not HOST_NAME.fullmatch(name)]:
            raise ValueError(f"must be host names alone, separated by commas; not one is: {', '.join(wrong)}")
        return tuple(names)

    @field_validator("admins", mode="before")
    @classmethod
    def _are_emails(cls, text: object) -> object:
        if not isinstance(text, str):
            return text
        checks = {email: check_email(email).key for email in map(str.strip, text.split(",")) if email}
        if wrong := [email for email, key in checks.items() if key is None]:
            raise ValueError(f"must be email addresses, separated by commas; not one is: {', '.join(wrong)}")
        return tuple(key for key in checks.values() if key)

    @model_validator(mode="after")
    def _is_whole(self) -> "EntranceSettings":
        missing = [VARIABLES[name] for name in LOGIN if not getattr(self, name)]
        # The public address serves without a login, too: it says which host names to answer to.
        if missing and any(getattr(self, name) for name in LOGIN if name != "public_url"):
            raise ValueError(f"a login needs {', '.join(missing)}, too")
        return self

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "EntranceSettings":
        """The settings; an empty variable counts as absent. Raises pydantic.ValidationError, which names the setting at fault."""
        given = os.environ if environment is None else environment
        return cls(**{key: given[name] for key, name in VARIABLES.items() if given.get(name)})

    @property
    def auth_section(self) -> dict[str, Any] | None:
        """The login as Streamlit's `[auth]` section; None where the environment configures none."""
        if self.metadata_url is None:
            return None
        return {
            "redirect_uri": f"{self.public_url}{CALLBACK_PATH}",
            "cookie_secret": self.cookie_secret,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "server_metadata_url": self.metadata_url,
        }


def is_loopback(address: str | None) -> bool:
    """Whether only this computer reaches this address of a server. None stands for all of its addresses."""
    if address == "localhost":
        return True
    try:
        return ip_address((address or "").strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False
