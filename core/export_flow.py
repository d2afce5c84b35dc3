"""A list of leads as a CSV file, made piece by piece: memory is bounded whatever its length."""

from codecs import BOM_UTF8
from collections.abc import Iterator

from sqlalchemy import Engine

from core import audit_flow
from core.access import requires
from core.browse_flow import NOTHING, can_match, to_where
from core.cleaning import AROUND
from core.export_columns import MAX_CUSTOM_COLUMNS, CustomColumns, choose_columns, export_header, export_line
from core.lead_flow import read_lead
from core.listing import LeadFilter
from core.safe_csv import write_lines
from db import lead_lists
from db.lead_lists import NEWEST, Where

#: Leads in one piece: some 500 kB of text.
PIECE_LEADS = 2_000


@requires("viewer")
def export_leads(engine: Engine, *, workspace_id: str, where: LeadFilter = NOTHING) -> Iterator[bytes]:
    """The matching leads, newest first, as pieces of a CSV file that a spreadsheet opens safely and that an import reads
    back as they were (export_columns). Raises NotFound for an unknown import, before the first piece.

    The audit log tells of it. Each piece is read in a short transaction of its own, so that a slow reader holds up nobody. A lead that is added
    meanwhile is not in the file; one that is changed may be in it either way.
    """
    if not can_match(where):
        return iter([BOM_UTF8 + write_lines([export_header(CustomColumns())])])
    with engine.begin() as conn:
        asked = to_where(conn, workspace_id, where)
        is_whole = not asked.is_narrow and not asked.is_deleted
        audit_flow.append(conn, audit_flow.new_entry("leads-exported", workspace_id=workspace_id, all=is_whole))
        keys = lead_lists.list_custom_keys(
            conn, workspace_id=workspace_id, where=asked, around=AROUND, limit=MAX_CUSTOM_COLUMNS + 1
        )
    return _pieces(engine, workspace_id, asked, choose_columns(keys))


def _pieces(engine: Engine, workspace_id: str, where: Where, custom: CustomColumns) -> Iterator[bytes]:
    yield BOM_UTF8 + write_lines([export_header(custom)])
    after = None
    while True:
        place = {"workspace_id": workspace_id, "where": where, "sort": NEWEST, "after": after}
        with engine.connect() as conn:
            rows = lead_lists.list_page(conn, **place, limit=PIECE_LEADS)
            after = rows[-1].id if len(rows) == PIECE_LEADS else lead_lists.end_of_window(conn, **place)
        if rows:
            yield write_lines(export_line(read_lead(row), custom) for row in rows)
        if after is None:
            return
