"""The gate before every endpoint: key, rate limit, size of the body, in this order and before a byte of it is read.

Plain ASGI, because FastAPI reads and parses the body before it asks any dependency: nobody without a key learns
anything about the body (contract.md section 4). Keys only; cookies of the screens are never looked at.
"""

import logging
from collections.abc import Callable
from typing import NamedTuple

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from sqlalchemy import Engine
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import errors
from api.deps import KEY_IN_SCOPE
from api.rate_limit import Allowance, RateLimit
from api.settings import PREFIX
from core.access import Actor, acting_as, role_of_scopes
from core.key_flow import KeyRecord, find_valid_key
from core.key_flow import Scope as KeyScope

log = logging.getLogger(__name__)

#: What answers without a key: whether we are alive, and what there is to call. Metrics ask for a token of their own.
OPEN_PATHS = frozenset(["/health", "/openapi.json", "/docs", "/metrics"])
OPEN_BELOW = "/docs/"
READING = frozenset(["GET", "HEAD", "OPTIONS"])

#: Threads that look keys up. Their own, so that a key is judged at once while imports wait for a workspace's lock.
_LOOKUP_THREADS = 4
_lookups: RunVar[CapacityLimiter] = RunVar("lead_import_key_lookups")


class Admission(NamedTuple):
    """The gate's judgement: an answer that refuses, or None. ``allowance`` is there for every known key."""

    key: KeyRecord | None
    allowance: Allowance | None
    refusal: Response | None


class Gate:
    """Middleware around the whole API."""

    def __init__(
        self, app: ASGIApp, *, rate_limit: RateLimit, max_body_bytes: int, get_engine: Callable[[], Engine]
    ) -> None:
        self._app = app
        self._rate_limit = rate_limit
        self._max_body_bytes = max_body_bytes
        self._get_engine = get_engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Mounted, the path is ours already; served alone, we take the prefix off ourselves.
        root = scope.get("root_path", "")
        if not root.endswith(PREFIX):
            root += PREFIX
        scope = {**scope, "root_path": root}
        answer = _Answer(send)
        try:
            if not scope["path"].startswith(f"{root}/"):
                raise HTTPException(404)
            await self._pass(scope, receive, answer, scope["path"].removeprefix(root))
        except Exception as error:
            if answer.is_started:
                raise  # too late for another answer: the server cuts the connection
            await errors.answer_for(error)(scope, receive, answer)

    async def _pass(self, scope: Scope, receive: Receive, answer: "_Answer", path: str) -> None:
        if path in OPEN_PATHS or path.startswith(OPEN_BELOW):
            await self._app(scope, receive, answer)
            return
        headers = Headers(scope=scope)
        admission = await to_thread.run_sync(
            self._admit, secret_of(headers), scope["method"], limiter=_lookup_limiter()
        )
        if admission.allowance:
            answer.headers = admission.allowance.headers
        if admission.refusal:
            await admission.refusal(scope, receive, answer)
            return
        scope[KEY_IN_SCOPE] = admission.key
        with acting_as(_actor(admission.key, scope)):
            await self._app(scope, self._bounded(headers, receive), answer)

    def _admit(self, secret: str, method: str) -> Admission:
        key = find_valid_key(self._get_engine(), secret=secret) if secret else None
        if key is None:
            return Admission(
                None, None, errors.problem(403, "Not allowed: send a valid API key in the header X-API-Key.")
            )
        allowance = self._rate_limit.count(str(key.id))
        needed: KeyScope = "read" if method in READING else "write"
        refusal: Response | None = None
        if needed not in key.scopes:
            refusal = errors.problem(403, f"Not allowed: this API key has no `{needed}` scope.")
        elif allowance.is_exceeded:
            details = {"limit": allowance.limit, "reset": allowance.reset}
            refusal = errors.JsonAnswer(
                {"error": "Rate limit exceeded", "code": "rate_limit_exceeded", "details": details},
                429,
                headers={"Retry-After": str(allowance.retry_after_s)},
            )
        return Admission(key, allowance, refusal)

    def _bounded(self, headers: Headers, receive: Receive) -> Receive:
        """``receive``, which raises 413 at once for a body that says it is too large, else when it becomes so."""
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._max_body_bytes:
            raise self._too_large()
        received = 0

        async def bounded_receive() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_body_bytes:
                raise self._too_large()
            return message

        return bounded_receive

    def _too_large(self) -> HTTPException:
        limit = self._max_body_bytes
        return HTTPException(
            413, f"The body is larger than the limit of {limit / 1024 / 1024:g} MB ({limit:,} bytes)."
        )


class _Answer:
    """``send`` that knows whether an answer has begun, and adds ``headers`` to it, whoever answers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.headers: dict[str, str] = {}
        self.is_started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.is_started = True
            MutableHeaders(raw=message["headers"]).update(self.headers)
        await self._send(message)


def secret_of(headers: Headers) -> str:
    """The key's text: from X-API-Key, else from `Authorization: Bearer`; "" where neither is there."""
    if secret := headers.get("x-api-key"):
        return secret.strip()
    kind, _, secret = headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _actor(key: KeyRecord, scope: Scope) -> Actor:
    """The key as who acts: in its own workspace alone, and there as its scopes say."""
    client = scope.get("client")
    return Actor(key.label, "key", {key.workspace_id: role_of_scopes(key.scopes)}, client[0] if client else None)


def _lookup_limiter() -> CapacityLimiter:
    try:
        return _lookups.get()
    except LookupError:
        _lookups.set(limiter := CapacityLimiter(_LOOKUP_THREADS))
        return limiter
