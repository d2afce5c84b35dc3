"""Queries on remembered mappings, by the signature of a file's headers."""

from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from db.tables import mapping_presets


def get_preset(conn: Connection, *, workspace_id: str, header_signature: str) -> Row | None:
    """What is remembered for these headers: name, mapping as JSON, updated_at; None where nothing is."""
    return conn.execute(
        select(mapping_presets).where(
            mapping_presets.c.workspace_id == workspace_id,
            mapping_presets.c.header_signature == header_signature,
        )
    ).one_or_none()


def list_presets(conn: Connection, *, workspace_id: str) -> list[Row]:
    """All that the workspace remembers, the one used last first."""
    return list(
        conn.execute(
            select(mapping_presets)
            .where(mapping_presets.c.workspace_id == workspace_id)
            .order_by(mapping_presets.c.updated_at.desc(), mapping_presets.c.header_signature)
        )
    )


def rename_preset(conn: Connection, *, workspace_id: str, header_signature: str, name: str) -> Row | None:
    """The preset under its new name; its place in the list stays. None where there is none."""
    return _update(conn, workspace_id, header_signature, name=name)


def change_preset(conn: Connection, *, workspace_id: str, header_signature: str, mapping: dict[str, Any]) -> Row | None:
    """The preset with another mapping; its name and its place in the list stay. None where there is none."""
    return _update(conn, workspace_id, header_signature, mapping=mapping)


def delete_preset(conn: Connection, *, workspace_id: str, header_signature: str) -> str | None:
    """Forget the preset; the name that it had, None where there was none."""
    return conn.scalar(
        delete(mapping_presets)
        .where(
            mapping_presets.c.workspace_id == workspace_id,
            mapping_presets.c.header_signature == header_signature,
        )
        .returning(mapping_presets.c.name)
    )


def put_preset(
    conn: Connection, *, workspace_id: str, header_signature: str, name: str, mapping: dict[str, Any]
) -> None:
    """Remember the mapping; the newest one for the same headers wins and keeps the preset's name."""
    statement = insert(mapping_presets).values(
        workspace_id=workspace_id,
        header_signature=header_signature,
        name=name,
        mapping=mapping,
        updated_at=func.now(),
    )
    conn.execute(
        statement.on_conflict_do_update(
            constraint="mapping_presets_pk",
            set_={"mapping": statement.excluded.mapping, "updated_at": statement.excluded.updated_at},
        )
    )


def _update(conn: Connection, workspace_id: str, header_signature: str, **values: Any) -> Row | None:
    return conn.execute(
        update(mapping_presets)
        .where(
            mapping_presets.c.workspace_id == workspace_id,
            mapping_presets.c.header_signature == header_signature,
        )
        .values(**values)
        .returning(mapping_presets)
    ).one_or_none()
