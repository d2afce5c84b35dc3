"""Campaigns: create, read, change, delete, and which leads are in them. ``total_leads`` counts active members, exactly."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple, TypedDict
from uuid import UUID

from sqlalchemy import Connection, Engine, Row

from core.access import requires
from core.browse_flow import written_leads
from core.cleaning import clean_text
from core.emails import email_key
from core.errors import InvalidCampaign, NotFound
from core.ids import lead_id_text, new_id
from core.issues import Issue, make_issue, storable_text
from core.language import say
from core.lead_flow import Find, get_active, lock_workspace
from core.listing import (
    CAMPAIGN_STATUSES,
    DEFAULT_PAGE_SIZE,
    CampaignRecord,
    CampaignStatus,
    Page,
    SendingSettings,
    page_offset,
)
from db import campaign_queries
from db.transaction import run_transaction

MAX_CAMPAIGN_TEXT_LENGTH = 255
#: Lowest and highest value of each number.
RANGES = {"sending_start_hour": (0, 23), "sending_end_hour": (0, 23), "daily_limit": (0, 1_000_000)}
LABELS = {
    "name": "The name",
    "status": "The status",
    "timezone": "The time zone",
    "sending_days": "A sending day",
    "sending_start_hour": "The sending start hour",
    "sending_end_hour": "The sending end hour",
    "daily_limit": "The daily limit",
}
#: Names of the IANA time zones look so. Whether a zone exists matters to a sender, and we send nothing.
_TIMEZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{1,63}")
_NAMED_MISSING = 5


class AddedEmails(NamedTuple):
    """Emails put into a campaign: leads added, leads that were members already, and emails that no active lead has."""

    added: int
    members: int
    unknown: tuple[str, ...]


class CampaignDraft(TypedDict, total=False):
    """A campaign as somebody gave it, not yet checked."""

    name: str | None
    status: CampaignStatus | None
    timezone: str | None
    sending_days: list[int] | None
    sending_start_hour: int | None
    sending_end_hour: int | None
    daily_limit: int | None


@requires("importer")
def create_campaign(engine: Engine, *, workspace_id: str, values: CampaignDraft) -> CampaignRecord:
    """The new campaign, a draft without leads. None means not given: the settings have defaults, the name has none.

    Raises InvalidCampaign, NotFound for the workspace.
    """
    given = {key: value for key, value in values.items() if value is not None}
    checked = _check({"name": None, **given})
    campaign_id = new_id()  # made once: a second try after a lost answer finds it there

    def work(conn: Connection) -> CampaignRecord:
        lock_workspace(conn, workspace_id)
        campaign_queries.insert_campaign(
            conn,
            workspace_id=workspace_id,
            campaign_id=campaign_id,
            values={**asdict(SendingSettings()), "status": "draft", **checked},
        )
        return _get_record(conn, workspace_id, campaign_id)

    return run_transaction(engine, work)


@requires("viewer")
def get_campaign(engine: Engine, *, workspace_id: str, campaign_id: UUID) -> CampaignRecord:
    """The campaign. Raises NotFound."""
    with engine.connect() as conn:
        return _get_record(conn, workspace_id, campaign_id)


@requires("viewer")
def list_campaigns(
    engine: Engine,
    *,
    workspace_id: str,
    page: int = 1,
    page_size: int = DEFAULT_PAGE_SIZE,
    status: str | None = None,
) -> Page[CampaignRecord]:
    """A page of the workspace's campaigns, newest first."""
    offset = page_offset(page, page_size)
    place = {"workspace_id": workspace_id, "status": status}
    with engine.connect() as conn:
        rows = campaign_queries.list_campaigns(conn, **place, limit=page_size, offset=offset)
        total = campaign_queries.count_campaigns(conn, **place)
    return Page(tuple(map(read_campaign, rows)), page, page_size, total)


@requires("importer")
def update_campaign(
    engine: Engine, *, workspace_id: str, campaign_id: UUID, changes: CampaignDraft
) -> CampaignRecord:
    """The campaign after the change of the given keys; none of them can be emptied. Raises NotFound, InvalidCampaign."""

    def work(conn: Connection) -> CampaignRecord:
        lock_workspace(conn, workspace_id)
        record = _get_record(conn, workspace_id, campaign_id)
        if not changes:
            return record
        row = campaign_queries.update_campaign(
            conn, workspace_id=workspace_id, campaign_id=campaign_id, values=_check(changes)
        )
        assert row is not None  # the workspace's lock keeps it there
        return read_campaign(row)

    return run_transaction(engine, work)


@requires("importer")
def delete_campaign(engine: Engine, *, workspace_id: str, campaign_id: UUID) -> None:
    """Delete the campaign and its memberships; the leads stay. Raises NotFound: a second delete is one."""
    tries = 0

    def work(conn: Connection) -> None:
        nonlocal tries
        tries += 1
        lock_workspace(conn, workspace_id)
        is_deleted = campaign_queries.delete_campaign(conn, workspace_id=workspace_id, campaign_id=campaign_id)
        if not is_deleted and tries == 1:  # a later try may find our own deletion, whose answer was lost
            raise _campaign_not_found()

    run_transaction(engine, work)


@requires("importer")
def add_leads(engine: Engine, *, workspace_id: str, campaign_id: UUID, lead_ids: Sequence[UUID]) -> int:
    """How many of the leads became members; those that were already are not counted.

    Raises NotFound where the campaign or any of the leads is not there (unknown, deleted, another workspace's), and
    adds none then: a list that is silently shortened would look like one of members.
    """
    wanted = sorted(set(lead_ids))

    def find(conn: Connection) -> Sequence[UUID]:
        missing = set(wanted).difference(
            campaign_queries.find_active_leads(conn, workspace_id=workspace_id, lead_ids=wanted)
        )
        if missing:
            raise _leads_not_found(missing)
        return wanted

    return add_found(engine, workspace_id=workspace_id, campaign_id=campaign_id, find=find)


@requires("importer")
def add_import(engine: Engine, *, workspace_id: str, campaign_id: UUID, import_id: UUID) -> int:
    """How many leads became members of all that the import created or restored; those deleted since are left out.

    Raises NotFound for the campaign and for the import.
    """
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    return add_found(engine, **place, find=lambda conn: written_leads(conn, workspace_id, import_id))


@requires("importer")
def add_emails(engine: Engine, *, workspace_id: str, campaign_id: UUID, emails: Sequence[str]) -> AddedEmails:
    """What became of the emails (any case; repeats count once). Raises NotFound for the campaign."""
    wanted = sorted({email_key(email) for email in emails if storable_text(email) == email} - {""})
    found: dict[str, UUID] = {}

    def find(conn: Connection) -> Sequence[UUID]:
        found.update(campaign_queries.find_by_email(conn, workspace_id=workspace_id, emails=wanted))
        return sorted(found.values())

    added = add_found(engine, workspace_id=workspace_id, campaign_id=campaign_id, find=find)
    return AddedEmails(added, len(found) - added, tuple(email for email in wanted if email not in found))


@requires("importer")
def add_found(engine: Engine, *, workspace_id: str, campaign_id: UUID, find: Find) -> int:
    """How many of the active leads that ``find`` gives, inside the transaction, became members."""
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    tried: list[datetime] = []

    def work(conn: Connection) -> int:
        _, moment = lock_workspace(conn, workspace_id)
        _get_record(conn, **place)
        wanted = find(conn)
        if tried and (done := campaign_queries.count_added_at(conn, **place, lead_ids=wanted, moment=tried[-1])):
            return done  # committed by an earlier try whose answer was lost
        tried.append(moment)
        added = campaign_queries.add_leads(conn, **place, lead_ids=wanted)
        if added:
            campaign_queries.add_to_total(conn, **place, added=added)
        return added

    return run_transaction(engine, work)


@requires("importer")
def remove_leads(engine: Engine, *, workspace_id: str, campaign_id: UUID, lead_ids: Sequence[UUID]) -> int:
    """How many of the leads, active or soft-deleted, were members and are no more. Raises NotFound for the campaign."""
    return remove_found(engine, workspace_id=workspace_id, campaign_id=campaign_id, find=lambda _: lead_ids)


@requires("importer")
def remove_found(engine: Engine, *, workspace_id: str, campaign_id: UUID, find: Find) -> int:
    """remove_leads for the leads that ``find`` gives."""
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    first: list[int] = []
    found: list[UUID] = []

    def work(conn: Connection) -> int:
        lock_workspace(conn, workspace_id)
        _get_record(conn, **place)
        if not first:  # after a lost answer the list may be another one
            found[:] = sorted(set(find(conn)))
        removed, counted = campaign_queries.remove_leads(conn, **place, lead_ids=found)
        if counted:
            campaign_queries.add_to_total(conn, **place, added=-counted)
        first.append(removed)
        return removed or max(first)  # a later try finds none where an earlier one's answer was lost

    return run_transaction(engine, work)


@requires("importer")
def remove_lead(engine: Engine, *, workspace_id: str, campaign_id: UUID, lead_id: UUID) -> None:
    """Take an active lead out of the campaign. Raises NotFound where campaign, lead or membership is not there."""
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    tried: list[datetime] = []

    def work(conn: Connection) -> None:
        _, moment = lock_workspace(conn, workspace_id)
        record = _get_record(conn, **place)
        get_active(conn, workspace_id, lead_id)
        if campaign_queries.remove_lead(conn, **place, lead_id=lead_id):
            tried.append(moment)
            campaign_queries.add_to_total(conn, **place, added=-1)
        elif record.updated_at not in tried:  # else our own try, whose answer was lost
            raise NotFound("The lead is not in this campaign.")

    run_transaction(engine, work)


def read_campaign(row: Row) -> CampaignRecord:
    """A CampaignRecord from a row of the table `campaigns`."""
    return CampaignRecord(
        id=row.id,
        name=row.name,
        status=row.status,
        sending=SendingSettings(
            timezone=row.timezone,
            sending_days=tuple(row.sending_days),
            sending_start_hour=row.sending_start_hour,
            sending_end_hour=row.sending_end_hour,
            daily_limit=row.daily_limit,
        ),
        total_leads=row.total_leads,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


# --- rules --------------------------------------------------------------------------------------------------------


def _check(values: Mapping[str, Any]) -> dict[str, Any]:
    """The given values, cleaned, by column. Raises InvalidCampaign with all that is wrong."""
    issues: list[Issue] = []
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, str):
            value = clean_text(value)
        elif isinstance(value, list):
            value = sorted(set(value))
        issues += _issues(key, value)
        checked[key] = value
    if issues:
        raise InvalidCampaign(issues)
    return checked


def _issues(key: str, value: Any) -> list[Issue]:
    if key == "status" and value is not None:
        if value not in CAMPAIGN_STATUSES:
            raise ValueError(f"{value!r} is no status of a campaign")  # the doors offer these alone
        return []
    label = LABELS[key]
    if value is None or value in ("", []):
        return [make_issue("value-required", field=key, label=label)]
    if key in RANGES:
        return _range_issues(key, [value], *RANGES[key])
    if key == "sending_days":
        return _range_issues(key, value, 1, 7)
    if storable_text(value) != value:
        return [
            make_issue(
                "value-characters-forbidden", field=key, value=value, label=label,
                which="NUL, or a lone surrogate, not a real character",
            )
        ]  # fmt: skip
    if len(value) > MAX_CAMPAIGN_TEXT_LENGTH:
        return [
            make_issue(
                "value-too-long", field=key, value=value, label=label, length=len(value), limit=MAX_CAMPAIGN_TEXT_LENGTH
            )
        ]
    if key == "timezone" and not _TIMEZONE.fullmatch(value):
        return [make_issue("timezone-malformed", field=key, value=value)]
    return []


def _range_issues(key: str, numbers: Sequence[int], low: int, high: int) -> list[Issue]:
    return [
        make_issue("value-out-of-range", field=key, value=str(number), label=LABELS[key], low=low, high=high)
        for number in numbers
        if not low <= number <= high
    ]


# --- reading ------------------------------------------------------------------------------------------------------


def _get_record(conn: Connection, workspace_id: str, campaign_id: UUID) -> CampaignRecord:
    row = campaign_queries.get_campaign(conn, workspace_id=workspace_id, campaign_id=campaign_id)
    if row is None:
        raise _campaign_not_found()
    return read_campaign(row)


def _campaign_not_found() -> NotFound:
    return NotFound("There is no such campaign in this workspace.")


def _leads_not_found(missing: Collection[UUID]) -> NotFound:
    named = ", ".join(lead_id_text(lead_id.hex) for lead_id in sorted(missing)[:_NAMED_MISSING])
    if len(missing) > _NAMED_MISSING:
        named = say("{names} and {count} more").format(names=named, count=len(missing) - _NAMED_MISSING)
    return NotFound("There are no such leads in this workspace: {leads}. None was added.", leads=named)
