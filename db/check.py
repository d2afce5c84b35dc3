"""Compares every counter with the truth that it stands for. Read only; slow on purpose (it counts)."""

from sqlalchemy import Connection, text

ACTIVE_LEADS = """
    SELECT workspace.id AS workspace_id, workspace.active_leads AS kept, count(lead.id) AS counted
    FROM workspaces AS workspace
    LEFT JOIN leads AS lead
        ON lead.workspace_id = workspace.id
        AND lead.deleted_at IS NULL
    GROUP BY workspace.id, workspace.active_leads
    HAVING workspace.active_leads <> count(lead.id)
"""

CAMPAIGN_LEADS = """
    SELECT campaign.workspace_id, campaign.id, campaign.total_leads AS kept, count(lead.id) AS counted
    FROM campaigns AS campaign
    LEFT JOIN campaign_memberships AS membership
        ON membership.workspace_id = campaign.workspace_id
        AND membership.campaign_id = campaign.id
    LEFT JOIN leads AS lead
        ON lead.workspace_id = membership.workspace_id
        AND lead.id = membership.lead_id
        AND lead.deleted_at IS NULL
    GROUP BY campaign.workspace_id, campaign.id, campaign.total_leads
    HAVING campaign.total_leads <> count(lead.id)
"""

#: The parts of an import are what its record counts; rows of parts not done are "not imported".
IMPORT_COUNTS = """
    SELECT import.workspace_id, import.id
    FROM imports AS import
    LEFT JOIN import_parts AS part
        ON part.workspace_id = import.workspace_id
        AND part.import_id = import.id
    GROUP BY import.workspace_id, import.id
    HAVING (import.created, import.restored, import.duplicates, import.errors, import.parts_done)
        <> (
            coalesce(sum(part.created), 0), coalesce(sum(part.restored), 0), coalesce(sum(part.duplicates), 0),
            coalesce(sum(part.errors), 0), count(part.part_no)
        )
"""


def find_faults(conn: Connection) -> list[str]:
    """One sentence per counter that does not agree with the truth; empty where all do."""
    return [
        *(
            f"workspace {row.workspace_id}: active_leads is {row.kept}, counted {row.counted}"
            for row in conn.execute(text(ACTIVE_LEADS))
        ),
        *(
            f"campaign {row.id} of {row.workspace_id}: total_leads is {row.kept}, counted {row.counted}"
            for row in conn.execute(text(CAMPAIGN_LEADS))
        ),
        *(
            f"import {row.id} of {row.workspace_id}: its counts are not those of its parts"
            for row in conn.execute(text(IMPORT_COUNTS))
        ),
    ]
