"""The check finds every counter that does not agree with the truth (design.md section 3)."""

import pytest
from sqlalchemy import text

from db import check
from tests.factories import emails_csv, import_file, make_workspace, put_campaign, put_leads


@pytest.fixture
def busy(engine):
    """A workspace with leads, a campaign and an import, not looked at again after the test."""
    name = make_workspace(engine)
    put_leads(engine, name, ["a@example.com", "b@example.com"])
    put_leads(engine, name, ["gone@example.com"], deleted=True)
    put_campaign(engine, name, ["a@example.com", "gone@example.com"])
    import_file(engine, name, emails_csv(["new@example.com", "a@example.com", "bad"]))
    return name


def find(engine, workspace_id, *statements):
    """The faults after some meddling that is not kept."""
    with engine.connect() as conn:
        for statement in statements:
            conn.execute(text(statement), {"w": workspace_id})
        faults = [fault for fault in check.find_faults(conn) if workspace_id in fault]
        conn.rollback()
    return faults


def test_a_workspace_in_order_has_no_faults(engine, busy):
    assert find(engine, busy) == []


def test_an_empty_workspace_has_no_faults(engine, workspace_id):
    assert find(engine, workspace_id) == []


@pytest.mark.parametrize(
    ("meddling", "fault"),
    [
        ("UPDATE workspaces SET active_leads = 7 WHERE id = :w", "active_leads is 7, counted 3"),
        ("UPDATE leads SET deleted_at = now() WHERE workspace_id = :w AND email = 'b@example.com'",
         "active_leads is 3, counted 2"),
        ("UPDATE campaigns SET total_leads = 2 WHERE workspace_id = :w", "total_leads is 2, counted 1"),
        ("DELETE FROM campaign_memberships WHERE workspace_id = :w", "total_leads is 1, counted 0"),
        ("UPDATE imports SET created = 0, errors = 2 WHERE workspace_id = :w", "its counts are not those of its parts"),
        ("UPDATE imports SET parts_done = 0 WHERE workspace_id = :w", "its counts are not those of its parts"),
        ("DELETE FROM import_parts WHERE workspace_id = :w", "its counts are not those of its parts"),
    ],
)  # fmt: skip
def test_a_counter_that_is_wrong_is_named(engine, busy, meddling, fault):
    [found] = find(engine, busy, meddling)
    assert found.endswith(fault)


@pytest.mark.parametrize("table", ["imports", "import_parts"])
def test_books_that_do_not_balance_cannot_be_written(engine, busy, table):
    """design.md section 2: as a CHECK constraint."""
    with pytest.raises(Exception, match=f"{table}_books_balance"):
        find(engine, busy, f"UPDATE {table} SET created = created + 1 WHERE workspace_id = :w")
