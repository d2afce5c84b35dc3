"""The screens' large downloads: what was signed is streamed, and nothing else."""

import csv
import io
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from api import file_login
from api.downloads import download_leads
from api.settings import PREFIX
from core import access, audit_flow, download_links, member_flow
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
def browser(api_engine: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """A browser that follows links to the download, without any key, where nobody logs in."""
    monkeypatch.setattr(access, "_is_local_open", True)
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
    assert (asked.name, asked.kind) == ("v@example.com", "member")


# --- where people log in --------------------------------------------------------------------------------------------------

SECRET = "c" * 32
ANNA = "anna@example.com"


@pytest.fixture
def link(browser: httpx.Client, engine: Any, workspace_id: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A link that Anna made when she was an admin."""
    monkeypatch.setattr(access, "_is_local_open", False)
    monkeypatch.setattr(file_login, "get_cookie_secret", lambda: SECRET)
    put_leads(engine, workspace_id, ["a@example.com"])
    for email in (ANNA, "ben@example.com"):
        member_flow.add_member(engine, workspace_id=workspace_id, email=email, role="admin")
    with acting_as(Actor(ANNA, "member", {workspace_id: "admin"}, "192.0.2.7")):
        return f"{EXPORT_PATH}?wish={sign_export(workspace_id=workspace_id, where=LeadFilter())}"


def ask_as(browser: httpx.Client, link: str, email: str | None, **claims: Any) -> int:
    """The status of the link, followed in a browser where this person is logged in."""
    login = json.dumps({"is_logged_in": True, "email": email, "iat": time.time(), **claims})
    cookie = create_signed_value(SECRET, "_streamlit_user", login).decode()
    return browser.get(link, headers={"Cookie": f"_streamlit_user={cookie}"} if email else {}).status_code


def exports(engine: Any, workspace_id: str) -> list[tuple[str, str | None]]:
    """Who exported, and from where, by the audit log."""
    entries = audit_flow.list_entries(engine, workspace_id=workspace_id, group="leads")
    return [(entry.actor, entry.address) for entry in entries]


def test_whoever_made_the_link_follows_it_and_the_log_says_from_where(browser, engine, workspace_id, link):
    assert ask_as(browser, link, ANNA) == 200
    assert exports(engine, workspace_id) == [(ANNA, "127.0.0.1")]


@pytest.mark.parametrize(
    ("email", "claims"),
    [(None, {}), ("ben@example.com", {}), (ANNA, {"email_verified": False}), (ANNA, {"iat": 0}), (ANNA, {"is_logged_in": False})],
    ids=["nobody", "another member", "unverified", "over", "logged out"],
)
def test_nobody_else_does_and_the_log_says_nothing(browser, engine, workspace_id, link, email, claims):
    assert ask_as(browser, link, email, **claims) == 403
    assert exports(engine, workspace_id) == []


def test_whoever_is_removed_takes_no_list_along(browser, engine, workspace_id, link):
    member_flow.remove_member(engine, workspace_id=workspace_id, email=ANNA)
    assert ask_as(browser, link, ANNA) == 403
    assert exports(engine, workspace_id) == []


def test_a_link_of_a_server_without_a_login_is_of_no_use_at_one_with(browser, workspace_id, link):
    local = f"{EXPORT_PATH}?wish={sign_export(workspace_id=workspace_id, where=LeadFilter())}"
    assert ask_as(browser, local, ANNA) == 403


# --------------------------------------------------------------------------------------------------------------------------


def test_an_import_that_is_not_there_is_not_found(browser, workspace_id):
    assert follow(browser, workspace_id, import_id=new_id()).status_code == 404
    with pytest.raises(Forbidden):
        read_export("nonsense")
