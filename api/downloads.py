"""The screens' large downloads, streamed: the page signs a link (core/download_links.py), this answers it. No API key."""

from collections.abc import Iterator
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from api.deps import get_process_engine
from api.routes.leads import CSV_TYPE
from core import export_flow
from core.access import acting_as
from core.download_links import read_export
from core.errors import Forbidden, NotFound


async def download_leads(request: Request) -> Response:
    """The list of leads that the link was made for, as CSV."""
    try:
        pieces = await run_in_threadpool(_begin, request.query_params.get("wish", ""))
    except (Forbidden, NotFound) as error:
        status = 403 if isinstance(error, Forbidden) else 404
        return PlainTextResponse(f"{error.message} {error.hint}".strip(), status_code=status)
    name = f"leads-{datetime.now(UTC):%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, media_type=CSV_TYPE, headers=headers)


def _begin(wish: str) -> Iterator[bytes]:
    asked = read_export(wish)
    with acting_as(asked.actor):
        return export_flow.export_leads(get_process_engine(), workspace_id=asked.workspace_id, where=asked.where)
