"""Leads one by one: the import's rules, counters that stay exact, lists. Real PostgreSQL; races in real threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from core import activity_flow, browse_flow, campaign_flow, lead_flow
from core.errors import EmailTaken, InvalidLead, LeadImportError, NotFound, QuotaExceeded
from core.ids import new_id
from core.listing import LeadFilter, LeadRecord
from core.records import ImportOptions, LeadDraft
from core.validation import check_rows
from core.writing_flow import write_rows
from db import workspaces
from db.transaction import run_transaction
from tests.conftest import count_leads
from tests.factories import set_limit

FULL: LeadDraft = {
    "email": "  Jane@Acme.com ",
    "first_name": " Jane ",
    "last_name": "Doe",
    "company": "Acme",
    "title": "CTO",
    "phone": "+49 30 1",
    "linkedin_url": "https://linkedin.com/in/jane",
    "website": "https://acme.com",
    "notes": "met\nin Berlin\t\\o/",
    "source": "trade fair",
    "status": "Replied",
    "custom_fields": {"Budget": 12.5, "deep": {"list": [1, None, "ü"]}},
    "tags": [" vip ", "vip", "", "berlin"],
}


def create(engine: Engine, workspace_id: str, email: str = "jane@acme.com", **fields: Any) -> LeadRecord:
    return lead_flow.create_lead(engine, workspace_id=workspace_id, draft={"email": email, **fields}).record


def import_rows(engine: Engine, workspace_id: str, drafts: Sequence[LeadDraft]) -> None:
    """The same rows through the import's own writing."""
    rows = check_rows(drafts, range(1, len(drafts) + 1))

    def work(conn: Any) -> None:
        write_rows(
            conn, workspace_id=workspace_id, rows=rows, options=ImportOptions(default_source="manual"),
            record=lambda _plan, _quota: lambda _cursor: None,
        )  # fmt: skip

    run_transaction(engine, work)


def emails(engine: Engine, workspace_id: str, **filters: Any) -> list[str]:
    page = browse_flow.list_leads(engine, workspace_id=workspace_id, where=LeadFilter(**filters))
    assert page.total == len(page.items)
    return [record.lead.email for record in page.items]


def campaign_with(engine: Engine, workspace_id: str, *leads: LeadRecord, name: str = "Spring") -> UUID:
    campaign = campaign_flow.create_campaign(engine, workspace_id=workspace_id, values={"name": name})
    campaign_flow.add_leads(
        engine, workspace_id=workspace_id, campaign_id=campaign.id, lead_ids=[lead.id for lead in leads]
    )
    return campaign.id


def total(engine: Engine, workspace_id: str, campaign_id: UUID) -> int:
    return campaign_flow.get_campaign(engine, workspace_id=workspace_id, campaign_id=campaign_id).total_leads


def in_threads(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each job returned or the product's error that it raised, all begun together."""

    def run(job: Callable[[], Any]) -> Any:
        try:
            return job()
        except LeadImportError as error:
            return type(error)

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


# --- create -------------------------------------------------------------------------------------------------------


def test_a_created_lead_carries_every_field_cleaned(engine: Engine, workspace_id: str) -> None:
    made = lead_flow.create_lead(engine, workspace_id=workspace_id, draft=FULL)
    lead = made.record.lead
    assert not made.is_restored
    assert lead.email == "jane@acme.com"
    assert lead.first_name == "Jane"
    assert lead.notes == "met\nin Berlin\t\\o/"
    assert lead.status == "replied"
    assert lead.source == "trade fair"
    assert lead.custom_fields == {"Budget": 12.5, "deep": {"list": [1, None, "ü"]}}
    assert lead.tags == ("vip", "berlin")
    assert made.record.created_at == made.record.updated_at
    assert made.record.last_contacted_at is None
    assert lead_flow.get_lead(engine, workspace_id=workspace_id, lead_id=made.record.id) == made.record
    assert count_leads(engine, workspace_id) == (1, 0)


def test_a_lead_with_an_email_alone_gets_the_defaults(engine: Engine, workspace_id: str) -> None:
    lead = create(engine, workspace_id).lead
    assert (lead.status, lead.source, lead.custom_fields, lead.tags) == ("active", "manual", {}, ())
    made = lead_flow.create_lead(
        engine, workspace_id=workspace_id, draft={"email": "a@acme.com"}, default_source="api"
    )
    assert made.record.lead.source == "api"


def test_all_that_is_wrong_with_a_lead_is_said_at_once(engine: Engine, workspace_id: str) -> None:
    with pytest.raises(InvalidLead) as caught:
        create(engine, workspace_id, "not an email", status="asleep", company="x" * 256)
    assert {(issue.field, issue.code, issue.row) for issue in caught.value.issues} == {
        ("email", "email-invalid", None),
        ("status", "status-unknown", None),
        ("company", "value-too-long", None),
    }
    assert all(issue.message in caught.value.message for issue in caught.value.issues)
    assert count_leads(engine, workspace_id) == (0, 0)


def test_the_email_of_an_active_lead_is_taken_in_any_case(engine: Engine, workspace_id: str) -> None:
    first = create(engine, workspace_id, company="Acme")
    with pytest.raises(EmailTaken) as caught:
        create(engine, workspace_id, " JANE@acme.COM ", company="Other")
    assert (caught.value.email, caught.value.is_deleted) == ("jane@acme.com", False)
    assert lead_flow.get_lead(engine, workspace_id=workspace_id, lead_id=first.id) == first


def test_creating_a_deleted_lead_restores_and_merges_it(engine: Engine, workspace_id: str) -> None:
    first = create(
        engine, workspace_id, company="Acme", phone="1", status="unsubscribed", source="fair",
        tags=["a", "b"], custom_fields={"x": 1, "y": 1},
    )  # fmt: skip
    campaign = campaign_with(engine, workspace_id, first)
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=first.id)
    assert total(engine, workspace_id, campaign) == 0
    made = lead_flow.create_lead(
        engine,
        workspace_id=workspace_id,
        draft={"email": "Jane@acme.com", "company": "New", "source": "api", "tags": ["b", "c"], "custom_fields": {"y": 2}},
    )
    lead = made.record.lead
    assert made.is_restored
    assert made.record.id == first.id
    assert made.record.created_at == first.created_at < made.record.updated_at
    assert (lead.company, lead.phone, lead.status, lead.source) == ("New", "1", "unsubscribed", "fair")
    assert (lead.tags, lead.custom_fields) == (("a", "b", "c"), {"x": 1, "y": 2})
    assert total(engine, workspace_id, campaign) == 1


def test_one_lead_and_an_import_of_it_give_the_same_rows(engine: Engine, workspace_id: str) -> None:
    """Created and restored: every column but the ids and times."""
    again: LeadDraft = {"email": "jane@acme.com", "title": "CEO", "status": "bounced", "tags": ["new"]}
    other = f"{workspace_id}-import"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=other, name=other, contact_limit=10)
    for draft in (FULL, again):
        lead_flow.create_lead(engine, workspace_id=workspace_id, draft=draft)
        import_rows(engine, other, [draft])
        ours, theirs = (
            browse_flow.list_leads(engine, workspace_id=name).items[0] for name in (workspace_id, other)
        )
        assert ours.lead == theirs.lead
        lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=ours.id)
        lead_flow.delete_lead(engine, workspace_id=other, lead_id=theirs.id)


def test_the_contact_limit_stops_a_new_lead_and_a_restore(engine: Engine, workspace_id: str) -> None:
    first = create(engine, workspace_id, "a@acme.com")
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=first.id)
    create(engine, workspace_id, "b@acme.com")
    set_limit(engine, workspace_id, 1)
    for call in (
        lambda: create(engine, workspace_id, "c@acme.com"),
        lambda: create(engine, workspace_id, "a@acme.com"),
        lambda: lead_flow.restore_lead(engine, workspace_id=workspace_id, lead_id=first.id),
    ):
        with pytest.raises(QuotaExceeded) as caught:
            call()
        assert (caught.value.limit, caught.value.active, caught.value.added) == (1, 1, 1)
    assert count_leads(engine, workspace_id) == (1, 1)
    with pytest.raises(EmailTaken):  # a duplicate uses no quota
        create(engine, workspace_id, "b@acme.com")


def test_an_unknown_workspace_is_not_found(engine: Engine) -> None:
    place = {"workspace_id": "nowhere", "lead_id": new_id()}
    for call in (
        lambda: create(engine, "nowhere"),
        lambda: lead_flow.get_lead(engine, **place),
        lambda: lead_flow.update_lead(engine, **place, changes={}),
        lambda: lead_flow.delete_lead(engine, **place),
        lambda: browse_flow.list_leads(engine, workspace_id="nowhere"),
    ):
        with pytest.raises(NotFound):
            call()


# --- change -------------------------------------------------------------------------------------------------------


def test_a_change_touches_the_given_fields_only(engine: Engine, workspace_id: str) -> None:
    first = lead_flow.create_lead(engine, workspace_id=workspace_id, draft=FULL).record
    changed = lead_flow.update_lead(
        engine, workspace_id=workspace_id, lead_id=first.id, changes={"title": " CEO ", "tags": ["x", "x"]}
    )
    assert changed.lead == first.lead._replace(title="CEO", tags=("x",))
    assert changed.created_at == first.created_at
    assert changed.updated_at > first.updated_at


def test_null_and_empty_clear_what_can_be_empty(engine: Engine, workspace_id: str) -> None:
    first = lead_flow.create_lead(engine, workspace_id=workspace_id, draft=FULL).record
    changed = lead_flow.update_lead(
        engine,
        workspace_id=workspace_id,
        lead_id=first.id,
        changes={"title": None, "phone": "", "notes": "  ", "tags": None, "custom_fields": {}},
    )
    assert changed.lead == first.lead._replace(title=None, phone=None, notes=None, tags=(), custom_fields={})


def test_email_source_and_status_cannot_be_emptied(engine: Engine, workspace_id: str) -> None:
    first = create(engine, workspace_id)
    with pytest.raises(InvalidLead) as caught:
        lead_flow.update_lead(
            engine,
            workspace_id=workspace_id,
            lead_id=first.id,
            changes={"email": None, "source": " ", "status": "", "company": "x" * 256},
        )
    assert {(issue.field, issue.code) for issue in caught.value.issues} == {
        ("email", "email-empty"),
        ("source", "value-required"),
        ("status", "value-required"),
        ("company", "value-too-long"),
    }
    assert lead_flow.get_lead(engine, workspace_id=workspace_id, lead_id=first.id) == first


def test_a_change_without_anything_writes_nothing(engine: Engine, workspace_id: str) -> None:
    first = create(engine, workspace_id)
    assert lead_flow.update_lead(engine, workspace_id=workspace_id, lead_id=first.id, changes={}) == first


def test_an_email_can_be_changed_unless_another_lead_has_it(engine: Engine, workspace_id: str) -> None:
    first, other, gone = (create(engine, workspace_id, f"{name}@acme.com") for name in ("a", "b", "c"))
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=gone.id)

    def change(email: str) -> LeadRecord:
        return lead_flow.update_lead(
            engine, workspace_id=workspace_id, lead_id=first.id, changes={"email": email}
        )

    assert change(" A@ACME.com ").lead.email == "a@acme.com"
    assert change("new@acme.com").lead.email == "new@acme.com"
    for taken, is_deleted in ((other, False), (gone, True)):
        with pytest.raises(EmailTaken) as caught:
            change(taken.lead.email.upper())
        assert caught.value.is_deleted == is_deleted
    assert emails(engine, workspace_id) == ["b@acme.com", "new@acme.com"]


# --- soft delete and restore --------------------------------------------------------------------------------------


def test_a_deleted_lead_is_not_found_and_counts_nowhere(engine: Engine, workspace_id: str) -> None:
    first, other = create(engine, workspace_id, "a@acme.com"), create(engine, workspace_id, "b@acme.com")
    counted = [campaign_with(engine, workspace_id, first, other, name=name) for name in ("one", "two")]
    place = {"workspace_id": workspace_id, "lead_id": first.id}
    lead_flow.delete_lead(engine, **place)
    assert [total(engine, workspace_id, campaign) for campaign in counted] == [1, 1]
    assert emails(engine, workspace_id) == ["b@acme.com"]
    assert emails(engine, workspace_id, is_deleted=True) == ["a@acme.com"]
    for call in (lead_flow.get_lead, lead_flow.delete_lead, activity_flow.lead_activity):
        with pytest.raises(NotFound):
            call(engine, **place)
    with pytest.raises(NotFound):
        lead_flow.update_lead(engine, **place, changes={"title": "x"})
    assert count_leads(engine, workspace_id) == (1, 1)


def test_a_restore_by_id_brings_everything_back(engine: Engine, workspace_id: str) -> None:
    first = lead_flow.create_lead(engine, workspace_id=workspace_id, draft=FULL).record
    campaign = campaign_with(engine, workspace_id, first)
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=first.id)
    restored = lead_flow.restore_lead(engine, workspace_id=workspace_id, lead_id=first.id)
    assert restored.lead == first.lead
    assert restored.deleted_at is None
    assert total(engine, workspace_id, campaign) == 1
    assert lead_flow.restore_lead(engine, workspace_id=workspace_id, lead_id=first.id) == restored
    assert total(engine, workspace_id, campaign) == 1
    with pytest.raises(NotFound):
        lead_flow.restore_lead(engine, workspace_id=workspace_id, lead_id=new_id())


def test_many_are_deleted_and_restored_in_as_many_statements_as_one(engine: Engine, workspace_id: str) -> None:
    import_rows(engine, workspace_id, [{"email": f"p{i}@acme.com"} for i in range(300)])
    page = browse_flow.list_leads(engine, workspace_id=workspace_id, page_size=100)
    ids = [record.id for record in page.items]
    campaign = campaign_with(engine, workspace_id, *page.items)
    statements: list[str] = []
    listen = ("before_cursor_execute", lambda *args: statements.append(args[2]))
    event.listen(engine, *listen)
    assert lead_flow.delete_leads(engine, workspace_id=workspace_id, lead_ids=[*ids, ids[0], new_id()]) == 100
    event.remove(engine, *listen)
    assert len(statements) == 1  # beside the three that the pipeline and the lock send
    assert total(engine, workspace_id, campaign) == 0
    assert lead_flow.delete_leads(engine, workspace_id=workspace_id, lead_ids=ids) == 0
    assert lead_flow.restore_leads(engine, workspace_id=workspace_id, lead_ids=ids) == 100
    assert lead_flow.restore_leads(engine, workspace_id=workspace_id, lead_ids=[]) == 0
    assert total(engine, workspace_id, campaign) == 100
    assert lead_flow.delete_leads(engine, workspace_id=workspace_id, lead_ids=ids[:30]) == 30
    assert total(engine, workspace_id, campaign) == 70
    assert browse_flow.list_leads(engine, workspace_id=workspace_id).total == 270


def test_another_workspace_cannot_reach_a_lead(engine: Engine, workspace_id: str) -> None:
    first = create(engine, workspace_id)
    other = f"{workspace_id}-other"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=other, name=other, contact_limit=10)
    place = {"workspace_id": other, "lead_id": first.id}
    for call in (lead_flow.get_lead, lead_flow.delete_lead, lead_flow.restore_lead, activity_flow.lead_activity):
        with pytest.raises(NotFound):
            call(engine, **place)
    with pytest.raises(NotFound):
        lead_flow.update_lead(engine, **place, changes={"title": "x"})
    assert browse_flow.list_leads(engine, workspace_id=other).total == 0
    assert lead_flow.get_lead(engine, workspace_id=workspace_id, lead_id=first.id) == first


# --- lists --------------------------------------------------------------------------------------------------------


def test_a_list_is_newest_first_in_pages(engine: Engine, workspace_id: str) -> None:
    import_rows(engine, workspace_id, [{"email": f"p{i:02}@acme.com"} for i in range(25)])
    create(engine, workspace_id, "newest@acme.com")
    pages = [
        browse_flow.list_leads(engine, workspace_id=workspace_id, page=number, page_size=10) for number in (1, 2, 3, 4)
    ]
    assert [len(page.items) for page in pages] == [10, 10, 6, 0]
    assert {(page.total, page.total_pages) for page in pages} == {(26, 3)}
    listed = [record.lead.email for page in pages for record in page.items]
    assert listed == ["newest@acme.com", *(f"p{i:02}@acme.com" for i in reversed(range(25)))]
    assert browse_flow.list_leads(engine, workspace_id=workspace_id, where=LeadFilter(email="no@acme.com")).total_pages == 0


@pytest.mark.parametrize(("page", "page_size"), [(0, 10), (1, 0), (1, 101), (10**30, 10)])
def test_a_page_out_of_range_is_a_mistake_of_the_caller(
    engine: Engine, workspace_id: str, page: int, page_size: int
) -> None:
    with pytest.raises(ValueError, match="out of range"):
        browse_flow.list_leads(engine, workspace_id=workspace_id, page=page, page_size=page_size)


def test_filters_find_and_narrow_together(engine: Engine, workspace_id: str) -> None:
    create(engine, workspace_id, "jane@acme.com", first_name="Jane", last_name="Müller", tags=["vip", "berlin"])
    create(engine, workspace_id, "bob@other.org", first_name="Bob", company="ACME Tools", status="bounced")
    create(engine, workspace_id, "100_percent@x.org", company="100% pure", tags=["vip"])
    found = {
        "acme": ["bob@other.org", "jane@acme.com"],
        "  ACME ": ["bob@other.org", "jane@acme.com"],
        "jane mÜl": ["jane@acme.com"],
        "100%": ["100_percent@x.org"],
        "0_p": ["100_percent@x.org"],
        "%": ["100_percent@x.org"],
        "_": ["100_percent@x.org"],
        "/": [],
        "\\": [],
        "'; DROP TABLE leads; --": [],
        "nul\x00": [],
        "\ud800": [],
    }
    for search, expected in found.items():
        assert emails(engine, workspace_id, search=search) == expected, search
    assert emails(engine, workspace_id, status="bounced") == ["bob@other.org"]
    assert emails(engine, workspace_id, status="asleep") == []
    assert emails(engine, workspace_id, tags=["vip"]) == ["100_percent@x.org", "jane@acme.com"]
    assert emails(engine, workspace_id, tags=[" vip ", "berlin", ""]) == ["jane@acme.com"]
    assert emails(engine, workspace_id, tags=["\x00"]) == []
    assert emails(engine, workspace_id, email=" JANE@Acme.com ") == ["jane@acme.com"]
    assert emails(engine, workspace_id, email="jane@acme") == []
    assert emails(engine, workspace_id, search="acme", status="active", tags=["vip"]) == ["jane@acme.com"]
    assert len(emails(engine, workspace_id, search="", email=" ", tags=[""])) == 3


def test_a_list_counts_only_what_no_counter_knows(engine: Engine, workspace_id: str) -> None:
    for i in range(3):
        create(engine, workspace_id, f"p{i}@acme.com")
    statements: list[str] = []
    listen = ("before_cursor_execute", lambda *args: statements.append(args[2]))
    event.listen(engine, *listen)
    place = {"workspace_id": workspace_id, "page_size": 2}
    for number in (1, 2, 3):
        assert browse_flow.list_leads(engine, **place, page=number).total == 3
    assert browse_flow.list_leads(engine, **place, page=2, where=LeadFilter(status="active")).total == 3  # its last page says so
    assert not any("count(" in statement for statement in statements)
    assert browse_flow.list_leads(engine, **place, page=1, where=LeadFilter(status="active")).total == 3
    assert browse_flow.list_leads(engine, **place, page=9, where=LeadFilter(status="active")).total == 3
    event.remove(engine, *listen)
    assert sum("count(" in statement for statement in statements) == 2
    assert all("workspace_id" in statement or "workspaces.id" in statement for statement in statements)


# --- activity -----------------------------------------------------------------------------------------------------


def test_activity_tells_what_was_recorded_and_nothing_else(engine: Engine, workspace_id: str) -> None:
    first = create(engine, workspace_id, source="fair")
    campaign = campaign_with(engine, workspace_id, first)
    lead_flow.update_lead(engine, workspace_id=workspace_id, lead_id=first.id, changes={"title": "CEO"})
    told = activity_flow.lead_activity(engine, workspace_id=workspace_id, lead_id=first.id)
    assert [(activity.type, activity.subject) for activity in told.activities] == [
        ("updated", "Last changed"),
        ("added_to_campaign", "Added to campaign “Spring”"),
        ("created", "Created, source “fair”"),
    ]
    assert [(joined.campaign_id, joined.campaign_name) for joined in told.campaigns] == [(campaign, "Spring")]


# --- races and lost answers ---------------------------------------------------------------------------------------


def test_one_of_many_that_create_the_same_lead_wins(engine: Engine, workspace_id: str) -> None:
    results = in_threads([lambda: create(engine, workspace_id)] * 6)
    assert results.count(EmailTaken) == 5
    assert count_leads(engine, workspace_id) == (1, 0)


def test_the_last_places_are_given_once(engine: Engine, workspace_id: str) -> None:
    set_limit(engine, workspace_id, 3)
    results = in_threads([lambda i=i: create(engine, workspace_id, f"p{i}@acme.com") for i in range(6)])
    assert results.count(QuotaExceeded) == 3
    assert count_leads(engine, workspace_id) == (3, 0)


def test_counts_are_exact_when_all_happens_at_once(engine: Engine, workspace_id: str) -> None:
    """Delete, restore, create anew, add and take out, on the same leads; the fixture compares the counters afterwards."""
    made = [create(engine, workspace_id, f"p{i}@acme.com") for i in range(4)]
    campaign = campaign_with(engine, workspace_id, *made)
    place = {"workspace_id": workspace_id}
    jobs: list[Callable[[], Any]] = []
    for lead in made:
        jobs += [
            lambda lead=lead: lead_flow.delete_lead(engine, **place, lead_id=lead.id),
            lambda lead=lead: lead_flow.restore_lead(engine, **place, lead_id=lead.id),
            lambda lead=lead: create(engine, workspace_id, lead.lead.email),
            lambda lead=lead: campaign_flow.remove_lead(engine, **place, campaign_id=campaign, lead_id=lead.id),
            lambda lead=lead: campaign_flow.add_leads(engine, **place, campaign_id=campaign, lead_ids=[lead.id]),
        ]
    jobs.append(lambda: import_rows(engine, workspace_id, [{"email": f"p{i}@acme.com"} for i in range(8)]))
    for _ in range(3):
        assert {result for result in in_threads(jobs) if isinstance(result, type)} <= {NotFound, EmailTaken}
    active, deleted = count_leads(engine, workspace_id)
    assert active + deleted == 8


class LosesAnswer:
    """The first ``times`` COMMITs of an engine go through, but the answer is lost on the way back."""

    def __init__(self, engine: Engine, times: int = 1) -> None:
        self.engine, self.left = engine, times

    def begin(self) -> Any:
        return _LosingTransaction(self)


class _LosingTransaction:
    def __init__(self, owner: LosesAnswer) -> None:
        self.owner, self.context = owner, owner.engine.begin()

    def __enter__(self) -> Any:
        return self.context.__enter__()

    def __exit__(self, *failure: Any) -> Any:
        handled = self.context.__exit__(*failure)
        if failure[0] is None and self.owner.left:
            self.owner.left -= 1
            raise OperationalError("COMMIT", {}, psycopg.OperationalError("the connection is lost"))
        return handled


def test_a_lost_answer_does_not_count_twice_or_fail(engine: Engine, workspace_id: str) -> None:
    campaign = campaign_with(engine, workspace_id)
    place = {"workspace_id": workspace_id}
    made = lead_flow.create_lead(LosesAnswer(engine), **place, draft=FULL).record
    assert campaign_flow.add_leads(LosesAnswer(engine), **place, campaign_id=campaign, lead_ids=[made.id]) == 1
    lead_flow.delete_lead(LosesAnswer(engine), **place, lead_id=made.id)
    assert total(engine, workspace_id, campaign) == 0
    restored = lead_flow.create_lead(LosesAnswer(engine), **place, draft=FULL)
    assert (restored.record.id, restored.is_restored) == (made.id, True)
    assert lead_flow.delete_leads(LosesAnswer(engine), **place, lead_ids=[made.id]) == 1
    assert lead_flow.restore_leads(LosesAnswer(engine), **place, lead_ids=[made.id]) == 1
    assert total(engine, workspace_id, campaign) == 1
    campaign_flow.remove_lead(LosesAnswer(engine), **place, campaign_id=campaign, lead_id=made.id)
    assert total(engine, workspace_id, campaign) == 0
