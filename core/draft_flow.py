"""The wizard's unfinished import, kept in the database: upload, reading, mapping, corrections, and the dry run.

A reload, a dropped connection or a restart loses nothing: `?import=imp_…` opens the draft again. Nothing of the
workspace's leads is written here (contract.md section 5).
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from core import continue_flow, rows_flow
from core.access import requires
from core.checking import Checked
from core.deciding import decide_rows
from core.defaults_flow import options_of, read_defaults
from core.email_warnings import typo_fix
from core.errors import NotFound, StateConflict
from core.export_columns import is_own_export
from core.ids import new_id
from core.issues import Issue, storable_text
from core.mapping import (
    fit_mapping,
    header_signature,
    mapping_from,
    mapping_from_json,
    mapping_to_json,
    with_known_statuses,
)
from core.mapping_checks import check_mapping
from core.parsing import parse_file
from core.record_flow import corrections_json, get_record, mapping_json, options_json, read_record
from core.records import (
    CheckedRow,
    ColumnMapping,
    ImportOptions,
    ImportRecord,
    ParseOptions,
    Preview,
    Proposal,
    Quota,
    Table,
)
from core.rows_flow import MAX_PART_ROWS
from core.same_file import hash_rows
from core.suggesting import suggest_mapping
from core.tidying import KINDS
from core.writing_flow import find_stored
from db import imports, presets, workspaces
from db.transaction import run_transaction

EDITABLE = ("draft", "ready")


@requires("importer")
def create_draft(
    engine: Engine, *, workspace_id: str, file_name: str, content: bytes, created_by: str
) -> ImportRecord:
    """A new draft from an uploaded file. Raises FileRefused, with the reason, for a file that cannot be read."""
    parsed = parse_file(file_name, content)
    import_id = new_id()
    with engine.begin() as conn:
        first = rows_flow.find_continued(conn, workspace_id, parsed)
        table = rows_flow.own_table(conn, workspace_id, parsed, first.id if first else None)
        imports.insert_import(
            conn,
            workspace_id=workspace_id,
            values={
                "id": import_id,
                "door": "wizard",
                "state": "draft",
                "created_by": created_by,
                "file_name": storable_text(file_name),
                "file_size": len(content),
                "file_sha256": hashlib.sha256(content).digest(),
                "mapping": None,
                "options": options_json(_first_options(conn, workspace_id, table)),
                "created": 0,
                "restored": 0,
                "duplicates": 0,
                "errors": 0,
                "parts_done": 0,
                **_reading_values(table),
                **(_carried_over(first, table) if first else {}),
            },
        )
        imports.insert_file(
            conn, workspace_id=workspace_id, import_id=import_id, content=zlib.compress(content, 1),
            row_hashes=hash_rows(table),
        )  # fmt: skip
        record = get_record(conn, workspace_id, import_id)
    rows_flow.keep_table(record, table)
    return record


def _first_options(conn: Connection, workspace_id: str, table: Table) -> ImportOptions:
    """What an import begins with. An export of ours comes back as it is: its values were tidied or meant to be so."""
    options = options_of(read_defaults(conn, workspace_id))
    if is_own_export(table.columns):
        # But for its tags: they stand in one cell, as an export writes them.
        return replace(options, cleaning={kind.key: False for kind in KINDS if not kind.is_fixed and kind.key != "tags"})
    return options


@requires("importer")
def change_reading(
    engine: Engine, *, workspace_id: str, import_id: UUID, options: ParseOptions
) -> ImportRecord:
    """The draft, read again in another way. The mapping stays where it still fits; corrections are dropped.

    Raises FileRefused where the file cannot be read that way; then nothing changes.
    """
    with engine.begin() as conn:
        record = _get_editable(conn, workspace_id, import_id)
        parsed = parse_file(record.file_name or "", rows_flow.get_content(conn, workspace_id, import_id), options)
        first = rows_flow.find_continued(conn, workspace_id, parsed)
        table = rows_flow.own_table(conn, workspace_id, parsed, first.id if first else None)
        mapping = record.mapping
        if mapping and not set(mapping.targets) <= set(table.columns):
            mapping = None
        values = {"state": _state_for(mapping, table), "mapping": mapping_json(mapping), "continues": None}
        values |= _reading_values(table) | (_carried_over(first, table) if first else {})
        record = _update(conn, record, **values)
        imports.set_row_hashes(
            conn, workspace_id=workspace_id, import_id=import_id, row_hashes=hash_rows(table)
        )
    rows_flow.keep_table(record, table)
    return record


@requires("viewer")
def load_table(engine: Engine, *, workspace_id: str, import_id: UUID) -> Table:
    """The parsed file of an import. Raises NotFound for an import without a file."""
    with engine.begin() as conn:
        return rows_flow.get_table(conn, get_record(conn, workspace_id, import_id))


@requires("viewer")
def propose(engine: Engine, *, workspace_id: str, import_id: UUID) -> Proposal:
    """What we would do with each column, and the mapping used last time for the same headers."""
    with engine.begin() as conn:
        table = rows_flow.get_table(conn, get_record(conn, workspace_id, import_id))
        preset = presets.get_preset(
            conn, workspace_id=workspace_id, header_signature=header_signature(table.columns)
        )
    suggestions = suggest_mapping(table)
    suggested = mapping_from(suggestions)
    if preset is None or is_own_export(table.columns):  # where our own columns go is not a matter of memory
        return Proposal(suggestions, suggested)
    fitted = fit_mapping(mapping_from_json(preset.mapping), table.columns)
    return Proposal(
        suggestions, suggested, with_known_statuses(fitted, table), preset.updated_at, preset.name
    )


@requires("importer")
def save_mapping(
    engine: Engine, *, workspace_id: str, import_id: UUID, mapping: ColumnMapping, remember: bool = True
) -> ImportRecord:
    """The draft with the mapping; `ready` where nothing is missing, and then remembered for the same headers.

    Without ``remember`` it is kept in the draft alone: what the user tries out is not yet what next time begins with.
    """
    with engine.begin() as conn:
        record = _get_editable(conn, workspace_id, import_id)
        table = rows_flow.get_table(conn, record)
        state = _state_for(mapping, table)
        if state == "ready" and remember:
            presets.put_preset(
                conn,
                workspace_id=workspace_id,
                header_signature=header_signature(table.columns),
                name=storable_text(record.file_name or ""),
                mapping=mapping_to_json(mapping),
            )
        return _update(conn, record, state=state, mapping=mapping_json(mapping))


@requires("importer")
def save_options(
    engine: Engine, *, workspace_id: str, import_id: UUID, options: ImportOptions
) -> ImportRecord:
    """The draft with other options."""
    with engine.begin() as conn:
        return _update(conn, _get_editable(conn, workspace_id, import_id), options=options_json(options))


@requires("importer")
def correct_cells(
    engine: Engine, *, workspace_id: str, import_id: UUID, corrections: Mapping[int, Mapping[str, str | None]]
) -> ImportRecord:
    """The draft with cells corrected: row number -> column -> new text; None takes a correction back."""
    with engine.begin() as conn:
        record = _get_editable(conn, workspace_id, import_id)
        cells = {row: dict(columns) for row, columns in record.corrections.items()}
        for row, columns in corrections.items():
            changed = {**cells.get(row, {}), **columns}
            cells[row] = {column: storable_text(text) for column, text in changed.items() if text is not None}
        return _update_review(conn, record, corrections=cells)


@requires("importer")
def fix_domains(engine: Engine, *, workspace_id: str, import_id: UUID) -> ImportRecord:
    """The draft with every email corrected whose domain has a typing error (warning `email-domain-typo`)."""
    with engine.begin() as conn:
        record = get_record(conn, workspace_id, import_id)
        table, checked = rows_flow.get_checked(conn, record)
    emails = {row.row: row.email for row in checked.rows}
    fixes = {
        issue.row: {issue.column: typo_fix(emails[issue.row])}
        for issue in _warnings(record, table, checked)
        if issue.code == "email-domain-typo" and issue.row is not None and issue.column is not None
    }
    return correct_cells(engine, workspace_id=workspace_id, import_id=import_id, corrections=fixes)


@requires("importer")
def put_back(engine: Engine, *, workspace_id: str, import_id: UUID, as_of: ImportRecord) -> ImportRecord:
    """The draft with its corrections and choices of rows as they were in this earlier record of it: undo, and redo."""
    with engine.begin() as conn:
        record = _get_editable(conn, workspace_id, import_id)
        return _update(conn, record, corrections=corrections_json(as_of))


@requires("importer")
def skip_rows(
    engine: Engine, *, workspace_id: str, import_id: UUID, rows: Iterable[int], skip: bool
) -> ImportRecord:
    """The draft with rows left out of the import, or taken in again."""
    with engine.begin() as conn:
        record = _get_editable(conn, workspace_id, import_id)
        skipped = record.skipped_rows | set(rows) if skip else record.skipped_rows - set(rows)
        return _update_review(conn, record, skipped_rows=frozenset(skipped))


@requires("importer")
def set_parked_rows(engine: Engine, *, workspace_id: str, import_id: UUID, rows: Iterable[int]) -> ImportRecord:
    """The draft in which exactly these rows are parked: they wait, because the file does not fit the contact limit."""
    with engine.begin() as conn:
        return _update_review(conn, _get_editable(conn, workspace_id, import_id), parked_rows=frozenset(rows))


@requires("importer")
def confirm_restores(
    engine: Engine, *, workspace_id: str, import_id: UUID, emails: Iterable[str], confirm: bool
) -> ImportRecord:
    """The draft with these deleted leads coming back although they had unsubscribed or bounced, or staying deleted."""
    with engine.begin() as conn:
        record = _get_editable(conn, workspace_id, import_id)
        return _update_review(conn, record, confirmed=_with(record.confirmed, emails, confirm))


@requires("importer")
def fill_leads(
    engine: Engine, *, workspace_id: str, import_id: UUID, emails: Iterable[str], fill: bool
) -> ImportRecord:
    """The draft with the blanks of these active leads filled, or with the leads left as they are."""
    with engine.begin() as conn:
        record = _get_editable(conn, workspace_id, import_id)
        return _update_review(conn, record, filled=_with(record.filled, emails, fill))


@requires("viewer")
def preview(engine: Engine, *, workspace_id: str, import_id: UUID, unparked: bool = False) -> Preview:
    """The dry run: what Import would do now, row by row, and how much of the contact limit it would take.

    Where ``unparked``, as if no row were parked. Raises MappingIncomplete before there is a usable mapping.
    """
    with engine.begin() as conn:
        record = get_record(conn, workspace_id, import_id)
        table, checked = rows_flow.get_checked(conn, record)
        if unparked:
            record = replace(record, parked_rows=frozenset())
        rows = checked.rows
        workspace = workspaces.get_workspace(conn, workspace_id=workspace_id)
        stored = find_stored(
            conn, workspace_id=workspace_id, rows=rows, options=record.options, choices=record.choices
        )
        choices, first_rows = continue_flow.settle_rows(conn, record, table.row_numbers)
    if workspace is None:
        raise NotFound("There is no workspace “{name}”.", name=workspace_id)
    plan = decide_rows(rows, stored, options=record.options, choices=choices, first_rows=first_rows)
    quota = Quota(workspace.contact_limit, workspace.active_leads, plan.added)
    return Preview(record, plan, quota, _warnings(record, table, checked), checked.tidied)


@requires("viewer")
def load_checked_rows(engine: Engine, *, workspace_id: str, import_id: UUID) -> list[CheckedRow]:
    """Every row of the file as the import judges it: mapped, corrected, cleaned and checked."""
    return run_transaction(
        engine, lambda conn: rows_flow.get_checked(conn, get_record(conn, workspace_id, import_id))[1].rows
    )


def _warnings(record: ImportRecord, table: Table, checked: Checked) -> tuple[Issue, ...]:
    """What is odd about the file and its cells, and about the emails of rows that are not left out."""
    about_file = (issue for issue in table.issues if issue.severity == "warning")
    return (*about_file, *(issue for issue in checked.warnings if issue.row not in record.skipped_rows))


def part_count(row_count: int) -> int:
    """Parts of at most MAX_PART_ROWS rows that a file takes."""
    return -(-row_count // MAX_PART_ROWS)


# --- inside -----------------------------------------------------------------------------------------------------------


def _reading_values(table: Table) -> dict[str, Any]:
    found = table.format
    options = {
        "encoding": found.encoding, "delimiter": found.delimiter, "sheet": found.sheet, "header_row": found.header_row,
    }  # fmt: skip
    return {
        "parse_options": {key: value for key, value in options.items() if value is not None},
        "row_count": len(table.rows),
        "not_imported": len(table.rows),
        "part_count": part_count(len(table.rows)),
        "corrections": {},
    }


def _carried_over(first: ImportRecord, table: Table) -> dict[str, Any]:
    """What a file that continues an import begins with: everything that was chosen there, but for single rows."""
    assert first.mapping is not None  # else nothing is continued
    mapping = fit_mapping(first.mapping, table.columns)
    kept = replace(first, corrections={}, skipped_rows=frozenset(), parked_rows=frozenset())
    return {
        "continues": first.id,
        "mapping": mapping_json(mapping),
        "state": _state_for(mapping, table),
        "options": options_json(first.options),
        "corrections": corrections_json(kept),
    }


def _state_for(mapping: ColumnMapping | None, table: Table) -> str:
    return "ready" if mapping and not check_mapping(mapping, table.columns) else "draft"


def _get_editable(conn: Connection, workspace_id: str, import_id: UUID) -> ImportRecord:
    record = get_record(conn, workspace_id, import_id, for_update=True)
    if record.state not in EDITABLE:
        raise StateConflict(
            "This import has started; it cannot be changed any more.", hint="Open it to see how far it is."
        )
    return record


def _update(conn: Connection, record: ImportRecord, **values: Any) -> ImportRecord:
    row = imports.update_import(
        conn, workspace_id=record.workspace_id, import_id=record.id, states=EDITABLE, values=values
    )
    assert row is not None  # it was locked in one of these states
    return read_record(row)


def _update_review(conn: Connection, record: ImportRecord, **changes: Any) -> ImportRecord:
    """The draft with other fields of those that corrections_json keeps."""
    return _update(conn, record, corrections=corrections_json(replace(record, **changes)))


def _with(held: frozenset[str], emails: Iterable[str], add: bool) -> frozenset[str]:
    return held.union(emails) if add else held.difference(emails)
