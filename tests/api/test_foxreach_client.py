"""The published client `foxreach` 0.2.0 against our server, over a real socket, with only base URL and key changed.

What it sends (read from its source):

- Key in the header ``X-API-Key``; it must begin with ``otr_`` or the client refuses it before any call. Base URL by the
  argument ``base_url``, to which it appends ``/leads``, ``/leads/{id}``, ``/leads/{id}/activity``, ``/campaigns``,
  ``/campaigns/{id}``, ``/campaigns/{id}/leads`` and ``/campaigns/{id}/leads/{leadId}``.
- Every GET and DELETE carries ``Content-Type: application/json`` without a body.
- Lists ask with ``page``, ``pageSize``, ``search``, ``status``, ``tags`` (one text); ``status`` alone for campaigns.
  There is no ``email`` filter yet.
- Bodies have camelCase keys, at every depth: a custom field ``budget_eur`` arrives as ``budgetEur``. Nulls are left
  out, so it cannot clear a field by null; an empty text does.
- A change is PATCH, out of a campaign is DELETE, into one is POST with ``leadIds``.

What it reads:

- ``data`` of the answer (else the whole answer), keys turned to snake_case at every depth and lower case: a custom
  field ``Budget`` is shown as ``budget``. Missing keys get defaults, ``meta`` too: without ``totalPages`` its paging
  would stop after the first page. ``delete`` reads nothing; ``add_leads``, ``remove_lead`` and ``activity`` hand on
  ``data`` as a dict.
- Errors: 400 BadRequestError, 401 AuthenticationError, 403 PermissionError, 404 NotFoundError, 422 ValidationError,
  429 RateLimitError, 5xx ServerError, all others (402, 409, 413) the base FoxReachError; message from ``detail`` or
  ``message``; ``status_code`` and ``response_body`` are kept. The body of an error must be a JSON object.
- On 429 it sleeps for ``Retry-After`` seconds (``2 ** attempt`` without one) and asks again, ``max_retries`` times
  (3), then raises RateLimitError with ``retry_after``. It retries nothing else; 5xx is raised at once.

Out of its product and not in ours: sequences, templates, inbox, email accounts, analytics, webhooks, and starting,
pausing, resuming and sending accounts of campaigns. All answer 404.
"""

import asyncio
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import foxreach
import pytest
from foxreach import (
    AsyncFoxReach,
    CampaignCreate,
    CampaignUpdate,
    FoxReach,
    LeadCreate,
    LeadUpdate,
    SequenceCreate,
    SequenceUpdate,
    TemplateCreate,
    TemplateUpdate,
    ThreadUpdate,
    WebhookCreate,
    WebhookUpdate,
)
from sqlalchemy import Engine

from api.main import create_api
from api.rate_limit import RateLimit
from api.settings import ApiSettings
from core.ids import new_id
from core.key_flow import create_key, revoke_key
from db import workspaces
from tests.api.conftest import serve

UNKNOWN_LEAD = "cld_0197f2c05a3e7c41b1d49b6c2f7a8e10"
UNKNOWN_CAMPAIGN = "cmp_0197f2c0883f7b0e9a5d1c4e6f708192"


@pytest.fixture
def client(base_url: str, api_key: str) -> Iterator[FoxReach]:
    with FoxReach(api_key=api_key, base_url=base_url) as client:
        yield client


def test_this_is_the_version_that_was_read() -> None:
    assert foxreach.__version__ == "0.2.0"


# --- leads --------------------------------------------------------------------------------------------------------


def test_a_lead_from_create_to_delete(client: FoxReach) -> None:
    made = client.leads.create(
        LeadCreate(
            email="Jane@Acme.com", first_name="Jane", last_name="Doe", company="Acme", title="CTO", phone="+49 30 1",
            linkedin_url="https://linkedin.com/in/jane", website="https://acme.com", notes="met in Berlin",
            tags=["vip", "berlin"], custom_fields={"budget_eur": 12, "nested": {"since_year": 2020}},
        )
    )  # fmt: skip
    assert made.id.startswith("cld_")
    assert (made.email, made.first_name, made.linkedin_url) == ("jane@acme.com", "Jane", "https://linkedin.com/in/jane")
    assert (made.status, made.source, made.tags) == ("active", "api", ["vip", "berlin"])
    assert made.custom_fields == {"budget_eur": 12, "nested": {"since_year": 2020}}
    assert made.created_at == made.updated_at is not None
    assert client.leads.get(made.id) == made
    changed = client.leads.update(made.id, LeadUpdate(title="CEO", notes="", tags=["new"]))
    assert (changed.title, changed.notes, changed.tags, changed.phone) == ("CEO", None, ["new"], "+49 30 1")
    assert client.leads.delete(made.id) is None
    with pytest.raises(foxreach.NotFoundError):
        client.leads.get(made.id)
    back = client.leads.create(LeadCreate(email="jane@acme.com", phone="2"))
    assert (back.id, back.title, back.phone, back.tags) == (made.id, "CEO", "2", ["new"])


def test_lists_with_search_status_tags_and_paging(client: FoxReach) -> None:
    for i in range(5):
        client.leads.create(LeadCreate(email=f"p{i}@acme.com", company="Acme" if i % 2 else "Other", tags=[f"t{i}"]))
    page = client.leads.list(page_size=2)
    assert (page.meta.page, page.meta.page_size, page.meta.total, page.meta.total_pages) == (1, 2, 5, 3)
    assert (len(page), page.has_next_page(), page.next_page().meta.page) == (2, True, 2)
    everyone = [lead.email for lead in page.auto_paging_iter()]
    assert everyone == [f"p{i}@acme.com" for i in (4, 3, 2, 1, 0)]
    assert [lead.email for lead in client.leads.list(search="OTHER")] == ["p4@acme.com", "p2@acme.com", "p0@acme.com"]
    assert [lead.email for lead in client.leads.list(tags="t3")] == ["p3@acme.com"]
    assert len(client.leads.list(status="active")) == 5
    assert len(client.leads.list(status="bounced")) == 0
    assert not client.leads.list(search="nobody").has_next_page()


def test_activity(client: FoxReach) -> None:
    lead = client.leads.create(LeadCreate(email="jane@acme.com"))
    campaign = client.campaigns.create(CampaignCreate(name="Spring"))
    client.campaigns.add_leads(campaign.id, [lead.id])
    told = client.leads.activity(lead.id)
    assert [activity["type"] for activity in told["activities"]] == ["added_to_campaign", "created"]
    assert told["campaigns"][0]["campaign_name"] == "Spring"


# --- campaigns ----------------------------------------------------------------------------------------------------


def test_a_campaign_from_create_to_delete(client: FoxReach) -> None:
    made = client.campaigns.create(CampaignCreate(name="Spring", timezone="Europe/Berlin", daily_limit=30))
    assert made.id.startswith("cmp_")
    assert (made.name, made.status, made.timezone, made.daily_limit) == ("Spring", "draft", "Europe/Berlin", 30)
    assert (made.sending_days, made.sending_start_hour, made.sending_end_hour) == ([1, 2, 3, 4, 5], 9, 17)
    assert client.campaigns.get(made.id) == made
    changed = client.campaigns.update(made.id, CampaignUpdate(name="Autumn", sending_days=[6, 7], sending_end_hour=20))
    assert (changed.name, changed.sending_days, changed.sending_end_hour) == ("Autumn", [6, 7], 20)
    assert changed.daily_limit == 30
    page = client.campaigns.list(status="draft")
    assert ([campaign.id for campaign in page], page.meta.total) == ([made.id], 1)
    assert len(client.campaigns.list(status="active")) == 0
    assert client.campaigns.delete(made.id) is None
    with pytest.raises(foxreach.NotFoundError):
        client.campaigns.get(made.id)


def test_leads_go_in_and_out_of_a_campaign(client: FoxReach) -> None:
    campaign = client.campaigns.create(CampaignCreate(name="Spring"))
    leads = [client.leads.create(LeadCreate(email=f"p{i}@acme.com")).id for i in range(3)]
    assert client.campaigns.add_leads(campaign.id, leads[:2]) == {"added": 2}
    assert client.campaigns.add_leads(campaign.id, leads) == {"added": 1}
    assert client.campaigns.get(campaign.id).total_leads == 3
    removed = client.campaigns.remove_lead(campaign.id, leads[0])
    assert removed == {"campaign_id": campaign.id, "lead_id": leads[0], "removed": True}
    client.leads.delete(leads[1])
    assert client.campaigns.get(campaign.id).total_leads == 1
    with pytest.raises(foxreach.NotFoundError):
        client.campaigns.remove_lead(campaign.id, leads[0])
    with pytest.raises(foxreach.NotFoundError, match=UNKNOWN_LEAD):
        client.campaigns.add_leads(campaign.id, [UNKNOWN_LEAD])


# --- errors -------------------------------------------------------------------------------------------------------


def test_errors_are_the_clients_own_types(client: FoxReach, engine: Engine, workspace_id: str) -> None:
    client.leads.create(LeadCreate(email="jane@acme.com"))
    with pytest.raises(foxreach.ValidationError, match="email-invalid") as caught:
        client.leads.create(LeadCreate(email="nobody"))
    assert caught.value.response_body["detail"][0]["loc"] == ["body", "email"]
    with pytest.raises(foxreach.ValidationError, match="pageSize"):
        client.leads.list(page_size=101)
    with pytest.raises(foxreach.NotFoundError, match="no such lead"):
        client.leads.get(UNKNOWN_LEAD)
    with pytest.raises(foxreach.NotFoundError, match="no such campaign"):
        client.campaigns.get(UNKNOWN_CAMPAIGN)
    with pytest.raises(foxreach.FoxReachError, match=r"jane@acme\.com") as caught:
        client.leads.create(LeadCreate(email="jane@acme.com"))
    assert (type(caught.value), caught.value.status_code) == (foxreach.FoxReachError, 409)
    with engine.begin() as conn:
        workspaces.set_contact_limit(conn, workspace_id=workspace_id, contact_limit=1)
    with pytest.raises(foxreach.FoxReachError, match="limit") as caught:
        client.leads.create(LeadCreate(email="bob@acme.com"))
    assert (caught.value.status_code, caught.value.response_body["limit"]) == (402, 1)


def test_a_key_that_may_not_is_a_permission_error(base_url: str, engine: Engine, workspace_id: str) -> None:
    reader = create_key(engine, workspace_id=workspace_id, name="reader", scopes=["read"])
    with FoxReach(api_key=reader.secret, base_url=base_url) as client:
        assert client.leads.list().data == []
        with pytest.raises(foxreach.PermissionError, match="write"):
            client.leads.create(LeadCreate(email="jane@acme.com"))
        revoke_key(engine, workspace_id=workspace_id, key_id=reader.record.id)
        with pytest.raises(foxreach.PermissionError):
            client.leads.list()
    with FoxReach(api_key="otr_" + "x" * 43, base_url=base_url) as client, pytest.raises(foxreach.PermissionError):
        client.leads.list()


def test_another_workspaces_lead_is_not_found(base_url: str, client: FoxReach, engine: Engine, workspace_id: str) -> None:
    lead = client.leads.create(LeadCreate(email="jane@acme.com"))
    name = f"{workspace_id}-{new_id().hex}"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=name, name=name, contact_limit=10)
    secret = create_key(engine, workspace_id=name, name="other").secret
    with FoxReach(api_key=secret, base_url=base_url) as other, pytest.raises(foxreach.NotFoundError):
        other.leads.get(lead.id)


OUTSIDE: list[Callable[[FoxReach], Any]] = [
    lambda client: client.campaigns.start(UNKNOWN_CAMPAIGN),
    lambda client: client.campaigns.pause(UNKNOWN_CAMPAIGN),
    lambda client: client.campaigns.resume(UNKNOWN_CAMPAIGN),
    lambda client: client.campaigns.add_accounts(UNKNOWN_CAMPAIGN, ["acc_1"]),
    lambda client: client.campaigns.remove_account(UNKNOWN_CAMPAIGN, "acc_1"),
    lambda client: client.campaigns.sequences.list(UNKNOWN_CAMPAIGN),
    lambda client: client.campaigns.sequences.create(UNKNOWN_CAMPAIGN, SequenceCreate(body="Hi")),
    lambda client: client.campaigns.sequences.update(UNKNOWN_CAMPAIGN, "seq_1", SequenceUpdate(body="Hi")),
    lambda client: client.campaigns.sequences.delete(UNKNOWN_CAMPAIGN, "seq_1"),
    lambda client: client.templates.list(),
    lambda client: client.templates.get("tpl_1"),
    lambda client: client.templates.create(TemplateCreate(name="a", body="b")),
    lambda client: client.templates.update("tpl_1", TemplateUpdate(name="a")),
    lambda client: client.templates.delete("tpl_1"),
    lambda client: client.email_accounts.list(),
    lambda client: client.email_accounts.get("acc_1"),
    lambda client: client.email_accounts.delete("acc_1"),
    lambda client: client.inbox.list_threads(),
    lambda client: client.inbox.get("rpl_1"),
    lambda client: client.inbox.update("rpl_1", ThreadUpdate(is_read=True)),
    lambda client: client.inbox.get_conversation("rpl_1"),
    lambda client: client.inbox.send_reply("rpl_1", "Hi"),
    lambda client: client.inbox.stats(),
    lambda client: client.analytics.overview(),
    lambda client: client.analytics.campaign(UNKNOWN_CAMPAIGN),
    lambda client: client.webhooks.list(),
    lambda client: client.webhooks.create(WebhookCreate(url="https://acme.com", events=["lead.created"])),
    lambda client: client.webhooks.update("whk_1", WebhookUpdate(is_active=False)),
    lambda client: client.webhooks.delete("whk_1"),
]


def test_what_is_outside_our_product_is_not_found(client: FoxReach) -> None:
    for call in OUTSIDE:
        with pytest.raises(foxreach.NotFoundError):
            call(client)


# --- the rate limit -----------------------------------------------------------------------------------------------


class Clock:
    """The server's time, which moves only when somebody sleeps."""

    def __init__(self, now: float = 1_767_225_620.5) -> None:  # 20.5 s into a minute
        self.now = now
        self.slept: list[float] = []

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limited_url(api_engine: Engine, clock: Clock) -> Iterator[str]:
    """The API with two requests a minute, by the clock."""
    with serve(create_api(ApiSettings(), rate_limit=RateLimit(per_minute=2, clock=clock.time))) as url:
        yield url


def test_a_429_is_waited_out(
    limited_url: str, api_key: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foxreach._http.time", SimpleNamespace(sleep=clock.sleep))
    with FoxReach(api_key=api_key, base_url=limited_url) as client:
        made = [client.leads.create(LeadCreate(email=f"p{i}@acme.com")).email for i in range(5)]
    assert made == [f"p{i}@acme.com" for i in range(5)]
    assert clock.slept == [40, 60]  # to the next minute, whole seconds; once a window


def test_a_429_without_patience_is_a_rate_limit_error(limited_url: str, api_key: str, clock: Clock) -> None:
    with FoxReach(api_key=api_key, base_url=limited_url, max_retries=0) as client:
        client.leads.list()
        client.leads.list()
        with pytest.raises(foxreach.RateLimitError) as caught:
            client.leads.list()
    assert (caught.value.status_code, caught.value.retry_after) == (429, 40)
    assert caught.value.response_body["details"]["limit"] == 2
    assert clock.slept == []


# --- the asynchronous client ----------------------------------------------------------------------------------------


def test_the_asynchronous_client_does_the_same(base_url: str, api_key: str) -> None:
    async def work() -> None:
        async with AsyncFoxReach(api_key=api_key, base_url=base_url) as client:
            lead = await client.leads.create(LeadCreate(email="jane@acme.com"))
            assert await client.leads.update(lead.id, LeadUpdate(title="CEO")) == await client.leads.get(lead.id)
            campaign = await client.campaigns.create(CampaignCreate(name="Spring"))
            assert await client.campaigns.add_leads(campaign.id, [lead.id]) == {"added": 1}
            assert (await client.campaigns.update(campaign.id, CampaignUpdate(daily_limit=5))).daily_limit == 5
            assert (await client.campaigns.remove_lead(campaign.id, lead.id))["removed"]
            await client.leads.create(LeadCreate(email="bob@acme.com"))
            page = await client.leads.list(page_size=1)
            assert [found.email async for found in page.auto_paging_iter()] == ["bob@acme.com", "jane@acme.com"]
            assert (await client.leads.activity(lead.id))["campaigns"] == []
            await client.leads.delete(lead.id)
            await client.campaigns.delete(campaign.id)
            for call in (client.leads.get(lead.id), client.campaigns.get(campaign.id), client.templates.list()):
                with pytest.raises(foxreach.NotFoundError):
                    await call

    asyncio.run(work())
