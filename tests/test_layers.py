"""Imports point one way: `app.py, pages, api -> core -> db` (design.md section 1, style.md section 2)."""

import ast
import importlib
import inspect
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from core.access import ROLES

ROOT = Path(__file__).resolve().parents[1]
HEIGHTS = {"app": 3, "pages": 3, "api": 3, "core": 2, "db": 1}
#: The only modules of the product that ask for the process's engine, beside db itself.
MAY_TOUCH_THE_ENGINE = {"app.py", "pages/shared/session.py", "api/deps.py", "api/keys.py"}
#: A command line is a door, like a page, also where it stands among the queries.
COMMANDS = {"db/__main__.py"}
HEAVY = {"streamlit", "sqlalchemy", "psycopg", "pandas", "procrastinate", "alembic"}
#: Flows that take an engine and no workspace, each with the reason why whoever calls them may.
OPEN = {
    "health_flow.get_schema_state": "whether the database answers, told to everybody",
    "job_flow.start_worker": "the server's own start",
    "key_flow.find_valid_key": "the door itself: the key's text is what is judged",
    "member_flow.create_workspace": "asks itself for an admin of any workspace: the new one has none yet",
    "member_flow.find_roles": "the door itself: who logs in is looked up",
    "member_flow.list_workspaces": "the actor's own, whoever it is",
    "metrics_flow.collect_figures": "sums over the whole server, asked for by its operator with a token of its own",
    "repair_flow.list_losses": "reads by flows that ask, the workspace of the dry run that it is given",
}


@cache
def files_of(*layers: str) -> tuple[Path, ...]:
    found = [path for layer in layers for path in (ROOT / layer).rglob("*.py")]
    return (*sorted(found), *(ROOT / "app.py" for layer in layers if layer == "app" and (ROOT / "app.py").exists()))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it; `from db import engine` counts as db.engine, too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def packages_of(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports_of(path)}


def is_flow(path: Path) -> bool:
    return path.stem.endswith("_flow")


def functions_of(flow):
    """Its own public functions that take an engine, so own their transaction. Those that take a connection work inside one."""
    module = importlib.import_module(f"core.{flow}")
    return {
        f"{flow}.{name}": function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        and "engine" in inspect.signature(function).parameters
    }  # fmt: skip


def test_there_is_something_to_look_at():
    assert all(len(files_of(layer)) > 5 for layer in ("pages", "core", "db"))


@pytest.mark.parametrize("layer", HEIGHTS)
def test_imports_point_downwards(layer: str):
    above = {name for name, height in HEIGHTS.items() if height > HEIGHTS[layer]} | {"tests", "bench", "tools"}
    beside = {"api": {"pages", "app"}, "pages": {"api", "app"}}.get(layer, set())
    if layer == "app":
        above.discard("tools")
    wrong = {
        name_of(path): found
        for path in files_of(layer)
        if name_of(path) not in COMMANDS and (found := packages_of(path) & (above | beside))
    }
    assert wrong == {}


def test_only_flows_reach_the_database():
    """style.md section 2: only `*_flow.py` in core may import db query modules; db.rows is free of the database."""
    wrong = {}
    for path in files_of("core"):
        reached = packages_of(path) & HEAVY
        reached |= {name for name in imports_of(path) if name.startswith("db.") and not name.startswith("db.rows")}
        if reached and not is_flow(path):
            wrong[name_of(path)] = reached
    assert wrong == {}


def test_neither_core_nor_db_knows_the_screens():
    wrong = [name_of(path) for path in files_of("core", "db") if packages_of(path) & {"streamlit", "pandas"}]
    assert wrong == []


def test_a_page_knows_no_sql():
    """style.md section 4: no rules, no SQL. The session alone names the engine."""
    wrong = {
        name_of(path): found
        for path in files_of("pages")
        if name_of(path) != "pages/shared/session.py"
        and (found := packages_of(path) & {"psycopg", "procrastinate", "alembic", "sqlalchemy", "db"})
    }
    assert wrong == {}


def test_few_modules_touch_the_engine_of_the_process():
    """style.md section 2: only app.py, pages/shared/session.py and api/deps.py (and the command that makes keys)."""
    touching = {
        name_of(path)
        for path in files_of("app", "pages", "api", "core")
        if any(name == "db.engine" or name.startswith("db.engine.") for name in imports_of(path))
    }
    assert touching <= MAY_TOUCH_THE_ENGINE


@pytest.mark.parametrize("flow", [path.stem for path in files_of("core") if is_flow(path)])
def test_every_flow_says_the_role_that_it_requires(flow):
    """Put `@requires("viewer" | "importer" | "admin")` above the function (core/access.py)."""
    unguarded = [
        name
        for name, function in functions_of(flow).items()
        if getattr(function, "required_role", None) not in ROLES and name not in OPEN
    ]
    assert unguarded == []


def test_what_is_open_is_there_and_takes_no_workspace():
    for name in OPEN:
        assert "workspace_id" not in inspect.signature(functions_of(name.split(".")[0])[name]).parameters


LOOK_AROUND = """
import importlib, os, sys
heavy, names = set(sys.argv[1].split(",")), sys.argv[2:]
for name in names:
    if os.fork() == 0:
        try:
            importlib.import_module(name)
            loaded = heavy & {module.split(".")[0] for module in sys.modules}
        except BaseException as error:
            loaded = {repr(error)}
        if loaded:
            print(name, "loads", *sorted(loaded), flush=True)
        os._exit(0)
    os.wait()
"""


def test_pure_modules_load_nothing_heavy_even_indirectly():
    """Each in a process of its own, forked from one that has loaded nothing yet."""
    pure = [name_of(path).removesuffix(".py").replace("/", ".") for path in files_of("core") if not is_flow(path)]
    names = [name.removesuffix(".__init__") for name in pure] + ["db", "db.rows"]
    done = subprocess.run(
        [sys.executable, "-c", LOOK_AROUND, ",".join(sorted(HEAVY)), *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.stdout, done.stderr) == ("", "")
