"""What is done to every lead that a filter matches. Every counter is checked after each test."""

import pytest
from sqlalchemy import Engine

from core import matching_flow
from core.access import Actor, acting_as
from core.errors import Forbidden, InvalidLead, ListChanged, NotFound, QuotaExceeded
from core.ids import new_id
from core.listing import LeadCount, LeadFilter
from tests.core.test_lead_flow import LosesAnswer
from tests.factories import (
    active_emails,
    import_file,
    make_workspace,
    put_campaign,
    put_leads,
    read_leads,
    set_limit,
    total_leads,
)

EMAILS = [f"p{i}@example.com" for i in range(120)]
VIPS = EMAILS[:70]


@pytest.fixture
def people(engine: Engine, workspace_id: str) -> dict:
    """More leads than a page has, seventy of them with a tag; the filter for those, as arguments."""
    put_leads(engine, workspace_id, [{"email": email, "tags": ["vip"] if email in VIPS else []} for email in EMAILS])
    return {"workspace_id": workspace_id, "where": LeadFilter(tags=("vip",)), "agreed": 70}


def test_all_that_match_are_deleted_and_restored_with_every_count(engine, workspace_id, people):
    campaign = put_campaign(engine, workspace_id, EMAILS[60:])
    assert matching_flow.delete_matching(engine, **people) == 70
    assert active_emails(engine, workspace_id) == set(EMAILS) - set(VIPS)
    assert total_leads(engine, campaign) == 50
    gone = people | {"where": LeadFilter(is_deleted=True, search="p1")}
    number = matching_flow.count_matching(engine, workspace_id=workspace_id, where=gone["where"])
    assert number == LeadCount(11)  # p1 and p10 to p19
    assert matching_flow.restore_matching(engine, **gone | {"agreed": 11}) == 11
    assert len(active_emails(engine, workspace_id)) == 61


def test_all_that_match_are_tagged_and_put_into_a_campaign_and_out_of_it(engine, workspace_id, people):
    campaign = put_campaign(engine, workspace_id, [VIPS[0], EMAILS[-1]])
    assert matching_flow.tag_matching(engine, **people, tags=["vip", "fair"]) == 70
    assert sum("fair" in held["tags"] for held in read_leads(engine, workspace_id).values()) == 70
    assert matching_flow.join_matching(engine, **people, campaign_id=campaign) == 69
    assert total_leads(engine, campaign) == 71
    inside = people | {"where": LeadFilter(tags=("vip",), campaign_id=campaign)}
    assert matching_flow.leave_matching(engine, **inside, campaign_id=campaign) == 70
    assert total_leads(engine, campaign) == 1


def test_all_of_an_import_are_found(engine, workspace_id):
    report = import_file(engine, workspace_id, ("Email\n" + "\n".join(EMAILS)).encode())
    place = {"workspace_id": workspace_id, "where": LeadFilter(import_id=report.record.id)}
    assert matching_flow.count_matching(engine, **place) == LeadCount(120)
    assert matching_flow.delete_matching(engine, **place, agreed=120) == 120


@pytest.mark.parametrize("agreed", [69, 71])
def test_another_number_than_was_agreed_to_changes_nothing(engine, workspace_id, people, agreed):
    campaign = put_campaign(engine, workspace_id, EMAILS[-2:])
    changed = people | {"agreed": agreed}
    acts = [
        lambda: matching_flow.delete_matching(engine, **changed),
        lambda: matching_flow.tag_matching(engine, **changed, tags=["x"]),
        lambda: matching_flow.join_matching(engine, **changed, campaign_id=campaign),
        lambda: matching_flow.leave_matching(engine, **changed, campaign_id=campaign),
        lambda: matching_flow.restore_matching(engine, **changed),
    ]
    for act in acts:
        with pytest.raises(ListChanged) as caught:
            act()
        assert str(agreed) in caught.value.message
    assert active_emails(engine, workspace_id) == set(EMAILS)
    assert total_leads(engine, campaign) == 2


def test_more_than_the_bound_are_counted_no_further_and_refused(engine, workspace_id, people, monkeypatch):
    monkeypatch.setattr(matching_flow, "MAX_MATCHING_LEADS", 69)
    place = {"workspace_id": workspace_id, "where": people["where"]}
    assert matching_flow.count_matching(engine, **place) == LeadCount(69, is_exact=False)
    with pytest.raises(ListChanged):
        matching_flow.delete_matching(engine, **people)
    assert len(active_emails(engine, workspace_id)) == 120


def test_a_restore_over_the_contact_limit_restores_nobody(engine, workspace_id, people):
    matching_flow.delete_matching(engine, **people)
    set_limit(engine, workspace_id, 100)
    gone = people | {"where": LeadFilter(is_deleted=True)}
    with pytest.raises(QuotaExceeded):
        matching_flow.restore_matching(engine, **gone)
    assert len(active_emails(engine, workspace_id)) == 50


def test_what_cannot_be_is_refused(engine, workspace_id, people):
    with pytest.raises(InvalidLead):
        matching_flow.tag_matching(engine, **people, tags=["x" * 256])
    with pytest.raises(NotFound):
        matching_flow.join_matching(engine, **people, campaign_id=new_id())
    with pytest.raises(NotFound):
        matching_flow.count_matching(engine, workspace_id=workspace_id, where=LeadFilter(import_id=new_id()))
    assert matching_flow.count_matching(engine, workspace_id=workspace_id, where=LeadFilter(search="\0")) == LeadCount(0)


def test_a_lost_answer_counts_nothing_twice_and_finds_no_other_list(engine, workspace_id, people):
    campaign = put_campaign(engine, workspace_id, VIPS[:2])
    lost = {"engine": LosesAnswer(engine), **people}
    assert matching_flow.join_matching(**lost, campaign_id=campaign) == 68
    inside = people | {"where": LeadFilter(campaign_id=campaign)}
    assert matching_flow.leave_matching(LosesAnswer(engine), **inside, campaign_id=campaign) == 70
    assert matching_flow.delete_matching(LosesAnswer(engine), **people) == 70
    gone = people | {"where": LeadFilter(is_deleted=True)}
    assert matching_flow.restore_matching(LosesAnswer(engine), **gone) == 70
    assert total_leads(engine, campaign) == 0


def test_another_workspaces_leads_are_never_meant(engine, workspace_id, people):
    other = make_workspace(engine)
    put_leads(engine, other, [{"email": email, "tags": ["vip"]} for email in EMAILS])
    assert matching_flow.delete_matching(engine, **people) == 70
    assert len(active_emails(engine, other)) == 120


def test_a_viewer_may_count_and_not_change(engine, workspace_id, people):
    with acting_as(Actor("eva@example.com", "member", {workspace_id: "viewer"})):
        assert matching_flow.count_matching(engine, workspace_id=workspace_id, where=people["where"]) == LeadCount(70)
        with pytest.raises(Forbidden):
            matching_flow.delete_matching(engine, **people)
