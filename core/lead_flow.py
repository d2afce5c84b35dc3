"""Leads one by one or a few at a time: create, read, change, tag, soft delete, restore.

A lead that is created here goes through the import's own rules and writing, as an import of one row, so that both give
the same result (contract.md sections 2 to 4).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Engine, Row

from core import audit_flow
from core.access import requires
from core.chunks import Plan
from core.cleaning import clean_text
from core.errors import EmailTaken, InvalidLead, NotFound
from core.fields import DEFAULT_SOURCE, FIELD_BY_KEY, MAX_TAGS
from core.issues import Issue, make_issue
from core.listing import LeadRecord
from core.quota import check_quota
from core.records import CheckedRow, ImportOptions, Lead, LeadDraft, Quota
from core.validation import check_rows
from core.writing_flow import Send, write_rows
from db import campaigns, lead_queries, workspaces
from db.transaction import driver, run_transaction

#: Gives the ids of the leads that are meant, inside the transaction that changes them.
Find = Callable[[Connection], Sequence[UUID]]
#: Fields that a lead always has: they can be changed, not emptied.
REQUIRED_FIELDS = ("email", "source", "status")


class CreatedLead(NamedTuple):
    """The lead as stored; ``is_restored`` where a soft-deleted one with its email was brought back and merged."""

    record: LeadRecord
    is_restored: bool


@requires("importer")
def create_lead(
    engine: Engine, *, workspace_id: str, draft: LeadDraft, default_source: str = DEFAULT_SOURCE["manual"]
) -> CreatedLead:
    """The new lead, or the soft-deleted one with this email restored and merged.

    Raises InvalidLead, EmailTaken for an active lead with this email, QuotaExceeded, NotFound for the workspace.
    """
    rows = check_rows([draft], [1])
    lead = _valid_lead(rows[0])
    options = ImportOptions(restore_soft_deleted=True, default_source=default_source)
    tried: list[LeadRecord] = []

    def work(conn: Connection) -> CreatedLead:
        plan = write_rows(conn, workspace_id=workspace_id, rows=rows, options=options, record=_no_record)
        decision = plan.decisions[0]
        record = get_record(conn, workspace_id, UUID(decision.lead_id))
        if decision.outcome == "duplicate" and record not in tried:  # else our own try, whose answer was lost
            raise EmailTaken(lead.email)
        tried.append(record)
        return CreatedLead(record, is_restored=record.created_at != record.updated_at)

    return run_transaction(engine, work)


@requires("viewer")
def get_lead(engine: Engine, *, workspace_id: str, lead_id: UUID) -> LeadRecord:
    """An active lead. Raises NotFound, for a soft-deleted one too."""
    with engine.connect() as conn:
        return get_active(conn, workspace_id, lead_id)


@requires("viewer")
def find_lead(engine: Engine, *, workspace_id: str, lead_id: UUID) -> LeadRecord:
    """A lead, active or soft-deleted. Raises NotFound."""
    with engine.connect() as conn:
        return get_record(conn, workspace_id, lead_id)


@requires("importer")
def update_lead(engine: Engine, *, workspace_id: str, lead_id: UUID, changes: LeadDraft) -> LeadRecord:
    """The lead after the change. Keys in ``changes`` are written, None and "" clear the field; all others stay.

    ``custom_fields`` and ``tags`` are fields like any other: what is given replaces the whole. Raises NotFound,
    InvalidLead, and EmailTaken where another lead has the new email, be it soft-deleted: its row holds the history of
    that person, an unsubscribe perhaps, and the way to it is a restore.
    """

    def work(conn: Connection) -> LeadRecord:
        lock_workspace(conn, workspace_id)
        stored = get_active(conn, workspace_id, lead_id)
        if not changes:
            return stored
        lead = _check_changes(stored.lead, changes)
        found = lead_queries.find_by_email(conn, workspace_id=workspace_id, email=lead.email)
        if found and found.id != lead_id:
            raise EmailTaken(lead.email, is_deleted=found.deleted_at is not None)
        lead_queries.update_lead(
            conn, workspace_id=workspace_id, lead_id=lead_id, values={key: getattr(lead, key) for key in changes}
        )
        return get_active(conn, workspace_id, lead_id)

    return run_transaction(engine, work)


@requires("importer")
def delete_lead(engine: Engine, *, workspace_id: str, lead_id: UUID) -> None:
    """Soft-delete one lead. Raises NotFound where there is no such active lead: a second delete is one."""
    if not delete_leads(engine, workspace_id=workspace_id, lead_ids=[lead_id]):
        raise _lead_not_found()


@requires("importer")
def delete_leads(engine: Engine, *, workspace_id: str, lead_ids: Sequence[UUID]) -> int:
    """How many of the leads were active and are soft-deleted now. Memberships stay, the campaigns' counts go down."""
    return delete_found(engine, workspace_id=workspace_id, find=lambda _: lead_ids)


@requires("importer")
def restore_lead(engine: Engine, *, workspace_id: str, lead_id: UUID) -> LeadRecord:
    """The lead, active again with its fields as they were; an active one as it is. Raises NotFound, QuotaExceeded."""
    restore_leads(engine, workspace_id=workspace_id, lead_ids=[lead_id])
    return get_lead(engine, workspace_id=workspace_id, lead_id=lead_id)


@requires("importer")
def restore_leads(engine: Engine, *, workspace_id: str, lead_ids: Sequence[UUID]) -> int:
    """How many of the leads were soft-deleted and are active now. Raises QuotaExceeded: then none is."""
    return restore_found(engine, workspace_id=workspace_id, find=lambda _: lead_ids)


def read_lead(row: Row) -> LeadRecord:
    """A LeadRecord from a row of the table `leads`."""
    lead = Lead(*[getattr(row, name) for name in Lead._fields])
    return LeadRecord(
        id=row.id,
        lead=lead._replace(tags=tuple(lead.tags)),
        created_at=row.created_at,
        updated_at=row.updated_at,
        last_contacted_at=row.last_contacted_at,
        deleted_at=row.deleted_at,
    )


def lock_workspace(conn: Connection, workspace_id: str) -> tuple[Quota, datetime]:
    """First statement of a writing transaction: the contact limit and its use, and the transaction's time."""
    workspaces.send_lock(cursor := driver(conn).cursor(), workspace_id=workspace_id)
    row = cursor.fetchone()
    if row is None:
        raise workspace_not_found(workspace_id)
    limit, active, moment = row
    return Quota(limit, active), moment


@requires("importer")
def add_tags(engine: Engine, *, workspace_id: str, lead_ids: Sequence[UUID], tags: Sequence[str]) -> int:
    """How many of the active leads got a tag that they did not have; a lead with MAX_TAGS gets no more.

    Raises InvalidLead for a tag that none can have.
    """
    return tag_found(engine, workspace_id=workspace_id, find=lambda _: lead_ids, tags=tags)


# --- writing, for the flows that find the leads inside the transaction ----------------------------------------------


@requires("importer")
def delete_found(engine: Engine, *, workspace_id: str, find: Find) -> int:
    """delete_leads for the leads that ``find`` gives."""
    return _change_leads(engine, workspace_id, find, change=lead_queries.delete_leads, direction=-1)


@requires("importer")
def restore_found(engine: Engine, *, workspace_id: str, find: Find) -> int:
    """restore_leads for the leads that ``find`` gives."""
    return _change_leads(engine, workspace_id, find, change=lead_queries.restore_leads, direction=1)


@requires("importer")
def tag_found(engine: Engine, *, workspace_id: str, find: Find, tags: Sequence[str]) -> int:
    """add_tags for the leads that ``find`` gives."""
    wanted = _valid_lead(check_rows([{"email": "any@example.com", "tags": list(tags)}], [1])[0]).tags
    change = partial(lead_queries.add_tags, tags=wanted, max_tags=MAX_TAGS)
    return _change_leads(engine, workspace_id, find, change=change, direction=0)


def _change_leads(
    engine: Engine, workspace_id: str, find: Find, *, change: Callable[..., Sequence[UUID]], direction: int
) -> int:
    """Soft delete (direction -1), restore (1) or another change of many leads, with every counter, in one transaction."""
    tried: list[tuple[datetime, list[UUID]]] = []

    def work(conn: Connection) -> int:
        quota, moment = lock_workspace(conn, workspace_id)
        if tried:
            then, wanted = tried[-1]
            place = {"workspace_id": workspace_id, "lead_ids": wanted}
            if done := lead_queries.count_changed_at(conn, **place, moment=then, is_deleted=direction < 0):
                return done  # committed by an earlier try whose answer was lost
        wanted = sorted(set(find(conn)))
        tried.append((moment, wanted))
        changed = change(conn, workspace_id=workspace_id, lead_ids=wanted)
        if not changed or direction == 0:
            return len(changed)
        if direction > 0:
            check_quota(replace(quota, added=len(changed)))
        pg = driver(conn)
        with pg.pipeline():
            campaigns.send_count(
                pg.cursor(), workspace_id=workspace_id, lead_ids=[lead.hex for lead in changed], direction=direction
            )
            workspaces.send_added(pg.cursor(), workspace_id=workspace_id, added=direction * len(changed))
            if len(changed) > 1:  # one lead's own history tells of it
                audit_flow.send(pg.cursor(), audit_flow.new_entry(
                    "leads-deleted" if direction < 0 else "leads-restored", workspace_id=workspace_id, leads=len(changed)
                ))  # fmt: skip
        return len(changed)

    return run_transaction(engine, work)


def _no_record(_plan: Plan, _quota: Quota) -> Send:
    """A lead that is made alone leaves no import record."""
    return lambda _cursor: None


def _check_changes(stored: Lead, changes: LeadDraft) -> Lead:
    """The changed fields, cleaned, in a Lead whose other fields mean nothing. Raises InvalidLead."""
    emptied = [
        make_issue("value-required", field=key, label=FIELD_BY_KEY[key].label)
        for key in REQUIRED_FIELDS
        if key in changes and key != "email" and not clean_text(changes[key] or "")
    ]
    return _valid_lead(check_rows([{"email": stored.email, **changes}], [1])[0], emptied)


def _valid_lead(checked: CheckedRow, more: Sequence[Issue] = ()) -> Lead:
    """The lead; raises InvalidLead with all issues, which are about no row of a file."""
    issues = [replace(issue, row=None) for issue in (*checked.issues, *more)]
    if issues or checked.lead is None:
        raise InvalidLead(issues)
    return checked.lead


# --- reading ------------------------------------------------------------------------------------------------------


def get_record(conn: Connection, workspace_id: str, lead_id: UUID) -> LeadRecord:
    """A lead, active or soft-deleted, in the caller's transaction. Raises NotFound."""
    row = lead_queries.get_lead(conn, workspace_id=workspace_id, lead_id=lead_id)
    if row is None:
        raise _lead_not_found()
    return read_lead(row)


def get_active(conn: Connection, workspace_id: str, lead_id: UUID) -> LeadRecord:
    """An active lead in the caller's transaction. Raises NotFound."""
    record = get_record(conn, workspace_id, lead_id)
    if record.deleted_at is not None:
        raise _lead_not_found()
    return record


def _lead_not_found() -> NotFound:
    return NotFound("There is no such lead in this workspace.")


def workspace_not_found(workspace_id: str) -> NotFound:
    """The error that says so."""
    return NotFound("There is no workspace “{name}”.", name=workspace_id)
