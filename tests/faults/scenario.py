"""One import with every kind of row, what its workspace holds before and after, and what a fault did to it."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from core import ids
from core.ledger import decode_ledger
from core.safe_csv import write_csv
from db import check, workspaces
from tests.factories import DELETED_AT, LONG_AGO, make_ready, numbered

MAPPING = {"Email": "email", "First name": "first_name", "Company": "company", "Notes": "notes", "Tags": "tags"}
CAMPAIGNS = ("Spring", "Autumn")


class Emails(NamedTuple):
    """Who is in the workspace before (active, soft-deleted) and who is new, in a file of so many rows."""

    held: list[str]
    back: list[str]
    new: list[str]


@cache
def emails_for(size: int) -> Emails:
    shares = {"held": 0.15, "back": 0.15, "new": 0.6}
    return Emails(**{name: numbered(name, int(size * share)) for name, share in shares.items()})


@cache
def rows_for(size: int) -> list[list[str]]:
    """Rows of every outcome, mixed: new, held, soft-deleted, seen before in the file, invalid."""
    emails = emails_for(size)
    good = [*emails.held, *emails.back, *emails.new]
    repeated = [email.upper() for email in emails.new[: int(size * 0.05)]]
    bad = [f"not an address {i}" for i in range(size - len(good) - len(repeated))]
    rows = [
        [email, f"Name {i % 83}", f"Company {i % 97}", f"line {i}\twith “odd” characters \\ é", "fair, 2024"]
        for i, email in enumerate([*good, *repeated, *bad])
    ]
    random.Random(size).shuffle(rows)  # always the same: the faults vary, the file does not
    return rows


@cache
def file_for(size: int) -> bytes:
    return write_csv(list(MAPPING), rows_for(size))


@cache
def leads_for(size: int) -> list[dict[str, Any]]:
    """The same rows as the API takes them."""
    return [
        {"email": email, "firstName": name, "company": company, "notes": notes, "tags": tags.split(", ")}
        for email, name, company, notes, tags in rows_for(size)
    ]


def fill_workspace(engine: Engine, *, size: int, contact_limit: int = 1_000_000) -> str:
    """A new workspace as it is before the import: active leads, soft-deleted ones in two campaigns, and bystanders."""
    workspace_id = f"faults-{ids.new_id().hex}"
    held, back, _ = emails_for(size)
    bystanders = [f"bystander{i}@example.org" for i in range(20)]
    leads = [(email, None) for email in (*held, *bystanders)] + [(email, DELETED_AT) for email in back]
    new_ids = [ids.new_id() for _ in leads]
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=workspace_id, name=workspace_id, contact_limit=contact_limit)
        conn.execute(
            text(
                "INSERT INTO leads (workspace_id, id, email, first_name, source, status, custom_fields, tags,"
                " created_at, updated_at, deleted_at) SELECT :w, id, email, 'Before', 'manual', 'active',"
                " '{\"kept\": 1}', '{old}', :then, :then, deleted_at"
                " FROM unnest(CAST(:ids AS uuid[]), CAST(:emails AS text[]), CAST(:deleted AS timestamptz[]))"
                " AS lead (id, email, deleted_at)"
            ),
            {
                "w": workspace_id, "then": LONG_AGO, "ids": new_ids, "emails": [email for email, _ in leads],
                "deleted": [deleted for _, deleted in leads],
            },
        )  # fmt: skip
        conn.execute(
            text("UPDATE workspaces SET active_leads = :n WHERE id = :w"),
            {"w": workspace_id, "n": len(held) + len(bystanders)},
        )
        for name in CAMPAIGNS:
            campaign_id = ids.new_id()
            conn.execute(
                text(
                    "INSERT INTO campaigns (workspace_id, id, name, status, total_leads, created_at, updated_at)"
                    " VALUES (:w, :id, :name, 'active', :total, :then, :then)"
                ),
                {"w": workspace_id, "id": campaign_id, "name": name, "then": LONG_AGO, "total": len(bystanders)},
            )
            conn.execute(
                text(
                    "INSERT INTO campaign_memberships (workspace_id, campaign_id, lead_id, created_at)"
                    " SELECT workspace_id, :id, id, :then FROM leads WHERE workspace_id = :w"
                    " AND (deleted_at IS NOT NULL OR email LIKE 'bystander%')"
                ),
                {"w": workspace_id, "id": campaign_id, "then": LONG_AGO},
            )
    return workspace_id


def make_import(engine: Engine, workspace_id: str, *, size: int) -> UUID:
    """The file uploaded and mapped; it only waits for its button."""
    return make_ready(engine, workspace_id, file_for(size), MAPPING).id


def forget_workspace(engine: Engine, workspace_id: str) -> None:
    """So that a thousand faults do not fill the disk."""
    names = ("campaign_memberships", "campaigns", "import_parts", "import_files", "imports", "mapping_presets",
             "idempotency_keys", "api_keys", "leads")  # fmt: skip
    with engine.begin() as conn:
        for name in names:
            conn.execute(text(f"DELETE FROM {name} WHERE workspace_id = :w"), {"w": workspace_id})
        conn.execute(text("DELETE FROM workspaces WHERE id = :w"), {"w": workspace_id})


# --- what is there --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holding:
    """All that a workspace holds at one moment, without ids and times, so that two runs can be compared."""

    #: email -> fields, and whether the lead is active; an email that is there twice is in ``doubled``.
    leads: dict[str, tuple]
    is_active: dict[str, bool]
    doubled: list[str]
    memberships: frozenset[tuple[str, str]]
    campaign_totals: dict[str, int]
    active_leads: int
    #: (state, counts, parts done, parts) of every import.
    imports: list[tuple]
    #: Row, outcome, email, code, first row of every decision of every part, imports in order.
    decisions: list[tuple]
    #: Sentences of db.check and of the books.
    faults: list[str]

    @property
    def leads_and_counts(self) -> tuple:
        """What two runs must agree on, however many imports it took."""
        return (self.leads, self.is_active, self.memberships, self.campaign_totals, self.active_leads)

    @property
    def everything(self) -> tuple:
        return (*self.leads_and_counts, self.imports, self.decisions)


def look(engine: Engine, workspace_id: str) -> Holding:
    """What the workspace holds, in one snapshot of the database: right at any moment, also while somebody writes."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as conn, conn.begin():
        return _look(conn, workspace_id)


def _look(conn: Connection, workspace_id: str) -> Holding:
    def rows(statement: str) -> Sequence[Any]:
        return conn.execute(text(statement), {"w": workspace_id}).all()

    leads = rows(
        "SELECT email, deleted_at IS NULL, id, first_name, last_name, company, title, phone, linkedin_url, website, notes,"
        " source, status, custom_fields::text, tags FROM leads WHERE workspace_id = :w"
    )
    members = rows(
        "SELECT campaign.name, member.lead_id FROM campaign_memberships AS member"
        " JOIN campaigns AS campaign ON campaign.workspace_id = :w AND campaign.id = member.campaign_id"
        " WHERE member.workspace_id = :w"
    )
    imports = rows(
        "SELECT id, state, row_count, created, restored, duplicates, errors, not_imported, parts_done, part_count"
        " FROM imports WHERE workspace_id = :w AND state NOT IN ('draft', 'ready') ORDER BY id"
    )
    parts = rows(
        "SELECT import_id, part_no, row_count, created, restored, duplicates, errors, not_imported, ledger"
        " FROM import_parts WHERE workspace_id = :w ORDER BY import_id, part_no"
    )
    decisions, faults = [], [fault for fault in check.find_faults(conn) if workspace_id in fault]
    for part in parts:
        decided = decode_ledger(part.ledger)
        decisions += [(row.row, row.outcome, row.email, row.code, row.first_row) for row in decided]
        counts = Counter(row.outcome for row in decided)
        kept = (part.created, part.restored, part.duplicates, part.errors, part.not_imported)
        outcomes = ("created", "restored", "duplicate", "error", "not_imported")
        if kept != tuple(counts[outcome] for outcome in outcomes) or sum(kept) != part.row_count:
            faults.append(f"part {part.part_no}: its ledger and its counts differ")
    faults += [f"import {row.id}: the books do not balance" for row in imports if sum(row[3:8]) != row.row_count]
    emails = Counter(row.email for row in leads)
    email_of = {row.id: row.email for row in leads}
    return Holding(
        leads={row.email: tuple(map(str, row[3:])) for row in leads},
        is_active={row.email: row[1] for row in leads},
        doubled=[email for email, count in emails.items() if count > 1],
        memberships=frozenset((name, email_of[lead_id]) for name, lead_id in members),
        campaign_totals=dict(rows("SELECT name, total_leads FROM campaigns WHERE workspace_id = :w")),
        active_leads=rows("SELECT active_leads FROM workspaces WHERE id = :w")[0][0],
        imports=[(row.state, *row[3:10]) for row in imports],
        decisions=decisions,
        faults=faults,
    )


# --- what a fault did -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Damage:
    """What must not be, by kind; each entry is an email or a sentence."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    half_written: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.half_written)


def find_damage(now: Holding, *, size: int, acknowledged: frozenset[str] = frozenset(), written_by_others: frozenset[str] = frozenset()) -> Damage:
    """Ledgers against leads: what a report says is there, is there, once; what is there, a report says.

    ``acknowledged`` were active leads when the fault came; ``written_by_others`` came past the product.
    """
    held, back, _ = emails_for(size)
    before = {*held, *written_by_others}
    # The ledger has emails as they were typed.
    told = Counter(email.lower() for _, outcome, email, _, _ in now.decisions if outcome in ("created", "restored"))
    arrived = {
        email for email, active in now.is_active.items()
        if active and email not in before and not email.startswith("bystander")
    }  # fmt: skip
    damage = Damage()
    damage.lost += sorted({*told} - arrived) + sorted(email for email in acknowledged if not now.is_active.get(email))
    damage.lost += sorted({*held, *back} - {*now.leads})
    damage.doubled += now.doubled + sorted(email for email, count in told.items() if count > 1)
    damage.half_written += sorted(arrived - {*told}) + now.faults
    return damage


def active_emails(engine: Engine, workspace_id: str) -> frozenset[str]:
    with engine.connect() as conn:
        return frozenset(
            conn.scalars(
                text("SELECT email FROM leads WHERE workspace_id = :w AND deleted_at IS NULL"), {"w": workspace_id}
            )
        )
