"""The ASGI application: the screens, and the HTTP API at /api/v1, in one process.

``streamlit run app.py`` (what `make run` does), ``uvicorn app:app`` and ``python app.py`` all serve it. Never with several
workers: uploads and sessions live in one process's memory. For more API throughput run `python -m tools.serve --api --workers N`
beside it, on the same database.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from sqlalchemy import Engine
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route

from api import access_log, downloads
from api.entrance import LocalOnly, settle
from api.file_login import FilesNeedLogin
from api.main import api
from api.page_language import PageLanguage
from api.security import SecurityHeaders, trusted_hosts
from api.streamlit_doors import StreamlitDoors
from core import job_flow, member_flow, process
from core.access import SERVER, acting_as, is_open_to_local
from core.download_links import EXPORT_PATH
from core.entrance import EntranceSettings
from db import engine as database
from db.settings import DatabaseSettings

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Database up and migrated, and the worker running, before the first request is answered; all stopped in order."""
    entrance = settle()
    settings = DatabaseSettings.from_environment()
    engine = await asyncio.to_thread(database.start, settings)
    await asyncio.to_thread(admit_admins, engine, settings.workspace, entrance)
    await asyncio.to_thread(job_flow.start_worker, engine)
    process.tune_garbage_collector()
    access_log.hide_queries()
    try:
        yield
    finally:
        await asyncio.to_thread(job_flow.stop_worker)
        await asyncio.to_thread(database.stop)


def admit_admins(engine: Engine, workspace_id: str, entrance: EntranceSettings) -> None:
    """Make the configured admins admins, and say so where people have to log in and nobody could."""
    with acting_as(SERVER):
        if entrance.admins:
            member_flow.ensure_admins(engine, workspace_id=workspace_id, emails=entrance.admins)
        elif not is_open_to_local() and not member_flow.list_members(engine, workspace_id=workspace_id):
            log.warning("Nobody may come in yet: name the first admins in LEAD_IMPORT_ADMINS.")


login = EntranceSettings.from_environment().auth_section
app = st.App(
    ROOT / "pages" / "main.py",  # absolute: with a relative path and another working directory nothing would start
    lifespan=lifespan,
    # Without its slash the mount's own path would fall through to the screens.
    routes=[
        Route("/api/v1", lambda _: RedirectResponse("/api/v1/docs")),
        Mount("/api/v1", api),
        Route(EXPORT_PATH, downloads.download_leads),
    ],
    secrets={"auth": login} if login else None,
    middleware=[
        Middleware(SecurityHeaders),  # first: a refusal is an answer, too
        Middleware(LocalOnly),
        Middleware(TrustedHostMiddleware, allowed_hosts=trusted_hosts()),
        Middleware(StreamlitDoors),
        Middleware(PageLanguage),
        Middleware(FilesNeedLogin),
    ],
)

if __name__ == "__main__":
    app.run()
