"""A key as who acts: its role is its scopes, in its own workspace, and the log says where it came from."""

import httpx
import pytest

from core import access, audit_flow, browse_flow, lead_flow
from core.access import Actor
from core.errors import Forbidden
from core.key_flow import create_key
from tests.factories import put_leads


def newest(engine, workspace_id):
    return audit_flow.list_entries(engine, workspace_id=workspace_id, group="imports")[0]


def test_an_import_is_told_with_its_key_and_address(http, engine, workspace_id):
    assert http.post("/leads/import", json={"leads": [{"email": "anna@acme.org"}]}).status_code == 200
    entry = newest(engine, workspace_id)
    assert (entry.action, entry.actor_kind, entry.address) == ("import-finished", "key", "127.0.0.1")
    assert entry.actor.startswith("test (otr_…")
    assert entry.details["rows"] == 1


def test_a_repeat_of_a_request_is_no_second_line(http, engine, workspace_id):
    for _ in range(2):
        http.post("/leads/import", json={"leads": [{"email": "anna@acme.org"}]}, headers={"Idempotency-Key": "once"})
    assert len(audit_flow.list_entries(engine, workspace_id=workspace_id, group="imports")) == 1


def test_behind_a_trusted_proxy_the_address_is_the_callers(http, engine, workspace_id):
    """uvicorn trusts a proxy on this machine, and others by FORWARDED_ALLOW_IPS."""
    forwarded = {"X-Forwarded-For": "192.0.2.99"}
    http.post("/leads/import", json={"leads": [{"email": "anna@acme.org"}]}, headers=forwarded)
    assert newest(engine, workspace_id).address == "192.0.2.99"


def test_a_dry_run_leaves_no_line(http, engine, workspace_id):
    http.post("/leads/import", json={"leads": [{"email": "anna@acme.org"}], "dryRun": True})
    assert audit_flow.list_entries(engine, workspace_id=workspace_id, group="imports") == []


def test_a_key_that_may_only_write_may_also_read_what_it_writes(base_url, engine, workspace_id):
    """An import looks leads up: the role of the scope `write` holds that of `read`; the gate keeps GET from such a key."""
    secret = create_key(engine, workspace_id=workspace_id, name="writer", scopes=["write"]).secret
    with httpx.Client(base_url=base_url, headers={"X-API-Key": secret}) as client:
        assert client.post("/leads", json={"email": "anna@acme.org"}).status_code == 201
        assert client.get("/leads").status_code == 403


@pytest.mark.parametrize("work", ["delete", "restore"])
def test_core_refuses_a_reading_key_even_without_the_gate(engine, workspace_id, work):
    put_leads(engine, workspace_id, ["anna@acme.org"])
    lead = browse_flow.list_leads(engine, workspace_id=workspace_id).items[0]
    reader = Actor("reader", "key", {workspace_id: access.role_of_scopes(["read"])})
    change = {"delete": lead_flow.delete_leads, "restore": lead_flow.restore_leads}[work]
    with access.acting_as(reader):
        assert lead_flow.get_lead(engine, workspace_id=workspace_id, lead_id=lead.id) == lead
        with pytest.raises(Forbidden):
            change(engine, workspace_id=workspace_id, lead_ids=[lead.id])
