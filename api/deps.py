"""What endpoints ask for: the engine, the key that was admitted, its workspace, the page of a list.

The only module of the API that touches db.engine.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from sqlalchemy import Engine

from api import access_log
from core import process
from core.key_flow import KeyRecord
from db import engine as db_engine
from db.settings import DatabaseSettings

#: Where the gate leaves the admitted key in the ASGI scope.
KEY_IN_SCOPE = "lead_import.key"

#: Far beyond any list, and still an offset that PostgreSQL can count to.
MAX_PAGE = 1_000_000


def get_process_engine() -> Engine:
    """The process's engine, started by app.py or by ``lifespan``. Raises RuntimeError before that."""
    return db_engine.get_engine()


def get_engine(request: Request) -> Engine:
    """The engine that this application serves from (api/main.py says which)."""
    return request.app.state.get_engine()


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Database up and migrated before the first request, where the API is served alone; a mounted one never runs this."""
    await asyncio.to_thread(db_engine.start, DatabaseSettings.from_environment())
    process.tune_garbage_collector()
    access_log.hide_queries()
    yield
    await asyncio.to_thread(db_engine.stop)


def get_key(request: Request) -> KeyRecord:
    """The key that the gate admitted this request with."""
    return request.scope[KEY_IN_SCOPE]


EngineDep = Annotated[Engine, Depends(get_engine)]
KeyDep = Annotated[KeyRecord, Depends(get_key)]


def get_workspace_id(key: KeyDep) -> str:
    """The workspace of the key: the only one that the request can see."""
    return key.workspace_id


WorkspaceDep = Annotated[str, Depends(get_workspace_id)]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of a list is asked for. ``number`` counts from 1."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size


def get_page(
    page: Annotated[int, Query(ge=1, le=MAX_PAGE, description="Page number, from 1.")] = 1,
    page_size: Annotated[int, Query(alias="pageSize", ge=1, le=100, description="Entries per page.")] = 50,
) -> PageRequest:
    return PageRequest(page, page_size)


PageDep = Annotated[PageRequest, Depends(get_page)]
