"""Queries of an undo: what an import wrote, how those leads are now, putting them back, and the record of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Cursor
from sqlalchemy import Connection, Row, func, or_, select, text, update

from db.leads import MERGED_COLUMNS, assign
from db.planning import listed
from db.rows import array_literal
from db.tables import import_parts, import_undos, imports

FIND_STATES = f"""
    SELECT encode(uuid_send(lead.id), 'hex'), lead.updated_at, lead.deleted_at
    FROM {listed("%(lead_ids)s::uuid[]")} AS wanted (id)
    CROSS JOIN LATERAL (
        SELECT leads.id, leads.updated_at, leads.deleted_at
        FROM leads
        WHERE leads.workspace_id = %(workspace_id)s
            AND leads.id = wanted.id
        LIMIT 1
    ) AS lead
"""

FIND_NAMES = f"""
    SELECT encode(uuid_send(lead.id), 'hex'), lead.email, concat_ws(' ', lead.first_name, lead.last_name)
    FROM {listed("%(lead_ids)s::uuid[]")} AS wanted (id)
    JOIN leads AS lead
        ON lead.workspace_id = %(workspace_id)s
        AND lead.id = wanted.id
"""

DELETE_LEADS = f"""
    UPDATE leads AS lead
    SET
        deleted_at = transaction_timestamp(),
        updated_at = transaction_timestamp()
    FROM {listed("%(lead_ids)s::uuid[]")} AS wanted (id)
    WHERE lead.workspace_id = %(workspace_id)s
        AND lead.id = wanted.id
"""

BRING_BACK_LEADS = f"""
    UPDATE leads AS lead
    SET
        deleted_at = NULL,
        updated_at = transaction_timestamp()
    FROM {listed("%(lead_ids)s::uuid[]")} AS wanted (id)
    WHERE lead.workspace_id = %(workspace_id)s
        AND lead.id = wanted.id
"""

#: The values and the deletion that a lead had at another time; its email, source and created_at never changed.
PUT_BACK_LEADS = f"""
    UPDATE leads AS lead
    SET
        {", ".join(assign(name, source="image") for name in MERGED_COLUMNS)},
        deleted_at = image.deleted_at,
        updated_at = transaction_timestamp()
    FROM {listed("%(id)s::uuid[]", "%(deleted_at)s::timestamptz[]", *[f"%({name})s::text[]" for name in MERGED_COLUMNS])}
        AS image (id, deleted_at, {", ".join(MERGED_COLUMNS)})
    WHERE lead.workspace_id = %(workspace_id)s
        AND lead.id = image.id
"""

INSERT_UNDO = text("""
    INSERT INTO import_undos (
        workspace_id, import_id, number, action, done_by, done_at, created, restored, filled, kept, ledger
    )
    VALUES (
        :workspace_id, :import_id, :number, :action, :done_by, transaction_timestamp(), :created, :restored, :filled,
        :kept, :ledger
    )
    RETURNING done_at
""")


def list_parts(conn: Connection, *, workspace_id: str, import_id: UUID) -> Sequence[tuple[datetime, bytes]]:
    """Time and ledger of each part of the import and of those that continued it, in the order of their writing."""
    rows = conn.execute(
        select(import_parts.c.finished_at, import_parts.c.ledger)
        .select_from(import_parts)
        .join(
            imports,
            (imports.c.workspace_id == import_parts.c.workspace_id) & (imports.c.id == import_parts.c.import_id),
        )
        .where(
            import_parts.c.workspace_id == workspace_id,
            imports.c.workspace_id == workspace_id,
            or_(imports.c.id == import_id, imports.c.continues == import_id),
        )
        .order_by(import_parts.c.import_id, import_parts.c.part_no)
    )
    return [(row.finished_at, row.ledger) for row in rows]


def find_states(cursor: Cursor, *, workspace_id: str, lead_ids: Sequence[str]) -> list[tuple[str, datetime, datetime | None]]:
    """Id (32 hex digits), updated_at and deleted_at of those of the leads that the workspace has."""
    cursor.execute(FIND_STATES, {"workspace_id": workspace_id, "lead_ids": array_literal(lead_ids)})
    return cursor.fetchall()


def find_names(cursor: Cursor, *, workspace_id: str, lead_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Email and full name of these leads, by id."""
    cursor.execute(FIND_NAMES, {"workspace_id": workspace_id, "lead_ids": array_literal(lead_ids)})
    return {lead_id: (email, name) for lead_id, email, name in cursor.fetchall()}


def send_delete(cursor: Cursor, *, workspace_id: str, lead_ids: Sequence[str]) -> None:
    """Send the soft delete of many leads, for a pipeline."""
    cursor.execute(DELETE_LEADS, {"workspace_id": workspace_id, "lead_ids": array_literal(lead_ids)})


def send_bring_back(cursor: Cursor, *, workspace_id: str, lead_ids: Sequence[str]) -> None:
    """Send the end of the deletion of many leads, for a pipeline. Their fields stay as they are."""
    cursor.execute(BRING_BACK_LEADS, {"workspace_id": workspace_id, "lead_ids": array_literal(lead_ids)})


def send_put_back(cursor: Cursor, *, workspace_id: str, columns: Mapping[str, Sequence[str | None]]) -> None:
    """Send other values of many leads, for a pipeline. ``columns`` has `id`, `deleted_at` and all MERGED_COLUMNS."""
    literals = {name: array_literal(values) for name, values in columns.items()}
    cursor.execute(PUT_BACK_LEADS, {"workspace_id": workspace_id, **literals})


def list_undos(conn: Connection, *, workspace_id: str, import_id: UUID) -> Sequence[Row]:
    """Every undo and redo of the import, the newest first."""
    return conn.execute(
        select(import_undos)
        .where(import_undos.c.workspace_id == workspace_id, import_undos.c.import_id == import_id)
        .order_by(import_undos.c.number.desc())
    ).all()


def insert_undo(conn: Connection, *, workspace_id: str, import_id: UUID, values: Mapping[str, Any]) -> datetime:
    """Keep the record of an undo or redo; its time is the transaction's."""
    return conn.scalars(INSERT_UNDO, {"workspace_id": workspace_id, "import_id": import_id, **values}).one()


def set_undone(conn: Connection, *, workspace_id: str, import_id: UUID, is_undone: bool) -> None:
    """The import and those that continued it are undone, or again what they were: done, or stopped before their end."""
    states = ("done", "failed") if is_undone else ("undone",)
    state = "undone" if is_undone else text("CASE WHEN parts_done = part_count THEN 'done' ELSE 'failed' END")
    conn.execute(
        update(imports)
        .where(
            imports.c.workspace_id == workspace_id,
            or_(imports.c.id == import_id, imports.c.continues == import_id),
            imports.c.state.in_(states),
        )
        .values(state=state, updated_at=func.now())
    )
