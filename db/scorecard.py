"""Queries on how imports went, and on what became of the leads that they created."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, Row, select, text

from db.planning import READ_ONCE, listed
from db.rows import array_literal
from db.tables import imports

#: Leads that an import created bear the time of its part's transaction. One whose status was changed since has another time
#: of change; what was unsubscribed in the file itself is no loss. Few leads have such a status: they have an index.
COUNT_LOST = text(f"""
    SELECT part.import_id, count(*) AS lost
    FROM leads AS lead
    JOIN import_parts AS part
        ON part.workspace_id = lead.workspace_id
        AND part.finished_at = lead.created_at
    JOIN {listed("CAST(:import_ids AS uuid[])")} AS wanted (id)
        ON part.import_id = wanted.id
    WHERE lead.workspace_id = :workspace_id
        AND part.workspace_id = :workspace_id
        AND lead.status IN ('bounced', 'unsubscribed')
        AND lead.status <> 'active'
        AND lead.updated_at > lead.created_at
    GROUP BY part.import_id
""")


def list_ended(conn: Connection, *, workspace_id: str, limit: int) -> Sequence[Row]:
    """The imports that ran, newest first, without those that continue another one: their rows are in its books."""
    return conn.execute(
        select(imports)
        .where(
            imports.c.workspace_id == workspace_id,
            imports.c.state.in_(("done", "failed", "undone")),
            imports.c.parts_done > 0,
            imports.c.continues.is_(None),
        )
        .order_by(imports.c.id.desc())
        .limit(limit)
    ).all()


def count_lost(conn: Connection, *, workspace_id: str, import_ids: Sequence[UUID]) -> dict[UUID, int]:
    """By import, how many of the leads that it created bounced or unsubscribed later; an import without any is absent."""
    conn.execute(text(READ_ONCE))
    rows = conn.execute(
        COUNT_LOST, {"workspace_id": workspace_id, "import_ids": array_literal(one.hex for one in import_ids)}
    )
    return {row.import_id: row.lost for row in rows}
