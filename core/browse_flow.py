"""Lists of leads: filtered, sorted, counted. By key for people who leaf through them, by number for the API's pages."""

from uuid import UUID

from sqlalchemy import Connection, Engine, Row

from core.access import requires
from core.cleaning import clean_tags, clean_text
from core.emails import email_key
from core.fields import STATUSES
from core.ids import lead_id_text, parse_lead_id
from core.issues import storable_text
from core.lead_flow import read_lead, workspace_not_found
from core.ledger import decode_ledger
from core.listing import (
    DEFAULT_PAGE_SIZE,
    LeadCount,
    LeadFilter,
    LeadPage,
    LeadRecord,
    LeadSort,
    Page,
    page_offset,
)
from core.record_flow import get_record
from db import imports, lead_lists, lead_queries, workspaces
from db.lead_lists import BY_EMAIL, NEWEST, OLDEST, Sort, Where

#: Up to this many leads any order is worked out by sorting them; beyond, only what an index keeps in order.
SORTABLE_LEADS = 10_000
#: The newest leads' tags and sources are what a filter offers; all leads' would have to be read for it.
SAMPLED_LEADS = 2_000
NOTHING = LeadFilter()


@requires("viewer")
def browse_leads(
    engine: Engine,
    *,
    workspace_id: str,
    where: LeadFilter = NOTHING,
    sort: LeadSort = "newest",
    after: str | None = None,
    size: int = DEFAULT_PAGE_SIZE,
) -> LeadPage:
    """The page of ``size`` leads behind ``after`` (the ``next`` of the page before). Raises NotFound for an unknown import.

    Its cost is bounded whatever the size of the workspace: a filter that no index serves looks through a part of the
    leads at a time, and an order that no index keeps is given to short lists only, newest first to long ones.
    """
    with engine.connect() as conn:
        if not can_match(where):
            return LeadPage((), sort)
        asked = to_where(conn, workspace_id, where)
        place = {"workspace_id": workspace_id, "where": asked}
        served = _served(asked, sort)
        if served is None:
            if _is_short(_count(conn, workspace_id, asked)):
                return _sorted_page(conn, workspace_id, asked, sort, after, size)
            sort, served = "newest", NEWEST
        page = _page_by_key(conn, workspace_id, asked, sort, served, after, size)
        if after is None and not page.is_full and _is_like_address(asked.search):
            known = {record.id for record in page.items}
            rows = lead_lists.begins_with_address(conn, **place, limit=size)
            found = tuple(read_lead(row) for row in rows if row.id not in known)
            return LeadPage((*page.items, *found), page.sort, page.next, page.is_full)
    return page


@requires("viewer")
def count_leads(engine: Engine, *, workspace_id: str, where: LeadFilter = NOTHING) -> LeadCount:
    """How many leads there are, exactly where that is cheap to know. Raises NotFound for an unknown import."""
    with engine.connect() as conn:
        if not can_match(where):
            return LeadCount(0)
        return _count(conn, workspace_id, to_where(conn, workspace_id, where))


@requires("viewer")
def list_filter_values(engine: Engine, *, workspace_id: str) -> tuple[list[str], list[str]]:
    """Tags and sources of the newest leads, to choose from; a rarer one has to be typed."""
    with engine.connect() as conn:
        return lead_lists.list_values(conn, workspace_id=workspace_id, newest=SAMPLED_LEADS)


@requires("viewer")
def list_leads(
    engine: Engine,
    *,
    workspace_id: str,
    where: LeadFilter = NOTHING,
    page: int = 1,
    page_size: int = DEFAULT_PAGE_SIZE,
) -> Page[LeadRecord]:
    """A page of leads by its number, newest first, with the exact total. Raises NotFound for an unknown import."""
    offset = page_offset(page, page_size)
    with engine.connect() as conn:
        active = _active_leads(conn, workspace_id)
        if not can_match(where):
            return Page((), page, page_size, 0)
        asked = to_where(conn, workspace_id, where)
        rows = lead_queries.list_leads(
            conn, workspace_id=workspace_id, where=asked, limit=page_size, offset=offset
        )
        if len(rows) < page_size and (rows or page == 1):  # the list ends here
            total = offset + len(rows)
        elif asked.is_narrow or asked.is_deleted:
            total = lead_queries.count_leads(conn, workspace_id=workspace_id, where=asked)
        else:  # counting a million leads takes 150 ms, the counter one
            total = active
    return Page(tuple(map(read_lead, rows)), page, page_size, total)


# --- filters --------------------------------------------------------------------------------------------------------


def can_match(where: LeadFilter) -> bool:
    """Whether any stored lead could match: a text that PostgreSQL cannot store is on none."""
    texts = (where.search, where.email, where.source, *where.tags)
    return all(storable_text(text) == text for text in texts) and where.status in (None, "", *STATUSES)


def to_where(conn: Connection, workspace_id: str, where: LeadFilter) -> Where:
    """The filter for the queries, cleaned; an import's leads are read from its ledger. Raises NotFound."""
    return Where(
        is_deleted=where.is_deleted,
        search=clean_text(where.search),
        status=where.status or None,
        tags=clean_tags(where.tags),
        source=clean_text(where.source),
        email=email_key(where.email),
        campaign_id=where.campaign_id,
        lead_ids=None if where.import_id is None else written_leads(conn, workspace_id, where.import_id),
    )


def written_leads(conn: Connection, workspace_id: str, import_id: UUID) -> list[UUID]:
    """The leads that an import created or restored, whatever became of them since. Raises NotFound."""
    get_record(conn, workspace_id, import_id)
    ledgers = imports.list_ledgers(conn, workspace_id=workspace_id, import_id=import_id)
    return [
        UUID(hex=decision.lead_id)
        for ledger in ledgers
        for decision in decode_ledger(ledger)
        if decision.outcome in ("created", "restored") and decision.lead_id
    ]


def _is_like_address(search: str) -> bool:
    """Whether it begins like an email, so that the index may find it among any number of leads."""
    local, at, domain = search.partition("@")
    return bool(local and at and domain and " " not in search)


# --- pages ----------------------------------------------------------------------------------------------------------


def _served(where: Where, sort: LeadSort) -> Sort | None:
    """The order as an index keeps it; None where none does."""
    if sort in ("newest", "oldest"):
        return NEWEST if sort == "newest" else OLDEST
    return BY_EMAIL if sort == "email" and where.campaign_id is None and where.lead_ids is None else None


def _page_by_key(
    conn: Connection, workspace_id: str, where: Where, sort: LeadSort, served: Sort, after: str | None, size: int
) -> LeadPage:
    key = after if served is BY_EMAIL else parse_lead_id(after or "")
    place = {"workspace_id": workspace_id, "where": where, "sort": served, "after": key}
    rows = lead_lists.list_page(conn, **place, limit=size + 1)
    items = tuple(map(read_lead, rows[:size]))
    if len(rows) > size:
        return LeadPage(items, sort, _key_text(_key_of(rows[size - 1], served)))
    end = lead_lists.end_of_window(conn, **place)
    return LeadPage(items, sort, None if end is None else _key_text(end), is_full=end is None)


def _key_of(row: Row, served: Sort) -> str | UUID:
    return getattr(row, served.column)


def _key_text(key: str | UUID) -> str:
    return lead_id_text(key.hex) if isinstance(key, UUID) else key


def _sorted_page(
    conn: Connection, workspace_id: str, where: Where, sort: LeadSort, after: str | None, size: int
) -> LeadPage:
    offset = int(after) if after and after.isdecimal() and len(after) < 9 else 0
    rows = lead_lists.list_sorted(
        conn, workspace_id=workspace_id, where=where, sort=sort, limit=size + 1, offset=offset
    )
    return LeadPage(tuple(map(read_lead, rows[:size])), sort, str(offset + size) if len(rows) > size else None)


# --- counting -------------------------------------------------------------------------------------------------------


def _count(conn: Connection, workspace_id: str, where: Where) -> LeadCount:
    if not where.is_narrow and not where.is_deleted:
        return LeadCount(_active_leads(conn, workspace_id))
    return LeadCount(*lead_lists.count_bounded(conn, workspace_id=workspace_id, where=where))


def _is_short(count: LeadCount) -> bool:
    return count.is_exact and count.number <= SORTABLE_LEADS


def _active_leads(conn: Connection, workspace_id: str) -> int:
    workspace = workspaces.get_workspace(conn, workspace_id=workspace_id)
    if workspace is None:
        raise workspace_not_found(workspace_id)
    return workspace.active_leads
