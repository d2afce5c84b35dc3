"""The heart: look up, decide and write the rows of one import (or one part of it) in the caller's transaction.

Four round trips whatever the number of rows: lock and look-up; COPY of the new leads; restores, campaign counts, the
counter and the ledger; COMMIT (by the caller). Measured against other ways in design.md section 3.
"""

from collections.abc import Callable, Collection, MutableMapping, Sequence

from psycopg import Cursor
from pydantic_core import from_json, to_json
from sqlalchemy import Connection

from core.deciding import decide_rows, emails_of
from core.errors import NotFound
from core.fields import DEFAULT_STATUS
from core.ids import new_ids
from core.quota import check_quota
from core.records import CheckedRow, ImportOptions, Lead, Plan, Quota, RowDecision, StoredLead
from db import campaigns, leads, workspaces
from db.rows import array_literal
from db.transaction import driver

#: Writes the import's own record in the last round trip. It gets a cursor factory inside a pipeline, and the plan.
Record = Callable[[Callable[[], Cursor], Plan], None]


def write_rows(
    conn: Connection,
    *,
    workspace_id: str,
    rows: Sequence[CheckedRow],
    options: ImportOptions,
    record: Record,
    first_rows: MutableMapping[str, int] | None = None,
    skipped: Collection[int] = (),
) -> Plan:
    """The plan that was carried out, under the workspace's lock. The caller commits.

    Raises QuotaExceeded (before anything is written) and NotFound for an unknown workspace.
    """
    pg = driver(conn)
    quota, stored, moment = _lock_and_find(pg.pipeline, pg.cursor, workspace_id, emails_of(rows))
    plan = decide_rows(
        rows, stored, options=options, first_rows=first_rows, skipped=skipped, new_ids=new_ids
    )
    check_quota(Quota(quota.limit, quota.active, plan.added))
    created = [decision for decision in plan.decisions if decision.outcome == "created"]
    restored = [decision for decision in plan.decisions if decision.outcome == "restored"]
    leads.insert_leads(pg.cursor(), _copy_rows(created, workspace_id, moment))
    with pg.pipeline():
        if restored:
            columns = _restore_columns(restored)
            leads.send_restore(pg.cursor(), workspace_id=workspace_id, columns=columns)
            campaigns.send_count(pg.cursor(), workspace_id=workspace_id, lead_ids=columns["id"], direction=1)
        if plan.added:
            workspaces.send_added(pg.cursor(), workspace_id=workspace_id, added=plan.added)
        record(pg.cursor, plan)
    return plan


def find_stored(conn: Connection, *, workspace_id: str, rows: Sequence[CheckedRow]) -> dict[str, StoredLead]:
    """What the workspace holds under the emails of these rows, without a lock: for a dry run."""
    cursor = driver(conn).cursor()
    leads.send_find(cursor, workspace_id=workspace_id, emails=emails_of(rows))
    return _read_found(cursor)


def _lock_and_find(
    pipeline: Callable, cursor: Callable[[], Cursor], workspace_id: str, emails: list[str]
) -> tuple[Quota, dict[str, StoredLead], str]:
    with pipeline():
        workspaces.send_lock(lock := cursor(), workspace_id=workspace_id)
        leads.send_find(found := cursor(), workspace_id=workspace_id, emails=emails)
    row = lock.fetchone()
    if row is None:
        raise NotFound(f"There is no workspace “{workspace_id}”.")
    limit, active, moment = row
    return Quota(limit, active), _read_found(found), moment.isoformat()


def _read_found(cursor: Cursor) -> dict[str, StoredLead]:
    return {
        email: StoredLead(lead_id, deleted_at, _read_stored(stored) if stored else None)
        for email, lead_id, deleted_at, stored in cursor
    }


def _read_stored(stored_json: str) -> Lead:
    values = from_json(stored_json)
    lead = Lead(*[values[name] for name in leads.LEAD_COLUMNS])
    return lead._replace(tags=tuple(lead.tags))


def _copy_rows(created: Sequence[RowDecision], workspace_id: str, moment: str) -> list[list[str]]:
    rows = []
    for decision in created:
        lead = decision.lead
        assert lead is not None
        *texts, status, custom_fields, tags = lead
        rows.append(
            [
                workspace_id,
                str(decision.lead_id),
                *[text or "" for text in texts],
                status or DEFAULT_STATUS,
                to_json(custom_fields).decode() if custom_fields else "{}",
                array_literal(tags) if tags else "{}",
                moment,
                moment,
            ]
        )
    return rows


def _restore_columns(restored: Sequence[RowDecision]) -> dict[str, list[str | None]]:
    merged = [decision.lead for decision in restored]
    columns: dict[str, list[str | None]] = {
        name: [getattr(lead, name) for lead in merged] for name in leads.MERGED_COLUMNS
    }
    columns["custom_fields"] = [to_json(lead.custom_fields).decode() for lead in merged if lead]
    columns["tags"] = [array_literal(lead.tags) for lead in merged if lead]
    columns["id"] = [str(decision.lead_id) for decision in restored]
    return columns
