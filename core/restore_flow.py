"""What the review shows of the leads that an import brings back."""

from collections import defaultdict

from sqlalchemy import Engine

from core.access import requires
from core.records import Preview
from core.restores import Restore, find_restores, restoring
from db import campaign_queries


@requires("viewer")
def list_restores(engine: Engine, *, workspace_id: str, preview: Preview) -> list[Restore]:
    """Every lead that the dry run brings back, or would if it were confirmed, with the names of its campaigns."""
    decisions = preview.plan.decisions
    ids = [decision.lead_id for decision in restoring(decisions) if decision.lead_id]
    campaigns: dict[str, list[str]] = defaultdict(list)
    if ids:
        with engine.connect() as conn:
            for lead_id, name in campaign_queries.list_campaigns_of_leads(conn, workspace_id=workspace_id, lead_ids=ids):
                campaigns[lead_id.hex].append(name)
    return find_restores(decisions, options=preview.record.options, campaigns=campaigns)
