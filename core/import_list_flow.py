"""The workspace's imports: found by state, door, person, day, file name or id; drafts deleted; mappings used again."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Engine, Row

from core import audit_flow, draft_flow
from core.access import requires
from core.cleaning import clean_text
from core.errors import StateConflict
from core.ids import IMPORT_PREFIX, import_id_text
from core.issues import storable_text
from core.mapping import reuse_mapping
from core.record_flow import get_record, read_record
from core.records import Door, ImportRecord, ImportState
from core.suggesting import suggest_mapping
from db import imports
from db.transaction import run_transaction

DELETABLE: tuple[ImportState, ...] = ("draft", "ready")


@dataclass(frozen=True, slots=True)
class ImportFilter:
    """Which imports to list; what is empty does not filter, and all of it narrows together.

    ``search`` is a part of the file's name in any case, or an id (imp_…) or its beginning. ``since`` and ``until`` are
    days in UTC, both inclusive, of the upload. ``person`` is who is named in the record.
    """

    states: tuple[ImportState, ...] = ()
    door: Door | None = None
    person: str | None = None
    since: date | None = None
    until: date | None = None
    search: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it lists every import."""
        return self == ImportFilter()


class ImportPage(NamedTuple):
    """Imports of one page, newest first, and how many there are on all pages."""

    records: list[ImportRecord]
    total: int


class ImportSlice(NamedTuple):
    """Imports in a row, newest first. ``older`` is the id to go on after; None where there are no older ones.

    ``first_names`` are the file names of the imports that some of these continue, by id.
    """

    records: list[ImportRecord]
    older: UUID | None
    first_names: dict[UUID, str]


EVERYTHING = ImportFilter()


@requires("viewer")
def list_import_page(
    engine: Engine, *, workspace_id: str, page: int, page_size: int, wanted: ImportFilter = EVERYTHING
) -> ImportPage:
    """Page ``page``, counted from 1. The records come without what their reviews changed and said."""
    if not (filters := _filters(wanted)):
        return ImportPage([], 0)
    place = {"workspace_id": workspace_id, "filters": filters}
    with engine.connect() as conn:
        rows = imports.list_imports(conn, **place, limit=page_size, offset=(page - 1) * page_size)
        total = imports.count_imports(conn, **place)
    return ImportPage([read_record(row) for row in rows], total)


@requires("viewer")
def list_imports(
    engine: Engine, *, workspace_id: str, wanted: ImportFilter = EVERYTHING, after: UUID | None = None, limit: int = 20
) -> ImportSlice:
    """The newest imports, or those older than ``after``: as cheap on the last page as on the first.

    The records come without what their reviews changed and said.
    """
    if not (filters := _filters(wanted)):
        return ImportSlice([], None, {})
    with engine.connect() as conn:
        rows = imports.list_imports(conn, workspace_id=workspace_id, filters={**filters, "before": after}, limit=limit + 1)
        return ImportSlice(
            [read_record(row) for row in rows[:limit]],
            rows[limit - 1].id if len(rows) > limit else None,
            _first_names(conn, workspace_id, rows[:limit]),
        )


@requires("viewer")
def list_people(engine: Engine, *, workspace_id: str) -> list[str]:
    """Everybody who is named in an import of the workspace, in alphabetical order."""
    with engine.connect() as conn:
        return sorted(imports.list_people(conn, workspace_id=workspace_id), key=str.casefold)


@requires("importer")
def delete_draft(engine: Engine, *, workspace_id: str, import_id: UUID) -> None:
    """Delete an import that was never started, with its file. Raises StateConflict for any other, NotFound."""
    entry: list[dict[str, Any]] = []

    def work(conn: Connection) -> None:
        if entry and imports.get_import(conn, workspace_id=workspace_id, import_id=import_id) is None:
            return  # deleted by an earlier try whose answer was lost
        record = get_record(conn, workspace_id, import_id, for_update=True)
        if record.state not in DELETABLE:
            raise StateConflict("Only drafts can be deleted.", hint="Undo the import instead.")
        imports.delete_import(conn, workspace_id=workspace_id, import_id=import_id)
        if not entry:
            entry.append(audit_flow.new_entry(
                "draft-deleted", workspace_id=workspace_id, subject=record.file_name or "",
                import_id=import_id_text(import_id), rows=record.row_count,
            ))  # fmt: skip
        audit_flow.append(conn, entry[0])

    run_transaction(engine, work)


@requires("importer")
def map_like(engine: Engine, *, workspace_id: str, import_id: UUID, like: UUID) -> ImportRecord:
    """The draft with the mapping and the options of another import; columns that it did not have as we suggest them.

    A draft that continues an import is mapped already and stays as it is. Raises NotFound.
    """
    place = {"workspace_id": workspace_id, "import_id": import_id}
    with engine.connect() as conn:
        record, model = get_record(conn, **place), get_record(conn, workspace_id, like)
    if record.continues or model.mapping is None:
        return record
    table = draft_flow.load_table(engine, **place)
    mapping = reuse_mapping(model.mapping, table, suggest_mapping(table))
    draft_flow.save_options(engine, **place, options=model.options)
    return draft_flow.save_mapping(engine, **place, mapping=mapping, remember=False)


# --- inside -----------------------------------------------------------------------------------------------------------


def _filters(wanted: ImportFilter) -> dict[str, Any] | None:
    """The filter in the terms of the query; None where no stored import can match it."""
    texts = (wanted.search, wanted.person or "")
    if any(storable_text(text) != text for text in texts):
        return None
    search = clean_text(wanted.search)
    id_start = search.lower().removeprefix(IMPORT_PREFIX)
    return {
        **{name: value for name, value in asdict(wanted).items() if name in ("states", "door", "person")},
        "since": _midnight(wanted.since) if wanted.since else None,
        "before_day": _midnight(wanted.until + timedelta(days=1)) if wanted.until and wanted.until < date.max else None,
        "search": search,
        "id_start": id_start if id_start != search.lower() or len(id_start) == 32 else "",
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _first_names(conn: Connection, workspace_id: str, rows: Sequence[Row]) -> dict[UUID, str]:
    ids = {row.continues for row in rows if row.continues}
    return imports.find_file_names(conn, workspace_id=workspace_id, import_ids=sorted(ids)) if ids else {}
