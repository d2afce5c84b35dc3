"""Queries on campaigns outside the import: one campaign, lists, adding and taking out leads."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from db.planning import listed
from db.rows import array_literal
from db.tables import campaign_memberships, campaigns

#: Which of the wanted leads are there to be added. The others are found by the caller: an outer join from a list to a
#: distributed table is not for one shard alone (design.md section 3, "Beyond one machine").
FIND_ACTIVE_LEADS = text(f"""
    SELECT lead.id
    FROM {listed("CAST(:lead_ids AS uuid[])")} AS wanted (id)
    JOIN leads AS lead
        ON lead.workspace_id = :workspace_id
        AND lead.id = wanted.id
        AND lead.deleted_at IS NULL
    WHERE lead.workspace_id = :workspace_id
""")

#: The campaigns of many leads, by lead and name.
LIST_CAMPAIGNS_OF_LEADS = text(f"""
    SELECT
        membership.lead_id,
        campaign.name
    FROM {listed("CAST(:lead_ids AS uuid[])")} AS wanted (id)
    JOIN campaign_memberships AS membership
        ON membership.workspace_id = :workspace_id
        AND membership.lead_id = wanted.id
    JOIN campaigns AS campaign
        ON campaign.workspace_id = membership.workspace_id
        AND campaign.id = membership.campaign_id
    WHERE membership.workspace_id = :workspace_id
        AND campaign.workspace_id = :workspace_id
    ORDER BY membership.lead_id, campaign.name, campaign.id
""")

#: Members already are left as they are and not counted.
ADD_LEADS = text(f"""
    INSERT INTO campaign_memberships (workspace_id, campaign_id, lead_id, created_at)
    SELECT lead.workspace_id, CAST(:campaign_id AS uuid), lead.id, transaction_timestamp()
    FROM {listed("CAST(:lead_ids AS uuid[])")} AS wanted (id)
    JOIN leads AS lead
        ON lead.workspace_id = :workspace_id
        AND lead.id = wanted.id
        AND lead.deleted_at IS NULL
    WHERE lead.workspace_id = :workspace_id
    ON CONFLICT ON CONSTRAINT campaign_memberships_pk DO NOTHING
""")

#: Which active leads have these emails, each looked up by the unique key.
FIND_BY_EMAIL = text(f"""
    SELECT lead.id, lead.email
    FROM {listed("CAST(:emails AS text[])")} AS wanted (email)
    CROSS JOIN LATERAL (
        SELECT id, email
        FROM leads
        WHERE leads.workspace_id = :workspace_id
            AND leads.email = wanted.email
            AND leads.deleted_at IS NULL
        LIMIT 1
    ) AS lead
""")

#: Of the leads taken out, a soft-deleted one was not counted any more.
REMOVE_LEADS = text(f"""
    DELETE FROM campaign_memberships AS membership
    USING {listed("CAST(:lead_ids AS uuid[])", alike="CAST(:campaign_id AS uuid)")} AS wanted (id, campaign_id),
        leads AS lead
    WHERE membership.workspace_id = :workspace_id
        AND membership.campaign_id = wanted.campaign_id
        AND membership.lead_id = wanted.id
        AND lead.workspace_id = :workspace_id
        AND lead.id = wanted.id
    RETURNING lead.deleted_at
""")

#: Whether a transaction of this time made any of the leads members.
COUNT_ADDED_AT = text(f"""
    SELECT count(*)
    FROM {listed("CAST(:lead_ids AS uuid[])", alike="CAST(:campaign_id AS uuid)")} AS wanted (id, campaign_id)
    JOIN campaign_memberships AS membership
        ON membership.workspace_id = :workspace_id
        AND membership.campaign_id = wanted.campaign_id
        AND membership.lead_id = wanted.id
        AND membership.created_at = :moment
    WHERE membership.workspace_id = :workspace_id
""")


def insert_campaign(conn: Connection, *, workspace_id: str, campaign_id: UUID, values: Mapping[str, Any]) -> None:
    """Write a new campaign without leads; nothing where the id is there already."""
    conn.execute(
        insert(campaigns)
        .values(
            workspace_id=workspace_id,
            id=campaign_id,
            total_leads=0,
            created_at=func.transaction_timestamp(),
            updated_at=func.transaction_timestamp(),
            **values,
        )
        .on_conflict_do_nothing(constraint="campaigns_pk")
    )


def get_campaign(conn: Connection, *, workspace_id: str, campaign_id: UUID) -> Row | None:
    """The campaign; None where the workspace has no such one."""
    return conn.execute(
        select(campaigns).where(campaigns.c.workspace_id == workspace_id, campaigns.c.id == campaign_id)
    ).one_or_none()


def list_campaigns(
    conn: Connection, *, workspace_id: str, status: str | None, limit: int, offset: int
) -> Sequence[Row]:
    """A page of campaigns, newest first (ids are time-ordered)."""
    return conn.execute(
        select(campaigns)
        .where(*_matching(workspace_id, status))
        .order_by(campaigns.c.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()


def count_campaigns(conn: Connection, *, workspace_id: str, status: str | None) -> int:
    """How many campaigns list_campaigns has on all its pages."""
    statement = select(func.count()).select_from(campaigns).where(*_matching(workspace_id, status))
    return conn.scalar(statement) or 0


def _matching(workspace_id: str, status: str | None) -> list[Any]:
    conditions = [campaigns.c.workspace_id == workspace_id]
    return [*conditions, campaigns.c.status == status] if status else conditions


def update_campaign(
    conn: Connection, *, workspace_id: str, campaign_id: UUID, values: Mapping[str, Any]
) -> Row | None:
    """The campaign after the change; None where the workspace has no such campaign."""
    return conn.execute(
        update(campaigns)
        .where(campaigns.c.workspace_id == workspace_id, campaigns.c.id == campaign_id)
        .values(updated_at=func.transaction_timestamp(), **values)
        .returning(campaigns)
    ).one_or_none()


def delete_campaign(conn: Connection, *, workspace_id: str, campaign_id: UUID) -> bool:
    """True where it was there. Its memberships go with it, the leads stay."""
    statement = delete(campaigns).where(campaigns.c.workspace_id == workspace_id, campaigns.c.id == campaign_id)
    return conn.execute(statement).rowcount == 1


def find_active_leads(conn: Connection, *, workspace_id: str, lead_ids: Sequence[UUID]) -> Sequence[UUID]:
    """Those of the ids that are active leads of this workspace."""
    return conn.scalars(FIND_ACTIVE_LEADS, {"workspace_id": workspace_id, "lead_ids": _literal(lead_ids)}).all()


def add_leads(conn: Connection, *, workspace_id: str, campaign_id: UUID, lead_ids: Sequence[UUID]) -> int:
    """How many became members. The campaign's count is the caller's to change."""
    return conn.execute(
        ADD_LEADS, {"workspace_id": workspace_id, "campaign_id": campaign_id, "lead_ids": _literal(lead_ids)}
    ).rowcount


def count_added_at(
    conn: Connection, *, workspace_id: str, campaign_id: UUID, lead_ids: Sequence[UUID], moment: datetime
) -> int:
    """How many of the leads a transaction of this time made members: whether its COMMIT went through."""
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    return conn.scalar(COUNT_ADDED_AT, {**place, "lead_ids": _literal(lead_ids), "moment": moment}) or 0


def add_to_total(conn: Connection, *, workspace_id: str, campaign_id: UUID, added: int) -> None:
    """Change the campaign's count of active members; ``added`` may be negative."""
    update_campaign(
        conn, workspace_id=workspace_id, campaign_id=campaign_id, values={"total_leads": campaigns.c.total_leads + added}
    )


def remove_lead(conn: Connection, *, workspace_id: str, campaign_id: UUID, lead_id: UUID) -> bool:
    """True where the lead was a member. The campaign's count is the caller's to change."""
    statement = delete(campaign_memberships).where(
        campaign_memberships.c.workspace_id == workspace_id,
        campaign_memberships.c.campaign_id == campaign_id,
        campaign_memberships.c.lead_id == lead_id,
    )
    return conn.execute(statement).rowcount == 1


def remove_leads(
    conn: Connection, *, workspace_id: str, campaign_id: UUID, lead_ids: Sequence[UUID]
) -> tuple[int, int]:
    """How many were members, and how many of those the campaign counts. Its count is the caller's to change."""
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    deleted = conn.scalars(REMOVE_LEADS, {**place, "lead_ids": _literal(lead_ids)}).all()
    return len(deleted), deleted.count(None)


def find_by_email(conn: Connection, *, workspace_id: str, emails: Sequence[str]) -> dict[str, UUID]:
    """Ids of the active leads with these comparison keys."""
    rows = conn.execute(FIND_BY_EMAIL, {"workspace_id": workspace_id, "emails": array_literal(emails)})
    return {row.email: row.id for row in rows}


def _literal(ids: Sequence[UUID]) -> str:
    return array_literal(one.hex for one in ids)


def list_campaigns_of_leads(
    conn: Connection, *, workspace_id: str, lead_ids: Sequence[str]
) -> Sequence[Row[tuple[UUID, str]]]:
    """(lead id, name of a campaign) for each membership of these leads, by lead and name. Ids are 32 hex digits."""
    return conn.execute(
        LIST_CAMPAIGNS_OF_LEADS, {"workspace_id": workspace_id, "lead_ids": array_literal(lead_ids)}
    ).all()
