"""The file of an import as a table, and its rows as the import judges them: read once, and kept for the next question."""

import zlib
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection

from core.checking import Checked, check_again, check_table
from core.continuing import find_marks, under_marked_rows, without_marks
from core.draft_cache import DraftCache
from core.errors import MappingIncomplete, NotFound
from core.ids import import_id_text
from core.issues import make_issue
from core.parsing import parse_file
from core.record_flow import get_record, read_record
from core.records import ImportRecord, Table
from db import imports

#: Rows in one import, or in one part of a larger file (contract.md sections 3 and 5).
MAX_PART_ROWS = 1000

#: Parsed tables and checked rows of the imports looked at last. Three of the largest files take about 200 MB.
_cache = DraftCache(3)


def get_table(conn: Connection, record: ImportRecord) -> Table:
    """The parsed file. Raises NotFound for an import without one."""
    table = _cache.get(record.id, "table", _reading(record))
    if table is None:
        content = get_content(conn, record.workspace_id, record.id)
        parsed = parse_file(record.file_name or "", content, record.parse_options)
        table = own_table(conn, record.workspace_id, parsed, record.continues)
        keep_table(record, table)
    return table


def find_continued(conn: Connection, workspace_id: str, parsed: Table) -> ImportRecord | None:
    """The import of this workspace that a file continues, by its marks; None where it continues none that can be continued."""
    marks = find_marks(parsed)
    row = imports.get_import(conn, workspace_id=workspace_id, import_id=marks.import_id) if marks else None
    if row is None:
        return None
    record = read_record(row)
    is_open = record.door == "wizard" and record.state in ("done", "failed") and record.continues is None
    return record if is_open and record.mapping else None


def own_table(conn: Connection, workspace_id: str, parsed: Table, continues: UUID | None) -> Table:
    """The parsed file as this import sees it: without columns of ours, and under the first import's rows if it continues one."""
    marks = find_marks(parsed)
    if marks is None:
        return without_marks(parsed)
    if continues == marks.import_id:
        first = get_record(conn, workspace_id, continues)
        return under_marked_rows(parsed, marks, get_table(conn, first).row_numbers)
    row = imports.get_import(conn, workspace_id=workspace_id, import_id=marks.import_id)
    notice = make_issue("file-import-closed" if row else "file-import-unknown", import_id=import_id_text(marks.import_id))
    table = without_marks(parsed)
    return replace(table, issues=(notice, *table.issues))


def keep_table(record: ImportRecord, table: Table) -> None:
    """Spare the next question the reading of a file that has just been read."""
    _cache.put(record.id, "table", _reading(record), table)


def get_content(conn: Connection, workspace_id: str, import_id: UUID) -> bytes:
    """The uploaded bytes. Raises NotFound for an import without a file."""
    content = imports.get_file(conn, workspace_id=workspace_id, import_id=import_id)
    if content is None:
        raise NotFound("This import has no file.")
    return zlib.decompress(content)


def get_checked(conn: Connection, record: ImportRecord) -> tuple[Table, Checked]:
    """The table and its rows: mapped, corrected, cleaned and checked. Raises MappingIncomplete before there is a mapping.

    After a correction only the corrected rows are judged again.
    """
    if record.mapping is None:
        raise MappingIncomplete("No column is mapped yet.", hint="Go back and map the columns.")
    table = get_table(conn, record)
    how = (record.mapping, record.options)
    version = (_reading(record), record.mapping, record.options.cleaning, record.options.country)
    told, checked = _cache.get(record.id, "checked", version) or (None, None)
    if checked is None:
        checked = check_table(table, *how, record.corrections)
    elif told != record.corrections:
        checked = check_again(table, *how, record.corrections, before=checked, told=told)
    _cache.put(record.id, "checked", version, (record.corrections, checked))
    return table, checked


def _reading(record: ImportRecord) -> tuple:
    return (record.continues, *sorted(record.parse_options.items()))
