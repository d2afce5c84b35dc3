"""Import records between the database's rows and our values. Reads the database for the flows, never writes it."""

from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from core.chunks import Plan
from core.errors import NewerRelease, NotFound
from core.mapping import mapping_from_json, mapping_to_json
from core.records import (
    OUTCOMES,
    ColumnMapping,
    Failure,
    ImportOptions,
    ImportRecord,
    Outcome,
)
from db import imports

#: The books' column of each outcome.
COUNT_COLUMNS: dict[Outcome, str] = {
    "created": "created",
    "restored": "restored",
    "duplicate": "duplicates",
    "error": "errors",
    "not_imported": "not_imported",
}


OPTIONS = frozenset(option.name for option in fields(ImportOptions))


def count_columns(plan: Plan) -> dict[str, int]:
    """The plan's counts by the books' column names."""
    return {COUNT_COLUMNS[outcome]: plan.counts[outcome] for outcome in OUTCOMES}


def read_record(row: Any) -> ImportRecord:
    """An ImportRecord from a row of the table `imports`."""
    return ImportRecord(
        id=row.id,
        workspace_id=row.workspace_id,
        door=row.door,
        state=row.state,
        created_by=row.created_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        row_count=row.row_count,
        counts={outcome: getattr(row, column) for outcome, column in COUNT_COLUMNS.items()},
        part_count=row.part_count,
        parts_done=row.parts_done,
        file_name=row.file_name,
        file_size=row.file_size,
        file_sha256=row.file_sha256.hex() if row.file_sha256 else None,
        parse_options=row.parse_options,
        mapping=mapping_from_json(row.mapping) if row.mapping else None,
        options=ImportOptions(**{name: row.options[name] for name in row.options if name in OPTIONS}),
        corrections={int(number): cells for number, cells in row.corrections.get("cells", {}).items()},
        skipped_rows=frozenset(row.corrections.get("skipped", ())),
        parked_rows=frozenset(row.corrections.get("parked", ())),
        confirmed=frozenset(row.corrections.get("confirmed", ())),
        filled=frozenset(row.corrections.get("filled", ())),
        plan=row.corrections.get("plan"),
        failure=Failure(**row.failure) if row.failure else None,
        started_at=row.started_at,
        finished_at=row.finished_at,
        continues=row.continues,
    )


def corrections_json(record: ImportRecord) -> dict[str, Any]:
    """Everything that the review changed, as stored; rows without a change are left out."""
    return {
        "cells": {str(row): dict(columns) for row, columns in record.corrections.items() if columns},
        "skipped": sorted(record.skipped_rows),
        "parked": sorted(record.parked_rows),
        "confirmed": sorted(record.confirmed),
        "filled": sorted(record.filled),
        **({"plan": record.plan} if record.plan else {}),
    }


def mapping_json(mapping: ColumnMapping | None) -> dict[str, Any] | None:
    """The mapping as it is stored; None while there is none."""
    return mapping_to_json(mapping) if mapping else None


def options_json(options: ImportOptions) -> dict[str, Any]:
    """The options as they are stored."""
    return asdict(options)


def get_record(conn: Connection, workspace_id: str, import_id: UUID, *, for_update: bool = False) -> ImportRecord:
    """The record, locked against other writers where ``for_update``. Raises NotFound."""
    row = imports.get_import(conn, workspace_id=workspace_id, import_id=import_id, for_update=for_update)
    if row is None:
        raise NotFound("There is no such import in this workspace.", hint="Start a new one.")
    return read_record(row)


def require_known_options(conn: Connection, workspace_id: str, import_id: UUID) -> None:
    """Raises NewerRelease where the import has options that this release does not know: carried out here, it would not be what
    was agreed to.
    """
    row = imports.get_import(conn, workspace_id=workspace_id, import_id=import_id)
    if row is not None and set(row.options) - OPTIONS:
        raise NewerRelease
