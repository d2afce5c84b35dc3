"""Mappings remembered for files with the same headers: list, name, change and forget them. The wizard makes and uses them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, Row

from core import audit_flow
from core.access import requires
from core.errors import MappingIncomplete, NotFound
from core.mapping import mapping_from_json, mapping_to_json
from core.mapping_checks import check_mapping
from core.naming import clean_name
from core.records import ColumnMapping
from db import presets
from db.transaction import run_transaction


@dataclass(frozen=True, slots=True)
class Preset:
    """A remembered mapping. ``header_signature`` names it (mapping.header_signature); its name may be used twice."""

    workspace_id: str
    header_signature: str
    name: str
    mapping: ColumnMapping
    updated_at: datetime


@requires("viewer")
def list_presets(engine: Engine, *, workspace_id: str) -> tuple[Preset, ...]:
    """All presets of the workspace, the one saved last first."""
    with engine.connect() as conn:
        return tuple(_read(row) for row in presets.list_presets(conn, workspace_id=workspace_id))


@requires("admin")
def rename_preset(engine: Engine, *, workspace_id: str, header_signature: str, name: str) -> Preset:
    """The preset under its new name. Raises NotFound, and InvalidValues for a name that is empty or too long."""
    name = clean_name(name)
    entry = audit_flow.new_entry("preset-renamed", workspace_id=workspace_id, subject=name)

    def work(conn: Connection) -> Preset:
        row = presets.rename_preset(
            conn, workspace_id=workspace_id, header_signature=header_signature, name=name
        )
        if row is None:
            raise NotFound("This mapping is not remembered any more.")
        audit_flow.append(conn, entry)
        return _read(row)

    return run_transaction(engine, work)


@requires("admin")
def change_preset(engine: Engine, *, workspace_id: str, header_signature: str, mapping: ColumnMapping) -> Preset:
    """The preset with another mapping of the same columns, for the next file with its headers.

    Raises NotFound, and MappingIncomplete for a mapping that no file could be imported with.
    """
    if problems := check_mapping(mapping, tuple(mapping.targets)):
        raise MappingIncomplete(problems[0].message)
    stored = mapping_to_json(mapping)

    def work(conn: Connection) -> Preset:
        row = presets.change_preset(
            conn, workspace_id=workspace_id, header_signature=header_signature, mapping=stored
        )
        if row is None:
            raise NotFound("This mapping is not remembered any more.")
        audit_flow.append(conn, audit_flow.new_entry("preset-changed", workspace_id=workspace_id, subject=row.name))
        return _read(row)

    return run_transaction(engine, work)


@requires("admin")
def delete_preset(engine: Engine, *, workspace_id: str, header_signature: str) -> None:
    """Forget the preset: the next file with its headers begins with our suggestions. Raises NotFound."""

    def work(conn: Connection) -> None:
        name = presets.delete_preset(conn, workspace_id=workspace_id, header_signature=header_signature)
        if name is None:
            raise NotFound("This mapping is not remembered any more.")
        audit_flow.append(conn, audit_flow.new_entry("preset-deleted", workspace_id=workspace_id, subject=name))

    run_transaction(engine, work)


def _read(row: Row) -> Preset:
    return Preset(row.workspace_id, row.header_signature, row.name, mapping_from_json(row.mapping), row.updated_at)
