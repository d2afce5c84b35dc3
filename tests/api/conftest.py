"""What the API's tests share: the API on a real socket over the test's own PostgreSQL, and keys of its workspace."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import httpx
import pytest
import uvicorn
from sqlalchemy import Engine
from starlette.applications import Starlette

from api.main import create_api
from api.rate_limit import RateLimit
from api.settings import PREFIX, ApiSettings
from core.key_flow import create_key
from db import engine as db_engine

#: So high that no test meets it by accident.
NO_LIMIT = 1_000_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """schemathesis names its tests after the operations that they ask, and pytest 9.2 leaves that out of their ids."""
    for item in items:
        if getattr(item, "operation_label", None):
            item._id = item.parent.id.child(item.name)


@pytest.fixture(autouse=True)
def keys_open_the_door(doors_only: None) -> None:
    """The API is served in a thread of its own, where nobody acts before the gate has let a key in."""


@contextmanager
def serve(app: Starlette) -> Iterator[str]:
    """The API's base URL, served by uvicorn in a thread. The socket listens before, so nobody waits for the server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}{PREFIX}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def api_engine(engine: Engine) -> Iterator[Engine]:
    """The tests' engine, as the one of the process that the API asks for."""
    before, db_engine._engine = db_engine._engine, engine
    yield engine
    db_engine._engine = before


@pytest.fixture(scope="session")
def base_url(api_engine: Engine) -> Iterator[str]:
    """The API without a rate limit that anybody meets."""
    with serve(create_api(ApiSettings(), rate_limit=RateLimit(per_minute=NO_LIMIT))) as url:
        yield url


@pytest.fixture
def api_key(engine: Engine, workspace_id: str) -> str:
    """A key of the test's workspace with both scopes."""
    return create_key(engine, workspace_id=workspace_id, name="test").secret


@pytest.fixture
def http(base_url: str, api_key: str) -> Iterator[httpx.Client]:
    """A client with that key. Paths are relative to the API: ``http.get("/leads")``."""
    with httpx.Client(base_url=base_url, headers={"X-API-Key": api_key}) as client:
        yield client
