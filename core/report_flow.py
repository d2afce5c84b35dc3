"""What is shown of an import afterwards, read from its record and ledger: the report and the CSVs."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, Engine

from core import continue_flow, reporting
from core.access import requires
from core.draft_flow import load_checked_rows, load_table
from core.drift import drift_of
from core.ids import import_id_text
from core.ledger import decode_ledger
from core.record_flow import get_record
from core.records import CheckedRow, ImportRecord, Report, RowDecision
from core.safe_csv import write_csv
from db import imports


@requires("viewer")
def get_import(engine: Engine, *, workspace_id: str, import_id: UUID) -> ImportRecord:
    """The record alone: cheap enough to ask for twice a second. Raises NotFound."""
    with engine.connect() as conn:
        return get_record(conn, workspace_id, import_id)


@requires("viewer")
def load_report(engine: Engine, *, workspace_id: str, import_id: UUID) -> Report:
    """The report over all rows of an import. Rows of parts that were not carried out are `not_imported`, with the reason."""
    with engine.connect() as conn:
        record = get_record(conn, workspace_id, import_id)
        decisions = _read_ledger(conn, record)
        brought = continue_flow.find_brought(conn, record)
    if record.door == "api":
        return Report(record, tuple(decisions))
    rows = load_checked_rows(engine, workspace_id=workspace_id, import_id=import_id) if record.mapping else []
    newest = [brought[row.row][0] if row.row in brought else row for row in rows]
    done = [_with_lead(decision, row) for decision, row in zip(decisions, newest, strict=False)]
    left = (reporting.not_reached(row, record) for row in rows[len(done) :])
    return Report(record, (*done, *left), {row: cells for row, (_, cells) in brought.items()})


@requires("viewer")
def report_csv(engine: Engine, *, workspace_id: str, import_id: UUID) -> bytes:
    """The whole report as CSV, one line per row of the file, safe to open in a spreadsheet."""
    report = load_report(engine, workspace_id=workspace_id, import_id=import_id)
    drift = {drift.row: drift.sentence for drift in drift_of(report)}
    lines = (reporting.report_line(decision, drift.get(decision.row, "")) for decision in report.decisions)
    return write_csv(reporting.REPORT_HEADER, lines)


@requires("viewer")
def failed_rows_csv(engine: Engine, *, workspace_id: str, import_id: UUID) -> bytes:
    """The rows that were not imported because of an error, a limit or a stop: their cells, and why.

    The cells are those of the newest file that brought the row, with the corrections that were made in the review.
    Mended and uploaded again, they continue the import (core/continuing.py).
    """
    return _rows_csv(engine, workspace_id, import_id, reporting.is_failed)


@requires("viewer")
def parked_rows_csv(engine: Engine, *, workspace_id: str, import_id: UUID) -> bytes:
    """The parked rows, before or after the import: a file like that of the failed rows, to be imported later."""
    return _rows_csv(engine, workspace_id, import_id, lambda decision: decision.code == "row-parked")


def _rows_csv(engine: Engine, workspace_id: str, import_id: UUID, is_wanted: Callable[[RowDecision], bool]) -> bytes:
    """The wanted rows of an import: their cells as corrected, the keys of FAILED_ROWS_EXTRA, and why they are here."""
    report = load_report(engine, workspace_id=workspace_id, import_id=import_id)
    table = load_table(engine, workspace_id=workspace_id, import_id=import_id)
    rows = dict(zip(table.row_numbers, table.rows, strict=True))
    name = import_id_text(report.record.continues or import_id)
    corrections = {**report.record.corrections, **report.brought}
    return write_csv(
        (*table.columns, *reporting.FAILED_ROWS_EXTRA),
        (
            (
                *_corrected(rows[decision.row], table.columns, corrections.get(decision.row, {})),
                name,
                str(decision.row),
                reporting.reason(decision),
            )
            for decision in report.decisions
            if is_wanted(decision)
        ),
    )


def _corrected(cells: Sequence[str], columns: Sequence[str], corrections: Mapping[str, str]) -> list[str]:
    return [corrections.get(column, cell) for column, cell in zip(columns, cells, strict=True)]


def _read_ledger(conn: Connection, record: ImportRecord) -> list[RowDecision]:
    ledgers = imports.list_ledgers(conn, workspace_id=record.workspace_id, import_id=record.id)
    return [decision for ledger in ledgers for decision in decode_ledger(ledger)]


def _with_lead(decision: RowDecision, row: CheckedRow) -> RowDecision:
    """The decision with the lead that the file gave, for its name and company beside the email."""
    return decision if decision.lead else decision._replace(lead=row.lead)


