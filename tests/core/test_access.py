"""Who may do what: roles, the actor of a thread, and a guard on every flow that reaches a workspace."""

import importlib
import inspect
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core import access
from core.access import Actor, requires
from core.errors import Forbidden

FLOWS = sorted(path.stem for path in (Path(access.__file__).parent).glob("*_flow.py"))
ANNA = Actor("anna@example.com", "member", {"north": "importer", "south": "viewer"})
#: Flows that take an engine and no workspace, each with the reason why whoever calls them may.
OPEN = {
    "health_flow.get_schema_state": "whether the database answers, told to everybody",
    "job_flow.start_worker": "the server's own start",
    "key_flow.find_valid_key": "the door itself: the key's text is what is judged",
    "repair_flow.list_losses": "reads by flows that ask, the workspace of the dry run that it is given",
}


def functions_of(flow):
    """Its own public functions that take an engine, so own their transaction. Those that take a connection work inside one."""
    module = importlib.import_module(f"core.{flow}")
    return {
        f"{flow}.{name}": function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        and "engine" in inspect.signature(function).parameters
    }  # fmt: skip


@pytest.fixture(autouse=True)
def nobody(monkeypatch):
    monkeypatch.setattr(access, "_process_actor", None)


@requires("importer")
def import_something(*, workspace_id):
    return f"imported into {workspace_id}"


@pytest.mark.parametrize("flow", FLOWS)
def test_every_flow_says_the_role_that_it_requires(flow):
    """Put `@requires("viewer" | "importer" | "admin")` above the function (core/access.py)."""
    unguarded = [
        name
        for name, function in functions_of(flow).items()
        if getattr(function, "required_role", None) not in access.ROLES and name not in OPEN
    ]
    assert unguarded == []


def test_what_is_open_is_there_and_takes_no_workspace():
    found = {name: function for flow in FLOWS for name, function in functions_of(flow).items()}
    assert [name for name in OPEN if "workspace_id" in inspect.signature(found[name]).parameters] == []


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


@pytest.mark.parametrize("actor", [access.LOCAL, access.WORKER, access.COMMAND_LINE])
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
