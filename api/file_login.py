"""The files of the screens, in both directions, are for people who are logged in, where people log in."""

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from api.deps import get_process_engine
from core import access, member_flow
from core.health_flow import is_database_away
from core.logins import Login, read_login

REFUSAL = "Log in to Lead Import in this browser, then download the file again."
NO_UPLOAD = "Only members may upload files. Log in to Lead Import and try again."
NOT_NOW = "The database is away. Try again in a moment."
#: Where Streamlit takes files, from whoever has a page open: the page of the login is one.
UPLOADS = "/_stcore/upload_file/"


class FilesNeedLogin:
    """ASGI middleware that gives attachments only to whoever brings the cookie of a login, and takes files from members alone.

    Addresses of files cannot be guessed, but Streamlit answers them to everybody, and an address is passed on more easily than a
    login. Pictures of our own, which the screen of the login shows too, are no attachments. Files that are uploaded stay in
    memory until their page is closed, so that strangers could fill it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/api/") or access.is_open_to_local():  # the API asks for a key
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith(UPLOADS) and (refusal := await run_in_threadpool(find_refusal, scope)):
            await refusal(scope, receive, send)
            return
        is_refused = False

        async def send_no_file(message: Message) -> None:
            nonlocal is_refused
            if is_refused:
                return
            if message["type"] == "http.response.start":
                is_file = Headers(raw=message["headers"]).get("content-disposition", "").startswith("attachment")
                is_refused = is_file and find_login(scope) is None
            if is_refused:
                await PlainTextResponse(REFUSAL, 403)(scope, receive, send)
            else:
                await send(message)

        await self._app(scope, receive, send_no_file)


def find_refusal(scope: Scope) -> PlainTextResponse | None:
    """The answer to an upload by somebody who is no member of anything; None for a member. Asks the database."""
    login = find_login(scope)
    try:
        if login and member_flow.find_roles(get_process_engine(), email=login.email):
            return None
    except Exception as error:
        if not is_database_away(error):
            raise
        return PlainTextResponse(NOT_NOW, 503)
    return PlainTextResponse(NO_UPLOAD, 403)


def find_login(scope: Scope) -> Login | None:
    """Who is logged in in the browser that asks, with an email that somebody vouches for, else None."""
    cookies = HTTPConnection(scope).cookies

    def read(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, "").encode("latin-1"))

    try:
        claims: dict[str, Any] = json.loads(get_cookie_with_chunks(read, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return None
    login = read_login(claims)
    return login if login and login.is_verified else None
