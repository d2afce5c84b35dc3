"""GET /health: whether the process lives, reaches its database, and finds there a schema that it can serve from."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.deps import get_engine
from api.errors import DATABASE_RETRY_S, JsonAnswer, keep_nulls
from api.schemas import Wire
from core.health_flow import get_schema_state, is_database_away

router = APIRouter(tags=["health"])


class SchemaHealth(Wire):
    """Revisions of the database's schema: the one it is at, and the one that this server needs."""

    current: str | None
    needed: str | None


class Health(Wire):
    """``status`` is `ok` or `unavailable`."""

    status: str
    database: str
    migration: SchemaHealth | None


_OK = {"status": "ok", "database": "reachable", "migration": {"current": "0002", "needed": "0002"}}
_AWAY = {"status": "unavailable", "database": "away", "migration": None}


def _documented(description: str, example: dict[str, Any]) -> dict[str, Any]:
    return {"model": Health, "description": description, "content": {"application/json": {"example": keep_nulls(example)}}}


@router.get(
    "/health",
    summary="Alive, database reachable, schema current; no key needed",
    response_model=Health,
    responses={200: _documented("All is well", _OK), 503: _documented("Not fit to serve", _AWAY)},
    openapi_extra={"security": []},
)
def get_health(request: Request) -> Response:
    try:
        schema = get_schema_state(get_engine(request))
    except Exception as error:
        # A RuntimeError is an engine that was never started.
        if not is_database_away(error) and not isinstance(error, RuntimeError):
            raise
        return _unavailable(_AWAY)
    migration = {"current": schema.current, "needed": schema.needed}
    if not schema.is_fit:
        return _unavailable({"status": "unavailable", "database": "reachable", "migration": migration})
    return JsonAnswer({"status": "ok", "database": "reachable", "migration": migration})


def _unavailable(body: dict[str, Any]) -> Response:
    return JsonAnswer(body, 503, headers={"Retry-After": str(DATABASE_RETRY_S)})
