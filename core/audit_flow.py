"""The audit log: who did what, when, from where. An entry is written in the transaction of what it tells of.

So there is none for what did not happen, and what happened has one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Cursor
from pydantic_core import to_json
from sqlalchemy import Connection, Engine

from core.access import Kind, current_actor, requires
from core.ids import new_id
from core.issues import storable_text
from core.safe_csv import write_csv
from db import audit

#: Everything that is told, in groups that somebody looks for. Once stored an action is never renamed.
ACTION_GROUPS: dict[str, tuple[str, ...]] = {
    "imports": (
        "import-started", "import-resumed", "import-cancelled", "import-stopped", "import-finished", "import-undone",
        "import-redone", "draft-deleted",
    ),
    "leads": ("leads-deleted", "leads-restored", "leads-exported"),
    "members": ("member-added", "member-changed", "member-removed"),
    "keys": ("key-created", "key-revoked"),
    "settings": ("limit-changed", "settings-changed", "preset-renamed", "preset-changed", "preset-deleted", "workspace-created"),
}  # fmt: skip
ACTIONS = frozenset(action for actions in ACTION_GROUPS.values() for action in actions)

CSV_HEADER = ("Time (UTC)", "Who", "Kind", "Address", "Action", "Subject", "Details")
#: Lines of one CSV: a year of a busy workspace, and about 20 MB.
MAX_CSV_LINES = 100_000

Details = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the log. ``address`` is None where the action came from the server itself."""

    id: UUID
    at: datetime
    actor: str
    actor_kind: Kind
    address: str | None
    action: str
    subject: str
    details: Details


def new_entry(action: str, *, workspace_id: str, subject: str = "", **details: str | int | bool | None) -> dict[str, Any]:
    """An entry of the current actor, to be appended. Make it outside of the transaction's tries: its id makes it once."""
    assert action in ACTIONS, action
    actor = current_actor()
    stored = {name: storable_text(told) if isinstance(told, str) else told for name, told in details.items()}
    return {
        "workspace_id": workspace_id,
        "id": new_id(),
        "actor": actor.name,
        "actor_kind": actor.kind,
        "address": actor.address,
        "action": action,
        "subject": storable_text(subject),
        "details": to_json(stored).decode(),
    }


def append(conn: Connection, entry: Mapping[str, Any]) -> None:
    """Write the entry in the caller's transaction. Doing so again changes nothing."""
    audit.insert_entry(conn, values=entry)


def send(cursor: Cursor, entry: Mapping[str, Any]) -> None:
    """Send the entry in a pipeline of the caller's transaction."""
    audit.send_entry(cursor, values=entry)


@requires("admin")
def list_entries(
    engine: Engine,
    *,
    workspace_id: str,
    group: str | None = None,
    actor: str = "",
    before: UUID | None = None,
    limit: int = 200,
) -> list[AuditEntry]:
    """The workspace's entries, newest first: of one group of actions, by actors with this in their name, older than an entry."""
    actions = ACTION_GROUPS[group] if group else ()
    wanted = {"actions": actions, "actor": storable_text(actor.strip()), "before": before, "limit": limit}
    with engine.connect() as conn:
        return [_read(row) for row in audit.list_entries(conn, workspace_id=workspace_id, **wanted)]


@requires("admin")
def entries_csv(engine: Engine, *, workspace_id: str, group: str | None = None, actor: str = "") -> bytes:
    """The same entries as CSV, safe to open in a spreadsheet; at most MAX_CSV_LINES."""
    entries = list_entries(engine, workspace_id=workspace_id, group=group, actor=actor, limit=MAX_CSV_LINES)
    return write_csv(CSV_HEADER, map(_csv_line, entries))


def _csv_line(entry: AuditEntry) -> Sequence[str]:
    details = "; ".join(f"{name}: {value}" for name, value in entry.details.items())
    time = f"{entry.at:%Y-%m-%d %H:%M:%S}"
    return (time, entry.actor, entry.actor_kind, entry.address or "", entry.action, entry.subject, details)


def _read(row: Any) -> AuditEntry:
    return AuditEntry(
        row.id, row.at, row.actor, row.actor_kind, row.address, row.action, row.subject, row.details
    )
