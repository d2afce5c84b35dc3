"""Queries on import records, their files and their parts with the ledger."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.types.json import Jsonb
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Text,
    cast,
    delete,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    update,
)

from db.tables import import_files, import_parts, imports

#: One part is done: its rows leave "not imported" for their outcomes. It matches no row when another worker did the
#: part, or the import was stopped: then the caller rolls everything back.
FINISH_PART = """
    UPDATE imports
    SET
        created = created + %(created)s,
        restored = restored + %(restored)s,
        duplicates = duplicates + %(duplicates)s,
        errors = errors + %(errors)s,
        not_imported = not_imported - %(created)s - %(restored)s - %(duplicates)s - %(errors)s,
        parts_done = parts_done + 1,
        state = CASE WHEN parts_done + 1 = part_count THEN 'done' ELSE state END,
        finished_at = CASE WHEN parts_done + 1 = part_count THEN transaction_timestamp() END,
        updated_at = transaction_timestamp()
    WHERE workspace_id = %(workspace_id)s
        AND id = %(import_id)s
        AND state = 'running'
        AND parts_done = %(part_no)s - 1
"""

INSERT_PART = """
    INSERT INTO import_parts (
        workspace_id, import_id, part_no, row_count, created, restored, duplicates, errors, not_imported,
        ledger, finished_at
    )
    VALUES (
        %(workspace_id)s, %(import_id)s, %(part_no)s, %(row_count)s, %(created)s, %(restored)s, %(duplicates)s,
        %(errors)s, %(not_imported)s, %(ledger)b, transaction_timestamp()
    )
"""

#: Rows of a part that a later file brought again have their new outcomes; its time stays that of its own writing.
CHANGE_PART = """
    UPDATE import_parts
    SET
        created = %(created)s,
        restored = %(restored)s,
        duplicates = %(duplicates)s,
        errors = %(errors)s,
        not_imported = %(not_imported)s,
        ledger = %(ledger)b
    WHERE workspace_id = %(workspace_id)s
        AND import_id = %(import_id)s
        AND part_no = %(part_no)s
"""

#: Rows of an import have other outcomes now. One that had stopped has all its parts then, and is done.
MOVE_COUNTS = """
    UPDATE imports
    SET
        created = created + %(created)s,
        restored = restored + %(restored)s,
        duplicates = duplicates + %(duplicates)s,
        errors = errors + %(errors)s,
        not_imported = not_imported + %(not_imported)s,
        parts_done = part_count,
        state = 'done',
        failure = NULL,
        updated_at = transaction_timestamp()
    WHERE workspace_id = %(workspace_id)s
        AND id = %(import_id)s
"""

#: An import that came as one request: record and only part in one go, at the end of its transaction. So finished_at is
#: the clock's time, and what lies between it and started_at is how long the import took.
INSERT_FINISHED_IMPORT = """
    INSERT INTO imports (
        workspace_id, id, door, state, created_by, parse_options, options, corrections, row_count, created, restored,
        duplicates, errors, not_imported, part_count, parts_done, created_at, updated_at, started_at, finished_at
    )
    VALUES (
        %(workspace_id)s, %(import_id)s, %(door)s, 'done', %(created_by)s, '{}', %(options)s, '{}', %(row_count)s,
        %(created)s, %(restored)s, %(duplicates)s, %(errors)s, %(not_imported)s, 1, 1, transaction_timestamp(),
        transaction_timestamp(), transaction_timestamp(), clock_timestamp()
    )
"""


def insert_import(conn: Connection, *, workspace_id: str, values: Mapping[str, Any]) -> None:
    """Write a new record. ``values`` has all but the times, which the database sets."""
    conn.execute(
        insert(imports).values(
            workspace_id=workspace_id, created_at=func.now(), updated_at=func.now(), **values
        )
    )


def insert_file(conn: Connection, *, workspace_id: str, import_id: UUID, content: bytes, row_hashes: bytes) -> None:
    """Keep the uploaded file, and its rows as same_file.hash_rows gives them."""
    conn.execute(
        insert(import_files).values(
            workspace_id=workspace_id, import_id=import_id, content=content, row_hashes=row_hashes
        )
    )


def set_row_hashes(conn: Connection, *, workspace_id: str, import_id: UUID, row_hashes: bytes) -> None:
    """Keep the rows of a file that was read in another way."""
    conn.execute(
        update(import_files)
        .where(import_files.c.workspace_id == workspace_id, import_files.c.import_id == import_id)
        .values(row_hashes=row_hashes)
    )


def get_row_hashes(conn: Connection, *, workspace_id: str, import_id: UUID) -> bytes | None:
    """The rows of the import's file; None where it has none, or is older than these."""
    return conn.scalar(
        select(import_files.c.row_hashes).where(
            import_files.c.workspace_id == workspace_id, import_files.c.import_id == import_id
        )
    )


def list_row_hashes(
    conn: Connection, *, workspace_id: str, import_id: UUID, limit: int
) -> Sequence[tuple[UUID, bytes]]:
    """Id and rows of the newest imports that wrote something, but for this one."""
    rows = conn.execute(
        select(imports.c.id, import_files.c.row_hashes)
        .select_from(imports)
        .join(
            import_files,
            (import_files.c.workspace_id == imports.c.workspace_id) & (import_files.c.import_id == imports.c.id),
        )
        .where(
            imports.c.workspace_id == workspace_id,
            import_files.c.workspace_id == workspace_id,
            import_files.c.row_hashes.is_not(None),
            *_has_written(import_id),
        )
        .order_by(imports.c.id.desc())
        .limit(limit)
    )
    return [(row.id, row.row_hashes) for row in rows]


def find_same_bytes(conn: Connection, *, workspace_id: str, import_id: UUID, file_sha256: bytes) -> UUID | None:
    """The newest import of the very same file that wrote something, but for this one."""
    return conn.scalar(
        select(imports.c.id)
        .where(
            imports.c.workspace_id == workspace_id, imports.c.file_sha256 == file_sha256, *_has_written(import_id)
        )
        .order_by(imports.c.id.desc())
        .limit(1)
    )


def _has_written(import_id: UUID) -> list[ColumnElement[bool]]:
    return [imports.c.id != import_id, imports.c.state.in_(("done", "failed")), imports.c.parts_done > 0]


def get_file(conn: Connection, *, workspace_id: str, import_id: UUID) -> bytes | None:
    """The uploaded file's bytes as stored; None where there is no file."""
    return conn.scalar(
        select(import_files.c.content).where(
            import_files.c.workspace_id == workspace_id, import_files.c.import_id == import_id
        )
    )


def get_import(conn: Connection, *, workspace_id: str, import_id: UUID, for_update: bool = False) -> Row | None:
    """The record, locked against other writers where ``for_update``; None where the workspace has no such import."""
    statement = select(imports).where(imports.c.workspace_id == workspace_id, imports.c.id == import_id)
    return conn.execute(statement.with_for_update() if for_update else statement).one_or_none()


#: What a review changed and said may be large, and no list shows it: the columns are there, empty.
_HEAVY = {"corrections": literal_column("'{}'::jsonb"), "plan": null()}
_LISTED = [_HEAVY[column.name].label(column.name) if column.name in _HEAVY else column for column in imports.c]


def list_imports(
    conn: Connection, *, workspace_id: str, filters: Mapping[str, Any], limit: int, offset: int = 0
) -> Sequence[Row]:
    """The newest records first (ids are time-ordered), after ``offset`` newer ones. ``filters`` is what _matching takes."""
    return conn.execute(
        select(*_LISTED)
        .where(*_matching(workspace_id, **filters))
        .order_by(imports.c.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()


def count_imports(conn: Connection, *, workspace_id: str, filters: Mapping[str, Any]) -> int:
    """How many records match."""
    return conn.scalar(select(func.count()).select_from(imports).where(*_matching(workspace_id, **filters))) or 0


def _matching(
    workspace_id: str,
    *,
    states: Sequence[str] = (),
    door: str | None = None,
    person: str | None = None,
    since: datetime | None = None,
    before_day: datetime | None = None,
    search: str = "",
    id_start: str = "",
    before: UUID | None = None,
) -> list[ColumnElement[bool]]:
    """``search`` is a part of the file's name in any case, ``id_start`` the first hex digits of an id: one is enough.

    ``before`` is an id: older records match.
    """
    conditions = [imports.c.workspace_id == workspace_id]
    if states:
        conditions.append(imports.c.state.in_(states))
    if door:
        conditions.append(imports.c.door == door)
    if person:
        conditions.append(imports.c.created_by == person)
    if since:
        conditions.append(imports.c.created_at >= since)
    if before_day:
        conditions.append(imports.c.created_at < before_day)
    if search:
        by_name = imports.c.file_name.icontains(search, autoescape=True)
        digits = func.replace(cast(imports.c.id, Text), "-", "")
        conditions.append(or_(by_name, digits.startswith(id_start, autoescape=True)) if id_start else by_name)
    if before:
        conditions.append(imports.c.id < before)
    return conditions


def list_people(conn: Connection, *, workspace_id: str) -> Sequence[str]:
    """Everybody who is named in a record."""
    return conn.scalars(
        select(imports.c.created_by).where(imports.c.workspace_id == workspace_id).distinct()
    ).all()


def find_file_names(conn: Connection, *, workspace_id: str, import_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The file names of these records, by id."""
    rows = conn.execute(
        select(imports.c.id, imports.c.file_name).where(
            imports.c.workspace_id == workspace_id, imports.c.id.in_(import_ids)
        )
    )
    return {row.id: row.file_name or "" for row in rows}


def delete_import(conn: Connection, *, workspace_id: str, import_id: UUID) -> None:
    """Delete a record and everything that belongs to it."""
    conn.execute(delete(imports).where(imports.c.workspace_id == workspace_id, imports.c.id == import_id))


def update_import(
    conn: Connection, *, workspace_id: str, import_id: UUID, states: Sequence[str], values: Mapping[str, Any]
) -> Row | None:
    """The record after the change, or None where it is not in one of ``states`` (or not there)."""
    return conn.execute(
        update(imports)
        .where(imports.c.workspace_id == workspace_id, imports.c.id == import_id, imports.c.state.in_(states))
        .values(updated_at=func.now(), **values)
        .returning(imports)
    ).one_or_none()


def list_ledgers(conn: Connection, *, workspace_id: str, import_id: UUID) -> Sequence[bytes]:
    """The ledgers of the parts that are done, in order."""
    return conn.scalars(
        select(import_parts.c.ledger)
        .where(import_parts.c.workspace_id == workspace_id, import_parts.c.import_id == import_id)
        .order_by(import_parts.c.part_no)
    ).all()


def list_continuations(conn: Connection, *, workspace_id: str, import_id: UUID) -> Sequence[Row]:
    """The records that continue this import and were started, the oldest first."""
    return conn.execute(
        select(imports)
        .where(
            imports.c.workspace_id == workspace_id,
            imports.c.continues == import_id,
            imports.c.state.not_in(("draft", "ready")),
        )
        .order_by(imports.c.id)
    ).all()


def send_part(
    cursor: Cursor, *, workspace_id: str, import_id: UUID, part_no: int, row_count: int,
    counts: Mapping[str, int], ledger: bytes,
) -> None:  # fmt: skip
    """Send the part with its ledger, for a pipeline. ``counts`` has every bucket of the books."""
    cursor.execute(
        INSERT_PART,
        {
            "workspace_id": workspace_id,
            "import_id": import_id,
            "part_no": part_no,
            "row_count": row_count,
            "ledger": ledger,
            **counts,
        },
    )


def send_finish_part(
    cursor: Cursor, *, workspace_id: str, import_id: UUID, part_no: int, counts: Mapping[str, int]
) -> None:
    """Send FINISH_PART, for a pipeline. The cursor's rowcount is 1 where the part was this caller's to finish."""
    cursor.execute(
        FINISH_PART, {"workspace_id": workspace_id, "import_id": import_id, "part_no": part_no, **counts}
    )


def send_change_part(
    cursor: Cursor, *, workspace_id: str, import_id: UUID, part_no: int, counts: Mapping[str, int], ledger: bytes
) -> None:
    """Send CHANGE_PART, for a pipeline. ``counts`` has every bucket of the books."""
    place = {"workspace_id": workspace_id, "import_id": import_id, "part_no": part_no}
    cursor.execute(CHANGE_PART, {**place, "ledger": ledger, **counts})


def send_move_counts(cursor: Cursor, *, workspace_id: str, import_id: UUID, moved: Mapping[str, int]) -> None:
    """Send MOVE_COUNTS, for a pipeline. ``moved`` has every bucket of the books, together nothing."""
    cursor.execute(MOVE_COUNTS, {"workspace_id": workspace_id, "import_id": import_id, **moved})


def send_finished_import(
    cursor: Cursor, *, workspace_id: str, import_id: UUID, door: str, created_by: str, options: Mapping[str, Any],
    row_count: int, counts: Mapping[str, int],
) -> None:  # fmt: skip
    """Send the record of an import that is finished with this transaction, for a pipeline."""
    cursor.execute(
        INSERT_FINISHED_IMPORT,
        {
            "workspace_id": workspace_id,
            "import_id": import_id,
            "door": door,
            "created_by": created_by,
            "options": Jsonb(options),
            "row_count": row_count,
            **counts,
        },
    )
