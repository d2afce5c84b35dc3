"""Queries on workspaces: the lock that every writer takes first, the contact limit, the counter of active leads."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from psycopg import Cursor
from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from db.tables import workspaces

#: First statement of every writing transaction (design.md section 3): it makes the contact limit and the counts exact
#: and gives races a serial order. Different workspaces do not meet.
LOCK_WORKSPACE = """
    SELECT contact_limit, active_leads, transaction_timestamp()
    FROM workspaces
    WHERE id = %(workspace_id)s
    FOR NO KEY UPDATE
"""

ADD_ACTIVE_LEADS = """
    UPDATE workspaces
    SET active_leads = active_leads + %(added)s
    WHERE id = %(workspace_id)s
"""


class WorkspaceRow(NamedTuple):
    """The contact limit and how much of it is used, in leads."""

    contact_limit: int
    active_leads: int


def ensure_workspace(conn: Connection, *, workspace_id: str, name: str, contact_limit: int) -> None:
    """Make the workspace where it is absent; an existing one keeps its limit."""
    conn.execute(
        insert(workspaces)
        .values(
            id=workspace_id, name=name, contact_limit=contact_limit, active_leads=0, created_at=func.now()
        )
        .on_conflict_do_nothing(constraint="workspaces_pk")
    )


def get_workspace(conn: Connection, *, workspace_id: str) -> WorkspaceRow | None:
    """Limit and use, without a lock; None where there is no such workspace."""
    row = conn.execute(
        select(workspaces.c.contact_limit, workspaces.c.active_leads).where(workspaces.c.id == workspace_id)
    ).one_or_none()
    return WorkspaceRow(*row) if row else None


def set_contact_limit(conn: Connection, *, workspace_id: str, contact_limit: int) -> bool:
    """True where the workspace exists. A limit below the active leads is allowed: it only stops new ones."""
    statement = update(workspaces).where(workspaces.c.id == workspace_id).values(contact_limit=contact_limit)
    return conn.execute(statement).rowcount == 1


def get_defaults(conn: Connection, *, workspace_id: str) -> dict[str, Any] | None:
    """What new imports begin with, as JSON; None where there is no such workspace."""
    return conn.scalar(select(workspaces.c.defaults).where(workspaces.c.id == workspace_id))


def set_defaults(conn: Connection, *, workspace_id: str, defaults: Mapping[str, Any]) -> bool:
    """True where the workspace exists."""
    statement = update(workspaces).where(workspaces.c.id == workspace_id).values(defaults=dict(defaults))
    return conn.execute(statement).rowcount == 1


def send_lock(cursor: Cursor, *, workspace_id: str) -> None:
    """Send LOCK_WORKSPACE, for a pipeline; its row is contact_limit, active_leads, the transaction's time."""
    cursor.execute(LOCK_WORKSPACE, {"workspace_id": workspace_id})


def send_added(cursor: Cursor, *, workspace_id: str, added: int) -> None:
    """Send the change of the active-leads counter, for a pipeline. ``added`` may be negative."""
    cursor.execute(ADD_ACTIVE_LEADS, {"workspace_id": workspace_id, "added": added})
