"""The list of a workspace's imports, page by page."""

from typing import NamedTuple

from sqlalchemy import Engine

from core.access import requires
from core.record_flow import read_record
from core.records import ImportRecord
from db import imports


class ImportPage(NamedTuple):
    """Imports of one page, newest first, and how many there are on all pages."""

    records: list[ImportRecord]
    total: int


@requires("viewer")
def list_import_page(engine: Engine, *, workspace_id: str, page: int, page_size: int) -> ImportPage:
    """Page ``page``, counted from 1."""
    with engine.connect() as conn:
        rows = imports.list_imports(
            conn, workspace_id=workspace_id, limit=page_size, offset=(page - 1) * page_size
        )
        total = imports.count_imports(conn, workspace_id=workspace_id)
    return ImportPage([read_record(row) for row in rows], total)
