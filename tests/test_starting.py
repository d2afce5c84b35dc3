"""The product as a process: it starts with nothing, keeps its data, and leaves nothing running behind."""

import os
import subprocess
import sys

import psycopg
import pytest

from tests.browser.serving import running_app, temporary_home


def test_data_outlives_a_restart_and_the_database_stops_with_the_product():
    with temporary_home() as home:
        with running_app(home=home) as first:
            first.rows("UPDATE workspaces SET name = 'kept' RETURNING id")
        assert first.process.returncode == 0, first.log
        assert first.database is None, "the embedded database was left running"
        with running_app(home=home) as second:
            assert second.rows("SELECT id, name, contact_limit FROM workspaces") == [("default", "kept", 10_000)]


def test_a_server_of_ones_own_is_used_instead_of_the_embedded_one():
    with running_app() as host:
        with host.connect() as conn:
            conn.execute("CREATE DATABASE elsewhere")
        url = host.database.get_uri(database="elsewhere")
        with running_app(DATABASE_URL=url, LEAD_IMPORT_CONTACT_LIMIT="7") as guest:
            assert guest.database is None, "an embedded database was started beside the named one"
        with psycopg.connect(url) as conn:
            assert conn.execute("SELECT id, contact_limit FROM workspaces").fetchall() == [("default", 7)]


def test_the_database_stops_with_the_product_also_after_an_earlier_one_was_killed():
    with temporary_home() as home:
        with running_app(home=home) as killed:
            killed.process.kill()
            killed.process.wait()
        with running_app(home=home) as second:
            assert second.rows("SELECT id FROM workspaces") == [("default",)]
        assert second.database is None, "the embedded database was left running"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://somewhere/else", "DATABASE_URL must begin with postgresql://"),
        ("postgresql://nobody@127.0.0.1:1/nothing", "The database does not answer"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_a_sentence(url: str, sentence: str):
    command = [sys.executable, "-m", "tools.serve", "--port", "0"]
    run = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert sentence in run.stderr
    assert "Traceback" not in run.stderr
