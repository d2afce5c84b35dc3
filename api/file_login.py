"""The files of the screens are for browsers that are logged in, where people log in."""

import json

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from core import access
from core.entrance import EntranceSettings, is_login_over

REFUSAL = "Log in to Lead Import in this browser, then download the file again."


class FilesNeedLogin:
    """ASGI middleware that gives attachments only to whoever brings the cookie of a login.

    Their addresses cannot be guessed, but Streamlit answers them to everybody, and an address is passed on more easily than a
    login. Pictures of our own, which the screen of the login shows too, are no attachments.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/api/") or access.is_open_to_local():  # the API asks for a key
            await self._app(scope, receive, send)
            return
        is_refused = False

        async def send_no_file(message: Message) -> None:
            nonlocal is_refused
            if is_refused:
                return
            if message["type"] == "http.response.start":
                is_file = Headers(raw=message["headers"]).get("content-disposition", "").startswith("attachment")
                is_refused = is_file and not is_logged_in(scope)
            if is_refused:
                await PlainTextResponse(REFUSAL, 403)(scope, receive, send)
            else:
                await send(message)

        await self._app(scope, receive, send_no_file)


def is_logged_in(scope: Scope) -> bool:
    """Whether the request brings a login's cookie that Streamlit has signed, as it reads it for a screen."""
    cookies = HTTPConnection(scope).cookies

    def read(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, "").encode("latin-1"))

    try:
        login = json.loads(get_cookie_with_chunks(read, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return False
    is_over = is_login_over(login.get("iat"), EntranceSettings.from_environment().login_hours)
    return login.get("is_logged_in") is True and not is_over
