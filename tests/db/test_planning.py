"""Rows that are named by their keys are looked up by them, whatever the planner believes (db/planning.py)."""

import pytest
from sqlalchemy import text

from core.ids import new_id
from db import campaigns, leads, planning
from db.rows import array_literal
from db.transaction import driver
from tests.factories import put_campaign, put_leads

NAMED = [f"p{i}@example.com" for i in range(100)]


@pytest.fixture
def grown_workspace(engine, workspace_id):
    """A workspace of 5000 leads, all in one campaign, of which the statistics know nothing."""
    with engine.begin() as conn:
        conn.execute(text("ANALYZE leads, campaign_memberships"))
    put_leads(engine, workspace_id, [f"p{i}@example.com" for i in range(5000)])
    put_campaign(engine, workspace_id, [f"p{i}@example.com" for i in range(5000)])
    return workspace_id


def plan_of(engine, statement, values):
    """PostgreSQL's plan of the statement, as text."""
    with engine.connect() as conn:
        cursor = driver(conn).cursor()
        planning.send_look_up_by_key(cursor)
        return "\n".join(line for (line,) in cursor.execute(f"EXPLAIN {statement}", values).fetchall())


@pytest.mark.parametrize("statement", [leads.FIND_ACTIVE_LEADS, leads.FIND_WHOLE_LEADS])
def test_leads_are_found_along_the_key_of_their_emails(engine, grown_workspace, statement):
    """Through the primary key, or by reading all, an import would take the longer the more leads a workspace holds."""
    values = {"workspace_id": grown_workspace, "emails": array_literal(NAMED), "active_too": False}
    plan = plan_of(engine, statement, values)
    assert "Index Scan using leads_email_once" in plan
    assert "Sort" not in plan


def test_memberships_are_counted_along_the_index_of_their_leads(engine, grown_workspace):
    ids = array_literal([str(new_id()) for _ in range(100)])
    values = {"workspace_id": grown_workspace, "lead_ids": ids, "direction": 1}
    assert "using campaign_memberships_by_lead" in plan_of(engine, campaigns.COUNT_LEADS, values)


def test_a_restore_finds_its_leads_by_their_key(engine, grown_workspace):
    values = {"workspace_id": grown_workspace, "ids": array_literal([str(new_id()) for _ in range(100)])}
    plan = plan_of(engine, leads.RESTORE_LEADS.format(assignments="", arrays="", names=""), values)
    assert "Index Scan using leads_pk" in plan
    assert "Hash" not in plan


def test_the_settings_end_with_the_transaction(engine):
    with engine.connect() as conn:
        planning.send_look_up_by_key(driver(conn).cursor())
        assert conn.scalar(text("SHOW enable_sort")) == "off"
        conn.rollback()
        assert conn.scalar(text("SHOW enable_sort")) == "on"
