"""A workspace's contact limit, and how much of it is used."""

from sqlalchemy import Connection, Engine

from core import audit_flow
from core.access import requires
from core.errors import NotFound
from core.records import Quota
from db import workspaces
from db.transaction import driver, run_transaction

#: PostgreSQL's integer.
MAX_CONTACT_LIMIT = 2_147_483_647


@requires("viewer")
def get_quota(engine: Engine, *, workspace_id: str) -> Quota:
    """Limit and active leads, in leads. Raises NotFound."""
    with engine.connect() as conn:
        return _read(conn, workspace_id)


@requires("admin")
def set_contact_limit(engine: Engine, *, workspace_id: str, contact_limit: int) -> Quota:
    """The new limit and its use. One below the active leads is allowed: it only stops new ones. Raises NotFound."""

    def work(conn: Connection) -> Quota:
        workspaces.send_lock(driver(conn).cursor(), workspace_id=workspace_id)
        before = _read(conn, workspace_id)
        if before.limit == contact_limit:
            return before
        workspaces.set_contact_limit(conn, workspace_id=workspace_id, contact_limit=contact_limit)
        audit_flow.append(conn, audit_flow.new_entry(
            "limit-changed", workspace_id=workspace_id, before=before.limit, after=contact_limit
        ))  # fmt: skip
        return _read(conn, workspace_id)

    return run_transaction(engine, work)


def _read(conn: Connection, workspace_id: str) -> Quota:
    row = workspaces.get_workspace(conn, workspace_id=workspace_id)
    if row is None:
        raise NotFound("There is no workspace “{name}”.", name=workspace_id)
    return Quota(row.contact_limit, row.active_leads)
