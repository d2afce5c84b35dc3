"""What happened to one lead, as far as it was recorded: by imports, by campaigns, by people."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Engine, Row

from core.access import requires
from core.language import say
from core.lead_flow import get_active, get_record
from core.ledger import decode_ledger
from core.listing import Activity, LeadActivity, LeadRecord, Membership
from core.records import FILLED, RowDecision
from db import lead_queries

#: Ledgers that are searched for changes of one lead, newest first; each takes a millisecond or two.
MAX_SEARCHED_LEDGERS = 50


@requires("viewer")
def lead_activity(
    engine: Engine, *, workspace_id: str, lead_id: UUID, with_deleted: bool = False
) -> LeadActivity:
    """What was recorded about an active lead, newest first, and its campaigns. Raises NotFound.

    ``with_deleted`` tells of a soft-deleted lead too.

    Imports are known by their ledgers (the last MAX_SEARCHED_LEDGERS that restored or filled anything), memberships by their
    time, the last change by the lead's own. Nothing is kept about changes before the last one, nor about a restore
    outside an import.
    """
    place = {"workspace_id": workspace_id, "lead_id": lead_id}
    with engine.connect() as conn:
        record = get_record(conn, **place) if with_deleted else get_active(conn, **place)
        memberships = [Membership(*row) for row in lead_queries.list_memberships(conn, **place)]
        since = {"workspace_id": workspace_id, "created_at": record.created_at}
        creating = lead_queries.find_creating_parts(conn, **since)
        changing = lead_queries.find_changing_parts(conn, **since, limit=MAX_SEARCHED_LEDGERS)
    activities = [
        _created(record, creating),
        *(activity for part in changing for activity in _changed(record, part)),
        *(
            Activity("added_to_campaign", joined.added_at, say("Added to campaign “{name}”").format(name=joined.campaign_name),
                     joined.campaign_id, joined.campaign_name)
            for joined in memberships
        ),
    ]  # fmt: skip
    if record.deleted_at:
        activities.append(Activity("deleted", record.deleted_at, say("Deleted")))
    if record.last_contacted_at:
        activities.append(Activity("contacted", record.last_contacted_at, say("Last contacted")))
    if record.updated_at not in [activity.timestamp for activity in activities]:
        activities.append(Activity("updated", record.updated_at, say("Last changed")))
    activities.sort(key=lambda activity: activity.timestamp, reverse=True)
    return LeadActivity(tuple(activities), tuple(memberships))


# --- reading the ledgers -----------------------------------------------------------------------------------------------


def _created(record: LeadRecord, parts: Sequence[Row]) -> Activity:
    for part in parts:
        if _find_decision(part, record.id, "created"):
            told = say("Created by {import_name}").format(import_name=_name_import(part))
            return Activity("created", record.created_at, told, import_id=part.import_id)
    return Activity("created", record.created_at, say("Created, source “{source}”").format(source=record.lead.source))


def _changed(record: LeadRecord, part: Row) -> list[Activity]:
    decision = _find_decision(part, record.id, "restored", FILLED)
    if decision is None or decision.stored is None:
        return []
    if decision.code == FILLED:
        detail = say("Blanks filled by {import_name}").format(import_name=_name_import(part))
        return [Activity("updated", part.finished_at, detail, import_id=part.import_id)]
    activities = [
        Activity(
            "restored",
            part.finished_at,
            say("Restored and merged by {import_name}").format(import_name=_name_import(part)),
            import_id=part.import_id,
        )
    ]
    if decision.stored.deleted_at:
        activities.append(Activity("deleted", decision.stored.deleted_at, say("Deleted")))
    return activities


def _find_decision(part: Row, lead_id: UUID, *fates: str) -> RowDecision | None:
    """The part's decision on the lead that has one of these outcomes or codes."""
    wanted = lead_id.hex
    return next(
        (
            row
            for row in decode_ledger(part.ledger)
            if row.lead_id == wanted and (row.outcome in fates or row.code in fates)
        ),
        None,
    )


def _name_import(part: Row) -> str:
    return say("the import of “{file}”").format(file=part.file_name) if part.file_name else say("an import through the API")
