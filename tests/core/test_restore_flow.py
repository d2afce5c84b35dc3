"""The restores that a review shows, with their campaigns, on a real PostgreSQL."""

import pytest

from core import draft_flow, restore_flow
from core.records import ImportOptions
from tests.factories import (
    DELETED_AT,
    emails_csv,
    import_file,
    make_ready,
    make_workspace,
    outcomes,
    place,
    put_campaign,
    put_leads,
    read_lead,
    set_limit,
)

LEFT = [{"email": "left@example.com", "status": "unsubscribed"}, {"email": "gone@example.com", "company": "Old"}]


@pytest.fixture
def ready(engine, workspace_id):
    put_leads(engine, workspace_id, LEFT, deleted=True)
    put_leads(engine, workspace_id, ["held@example.com"])
    put_campaign(engine, workspace_id, ["gone@example.com", "held@example.com"], name="Spring")
    put_campaign(engine, workspace_id, ["gone@example.com"], name="Autumn")
    return make_ready(engine, workspace_id, emails_csv(["left@example.com", "gone@example.com", "held@example.com"]))


def list_restores(engine, record):
    preview = draft_flow.preview(engine, **place(record))
    return restore_flow.list_restores(engine, workspace_id=record.workspace_id, preview=preview)


def test_the_campaigns_that_get_a_lead_back_are_named(engine, ready):
    left, gone = list_restores(engine, ready)
    assert (left.row, left.comes_back, left.campaigns) == (2, False, ())
    assert (gone.row, gone.comes_back, gone.deleted_at) == (3, True, DELETED_AT)
    assert gone.campaigns == ("Autumn", "Spring")


def test_campaigns_of_another_workspace_are_not_named(engine, ready):
    other = make_workspace(engine)
    put_leads(engine, other, ["gone@example.com"])
    put_campaign(engine, other, ["gone@example.com"], name="Foreign")
    assert list_restores(engine, ready)[1].campaigns == ("Autumn", "Spring")


def test_a_file_without_restores_has_none(engine, workspace_id):
    assert list_restores(engine, make_ready(engine, workspace_id, emails_csv(["new@example.com"]))) == []


def test_only_a_confirmed_lead_comes_back_and_only_it_takes_a_place(engine, workspace_id, ready):
    set_limit(engine, workspace_id, 3)
    draft_flow.confirm_restores(engine, **place(ready), emails=["left@example.com"], confirm=True)
    preview = draft_flow.preview(engine, **place(ready))
    assert preview.quota.added == 2
    draft_flow.confirm_restores(engine, **place(ready), emails=["left@example.com"], confirm=False)
    assert draft_flow.preview(engine, **place(ready)).quota.added == 1


def test_an_unconfirmed_lead_stays_deleted(engine, workspace_id):
    put_leads(engine, workspace_id, LEFT, deleted=True)
    report = import_file(engine, workspace_id, emails_csv(["left@example.com", "gone@example.com"]))
    assert outcomes(report.decisions) == [(2, "duplicate", "restore-not-confirmed"), (3, "restored", None)]
    assert read_lead(engine, workspace_id, "left@example.com")["deleted_at"] == DELETED_AT


def test_an_import_that_asks_nobody_brings_everybody_back(engine, workspace_id):
    """As the API does (contract.md section 3, rule 4); the status survives."""
    put_leads(engine, workspace_id, LEFT, deleted=True)
    report = import_file(engine, workspace_id, emails_csv(["left@example.com"]), options=ImportOptions())
    assert report.record.counts["restored"] == 1
    assert read_lead(engine, workspace_id, "left@example.com")["status"] == "unsubscribed"
