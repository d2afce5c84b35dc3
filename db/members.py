"""Queries on members: who belongs to a workspace, in which role."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from db.tables import members


def list_members(conn: Connection, *, workspace_id: str) -> Sequence[Row]:
    """The workspace's members, by email."""
    return conn.execute(
        select(members).where(members.c.workspace_id == workspace_id).order_by(members.c.email)
    ).all()


def get_role(conn: Connection, *, workspace_id: str, email: str) -> str | None:
    """The member's role, None for a stranger."""
    return conn.scalar(
        select(members.c.role).where(members.c.workspace_id == workspace_id, members.c.email == email)
    )


def has_other_admin(conn: Connection, *, workspace_id: str, email: str) -> bool:
    """Whether somebody else is an admin. Right only under the workspace's lock."""
    other = select(members.c.email).where(
        members.c.workspace_id == workspace_id, members.c.role == "admin", members.c.email != email
    )
    return conn.scalar(other.limit(1)) is not None


def put_member(conn: Connection, *, workspace_id: str, email: str, role: str) -> None:
    """Make this email a member in this role, or give the member this role."""
    statement = insert(members).values(workspace_id=workspace_id, email=email, role=role, created_at=func.now())
    conn.execute(statement.on_conflict_do_update(constraint="members_pk", set_={"role": statement.excluded.role}))


def delete_member(conn: Connection, *, workspace_id: str, email: str) -> None:
    """End the membership, if there is one."""
    conn.execute(delete(members).where(members.c.workspace_id == workspace_id, members.c.email == email))
