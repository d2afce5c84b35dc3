"""Many leads through the API: restore, delete, export, pages by cursor, campaigns filled by an import."""

import csv
import io
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from core.ids import campaign_id_text, import_id_text, lead_id_text, new_id
from core.key_flow import create_key
from db import lead_lists
from tests.conftest import count_leads
from tests.factories import (
    import_file,
    make_workspace,
    put_campaign,
    put_leads,
    read_lead,
    read_leads,
    set_limit,
    total_leads,
)

NOWHERE = "cld_" + "0" * 32


def id_of(engine: Engine, workspace_id: str, email: str) -> str:
    return lead_id_text(read_lead(engine, workspace_id, email)["id"].hex)


def post(http: httpx.Client, path: str, body: Any = None) -> Any:
    answer = http.post(path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def pages(http: httpx.Client, **params: Any) -> list[list[str]]:
    """The emails of each page by cursor, through to the end."""
    found, cursor = [], ""
    while cursor is not None:
        answer = http.get("/leads", params={"cursor": cursor, **params})
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found.append([lead["email"] for lead in body["data"]])
        assert body["meta"].keys() == {"pageSize", "nextCursor"}
        cursor = body["meta"]["nextCursor"]
    return found


# --- restore and delete ---------------------------------------------------------------------------------------------


def test_a_deleted_lead_is_restored_as_it_was(http, engine, workspace_id):
    put_leads(engine, workspace_id, [{"email": "a@example.com", "company": "Acme", "tags": ["vip"]}], deleted=True)
    lead_id = id_of(engine, workspace_id, "a@example.com")
    assert http.get(f"/leads/{lead_id}").status_code == 404
    assert post(http, f"/leads/{lead_id}/restore")["company"] == "Acme"
    assert http.get(f"/leads/{lead_id}").json()["data"]["tags"] == ["vip"]
    assert post(http, f"/leads/{lead_id}/restore")["id"] == lead_id  # active already
    assert count_leads(engine, workspace_id) == (1, 0)


@pytest.mark.parametrize("lead_id", [NOWHERE, "x", "cmp_" + "0" * 32])
def test_what_is_not_there_is_not_restored(http, lead_id):
    assert http.post(f"/leads/{lead_id}/restore").status_code == 404


def test_a_restore_over_the_contact_limit_restores_none(http, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com"], deleted=True)
    ids = [id_of(engine, workspace_id, email) for email in ("a@example.com", "b@example.com")]
    set_limit(engine, workspace_id, 1)
    answer = http.post("/leads/restore", json={"leadIds": ids})
    assert (answer.status_code, answer.json()["added"]) == (402, 2)
    assert count_leads(engine, workspace_id) == (0, 2)
    assert http.post(f"/leads/{ids[0]}/restore").status_code == 200
    assert http.post(f"/leads/{ids[1]}/restore").status_code == 402


def test_many_are_deleted_and_restored_at_once_with_their_campaigns_counts(http, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com", "c@example.com"])
    campaign_id = put_campaign(engine, workspace_id, ["a@example.com", "b@example.com"])
    ids = [id_of(engine, workspace_id, f"{letter}@example.com") for letter in "ab"]
    assert post(http, "/leads/delete", {"leadIds": [*ids, ids[0], NOWHERE, "x"]}) == {"deleted": 2}
    assert post(http, "/leads/delete", {"leadIds": ids}) == {"deleted": 0}
    assert total_leads(engine, campaign_id) == 0
    assert post(http, "/leads/restore", {"leadIds": [*ids, NOWHERE]}) == {"restored": 2}
    assert total_leads(engine, campaign_id) == 2


@pytest.mark.parametrize("path", ["/leads/delete", "/leads/restore"])
@pytest.mark.parametrize("body", [{}, {"leadIds": []}, {"leadIds": "x"}, {"leadIds": [1]}, {"leadIds": ["x"] * 1001}, []])
def test_a_list_of_1_to_1000_ids_is_asked_for(http, path, body):
    assert http.post(path, json=body).status_code == 422


@pytest.mark.parametrize("path", ["/leads/delete", "/leads/restore", f"/leads/{NOWHERE}/restore"])
def test_a_key_that_may_only_read_changes_nothing(base_url, engine, workspace_id, path):
    key = create_key(engine, workspace_id=workspace_id, name="reader", scopes=["read"]).secret
    assert httpx.post(f"{base_url}{path}", headers={"X-API-Key": key}, json={"leadIds": [NOWHERE]}).status_code == 403


def test_another_workspaces_leads_are_not_there(http, engine, workspace_id):
    other = make_workspace(engine)
    put_leads(engine, other, ["a@example.com"])
    lead_id = id_of(engine, other, "a@example.com")
    assert post(http, "/leads/delete", {"leadIds": [lead_id]}) == {"deleted": 0}
    assert http.post(f"/leads/{lead_id}/restore").status_code == 404
    assert pages(http) == [[]]
    assert "a@example.com" not in http.get("/leads/export").text


# --- by cursor ------------------------------------------------------------------------------------------------------


def test_pages_by_cursor_give_every_lead_once(http, engine, workspace_id):
    names = [f"p{i}@example.com" for i in range(7)]
    put_leads(engine, workspace_id, names)
    found = pages(http, pageSize=3)
    assert list(map(len, found)) == [3, 3, 1]
    newest_first = sorted(names, key=lambda email: read_lead(engine, workspace_id, email)["id"], reverse=True)
    assert [email for page in found for email in page] == newest_first
    assert [email for page in pages(http, pageSize=3, search="p1@") for email in page] == ["p1@example.com"]


def test_a_rare_lead_may_be_pages_away(http, engine, workspace_id, monkeypatch):
    monkeypatch.setattr(lead_lists, "SCANNED_ROWS", 2)
    put_leads(engine, workspace_id, [{"email": "a@example.com", "tags": ["odd"]}, *(f"p{i}@example.com" for i in range(5))])
    found = pages(http, tags="odd")
    assert len(found) > 1
    assert [email for page in found for email in page] == ["a@example.com"]


def test_by_number_all_is_counted_and_nothing_else_said(http, engine, workspace_id):
    put_leads(engine, workspace_id, [f"p{i}@example.com" for i in range(4)])
    meta = http.get("/leads", params={"pageSize": 3}).json()["meta"]
    assert meta == {"page": 1, "pageSize": 3, "total": 4, "totalPages": 2}


# --- filters and export ---------------------------------------------------------------------------------------------


def test_lists_and_exports_have_the_same_filters(http, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", {"email": "b@example.com", "source": "fair", "tags": ["x", "y"]}])
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    campaign_id = put_campaign(engine, workspace_id, ["a@example.com"])
    imported = import_file(engine, workspace_id, b"Email\nnew@example.com\na@example.com\n").record
    for params, expected in (
        ({}, {"a@example.com", "b@example.com", "new@example.com"}),
        ({"source": "fair"}, {"b@example.com"}),
        ({"tags": "x,y"}, {"b@example.com"}),
        ({"deleted": "true"}, {"gone@example.com"}),
        ({"importId": import_id_text(imported.id)}, {"new@example.com"}),
        ({"campaignId": campaign_id_text(campaign_id)}, {"a@example.com"}),
        ({"search": "B@", "status": "active"}, {"b@example.com"}),
        ({"email": "A@Example.com"}, {"a@example.com"}),
        ({"status": "bounced"}, set()),
    ):
        listed = http.get("/leads", params=params).json()
        assert {lead["email"] for lead in listed["data"]} == expected, params
        assert listed["meta"]["total"] == len(expected)
        assert {email for page in pages(http, **params) for email in page} == expected, params
        exported = http.get("/leads/export", params=params)
        assert exported.status_code == 200
        lines = csv.DictReader(io.StringIO(exported.content.decode("utf-8-sig"), newline=""))
        assert {line["Email"] for line in lines} == expected, params


@pytest.mark.parametrize("path", ["/leads", "/leads/export"])
@pytest.mark.parametrize("params", [{"importId": "x"}, {"importId": import_id_text(new_id())}, {"campaignId": "x"}])
def test_a_filter_by_what_is_not_there_is_not_found(http, path, params):
    assert http.get(path, params=params).status_code == 404


def test_an_export_is_a_file_that_a_spreadsheet_opens_safely(http, engine, workspace_id):
    put_leads(engine, workspace_id, [{"email": "a@example.com", "company": "=1+1"}])
    answer = http.get("/leads/export")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="leads.csv"'
    assert "x-ratelimit-remaining" in answer.headers
    assert answer.content.startswith(b"\xef\xbb\xbfEmail,")
    assert ",'=1+1," in answer.text


# --- campaigns ------------------------------------------------------------------------------------------------------


def test_everything_that_an_import_wrote_goes_into_a_campaign(http, engine, workspace_id):
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    put_leads(engine, workspace_id, ["held@example.com"])
    record = import_file(engine, workspace_id, b"Email\nnew@example.com\ngone@example.com\nheld@example.com\n").record
    campaign_id = put_campaign(engine, workspace_id, [])
    path = f"/campaigns/{campaign_id_text(campaign_id)}/leads"
    assert post(http, path, {"importId": import_id_text(record.id)}) == {"added": 2}
    assert post(http, path, {"importId": import_id_text(record.id)}) == {"added": 0}
    assert total_leads(engine, campaign_id) == 2
    assert http.post(path, json={"importId": import_id_text(new_id())}).status_code == 404
    assert http.post(path, json={"importId": "x"}).status_code == 404


@pytest.mark.parametrize("body", [{}, {"leadIds": None}, {"leadIds": [], "importId": "imp_x"}])
def test_leads_or_an_import_not_both_and_not_neither(http, engine, workspace_id, body):
    campaign_id = put_campaign(engine, workspace_id, [])
    assert http.post(f"/campaigns/{campaign_id_text(campaign_id)}/leads", json=body).status_code == 422


def test_a_campaign_changes_its_status(http, engine, workspace_id):
    path = f"/campaigns/{campaign_id_text(put_campaign(engine, workspace_id, []))}"
    assert http.patch(path, json={"status": "paused"}).json()["data"]["status"] == "paused"
    assert http.patch(path, json={"status": "asleep"}).status_code == 422
    assert http.patch(path, json={"status": None}).status_code == 422
    assert http.get(path).json()["data"]["status"] == "paused"
    assert read_leads(engine, workspace_id) == {}
