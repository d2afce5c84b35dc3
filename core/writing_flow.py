"""The heart: look up, decide and write the rows of one import (or one part of it) in the caller's transaction.

Four round trips whatever the number of rows: lock and look-up; COPY of the new leads; restores, campaign counts, the
counter and the ledger; COMMIT (by the caller). Measured against other ways in design.md section 3.
"""

from collections.abc import Callable, MutableMapping, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import repeat
from typing import Any

from psycopg import Cursor
from pydantic_core import to_json
from sqlalchemy import Connection

from core.deciding import NO_CHOICES, count_added, decide_each, emails_of
from core.errors import NotFound
from core.fields import DEFAULT_STATUS
from core.ids import new_hex_ids
from core.merging import changed_columns
from core.quota import check_quota
from core.records import (
    FILLED,
    CheckedRow,
    ImportOptions,
    Plan,
    Quota,
    RowChoices,
    RowDecision,
    StoredLead,
    make_stored_lead,
    read_lead,
)
from core.validation import UncheckedRows
from db import campaigns, leads, workspaces
from db.rows import array_literal, copy_chunk
from db.sessions import AnsweredConnection
from db.transaction import driver

#: Rows checked, decided, encoded and sent in one go: the server should soon have the first to insert, and each part has a
#: price of its own.
CHUNK_ROWS = 200

#: How the values of a lead that are no texts are written.
_AS_TEXT: dict[str, Callable[[Any], str]] = {
    "custom_fields": lambda custom: to_json(custom).decode(),
    "tags": array_literal,
}

#: Sends statements; gets a cursor factory inside a pipeline.
Send = Callable[[Callable[[], Cursor]], None]
#: Prepares the import's own record from the plan and the quota (the plan's places included), while the server is busy, and
#: gives back what sends it in the last round trip.
Record = Callable[[Plan, Quota], Send]


def write_rows(
    conn: Connection,
    *,
    workspace_id: str,
    rows: Sequence[CheckedRow] | UncheckedRows,
    options: ImportOptions,
    record: Record,
    choices: RowChoices = NO_CHOICES,
    first_rows: MutableMapping[str, int] | None = None,
) -> Plan:
    """The plan that was carried out, under the workspace's lock. The caller commits.

    Raises QuotaExceeded (before anything is written) and NotFound for an unknown workspace.
    """
    pg = driver(conn)
    first_rows = {} if first_rows is None else first_rows
    emails = rows.emails if isinstance(rows, UncheckedRows) else emails_of(rows, choices.left_out)
    quota, stored, moment = _lock_and_find(pg, workspace_id, emails, whole=_may_fill(options, choices))
    count = partial(count_added, stored=stored, options=options, confirmed=choices.confirmed, earlier=first_rows)
    at_most = count(emails)
    if isinstance(rows, UncheckedRows) and not quota.with_added(at_most).fits:
        rows = rows[:]  # something else may be wrong with some of them
        at_most = count(emails_of(rows))
    check_quota(quota.with_added(at_most))
    may_create = len(stored) < len(emails)
    step = CHUNK_ROWS if may_create else max(len(rows), 1)
    ids = new_hex_ids()
    decisions: list[RowDecision] = []
    with pg.cursor().copy(leads.COPY_LEADS) if may_create else nullcontext() as copy:
        # While the server inserts one chunk, the next is checked, decided and encoded.
        for start in range(0, len(rows), step):
            chunk = decide_each(
                rows[start : start + step], stored, options=options, choices=choices, first_rows=first_rows, new_ids=ids
            )
            decisions += chunk
            created = [decision for decision in chunk if decision.outcome == "created"]
            if created:
                copy.write(copy_chunk(_copy_columns(created, workspace_id, moment)))
        plan = Plan(tuple(decisions))
        quota = quota.with_added(plan.added)
        send_changes = _prepare_changes(decisions, workspace_id)
        # The server is busy with new leads now, or will be with stored ones: the ledger is made meanwhile.
        send_record = None if send_changes else record(plan, quota)
    assert plan.added <= at_most, "the contact limit was checked for another number"
    with pg.pipeline():
        if send_changes:
            send_changes(pg.cursor)
        if plan.added:
            workspaces.send_added(pg.cursor(), workspace_id=workspace_id, added=plan.added)
        send_record = send_record or record(plan, quota)
        send_record(pg.cursor)
    return plan


def find_stored(
    conn: Connection,
    *,
    workspace_id: str,
    rows: Sequence[CheckedRow],
    options: ImportOptions,
    choices: RowChoices = NO_CHOICES,
) -> dict[str, StoredLead]:
    """What the workspace holds under the emails of these rows, without a lock: for a dry run."""
    return find_leads(conn, workspace_id=workspace_id, emails=emails_of(rows), whole=_may_fill(options, choices))


def find_leads(conn: Connection, *, workspace_id: str, emails: list[str], whole: bool = False) -> dict[str, StoredLead]:
    """The stored leads by these emails, without a lock; where ``whole``, active ones too with all that they hold."""
    pg = driver(conn)
    with pg.pipeline():
        read_found = leads.send_find(pg.cursor, workspace_id=workspace_id, emails=emails, whole=whole)
    return _stored_by_email(read_found())


def _may_fill(options: ImportOptions, choices: RowChoices) -> bool:
    """Whether active leads must be known whole, because their blanks may be filled."""
    return options.fill_blanks or bool(choices.filled)


def _lock_and_find(
    pg: AnsweredConnection, workspace_id: str, emails: list[str], *, whole: bool
) -> tuple[Quota, dict[str, StoredLead], str]:
    with pg.pipeline():
        workspaces.send_lock(lock := pg.cursor(), workspace_id=workspace_id)
        read_found = leads.send_find(pg.cursor, workspace_id=workspace_id, emails=emails, whole=whole)
    row = lock.fetchone()
    if row is None:
        raise NotFound("There is no workspace “{name}”.", name=workspace_id)
    limit, active, moment = row
    return Quota(limit, active), _stored_by_email(read_found()), moment.isoformat()


def _stored_by_email(found: leads.FoundLeads) -> dict[str, StoredLead]:
    active_leads = map(make_stored_lead, zip(found.active_ids, repeat(None), repeat(None)))
    stored = dict(zip(found.active_emails, active_leads, strict=True))
    for lead_id, deleted_at, values in found.whole:
        lead = read_lead(values)
        stored[lead.email] = StoredLead(lead_id, deleted_at, lead)
    return stored


def _copy_columns(created: Sequence[RowDecision], workspace_id: str, moment: str) -> list[Sequence[str]]:
    """Column by column, because a thousand rows cell by cell take three times as long."""
    *texts, statuses, customs, tags = zip(*[decision.lead for decision in created], strict=True)
    moments = [moment] * len(created)
    return [
        [workspace_id] * len(created),
        [decision.lead_id for decision in created],
        *[column if all(column) else [text or "" for text in column] for column in texts],
        [status or DEFAULT_STATUS for status in statuses],
        [to_json(custom).decode() if custom else "{}" for custom in customs],
        _tag_literals(tags),
        moments,
        moments,
    ]


def _tag_literals(tags: Sequence[tuple[str, ...]]) -> list[str]:
    literals = {names: array_literal(names) for names in {*tags}}  # most rows of a list carry the same few tags
    return [literals[names] for names in tags]


def _prepare_changes(decisions: Sequence[RowDecision], workspace_id: str) -> Send | None:
    """What sends the changes of stored leads; None where there are none."""
    restored = [decision for decision in decisions if decision.outcome == "restored"]
    filled = [decision for decision in decisions if decision.code == FILLED]
    if not (restored or filled):
        return None
    restored_ids, restored_columns = _restore_columns(restored)
    filled_columns = _fill_columns(filled)

    def send(cursor: Callable[[], Cursor]) -> None:
        if restored:
            leads.send_restore(cursor(), workspace_id=workspace_id, ids=restored_ids, columns=restored_columns)
            campaigns.send_count(cursor(), workspace_id=workspace_id, lead_ids=restored_ids, direction=1)
        if filled:
            leads.send_fill(cursor(), workspace_id=workspace_id, columns=filled_columns)

    return send


def _restore_columns(restored: Sequence[RowDecision]) -> tuple[list[str], dict[str, list[str | None]]]:
    """The ids, and as texts the values of the columns in which any of the leads changes."""
    before = [decision.stored.lead for decision in restored if decision.stored and decision.stored.lead]
    after = [decision.lead for decision in restored if decision.lead]
    columns: dict[str, list[str | None]] = {
        name: [_AS_TEXT[name](value) for value in values] if name in _AS_TEXT else [*values]
        for name, values in changed_columns(before, after).items()
    }
    return [decision.lead_id for decision in restored if decision.lead_id], columns


def _fill_columns(filled: Sequence[RowDecision]) -> dict[str, list[str | None]]:
    after = [decision.lead for decision in filled]
    columns: dict[str, list[str | None]] = {name: [getattr(lead, name) for lead in after] for name in leads.FILLED_COLUMNS}
    columns["custom_fields"] = [to_json(lead.custom_fields).decode() for lead in after if lead]
    columns["id"] = [decision.lead_id for decision in filled]
    return columns
