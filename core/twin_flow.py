"""The twin of a stored import (core/twin.py), read from its file, its record and its ledger."""

from uuid import UUID

from sqlalchemy import Engine

from core import report_flow, rows_flow
from core.access import requires
from core.checking import tidy_table
from core.errors import MappingIncomplete
from core.record_flow import get_record
from core.twin import request_lines


@requires("viewer")
def load_requests(engine: Engine, *, workspace_id: str, import_id: UUID) -> bytes:
    """The import's rows as request bodies, one per line. Raises NotFound for an import without a file."""
    report = report_flow.load_report(engine, workspace_id=workspace_id, import_id=import_id)
    stays_deleted = {decision.row for decision in report.decisions if decision.code == "restore-not-confirmed"}
    with engine.connect() as conn:
        record = get_record(conn, workspace_id, import_id)
        table = rows_flow.get_table(conn, record)
    if record.mapping is None:
        raise MappingIncomplete("No column is mapped yet.", hint="Go back and map the columns.")
    tidied = tidy_table(table, record.mapping, record.options, record.corrections)
    left_out = stays_deleted.union(record.choices.left_out)
    return request_lines(tidied.drafts, table.row_numbers, left_out=left_out, options=record.options)
