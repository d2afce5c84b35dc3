"""Lists of leads at a bounded cost, whatever the size of the workspace: pages by key, and counts that end somewhere.

A page begins behind the last lead of the page before (keyset), so a deep page costs what the first one does. A filter
without an index of its own looks through at most SCANNED_ROWS leads at a time: the caller gets what was found among them and
where to go on. No index serves tags, source or search, because every index on leads slows every import.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnCollection,
    ColumnElement,
    Connection,
    Row,
    Select,
    Subquery,
    Text,
    Uuid,
    cast,
    func,
    literal,
    or_,
    select,
    text,
    true,
)

from db.rows import array_literal
from db.tables import campaign_memberships, leads

#: Leads that one page or one count looks through: an eighth of a second on a small server.
SCANNED_ROWS = 100_000
#: The last character of all: what begins with a text lies between the text and the text with this behind it.
_LAST = "\U0010ffff"

Order = Mapping[str, Any]


class Sort(NamedTuple):
    """What a list is ordered by. ``column`` is one that an index keeps in order inside a workspace."""

    column: str
    is_descending: bool = False


NEWEST = Sort("id", is_descending=True)  # ids are time-ordered
OLDEST = Sort("id")
BY_EMAIL = Sort("email")


class Where(NamedTuple):
    """Which leads are looked for; what is empty does not narrow. ``search`` is a part of email, full name or company.

    ``lead_ids`` are the only leads that come into question, where that is known (those of an import).
    """

    is_deleted: bool = False
    search: str = ""
    status: str | None = None
    tags: Sequence[str] = ()
    source: str = ""
    email: str = ""
    campaign_id: UUID | None = None
    lead_ids: Sequence[UUID] | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything beyond active or deleted is asked for."""
        return self != Where(is_deleted=self.is_deleted)


def list_page(
    conn: Connection, *, workspace_id: str, where: Where, sort: Sort, after: str | UUID | None, limit: int
) -> Sequence[Row]:
    """The first ``limit`` matching leads behind ``after``, of the next SCANNED_ROWS that come into question."""
    found = _window(conn, workspace_id, where, sort, after)
    return conn.execute(
        select(found).where(*_left_to_ask(found.c, workspace_id, where, sort)).order_by(_direction(found.c, sort)).limit(limit)
    ).all()


def end_of_window(
    conn: Connection, *, workspace_id: str, where: Where, sort: Sort, after: str | UUID | None
) -> str | UUID | None:
    """The key of the last lead that list_page looked through where there are more behind it, else None."""
    found = _window(conn, workspace_id, where, sort, after, more=1)
    keys = select(found.c[sort.column]).order_by(_direction(found.c, sort))
    two = conn.scalars(keys.offset(SCANNED_ROWS - 1).limit(2)).all()
    return two[0] if len(two) == 2 else None


def list_sorted(
    conn: Connection, *, workspace_id: str, where: Where, sort: str, limit: int, offset: int
) -> Sequence[Row]:
    """A page in an order that no index keeps: only for lists that count_bounded found short."""
    found = _window(conn, workspace_id, where, NEWEST, None)
    return conn.execute(
        select(found)
        .where(*_left_to_ask(found.c, workspace_id, where, NEWEST))
        .order_by(*_free_order(found.c, sort))
        .limit(limit)
        .offset(offset)
    ).all()


def count_bounded(conn: Connection, *, workspace_id: str, where: Where) -> tuple[int, bool]:
    """How many leads match among the newest SCANNED_ROWS that come into question, and whether those are all."""
    found = _window(conn, workspace_id, where, NEWEST, None, more=1)
    seen, matching = conn.execute(
        select(func.count(), func.count().filter(*_left_to_ask(found.c, workspace_id, where, NEWEST))).select_from(found)
    ).one()
    return matching, seen <= SCANNED_ROWS


def begins_with_address(conn: Connection, *, workspace_id: str, where: Where, limit: int) -> Sequence[Row]:
    """The matching leads whose email begins with the search, by email: the index finds them among any number."""
    found = (
        select(leads)
        .where(
            leads.c.workspace_id == workspace_id,
            leads.c.email >= where.search.lower(),
            leads.c.email < where.search.lower() + _LAST,
        )
        .order_by(leads.c.email)
        .limit(SCANNED_ROWS)
        .subquery("found")
    )
    return conn.execute(
        select(found).where(*_conditions(found.c, workspace_id, where)).order_by(found.c.email).limit(limit)
    ).all()


def list_ids(conn: Connection, *, workspace_id: str, where: Where, limit: int) -> Sequence[UUID]:
    """Ids of at most ``limit`` matching leads. Looks through all that come into question, however many these are."""
    found = _base(conn, workspace_id, where, NEWEST)[1].subquery("found")
    return conn.scalars(select(found.c.id).where(*_left_to_ask(found.c, workspace_id, where, NEWEST)).limit(limit)).all()


def list_values(conn: Connection, *, workspace_id: str, newest: int) -> tuple[list[str], list[str]]:
    """Tags and sources of the newest leads, to choose a filter from, each in alphabetical order."""
    sample = (
        select(leads.c.tags, leads.c.source)
        .where(leads.c.workspace_id == workspace_id)
        .order_by(leads.c.id.desc())
        .limit(newest)
        .subquery("sample")
    )
    tags = conn.scalars(select(func.unnest(sample.c.tags)).distinct()).all()
    sources = conn.scalars(select(sample.c.source).distinct()).all()
    return sorted(tags, key=str.lower), sorted(sources, key=str.lower)


def list_custom_keys(
    conn: Connection, *, workspace_id: str, where: Where, around: str, limit: int
) -> Sequence[tuple[str, bool]]:
    """Keys of the matching leads' custom fields, the most frequent first, and whether all their values are plain texts:
    texts that are not empty and have none of the characters ``around`` at an end. Reads every matching lead.
    """
    field = func.jsonb_each(leads.c.custom_fields).table_valued("key", "value", name="field")
    value = field.c.value.op("#>>")(text("'{}'"))
    is_plain = (func.jsonb_typeof(field.c.value) == "string") & (value != "") & (func.btrim(value, around) == value)
    statement = (
        select(field.c.key, func.bool_and(is_plain))
        .select_from(leads)
        .join(field, true())
        .where(*conditions(workspace_id, where))
        .group_by(field.c.key)
        .order_by(func.count().desc(), field.c.key)
        .limit(limit)
    )
    return [(key, plain) for key, plain in conn.execute(statement)]


# --- parts ----------------------------------------------------------------------------------------------------------


def _window(
    conn: Connection, workspace_id: str, where: Where, sort: Sort, after: Any, *, more: int = 0
) -> Subquery:
    """SCANNED_ROWS (and ``more``) of the leads that come into question, behind ``after``, in the order of an index that also
    narrows, if any does.
    """
    key, base = _base(conn, workspace_id, where, sort)
    if after is not None:
        base = base.where(key < after if sort.is_descending else key > after)
    return base.order_by(key.desc() if sort.is_descending else key).limit(SCANNED_ROWS + more).subquery("found")


def _base(conn: Connection, workspace_id: str, where: Where, sort: Sort) -> tuple[ColumnElement, Select]:
    by_id = sort.column == "id"
    base = select(leads).where(leads.c.workspace_id == workspace_id)
    if by_id and where.lead_ids is not None:
        wanted = listed_ids(where.lead_ids).subquery("wanted")
        return leads.c.id, base.join(wanted, wanted.c.id == leads.c.id)
    if by_id and where.campaign_id:
        member = campaign_memberships.c
        base = base.join(
            campaign_memberships, (member.workspace_id == leads.c.workspace_id) & (member.lead_id == leads.c.id)
        ).where(member.workspace_id == workspace_id, member.campaign_id == where.campaign_id)
        return member.lead_id, base
    if where.is_deleted and by_id:
        base = base.where(leads.c.deleted_at.is_not(None))  # leads_deleted
    elif where.status and where.status != "active" and by_id:
        # leads_by_rare_status; its condition stands here as it is, because a bound value proves nothing to the planner
        base = base.where(leads.c.status == where.status, text("leads.status <> 'active'"))
    return leads.c[sort.column], base


def _left_to_ask(
    columns: ColumnCollection, workspace_id: str, where: Where, sort: Sort
) -> list[ColumnElement[bool]]:
    """What _base with this filter and order has not asked of its leads: not whether they are in the campaign, if by id."""
    are_members = sort.column == "id" and where.lead_ids is None
    return _conditions(columns, workspace_id, where._replace(campaign_id=None) if are_members else where)


def listed_ids(ids: Sequence[UUID]) -> Select:
    """What planning.listed gives, for statements that are put together.

    The ids are one bound value, however many: a list of parameters ends at 65,535.
    """
    array = cast(cast(array_literal(one.hex for one in ids), Text), ARRAY(Uuid))
    rows = func.unnest(array).table_valued("id").render_derived("rows")
    return select(rows.c.id).limit(func.cardinality(array))


def _direction(columns: ColumnCollection, sort: Sort) -> ColumnElement:
    column = columns[sort.column]
    return column.desc() if sort.is_descending else column


def _free_order(columns: ColumnCollection, sort: str) -> list[ColumnElement]:
    """Ending with the id, so that pages neither repeat nor lose a lead."""
    if sort == "name":
        names = (columns.last_name, columns.first_name)
        return [*(func.lower(name).asc().nulls_last() for name in names), columns.email, columns.id]
    if sort == "changed":
        return [columns.updated_at.desc(), columns.id.desc()]
    if sort == "email":
        return [columns.email]
    return [columns.id if sort == "oldest" else columns.id.desc()]


def conditions(workspace_id: str, where: Where) -> list[ColumnElement[bool]]:
    """The same on the table itself, for lists whose length is counted exactly."""
    found = [leads.c.workspace_id == workspace_id, *_conditions(leads.c, workspace_id, where)]
    if where.lead_ids is not None:
        found.append(leads.c.id.in_(listed_ids(where.lead_ids)))
    return found


def _conditions(columns: ColumnCollection, workspace_id: str, where: Where) -> list[ColumnElement[bool]]:
    """All but the ids: a window holds no others."""
    is_active = columns.deleted_at.is_(None)
    found = [~is_active if where.is_deleted else is_active]
    if where.lead_ids is not None:  # a bound value proves nothing to the planner: it keeps to the ids, not to leads_deleted
        found = [is_active == literal(not where.is_deleted)]
    if where.search:
        full_name = func.concat_ws(" ", columns.first_name, columns.last_name)
        found.append(
            or_(
                columns.email.contains(where.search.lower(), autoescape=True),  # stored in lower case
                full_name.icontains(where.search, autoescape=True),
                columns.company.icontains(where.search, autoescape=True),
            )
        )
    if where.status:
        found.append(columns.status == where.status)
    if where.tags:
        found.append(columns.tags.contains(list(where.tags)))
    if where.source:
        found.append(columns.source == where.source)
    if where.email:
        found.append(columns.email == where.email)
    if where.campaign_id:
        member = campaign_memberships.c
        found.append(
            select(member.lead_id)
            .where(
                member.workspace_id == workspace_id,
                member.campaign_id == where.campaign_id,
                member.lead_id == columns.id,
            )
            .offset(0)  # asked lead by lead: as a join, it is planned as if the campaign had one
            .exists()
        )
    return found
