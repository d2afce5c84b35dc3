"""Queries for somebody who logs in, before it is known which workspace they work in: they look over all of them."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Row, select

from db.tables import members, workspaces


def find_roles(conn: Connection, *, email: str) -> Sequence[Row]:
    """``workspace_id`` and ``role`` of everywhere that this email belongs to."""
    return conn.execute(select(members.c.workspace_id, members.c.role).where(members.c.email == email)).all()


def list_workspaces(conn: Connection, *, workspace_ids: Collection[str] | None = None) -> Sequence[Row]:
    """``id`` and ``name`` of these workspaces (None: of all), by name."""
    statement = select(workspaces.c.id, workspaces.c.name).order_by(workspaces.c.name, workspaces.c.id)
    if workspace_ids is not None:
        statement = statement.where(workspaces.c.id.in_(workspace_ids))
    return conn.execute(statement).all()
