"""Queries on API keys. A key is looked up by its hash alone: its workspace is known only afterwards."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select, text, update

from db.tables import api_keys

#: Last use is for people who wonder whether a key is still needed; a write per call would cost more than it says.
_IS_USE_STALE = (
    func.coalesce(api_keys.c.last_used_at < func.now() - text("interval '1 minute'"), True)
).label("is_use_stale")
#: Made once: every call of the API asks it.
_FIND_KEY = select(api_keys, _IS_USE_STALE).where(api_keys.c.hash == bindparam("key_hash"))


def insert_key(
    conn: Connection, *, key_hash: bytes, key_id: UUID, workspace_id: str, name: str, hint: str, scopes: Sequence[str]
) -> Row:
    """The new key's row."""
    return conn.execute(
        insert(api_keys)
        .values(
            hash=key_hash, id=key_id, workspace_id=workspace_id, name=name, hint=hint, scopes=list(scopes),
            created_at=func.now(),
        )
        .returning(api_keys)
    ).one()  # fmt: skip


def find_key(conn: Connection, *, key_hash: bytes) -> Row | None:
    """The key's row with ``is_use_stale``: whether its last use was recorded more than a minute ago, or never."""
    return conn.execute(_FIND_KEY, {"key_hash": key_hash}).one_or_none()


def record_use(conn: Connection, *, key_hash: bytes) -> None:
    """Set the last use to now, where no other request did so meanwhile."""
    conn.execute(
        update(api_keys).where(api_keys.c.hash == key_hash, _IS_USE_STALE.element).values(last_used_at=func.now())
    )


def list_keys(conn: Connection, *, workspace_id: str) -> Sequence[Row]:
    """The workspace's keys, newest first (ids are time-ordered), revoked ones too."""
    return conn.execute(
        select(api_keys).where(api_keys.c.workspace_id == workspace_id).order_by(api_keys.c.id.desc())
    ).all()


def get_key(conn: Connection, *, workspace_id: str, key_id: UUID) -> Row | None:
    """The key's row, None where the workspace has no such key."""
    return conn.execute(
        select(api_keys).where(api_keys.c.workspace_id == workspace_id, api_keys.c.id == key_id)
    ).one_or_none()


def revoke_key(conn: Connection, *, workspace_id: str, key_id: UUID) -> Row | None:
    """The key's row, revoked now; None where there is no such key, or it was revoked before."""
    return conn.execute(
        update(api_keys)
        .where(api_keys.c.workspace_id == workspace_id, api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
        .values(revoked_at=func.now())
        .returning(api_keys)
    ).one_or_none()
