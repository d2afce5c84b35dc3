"""The wire's shapes of leads: what a lead is given as, and how one is answered (contract.md section 2)."""

from datetime import datetime
from typing import Any, cast

from pydantic import Field

from api.schemas import LeadsMeta, Wire
from core.fields import STATUSES
from core.ids import campaign_id_text, import_id_text, lead_id_text
from core.listing import Activity, CampaignStatus, LeadActivity, LeadRecord, Membership
from core.records import LeadDraft

EXAMPLE_LEAD = {
    "id": "cld_0197f2c05a3e7c41b1d49b6c2f7a8e10",
    "email": "jane@acme.com",
    "firstName": "Jane",
    "lastName": "Doe",
    "company": "Acme",
    "title": "CTO",
    "phone": "+49 30 5550100",
    "linkedinUrl": "https://www.linkedin.com/in/jane-doe",
    "website": "https://acme.com",
    "notes": None,
    "source": "api",
    "status": "active",
    "customFields": {"budget": 12000},
    "tags": ["vip", "berlin"],
    "lastContactedAt": None,
    "createdAt": "2026-01-15T10:30:00.250000Z",
    "updatedAt": "2026-01-15T10:30:00.250000Z",
}
EXAMPLE_ACTIVITY = {
    "activities": [
        {
            "type": "added_to_campaign",
            "timestamp": "2026-01-16T08:00:00.125000Z",
            "subject": "Added to campaign “Spring launch”",
            "campaignId": "cmp_0197f2c0883f7b0e9a5d1c4e6f708192",
            "campaignName": "Spring launch",
            "importId": None,
        },
        {
            "type": "created",
            "timestamp": "2026-01-15T10:30:00.250000Z",
            "subject": "Created by the import of “leads.csv”",
            "campaignId": None,
            "campaignName": None,
            "importId": "imp_0197f2c05a3d72a68f1e2d3c4b5a6978",
        },
    ],
    "campaigns": [
        {
            "campaignId": "cmp_0197f2c0883f7b0e9a5d1c4e6f708192",
            "campaignName": "Spring launch",
            "status": "draft",
            "addedAt": "2026-01-16T08:00:00.125000Z",
        }
    ],
}

#: As many as one import takes.
MAX_BULK_LEADS = 1000

_STATUS_SCHEMA: dict[str, Any] = {"anyOf": [{"type": "string", "enum": [*STATUSES]}, {"type": "null"}]}


class LeadValues(Wire):
    """What can be given of a lead. The rules beyond the JSON types are core's, the same for all doors."""

    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    title: str | None = None
    phone: str | None = None
    linkedin_url: str | None = None
    website: str | None = None
    notes: str | None = None
    source: str | None = None
    status: str | None = Field(default=None, json_schema_extra=_STATUS_SCHEMA)
    custom_fields: dict[str, Any] | None = None
    tags: list[str] | None = None


class LeadCreate(LeadValues):
    """A new lead. Null and empty mean: not given."""

    email: str

    def draft(self) -> LeadDraft:
        return cast(LeadDraft, self.model_dump())


class LeadChange(LeadValues):
    """The fields to change. Null and empty clear a field; email, source and status cannot be cleared.

    ``customFields`` and ``tags`` are replaced as a whole.
    """

    email: str | None = None

    def draft(self) -> LeadDraft:
        return cast(LeadDraft, self.model_dump(include=self.model_fields_set))


class LeadOut(Wire):
    """A lead, every field. Times are ISO 8601, UTC."""

    id: str
    email: str
    first_name: str | None
    last_name: str | None
    company: str | None
    title: str | None
    phone: str | None
    linkedin_url: str | None
    website: str | None
    notes: str | None
    source: str
    status: str = Field(json_schema_extra={"enum": [*STATUSES]})
    custom_fields: dict[str, Any]
    tags: list[str]
    last_contacted_at: datetime | None
    created_at: datetime
    updated_at: datetime


class ActivityOut(Wire):
    """Something that happened to a lead. ``subject`` is one line for people."""

    type: str
    timestamp: datetime
    subject: str
    campaign_id: str | None
    campaign_name: str | None
    import_id: str | None


class MembershipOut(Wire):
    """A campaign that the lead is in."""

    campaign_id: str
    campaign_name: str
    status: CampaignStatus
    added_at: datetime


class LeadActivityOut(Wire):
    """Newest first, both."""

    activities: list[ActivityOut]
    campaigns: list[MembershipOut]


class Deleted(Wire):
    """What was deleted."""

    id: str
    deleted: bool = True


class LeadList(Wire):
    """One page of leads."""

    data: list[LeadOut]
    meta: LeadsMeta


class LeadIds(Wire):
    """The leads that are meant."""

    lead_ids: list[str] = Field(min_length=1, max_length=MAX_BULK_LEADS)


class DeletedLeads(Wire):
    """How many leads were active and are deleted now."""

    deleted: int


class RestoredLeads(Wire):
    """How many leads were deleted and are active now."""

    restored: int


def lead_values(record: LeadRecord) -> dict[str, Any]:
    """The values of a LeadOut."""
    return {
        "id": lead_id_text(record.id.hex),
        **record.lead._asdict(),
        "tags": list(record.lead.tags),
        "last_contacted_at": record.last_contacted_at,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
    }


def activity_values(told: LeadActivity) -> dict[str, Any]:
    """The values of a LeadActivityOut."""
    return {
        "activities": [_activity(activity) for activity in told.activities],
        "campaigns": [_membership(joined) for joined in told.campaigns],
    }


def _activity(activity: Activity) -> dict[str, Any]:
    return {
        "type": activity.type,
        "timestamp": activity.timestamp,
        "subject": activity.subject,
        "campaign_id": campaign_id_text(activity.campaign_id) if activity.campaign_id else None,
        "campaign_name": activity.campaign_name,
        "import_id": import_id_text(activity.import_id) if activity.import_id else None,
    }


def _membership(joined: Membership) -> dict[str, Any]:
    return {
        "campaign_id": campaign_id_text(joined.campaign_id),
        "campaign_name": joined.campaign_name,
        "status": joined.status,
        "added_at": joined.added_at,
    }
