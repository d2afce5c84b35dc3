"""The screens' large downloads: what was signed is streamed, and nothing else."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from api.downloads import download_leads
from api.settings import PREFIX
from core import download_links
from core.access import Actor, acting_as
from core.download_links import EXPORT_PATH, read_export, sign_export
from core.errors import Forbidden
from core.ids import new_id
from core.listing import LeadFilter
from tests.api.conftest import serve
from tests.factories import make_workspace, put_campaign, put_leads

EVERYTHING = LeadFilter(
    is_deleted=True,
    search="ä&=",
    status="bounced",
    tags=("a", "b,c"),
    source="x",
    email="e@x.com",
    import_id=new_id(),
    campaign_id=new_id(),
)


@pytest.fixture
def browser(api_engine: Any) -> Iterator[httpx.Client]:
    """A browser that follows links to the download, without any key."""
    app = Starlette(routes=[Route(EXPORT_PATH, download_leads)])
    with serve(app) as url, httpx.Client(base_url=url.removesuffix(PREFIX)) as client:
        yield client


def follow(browser: httpx.Client, workspace_id: str, **where: Any) -> Any:
    return browser.get(EXPORT_PATH, params={"wish": sign_export(workspace_id=workspace_id, where=LeadFilter(**where))})


def test_the_list_is_downloaded_as_a_file(browser, engine, workspace_id):
    put_leads(engine, workspace_id, [{"email": "a@example.com", "company": "=1"}, "b@example.com"])
    campaign_id = put_campaign(engine, workspace_id, ["a@example.com"])
    answer = follow(browser, workspace_id, campaign_id=campaign_id)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="leads-')
    assert answer.headers["cache-control"] == "no-store"
    [line] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert (line["Email"], line["Company"]) == ("a@example.com", "'=1")


@pytest.mark.parametrize("wish", ["", "x", "W10.x.y"])
def test_what_we_did_not_sign_is_refused(browser, wish):
    answer = browser.get(EXPORT_PATH, params={"wish": wish})
    assert answer.status_code == 403
    assert "This link is no longer good." in answer.text


def test_a_link_that_was_changed_or_is_old_is_refused(browser, engine, workspace_id, monkeypatch):
    other = make_workspace(engine)
    mine, theirs = (sign_export(workspace_id=one, where=LeadFilter()) for one in (workspace_id, other))
    mixed = theirs.split(".")[0] + "." + mine.split(".", 1)[1]
    assert browser.get(EXPORT_PATH, params={"wish": mixed}).status_code == 403
    monkeypatch.setattr(download_links, "MAX_AGE_S", -1)
    assert browser.get(EXPORT_PATH, params={"wish": mine}).status_code == 403


def test_a_link_keeps_the_whole_wish_and_who_made_it(workspace_id):
    with acting_as(Actor("v@example.com", "member", {workspace_id: "viewer"}, "192.0.2.7")):
        asked = read_export(sign_export(workspace_id=workspace_id, where=EVERYTHING))
    assert asked.where == EVERYTHING
    assert asked.actor == Actor("v@example.com", "member", {workspace_id: "viewer"}, "192.0.2.7")


def test_a_stranger_may_sign_but_gets_nothing(browser, workspace_id):
    with acting_as(Actor("x@example.com", "member")):
        assert follow(browser, workspace_id).status_code == 403


def test_an_import_that_is_not_there_is_not_found(browser, workspace_id):
    assert follow(browser, workspace_id, import_id=new_id()).status_code == 404
    with pytest.raises(Forbidden):
        read_export("nonsense")
