"""The campaigns' endpoints over a real socket: contract.md section 4's table, status by status."""

from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text

from core.ids import new_id
from tests.api.test_leads import create, is_not_found, other_http, places

__all__ = ["other_http"]

MALFORMED_IDS = ("x", "cmp_", "cmp_1", "cmp_" + "g" * 32, "cld_" + "0" * 32, "%00")
DEFAULTS = {
    "status": "draft", "timezone": "UTC", "sendingDays": [1, 2, 3, 4, 5], "sendingStartHour": 9,
    "sendingEndHour": 17, "dailyLimit": 50, "totalLeads": 0,
}  # fmt: skip


def make(http: httpx.Client, name: str = "Spring", **values: Any) -> dict[str, Any]:
    answer = http.post("/campaigns", json={"name": name, **values})
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


def total(http: httpx.Client, campaign: dict[str, Any]) -> int:
    return http.get(f"/campaigns/{campaign['id']}").json()["data"]["totalLeads"]


def test_a_campaign_is_created_with_the_defaults(http: httpx.Client) -> None:
    made = make(http, "  Spring ", timezone=None, unknown=1)
    assert {key: made[key] for key in DEFAULTS} == DEFAULTS
    assert made["name"] == "Spring"
    assert made["id"].startswith("cmp_")
    assert set(made) == {*DEFAULTS, "id", "name", "createdAt", "updatedAt"}
    assert http.get(f"/campaigns/{made['id']}").json() == {"data": made}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [(["body", "name"], "missing")]),
        ({"name": 1}, [(["body", "name"], "string_type")]),
        ({"name": " "}, [(["body", "name"], "value-required")]),
        ({"name": "x" * 256}, [(["body", "name"], "value-too-long")]),
        ({"name": "x", "dailyLimit": "50"}, [(["body", "dailyLimit"], "int_type")]),
        ({"name": "x", "dailyLimit": True}, [(["body", "dailyLimit"], "int_type")]),
        ({"name": "x", "dailyLimit": 10**40}, [(["body", "dailyLimit"], "value-out-of-range")]),
        ({"name": "x", "sendingDays": [1, "2"]}, [(["body", "sendingDays", 1], "int_type")]),
        ({"name": "x", "sendingDays": [0]}, [(["body", "sendingDays"], "value-out-of-range")]),
        ({"name": "x", "sendingStartHour": 24}, [(["body", "sendingStartHour"], "value-out-of-range")]),
        ({"name": "x", "timezone": "?"}, [(["body", "timezone"], "timezone-malformed")]),
    ],
)
def test_what_is_wrong_is_named_by_its_place(http: httpx.Client, body: dict[str, Any], expected: list[Any]) -> None:
    assert places(http.post("/campaigns", json=body)) == expected
    assert http.get("/campaigns").json()["meta"]["total"] == 0


def test_a_list_comes_in_pages_newest_first_and_by_status(
    http: httpx.Client, engine: Engine, workspace_id: str
) -> None:
    made = [make(http, f"c{i}") for i in range(3)]
    with engine.begin() as conn:
        conn.execute(
            text("UPDATE campaigns SET status = 'active' WHERE workspace_id = :workspace_id AND name = 'c0'"),
            {"workspace_id": workspace_id},
        )
    first = http.get("/campaigns", params={"page": 1, "pageSize": 2}).json()
    assert first["meta"] == {"page": 1, "pageSize": 2, "total": 3, "totalPages": 2}
    assert first["data"] == [made[2], made[1]]
    active = http.get("/campaigns", params={"status": "active"}).json()
    assert [campaign["name"] for campaign in active["data"]] == ["c0"]
    for params in ({"status": "asleep"}, {"pageSize": 101}, {"page": 0}):
        assert places(http.get("/campaigns", params=params))[0][0] == ["query", next(iter(params))]


def test_a_change_touches_the_given_values_only(http: httpx.Client) -> None:
    made = make(http, dailyLimit=10)
    path = f"/campaigns/{made['id']}"
    changed = http.patch(path, json={"name": "Autumn", "sendingDays": [7, 6]}).json()["data"]
    assert changed == made | {"name": "Autumn", "sendingDays": [6, 7], "updatedAt": changed["updatedAt"]}
    assert http.patch(path, json={}).json()["data"] == changed
    assert places(http.patch(path, json={"name": None})) == [(["body", "name"], "value-required")]
    assert places(http.patch(path, json={"name": ["x"]})) == [(["body", "name"], "string_type")]
    assert http.get(path).json()["data"] == changed


def test_a_deleted_campaign_is_gone_and_its_leads_stay(http: httpx.Client) -> None:
    made, lead = make(http), create(http)
    path = f"/campaigns/{made['id']}"
    http.post(f"{path}/leads", json={"leadIds": [lead["id"]]})
    answer = http.delete(path)
    assert (answer.status_code, answer.json()) == (200, {"data": {"id": made["id"], "deleted": True}})
    for gone in (
        http.get(path),
        http.delete(path),
        http.patch(path, json={"name": "x"}),
        http.post(f"{path}/leads", json={"leadIds": []}),
        http.delete(f"{path}/leads/{lead['id']}"),
    ):
        assert is_not_found(gone)
    assert http.get(f"/leads/{lead['id']}").json()["data"] == lead


def test_leads_go_in_and_out_and_the_total_follows(http: httpx.Client) -> None:
    made = make(http)
    leads = [create(http, f"p{i}@acme.com")["id"] for i in range(3)]
    path = f"/campaigns/{made['id']}/leads"
    assert http.post(path, json={"leadIds": [leads[0], leads[0], leads[1]]}).json() == {"data": {"added": 2}}
    assert http.post(path, json={"leadIds": leads}).json() == {"data": {"added": 1}}
    assert http.post(path, json={"leadIds": []}).json() == {"data": {"added": 0}}
    assert total(http, made) == 3
    answer = http.delete(f"{path}/{leads[0]}")
    removed = {"campaignId": made["id"], "leadId": leads[0], "removed": True}
    assert (answer.status_code, answer.json()) == (200, {"data": removed})
    assert is_not_found(http.delete(f"{path}/{leads[0]}"))
    assert total(http, made) == 2
    http.delete(f"/leads/{leads[1]}")
    assert total(http, made) == 1
    create(http, "p1@acme.com")
    assert total(http, made) == 2


def test_a_lead_that_is_not_there_stops_the_adding(http: httpx.Client, other_http: httpx.Client) -> None:
    made, there, deleted = make(http), create(http)["id"], create(http, "gone@acme.com")["id"]
    http.delete(f"/leads/{deleted}")
    foreign = create(other_http)["id"]
    path = f"/campaigns/{made['id']}/leads"
    for missing in (deleted, foreign, f"cld_{new_id().hex}", "nonsense", "cld_\ufffd"):
        answer = http.post(path, json={"leadIds": [there, missing]})
        assert is_not_found(answer)
        assert missing in answer.json()["detail"]
    assert total(http, made) == 0
    assert is_not_found(other_http.post(path, json={"leadIds": [foreign]}))
    assert is_not_found(other_http.delete(f"{path}/{there}"))
    assert is_not_found(other_http.get(f"/campaigns/{made['id']}"))
    for body, place in (
        ({}, ["body", "leadIds"]),
        ({"leadIds": there}, ["body", "leadIds"]),
        ({"leadIds": [1]}, ["body", "leadIds", 0]),
        ({"leadIds": None}, ["body", "leadIds"]),
    ):
        assert places(http.post(path, json=body))[0][0] == place


@pytest.mark.parametrize("campaign_id", [*MALFORMED_IDS, "cmp_0197f2c05a3e7c41b1d49b6c2f7a8e10"])
def test_an_id_that_is_none_is_not_found(http: httpx.Client, campaign_id: str) -> None:
    path = f"/campaigns/{campaign_id}"
    assert is_not_found(http.get(path))
    assert is_not_found(http.delete(path))
    assert is_not_found(http.patch(path, json={"name": "x"}))
    assert is_not_found(http.post(f"{path}/leads", json={"leadIds": []}))
    assert is_not_found(http.delete(f"{path}/leads/cld_{new_id().hex}"))
