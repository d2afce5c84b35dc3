"""Undo and redo of an import through the API."""

import pytest

from core.draft_flow import create_draft
from core.ids import import_id_text, new_id
from core.key_flow import create_key
from db import workspaces
from tests.api.test_import import people, post, report
from tests.factories import active_emails, make_workspace


@pytest.fixture
def path(http):
    """An import of three leads."""
    return f"/imports/{report(post(http, people(3)))['importId']}"


def test_an_undo_and_its_redo_say_what_they_did(http, engine, workspace_id, path):
    undone = http.post(f"{path}/undo").json()["data"]
    assert undone["doneAt"].endswith("Z")
    assert {**undone, "doneAt": None} == {
        "importId": path.removeprefix("/imports/"), "action": "undo", "dryRun": False, "created": 3, "restored": 0,
        "filled": 0, "kept": 0, "keptLeads": [], "doneBy": undone["doneBy"], "doneAt": None,
    }  # fmt: skip
    assert undone["doneBy"].startswith("test (otr_")
    assert active_emails(engine, workspace_id) == set()
    assert http.get(path).json()["data"]["state"] == "undone"
    redone = http.post(f"{path}/redo", json={}).json()["data"]
    assert (redone["action"], redone["created"]) == ("redo", 3)
    assert http.get(path).json()["data"]["state"] == "done"
    assert len(active_emails(engine, workspace_id)) == 3


def test_a_dry_run_changes_nothing(http, engine, workspace_id, path):
    dry = http.post(f"{path}/undo", json={"dryRun": True}).json()["data"]
    assert (dry["dryRun"], dry["created"], dry["doneBy"], dry["doneAt"]) == (True, 3, None, None)
    assert len(active_emails(engine, workspace_id)) == 3
    http.post(f"{path}/undo")
    assert http.post(f"{path}/redo", json={"dryRun": True}).json()["data"]["created"] == 3
    assert active_emails(engine, workspace_id) == set()


def test_a_lead_that_was_changed_is_kept_and_named(http, path):
    lead = http.get("/leads", params={"email": "p1@example.com"}).json()["data"][0]
    http.patch(f"/leads/{lead['id']}", json={"lastName": "Adler"})
    undone = http.post(f"{path}/undo").json()["data"]
    [kept] = undone["keptLeads"]
    assert (undone["created"], undone["kept"]) == (2, 1)
    assert (kept["leadId"], kept["row"], kept["email"], kept["code"]) == (lead["id"], 2, "p1@example.com", "lead-changed-since")
    assert kept["name"].endswith("Adler")


def test_a_second_undo_gets_the_first_ones_answer(http, path):
    first = http.post(f"{path}/undo").json()
    assert http.post(f"{path}/undo").json() == first


def test_a_redo_over_the_contact_limit_is_402(http, engine, workspace_id, path):
    http.post(f"{path}/undo")
    with engine.begin() as conn:
        workspaces.set_contact_limit(conn, workspace_id=workspace_id, contact_limit=2)
    answer = http.post(f"{path}/redo")
    assert (answer.status_code, answer.json()["limit"], answer.json()["added"]) == (402, 2, 3)


def test_what_cannot_be_undone_is_409(http, engine, workspace_id, path):
    assert http.post(f"{path}/redo").json() == {"detail": "The import is not undone."}
    draft = create_draft(engine, workspace_id=workspace_id, file_name="a.csv", content=b"Email\na@x.de\n", created_by="ada")
    answer = http.post(f"/imports/{import_id_text(draft.id)}/undo")
    assert (answer.status_code, answer.json()) == (409, {"detail": "The import has not written anything yet."})


def test_an_unknown_import_is_404_and_so_is_another_workspaces(http, engine, path):
    for import_id in ("x", "imp_x", import_id_text(new_id())):
        for step in ("undo", "redo"):
            answer = http.post(f"/imports/{import_id}/{step}")
            assert (answer.status_code, answer.json()) == (404, {"detail": "There is no such import in this workspace."})
    theirs = create_key(engine, workspace_id=make_workspace(engine), name="theirs").secret
    assert http.post(f"{path}/undo", headers={"X-API-Key": theirs}).status_code == 404


def test_it_takes_the_scope_write(http, engine, workspace_id, path):
    reader = create_key(engine, workspace_id=workspace_id, name="reader", scopes=["read"]).secret
    answer = http.post(f"{path}/undo", json={"dryRun": True}, headers={"X-API-Key": reader})
    assert answer.status_code == 403


@pytest.mark.parametrize("action", ["undo", "redo"])
def test_a_dry_run_can_be_asked_for_in_the_address(http, path, action):
    if action == "redo":
        http.post(f"{path}/undo")
    answer = http.post(f"{path}/{action}?dryRun=true")
    assert (answer.status_code, answer.json()["data"]["dryRun"], answer.json()["data"]["created"]) == (200, True, 3)
    assert http.post(f"{path}/{action}?dryRun=perhaps").status_code == 422
    assert http.get(path).json()["data"]["state"] == ("undone" if action == "redo" else "done")


@pytest.mark.parametrize("body", ['{"dryrun": true}', '{"dry_run ": true}', "[]", '{"dryRun": "yes"}', '{"dryRun": 1}', "{"])
def test_a_wrong_body_is_422(http, path, body):
    answer = http.post(f"{path}/undo", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
