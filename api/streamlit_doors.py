"""What Streamlit would answer to everybody, and the product answers to nobody."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.entrance import CALLBACK_PATH, EntranceSettings

#: Streamlit's own figures: how many people are here, and how much they hold. Ours ask for a token (api/routes/metrics.py).
FIGURES = "/_stcore/metrics"
#: What of a query a terminal or a viewer of logs would obey: controls (C0, DEL, C1), Unicode's ends of lines and changes of
#: direction, written as they must be; and bytes that no address may have, where C1 could hide.
_CONTROLS = re.compile(rb"%(?:[01][0-9a-f]|7f|c2%[89][0-9a-f]|e2%80%a[89a-e])|[^!-~]", re.IGNORECASE)


class StreamlitDoors:
    """ASGI middleware that keeps Streamlit's figures to itself, and the websockets of foreign pages from it.

    To learn whether a foreign page is one of this machine, Streamlit would ask the internet for this machine's address, and
    every other request would wait for that: a page anywhere could stop the server. What a provider says of a failed login goes
    into the log, so anybody could write there what a terminal obeys.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._public = _host(EntranceSettings.from_environment().public_url or "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and self._is_foreign(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http" and scope["path"] == FIGURES:
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == CALLBACK_PATH:
            plain = _CONTROLS.sub(b"%20", scope["query_string"])
            await self._app({**scope, "query_string": plain}, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_foreign(self, headers: Headers) -> bool:
        """Whether a page of another origin opens it. Programs that are no browsers send no origin."""
        origin = headers.get("origin")
        return origin is not None and (not _host(origin) or _host(origin) not in (headers.get("host", "").lower(), self._public))


def _host(url: str) -> str:
    """Name and port of a web address as a Host header has them; "" where there are none."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
