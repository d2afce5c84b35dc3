"""Errors become answers: `{"detail": …}` with the status that contract.md gives them, never anything internal."""

import logging
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import to_json
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.schemas import InvalidRequest, Problem, QuotaProblem, RateLimitProblem
from core import errors
from core.fields import FIELD_BY_KEY
from core.health_flow import database_trouble
from core.issues import Issue, storable_text

log = logging.getLogger(__name__)

#: Places named in one 422: enough to see the pattern, and an answer smaller than the question.
MAX_PLACES = 100
#: How long a client should wait before it asks a database again that was away, in seconds.
DATABASE_RETRY_S = 5
#: The same where somebody has to make room on its server first.
FULL_RETRY_S = 60

STATUS_BY_ERROR: dict[type[errors.LeadImportError], int] = {
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.NewerRelease: 503,
    errors.QuotaExceeded: 402,
    errors.TooManyRows: 400,
    errors.StateConflict: 409,
    errors.EmailTaken: 409,
    errors.InvalidValues: 422,
    errors.FileRefused: 422,
    errors.MappingIncomplete: 409,
}


class JsonAnswer(Response):
    """A body that is JSON-ready already; pydantic's writer, which is ten times as fast as the standard library's."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return content if isinstance(content, bytes) else to_json(content, by_alias=True)


def problem(status: int, detail: Any, *, headers: Mapping[str, str] | None = None, **extra: Any) -> JsonAnswer:
    """An error's answer."""
    return JsonAnswer({"detail": detail, **extra}, status, headers=dict(headers or {}))


def database_away() -> JsonAnswer:
    """503: nothing is lost, asking again later is right."""
    return problem(
        503,
        f"The database is away. Try again in {DATABASE_RETRY_S} seconds.",
        headers={"Retry-After": str(DATABASE_RETRY_S)},
    )


def answer_for(error: Exception) -> JsonAnswer:
    """The answer to any exception. What nobody foresaw is logged and becomes a 500 that tells nothing."""
    if isinstance(error, HTTPException):
        return problem(error.status_code, error.detail, headers=error.headers)
    if isinstance(error, RequestValidationError):
        return invalid_request(error.errors())
    if isinstance(error, errors.QuotaExceeded):
        return problem(402, error.message, limit=error.limit, active=error.active, added=error.added)
    if isinstance(error, errors.InvalidValues):
        return problem(422, [issue_place(issue) for issue in error.issues[:MAX_PLACES]])
    if isinstance(error, errors.LeadImportError):
        return problem(_status_of(error), error.message)
    trouble = database_trouble(error)
    if isinstance(trouble, errors.DatabaseFull):
        log.error("the database is full: %s", error)
        return problem(503, f"{trouble.message} {trouble.hint}", headers={"Retry-After": str(FULL_RETRY_S)})
    if trouble:
        log.warning("the database is away: %s", error)
        return database_away()
    log.error("an unforeseen error", exc_info=error)
    return problem(500, "Internal server error.")


def invalid_request(places: Iterable[Mapping[str, Any]]) -> JsonAnswer:
    """422 with the wrong places, FastAPI's way, without the values: they may be huge, or not text at all."""
    return problem(422, [_place(place) for place, _ in zip(places, range(MAX_PLACES), strict=False)])


def issue_place(issue: Issue) -> dict[str, Any]:
    """A core issue as a place of the body."""
    return {"loc": ["body", *([json_name(issue.field)] if issue.field else [])], "msg": issue.message, "type": issue.code}


def json_name(field: str) -> str:
    """A field's name on the wire."""
    return FIELD_BY_KEY[field].json if field in FIELD_BY_KEY else to_camel(field)


def register_handlers(app: FastAPI, *, allowed: Mapping[re.Pattern[str], Collection[str]]) -> None:
    """Every exception that an endpoint raises becomes an answer inside the gate, which adds the rate limit's headers.

    ``allowed`` has the methods of every path, for 405.
    """

    async def handle(request: Request, error: Exception) -> Response:
        answer = answer_for(error)
        if answer.status_code == 405:
            path = request.scope["path"].removeprefix(request.scope["root_path"])
            matching = [pattern for pattern in allowed if pattern.match(path)]
            # /leads/import is a path of its own, although /leads/{lead_id} matches it too.
            methods = allowed[min(matching, key=lambda pattern: pattern.groups)]
            answer.headers["Allow"] = ", ".join(sorted(methods))
        return answer

    for kind in (HTTPException, RequestValidationError, errors.LeadImportError, DBAPIError, PoolTimeout, psycopg.Error):
        app.add_exception_handler(kind, handle)


def _status_of(error: errors.LeadImportError) -> int:
    return next((STATUS_BY_ERROR[kind] for kind in type(error).__mro__ if kind in STATUS_BY_ERROR), 400)


def _place(place: Mapping[str, Any]) -> dict[str, Any]:
    loc = [part if isinstance(part, int) else storable_text(str(part)) for part in place["loc"]]
    return {"loc": loc, "msg": storable_text(place["msg"]), "type": place["type"]}


# --- for the OpenAPI document ------------------------------------------------------------------------------------------

_RATE_HEADERS: dict[str, Any] = {
    "X-RateLimit-Limit": {"description": "Requests per minute and key.", "schema": {"type": "integer"}},
    "X-RateLimit-Remaining": {"description": "Requests left in this minute.", "schema": {"type": "integer"}},
    "X-RateLimit-Reset": {"description": "When the next minute begins, Unix seconds.", "schema": {"type": "integer"}},
}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}

_EXAMPLES: dict[int, tuple[type, str, Any]] = {
    400: (Problem, "The request as a whole cannot be carried out",
          {"detail": "A request takes 1 to 1,000 leads; this one has 1,001."}),
    402: (
        QuotaProblem,
        "Over the contact limit; nothing was written",
        {
            "detail": "Contact limit exceeded: the workspace has 4,990 of 5,000 leads; this import would add 20.",
            "limit": 5000,
            "active": 4990,
            "added": 20,
        },
    ),
    403: (Problem, "No key, an unknown or revoked one, or one without the scope",
          {"detail": "Not allowed: send a valid API key in the header X-API-Key."}),
    404: (Problem, "No such thing in this workspace", {"detail": "There is no such lead in this workspace."}),
    405: (Problem, "No such method here", {"detail": "Method Not Allowed"}),
    409: (Problem, "It clashes with what is there", {"detail": "This Idempotency-Key was used with another body."}),
    413: (Problem, "The body is too large", {"detail": "The body is larger than the limit of 10 MB (10,485,760 bytes)."}),
    422: (
        InvalidRequest,
        "Not JSON, or a wrong type; every place is named",
        {"detail": [{"loc": ["body", "leads", 3, "email"], "msg": "Input should be a valid string", "type": "string_type"}]},
    ),
    429: (
        RateLimitProblem,
        "More requests than the key may make in a minute",
        {"error": "Rate limit exceeded", "code": "rate_limit_exceeded", "details": {"limit": 100, "reset": 1767225660}},
    ),
    500: (Problem, "A fault of ours", {"detail": "Internal server error."}),
    503: (Problem, "The database is away, or its server is full", {"detail": f"The database is away. Try again in {DATABASE_RETRY_S} seconds."}),
}  # fmt: skip


#: FastAPI drops every null from its document, in examples too; this stands for one until restore_nulls.
_NULL = "\x00null"


def keep_nulls(example: Any) -> Any:
    """The example with its nulls hidden from FastAPI."""
    if isinstance(example, dict):
        return {key: keep_nulls(value) for key, value in example.items()}
    if isinstance(example, list):
        return [keep_nulls(item) for item in example]
    return _NULL if example is None else example


def restore_nulls(document: Any) -> Any:
    """The document with the examples' nulls back."""
    if isinstance(document, dict):
        return {key: restore_nulls(value) for key, value in document.items()}
    if isinstance(document, list):
        return [restore_nulls(item) for item in document]
    return None if document == _NULL else document


def documented(*statuses: int, details: Mapping[int, str] | None = None) -> dict[int | str, dict[str, Any]]:
    """``responses=`` of an endpoint: these statuses and those that any authenticated call can get, with examples.

    ``details`` puts another text into the example of a status.
    """
    return {
        status: _documented(status, (details or {}).get(status))
        for status in sorted({*statuses, 403, 413, 422, 429, 500, 503})
    }


def _documented(status: int, detail: str | None) -> dict[str, Any]:
    model, description, example = _EXAMPLES[status]
    if detail:
        example = {**example, "detail": detail}
    headers = {**(_RATE_HEADERS if status != 403 else {}), **(_RETRY_AFTER if status in (429, 503) else {})}
    return {
        "model": model,
        "description": description,
        "headers": headers,
        "content": {"application/json": {"example": example}},
    }


def example_answer(
    example: Any, *, description: str = "Done", headers: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A good answer's entry in ``responses=``, with an example."""
    return {
        "description": description,
        "headers": {**_RATE_HEADERS, **(headers or {})},
        "content": {"application/json": {"example": keep_nulls(example)}},
    }

