"""Queries on the audit log. Entries are added and read; nothing here changes or removes one."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg import Cursor
from sqlalchemy import Connection, Row, select

from db.tables import audit_log
from db.transaction import driver

#: A second try of the same transaction, after a COMMIT whose answer was lost, adds nothing.
INSERT_ENTRY = """
    INSERT INTO audit_log (workspace_id, id, at, actor, actor_kind, address, action, subject, details)
    VALUES (%(workspace_id)s, %(id)s, transaction_timestamp(), %(actor)s, %(actor_kind)s, %(address)s, %(action)s,
            %(subject)s, %(details)s)
    ON CONFLICT (workspace_id, id) DO NOTHING
"""


def insert_entry(conn: Connection, *, values: Mapping[str, Any]) -> None:
    """Add an entry; ``values`` has every column but ``at``, with ``details`` as JSON text."""
    send_entry(driver(conn).cursor(), values=values)


def send_entry(cursor: Cursor, *, values: Mapping[str, Any]) -> None:
    """Send INSERT_ENTRY, for a pipeline."""
    cursor.execute(INSERT_ENTRY, values)


def list_entries(
    conn: Connection,
    *,
    workspace_id: str,
    actions: Sequence[str] = (),
    actor: str = "",
    before: UUID | None = None,
    limit: int,
) -> Sequence[Row]:
    """The newest entries first: of these actions (none: of all), whose actor's name has this text in it, older than
    ``before``.
    """
    statement = select(audit_log).where(audit_log.c.workspace_id == workspace_id)
    if actions:
        statement = statement.where(audit_log.c.action.in_(actions))
    if actor:
        statement = statement.where(audit_log.c.actor.icontains(actor, autoescape=True))
    if before:
        statement = statement.where(audit_log.c.id < before)
    return conn.execute(statement.order_by(audit_log.c.id.desc()).limit(limit)).all()
