"""A server without a login answers on this computer alone, and one whose login is configured by mistake does not start."""

import asyncio
import socket

import pytest
import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.secrets import Secrets

from api import entrance
from core import access
from tests.core.test_entrance import LOGIN

SECTION = f'[auth]\nredirect_uri = "https://leads.example/oauth2callback"\ncookie_secret = "{"c" * 32}"\n'


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch, tmp_path):
    """No setting, no secrets.toml, and nothing decided yet."""
    for name in (*LOGIN, "LEAD_IMPORT_ALLOW_OPEN", "LEAD_IMPORT_ADMINS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(entrance, "_may_be_open", False)
    monkeypatch.setattr(access, "_is_local_open", False)
    file = tmp_path / "secrets.toml"
    get_option = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: [str(file)] if name == "secrets.files" else get_option(name))
    secrets = Secrets()
    secrets._file_watchers_installed = True
    monkeypatch.setattr(st, "secrets", secrets)
    return file


def ask(server, kind="http"):
    """What LocalOnly answers to a connection that came in by this address: the status, or what a websocket is sent."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": f"{kind}.response.start", "status": 200})

    async def send(message):
        sent.append(message)

    asyncio.run(entrance.LocalOnly(app)({"type": kind, "server": server, "headers": []}, None, send))
    return sent[0].get("status", sent[0]["type"])


@pytest.mark.parametrize("server", [("127.0.0.1", 8501), ("::1", 8501), ("/run/lead-import.sock", None)])
def test_this_computer_is_let_in(server):
    assert ask(server) == 200


@pytest.mark.parametrize("server", [("192.0.2.1", 8501), ("::ffff:192.0.2.1", 8501), ("2001:db8::1", 80), ("app", 80), None])
def test_other_computers_are_not(server, caplog):
    assert ask(server) == 403
    assert ask(server, "websocket") == "websocket.close"
    assert "LEAD_IMPORT_ALLOW_OPEN" in caplog.text


def test_a_server_that_is_told_so_is_open(monkeypatch):
    monkeypatch.setenv("LEAD_IMPORT_ALLOW_OPEN", "1")
    entrance.settle()
    assert ask(("192.0.2.1", 8501)) == 200
    assert access.is_open_to_local(), "nobody logs in there"


def test_a_server_with_a_login_is_open_to_those_who_log_in(monkeypatch):
    for name, text in LOGIN.items():
        monkeypatch.setenv(name, text)
    entrance.settle()
    assert ask(("192.0.2.1", 8501)) == 200
    assert not access.is_open_to_local()


def test_a_login_may_stand_in_the_secrets_file(nothing_configured):
    nothing_configured.write_text(SECTION)
    entrance.settle()
    assert ask(("192.0.2.1", 8501)) == 200
    assert not access.is_open_to_local()


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ('[auth]\nclient_id = "x"\n', "lacks redirect_uri and cookie_secret"),
        (SECTION.replace("c" * 32, "short"), "at least 32 characters"),
    ],
)
def test_a_section_that_is_not_whole_stops_the_start(nothing_configured, section, says):
    nothing_configured.write_text(section)
    with pytest.raises(entrance.Refused, match=says):
        entrance.settle()
    assert not access.is_open_to_local()


def test_a_secrets_file_without_a_login_is_none(nothing_configured, caplog):
    nothing_configured.write_text('unrelated = "x"\n')
    entrance.settle()
    assert access.is_open_to_local()
    assert "No login is configured" in caplog.text


def test_a_secrets_file_that_cannot_be_read_stops_the_start(nothing_configured):
    """Taken for none, it would open the door that it closes."""
    nothing_configured.write_text("[auth\n")
    with pytest.raises(StreamlitSecretNotFoundError):
        entrance.settle()
    assert not access.is_open_to_local()
    assert ask(("192.0.2.1", 8501)) == 403


def test_a_process_that_listens_to_others_already_does_not_start():
    with socket.create_server(("0.0.0.0", 0)), pytest.raises(entrance.Refused, match=r"not on 0\.0\.0\.0"):
        entrance.settle()
    with socket.create_server(("127.0.0.1", 0)):
        entrance.settle()
