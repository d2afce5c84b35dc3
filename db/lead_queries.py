"""Queries on leads outside the import: one lead, numbered pages, soft delete, restore, activity."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, text, update

from db.lead_lists import Where, conditions, listed_ids
from db.planning import listed
from db.rows import array_literal
from db.tables import campaign_memberships, campaigns, import_parts, imports, leads

#: The soft delete of many leads. Those deleted already are left as they are and not returned.
DELETE_LEADS = text(f"""
    UPDATE leads AS lead
    SET
        deleted_at = transaction_timestamp(),
        updated_at = transaction_timestamp()
    FROM {listed("CAST(:lead_ids AS uuid[])")} AS wanted (id)
    WHERE lead.workspace_id = :workspace_id
        AND lead.id = wanted.id
        AND lead.deleted_at IS NULL
    RETURNING lead.id
""")

#: The reverse: fields stay as they are. Active leads are not returned. There is an index of the soft-deleted ones, which
#: seems short while statistics are from before a large delete.
RESTORE_LEADS = text(f"""
    UPDATE leads AS lead
    SET
        deleted_at = NULL,
        updated_at = transaction_timestamp()
    FROM {listed("CAST(:lead_ids AS uuid[])", alike="true")} AS wanted (id, is_deleted)
    WHERE lead.workspace_id = :workspace_id
        AND lead.id = wanted.id
        AND (lead.deleted_at IS NOT NULL) = wanted.is_deleted
    RETURNING lead.id
""")

#: One more tag for many leads. Those that have it, or as many as a lead may have, are left as they are and not returned.
ADD_TAG = text(f"""
    UPDATE leads AS lead
    SET
        tags = lead.tags || ARRAY[CAST(:tag AS text)],
        updated_at = transaction_timestamp()
    FROM {listed("CAST(:lead_ids AS uuid[])")} AS wanted (id)
    WHERE lead.workspace_id = :workspace_id
        AND lead.id = wanted.id
        AND lead.deleted_at IS NULL
        AND NOT lead.tags @> ARRAY[CAST(:tag AS text)]
        AND cardinality(lead.tags) < :max_tags
    RETURNING lead.id
""")


def is_active() -> ColumnElement[bool]:
    """Only these count, are listed and can be changed (contract.md section 1)."""
    return leads.c.deleted_at.is_(None)


def get_lead(conn: Connection, *, workspace_id: str, lead_id: UUID) -> Row | None:
    """The whole row, active or soft-deleted; None where the workspace has no such lead."""
    return conn.execute(
        select(leads).where(leads.c.workspace_id == workspace_id, leads.c.id == lead_id)
    ).one_or_none()


def find_by_email(conn: Connection, *, workspace_id: str, email: str) -> Row | None:
    """Id and deleted_at of the lead with this comparison key, active or soft-deleted."""
    return conn.execute(
        select(leads.c.id, leads.c.deleted_at).where(leads.c.workspace_id == workspace_id, leads.c.email == email)
    ).one_or_none()


def list_leads(conn: Connection, *, workspace_id: str, where: Where, limit: int, offset: int) -> Sequence[Row]:
    """A page of leads, newest first, by its number: the deeper, the dearer (lead_lists.list_page is not)."""
    return conn.execute(
        select(leads)
        .where(*conditions(workspace_id, where))
        .order_by(leads.c.id.desc())  # ids are time-ordered, and this order has an index
        .limit(limit)
        .offset(offset)
    ).all()


def count_leads(conn: Connection, *, workspace_id: str, where: Where) -> int:
    """How many leads match; this counts them one by one."""
    return conn.scalar(select(func.count()).select_from(leads).where(*conditions(workspace_id, where))) or 0


def update_lead(conn: Connection, *, workspace_id: str, lead_id: UUID, values: Mapping[str, Any]) -> None:
    """Write the given columns; the time of the change is set here."""
    conn.execute(
        update(leads)
        .where(leads.c.workspace_id == workspace_id, leads.c.id == lead_id)
        .values(updated_at=func.transaction_timestamp(), **values)
    )


def delete_leads(conn: Connection, *, workspace_id: str, lead_ids: Sequence[UUID]) -> Sequence[UUID]:
    """The ids that were active and are soft-deleted now. Counters are the caller's to change."""
    return _change(conn, DELETE_LEADS, workspace_id, lead_ids)


def restore_leads(conn: Connection, *, workspace_id: str, lead_ids: Sequence[UUID]) -> Sequence[UUID]:
    """The ids that were soft-deleted and are active now. Counters are the caller's to change."""
    return _change(conn, RESTORE_LEADS, workspace_id, lead_ids)


def add_tags(
    conn: Connection, *, workspace_id: str, lead_ids: Sequence[UUID], tags: Sequence[str], max_tags: int
) -> Sequence[UUID]:
    """The ids of the leads that got at least one of the tags now."""
    changed: set[UUID] = set()
    for tag in tags:
        changed.update(_change(conn, ADD_TAG, workspace_id, lead_ids, tag=tag, max_tags=max_tags))
    return sorted(changed)


def _change(
    conn: Connection, statement: Any, workspace_id: str, lead_ids: Sequence[UUID], **values: Any
) -> Sequence[UUID]:
    literal = array_literal(lead_id.hex for lead_id in lead_ids)
    return conn.scalars(statement, {"workspace_id": workspace_id, "lead_ids": literal, **values}).all()


def count_changed_at(
    conn: Connection, *, workspace_id: str, lead_ids: Sequence[UUID], moment: datetime, is_deleted: bool
) -> int:
    """How many of the leads a transaction of this time left deleted (or active): whether its COMMIT went through."""
    return (
        conn.scalar(
            select(func.count().filter(~is_active() if is_deleted else is_active()))
            .select_from(leads)
            .where(
                leads.c.workspace_id == workspace_id,
                leads.c.id.in_(listed_ids(lead_ids)),
                leads.c.updated_at == moment,
            )
        )
        or 0
    )


# --- activity -----------------------------------------------------------------------------------------------------


def list_memberships(conn: Connection, *, workspace_id: str, lead_id: UUID) -> Sequence[Row]:
    """Campaign id, name, status and time of joining, latest first."""
    return conn.execute(
        select(campaigns.c.id, campaigns.c.name, campaigns.c.status, campaign_memberships.c.created_at)
        .select_from(campaign_memberships)
        .join(
            campaigns,
            (campaigns.c.workspace_id == campaign_memberships.c.workspace_id)
            & (campaigns.c.id == campaign_memberships.c.campaign_id),
        )
        .where(
            campaign_memberships.c.workspace_id == workspace_id,
            campaigns.c.workspace_id == workspace_id,
            campaign_memberships.c.lead_id == lead_id,
        )
        .order_by(campaign_memberships.c.created_at.desc(), campaigns.c.id.desc())
    ).all()


def find_creating_parts(conn: Connection, *, workspace_id: str, created_at: datetime) -> Sequence[Row]:
    """Import parts written in the transaction that made a lead: a transaction has one time."""
    return conn.execute(
        _parts(workspace_id).where(import_parts.c.created > 0, import_parts.c.finished_at == created_at)
    ).all()


def find_changing_parts(
    conn: Connection, *, workspace_id: str, created_at: datetime, limit: int
) -> Sequence[Row]:
    """The newest import parts after a lead was made that restored any lead, or may have filled the blanks of one."""
    fills = or_(
        imports.c.options["fill_blanks"].as_boolean(),
        func.jsonb_array_length(imports.c.corrections["filled"]) > 0,
    )
    return conn.execute(
        _parts(workspace_id)
        .where(or_(import_parts.c.restored > 0, and_(import_parts.c.duplicates > 0, fills)))
        .where(import_parts.c.finished_at > created_at)
        .order_by(import_parts.c.finished_at.desc(), import_parts.c.import_id.desc())
        .limit(limit)
    ).all()


def _parts(workspace_id: str) -> Any:
    """Import id, door, file name, time and ledger of parts."""
    return (
        select(
            import_parts.c.import_id,
            imports.c.door,
            imports.c.file_name,
            import_parts.c.finished_at,
            import_parts.c.ledger,
        )
        .select_from(import_parts)
        .join(
            imports,
            (imports.c.workspace_id == import_parts.c.workspace_id) & (imports.c.id == import_parts.c.import_id),
        )
        .where(import_parts.c.workspace_id == workspace_id, imports.c.workspace_id == workspace_id)
    )
