"""Queries on webhooks: one per workspace at most."""

from collections.abc import Mapping
from typing import Any

from psycopg import Cursor
from sqlalchemy import Connection, Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from db.tables import webhooks

FIND_WEBHOOK = """
    SELECT url
    FROM webhooks
    WHERE workspace_id = %(workspace_id)s
"""


def send_find(cursor: Cursor, *, workspace_id: str) -> None:
    """Send FIND_WEBHOOK, for a pipeline: no row where the workspace has none."""
    cursor.execute(FIND_WEBHOOK, {"workspace_id": workspace_id})


def get_webhook(conn: Connection, *, workspace_id: str) -> Row | None:
    """Address, secret, and how the last call went; None where the workspace has none."""
    return conn.execute(select(webhooks).where(webhooks.c.workspace_id == workspace_id)).one_or_none()


def put_webhook(conn: Connection, *, workspace_id: str, url: str, secret: str) -> None:
    """Set the workspace's webhook; a new address forgets how calls to the old one went."""
    values = {"url": url, "secret": secret, "last_at": None, "last_answer": None}
    statement = insert(webhooks).values(workspace_id=workspace_id, created_at=func.now(), **values)
    conn.execute(statement.on_conflict_do_update(constraint="webhooks_pk", set_=values))


def delete_webhook(conn: Connection, *, workspace_id: str) -> bool:
    """True where there was one."""
    return conn.execute(delete(webhooks).where(webhooks.c.workspace_id == workspace_id)).rowcount == 1


def note_call(conn: Connection, *, workspace_id: str, values: Mapping[str, Any]) -> None:
    """Keep how the last call went."""
    conn.execute(
        update(webhooks).where(webhooks.c.workspace_id == workspace_id).values(last_at=func.now(), **values)
    )
