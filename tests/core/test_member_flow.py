"""Members and workspaces: who may come in, as whom, and that somebody is always left to manage it."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from core import access, audit_flow, key_flow, member_flow, workspace_flow
from core.access import Actor
from core.errors import AlreadyMember, Forbidden, InvalidValues, LastAdmin, NotFound
from core.ids import new_id
from core.member_flow import Workspace


@pytest.fixture
def anna():
    """Somebody whom no other test knows."""
    return f"anna.{new_id().hex}@example.org"


@pytest.fixture
def ben():
    return f"ben.{new_id().hex}@example.org"


def roles(engine, workspace_id):
    return {member.email: member.role for member in member_flow.list_members(engine, workspace_id=workspace_id)}


def log_in(engine, email):
    """The actor that a door makes of whoever logged in."""
    return access.acting_as(Actor(email, "member", member_flow.find_roles(engine, email=email)))


def test_a_member_is_found_by_their_email_in_any_case(engine, workspace_id, anna, ben):
    member_flow.add_member(engine, workspace_id=workspace_id, email=f"  {anna.upper()} ", role="viewer")
    assert roles(engine, workspace_id) == {anna: "viewer"}
    assert member_flow.find_roles(engine, email=anna.upper())[workspace_id] == "viewer"
    assert workspace_id not in member_flow.find_roles(engine, email=ben)


def test_somebody_is_added_once(engine, workspace_id, anna):
    member_flow.add_member(engine, workspace_id=workspace_id, email=anna, role="admin")
    with pytest.raises(AlreadyMember):
        member_flow.add_member(engine, workspace_id=workspace_id, email=anna.upper(), role="viewer")
    assert roles(engine, workspace_id) == {anna: "admin"}, "a second invitation takes no role away"


@pytest.mark.parametrize("email", ["", "anna", "anna@", "anna@example.org, ben@example.org"])
def test_a_member_needs_an_email(engine, workspace_id, email):
    with pytest.raises(InvalidValues):
        member_flow.add_member(engine, workspace_id=workspace_id, email=email, role="viewer")


def test_a_role_changes_and_ends(engine, workspace_id, ben):
    place = {"workspace_id": workspace_id, "email": ben}
    member_flow.add_member(engine, **place, role="viewer")
    member_flow.change_role(engine, **place, role="importer")
    assert roles(engine, workspace_id) == {ben: "importer"}
    member_flow.remove_member(engine, **place)
    member_flow.remove_member(engine, **place)
    assert roles(engine, workspace_id) == {}
    with pytest.raises(NotFound):
        member_flow.change_role(engine, **place, role="admin")


def test_the_last_admin_stays(engine, workspace_id, anna, ben):
    for email, role in ((anna, "admin"), (ben, "importer")):
        member_flow.add_member(engine, workspace_id=workspace_id, email=email, role=role)
    with pytest.raises(LastAdmin):
        member_flow.remove_member(engine, workspace_id=workspace_id, email=anna)
    with pytest.raises(LastAdmin):
        member_flow.change_role(engine, workspace_id=workspace_id, email=anna, role="viewer")
    member_flow.change_role(engine, workspace_id=workspace_id, email=ben, role="admin")
    member_flow.remove_member(engine, workspace_id=workspace_id, email=anna)
    assert roles(engine, workspace_id) == {ben: "admin"}


def test_two_admins_who_remove_each_other_leave_one(engine, workspace_id, anna, ben):
    for email in (anna, ben):
        member_flow.add_member(engine, workspace_id=workspace_id, email=email, role="admin")

    def remove(email):
        try:
            member_flow.remove_member(engine, workspace_id=workspace_id, email=email)
        except LastAdmin:
            return "refused"
        return "removed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(remove, (anna, ben))) == ["refused", "removed"]
    assert list(roles(engine, workspace_id).values()) == ["admin"]


@pytest.mark.parametrize("before", ["importer", None])
def test_who_is_no_admin_any_more_when_their_turn_comes_manages_nothing(engine, workspace_id, anna, ben, before):
    """They were let in as an admin and waited for the lock, while another admin removed or lowered them."""
    place = {"workspace_id": workspace_id}
    for email in (anna, ben):
        member_flow.add_member(engine, **place, email=email, role="admin")
    with log_in(engine, ben):
        ben_as_he_came = access.current_actor()
    if before:
        member_flow.change_role(engine, **place, email=ben, role=before)
    else:
        member_flow.remove_member(engine, **place, email=ben)
    left, told = roles(engine, workspace_id), len(audit_flow.list_entries(engine, **place))
    acts = (
        partial(member_flow.add_member, email="eve@example.org", role="admin"),
        partial(member_flow.change_role, email=anna, role="viewer"),
        partial(member_flow.remove_member, email=anna),
        partial(member_flow.change_role if before else member_flow.add_member, email=ben, role="admin"),
    )
    for act in acts:
        with access.acting_as(ben_as_he_came), pytest.raises(Forbidden):
            act(engine, **place)
    assert roles(engine, workspace_id) == left
    assert len(audit_flow.list_entries(engine, **place)) == told


@pytest.mark.parametrize("role", ["viewer", "importer"])
def test_only_an_admin_manages_the_workspace(engine, workspace_id, role, anna, ben):
    member_flow.add_member(engine, workspace_id=workspace_id, email=anna, role=role)
    place = {"workspace_id": workspace_id}
    with log_in(engine, anna):
        assert workspace_flow.get_quota(engine, **place).active == 0
        for forbidden in (
            lambda: member_flow.list_members(engine, **place),
            lambda: member_flow.add_member(engine, **place, email=ben, role="viewer"),
            lambda: member_flow.change_role(engine, **place, email=anna, role="admin"),
            lambda: member_flow.remove_member(engine, **place, email=anna),
            lambda: member_flow.create_workspace(engine, name="Mine", contact_limit=1),
            lambda: key_flow.create_key(engine, **place, name="key"),
            lambda: key_flow.list_keys(engine, **place),
            lambda: workspace_flow.set_contact_limit(engine, **place, contact_limit=0),
        ):
            with pytest.raises(Forbidden):
                forbidden()
    assert roles(engine, workspace_id) == {anna: role}


def test_an_admin_makes_a_second_workspace_and_is_its_admin(engine, workspace_id, anna, ben):
    member_flow.add_member(engine, workspace_id=workspace_id, email=anna, role="admin")
    with log_in(engine, anna):
        made = member_flow.create_workspace(engine, name="  Südwest & Söhne ", contact_limit=500)
    assert made.name == "Südwest & Söhne"
    assert made.id.startswith("sudwest-sohne-")
    with log_in(engine, anna):
        assert set(member_flow.list_workspaces(engine)) == {Workspace(workspace_id, workspace_id), made}
        assert roles(engine, made.id) == {anna: "admin"}
        assert workspace_flow.get_quota(engine, workspace_id=made.id).limit == 500
    with log_in(engine, ben):
        assert member_flow.list_workspaces(engine) == []
    assert made in member_flow.list_workspaces(engine), "the server's own commands see every workspace"


def test_two_workspaces_of_one_name_are_two(engine):
    first, second = (member_flow.create_workspace(engine, name="東京", contact_limit=1) for _ in range(2))
    assert first.name == second.name
    assert first.id != second.id


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_workspace_needs_a_name(engine, name):
    with pytest.raises(InvalidValues):
        member_flow.create_workspace(engine, name=name, contact_limit=1)


def test_the_configured_admins_are_admins_at_every_start(engine, workspace_id, anna, ben):
    member_flow.add_member(engine, workspace_id=workspace_id, email=ben, role="viewer")
    for _ in range(2):
        member_flow.ensure_admins(engine, workspace_id=workspace_id, emails=[anna.upper(), ben])
        assert roles(engine, workspace_id) == {anna: "admin", ben: "admin"}
