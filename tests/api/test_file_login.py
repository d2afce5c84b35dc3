"""Where people log in, the address of a file is not enough to get it."""

import asyncio
import json
import time

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from api import file_login
from core import access, member_flow
from core.ids import new_id
from db import engine as db_engine

SECRET = "c" * 32


@pytest.fixture(autouse=True)
def login(monkeypatch):
    """A server whose people log in."""
    monkeypatch.setattr(access, "_is_local_open", False)
    monkeypatch.setattr(file_login, "get_cookie_secret", lambda: SECRET)


def get_file(*, path="/media/abc.csv", cookie=None, disposition='attachment; filename="a.csv"'):
    """What FilesNeedLogin answers to whoever asks for a file: its status and its body."""
    sent = []

    async def app(scope, receive, send):
        headers = [(b"content-disposition", disposition.encode())] if disposition else []
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"secret,", "more_body": True})
        await send({"type": "http.response.body", "body": b"file"})

    async def send(message):
        sent.append(message)

    headers = [(b"cookie", f"other=1; _streamlit_user={cookie}".encode())] if cookie else []
    scope = {"type": "http", "path": path, "method": "GET", "headers": headers}
    asyncio.run(file_login.FilesNeedLogin(app)(scope, None, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def upload(engine, monkeypatch, *, cookie=None, method="PUT"):
    """What FilesNeedLogin answers to a file; 204 where it reaches Streamlit."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def send(message):
        sent.append(message)

    monkeypatch.setattr(file_login, "get_process_engine", lambda: engine)
    headers = [(b"cookie", f"_streamlit_user={cookie}".encode())] if cookie else []
    scope = {"type": "http", "path": f"{file_login.UPLOADS}session/file", "method": method, "headers": headers}
    asyncio.run(file_login.FilesNeedLogin(app)(scope, None, send))
    return sent[0]["status"]


def login_cookie(*, secret=SECRET, name="_streamlit_user", hours_ago=1, **claims):
    """The cookie of somebody who logged in so long ago."""
    login = {"is_logged_in": True, "email": "ada@example.org", "iat": time.time() - hours_ago * 3600, **claims}
    return create_signed_value(secret, name, json.dumps(login)).decode()


def test_a_file_is_given_to_whoever_is_logged_in():
    assert get_file(cookie=login_cookie()) == (200, b"secret,file")


@pytest.mark.parametrize("path", ["/media/abc.csv", "/download/leads.csv"])
@pytest.mark.parametrize(
    "cookie",
    [
        None, "made up", login_cookie(secret="x" * 32), login_cookie(name="_xsrf"), login_cookie(is_logged_in=False),
        login_cookie(hours_ago=13), login_cookie(iat=None), login_cookie(email_verified=False),
    ],
    ids=["none", "made up", "another's", "of another kind", "logged out", "too old", "of no age", "unverified"],
)  # fmt: skip
def test_a_file_s_address_alone_is_not_enough(path, cookie):
    assert get_file(path=path, cookie=cookie) == (403, file_login.REFUSAL.encode())


def test_pictures_and_pages_are_given_to_everybody_and_the_api_s_files_to_those_with_a_key():
    """The screen of the login has pictures, too; the API's gate has asked for a key before."""
    assert get_file(path="/media/logo.svg", disposition="") == (200, b"secret,file")
    assert get_file(path="/api/v1/imports/imp_1/report.csv") == (200, b"secret,file")


def test_where_nobody_logs_in_a_file_is_given_to_whoever_is_let_in(monkeypatch):
    monkeypatch.setattr(access, "_is_local_open", True)
    assert get_file() == (200, b"secret,file")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_strangers_fill_no_memory_with_files(engine, workspace_id, monkeypatch, method):
    """Streamlit takes them from whoever has a page open, and keeps them until it is closed."""
    email = f"anna.{new_id().hex}@example.org"
    asked = {"method": method, "cookie": login_cookie(email=email)}
    assert upload(engine, monkeypatch, method=method) == 403
    assert upload(engine, monkeypatch, **asked) == 403
    member_flow.add_member(engine, workspace_id=workspace_id, email=email, role="importer")
    assert upload(engine, monkeypatch, **asked) == 204
    member_flow.remove_member(engine, workspace_id=workspace_id, email=email)
    assert upload(engine, monkeypatch, **asked) == 403


def test_an_upload_while_the_database_is_away_is_to_be_tried_again(monkeypatch):
    away = db_engine.make_engine("postgresql://someone@127.0.0.1:1/nothing")
    assert upload(away, monkeypatch, cookie=login_cookie()) == 503
