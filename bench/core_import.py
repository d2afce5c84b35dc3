"""A whole import of 1000 rows through core, ledger included, as a ratio to a bare COPY of the same 1000 rows.

The bare COPY gets its bytes ready-made and checks nothing: one transaction, one COPY, one COMMIT. The import starts
from drafts: cleaning, validation, lock, look-up, decisions, writing, campaign counts, counter, ledger, COMMIT.
"""

from argparse import Namespace
from collections.abc import Callable
from uuid import uuid4

from sqlalchemy import Engine, text

from bench.measuring import BESIDE_COPY, Way, beside_copy
from bench.people import make_drafts
from bench.results import Table
from core.chunks import Plan
from core.deciding import NO_CHOICES, decide_chunk
from core.ids import new_hex_ids, new_id
from core.records import ImportOptions, LeadDraft
from core.request_flow import import_leads
from core.validation import UncheckedRows
from core.writing_flow import CHUNK_ROWS, TagLiterals, copy_columns
from db import leads, workspaces
from db.rows import copy_chunk
from db.transaction import driver

ROWS = 1000
LIMIT = 2_000_000_000
TITLE = "core import of 1000 rows, ledger included"
GOALS = {"all new": "1.7", "half duplicates": "1.3", "30 % restores × 3 campaigns": "2.1", "all duplicates": "0.7"}


def measure(engine: Engine, options: Namespace) -> Table:
    """Ratios to the bare COPY by scenario."""
    ways: dict[str, Way] = {
        "all new": lambda n: prepare_import(engine),
        "half duplicates": lambda n: prepare_import(engine, active=ROWS // 2),
        "30 % restores × 3 campaigns": lambda n: prepare_import(engine, deleted=ROWS * 3 // 10),
        "all duplicates": lambda n: prepare_import(engine, active=ROWS),
    }
    # Each beside its own bare COPY: the dead rows and dirty pages that one way leaves must not weigh on another.
    rows = [beside_copy(options.rounds, lambda n: prepare_bare_copy(engine), *way) for way in ways.items()]
    return Table([*BESIDE_COPY, "goal"], [[*row, GOALS[row[0]]] for row in rows])


def prepare_bare_copy(engine: Engine) -> Callable[[], None]:
    """A bare COPY of ROWS new leads into a workspace of its own."""
    return prepare_copy(engine, make_workspace(engine), make_drafts(ROWS, uuid4().hex[:8]))


def prepare_copy(engine: Engine, workspace_id: str, drafts: list[LeadDraft]) -> Callable[[], None]:
    """A bare COPY of these leads."""
    rows, plan, ids = UncheckedRows(drafts, range(2, len(drafts) + 2)), Plan(), new_hex_ids()
    chunks = []
    for start in range(0, len(drafts), CHUNK_ROWS):
        chunk = rows.chunk(slice(start, start + CHUNK_ROWS))
        decide_chunk(chunk, plan, {}, options=ImportOptions(), choices=NO_CHOICES, first_rows={}, new_ids=ids)
        chunks.append(copy_chunk(copy_columns(plan.created_since(start), TagLiterals(), workspace_id, "2026-01-01T00:00:00+00:00")))

    def run() -> None:
        with engine.begin() as conn, driver(conn).cursor().copy(leads.COPY_LEADS) as copy:
            for chunk in chunks:
                copy.write(chunk)

    return run


def prepare_import(engine: Engine, *, active: int = 0, deleted: int = 0) -> Callable[[], None]:
    """An import of ROWS drafts, of which the first are active or soft-deleted leads of the workspace already."""
    workspace_id = make_workspace(engine)
    drafts = make_drafts(ROWS, uuid4().hex[:8])
    if active or deleted:
        import_drafts(engine, workspace_id, drafts[: active + deleted])
    if deleted:
        delete_all_with_campaigns(engine, workspace_id)
    return lambda: import_drafts(engine, workspace_id, drafts)


def import_drafts(engine: Engine, workspace_id: str, drafts: list[LeadDraft]) -> None:
    """One import as the API does it: one transaction with record, part and ledger."""
    import_leads(engine, workspace_id=workspace_id, drafts=drafts, options=ImportOptions(), created_by="bench")


def make_workspace(engine: Engine) -> str:
    """A new, empty workspace."""
    workspace_id = f"bench-{uuid4().hex[:12]}"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=workspace_id, name=workspace_id, contact_limit=LIMIT)
    return workspace_id


def delete_all_with_campaigns(engine: Engine, workspace_id: str) -> None:
    """Make every lead of the workspace a member of three campaigns, and soft-delete it."""
    campaign_ids = [new_id() for _ in range(3)]
    with engine.begin() as conn:
        for campaign_id in campaign_ids:
            place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
            conn.execute(
                text(
                    "INSERT INTO campaigns (workspace_id, id, name, status, total_leads, created_at, updated_at) "
                    "VALUES (:workspace_id, :campaign_id, 'bench', 'active', 0, now(), now())"
                ),
                place,
            )
            conn.execute(
                text(
                    "INSERT INTO campaign_memberships (workspace_id, campaign_id, lead_id, created_at) "
                    "SELECT workspace_id, :campaign_id, id, now() FROM leads WHERE workspace_id = :workspace_id"
                ),
                place,
            )
        conn.execute(
            text("UPDATE leads SET deleted_at = now() WHERE workspace_id = :workspace_id"),
            {"workspace_id": workspace_id},
        )
        conn.execute(
            text("UPDATE workspaces SET active_leads = 0 WHERE id = :workspace_id"), {"workspace_id": workspace_id}
        )
