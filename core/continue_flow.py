"""Files that continue an earlier import, against the database: which import that is, what it has settled, and its books.

The continuing file is an import of its own, with its own record and report. In each part's transaction the first import's
ledger gets the new decisions in the place of the failed ones, and its counts move along: so its report tells how every one
of its rows ended, and an undo of it takes back all of them (core/undo_flow.py).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from psycopg import Cursor
from sqlalchemy import Connection, Engine

from core import rows_flow
from core.access import requires
from core.chunks import Plan
from core.continuing import Settled, leave_out_imported, replace_rows, settle
from core.errors import FirstImportClosed
from core.lead_flow import lock_workspace
from core.ledger import decode_ledger, encode_ledger
from core.record_flow import COUNT_COLUMNS, count_columns, get_record, read_record
from core.records import CheckedRow, ImportRecord, RowChoices, RowDecision
from core.reporting import not_reached
from db import imports


class Family(NamedTuple):
    """An import among its own: the one that it continues, and those that continued it, in their order."""

    first: ImportRecord | None
    continuations: tuple[ImportRecord, ...]


@dataclass(frozen=True, slots=True)
class Books:
    """The first import's record and ledger, by part; what they settle for the continuation."""

    record: ImportRecord
    parts: dict[int, list[RowDecision]]
    settled: Settled

    def send(self, cursor: Callable[[], Cursor], brought: Sequence[RowDecision]) -> None:
        """Send the books with the continuation's decisions in them, for a pipeline."""
        place = {"workspace_id": self.record.workspace_id, "import_id": self.record.id}
        changed = replace_rows(self.parts, brought)
        moved = dict.fromkeys(COUNT_COLUMNS.values(), 0)
        for part_no, decisions in self.parts.items():
            now = Plan.of(changed.get(part_no, decisions))
            counts = count_columns(now)
            if part_no > self.record.parts_done:  # it was never reached: now it is told, row by row
                imports.send_part(
                    cursor(), **place, part_no=part_no, row_count=len(now), counts=counts, ledger=encode_ledger(now)
                )
                before = {**dict.fromkeys(counts, 0), "not_imported": len(now)}
            elif part_no in changed:
                imports.send_change_part(cursor(), **place, part_no=part_no, counts=counts, ledger=encode_ledger(now))
                before = count_columns(Plan.of(decisions))
            else:
                continue
            for column, count in counts.items():
                moved[column] += count - before[column]
        if any(moved.values()) or self.record.state == "failed":
            imports.send_move_counts(cursor(), **place, moved=moved)


@requires("viewer")
def load_family(engine: Engine, *, workspace_id: str, import_id: UUID) -> Family:
    """The import that this one continues, and those that continued it and were started. Raises NotFound."""
    with engine.connect() as conn:
        record = get_record(conn, workspace_id, import_id)
        first = get_record(conn, workspace_id, record.continues) if record.continues else None
        return Family(first, tuple(_list_started(conn, record)))


def settle_rows(conn: Connection, record: ImportRecord, again: Collection[int]) -> tuple[RowChoices, dict[str, int]]:
    """The choices and the first rows by email under which a dry run judges the rows ``again``.

    Those of the record itself, if it continues nothing.
    """
    if record.continues is None:
        return record.choices, {}
    settled = _read_books(conn, get_record(conn, record.workspace_id, record.continues), again).settled
    return leave_out_imported(record.choices, settled.imported), settled.first_rows


def open_books(conn: Connection, record: ImportRecord, again: Collection[int]) -> Books:
    """The books of the import that this one continues, locked. Raises FirstImportClosed."""
    assert record.continues is not None
    lock_workspace(conn, record.workspace_id)
    first = get_record(conn, record.workspace_id, record.continues, for_update=True)
    if first.state not in ("done", "failed"):
        raise FirstImportClosed
    return _read_books(conn, first, again)


def find_brought(conn: Connection, record: ImportRecord) -> dict[int, tuple[CheckedRow, dict[str, str]]]:
    """By row: what the newest file that continued this import made of it, and its cells by column."""
    brought: dict[int, tuple[CheckedRow, dict[str, str]]] = {}
    for continuation in _list_started(conn, record):
        table, checked = rows_flow.get_checked(conn, continuation)
        done = {decision.row for decisions in _read_parts(conn, continuation).values() for decision in decisions}
        for row, cells in zip(checked.rows, table.rows, strict=True):
            if row.row in done:
                corrected = continuation.corrections.get(row.row, {})
                brought[row.row] = row, dict(zip(table.columns, cells, strict=True)) | corrected
    return brought


# --- inside -----------------------------------------------------------------------------------------------------------


def _read_books(conn: Connection, first: ImportRecord, again: Collection[int]) -> Books:
    parts = _read_parts(conn, first)
    if first.parts_done < first.part_count:
        parts |= _unreached_parts(conn, first, reached={decision.row for part in parts.values() for decision in part})
    decisions = [decision for part in parts.values() for decision in part]
    return Books(first, parts, settle(decisions, again=again))


def _read_parts(conn: Connection, record: ImportRecord) -> dict[int, list[RowDecision]]:
    ledgers = imports.list_ledgers(conn, workspace_id=record.workspace_id, import_id=record.id)
    return {part_no: decode_ledger(ledger) for part_no, ledger in enumerate(ledgers, start=1)}


def _unreached_parts(conn: Connection, record: ImportRecord, *, reached: Collection[int]) -> dict[int, list[RowDecision]]:
    """Parts that a stopped import did not come to, as if it had written down why."""
    left = [row for row in rows_flow.get_checked(conn, record)[1].rows if row.row not in reached]
    size = rows_flow.MAX_PART_ROWS
    return {
        record.parts_done + 1 + start // size: [
            not_reached(row, record)._replace(lead=None) for row in left[start : start + size]
        ]
        for start in range(0, len(left), size)
    }


def _list_started(conn: Connection, record: ImportRecord) -> list[ImportRecord]:
    rows = imports.list_continuations(conn, workspace_id=record.workspace_id, import_id=record.id)
    return [read_record(row) for row in rows]
