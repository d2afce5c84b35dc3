"""What every answer of the product says about itself to a browser, and which host names it answers to."""

import base64
import hashlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.entrance import EntranceSettings

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def trusted_hosts() -> list[str]:
    """Loopback names, that of LEAD_IMPORT_PUBLIC_URL, and those in LEAD_IMPORT_HOSTS (comma-separated): a foreign Host header
    is answered with 400.
    """
    settings = EntranceSettings.from_environment()
    public = urlsplit(settings.public_url or "").hostname
    return ["localhost", "127.0.0.1", "[::1]", *([public] if public else []), *settings.hosts]


@cache
def content_security_policy() -> str:
    """Everything from ourselves alone. Streamlit's one inline script is allowed by its hash, read from its own page."""
    streamlit = find_spec("streamlit")  # found, not loaded: the API alone has no use for it
    assert streamlit is not None
    assert streamlit.origin is not None
    index = Path(streamlit.origin).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", index.read_text(encoding="utf-8"), re.DOTALL)
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """ASGI middleware that adds them to every HTTP answer, and keeps cookies off plain HTTP where the public address is HTTPS."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_https = (EntranceSettings.from_environment().public_url or "").startswith("https:")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if self.is_https:
                    headers.raw[:] = [secured(name, value) for name, value in headers.raw]
                headers.setdefault("Content-Security-Policy", content_security_policy())  # the API's documentation has its own
            await send(message)

        await self.app(scope, receive, send_with_headers)


def secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """The header; a cookie with the attribute Secure, which Streamlit does not give its own."""
    if name.lower() == b"set-cookie" and b"; secure" not in value.lower():
        value += b"; Secure"
    return name, value
