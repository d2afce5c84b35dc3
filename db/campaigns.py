"""Queries on campaigns and their memberships."""

from collections.abc import Sequence

from psycopg import Cursor

from db.planning import listed
from db.rows import array_literal

#: Every campaign that a lead is still a member of counts it again, once per membership (contract.md section 3).
#: ``direction`` is 1 for a restore and -1 for a soft delete. Counted before anything is joined, else perhaps once per campaign.
COUNT_LEADS = f"""
    WITH changed AS MATERIALIZED (
        SELECT
            membership.campaign_id,
            count(*)::integer AS leads
        FROM {listed("%(lead_ids)s::uuid[]")} AS wanted (id)
        JOIN campaign_memberships AS membership
            ON membership.workspace_id = %(workspace_id)s
            AND membership.lead_id = wanted.id
        WHERE membership.workspace_id = %(workspace_id)s
        GROUP BY membership.campaign_id
    )
    UPDATE campaigns AS campaign
    SET
        total_leads = campaign.total_leads + %(direction)s * changed.leads,
        updated_at = transaction_timestamp()
    FROM changed
    WHERE campaign.workspace_id = %(workspace_id)s
        AND campaign.id = changed.campaign_id
"""


def send_count(cursor: Cursor, *, workspace_id: str, lead_ids: Sequence[str], direction: int) -> None:
    """Send the change of the lead counts of all campaigns that these leads are members of, for a pipeline."""
    cursor.execute(
        COUNT_LEADS,
        {"workspace_id": workspace_id, "lead_ids": array_literal(lead_ids), "direction": direction},
    )
