"""The engine of the process: started once, migrated, with its default workspace; settings from the environment."""

from functools import partial

import psycopg
import pytest
from pydantic import ValidationError
from sqlalchemy import text

from db import engine as db_engine
from db import migrate, sessions, workspaces
from db.__main__ import main
from db.settings import DatabaseSettings
from tests.factories import run_together


@pytest.fixture
def own_engine(monkeypatch):
    """The module's one engine, put back after the test."""
    monkeypatch.setattr(db_engine, "_engine", None)
    yield
    db_engine.stop()


def settings(url, **values):
    return DatabaseSettings(database_url=url, **values)


def test_a_first_start_migrates_and_makes_the_default_workspace(own_engine, empty_database_url):
    """A first start makes a workspace `default` with a contact limit of 10,000."""
    engine = db_engine.start(settings(empty_database_url))
    with engine.connect() as conn:
        assert migrate.current_revision(conn) == migrate.newest_revision()
        assert workspaces.get_workspace(conn, workspace_id="default") == (10_000, 0)


def test_a_second_start_gives_the_same_engine(own_engine, empty_database_url):
    engine = db_engine.start(settings(empty_database_url))
    assert db_engine.start(settings(empty_database_url)) is engine
    assert db_engine.get_engine() is engine


def test_threads_that_start_together_get_one_engine(own_engine, empty_database_url):
    first, *others = run_together(*[partial(db_engine.start, settings(empty_database_url))] * 3)
    assert all(engine is first for engine in others)


def test_a_restart_keeps_the_limit_that_was_set(own_engine, empty_database_url):
    engine = db_engine.start(settings(empty_database_url))
    with engine.begin() as conn:
        workspaces.set_contact_limit(conn, workspace_id="default", contact_limit=5)
    db_engine.stop()
    engine = db_engine.start(settings(empty_database_url, contact_limit=7))
    with engine.connect() as conn:
        assert workspaces.get_workspace(conn, workspace_id="default").contact_limit == 5


def test_without_a_start_there_is_no_engine(own_engine):
    with pytest.raises(RuntimeError, match="start"):
        db_engine.get_engine()


def test_connections_speak_utc_and_have_limits(engine):
    with engine.connect() as conn:
        shown = {name: conn.scalar(text(f"SHOW {name}")) for name in sessions.SERVER_SETTINGS}
    assert shown["timezone"] == "UTC"
    assert shown["statement_timeout"] == "1min"
    assert shown["lock_timeout"] == "30s"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_both_spellings_of_an_address_serve(scheme):
    url = db_engine.sqlalchemy_url(f"{scheme}://user:p%40ss@host:5433/name?sslmode=require")
    assert (url.drivername, url.password, url.port, url.database) == ("postgresql+psycopg", "p@ss", 5433, "name")
    assert url.query == {"sslmode": "require"}


def test_making_a_database_that_is_there_changes_nothing(server_url, empty_database_url):
    with db_engine.make_engine(empty_database_url).begin() as conn:
        conn.execute(text("CREATE TABLE kept (id integer)"))
    db_engine.create_database(server_url, db_engine.sqlalchemy_url(empty_database_url).database)
    with db_engine.make_engine(empty_database_url).connect() as conn:
        assert conn.scalar(text("SELECT count(*) FROM kept")) == 0


def test_two_that_make_the_same_database_both_succeed(server_url):
    name = "made_twice"
    assert run_together(*[partial(db_engine.create_database, server_url, name)] * 3) == [None] * 3
    with db_engine.make_engine(server_url).connect() as conn:
        conn.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"DROP DATABASE {name}"))


# --- settings ---------------------------------------------------------------------------------------------------------


def test_settings_come_from_the_environment(tmp_path):
    found = DatabaseSettings.from_environment(
        {
            "DATABASE_URL": "postgresql://pooler/name",
            "DATABASE_DIRECT_URL": "postgresql://host/name",
            "LEAD_IMPORT_HOME": str(tmp_path),
            "LEAD_IMPORT_WORKSPACE": "acme",
            "LEAD_IMPORT_CONTACT_LIMIT": "500",
        }
    )
    assert found == DatabaseSettings(
        database_url="postgresql://pooler/name",
        database_direct_url="postgresql://host/name",
        home=tmp_path,
        workspace="acme",
        contact_limit=500,
    )


def test_an_empty_variable_counts_as_absent():
    names = ("DATABASE_URL", "LEAD_IMPORT_HOME", "LEAD_IMPORT_WORKSPACE", "LEAD_IMPORT_CONTACT_LIMIT")
    found = DatabaseSettings.from_environment(dict.fromkeys(names, ""))
    assert (found.database_url, found.workspace, found.contact_limit) == (None, "default", 10_000)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root:secret@host/name"),
        ("DATABASE_DIRECT_URL", "mysql://root:secret@host/name"),
        ("DATABASE_DIRECT_URL", "postgresql://root:secret@host/name"),  # past a pooler that nobody named
        ("LEAD_IMPORT_CONTACT_LIMIT", "many"),
        ("LEAD_IMPORT_CONTACT_LIMIT", "-1"),
        ("LEAD_IMPORT_WORKSPACE", "x" * 64),
    ],
)
def test_a_wrong_setting_is_refused_without_showing_a_password(name, value):
    with pytest.raises(ValidationError) as caught:
        DatabaseSettings.from_environment({name: value})
    assert "secret" not in str(caught.value)


# --- commands ---------------------------------------------------------------------------------------------------------


def test_the_commands_do_what_they_say(own_engine, empty_database_url, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    monkeypatch.delenv("LEAD_IMPORT_WORKSPACE", raising=False)
    assert main(["migrate"]) == 0
    assert main(["demo"]) == 0
    assert main(["demo"]) == 1, "it says so where there are leads already"
    assert main(["workspace", "set-limit", "default", "77"]) == 0
    assert main(["workspace", "show", "default"]) == 0
    assert "limit 77" in capsys.readouterr().out
    assert main(["check"]) == 0
    assert main(["workspace", "show", "nowhere"]) == 1
    assert main(["workspace", "set-limit", "nowhere", "1"]) == 1
    assert main(["workspace", "set-limit", "default", "-1"]) == 1


def test_a_limit_set_by_command_stands_in_the_activity_log(own_engine, empty_database_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    monkeypatch.delenv("LEAD_IMPORT_WORKSPACE", raising=False)
    assert main(["workspace", "set-limit", "default", "77"]) == 0
    with psycopg.connect(empty_database_url) as conn:
        logged = conn.execute("SELECT workspace_id, actor, action, details->>'after' FROM audit_log").fetchall()
    assert logged == [("default", "command line", "limit-changed", "77")]


def test_the_check_command_fails_where_a_counter_is_wrong(own_engine, empty_database_url, monkeypatch, capsys):
    engine = db_engine.start(settings(empty_database_url))
    with engine.begin() as conn:
        conn.execute(text("UPDATE workspaces SET active_leads = 3"))
    db_engine.stop()
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    assert main(["check"]) == 1
    assert "active_leads is 3" in capsys.readouterr().err
