"""What a visitor's session carries into other threads and from run to run, and for how long."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest

from core import access, language, logins, member_flow
from core.errors import Forbidden
from core.ids import new_id
from pages.shared import session, visitor


def who_asks() -> tuple[str, str]:
    return access.current_actor().name, language.current()


def carried_in_german():
    language.use("de")
    return session.carried(who_asks)


def test_a_download_is_made_for_the_visitor_in_their_language(new_screen):
    call = copy_context().run(carried_in_german)
    with ThreadPoolExecutor(2) as pool:
        assert pool.submit(call).result() == ("local", "de")
        assert [pool.submit(call).result() for _ in range(2)] == [("local", "de")] * 2, "it can be made again"
        with pytest.raises(Forbidden):
            pool.submit(who_asks).result()


# --- a member -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def claims(new_screen, monkeypatch, engine, workspace_id):
    """What is known of Anna, an admin who has logged in."""
    monkeypatch.setattr(access, "_is_local_open", False)
    said = {"is_logged_in": True, "email": f"anna.{new_id().hex}@example.org", "iat": time.time()}
    monkeypatch.setattr(visitor, "claims", lambda: said)
    for email in (said["email"], "other@example.org"):
        member_flow.add_member(engine, workspace_id=workspace_id, email=email, role="admin")
    return said


def what_they_may(workspace_id):
    return access.current_actor().role_in(workspace_id)


def carried_by_anna(workspace_id):
    return copy_context().run(session.carried, what_they_may, workspace_id)


def test_a_download_is_made_in_the_role_of_then(claims, engine, workspace_id):
    call = carried_by_anna(workspace_id)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(call).result() == "admin"
        member_flow.change_role(engine, workspace_id=workspace_id, email=claims["email"], role="viewer")
        assert pool.submit(call).result() == "viewer"
        member_flow.remove_member(engine, workspace_id=workspace_id, email=claims["email"])
        with pytest.raises(Forbidden):
            pool.submit(call).result()


def test_no_download_is_made_after_a_log_out(claims, workspace_id):
    call = carried_by_anna(workspace_id)
    logins.end_login(claims)
    with ThreadPoolExecutor(1) as pool, pytest.raises(Forbidden):
        pool.submit(call).result()


def test_roles_are_those_of_a_moment_ago_also_in_a_thread_that_never_comes_to_rest(claims, engine, workspace_id, monkeypatch):
    """Clicks that keep coming are one run after another in the same thread; each may end before it has asked."""
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)

    def role():
        return session.enter().roles.get(workspace_id)

    def runs():
        nonlocal now
        assert role() == "admin"
        member_flow.remove_member(engine, workspace_id=workspace_id, email=claims["email"])
        asked_once = role()
        now += session.ROLES_LAST_S
        return asked_once, role()

    assert copy_context().run(runs) == ("admin", None)
