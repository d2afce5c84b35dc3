"""What is done to every lead that a filter matches, on whatever page of the list: all of them in one transaction.

The number is shown and agreed to before. It is counted again under the workspace's lock, and where it is another one by
then, nothing is changed: nobody deletes leads that they have not seen the number of.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, Engine

from core import campaign_flow, lead_flow
from core.access import requires
from core.browse_flow import can_match, to_where
from core.errors import ListChanged
from core.lead_flow import Find
from core.listing import LeadCount, LeadFilter
from db import lead_lists

#: One transaction holds the workspace's lock for a few seconds at most.
MAX_MATCHING_LEADS = 50_000


@requires("viewer")
def count_matching(engine: Engine, *, workspace_id: str, where: LeadFilter) -> LeadCount:
    """How many leads match; beyond MAX_MATCHING_LEADS only that there are more. Raises NotFound for an unknown import."""
    with engine.connect() as conn:
        number = len(_matching(conn, workspace_id, where))
    return LeadCount(min(number, MAX_MATCHING_LEADS), is_exact=number <= MAX_MATCHING_LEADS)


@requires("importer")
def delete_matching(engine: Engine, *, workspace_id: str, where: LeadFilter, agreed: int) -> int:
    """lead_flow.delete_leads for the ``agreed`` number of leads that match. Raises ListChanged where it is another one."""
    return lead_flow.delete_found(engine, workspace_id=workspace_id, find=_agreed(workspace_id, where, agreed))


@requires("importer")
def restore_matching(engine: Engine, *, workspace_id: str, where: LeadFilter, agreed: int) -> int:
    """lead_flow.restore_leads for the ``agreed`` number of leads that match. Raises ListChanged, QuotaExceeded."""
    return lead_flow.restore_found(engine, workspace_id=workspace_id, find=_agreed(workspace_id, where, agreed))


@requires("importer")
def tag_matching(engine: Engine, *, workspace_id: str, where: LeadFilter, agreed: int, tags: Sequence[str]) -> int:
    """lead_flow.add_tags for the ``agreed`` number of leads that match. Raises ListChanged, InvalidLead."""
    return lead_flow.tag_found(engine, workspace_id=workspace_id, find=_agreed(workspace_id, where, agreed), tags=tags)


@requires("importer")
def join_matching(engine: Engine, *, workspace_id: str, where: LeadFilter, agreed: int, campaign_id: UUID) -> int:
    """How many of the ``agreed`` number of leads that match became members. Raises ListChanged, NotFound."""
    return campaign_flow.add_found(
        engine, workspace_id=workspace_id, campaign_id=campaign_id, find=_agreed(workspace_id, where, agreed)
    )


@requires("importer")
def leave_matching(engine: Engine, *, workspace_id: str, where: LeadFilter, agreed: int, campaign_id: UUID) -> int:
    """How many of the ``agreed`` number of leads that match were members and are no more. Raises ListChanged, NotFound."""
    return campaign_flow.remove_found(
        engine, workspace_id=workspace_id, campaign_id=campaign_id, find=_agreed(workspace_id, where, agreed)
    )


def _agreed(workspace_id: str, where: LeadFilter, agreed: int) -> Find:
    def find(conn: Connection) -> Sequence[UUID]:
        found = _matching(conn, workspace_id, where)
        if len(found) != agreed or agreed > MAX_MATCHING_LEADS:
            raise ListChanged(agreed)
        return found

    return find


def _matching(conn: Connection, workspace_id: str, where: LeadFilter) -> Sequence[UUID]:
    """Ids of the leads that match, one more than can be changed at once where there are more."""
    if not can_match(where):
        return ()
    asked = to_where(conn, workspace_id, where)
    return lead_lists.list_ids(conn, workspace_id=workspace_id, where=asked, limit=MAX_MATCHING_LEADS + 1)
