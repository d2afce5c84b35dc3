"""A workspace's webhook: set, tried out, and called by the job queue after each import, until it answers or a day is over.

The job is queued in the import's own transaction, so an import that happened is announced, and one that did not is not.
"""

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Cursor
from sqlalchemy import Connection, Engine

from core import audit_flow
from core.access import requires
from core.errors import InvalidValues, NotFound
from core.ids import new_id
from core.issues import make_issue
from core.record_flow import get_record
from core.webhooks import (
    SIGNATURE_HEADER,
    NotDelivered,
    deliver,
    describe_import,
    find_fault,
    make_body,
    new_secret,
    sign,
)
from db import jobs, webhooks
from db.transaction import driver, run_transaction

#: The name of the job in the queue.
CALL_WEBHOOK = "call_webhook"
#: Tries of one call: after 5 s, 25 s, 2 min, 10 min, 52 min, 4 h and 22 h.
MAX_TRIES, WAIT_FACTOR = 8, 5


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where calls go. ``last_answer`` says how the last one went, in a few words; None before the first."""

    url: str
    created_at: datetime
    last_at: datetime | None = None
    last_answer: str | None = None


def is_private_allowed() -> bool:
    """Whether calls may go to loopback and private addresses, and without TLS: LEAD_IMPORT_WEBHOOK_ALLOW_PRIVATE=1."""
    return os.environ.get("LEAD_IMPORT_WEBHOOK_ALLOW_PRIVATE") == "1"


@requires("admin")
def get_webhook(engine: Engine, *, workspace_id: str) -> Webhook | None:
    """The webhook without its secret; None where there is none."""
    with engine.connect() as conn:
        row = webhooks.get_webhook(conn, workspace_id=workspace_id)
    return Webhook(row.url, row.created_at, row.last_at, row.last_answer) if row else None


@requires("admin")
def set_webhook(engine: Engine, *, workspace_id: str, url: str) -> str:
    """The secret that calls are signed with from now on: told this once. Raises InvalidValues for an address that cannot be."""
    url = url.strip()
    if fault := find_fault(url, allow_private=is_private_allowed()):
        raise InvalidValues([make_issue("webhook-address", field="url", value=url, why=fault)])
    secret = new_secret()
    entry = audit_flow.new_entry("settings-changed", workspace_id=workspace_id, subject="webhook", url=url)

    def work(conn: Connection) -> None:
        webhooks.put_webhook(conn, workspace_id=workspace_id, url=url, secret=secret)
        audit_flow.append(conn, entry)

    run_transaction(engine, work)
    return secret


@requires("admin")
def remove_webhook(engine: Engine, *, workspace_id: str) -> None:
    """No more calls, those that wait included."""
    entry = audit_flow.new_entry("settings-changed", workspace_id=workspace_id, subject="webhook", url=None)

    def work(conn: Connection) -> None:
        if webhooks.delete_webhook(conn, workspace_id=workspace_id):
            audit_flow.append(conn, entry)

    run_transaction(engine, work)


@requires("admin")
def try_webhook(engine: Engine, *, workspace_id: str) -> Webhook:
    """The webhook after a call for trying it out, made here and now. Raises NotFound where there is none."""
    with suppress(NotDelivered):  # it is kept, and told like every answer
        call_webhook(engine, workspace_id=workspace_id, event="test", delivery=str(new_id()))
    found = get_webhook(engine, workspace_id=workspace_id)
    if found is None:
        raise NotFound("This workspace has no webhook.")
    return found


def announce(
    conn: Connection, event: str, *, workspace_id: str, import_id: UUID, found: Cursor | None = None
) -> None:
    """Queue the call in the transaction of what it tells of, where the workspace has a webhook.

    ``found`` is the cursor of webhooks.send_find where the caller's pipeline has asked already.
    """
    if found is None:
        webhooks.send_find(found := driver(conn).cursor(), workspace_id=workspace_id)
    if found.fetchone():
        delivery = str(new_id())
        jobs.defer(
            conn, CALL_WEBHOOK, lock=delivery, workspace_id=workspace_id, event=event, import_id=str(import_id), delivery=delivery
        )


@requires("importer")
def call_webhook(engine: Engine, *, workspace_id: str, event: str, delivery: str, import_id: str | None = None) -> None:
    """Make one call and keep how it went; one that is not there any more is not called.

    Raises NotDelivered: the queue tries again.
    """
    with engine.connect() as conn:
        row = webhooks.get_webhook(conn, workspace_id=workspace_id)
        told = {"import": describe_import(get_record(conn, workspace_id, UUID(import_id)))} if import_id else {}
    if row is None:
        return
    body = make_body(event, workspace_id=workspace_id, told=told)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Lead-Import",
        "X-Lead-Import-Event": event,
        "X-Lead-Import-Delivery": delivery,
        SIGNATURE_HEADER: sign(body, secret=row.secret, moment=int(time.time())),
    }
    try:
        answer = f"answered {deliver(row.url, body, headers, allow_private=is_private_allowed())}"
    except NotDelivered as fault:
        _note(engine, workspace_id, str(fault))
        raise
    _note(engine, workspace_id, answer)


def _note(engine: Engine, workspace_id: str, answer: str) -> None:
    with engine.begin() as conn:
        webhooks.note_call(conn, workspace_id=workspace_id, values={"last_answer": answer})
