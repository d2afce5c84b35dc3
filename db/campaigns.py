"""Queries on campaigns and their memberships."""

from collections.abc import Sequence

from psycopg import Cursor

from db.rows import array_literal

#: Every campaign that a lead is still a member of counts it again, once per membership (contract.md section 3).
#: ``direction`` is 1 for a restore and -1 for a soft delete.
COUNT_LEADS = """
    UPDATE campaigns AS campaign
    SET
        total_leads = campaign.total_leads + %(direction)s * changed.leads,
        updated_at = transaction_timestamp()
    FROM (
        SELECT
            membership.campaign_id,
            count(*)::integer AS leads
        FROM (
            SELECT campaign_id
            FROM campaign_memberships
            WHERE workspace_id = %(workspace_id)s
                AND lead_id = ANY(%(lead_ids)s::uuid[])
            ORDER BY workspace_id, lead_id
            OFFSET 0 -- keeps the order, and with it the index (db/planning.py)
        ) AS membership
        GROUP BY membership.campaign_id
    ) AS changed
    WHERE campaign.workspace_id = %(workspace_id)s
        AND campaign.id = changed.campaign_id
"""


def send_count(cursor: Cursor, *, workspace_id: str, lead_ids: Sequence[str], direction: int) -> None:
    """Send the change of the lead counts of all campaigns that these leads are members of, for a pipeline, after
    planning.send_look_up_by_key."""
    cursor.execute(
        COUNT_LEADS,
        {"workspace_id": workspace_id, "lead_ids": array_literal(lead_ids), "direction": direction},
    )
