"""What a command says of a database that it cannot use: a sentence on what is wrong and what to do, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from db import engine as db_engine
from db import sessions, starting
from db.__main__ import main
from db.settings import DatabaseSettings
from tests.conftest import with_database

PASSWORD = "correct-horse"


@contextmanager
def made(server_url: str, creation: str) -> Iterator[str]:
    """The address of a database that is made by ``creation`` (what follows its name), and dropped."""
    name = f"starting_{uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {} " + creation).format(sql.Identifier(name)))
        try:
            yield with_database(server_url, name)
        finally:
            conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(autouse=True)
def own_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The module's one engine, put back after the test."""
    monkeypatch.setattr(db_engine, "_engine", None)
    yield
    db_engine.stop()


def refusal(**settings: object) -> str:
    with pytest.raises(starting.CannotStart) as caught:
        starting.start(DatabaseSettings(**settings))
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_hold_every_text(server_url: str, encoding: str):
    with made(server_url, f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0") as url:
        said = refusal(database_url=url)
    assert said.startswith(f"Lead Import needs a database with the encoding UTF8; this one has {encoding}. ")
    assert "CREATE DATABASE" in said


@pytest.mark.parametrize(("version", "is_told"), [(130_014, True), (140_000, False), (180_001, False)])
def test_a_server_that_is_too_old(version: int, is_told: bool):
    info = SimpleNamespace(server_version=version, parameter_status=lambda name: "UTF8")
    if not is_told:
        assert sessions.check_server(info) is None
        return
    with pytest.raises(sessions.UnusableDatabase, match=r"needs PostgreSQL 14 or newer; this is 13\. Upgrade"):
        sessions.check_server(info)


def test_a_database_that_belongs_to_somebody_else(server_url: str):
    with made(server_url, "") as url, psycopg.connect(url, autocommit=True) as conn:
        conn.execute("REVOKE CREATE ON SCHEMA public FROM public")  # as new databases have it since PostgreSQL 15
        role = sql.Identifier(f"starting_{uuid4().hex}")
        conn.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        own = db_engine.sqlalchemy_url(url).set(drivername="postgresql", username=role.as_string().strip('"'))
        said = refusal(database_url=own.render_as_string(hide_password=False))
        conn.execute(sql.SQL("DROP ROLE {}").format(role))
    assert said.startswith("The database cannot be brought up to date: permission denied for schema public\n")
    assert "ALTER DATABASE … OWNER TO …" in said


def test_a_database_that_is_not_there(server_url: str):
    said = refusal(database_url=with_database(server_url, "nobody_made_it"))
    assert 'database "nobody_made_it" does not exist' in said
    assert "check DATABASE_URL" in said


@pytest.mark.parametrize("place", ["a file", "a file/below"])
def test_a_folder_that_cannot_be_one(tmp_path: Path, place: str):
    (tmp_path / "a file").touch()
    said = refusal(home=tmp_path / place)
    assert said.startswith(f"The embedded PostgreSQL cannot keep its data in {tmp_path / place}: Not a directory.\n")
    assert "LEAD_IMPORT_HOME" in said


def test_every_setting_at_fault_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://a:{PASSWORD}@host:port/leads")
    monkeypatch.setenv("LEAD_IMPORT_CONTACT_LIMIT", "many")
    with pytest.raises(starting.CannotStart) as caught:
        starting.read_settings()
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["DATABASE_URL", "LEAD_IMPORT_CONTACT_LIMIT"]
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"postgresql://a:{PASSWORD}@db.internal:5433/leads?sslmode=require", "leads on db.internal"),
        ("postgresql://postgres@/leads?host=/var/run/postgresql", "leads on /var/run/postgresql"),
        ("postgresql:///leads", "leads on this machine"),
    ],
)
def test_a_database_is_called_by_its_name_and_place(url: str, name: str):
    assert starting.describe(DatabaseSettings(database_url=url)) == name


def test_the_embedded_database_is_called_so(tmp_path: Path):
    """Whoever forgets the server's environment must see that another database was asked."""
    said = starting.describe(DatabaseSettings(home=tmp_path))
    assert said == f"the embedded PostgreSQL in {tmp_path} (DATABASE_URL is not set)"


def test_a_command_that_cannot_begin_says_why_and_ends_with_1(monkeypatch, capsys, server_url: str):
    monkeypatch.setenv("DATABASE_URL", with_database(server_url, "nobody_made_it"))
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Database: nobody_made_it on ")
    assert "The database does not answer: " in said.err


@pytest.mark.parametrize("limit", ["-1", "2147483648"])
def test_a_contact_limit_that_no_column_holds_is_refused(monkeypatch, capsys, empty_database_url: str, limit: str):
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    assert main(["workspace", "set-limit", "default", limit]) == 1
    assert "The contact limit is a number from 0 to 2147483647." in capsys.readouterr().err
