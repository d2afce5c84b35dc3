"""Members: who belongs to a workspace, in which role; and the workspaces that somebody belongs to.

Without a login nobody is asked for; members are then kept for the day when one is configured.
"""

import re
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from core import audit_flow
from core.access import ROLES, Role, current_actor, lacking, requires
from core.emails import check_email, email_key
from core.errors import AlreadyMember, Forbidden, InvalidValues, LastAdmin, NotFound
from core.issues import make_issue
from core.lead_flow import lock_workspace
from core.naming import clean_name
from db import logins, members, workspaces
from db.transaction import run_transaction

_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


class Workspace(NamedTuple):
    """A workspace as somebody chooses it: its id, and the name that people see."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to a workspace. ``email`` is the comparison key (core/emails.py)."""

    workspace_id: str
    email: str
    role: Role
    created_at: datetime


def find_roles(engine: Engine, *, email: str) -> dict[str, Role]:
    """The workspaces of whoever logged in with this email, and their role in each; none for a stranger."""
    with engine.connect() as conn:
        return {row.workspace_id: row.role for row in logins.find_roles(conn, email=email_key(email))}


def list_workspaces(engine: Engine) -> list[Workspace]:
    """The workspaces that the current actor belongs to, by name; all of them where nobody has to log in."""
    actor = current_actor()
    own = None if actor.is_trusted else actor.roles
    with engine.connect() as conn:
        return [Workspace(row.id, row.name) for row in logins.list_workspaces(conn, workspace_ids=own)]


def create_workspace(engine: Engine, *, name: str, contact_limit: int) -> Workspace:
    """A new, empty workspace with its maker as its admin. Raises InvalidValues for the name, and Forbidden to whoever is
    an admin nowhere.
    """
    actor = current_actor()
    if not actor.is_trusted and "admin" not in actor.roles.values():
        raise Forbidden("Only an admin may make a workspace.", hint="Ask an admin of a workspace.")
    name = clean_name(name)
    workspace_id = _make_id(name)
    entry = audit_flow.new_entry("workspace-created", workspace_id=workspace_id, subject=name)

    def work(conn: Connection) -> Workspace:
        workspaces.ensure_workspace(conn, workspace_id=workspace_id, name=name, contact_limit=contact_limit)
        if actor.kind == "member":
            members.put_member(conn, workspace_id=workspace_id, email=actor.name, role="admin")
        audit_flow.append(conn, entry)
        return Workspace(workspace_id, name)

    return run_transaction(engine, work)


@requires("admin")
def list_members(engine: Engine, *, workspace_id: str) -> list[Member]:
    """The workspace's members, by email."""
    with engine.connect() as conn:
        return [
            Member(row.workspace_id, row.email, row.role, row.created_at)
            for row in members.list_members(conn, workspace_id=workspace_id)
        ]


@requires("admin")
def add_member(engine: Engine, *, workspace_id: str, email: str, role: Role) -> None:
    """Let whoever logs in with this email into the workspace. Raises InvalidValues, AlreadyMember, NotFound."""
    assert role in ROLES
    key = _check_email(email)
    entry = audit_flow.new_entry("member-added", workspace_id=workspace_id, subject=key, role=role)
    tries = 0

    def work(conn: Connection) -> None:
        nonlocal tries
        tries += 1
        lock_workspace(conn, workspace_id)
        if members.get_role(conn, workspace_id=workspace_id, email=key):
            if tries > 1:
                return  # our own try, whose answer was lost
            raise AlreadyMember(
                "“{email}” is a member already.", hint="Change the role in the list.", email=key
            )
        _check_still_admin(conn, workspace_id)
        members.put_member(conn, workspace_id=workspace_id, email=key, role=role)
        audit_flow.append(conn, entry)

    run_transaction(engine, work)


@requires("admin")
def change_role(engine: Engine, *, workspace_id: str, email: str, role: Role) -> None:
    """Give the member another role. Raises NotFound, and LastAdmin where nobody would be left to manage the workspace."""
    assert role in ROLES

    def work(conn: Connection) -> None:
        before = _lock_member(conn, workspace_id, email)
        if before is None:
            raise NotFound("There is no such member in this workspace.")
        if before == role:
            return
        _check_still_admin(conn, workspace_id)
        _keep_an_admin(conn, workspace_id, email, before)
        members.put_member(conn, workspace_id=workspace_id, email=email, role=role)
        changed = {"subject": email, "before": before, "role": role}
        audit_flow.append(conn, audit_flow.new_entry("member-changed", workspace_id=workspace_id, **changed))

    run_transaction(engine, work)


@requires("admin")
def remove_member(engine: Engine, *, workspace_id: str, email: str) -> None:
    """Let them in no more; what they did stays. One who is gone already stays gone. Raises LastAdmin."""

    def work(conn: Connection) -> None:
        before = _lock_member(conn, workspace_id, email)
        if before is None:
            return
        _check_still_admin(conn, workspace_id)
        _keep_an_admin(conn, workspace_id, email, before)
        members.delete_member(conn, workspace_id=workspace_id, email=email)
        removed = {"subject": email, "before": before}
        audit_flow.append(conn, audit_flow.new_entry("member-removed", workspace_id=workspace_id, **removed))

    run_transaction(engine, work)


@requires("admin")
def ensure_admins(engine: Engine, *, workspace_id: str, emails: Collection[str]) -> None:
    """Make each of these an admin of the workspace: the server's own configuration, at every start."""
    entries = {
        email: audit_flow.new_entry("member-added", workspace_id=workspace_id, subject=email, role="admin")
        for email in sorted(map(_check_email, emails))
    }

    def work(conn: Connection) -> None:
        lock_workspace(conn, workspace_id)
        for email, entry in entries.items():
            if members.get_role(conn, workspace_id=workspace_id, email=email) != "admin":
                members.put_member(conn, workspace_id=workspace_id, email=email, role="admin")
                audit_flow.append(conn, entry)

    run_transaction(engine, work)


def _lock_member(conn: Connection, workspace_id: str, email: str) -> str | None:
    """The member's role, which nobody else changes before the transaction ends."""
    lock_workspace(conn, workspace_id)
    return members.get_role(conn, workspace_id=workspace_id, email=email)


def _check_still_admin(conn: Connection, workspace_id: str) -> None:
    """Raises Forbidden where the acting member is no admin any more: somebody may have seen to that while this waited for the lock."""
    actor = current_actor()
    if actor.kind == "member" and members.get_role(conn, workspace_id=workspace_id, email=actor.name) != "admin":
        raise lacking("admin")


def _keep_an_admin(conn: Connection, workspace_id: str, email: str, role: str) -> None:
    if role == "admin" and not members.has_other_admin(conn, workspace_id=workspace_id, email=email):
        raise LastAdmin(
            "“{email}” is the only admin of this workspace.", hint="Make somebody else an admin first.", email=email
        )


def _check_email(email: str) -> str:
    check = check_email(email)
    if check.key is None:
        raise InvalidValues([make_issue("email-invalid", field="email", value=email, why=check.why)])
    return check.key


def _make_id(name: str) -> str:
    """An id that says the name to whoever reads it in a command or a log, and is nobody else's."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(filter(None, (_NOT_IN_IDS.sub("-", plain).strip("-")[:40].strip("-"), secrets.token_hex(4))))
