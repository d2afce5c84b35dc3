"""The product as a process: it starts with nothing, keeps its data, and leaves nothing running behind."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.browser.provider import login_settings
from tests.browser.serving import (
    ROOT,
    START_TIMEOUT_S,
    RunningApp,
    environment,
    free_port,
    running_app,
    stop,
    temporary_home,
    wait_until,
)


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
        ("mysql://somewhere/else", "DATABASE_URL: must begin with postgresql://"),
        ("postgresql://nobody@127.0.0.1:1/nothing", "The database does not answer"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_a_sentence(url: str, sentence: str):
    command = [sys.executable, "-m", "tools.serve", "--port", "0"]
    run = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert sentence in run.stderr
    assert "Traceback" not in run.stderr


def start_in_vain(*options: str, **variables: str) -> str:
    """What a start says that ends with 1 before anything is served."""
    with temporary_home() as home:
        done = subprocess.run(
            [sys.executable, "-m", "tools.serve", *options], env=environment(home) | variables,
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize("options", [[], ["--api", "--workers", "2"]], ids=["screens", "api"])
@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("RATE_LIMIT_PER_MINUTE", "0", "greater than or equal to 1"),
        ("RATE_LIMIT_STORAGE_URI", "memcached://secret", "must begin with redis://"),
        ("METRICS_TOKEN", "secret", "at least 16 characters"),
        ("LEAD_IMPORT_HOSTS", "https://leads.example/", "must be host names alone"),
        ("LEAD_IMPORT_CONTACT_LIMIT", "many", "valid integer"),
        ("STREAMLIT_SERVER_ADDRESS", "999.1.1.1", "there is no address 999.1.1.1"),
    ],
)
def test_a_setting_that_is_wrong_is_said_in_a_line(options: list[str], name: str, value: str, says: str):
    said = start_in_vain("--port", "0", *options, **{name: value})
    assert said.startswith(f"{name}: ")
    assert says in said
    assert len(said.splitlines()) == 1
    assert "secret" not in said


def test_a_variable_that_is_none_of_ours_is_told_and_the_one_that_is_meant():
    said = start_in_vain("--port", "0", LEAD_IMPORT_ADMIN="anna@example.com", DATABASE_URL="postgresql://127.0.0.1:1/x")
    assert "LEAD_IMPORT_ADMIN is no setting and does nothing. Is LEAD_IMPORT_ADMINS meant?" in said


def test_the_api_is_served_alone_by_several_processes():
    """Everything that a start checks, and no query in its log."""
    port = free_port()
    with temporary_home() as home, (home / "server.log").open("wb") as log:
        command = [sys.executable, "-m", "tools.serve", "--api", "--workers", "2", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=log, stderr=subprocess.STDOUT)
        app = RunningApp(f"http://127.0.0.1:{port}", home, home / "server.log", process)
        try:
            ready = f"Lead Import is ready: http://127.0.0.1:{port}/api/v1 "
            wait_until(lambda: ready in app.log, app, timeout_s=START_TIMEOUT_S, what="the API to answer")
            assert httpx.get(f"{app.url}/api/v1/leads?email=ada@example.com", trust_env=False).status_code == 403
            assert httpx.get(f"{app.url}/", trust_env=False).status_code == 404
        finally:
            stop(app)
        assert '"GET /api/v1/leads HTTP/1.1" 403' in app.log
        assert "ada@example.com" not in app.log


# --- who may reach it --------------------------------------------------------------------------------------------------


def own_address() -> str:
    """An address by which other computers would reach this one. Nothing is sent: the socket is asked where it would go out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no network, so nobody could reach it")
        return probe.getsockname()[0]


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "tools.serve", "--port", "0"],
        ["-m", "streamlit", "run", "app.py", "--server.port", "0"],
    ],
    ids=["make run", "streamlit run"],
)
def test_a_server_without_a_login_refuses_to_start_on_another_address(command: list[str]):
    with temporary_home() as home:
        run = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(home) | {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert run.returncode != 0
    assert "No login is configured, so Lead Import answers on this computer alone" in run.stderr
    assert "LEAD_IMPORT_ALLOW_OPEN=1" in run.stderr


def test_a_server_that_binds_late_answers_on_this_computer_alone():
    """uvicorn binds after the application has started, so every connection is looked at."""
    port, address = free_port(), own_address()
    with temporary_home() as home, (home / "server.log").open("wb") as log:
        command = ["-m", "uvicorn", "app:app", "--host", "0.0.0.0", "--port", str(port)]
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment(home), stdout=log, stderr=subprocess.STDOUT
        )
        app = RunningApp(f"http://127.0.0.1:{port}", home, home / "server.log", process)
        try:
            wait_until(lambda: "Uvicorn running" in app.log, app, timeout_s=START_TIMEOUT_S, what="uvicorn to answer")
            local = {"trust_env": False, "headers": {"Host": "localhost"}}
            assert httpx.get(f"{app.url}/_stcore/health", **local).status_code == 200
            for path in ("/", "/_stcore/health", "/api/v1/health"):
                refused = httpx.get(f"http://{address}:{port}{path}", **local)
                assert (refused.status_code, "LEAD_IMPORT_ALLOW_OPEN" in refused.text) == (403, True)
        finally:
            stop(app)


def test_a_server_that_may_be_open_is_reached_by_its_public_name():
    address = own_address()
    variables = {
        "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",
        "LEAD_IMPORT_ALLOW_OPEN": "1",
        "LEAD_IMPORT_PUBLIC_URL": "http://leads.example",
    }
    with running_app(**variables) as app:
        port = app.url.rpartition(":")[2]
        open_to_all = httpx.get(f"http://{address}:{port}/", headers={"Host": "leads.example"}, trust_env=False)
        assert open_to_all.status_code == 200
        assert "whoever can reach this server may do everything" in app.log


def test_a_login_that_is_configured_by_half_is_said_in_a_sentence():
    with temporary_home() as home:
        run = subprocess.run(
            [sys.executable, "-m", "tools.serve", "--port", "0"],
            env=environment(home) | {"LEAD_IMPORT_LOGIN_CLIENT_ID": "lead-import"},
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert run.returncode == 1
    assert "Login: a login needs LEAD_IMPORT_LOGIN_METADATA_URL" in run.stderr
    assert "Traceback" not in run.stderr


SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "a secret that signs the cookies of the tests"
client_id = "lead-import"
client_secret = "the secret of the client"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""


@pytest.mark.parametrize("place", ["environment", "secrets.toml"])
def test_a_login_without_a_member_says_that_nobody_may_come_in(place: str, tmp_path: Path):
    variables = login_settings("http://127.0.0.1:9")
    if place == "secrets.toml":
        (tmp_path / ".streamlit").mkdir()
        (tmp_path / ".streamlit" / "secrets.toml").write_text(SECRETS)
        variables = {"HOME": str(tmp_path)}
    with running_app(**variables) as app:
        assert "Nobody may come in yet: name the first admins in LEAD_IMPORT_ADMINS." in app.log
        assert "No login is configured" not in app.log
        assert app.rows("SELECT email FROM members") == []


def test_a_secrets_file_that_cannot_be_read_stops_the_start(tmp_path: Path):
    """Taken for none, the server would let everybody in."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text("[auth")
    with temporary_home() as home:
        run = subprocess.run(
            [sys.executable, "-m", "tools.serve", "--port", str(free_port())],
            env=environment(home) | {"HOME": str(tmp_path)},
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert run.returncode != 0
    assert "Error parsing secrets file" in run.stderr
