"""The screens' large downloads, streamed: the page signs a link (core/download_links.py), this answers it. No API key."""

from collections.abc import Iterator
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from api.deps import get_process_engine
from api.file_login import NOT_NOW, REFUSAL, find_login
from api.routes.leads import CSV_TYPE
from core import access, export_flow, member_flow
from core.access import Actor, acting_as
from core.download_links import ExportRequest, read_export
from core.errors import Forbidden, NotFound
from core.health_flow import is_database_away


async def download_leads(request: Request) -> Response:
    """The list of leads that the link was made for, as CSV."""
    try:
        pieces = await run_in_threadpool(_begin, request)
    except (Forbidden, NotFound) as error:
        status = 403 if isinstance(error, Forbidden) else 404
        return PlainTextResponse(f"{error.message} {error.hint}".strip(), status_code=status)
    except Exception as error:
        if not is_database_away(error):
            raise
        return PlainTextResponse(NOT_NOW, 503)
    name = f"leads-{datetime.now(UTC):%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, media_type=CSV_TYPE, headers=headers)


def _begin(request: Request) -> Iterator[bytes]:
    asked = read_export(request.query_params.get("wish", ""))
    with acting_as(_follower(asked, request)):
        return export_flow.export_leads(get_process_engine(), workspace_id=asked.workspace_id, where=asked.where)


def _follower(asked: ExportRequest, request: Request) -> Actor:
    """Who follows the link, with their roles as they are now. Raises Forbidden for anybody but whoever it was made for."""
    address = request.client.host if request.client else None
    if asked.kind != "member" and access.is_open_to_local():
        return Actor(asked.name, asked.kind, address=address)
    login = find_login(request.scope)
    if login is None or (asked.kind, asked.name) != ("member", login.email):
        raise Forbidden(REFUSAL)
    return Actor(login.email, "member", member_flow.find_roles(get_process_engine(), email=login.email), address)
