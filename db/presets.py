"""Queries on remembered mappings, by the signature of a file's headers."""

from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from db.tables import mapping_presets


def get_preset(conn: Connection, *, workspace_id: str, header_signature: str) -> dict[str, Any] | None:
    """The mapping remembered for these headers, as JSON; None where there is none."""
    return conn.scalar(
        select(mapping_presets.c.mapping).where(
            mapping_presets.c.workspace_id == workspace_id,
            mapping_presets.c.header_signature == header_signature,
        )
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
