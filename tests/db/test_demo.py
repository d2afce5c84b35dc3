"""Practice data: duplicates and restores can be seen with it, and it never touches a workspace in use."""

from sqlalchemy import func, select

from db import check, demo, tables
from tests.conftest import count_leads
from tests.factories import import_file, put_leads, read_leads, snapshot


def fill(engine, workspace_id):
    with engine.begin() as conn:
        return demo.fill(conn, workspace_id=workspace_id)


def test_an_empty_workspace_is_filled_as_it_says(engine, workspace_id):
    """A few hundred leads, some soft-deleted, three campaigns with memberships."""
    made = fill(engine, workspace_id)
    assert count_leads(engine, workspace_id) == (made.active, made.deleted)
    assert made.active > 200
    assert made.deleted > 10
    assert made.campaigns == 3
    with engine.connect() as conn:
        assert [fault for fault in check.find_faults(conn) if workspace_id in fault] == []
        members = select(func.count()).where(tables.campaign_memberships.c.workspace_id == workspace_id)
        assert conn.scalar(members) == made.memberships


def test_a_workspace_in_use_is_left_alone(engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com"], deleted=True)
    before = snapshot(engine, workspace_id)
    assert fill(engine, workspace_id) is None
    assert snapshot(engine, workspace_id) == before


def test_filling_twice_fills_once(engine, workspace_id):
    fill(engine, workspace_id)
    before = snapshot(engine, workspace_id)
    assert fill(engine, workspace_id) is None
    assert snapshot(engine, workspace_id) == before


def test_some_deleted_leads_are_members_and_some_had_unsubscribed(engine, workspace_id):
    """Else a restore would show neither campaign counts nor a status that survives."""
    fill(engine, workspace_id)
    deleted = [lead for lead in read_leads(engine, workspace_id).values() if lead["deleted_at"]]
    with engine.connect() as conn:
        members = set(conn.scalars(select(tables.campaign_memberships.c.lead_id)))
    assert [lead for lead in deleted if lead["id"] in members]
    assert {lead["status"] for lead in deleted} & {"unsubscribed", "bounced"}


def test_an_import_of_its_own_emails_meets_duplicates_and_restores(engine, workspace_id):
    """Those that had unsubscribed or bounced are not restored without being asked for."""
    made = fill(engine, workspace_id)
    held = read_leads(engine, workspace_id)
    kept_out = sum(lead["deleted_at"] is not None and lead["status"] in ("unsubscribed", "bounced") for lead in held.values())
    content = "\n".join(["Email", *held]).encode()
    counts = import_file(engine, workspace_id, content).record.counts
    assert kept_out > 0
    assert (counts["duplicate"], counts["restored"]) == (made.active + kept_out, made.deleted - kept_out)
    assert counts["created"] == 0
