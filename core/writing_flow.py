"""The heart: look up, decide and write the rows of one import (or one part of it) in the caller's transaction.

Four round trips whatever the number of rows: lock and look-up; COPY of the new leads; restores, campaign counts, the
counter and the ledger; COMMIT (by the caller). One more where soft-deleted leads were found, to read all that they hold.
Measured against other ways in design.md section 3.
"""

from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from contextlib import nullcontext
from itertools import compress
from typing import Any

from psycopg import Cursor
from pydantic_core import to_json
from sqlalchemy import Connection

from core.chunks import BLANKS_FILLED, RESTORED, CheckedChunk, Plan
from core.deciding import NO_CHOICES, count_added, decide_chunk, emails_of
from core.errors import NotFound
from core.fields import DEFAULT_STATUS
from core.ids import new_hex_ids
from core.quota import check_quota
from core.records import (
    CheckedRow,
    ImportOptions,
    Lead,
    Quota,
    RowChoices,
    StoredLead,
    make_lead,
    make_stored_lead,
)
from core.validation import UncheckedRows
from db import campaigns, leads, workspaces
from db.rows import array_literal, copy_chunk
from db.transaction import driver, work_until_answered

#: Rows checked, decided, encoded and sent in one go: the server should soon have the first to insert, and each part has a
#: price of its own.
CHUNK_ROWS = 125

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
    chunks = _Chunks(rows)
    lock = pg.cursor()
    stored, active = find_leads(
        conn, workspace_id=workspace_id, emails=emails, whole=_may_fill(options, choices),
        send_first=lambda: workspaces.send_lock(lock, workspace_id=workspace_id), meanwhile=chunks.check_ahead(),
    )  # fmt: skip
    quota, moment = _read_lock(lock, workspace_id)
    at_most = len(emails) - len(active)
    if not quota.with_added(at_most).fits:
        # Counted in earnest only where it matters. Something else may be wrong with the rows of some emails.
        valid = emails_of(rows[:]) if isinstance(rows, UncheckedRows) else emails
        at_most = count_added(
            valid, stored, active=active, options=options, confirmed=choices.confirmed, earlier=first_rows
        )  # fmt: skip
    check_quota(quota.with_added(at_most))
    plan, ids, literals = Plan(options.default_source), new_hex_ids(), TagLiterals()
    has_new = len(stored) + len(active) < len(emails)
    with pg.cursor().copy(leads.COPY_LEADS) if has_new else nullcontext() as copy:
        # While the server inserts one chunk, the next is checked, decided and encoded. Without any to insert nobody waits.
        for chunk in chunks.all(CHUNK_ROWS if has_new else max(len(rows), 1)):
            start = len(plan)
            decide_chunk(
                chunk, plan, stored, active=active, options=options, choices=choices, first_rows=first_rows, new_ids=ids
            )
            if created := plan.created_since(start):
                copy.write(copy_chunk(copy_columns(created, literals, workspace_id, moment)))
        quota = quota.with_added(plan.added)
        send_changes = _prepare_changes(plan, workspace_id)
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


def _read_lock(lock: Cursor, workspace_id: str) -> tuple[Quota, str]:
    """The contact limit, and the transaction's time."""
    row = lock.fetchone()
    if row is None:
        raise NotFound("There is no workspace “{name}”.", name=workspace_id)
    limit, active, moment = row
    return Quota(limit, active), moment.isoformat()


class _Chunks:
    """The rows of an import chunk by chunk, each checked when its turn comes, or ahead of it."""

    def __init__(self, rows: Sequence[CheckedRow] | UncheckedRows) -> None:
        self._rows = rows
        self._ahead: list[CheckedChunk] = []

    def check_ahead(self) -> Iterator[None]:
        """Check a chunk more at each step."""
        for chunk in self._check(CHUNK_ROWS):
            self._ahead.append(chunk)
            yield

    def all(self, size: int) -> Iterator[CheckedChunk]:
        """Every chunk, those that are not checked yet of so many rows."""
        yield from self._ahead
        yield from self._check(size)

    def _check(self, size: int) -> Iterator[CheckedChunk]:
        """The rows that are not checked yet."""
        for start in range(sum(map(len, self._ahead)), len(self._rows), size):
            part = slice(start, start + size)
            yield self._rows.chunk(part) if isinstance(self._rows, UncheckedRows) else CheckedChunk.of(self._rows[part])


def find_stored(
    conn: Connection,
    *,
    workspace_id: str,
    rows: Sequence[CheckedRow],
    options: ImportOptions,
    choices: RowChoices = NO_CHOICES,
) -> dict[str, StoredLead]:
    """What the workspace holds under the emails of these rows, without a lock: for a dry run."""
    stored, active = find_leads(conn, workspace_id=workspace_id, emails=emails_of(rows), whole=_may_fill(options, choices))
    return stored | {email: StoredLead(lead_id) for email, lead_id in active.items()}


def find_leads(
    conn: Connection,
    *,
    workspace_id: str,
    emails: list[str],
    whole: bool = False,
    send_first: Callable[[], object] = lambda: None,
    meanwhile: Iterable[object] = (),
) -> tuple[dict[str, StoredLead], dict[str, str]]:
    """The stored leads by these emails, with all that they hold, and of active ones, but where ``whole``, the ids alone.

    Without a lock, unless ``send_first`` takes it: it goes before, in the same round trip. ``meanwhile`` is work that is done
    step by step while the server looks, and looks again because some of the leads are soft-deleted and must be known whole.
    """
    pg, active = driver(conn), {}
    with pg.pipeline():
        send_first()
        leads.send_way(pg.cursor())
        send = leads.send_find_whole if whole else leads.send_find
        send(found := pg.cursor(), workspace_id=workspace_id, emails=emails)
        work_until_answered(pg, meanwhile)
    if not whole:
        active, deleted = leads.read_found(found)
        if not deleted:
            return {}, active
        with pg.pipeline():
            leads.send_find_whole(found := pg.cursor(), workspace_id=workspace_id, emails=deleted)
            work_until_answered(pg, meanwhile)
    ids, moments, emails, *values, tags = leads.read_whole(found)
    held = map(make_lead, zip(emails, *values, map(tuple, tags), strict=True))
    return dict(zip(emails, map(make_stored_lead, zip(ids, moments, held, strict=True)), strict=True)), active


def _may_fill(options: ImportOptions, choices: RowChoices) -> bool:
    """Whether active leads must be known whole, because their blanks may be filled."""
    return options.fill_blanks or bool(choices.filled)


def copy_columns(
    created: list[Sequence[Any]], literals: "TagLiterals", workspace_id: str, moment: str
) -> list[Sequence[str]]:
    """Those of COPY_LEADS. Column by column, because a thousand rows cell by cell take three times as long."""
    ids, emails, *texts, statuses, customs, tags = created
    moments = [moment] * len(ids)
    return [
        [workspace_id] * len(ids),
        ids,
        emails,
        *[column if all(column) else [text or "" for text in column] for column in texts],
        [status or DEFAULT_STATUS for status in statuses],
        [to_json(custom).decode() if custom else "{}" for custom in customs],
        [*map(literals.__getitem__, tags)],
        moments,
        moments,
    ]


class TagLiterals(dict[tuple[str, ...], str]):
    """Tags to array literals: most rows of a list carry the same few."""

    def __missing__(self, tags: tuple[str, ...]) -> str:
        self[tags] = literal = array_literal(tags)
        return literal


def _prepare_changes(plan: Plan, workspace_id: str) -> Send | None:
    """What sends the changes of stored leads; None where there are none."""
    rewritten = plan.rewritten
    if not rewritten.at:
        return None
    is_restored = [plan.whats[at] is RESTORED for at in rewritten.at]
    restored_ids = [stored.id for stored in compress(rewritten.stored, is_restored)]
    restored_columns = {name: _as_texts(name, compress(values, is_restored)) for name, values in rewritten.changes.items()}
    filled = [(plan.stored[at].id, plan.after[at]) for at in rewritten.at if plan.whats[at] is BLANKS_FILLED]
    filled_columns = _fill_columns(filled)

    def send(cursor: Callable[[], Cursor]) -> None:
        if restored_ids:
            leads.send_restore(cursor(), workspace_id=workspace_id, ids=restored_ids, columns=restored_columns)
            campaigns.send_count(cursor(), workspace_id=workspace_id, lead_ids=restored_ids, direction=1)
        if filled:
            leads.send_fill(cursor(), workspace_id=workspace_id, columns=filled_columns)

    return send


def _as_texts(name: str, values: Iterable[Any]) -> list[str | None]:
    return [_AS_TEXT[name](value) for value in values] if name in _AS_TEXT else [*values]


def _fill_columns(filled: Sequence[tuple[str, Lead]]) -> dict[str, list[str | None]]:
    columns: dict[str, list[str | None]] = {
        name: [getattr(lead, name) for _, lead in filled] for name in leads.FILLED_COLUMNS
    }
    columns["custom_fields"] = [to_json(lead.custom_fields).decode() for _, lead in filled]
    columns["id"] = [lead_id for lead_id, _ in filled]
    return columns
