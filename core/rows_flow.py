"""The file of an import as a table, and its rows as the import judges them: read once, and kept for the next question."""

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from core.email_warnings import warn_about_emails
from core.errors import MappingIncomplete, NotFound
from core.fields import FIELDS
from core.issues import Issue
from core.mapping import apply_mapping, column_of
from core.parsing import parse_file
from core.records import CheckedRow, ImportRecord, Table, Tidied
from core.tidying import tidy_drafts
from core.validation import check_rows
from db import imports

T = TypeVar("T")

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
        return parse_file(record.file_name or "", content, record.parse_options)

    return _remembered(_table_key(record), read)


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
    return ("table", record.id, *sorted(record.parse_options.items()))


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
