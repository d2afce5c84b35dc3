"""The file of an import as a table, and its rows as the import judges them: read once, and kept for the next question."""

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from core.continuing import find_marks, under_marked_rows, without_marks
from core.email_warnings import warn_about_emails
from core.errors import MappingIncomplete, NotFound
from core.fields import FIELDS
from core.ids import import_id_text
from core.issues import Issue, make_issue
from core.mapping import apply_mapping, column_of
from core.parsing import parse_file
from core.record_flow import get_record, read_record
from core.records import CheckedRow, ImportRecord, Table, Tidied
from core.tidying import tidy_drafts
from core.validation import check_rows
from db import imports

T = TypeVar("T")

#: Rows in one import, or in one part of a larger file (contract.md sections 3 and 5).
MAX_PART_ROWS = 1000

#: Parsed tables and checked rows of the imports looked at last. A cache only: everything in it can be made again from
#: the database. Three of the largest files take about 200 MB.
_CACHE_SIZE = 3
_cache: OrderedDict[tuple, Any] = OrderedDict()
_cache_lock = threading.Lock()


class CheckedFile(NamedTuple):
    """A draft's rows as the import judges them, what was tidied before, and what is odd about the valid ones."""

    rows: list[CheckedRow]
    tidied: Tidied
    warnings: tuple[Issue, ...]


def get_table(conn: Connection, record: ImportRecord) -> Table:
    """The parsed file. Raises NotFound for an import without one."""

    def read() -> Table:
        content = get_content(conn, record.workspace_id, record.id)
        parsed = parse_file(record.file_name or "", content, record.parse_options)
        return own_table(conn, record.workspace_id, parsed, record.continues)

    return _remembered(_table_key(record), read)


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
    _remember(_table_key(record), table)


def get_content(conn: Connection, workspace_id: str, import_id: UUID) -> bytes:
    """The uploaded bytes. Raises NotFound for an import without a file."""
    content = imports.get_file(conn, workspace_id=workspace_id, import_id=import_id)
    if content is None:
        raise NotFound("This import has no file.")
    return zlib.decompress(content)


def _table_key(record: ImportRecord) -> tuple:
    return ("table", record.id, record.continues, *sorted(record.parse_options.items()))


def get_checked(conn: Connection, record: ImportRecord) -> tuple[Table, CheckedFile]:
    """The table and its rows: mapped, corrected, cleaned and checked. Raises MappingIncomplete before there is a mapping."""
    if record.mapping is None:
        raise MappingIncomplete("No column is mapped yet.", hint="Go back and map the columns.")
    mapping = record.mapping
    table = get_table(conn, record)

    def check() -> CheckedFile:
        drafts = apply_mapping(table, mapping, record.corrections)
        columns = {field.key: column for field in FIELDS if (column := column_of(mapping, field.key))}
        tidied = tidy_drafts(
            drafts, table.row_numbers, columns, choices=record.options.cleaning, country=record.options.country
        )
        rows = check_rows(tidied.drafts, table.row_numbers, columns)
        warnings = warn_about_emails(rows, columns.get("email"), skipped=record.skipped_rows)
        return CheckedFile(rows, replace(tidied, drafts=()), warnings)  # the rows hold what the drafts said

    return table, _remembered(("checked", record.id, record.updated_at), check)


def _remembered(key: tuple, make: Callable[[], T]) -> T:
    with _cache_lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
    value = make()
    _remember(key, value)
    return value


def _remember(key: tuple, value: Any) -> None:
    with _cache_lock:
        # One version per import: an older mapping's rows are never asked for again.
        for old in [old for old in _cache if old[:2] == key[:2]]:
            del _cache[old]
        _cache[key] = value
        while len(_cache) > 2 * _CACHE_SIZE:
            _cache.popitem(last=False)
