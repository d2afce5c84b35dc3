"""An import that comes as one request: checked, decided, written and answered in one transaction (contract.md section 3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from psycopg import Cursor
from sqlalchemy import Connection, Engine

from core import audit_flow
from core.access import requires
from core.chunks import Plan
from core.deciding import decide_rows
from core.errors import IdempotencyKeyReused, NotFound, TooManyRows
from core.ids import import_id_text, new_id
from core.ledger import encode_ledger
from core.quota import check_quota
from core.record_flow import count_columns, options_json
from core.records import CheckedRow, ImportOptions, LeadDraft, Quota
from core.refusing_flow import write_accepted
from core.validation import UncheckedRows
from core.webhook_flow import announce
from core.writing_flow import Send, find_stored, write_rows
from db import idempotency as answers
from db import imports, webhooks, workspaces
from db.transaction import driver, run_transaction

#: contract.md section 3: 1 to 1000 leads.
MAX_REQUEST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class ImportAnswer:
    """What a request did or, in a dry run, would do. ``import_id`` is None for a dry run.

    Rows are counted from 1, as they stand in the request. ``remaining`` are the places left in the contact limit.
    """

    import_id: UUID | None
    plan: Plan
    remaining: int


class KeptAnswer(NamedTuple):
    """The answer that is kept under an idempotency key, ``is_repeat`` where an earlier request got it first."""

    content: bytes
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The request's idempotency key, its body's digest, and how its answer becomes the bytes that are kept."""

    key: str
    body_sha256: bytes
    encode: Callable[[ImportAnswer], bytes]


@requires("importer")
def import_leads(
    engine: Engine,
    *,
    workspace_id: str,
    drafts: Sequence[LeadDraft],
    options: ImportOptions,
    created_by: str,
    idempotency: Idempotency | None = None,
    dry_run: bool = False,
) -> ImportAnswer | KeptAnswer:
    """The answer; with ``idempotency`` as the bytes that are kept. All or nothing: whatever is raised, nothing is written.

    A dry run writes nothing, and neither asks for nor keeps an idempotency key. Only answers to imports that were
    carried out are kept: a refusal wrote nothing, so the same key may be tried again.

    Raises TooManyRows, IdempotencyKeyReused, QuotaExceeded, and NotFound for an unknown workspace.
    """
    if not 1 <= len(drafts) <= MAX_REQUEST_ROWS:
        raise too_many_rows(len(drafts))
    rows = UncheckedRows(drafts, range(1, len(drafts) + 1))
    if dry_run:
        return _try_out(engine, workspace_id, rows[:], options)
    writing = _Writing(workspace_id, new_id(), rows, options, created_by, idempotency)

    def write(accepted: Sequence[CheckedRow]) -> ImportAnswer | KeptAnswer:
        writing.rows = accepted
        return run_transaction(engine, writing.work)

    return write_accepted(engine, rows, write, workspace_id=workspace_id, options=options)


def too_many_rows(count: int) -> TooManyRows:
    """The exception for a request of that many leads."""
    return TooManyRows(
        "A request takes 1 to {limit} leads; this one has {count}.", limit=MAX_REQUEST_ROWS, count=count
    )


def _try_out(
    engine: Engine, workspace_id: str, rows: Sequence[CheckedRow], options: ImportOptions
) -> ImportAnswer:
    with engine.connect() as conn:
        workspace = workspaces.get_workspace(conn, workspace_id=workspace_id)
        stored = find_stored(conn, workspace_id=workspace_id, rows=rows, options=options)
    if workspace is None:
        raise NotFound("There is no workspace “{name}”.", name=workspace_id)
    plan = decide_rows(rows, stored, options=options)
    quota = Quota(workspace.contact_limit, workspace.active_leads, plan.added)
    check_quota(quota)
    return ImportAnswer(None, plan, _remaining(quota))


@dataclass(slots=True)
class _Writing:
    """One request's writing, which may take several tries."""

    workspace_id: str
    import_id: UUID
    rows: UncheckedRows
    options: ImportOptions
    created_by: str
    idempotency: Idempotency | None
    #: What an earlier try wrote, up to a COMMIT whose outcome is unknown.
    written: ImportAnswer | KeptAnswer | None = None
    #: Whether the workspace has a webhook, asked on the way.
    webhook: Cursor | None = None

    def work(self, conn: Connection) -> ImportAnswer | KeptAnswer:
        # The first try of a request without an idempotency key has nothing to look for, and saves the round trip.
        if (self.idempotency or self.written) and (earlier := self._find_earlier(conn)):
            return earlier
        write_rows(
            conn, workspace_id=self.workspace_id, rows=self.rows, options=self.options, record=self._prepare_record
        )
        assert self.written is not None  # by the record
        announce(
            conn, "import.finished", workspace_id=self.workspace_id, import_id=self.import_id, found=self.webhook
        )
        return self.written

    def _find_earlier(self, conn: Connection) -> ImportAnswer | KeptAnswer | None:
        """The answer of an earlier try, or of an earlier request with the same key. Takes the lock: then it is over."""
        pg = driver(conn)
        found = pg.cursor(binary=True)
        with pg.pipeline():
            workspaces.send_lock(pg.cursor(), workspace_id=self.workspace_id)
            if self.idempotency:
                answers.send_find(found, workspace_id=self.workspace_id, key=self.idempotency.key)
        if self.written and imports.get_import(conn, workspace_id=self.workspace_id, import_id=self.import_id):
            return self.written
        kept = found.fetchone() if self.idempotency else None
        if kept is None or self.idempotency is None:
            return None
        body_sha256, answer = kept
        if body_sha256 != self.idempotency.body_sha256:
            raise IdempotencyKeyReused
        return KeptAnswer(answer, is_repeat=True)

    def _prepare_record(self, plan: Plan, quota: Quota) -> Send:
        """Record, only part, ledger and kept answer, sent in the last round trip."""
        counts, ledger = count_columns(plan), encode_ledger(plan)
        place = {"workspace_id": self.workspace_id, "import_id": self.import_id, "row_count": len(plan)}
        answer = ImportAnswer(self.import_id, plan, _remaining(quota))
        idempotency = self.idempotency
        kept = KeptAnswer(idempotency.encode(answer), is_repeat=False) if idempotency else None
        self.written = kept or answer
        entry = audit_flow.new_entry(
            "import-finished", workspace_id=self.workspace_id, import_id=import_id_text(self.import_id), rows=len(plan)
        )

        def send(cursor: Callable[[], Cursor]) -> None:
            imports.send_finished_import(
                cursor(), **place, counts=counts, door="api", created_by=self.created_by,
                options=options_json(self.options),
            )  # fmt: skip
            imports.send_part(cursor(), **place, counts=counts, part_no=1, ledger=ledger)
            audit_flow.send(cursor(), entry)
            webhooks.send_find(webhook := cursor(), workspace_id=self.workspace_id)
            self.webhook = webhook
            if idempotency and kept:
                answers.send_insert(
                    cursor(), workspace_id=self.workspace_id, key=idempotency.key,
                    body_sha256=idempotency.body_sha256, answer=kept.content,
                )  # fmt: skip
                answers.send_forget_old(cursor(), workspace_id=self.workspace_id)

        return send


def _remaining(quota: Quota) -> int:
    return max(quota.limit - quota.active - quota.added, 0)
