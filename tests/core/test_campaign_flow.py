"""Campaigns and their leads: rules, exact totals under races. Real PostgreSQL."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, text

from core import browse_flow, campaign_flow, lead_flow
from core.campaign_flow import CampaignDraft
from core.errors import InvalidCampaign, NotFound
from core.ids import lead_id_text, new_id
from core.listing import CampaignRecord, SendingSettings
from db import workspaces
from tests.core.test_lead_flow import LosesAnswer, create, import_rows, in_threads, total


def make(engine: Engine, workspace_id: str, name: str = "Spring", **values: Any) -> CampaignRecord:
    return campaign_flow.create_campaign(engine, workspace_id=workspace_id, values={"name": name, **values})


def problems(error: InvalidCampaign) -> list[tuple[str | None, str]]:
    return [(issue.field, issue.code) for issue in error.issues]


def lead_ids(engine: Engine, workspace_id: str, count: int) -> list[UUID]:
    import_rows(engine, workspace_id, [{"email": f"p{i}@acme.com"} for i in range(count)])
    page = browse_flow.list_leads(engine, workspace_id=workspace_id, page_size=100)
    return [record.id for record in page.items]


def test_a_new_campaign_is_an_empty_draft_with_the_defaults(engine: Engine, workspace_id: str) -> None:
    made = make(engine, workspace_id, "  Spring ")
    assert (made.name, made.status, made.total_leads) == ("Spring", "draft", 0)
    assert made.sending == SendingSettings("UTC", (1, 2, 3, 4, 5), 9, 17, 50)
    assert made.created_at == made.updated_at
    assert campaign_flow.get_campaign(engine, workspace_id=workspace_id, campaign_id=made.id) == made


def test_settings_are_kept(engine: Engine, workspace_id: str) -> None:
    made = make(
        engine, workspace_id, timezone="America/New_York", sending_days=[5, 1, 5], sending_start_hour=0,
        sending_end_hour=23, daily_limit=0,
    )  # fmt: skip
    assert made.sending == SendingSettings("America/New_York", (1, 5), 0, 23, 0)
    assert make(engine, workspace_id, timezone=None, daily_limit=None).sending == SendingSettings()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [("name", "value-required")]),
        ({"name": " \t"}, [("name", "value-required")]),
        ({"name": "x" * 256}, [("name", "value-too-long")]),
        ({"name": "nul\x00"}, [("name", "value-characters-forbidden")]),
        ({"name": "\ud800"}, [("name", "value-characters-forbidden")]),
        ({"name": "x", "timezone": "not a zone!"}, [("timezone", "timezone-malformed")]),
        ({"name": "x", "sending_days": [0, 1, 8]}, [("sending_days", "value-out-of-range")] * 2),
        ({"name": "x", "sending_days": []}, [("sending_days", "value-required")]),
        (
            {"name": "", "sending_start_hour": -1, "sending_end_hour": 24, "daily_limit": 10**30},
            [
                ("name", "value-required"),
                ("sending_start_hour", "value-out-of-range"),
                ("sending_end_hour", "value-out-of-range"),
                ("daily_limit", "value-out-of-range"),
            ],
        ),
    ],
)
def test_all_that_is_wrong_is_said_at_once(
    engine: Engine, workspace_id: str, values: CampaignDraft, expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(InvalidCampaign) as caught:
        campaign_flow.create_campaign(engine, workspace_id=workspace_id, values=values)
    assert problems(caught.value) == expected
    assert campaign_flow.list_campaigns(engine, workspace_id=workspace_id).total == 0


def test_a_change_touches_the_given_values_only(engine: Engine, workspace_id: str) -> None:
    made = make(engine, workspace_id, daily_limit=10)
    place = {"workspace_id": workspace_id, "campaign_id": made.id}
    changed = campaign_flow.update_campaign(engine, **place, changes={"name": " Autumn ", "sending_end_hour": 20})
    assert changed.name == "Autumn"
    assert changed.sending == SendingSettings(sending_end_hour=20, daily_limit=10)
    assert changed.updated_at > made.updated_at
    assert campaign_flow.update_campaign(engine, **place, changes={}) == changed
    with pytest.raises(InvalidCampaign) as caught:
        campaign_flow.update_campaign(engine, **place, changes={"name": None, "daily_limit": None})
    assert problems(caught.value) == [("name", "value-required"), ("daily_limit", "value-required")]


def test_a_list_is_newest_first_in_pages_and_by_status(engine: Engine, workspace_id: str) -> None:
    made = [make(engine, workspace_id, f"c{i}") for i in range(3)]
    with engine.begin() as conn:
        conn.execute(
            text("UPDATE campaigns SET status = 'active' WHERE workspace_id = :workspace_id AND id = :id"),
            {"workspace_id": workspace_id, "id": made[0].id},
        )
    place = {"workspace_id": workspace_id, "page_size": 2}
    pages = [campaign_flow.list_campaigns(engine, **place, page=number) for number in (1, 2)]
    assert [campaign.name for page in pages for campaign in page.items] == ["c2", "c1", "c0"]
    assert {(page.total, page.total_pages) for page in pages} == {(3, 2)}
    active = campaign_flow.list_campaigns(engine, **place, status="active")
    assert ([campaign.name for campaign in active.items], active.total) == (["c0"], 1)


def test_deleting_a_campaign_leaves_its_leads(engine: Engine, workspace_id: str) -> None:
    lead = create(engine, workspace_id)
    place = {"workspace_id": workspace_id, "campaign_id": make(engine, workspace_id).id}
    campaign_flow.add_leads(engine, **place, lead_ids=[lead.id])
    campaign_flow.delete_campaign(engine, **place)
    assert lead_flow.get_lead(engine, workspace_id=workspace_id, lead_id=lead.id) == lead
    for call in (
        lambda: campaign_flow.get_campaign(engine, **place),
        lambda: campaign_flow.delete_campaign(engine, **place),
        lambda: campaign_flow.update_campaign(engine, **place, changes={"name": "x"}),
        lambda: campaign_flow.add_leads(engine, **place, lead_ids=[lead.id]),
        lambda: campaign_flow.remove_lead(engine, **place, lead_id=lead.id),
    ):
        with pytest.raises(NotFound):
            call()


def test_adding_counts_each_new_member_once(engine: Engine, workspace_id: str) -> None:
    leads = lead_ids(engine, workspace_id, 5)
    campaign = make(engine, workspace_id)
    place = {"workspace_id": workspace_id, "campaign_id": campaign.id}
    assert campaign_flow.add_leads(engine, **place, lead_ids=[leads[0], leads[0], leads[1]]) == 2
    assert campaign_flow.add_leads(engine, **place, lead_ids=leads) == 3
    assert campaign_flow.add_leads(engine, **place, lead_ids=leads) == 0
    assert campaign_flow.add_leads(engine, **place, lead_ids=[]) == 0
    assert total(engine, workspace_id, campaign.id) == 5


def test_a_lead_that_is_not_there_stops_the_adding_and_is_named(engine: Engine, workspace_id: str) -> None:
    there, deleted = lead_ids(engine, workspace_id, 2)
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=deleted)
    other = f"{workspace_id}-other"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=other, name=other, contact_limit=10)
    foreign = create(engine, other).id
    campaign = make(engine, workspace_id)
    place = {"workspace_id": workspace_id, "campaign_id": campaign.id}
    for missing in (deleted, foreign, new_id()):
        with pytest.raises(NotFound) as caught:
            campaign_flow.add_leads(engine, **place, lead_ids=[there, missing])
        assert lead_id_text(missing.hex) in caught.value.message
        assert lead_id_text(there.hex) not in caught.value.message
    with pytest.raises(NotFound) as caught:
        campaign_flow.add_leads(engine, **place, lead_ids=[new_id() for _ in range(8)])
    assert "and 3 more" in caught.value.message
    assert total(engine, workspace_id, campaign.id) == 0
    with pytest.raises(NotFound):
        campaign_flow.add_leads(engine, workspace_id=other, campaign_id=campaign.id, lead_ids=[foreign])


def test_a_lead_is_taken_out_once(engine: Engine, workspace_id: str) -> None:
    first, second = lead_ids(engine, workspace_id, 2)
    campaign = make(engine, workspace_id)
    place = {"workspace_id": workspace_id, "campaign_id": campaign.id}
    campaign_flow.add_leads(engine, **place, lead_ids=[first, second])
    campaign_flow.remove_lead(engine, **place, lead_id=first)
    assert total(engine, workspace_id, campaign.id) == 1
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=second)
    for lead in (first, second, new_id()):  # not a member, deleted, unknown
        with pytest.raises(NotFound):
            campaign_flow.remove_lead(engine, **place, lead_id=lead)
    assert total(engine, workspace_id, campaign.id) == 0


def test_a_thousand_leads_take_as_many_statements_as_one(engine: Engine, workspace_id: str) -> None:
    leads = lead_ids(engine, workspace_id, 100)

    def statements(wanted: list[UUID]) -> int:
        campaign = make(engine, workspace_id)
        seen: list[str] = []
        listen = ("before_cursor_execute", lambda *args: seen.append(args[2]))
        event.listen(engine, *listen)
        campaign_flow.add_leads(engine, workspace_id=workspace_id, campaign_id=campaign.id, lead_ids=wanted)
        event.remove(engine, *listen)
        assert all("workspace_id" in statement for statement in seen)
        return len(seen)

    assert statements(leads) == statements(leads[:1])


def test_totals_are_exact_when_many_add_take_out_and_delete_at_once(engine: Engine, workspace_id: str) -> None:
    """The fixture compares every total with the truth afterwards."""
    leads = lead_ids(engine, workspace_id, 12)
    campaign = make(engine, workspace_id)
    place = {"workspace_id": workspace_id, "campaign_id": campaign.id}
    jobs = [lambda part=leads[i : i + 8]: campaign_flow.add_leads(engine, **place, lead_ids=part) for i in range(5)]
    added = in_threads(jobs)
    assert sum(added) == total(engine, workspace_id, campaign.id) == 12
    jobs = [
        *(lambda: campaign_flow.remove_lead(engine, **place, lead_id=leads[0]) for _ in range(3)),
        *(lambda: lead_flow.delete_leads(engine, workspace_id=workspace_id, lead_ids=leads[:3]) for _ in range(3)),
    ]
    results = in_threads(jobs)
    assert results[:3].count(NotFound) >= 2
    assert sorted(results[3:]) == [0, 0, 3]
    assert total(engine, workspace_id, campaign.id) == 9


def test_deleting_a_campaign_and_adding_to_it_at_once(engine: Engine, workspace_id: str) -> None:
    leads = lead_ids(engine, workspace_id, 3)
    place = {"workspace_id": workspace_id, "campaign_id": make(engine, workspace_id).id}
    results = in_threads(
        [
            lambda: campaign_flow.add_leads(engine, **place, lead_ids=leads),
            lambda: campaign_flow.delete_campaign(engine, **place),
            lambda: campaign_flow.delete_campaign(engine, **place),
        ]
    )
    assert results[0] in (3, NotFound)
    assert sorted(map(str, results[1:])) == sorted(map(str, [None, NotFound]))


def test_a_lost_answer_makes_no_second_campaign(engine: Engine, workspace_id: str) -> None:
    place = {"workspace_id": workspace_id}
    made = campaign_flow.create_campaign(LosesAnswer(engine), **place, values={"name": "once"})
    assert campaign_flow.list_campaigns(engine, **place).items == (made,)
    campaign_flow.update_campaign(LosesAnswer(engine), **place, campaign_id=made.id, changes={"name": "new"})
    campaign_flow.delete_campaign(LosesAnswer(engine), **place, campaign_id=made.id)
    assert campaign_flow.list_campaigns(engine, **place).total == 0
