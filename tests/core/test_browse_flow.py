"""Lists of leads by key: every lead once and in order, whatever the filter, at a bounded cost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from core import browse_flow, lead_flow
from core.errors import NotFound
from core.ids import new_hex_ids, new_id
from core.listing import LEAD_SORTS, LeadCount, LeadFilter
from db import lead_lists
from tests.factories import (
    LONG_AGO,
    import_file,
    make_workspace,
    put_campaign,
    put_leads,
    read_leads,
    record_statements,
    soft_delete,
)

NAMES = ["Zoë", "adam", None, "Ben", "ädna", "Carl", None, "adam", "Yi", "Max", "Ida"]


def put_people(engine: Engine, workspace_id: str, **values: Any) -> list[str]:
    """Eleven leads, p00 the oldest; emails and names sort otherwise than their age, the third is the one changed last."""
    ids = new_hex_ids()
    people = [
        {
            "id": UUID(next(ids)), "email": f"p{i:02}@{'z' if i % 2 else 'a'}.example.com", "last_name": name,
            "updated_at": LONG_AGO + timedelta(days=(i + 8) % len(NAMES)), "tags": ["odd"] if i % 2 else [], **values,
        }
        for i, name in enumerate(NAMES)
    ]  # fmt: skip
    put_leads(engine, workspace_id, people)
    return [person["email"] for person in people]


def leaf(engine: Engine, workspace_id: str, *, sort: Any = "newest", size: int = 3, **where: Any) -> list[str]:
    """The emails of all pages, one after another, through to the end."""
    emails: list[str] = []
    after, pages = None, 0
    while True:
        page = browse_flow.browse_leads(
            engine, workspace_id=workspace_id, where=LeadFilter(**where), sort=sort, after=after, size=size
        )
        assert len(page.items) <= size
        emails += [record.lead.email for record in page.items]
        pages += 1
        assert pages < 100
        if page.next is None:
            return emails
        after = page.next


def count(engine: Engine, workspace_id: str, **where: Any) -> LeadCount:
    return browse_flow.count_leads(engine, workspace_id=workspace_id, where=LeadFilter(**where))


def test_an_empty_workspace(engine, workspace_id):
    page = browse_flow.browse_leads(engine, workspace_id=workspace_id)
    assert (page.items, page.next, page.is_full) == ((), None, True)
    assert count(engine, workspace_id) == LeadCount(0)
    assert browse_flow.list_filter_values(engine, workspace_id=workspace_id) == ([], [])


@pytest.mark.parametrize("size", [1, 3, 11, 50])
def test_every_order_gives_every_lead_once(engine, workspace_id, size):
    emails = put_people(engine, workspace_id)
    orders = {sort: leaf(engine, workspace_id, sort=sort, size=size) for sort in LEAD_SORTS}
    assert orders["newest"] == emails[::-1]
    assert orders["oldest"] == emails
    assert orders["email"] == sorted(emails)
    assert [email[1:3] for email in orders["name"]][:3] == ["01", "07", "03"]  # adam, adam, Ben
    assert {email[1:3] for email in orders["name"][-2:]} == {"02", "06"}  # those without a name
    assert orders["changed"][0] == emails[2]
    assert all(sorted(order) == sorted(emails) for order in orders.values())


@pytest.mark.parametrize("sort", LEAD_SORTS)
@pytest.mark.parametrize("where", ["import", "campaign", "tag", "status", "search", "deleted", "source"])
def test_every_filter_in_every_order(engine, workspace_id, sort, where):
    emails = put_people(engine, workspace_id, status="replied", source="fair")
    imported = import_file(engine, workspace_id, b"Email\nnew@example.com\nback@example.com\np00@a.example.com\n").record
    campaign_id = put_campaign(engine, workspace_id, [*emails[:4], "back@example.com"])
    soft_delete(engine, workspace_id, ["back@example.com", emails[1]])
    choice, expected = {
        "import": ({"import_id": imported.id}, {"new@example.com"}),
        "campaign": ({"campaign_id": campaign_id}, {emails[0], emails[2], emails[3]}),
        "tag": ({"tags": ("odd",)}, {emails[i] for i in (3, 5, 7, 9)}),
        "status": ({"status": "replied"}, {*emails} - {emails[1]}),
        "search": ({"search": "ADAM"}, {emails[7]}),
        "deleted": ({"is_deleted": True}, {emails[1], "back@example.com"}),
        "source": ({"source": "fair"}, {*emails} - {emails[1]}),
    }[where]
    found = leaf(engine, workspace_id, sort=sort, size=2, **choice)
    assert len(found) == len(expected)
    assert set(found) == expected
    assert count(engine, workspace_id, **choice) == LeadCount(len(expected))


def test_filters_narrow_together(engine, workspace_id):
    emails = put_people(engine, workspace_id)
    campaign_id = put_campaign(engine, workspace_id, emails[:6])
    assert leaf(engine, workspace_id, campaign_id=campaign_id, tags=("odd",), search="z.example") == [emails[i] for i in (5, 3, 1)]
    assert leaf(engine, workspace_id, campaign_id=campaign_id, status="bounced") == []


def test_an_import_of_deleted_leads_finds_the_restored_ones(engine, workspace_id):
    put_leads(engine, workspace_id, ["gone@example.com", "stays@example.com"], deleted=True)
    record = import_file(engine, workspace_id, b"Email\ngone@example.com\nnew@example.com\n").record
    assert set(leaf(engine, workspace_id, import_id=record.id)) == {"gone@example.com", "new@example.com"}
    assert leaf(engine, workspace_id, import_id=record.id, is_deleted=True) == []


def test_a_lead_that_is_added_meanwhile_moves_no_page(engine, workspace_id):
    emails = put_people(engine, workspace_id)
    first = browse_flow.browse_leads(engine, workspace_id=workspace_id, size=4)
    put_leads(engine, workspace_id, ["later@example.com"])
    second = browse_flow.browse_leads(engine, workspace_id=workspace_id, size=4, after=first.next)
    assert [record.lead.email for record in (*first.items, *second.items)] == emails[::-1][:8]


@pytest.mark.parametrize("after", ["", "x", "cld_", "999999999999", "-1", "1e3"])
@pytest.mark.parametrize("sort", ["newest", "name"])
def test_a_made_up_place_is_the_beginning(engine, workspace_id, sort, after):
    emails = put_people(engine, workspace_id)
    page = browse_flow.browse_leads(engine, workspace_id=workspace_id, sort=sort, after=after)
    assert len(page.items) == len(emails)


def test_another_workspace_is_never_in_it(engine, workspace_id):
    other = make_workspace(engine)
    emails = put_people(engine, other)
    record = import_file(engine, other, b"Email\nnew@example.com\n").record
    campaign_id = put_campaign(engine, other, emails)
    for sort in LEAD_SORTS:
        assert leaf(engine, workspace_id, sort=sort) == []
        assert leaf(engine, workspace_id, sort=sort, campaign_id=campaign_id) == []
    with pytest.raises(NotFound):
        leaf(engine, workspace_id, import_id=record.id)
    with pytest.raises(NotFound):
        count(engine, workspace_id, import_id=new_id())


@pytest.mark.parametrize("where", [{"search": "\0"}, {"tags": ("\ud800",)}, {"status": "asleep"}, {"source": "\0"}])
def test_what_cannot_be_stored_is_on_no_lead(engine, workspace_id, where):
    put_people(engine, workspace_id)
    assert leaf(engine, workspace_id, **where) == []
    assert count(engine, workspace_id, **where) == LeadCount(0)


@pytest.mark.parametrize("search", ["%", "_", "\\", "100%"])
def test_a_search_is_no_pattern(engine, workspace_id, search):
    put_people(engine, workspace_id)
    put_leads(engine, workspace_id, [{"email": "x@example.com", "company": f"a{search}b"}])
    assert leaf(engine, workspace_id, search=search) == ["x@example.com"]


# --- long lists -----------------------------------------------------------------------------------------------------


@pytest.fixture
def short_sight(monkeypatch):
    """What takes a hundred thousand leads in earnest takes four here."""
    monkeypatch.setattr(lead_lists, "SCANNED_ROWS", 4)
    monkeypatch.setattr(browse_flow, "SORTABLE_LEADS", 4)


@pytest.mark.parametrize("sort", LEAD_SORTS)
def test_a_rare_lead_is_found_by_going_on(engine, workspace_id, short_sight, sort):
    emails = put_people(engine, workspace_id)
    put = {"search": "p00"}
    first = browse_flow.browse_leads(engine, workspace_id=workspace_id, where=LeadFilter(**put), sort="newest")
    assert (first.items, first.is_full) == ((), False)
    assert first.next is not None
    assert leaf(engine, workspace_id, sort=sort, **put) == emails[:1]
    assert count(engine, workspace_id, **put) == LeadCount(0, is_exact=False)


def test_a_long_list_comes_newest_first_where_no_index_keeps_its_order(engine, workspace_id, short_sight):
    emails = put_people(engine, workspace_id)
    page = browse_flow.browse_leads(engine, workspace_id=workspace_id, sort="name", size=50)
    assert page.sort == "newest"
    assert leaf(engine, workspace_id, sort="name") == emails[::-1]
    assert leaf(engine, workspace_id, sort="email") == sorted(emails)
    assert leaf(engine, workspace_id, sort="name", status="bounced") == []


def test_a_whole_address_is_found_at_once_in_a_list_of_any_length(engine, workspace_id, short_sight):
    emails = put_people(engine, workspace_id)
    page = browse_flow.browse_leads(engine, workspace_id=workspace_id, where=LeadFilter(search=emails[0].upper()))
    assert [record.lead.email for record in page.items] == emails[:1]
    deleted = LeadFilter(search=emails[0], is_deleted=True)
    assert browse_flow.browse_leads(engine, workspace_id=workspace_id, where=deleted).items == ()


def test_the_count_of_all_is_the_workspaces_own(engine, workspace_id, short_sight):
    put_people(engine, workspace_id)
    assert count(engine, workspace_id) == LeadCount(11)
    assert count(engine, workspace_id, tags=("odd",)) == LeadCount(2, is_exact=False)


@pytest.mark.parametrize(
    ("where", "index"),
    [({}, "leads_pk"), ({"is_deleted": True}, "leads_deleted"), ({"status": "bounced"}, "leads_by_rare_status")],
)
def test_each_list_has_its_index(engine, workspace_id, where, index):
    """The indexes' conditions must be provable from the statement, whatever is bound to it."""
    with engine.begin() as conn:
        conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
        conn.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        conn.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
        asked = browse_flow.to_where(conn, workspace_id, LeadFilter(**where))
        window = lead_lists._window(conn, workspace_id, asked, lead_lists.NEWEST, None)
        statement = str(window.select().compile(engine, compile_kwargs={"literal_binds": True}))
        assert index in "".join(conn.exec_driver_sql(f"EXPLAIN {statement.replace('%', '%%')}").scalars())


def test_a_page_is_a_few_statements_and_reads_no_more_than_it_shows(engine, workspace_id, tmp_path):
    put_people(engine, workspace_id)
    with record_statements(engine, str(tmp_path / "trace")) as statements:
        browse_flow.browse_leads(engine, workspace_id=workspace_id, size=5)
    assert sum("FROM leads" in statement for statement in statements) <= 1


def test_values_to_choose_from_are_those_of_the_newest_leads(engine, workspace_id, monkeypatch):
    put_people(engine, workspace_id, source="old")
    put_leads(engine, workspace_id, [{"email": "x@example.com", "tags": ["b", "A"], "source": "Fair"}])
    assert browse_flow.list_filter_values(engine, workspace_id=workspace_id) == (["A", "b", "odd"], ["Fair", "old"])
    monkeypatch.setattr(browse_flow, "SAMPLED_LEADS", 1)
    assert browse_flow.list_filter_values(engine, workspace_id=workspace_id) == (["A", "b"], ["Fair"])


def test_a_deleted_lead_changes_lists(engine, workspace_id):
    put_people(engine, workspace_id)
    lead = read_leads(engine, workspace_id)["p03@z.example.com"]
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=lead["id"])
    assert "p03@z.example.com" not in leaf(engine, workspace_id)
    assert leaf(engine, workspace_id, is_deleted=True) == ["p03@z.example.com"]
    lead_flow.restore_lead(engine, workspace_id=workspace_id, lead_id=lead["id"])
    assert leaf(engine, workspace_id, is_deleted=True) == []
