"""The leads' endpoints over a real socket: contract.md section 4's table, status by status."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from api.schemas import Wire
from api.schemas_campaigns import EXAMPLE_CAMPAIGN, CampaignOut
from api.schemas_leads import EXAMPLE_ACTIVITY, EXAMPLE_LEAD, LeadActivityOut, LeadOut
from core.ids import new_id
from core.key_flow import create_key
from db import workspaces
from tests.conftest import count_leads

FULL = {
    "email": "  Jane@Acme.com ",
    "firstName": "Jane",
    "lastName": "Doe",
    "company": "Acme",
    "title": "CTO",
    "phone": "+49 30 1",
    "linkedinUrl": "https://linkedin.com/in/jane",
    "website": "https://acme.com",
    "notes": "met in Berlin",
    "source": "fair",
    "status": "replied",
    "customFields": {"Budget": 12.5, "deep": {"a_list": [1, None, "ü"]}},
    "tags": [" vip ", "vip", "", "berlin"],
}
STORED = FULL | {"email": "jane@acme.com", "tags": ["vip", "berlin"]}

MALFORMED_IDS = ("x", "cld_", "cld_1", "cld_" + "0" * 33, "cld_" + "g" * 32, "cld_" + "A" * 32, "cmp_" + "0" * 32, "%00")


def create(http: httpx.Client, email: str = "jane@acme.com", **fields: Any) -> dict[str, Any]:
    answer = http.post("/leads", json={"email": email, **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


def places(answer: httpx.Response) -> list[tuple[list[Any], str]]:
    assert answer.status_code == 422, answer.text
    return [(place["loc"], place["type"]) for place in answer.json()["detail"]]


def listed(http: httpx.Client, **params: Any) -> list[str]:
    answer = http.get("/leads", params=params)
    assert answer.status_code == 200, answer.text
    return [lead["email"] for lead in answer.json()["data"]]


def is_not_found(answer: httpx.Response) -> bool:
    return answer.status_code == 404 and isinstance(answer.json()["detail"], str)


@pytest.fixture
def other_http(engine: Engine, base_url: str, workspace_id: str) -> Iterator[httpx.Client]:
    """A client of another workspace."""
    name = f"{workspace_id}-other"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=name, name=name, contact_limit=10)
    secret = create_key(engine, workspace_id=name, name="other").secret
    with httpx.Client(base_url=base_url, headers={"X-API-Key": secret}) as client:
        yield client


# --- POST /leads --------------------------------------------------------------------------------------------------


def test_a_lead_is_created_and_answered_with_every_field(http: httpx.Client) -> None:
    lead = create(http, **FULL)
    assert {key: lead[key] for key in FULL} == STORED
    assert lead["id"].startswith("cld_")
    assert lead["lastContactedAt"] is None
    assert datetime.fromisoformat(lead["createdAt"]).utcoffset() is not None
    assert lead["createdAt"] == lead["updatedAt"]
    assert set(lead) == {*FULL, "id", "lastContactedAt", "createdAt", "updatedAt"}
    assert http.get(f"/leads/{lead['id']}").json() == {"data": lead}


def test_the_email_alone_is_enough(http: httpx.Client) -> None:
    lead = create(http, firstName=None, company="", tags=None, customFields=None)
    assert (lead["source"], lead["status"], lead["tags"], lead["customFields"]) == ("api", "active", [], {})
    assert (lead["firstName"], lead["company"], lead["notes"]) == (None, None, None)


def test_an_active_email_is_taken(http: httpx.Client) -> None:
    create(http)
    answer = http.post("/leads", json={"email": "JANE@acme.com"})
    assert answer.status_code == 409
    assert "jane@acme.com" in answer.json()["detail"]


def test_a_deleted_email_is_restored_and_merged(http: httpx.Client) -> None:
    first = create(http, company="Acme", phone="1", status="unsubscribed", tags=["a"], customFields={"x": 1})
    campaign = http.post("/campaigns", json={"name": "Spring"}).json()["data"]["id"]
    http.post(f"/campaigns/{campaign}/leads", json={"leadIds": [first["id"]]})
    http.delete(f"/leads/{first['id']}")
    assert http.get(f"/campaigns/{campaign}").json()["data"]["totalLeads"] == 0
    lead = create(http, company="New", source="other", tags=["b"], customFields={"y": 2})
    changed = {"company": "New", "tags": ["a", "b"], "customFields": {"x": 1, "y": 2}, "updatedAt": lead["updatedAt"]}
    assert lead == first | changed
    assert lead["updatedAt"] > first["updatedAt"]
    assert http.get(f"/campaigns/{campaign}").json()["data"]["totalLeads"] == 1


def test_the_contact_limit_answers_402_with_the_numbers(http: httpx.Client, engine: Engine, workspace_id: str) -> None:
    create(http)
    with engine.begin() as conn:
        workspaces.set_contact_limit(conn, workspace_id=workspace_id, contact_limit=1)
    answer = http.post("/leads", json={"email": "b@acme.com"})
    assert answer.status_code == 402
    assert {key: answer.json()[key] for key in ("limit", "active", "added")} == {"limit": 1, "active": 1, "added": 1}
    assert count_leads(engine, workspace_id) == (1, 0)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [(["body", "email"], "missing")]),
        ({"email": None}, [(["body", "email"], "string_type")]),
        ({"email": 5}, [(["body", "email"], "string_type")]),
        ({"email": ""}, [(["body", "email"], "email-empty")]),
        ({"email": "nobody"}, [(["body", "email"], "email-invalid")]),
        ({"email": "a@acme.com", "status": "asleep"}, [(["body", "status"], "status-unknown")]),
        ({"email": "a@acme.com", "firstName": True}, [(["body", "firstName"], "string_type")]),
        ({"email": "a@acme.com", "tags": "vip"}, [(["body", "tags"], "list_type")]),
        ({"email": "a@acme.com", "tags": ["vip", 1]}, [(["body", "tags", 1], "string_type")]),
        ({"email": "a@acme.com", "customFields": []}, [(["body", "customFields"], "dict_type")]),
        (
            {"email": "a@acme.com", "linkedinUrl": "x" * 2049, "company": "nul\x00"},
            [(["body", "linkedinUrl"], "value-too-long"), (["body", "company"], "value-characters-forbidden")],
        ),
        ({"email": "a@acme.com", "customFields": {"a": "nul\x00"}}, [(["body", "customFields"], "value-characters-forbidden")]),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    http: httpx.Client, engine: Engine, workspace_id: str, body: dict[str, Any], expected: list[Any]
) -> None:
    assert sorted(places(http.post("/leads", json=body))) == sorted(expected)
    assert count_leads(engine, workspace_id) == (0, 0)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"text"', b'{"email": NaN}', b"\xff"])
def test_what_is_no_json_object_is_422(http: httpx.Client, body: bytes) -> None:
    for method, path in (("POST", "/leads"), ("PATCH", f"/leads/cld_{new_id().hex}")):
        answer = http.request(method, path, content=body, headers={"Content-Type": "application/json"})
        assert places(answer)[0][0][0] == "body"


@pytest.mark.parametrize("place", ["email", "company", "tags", "customFields", "key"])
def test_a_lone_surrogate_is_refused_wherever_it_stands(http: httpx.Client, place: str) -> None:
    bad = r'"a\ud800b"'
    values = {"email": bad, "company": bad, "tags": f"[{bad}]", "customFields": f'{{"a": {bad}}}'}
    name, value = ("customFields", f"{{{bad}: 1}}") if place == "key" else (place, values[place])
    email = "" if place == "email" else '"email": "a@acme.com", '
    answer = http.post("/leads", content=f'{{{email}"{name}": {value}}}', headers={"Content-Type": "application/json"})
    assert places(answer)[0][0][:2] == ["body", name]


def test_unknown_keys_are_ignored(http: httpx.Client) -> None:
    lead = create(http, id="cld_1", deletedAt="2020-01-01", createdAt="2020-01-01", nonsense={"a": 1})
    assert lead["id"] != "cld_1"
    assert not lead["createdAt"].startswith("2020")
    assert "nonsense" not in lead


# --- GET /leads ---------------------------------------------------------------------------------------------------


def test_a_list_comes_in_pages_newest_first(http: httpx.Client) -> None:
    for i in range(5):
        create(http, f"p{i}@acme.com")
    first, last, beyond = (http.get("/leads", params={"page": n, "pageSize": 2}).json() for n in (1, 3, 4))
    assert first["meta"] == {"page": 1, "pageSize": 2, "total": 5, "totalPages": 3}
    assert [lead["email"] for lead in first["data"]] == ["p4@acme.com", "p3@acme.com"]
    assert [lead["email"] for lead in last["data"]] == ["p0@acme.com"]
    assert beyond == {"data": [], "meta": {"page": 4, "pageSize": 2, "total": 5, "totalPages": 3}}
    assert http.get("/leads").json()["meta"] == {"page": 1, "pageSize": 50, "total": 5, "totalPages": 1}


def test_an_empty_list_has_no_pages(http: httpx.Client) -> None:
    assert http.get("/leads").json() == {"data": [], "meta": {"page": 1, "pageSize": 50, "total": 0, "totalPages": 0}}


def test_filters(http: httpx.Client) -> None:
    create(http, "jane@acme.com", firstName="Jane", lastName="Müller", tags=["vip", "berlin"])
    create(http, "bob@other.org", company="ACME Tools", status="bounced", tags=["berlin"])
    create(http, "100_percent@x.org", company="100% pure")
    gone = create(http, "gone@acme.com")
    http.delete(f"/leads/{gone['id']}")
    assert listed(http, search="acme") == ["bob@other.org", "jane@acme.com"]
    assert listed(http, search="JANE mü") == ["jane@acme.com"]
    assert listed(http, search="%") == listed(http, search="_") == ["100_percent@x.org"]
    assert listed(http, search="\x00") == []
    assert listed(http, status="bounced") == ["bob@other.org"]
    assert listed(http, tags="berlin") == ["bob@other.org", "jane@acme.com"]
    assert listed(http, tags="berlin, vip") == listed(http, tags=["berlin", "vip"]) == ["jane@acme.com"]
    assert listed(http, email="JANE@acme.com") == ["jane@acme.com"]
    assert listed(http, email="jane") == listed(http, email="gone@acme.com") == []
    assert listed(http, search="acme", status="active", tags="vip", email="jane@acme.com") == ["jane@acme.com"]
    assert len(listed(http, search="", tags="", email="")) == 3


@pytest.mark.parametrize(
    "params",
    [
        {"page": 0}, {"page": "x"}, {"page": 10**40}, {"pageSize": 0}, {"pageSize": 101}, {"pageSize": "many"},
        {"status": "asleep"},
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named(http: httpx.Client, params: dict[str, Any]) -> None:
    assert places(http.get("/leads", params=params))[0][0] == ["query", next(iter(params))]


# --- one lead -----------------------------------------------------------------------------------------------------


def test_a_change_touches_the_given_fields_only(http: httpx.Client) -> None:
    first = create(http, **FULL)
    answer = http.patch(f"/leads/{first['id']}", json={"title": "CEO", "phone": None, "notes": "", "unknown": 1})
    assert answer.status_code == 200
    lead = answer.json()["data"]
    assert lead == first | {"title": "CEO", "phone": None, "notes": None, "updatedAt": lead["updatedAt"]}
    assert lead["updatedAt"] > first["updatedAt"]
    lead = http.patch(f"/leads/{first['id']}", json={"tags": ["x"], "customFields": {"only": 1}}).json()["data"]
    assert (lead["tags"], lead["customFields"]) == (["x"], {"only": 1})
    assert http.patch(f"/leads/{first['id']}", json={}).json()["data"] == lead


def test_what_a_lead_must_have_cannot_be_cleared(http: httpx.Client) -> None:
    first = create(http)
    path = f"/leads/{first['id']}"
    body = {"email": None, "source": "", "status": None}
    assert sorted(places(http.patch(path, json=body))) == [
        (["body", "email"], "email-empty"),
        (["body", "source"], "value-required"),
        (["body", "status"], "value-required"),
    ]
    assert places(http.patch(path, json={"title": 1, "tags": {}})) == [
        (["body", "title"], "string_type"),
        (["body", "tags"], "list_type"),
    ]
    assert http.get(path).json()["data"] == first


def test_an_email_changes_unless_it_is_taken(http: httpx.Client) -> None:
    first, other, gone = create(http, "a@acme.com"), create(http, "b@acme.com"), create(http, "c@acme.com")
    http.delete(f"/leads/{gone['id']}")
    path = f"/leads/{first['id']}"
    for taken in (other, gone):
        answer = http.patch(path, json={"email": taken["email"].upper(), "title": "not written"})
        assert answer.status_code == 409
        assert taken["email"] in answer.json()["detail"]
    assert http.get(path).json()["data"] == first
    assert http.patch(path, json={"email": "New@acme.com"}).json()["data"]["email"] == "new@acme.com"


def test_a_deleted_lead_is_gone(http: httpx.Client, engine: Engine, workspace_id: str) -> None:
    first = create(http)
    path = f"/leads/{first['id']}"
    answer = http.delete(path)
    assert (answer.status_code, answer.json()) == (200, {"data": {"id": first["id"], "deleted": True}})
    assert is_not_found(http.get(path))
    assert is_not_found(http.delete(path))
    assert is_not_found(http.patch(path, json={"title": "x"}))
    assert is_not_found(http.get(f"{path}/activity"))
    assert listed(http) == []
    assert count_leads(engine, workspace_id) == (0, 1)


@pytest.mark.parametrize("lead_id", [*MALFORMED_IDS, "cld_0197f2c05a3e7c41b1d49b6c2f7a8e10"])
def test_an_id_that_is_none_is_not_found(http: httpx.Client, lead_id: str) -> None:
    assert is_not_found(http.get(f"/leads/{lead_id}"))
    assert is_not_found(http.delete(f"/leads/{lead_id}"))
    assert is_not_found(http.patch(f"/leads/{lead_id}", json={"title": "x"}))
    assert is_not_found(http.get(f"/leads/{lead_id}/activity"))


def test_another_workspaces_lead_is_not_found(http: httpx.Client, other_http: httpx.Client) -> None:
    first = create(http)
    path = f"/leads/{first['id']}"
    assert is_not_found(other_http.get(path))
    assert is_not_found(other_http.delete(path))
    assert is_not_found(other_http.patch(path, json={"title": "x"}))
    assert is_not_found(other_http.get(f"{path}/activity"))
    assert listed(other_http, search="jane") == []
    assert create(other_http)["id"] != first["id"]
    assert http.get(path).json()["data"] == first


def test_reading_alone_takes_the_read_scope_alone(
    http: httpx.Client, engine: Engine, base_url: str, workspace_id: str
) -> None:
    first = create(http)
    secret = create_key(engine, workspace_id=workspace_id, name="reader", scopes=["read"]).secret
    with httpx.Client(base_url=base_url, headers={"X-API-Key": secret}) as reader:
        assert reader.get(f"/leads/{first['id']}").status_code == 200
        assert reader.get("/leads").status_code == 200
        for answer in (
            reader.post("/leads", content="not even JSON"),
            reader.patch(f"/leads/{first['id']}", json={}),
            reader.delete(f"/leads/{first['id']}"),
        ):
            assert answer.status_code == 403
    assert http.get(f"/leads/{first['id']}").json()["data"] == first


# --- activity -----------------------------------------------------------------------------------------------------


def test_activity_names_imports_and_campaigns(http: httpx.Client) -> None:
    imported = http.post("/leads/import", json={"leads": [{"email": "jane@acme.com"}, {"email": "bob@acme.com"}]})
    assert imported.status_code == 200, imported.text
    lead = http.get("/leads", params={"email": "jane@acme.com"}).json()["data"][0]
    path = f"/leads/{lead['id']}"
    campaign = http.post("/campaigns", json={"name": "Spring"}).json()["data"]["id"]
    http.post(f"/campaigns/{campaign}/leads", json={"leadIds": [lead["id"]]})
    http.delete(path)
    http.post("/leads/import", json={"leads": [{"email": "jane@acme.com", "title": "CEO"}]})
    http.patch(path, json={"title": "CFO"})
    told = http.get(f"{path}/activity").json()["data"]
    assert [activity["type"] for activity in told["activities"]] == [
        "updated", "restored", "deleted", "added_to_campaign", "created",
    ]  # fmt: skip
    times = [activity["timestamp"] for activity in told["activities"]]
    assert times == sorted(times, reverse=True)
    created, joined = told["activities"][-1], told["activities"][-2]
    assert created["subject"] == "Created by an import through the API"
    assert created["importId"].startswith("imp_")
    assert (joined["campaignId"], joined["campaignName"]) == (campaign, "Spring")
    assert told["campaigns"] == [
        {"campaignId": campaign, "campaignName": "Spring", "status": "draft", "addedAt": joined["timestamp"]}
    ]


# --- the OpenAPI document -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "example"),
    [(LeadOut, EXAMPLE_LEAD), (LeadActivityOut, EXAMPLE_ACTIVITY), (CampaignOut, EXAMPLE_CAMPAIGN)],
)
def test_the_examples_are_answers_as_we_give_them(model: type[Wire], example: dict[str, Any]) -> None:
    read = model.model_validate_json(json.dumps(example))
    assert json.loads(read.model_dump_json(by_alias=True)) == example


def test_every_good_answer_of_leads_and_campaigns_has_an_example(http: httpx.Client) -> None:
    paths = http.get("/openapi.json").json()["paths"]
    for path, operations in paths.items():
        if not path.startswith(("/leads", "/campaigns")):
            continue
        for operation in operations.values():
            good = next(answer for status, answer in operation["responses"].items() if status in ("200", "201"))
            content = good["content"].get("application/json") or good["content"]["text/csv"]
            assert content["example"], path
            assert content["schema"], path
