"""A server without a login answers on this computer alone, however it was started.

Three checks, because who binds the address differs: `tools/serve.py` looks before anything starts; `settle` looks at the start
of the application, when Streamlit has bound it already; and under a server that binds later, uvicorn say, `LocalOnly` refuses
every connection that came in by another address.
"""

import logging
from collections.abc import Mapping
from typing import Any

import psutil
import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.errors import StreamlitSecretNotFoundError

from core import access
from core.entrance import MIN_COOKIE_SECRET, NOTE, NOTE_OPEN, REFUSAL, EntranceSettings, is_loopback

log = logging.getLogger(__name__)

_may_be_open = False


class Refused(RuntimeError):
    """The server may not start like this; the message says why and what to do."""


def settle() -> EntranceSettings:
    """The settings, decided for as long as the process lives: whether people log in here, and who may reach it.

    Raises Refused where the process listens to other computers already and may not, or the login is not whole,
    pydantic.ValidationError for a setting that is wrong, StreamlitSecretNotFoundError for a secrets.toml that cannot be read.
    """
    global _may_be_open
    is_login = has_login()  # first: it puts the top level of secrets.toml into the environment
    settings = EntranceSettings.from_environment()
    _may_be_open = is_login or settings.allow_open
    access.open_to_local(not is_login)
    check_addresses(listening_addresses())
    if not is_login:
        log.warning(NOTE_OPEN if settings.allow_open else NOTE)
    return settings


def check_addresses(addresses: list[str]) -> None:
    """Raises Refused where other computers reach one of these addresses and this server must not be open."""
    reachable = [address for address in addresses if not is_loopback(address)]
    if reachable and not (has_login() or EntranceSettings.from_environment().allow_open):
        raise Refused(REFUSAL.format(address=", ".join(reachable)))


def has_login() -> bool:
    """Whether a login is configured, by the environment or by `[auth]` in secrets.toml.

    Raises Refused for a section that is not whole, and StreamlitSecretNotFoundError for a file that cannot be read: it
    may well configure a login.
    """
    if EntranceSettings.from_environment().auth_section:
        return True
    try:
        if "auth" not in st.secrets:
            return False
        check_section(st.secrets["auth"])
        return True
    except StreamlitSecretNotFoundError as error:
        if error.error_id == "no-secrets-found":
            return False
        raise


def check_section(section: Mapping[str, Any]) -> None:
    """Raises Refused for an `[auth]` section whose login could not work, or whose cookies somebody could sign themselves."""
    missing = [name for name in ("redirect_uri", "cookie_secret") if not section.get(name)]
    if missing:
        raise Refused(f"The section [auth] in secrets.toml lacks {' and '.join(missing)}.")
    if len(str(section["cookie_secret"])) < MIN_COOKIE_SECRET:
        raise Refused(f"The cookie_secret in secrets.toml needs at least {MIN_COOKIE_SECRET} characters: openssl rand -hex 32")


def listening_addresses() -> list[str]:
    """Every address that this process listens on already."""
    sockets = psutil.Process().net_connections("inet")
    return sorted({one.laddr.ip for one in sockets if one.status == psutil.CONN_LISTEN})


class LocalOnly:
    """ASGI middleware that lets in only what came by loopback, unless `settle` decided that this server may be open."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._is_told = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _may_be_open or scope["type"] == "lifespan" or is_local(scope):
            await self._app(scope, receive, send)
            return
        message = REFUSAL.format(address=(scope.get("server") or ["an unknown address"])[0])
        if not self._is_told:
            log.error(message)
            self._is_told = True
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(message, 403)(scope, receive, send)


def is_local(scope: Scope) -> bool:
    """Whether the connection came in by loopback or by a unix socket, which has a path and no port."""
    host, port = scope.get("server") or (None, 0)
    return port is None or is_loopback(host)
