"""contract.md section 1: the workspace owns the leads and has a contact limit; design.md section 3: its row is the lock."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db import workspaces
from db.transaction import driver
from tests.conftest import CONTACT_LIMIT


def get(engine, workspace_id):
    with engine.connect() as conn:
        return workspaces.get_workspace(conn, workspace_id=workspace_id)


def test_a_workspace_has_a_limit_and_a_count(engine, workspace_id):
    assert get(engine, workspace_id) == (CONTACT_LIMIT, 0)


def test_a_workspace_that_is_not_there_is_none(engine):
    assert get(engine, "nowhere") is None


def test_making_it_again_keeps_its_limit(engine, workspace_id):
    """A restart with another LEAD_IMPORT_CONTACT_LIMIT does not change what is set in the app."""
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=workspace_id, name="other", contact_limit=1)
    assert get(engine, workspace_id) == (CONTACT_LIMIT, 0)


def test_the_limit_can_be_set_below_the_count(engine, workspace_id):
    with engine.begin() as conn:
        assert workspaces.set_contact_limit(conn, workspace_id=workspace_id, contact_limit=0)
        assert not workspaces.set_contact_limit(conn, workspace_id="nowhere", contact_limit=5)
    assert get(engine, workspace_id) == (0, 0)


def test_neither_limit_nor_count_goes_below_nothing(engine, workspace_id):
    with pytest.raises(IntegrityError, match="workspaces_contact_limit_not_negative"), engine.begin() as conn:
        workspaces.set_contact_limit(conn, workspace_id=workspace_id, contact_limit=-1)
    with pytest.raises(Exception, match="workspaces_active_leads_not_negative"), engine.begin() as conn:
        workspaces.send_added(driver(conn).cursor(), workspace_id=workspace_id, added=-1)


def test_the_lock_keeps_other_writers_out_and_lets_readers_in(engine, workspace_id):
    with engine.connect() as holder, engine.connect() as other:
        cursor = driver(holder).cursor()
        workspaces.send_lock(cursor, workspace_id=workspace_id)
        assert cursor.fetchone()[:2] == (CONTACT_LIMIT, 0)
        assert workspaces.get_workspace(other, workspace_id=workspace_id) == (CONTACT_LIMIT, 0)
        other.execute(text("SET LOCAL lock_timeout = '50ms'"))
        with pytest.raises(Exception, match="lock timeout"):
            workspaces.send_lock(driver(other).cursor(), workspace_id=workspace_id)
