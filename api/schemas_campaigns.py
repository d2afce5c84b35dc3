"""The wire's shapes of campaigns. The sending settings are the published client's: kept and shown, nothing is sent."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from pydantic import Field

from api.schemas import Wire
from core.campaign_flow import CampaignDraft
from core.ids import campaign_id_text
from core.listing import CampaignRecord, CampaignStatus

EXAMPLE_CAMPAIGN = {
    "id": "cmp_0197f2c0883f7b0e9a5d1c4e6f708192",
    "name": "Spring launch",
    "status": "draft",
    "timezone": "Europe/Berlin",
    "sendingDays": [1, 2, 3, 4, 5],
    "sendingStartHour": 9,
    "sendingEndHour": 17,
    "dailyLimit": 50,
    "totalLeads": 120,
    "createdAt": "2026-01-15T10:30:00.250000Z",
    "updatedAt": "2026-01-16T08:00:00.125000Z",
}


class CampaignValues(Wire):
    """What can be given of a campaign. Its ranges are core's rules, and answered by name."""

    timezone: str | None = Field(default=None, description="IANA name; default UTC.")
    sending_days: list[int] | None = Field(default=None, description="1 (Monday) to 7; default Monday to Friday.")
    sending_start_hour: int | None = Field(default=None, description="0 to 23; default 9.")
    sending_end_hour: int | None = Field(default=None, description="0 to 23; default 17.")
    daily_limit: int | None = Field(default=None, description="0 to 1,000,000; default 50.")


class CampaignCreate(CampaignValues):
    """A new campaign. Null means: not given."""

    name: str

    def draft(self) -> CampaignDraft:
        return cast(CampaignDraft, self.model_dump())


class CampaignChange(CampaignValues):
    """The values to change. None of them can be emptied."""

    name: str | None = None
    status: CampaignStatus | None = None

    def draft(self) -> CampaignDraft:
        return cast(CampaignDraft, self.model_dump(include=self.model_fields_set))


class CampaignOut(Wire):
    """A campaign. ``totalLeads`` counts its leads, without deleted ones."""

    id: str
    name: str
    status: CampaignStatus
    timezone: str
    sending_days: list[int]
    sending_start_hour: int
    sending_end_hour: int
    daily_limit: int
    total_leads: int
    created_at: datetime
    updated_at: datetime


class NewMembers(Wire):
    """Leads to put into a campaign: by their ids, or all that an import created or restored. Exactly one of the two."""

    import_id: str | None = Field(default=None, description="Instead of `leadIds`: the import, `imp_…`.")
    lead_ids: list[str] | None = None


class Added(Wire):
    """How many leads became members; those that were already are not counted."""

    added: int


class Removed(Wire):
    """Which lead was taken out of which campaign."""

    campaign_id: str
    lead_id: str
    removed: bool = True


def campaign_values(record: CampaignRecord) -> dict[str, Any]:
    """The values of a CampaignOut."""
    return {
        "id": campaign_id_text(record.id),
        "name": record.name,
        "status": record.status,
        **asdict(record.sending),
        "sending_days": list(record.sending.sending_days),
        "total_leads": record.total_leads,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
    }
