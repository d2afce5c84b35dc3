"""Leads and campaigns as the workspace holds them, and pages of them: what the lead and campaign flows give back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

from core.records import Lead

T = TypeVar("T")

DEFAULT_PAGE_SIZE = 50
#: More would make one answer larger than it is useful (contract.md section 4).
MAX_PAGE_SIZE = 100
#: A bound so that the offset stays a number that PostgreSQL knows; no workspace has that many pages.
MAX_PAGE = 10_000_000

CampaignStatus = Literal["draft", "active", "paused", "completed"]
CAMPAIGN_STATUSES: tuple[CampaignStatus, ...] = ("draft", "active", "paused", "completed")

LeadSort = Literal["newest", "oldest", "email", "name", "changed"]
LEAD_SORTS: tuple[LeadSort, ...] = ("newest", "oldest", "email", "name", "changed")

ActivityType = Literal["created", "updated", "deleted", "restored", "contacted", "added_to_campaign"]


@dataclass(frozen=True, slots=True)
class LeadRecord:
    """One lead as stored: its fields, and what the workspace knows about it. ``deleted_at`` is set while soft-deleted."""

    id: UUID
    lead: Lead
    created_at: datetime
    updated_at: datetime
    last_contacted_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Which leads of a workspace are meant: the active ones or the deleted ones, and of those all that is asked for here.

    ``search`` is a part of email, full name or company in any case; ``tags`` must all be on the lead; ``email`` is the whole
    address in any case; ``import_id`` means the leads that the import created or restored. What is empty does not narrow.
    """

    is_deleted: bool = False
    search: str = ""
    status: str | None = None
    tags: tuple[str, ...] = ()
    source: str = ""
    email: str = ""
    import_id: UUID | None = None
    campaign_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LeadCount:
    """How many leads there are. Where not ``is_exact``, counting was given up: there are at least so many."""

    number: int
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class LeadPage:
    """A page of a list that is read from key to key. ``next`` is what the next page begins after, None at the end.

    ``sort`` is the order that it is in: a long list has fewer than a short one. Where not ``is_full``, the page has fewer
    leads than asked for, and there may be more after ``next``: a filter looks through a bounded number of leads at a time.
    """

    items: tuple[LeadRecord, ...]
    sort: LeadSort
    next: str | None = None
    is_full: bool = True


@dataclass(frozen=True, slots=True)
class SendingSettings:
    """When a campaign may send and how much. Kept for the published client, which sets and shows them; we send nothing.

    ``sending_days`` counts from 1 (Monday) to 7; the hours are 0 to 23 in ``timezone``.
    """

    timezone: str = "UTC"
    sending_days: tuple[int, ...] = (1, 2, 3, 4, 5)
    sending_start_hour: int = 9
    sending_end_hour: int = 17
    daily_limit: int = 50


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """One campaign as stored. ``total_leads`` counts its active members."""

    id: UUID
    name: str
    status: CampaignStatus
    sending: SendingSettings
    total_leads: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, counted from 1. ``total`` counts what is on all pages together."""

    items: tuple[T, ...]
    page: int
    page_size: int
    total: int

    @property
    def total_pages(self) -> int:
        """0 where there is nothing to list."""
        return -(-self.total // self.page_size)


@dataclass(frozen=True, slots=True)
class Membership:
    """A campaign that a lead is a member of."""

    campaign_id: UUID
    campaign_name: str
    status: CampaignStatus
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happened to a lead, as far as it was recorded. ``subject`` is one line for people."""

    type: ActivityType
    timestamp: datetime
    subject: str
    campaign_id: UUID | None = None
    campaign_name: str | None = None
    import_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LeadActivity:
    """The activities of a lead, newest first, and its campaigns, latest joined first."""

    activities: tuple[Activity, ...]
    campaigns: tuple[Membership, ...]


def page_offset(page: int, page_size: int) -> int:
    """Rows before the page. Raises ValueError for a page or size that no caller should ask for."""
    if not (1 <= page <= MAX_PAGE and 1 <= page_size <= MAX_PAGE_SIZE):
        raise ValueError(f"page {page} of size {page_size} is out of range")
    return (page - 1) * page_size
