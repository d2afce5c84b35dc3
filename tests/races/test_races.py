"""Many at once: the result is that of some serial order, nobody fails because of another, no deadlock reaches anybody.

contract.md section 3, "All or nothing". Each race begins at a barrier; the workspace fixture compares every counter with the
truth afterwards.
"""

from collections import Counter
from functools import partial

import httpx
import pytest

from core import campaign_flow, lead_flow, report_flow, run_flow, undo_flow
from core.errors import QuotaExceeded
from core.key_flow import create_key
from core.records import ImportOptions
from core.request_flow import ImportAnswer, import_leads
from tests.api.conftest import api_engine, base_url  # noqa: F401 - fixtures
from tests.conftest import count_leads
from tests.factories import (
    active_emails,
    emails_csv,
    import_file,
    make_ready,
    numbered,
    put_campaign,
    put_leads,
    read_leads,
    run_together,
    set_limit,
    total_leads,
    waiting_jobs,
)


def send(engine, workspace_id, emails):
    """One request's import; its counts as (created, restored, duplicates)."""
    answer = import_leads(
        engine, workspace_id=workspace_id, drafts=[{"email": email} for email in emails],
        options=ImportOptions(True, "api"), created_by="race",
    )  # fmt: skip
    assert isinstance(answer, ImportAnswer)
    counts = answer.plan.counts
    return counts["created"], counts["restored"], counts["duplicate"]


@pytest.mark.parametrize("attempt", range(3))
def test_two_imports_of_the_same_emails_in_opposite_order(engine, workspace_id, attempt):
    """Half of them restores in a campaign: leads, campaign and counter are all wanted by both."""
    back, new = numbered("back", 300), numbered("new", 300)
    put_leads(engine, workspace_id, back, deleted=True)
    campaign = put_campaign(engine, workspace_id, back)
    emails = [email for pair in zip(back, new, strict=True) for email in pair]
    results = run_together(
        partial(send, engine, workspace_id, emails), partial(send, engine, workspace_id, emails[::-1])
    )
    assert sorted(results) == [(0, 0, 600), (300, 300, 0)]
    assert count_leads(engine, workspace_id) == (600, 0)
    assert total_leads(engine, campaign) == 300


def test_overlapping_imports_create_each_email_once(engine, workspace_id):
    emails = numbered("p", 500)
    results = run_together(*[partial(send, engine, workspace_id, emails[at : at + 300]) for at in (0, 100, 200, 50)])
    assert sum(created for created, _, _ in results) == 500
    assert all(sum(result) == 300 for result in results)


@pytest.mark.parametrize("size", [1, 7, 10])
def test_many_imports_for_the_last_places(engine, workspace_id, size):
    """As many come in as fit one after another, and each of the others is told why not."""
    put_leads(engine, workspace_id, numbered("old", 10))
    set_limit(engine, workspace_id, 10 + 30)
    results = run_together(*[partial(send, engine, workspace_id, numbered(f"w{i}-", size)) for i in range(40)])
    fitting = 30 // size
    refused = [result for result in results if isinstance(result, QuotaExceeded)]
    assert [result for result in results if result not in refused] == [(size, 0, 0)] * fitting
    assert {(error.limit, error.active, error.added) for error in refused} == {(40, 10 + fitting * size, size)}
    assert count_leads(engine, workspace_id) == (10 + fitting * size, 0)


@pytest.mark.parametrize("attempt", range(3))
def test_delete_and_restore_while_importing_the_same_leads(engine, workspace_id, attempt):
    emails = numbered("p", 200)
    put_leads(engine, workspace_id, emails[:100])
    put_leads(engine, workspace_id, emails[100:], deleted=True)
    campaign = put_campaign(engine, workspace_id, emails)
    ids = [lead["id"] for lead in read_leads(engine, workspace_id).values()]
    place = {"workspace_id": workspace_id, "lead_ids": ids}
    results = run_together(
        partial(send, engine, workspace_id, emails),
        partial(lead_flow.delete_leads, engine, **place),
        partial(lead_flow.restore_leads, engine, **place),
        partial(send, engine, workspace_id, emails[::-1]),
        partial(lead_flow.delete_leads, engine, **{**place, "lead_ids": ids[::-1]}),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    (_, first, _), deleted, restored, (_, second, _), again = results
    active, gone = count_leads(engine, workspace_id)
    assert (active, gone) in ((0, 200), (200, 0)), "each does all or nothing of what it finds"
    assert 100 + first + second + restored - deleted - again == active
    assert total_leads(engine, campaign) == active


def test_one_lead_is_created_deleted_and_joined_by_many(engine, workspace_id):
    """Creating, deleting and adding to a campaign take their locks in one order."""
    put_leads(engine, workspace_id, numbered("p", 20))
    campaign = put_campaign(engine, workspace_id, [])
    ids = [lead["id"] for lead in read_leads(engine, workspace_id).values()]
    place = {"workspace_id": workspace_id}
    results = run_together(
        *[partial(campaign_flow.add_leads, engine, **place, campaign_id=campaign, lead_ids=order)
          for order in (ids, ids[::-1], ids[::2])],
        *[partial(send, engine, workspace_id, numbered("q", 30)) for _ in range(2)],
        *[partial(lead_flow.update_lead, engine, **place, lead_id=ids[0], changes={"company": name}) for name in "ab"],
    )  # fmt: skip
    assert not [result for result in results if isinstance(result, Exception)]
    assert sum(results[:3]) == 20
    assert total_leads(engine, campaign) == 20


@pytest.mark.parametrize("attempt", range(3))
def test_undo_while_the_same_emails_are_imported_again(engine, workspace_id, attempt):
    """Either the undo comes first and the leads are restored, or the import does and they are duplicates, then undone."""
    emails = numbered("p", 150)
    first = import_file(engine, workspace_id, emails_csv(emails)).record
    undo = partial(undo_flow.undo_import, engine, workspace_id=workspace_id, import_id=first.id)
    undone, sent = run_together(undo, partial(send, engine, workspace_id, emails))
    assert not isinstance(undone, Exception)
    assert sent in ((0, 150, 0), (0, 0, 150))
    active = 150 if sent == (0, 150, 0) else 0
    assert count_leads(engine, workspace_id) == (active, 150 - active)


def test_undo_from_two_tabs_undoes_once(engine, workspace_id):
    emails = numbered("p", 50)
    record = import_file(engine, workspace_id, emails_csv(emails)).record
    undo = partial(undo_flow.undo_import, engine, workspace_id=workspace_id, import_id=record.id)
    results = run_together(undo, undo, undo)
    assert any(not isinstance(result, Exception) for result in results)
    assert count_leads(engine, workspace_id) == (0, 50)
    assert report_flow.get_import(engine, workspace_id=workspace_id, import_id=record.id).state == "undone"


def test_the_same_import_is_started_and_carried_out_from_many_tabs(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(numbered("p", 1500)))
    place = {"workspace_id": workspace_id, "import_id": record.id}

    def tab():
        run_flow.start_import(engine, **place, in_parts=True)
        run_flow.run_import(engine, **place)

    assert run_together(*[tab] * 4) == [None] * 4
    finished = report_flow.get_import(engine, **place)
    assert (finished.state, finished.counts["created"], finished.parts_done) == ("done", 1500, 2)
    assert waiting_jobs(engine, record.id) == 1
    assert active_emails(engine, workspace_id) == {*numbered("p", 1500)}


def test_twenty_clients_at_once(engine, workspace_id, base_url):  # noqa: F811
    """Each with a key of its own, all at the same leads: imports, single leads, campaigns, deletes."""
    emails = numbered("p", 40)
    put_campaign(engine, workspace_id, [])
    secrets = [create_key(engine, workspace_id=workspace_id, name=f"client {i}").secret for i in range(20)]

    def client(number):
        """What a client gets to see: the status of each of its answers."""
        mine = emails[number:] + emails[:number]
        with httpx.Client(base_url=base_url, headers={"X-API-Key": secrets[number]}, timeout=120) as http:
            answers = [http.post("/leads/import", json={"leads": [{"email": email} for email in mine]})]
            answers.append(http.post("/leads", json={"email": mine[0]}))
            [lead] = http.get("/leads", params={"email": mine[1]}).json()["data"] or [None]
            if lead:
                answers.append(http.patch(f"/leads/{lead['id']}", json={"company": f"Client {number}"}))
                answers.append(http.delete(f"/leads/{lead['id']}"))
            answers.append(http.post("/leads/import", json={"leads": [{"email": email} for email in mine[::-1]]}))
        return [(answer.request.method, answer.request.url.path.count("/"), answer.status_code) for answer in answers]

    results = run_together(*[partial(client, number) for number in range(20)])
    assert not [result for result in results if isinstance(result, Exception)]
    seen = Counter(answer for result in results for answer in result)
    # A lead that another client has deleted or created meanwhile is told so; nothing else goes wrong.
    assert {status for _, _, status in seen} <= {200, 201, 404, 409}
    assert sum(count for (method, slashes, status), count in seen.items() if method == "POST" and status == 200) >= 40
    assert active_emails(engine, workspace_id) | set(read_leads(engine, workspace_id)) == {*emails}
