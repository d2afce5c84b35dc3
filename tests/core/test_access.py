"""Who may do what: roles, and the actor of a thread. That every flow asks for a role is in tests/test_layers.py."""

import inspect
from concurrent.futures import ThreadPoolExecutor

import pytest

from core import access
from core.access import Actor, requires
from core.errors import Forbidden
from tests.test_layers import files_of, functions_of, is_flow

ANNA = Actor("anna@example.com", "member", {"north": "importer", "south": "viewer"})


@pytest.fixture(autouse=True)
def nobody(monkeypatch):
    monkeypatch.setattr(access, "_process_actor", None)


@requires("importer")
def import_something(*, workspace_id):
    return f"imported into {workspace_id}"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("viewer", {"viewer"}),
        ("importer", {"viewer", "importer"}),
        ("admin", {"viewer", "importer", "admin"}),
        (None, set()),
    ],
)
def test_a_role_may_what_the_lesser_ones_may(role, may):
    actor = Actor("anna@example.com", "member", {"north": role} if role else {})
    assert {needed for needed in access.ROLES if actor.may(needed, "north")} == may


@pytest.mark.parametrize("actor", [access.LOCAL, access.SERVER, access.WORKER, access.COMMAND_LINE])
def test_the_machine_itself_may_everything_everywhere(actor):
    assert actor.role_in("any") == "admin"


@pytest.mark.parametrize(
    ("scopes", "role"), [(["read"], "viewer"), (["write"], "importer"), (["read", "write"], "importer")]
)
def test_an_api_key_is_never_an_admin(scopes, role):
    assert access.role_of_scopes(scopes) == role


def test_where_nobody_acts_nothing_is_done():
    with pytest.raises(Forbidden, match="Nobody is logged in"):
        import_something(workspace_id="north")


def test_the_role_counts_in_its_own_workspace_alone():
    with access.acting_as(ANNA):
        assert import_something(workspace_id="north") == "imported into north"
        with pytest.raises(Forbidden, match="may look, but not import"):
            import_something(workspace_id="south")
        with pytest.raises(Forbidden, match="not a member"):
            import_something(workspace_id="west")


def test_an_actor_is_that_of_one_thread():
    with ThreadPoolExecutor(1) as pool, access.acting_as(ANNA):
        with pytest.raises(Forbidden):
            pool.submit(import_something, workspace_id="north").result()
        access.declare_process(access.COMMAND_LINE)
        assert pool.submit(access.current_actor).result() == access.COMMAND_LINE
        assert access.current_actor() == ANNA, "who came through a door stays who they are"
    assert access.current_actor() == access.COMMAND_LINE


def test_a_guarded_flow_still_looks_like_itself():
    assert import_something.__name__ == "import_something"
    assert list(inspect.signature(import_something).parameters) == ["workspace_id"]


# --- every flow there is --------------------------------------------------------------------------------------------------

GUARDED = {
    name: function
    for path in files_of("core")
    if is_flow(path)
    for name, function in functions_of(path.stem).items()
    if hasattr(function, "required_role")
}
#: What a function that a viewer may call begins with: it looks, and changes nothing.
READING = ("browse_", "count_", "export_", "find_", "fit_", "get_", "list_", "load_", "preview", "propose")
READING_ENDS = ("_activity", "_csv")


@pytest.mark.parametrize("name", GUARDED)
def test_a_lesser_role_and_a_stranger_are_refused_before_anything_is_looked_at(name):
    function = GUARDED[name]
    lesser = access.ROLES[: access.ROLES.index(function.required_role)]
    for roles in [{}, {"elsewhere": "admin"}, *({"north": role} for role in lesser)]:
        for kind in ("member", "key"):
            with access.acting_as(Actor("anna", kind, roles)), pytest.raises(Forbidden):
                function(None, workspace_id="north")  # without the check, None would be no engine


@pytest.mark.parametrize("name", [name for name, function in GUARDED.items() if function.required_role == "viewer"])
def test_what_a_viewer_may_call_looks_and_changes_nothing(name):
    """By its name: one that writes must require more, and one that reads must be called so."""
    called = name.partition(".")[2]
    assert called.startswith(READING) or called.endswith(READING_ENDS)
