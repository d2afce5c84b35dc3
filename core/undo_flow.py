"""Undo of a whole import and the redo of that, each one transaction under the workspace's lock, with a dry run before.

An undo takes back what the import and those that continued it wrote (core/continuing.py): created leads are soft-deleted,
restored ones get their values and their deletion back, filled blanks are emptied. Its counts stay: the record says what
happened, the state `undone` and the list of undos what became of it. core/undoing.py says which leads are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import Connection, Engine, Row

from core import audit_flow, undoing
from core.access import current_actor, requires
from core.errors import StateConflict
from core.ids import import_id_text
from core.lead_flow import lock_workspace
from core.ledger import decode_ledger
from core.quota import check_quota
from core.record_flow import get_record
from core.records import ImportRecord, Lead, Quota
from core.undoing import Action, KeptLead, LeadState, Touched, UndoPlan, Writing
from core.webhook_flow import announce
from db import campaigns, undo, workspaces
from db.leads import MERGED_COLUMNS
from db.rows import array_literal
from db.transaction import driver, run_transaction


@dataclass(frozen=True, slots=True)
class UndoRecord:
    """What an undo or redo did or, in a dry run, would do; then ``done_by`` and ``done_at`` are None.

    ``counts`` are leads by what the import had done to them: an undo deletes the `created`, gives the `restored` their
    values and their deletion back, and empties the `filled`; a redo does the reverse.
    """

    action: Action
    counts: dict[Writing, int]
    kept: tuple[KeptLead, ...]
    done_by: str | None = None
    done_at: datetime | None = None

    @property
    def changed(self) -> int:
        """Leads that it changed, or would change."""
        return sum(self.counts.values())


@requires("viewer")
def preview_undo(engine: Engine, *, workspace_id: str, import_id: UUID) -> UndoRecord:
    """What an undo would do now. Raises NotFound, and StateConflict where the import is not one that can be undone."""
    with engine.connect() as conn:
        record = _get_undoable(get_record(conn, workspace_id, import_id))
        plan = _plan_undo(conn, record)
        return UndoRecord(plan.action, plan.counts, _named(conn, record, plan.kept))


@requires("viewer")
def preview_redo(engine: Engine, *, workspace_id: str, import_id: UUID) -> UndoRecord:
    """What a redo would do now. Raises NotFound, and StateConflict where the import is not undone."""
    with engine.connect() as conn:
        record = _get_undone(get_record(conn, workspace_id, import_id))
        plan = _plan_redo(conn, record)
        return UndoRecord(plan.action, plan.counts, _named(conn, record, plan.kept))


@requires("importer")
def undo_import(engine: Engine, *, workspace_id: str, import_id: UUID) -> UndoRecord:
    """What the undo did. An import that is undone already is left alone, and what its undo did is returned.

    Raises NotFound, and StateConflict where the import is not one that can be undone.
    """

    def work(conn: Connection) -> UndoRecord:
        lock_workspace(conn, workspace_id)
        record = get_record(conn, workspace_id, import_id, for_update=True)
        if record.state == "undone" and (done := _list(conn, record)):
            return done[0]  # by an earlier press, or by a try whose answer was lost
        return _carry_out(conn, record, _plan_undo(conn, _get_undoable(record)))

    return run_transaction(engine, work)


@requires("importer")
def redo_import(engine: Engine, *, workspace_id: str, import_id: UUID) -> UndoRecord:
    """What the redo did. An import whose undo was taken back already is left alone, and what that did is returned.

    Raises NotFound, StateConflict where the import is not undone, QuotaExceeded.
    """

    def work(conn: Connection) -> UndoRecord:
        quota, _ = lock_workspace(conn, workspace_id)
        record = get_record(conn, workspace_id, import_id, for_update=True)
        done = _list(conn, record)
        if record.state != "undone" and done and record.continues is None:
            return done[0]
        plan = _plan_redo(conn, _get_undone(record))
        check_quota(Quota(quota.limit, quota.active, len(plan.moved)))
        return _carry_out(conn, record, plan)

    return run_transaction(engine, work)


@requires("viewer")
def list_undos(engine: Engine, *, workspace_id: str, import_id: UUID) -> list[UndoRecord]:
    """Every undo and redo of the import, the newest first."""
    with engine.connect() as conn:
        return _list(conn, get_record(conn, workspace_id, import_id))


# --- inside -----------------------------------------------------------------------------------------------------------


def _get_undoable(record: ImportRecord) -> ImportRecord:
    if record.continues is not None:
        raise _part_of_another(record.continues)
    if record.state == "running":
        raise StateConflict("The import is still running.", hint="Wait for its end, or stop it; then undo it.")
    if record.state == "undone":
        raise StateConflict("The import is undone already.", hint="Redo it to get its leads back.")
    if record.state not in ("done", "failed"):
        raise StateConflict("The import has not written anything yet.", hint="Delete the draft instead.")
    return record


def _get_undone(record: ImportRecord) -> ImportRecord:
    if record.continues is not None:
        raise _part_of_another(record.continues)
    if record.state != "undone":
        raise StateConflict("The import is not undone.", hint="There is nothing to redo.")
    return record


def _part_of_another(import_id: UUID) -> StateConflict:
    return StateConflict(
        "This file continued the import {import_id}, and is undone and redone with it.",
        hint="Open that import.", import_id=import_id_text(import_id),
    )  # fmt: skip


def _plan_undo(conn: Connection, record: ImportRecord) -> UndoPlan:
    touched = _find_touched(conn, record)
    redone = {done.done_at for done in _rows(conn, record) if done.action == "redo"}
    return undoing.plan_undo(touched, _find_states(conn, record, [*touched]), redone=redone)


def _plan_redo(conn: Connection, record: ImportRecord) -> UndoPlan:
    newest = _rows(conn, record)[0]
    undone, _ = undoing.decode_undo(newest.ledger)
    touched = _find_touched(conn, record)
    states = _find_states(conn, record, sorted(undone))
    return undoing.plan_redo(touched, states, undone=undone, undone_at=newest.done_at)


def _find_touched(conn: Connection, record: ImportRecord) -> dict[str, Touched]:
    parts = undo.list_parts(conn, workspace_id=record.workspace_id, import_id=record.id)
    return undoing.find_touched((moment, decode_ledger(ledger)) for moment, ledger in parts)


def _find_states(conn: Connection, record: ImportRecord, lead_ids: list[str]) -> dict[str, LeadState]:
    rows = undo.find_states(driver(conn).cursor(), workspace_id=record.workspace_id, lead_ids=lead_ids)
    return {lead_id: LeadState(updated_at, deleted_at) for lead_id, updated_at, deleted_at in rows}


def _named(conn: Connection, record: ImportRecord, kept: Sequence[KeptLead]) -> tuple[KeptLead, ...]:
    """The kept leads with email and name as they are now."""
    cursor, lead_ids = driver(conn).cursor(), [lead.lead_id for lead in kept]
    names = undo.find_names(cursor, workspace_id=record.workspace_id, lead_ids=lead_ids) if kept else {}
    now = ((lead, *names.get(lead.lead_id, (lead.email, ""))) for lead in kept)
    return tuple(lead._replace(email=email, name=name) for lead, email, name in now)


def _carry_out(conn: Connection, record: ImportRecord, plan: UndoPlan) -> UndoRecord:
    kept = _named(conn, record, plan.kept)
    pg = driver(conn)
    place = {"workspace_id": record.workspace_id}
    is_undo = plan.action == "undo"
    created = [lead.lead_id for lead in plan.of("created")]
    with pg.pipeline():
        if created:
            send = undo.send_delete if is_undo else undo.send_bring_back
            send(pg.cursor(), **place, lead_ids=created)
        if others := plan.of("restored", "filled"):
            undo.send_put_back(pg.cursor(), **place, columns=_columns(others, is_undo=is_undo))
        if moved := plan.moved:
            direction = -1 if is_undo else 1
            campaigns.send_count(pg.cursor(), **place, lead_ids=moved, direction=direction)
            workspaces.send_added(pg.cursor(), **place, added=direction * len(moved))
    done_by = current_actor().name
    done_at = undo.insert_undo(
        conn,
        **place,
        import_id=record.id,
        values={
            "number": len(_rows(conn, record)) + 1,
            "action": plan.action,
            "done_by": done_by,
            **plan.counts,
            "kept": len(kept),
            "ledger": undoing.encode_undo(UndoPlan(plan.action, plan.changed, kept)),
        },
    )
    undo.set_undone(conn, **place, import_id=record.id, is_undone=is_undo)
    announce(conn, "import.undone" if is_undo else "import.redone", **place, import_id=record.id)
    audit_flow.append(conn, audit_flow.new_entry(
        "import-undone" if is_undo else "import-redone", **place, subject=record.file_name or "",
        import_id=import_id_text(record.id), **plan.counts, kept=len(kept),
    ))  # fmt: skip
    return UndoRecord(plan.action, plan.counts, kept, done_by, done_at)


def _columns(touched: Sequence[Touched], *, is_undo: bool) -> dict[str, list[str | None]]:
    """What is written into these leads, column by column: what they were before the import, or after it."""
    images = [lead.before if is_undo else lead.after for lead in touched]
    columns: dict[str, list[str | None]] = {
        name: [getattr(image, name) for image in images] for name in MERGED_COLUMNS
    }
    columns["custom_fields"] = [to_json(image.custom_fields).decode() for image in images if isinstance(image, Lead)]
    columns["tags"] = [array_literal(image.tags) for image in images if isinstance(image, Lead)]
    columns["id"] = [lead.lead_id for lead in touched]
    columns["deleted_at"] = [
        lead.deleted_at.isoformat() if is_undo and lead.deleted_at else None for lead in touched
    ]
    return columns


def _rows(conn: Connection, record: ImportRecord) -> Sequence[Row]:
    return undo.list_undos(conn, workspace_id=record.workspace_id, import_id=record.id)


def _list(conn: Connection, record: ImportRecord) -> list[UndoRecord]:
    return [
        UndoRecord(
            row.action,
            {writing: getattr(row, writing) for writing in undoing.WRITINGS},
            undoing.decode_undo(row.ledger)[1],
            row.done_by,
            row.done_at,
        )
        for row in _rows(conn, record)
    ]
