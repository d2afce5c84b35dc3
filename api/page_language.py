"""The language that a page of the screens says it is in, for screen readers: Streamlit's own page says English always."""

from collections.abc import Iterable
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.language import DEFAULT, LANGUAGES

#: The address's own word on the language, as pages/shared/keys.py has it.
QUERY = "lang"
_SAID = f'<html lang="{DEFAULT}">'.encode()
#: What would bring the page compressed, in part or not at all.
_NOT_ASKED = {b"accept-encoding", b"range", b"if-none-match", b"if-modified-since"}


class PageLanguage:
    """ASGI middleware that puts the visitor's language into pages. The codes are equally long, so nothing moves."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/api/") or (language := asked_language(scope)) == DEFAULT:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "text/html" not in headers.get("accept", ""):
            await self.app(scope, receive, send)
            return
        scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in _NOT_ASKED]}
        told = f'<html lang="{language}">'.encode()

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer.add_vary_header("Accept-Language")
                del answer["etag"]  # it stands for the English page
            elif message["type"] == "http.response.body":
                message = {**message, "body": message.get("body", b"").replace(_SAID, told, 1)}
            await send(message)

        await self.app(scope, receive, send_told)


def asked_language(scope: Scope) -> str:
    """A key of LANGUAGES: the address's, else the first one that the browser names, else English."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(QUERY, [])
    return _known([*asked, Headers(scope=scope).get("accept-language", "")[:2].lower()])


def _known(languages: Iterable[str]) -> str:
    return next((language for language in languages if language in LANGUAGES), DEFAULT)
