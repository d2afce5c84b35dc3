"""The HTTP door: `api` is mounted at /api/v1 by app.py, or served alone by ``uvicorn api.main:api --workers N``."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from sqlalchemy import Engine

from api import deps, errors
from api.gate import Gate
from api.import_body import import_schemas
from api.rate_limit import RateLimit
from api.routes import campaigns, docs, health, imports, leads, metrics, undo
from api.security import SecurityHeaders
from api.settings import ApiSettings

DESCRIPTION = """
Leads, campaigns and bulk imports of one workspace.

Send your API key in the header `X-API-Key` (or as `Authorization: Bearer …`). Reading takes the scope `read`, everything
else `write`. A key may make 100 requests in a minute; every answer says how many are left.
"""


def create_api(
    settings: ApiSettings,
    *,
    get_engine: Callable[[], Engine] = deps.get_process_engine,
    rate_limit: RateLimit | None = None,
) -> FastAPI:
    """The application. ``rate_limit`` stands in for the one that the settings describe."""
    app = FastAPI(
        title="Lead Import",
        version="1.0.0",
        description=DESCRIPTION,
        lifespan=deps.lifespan,
        docs_url=None,  # FastAPI's page loads its scripts from the internet; api/routes/docs.py does not
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
    )
    app.state.get_engine = get_engine
    app.state.metrics_token = settings.metrics_token
    modules = (health, metrics, imports, undo, leads, campaigns, docs)
    for module in modules:
        app.include_router(module.router)
    errors.register_handlers(app, allowed=_methods_by_path([module.router for module in modules]))
    app.add_middleware(
        Gate,
        rate_limit=rate_limit
        or RateLimit(per_minute=settings.rate_limit_per_minute, storage_uri=settings.rate_limit_storage_uri),
        max_body_bytes=settings.max_body_bytes,
        get_engine=get_engine,
    )
    app.add_middleware(SecurityHeaders)  # mounted, the outer application says the same once more
    app.openapi = _openapi(app)  # type: ignore[method-assign]
    return app


def _methods_by_path(routers: Iterable[APIRouter]) -> dict[re.Pattern[str], set[str]]:
    """Every path's methods, over all of its endpoints: Starlette's own 405 names those of the first endpoint alone."""
    methods: dict[re.Pattern[str], set[str]] = {}
    for router in routers:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            methods.setdefault(route.path_regex, set()).update(route.methods)
    return methods


def _openapi(app: FastAPI) -> Callable[[], dict[str, Any]]:
    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            components = schema.setdefault("components", {})
            components["schemas"] |= import_schemas()
            components["securitySchemes"] = {
                "ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
                "Bearer": {"type": "http", "scheme": "bearer"},
            }
            schema["security"] = [{"ApiKey": []}, {"Bearer": []}]
            app.openapi_schema = errors.restore_nulls(schema)
        return app.openapi_schema

    return openapi


api = create_api(ApiSettings.from_environment())
