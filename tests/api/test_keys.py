"""API keys: made, listed, revoked, by the flow that the Settings page calls and on the command line."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text

from api import keys as command
from core.errors import NotFound
from core.ids import new_id
from core.key_flow import KeyRefused, create_key, find_valid_key, list_keys, revoke_key

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(database_url: str, workspace_id: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": database_url, "LEAD_IMPORT_WORKSPACE": workspace_id}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api.keys", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


# --- the flow ----------------------------------------------------------------------------------------------------------


def test_a_key_is_32_random_bytes_and_only_its_hash_is_stored(engine, workspace_id):
    """Keys: shown once, stored only as a hash. API keys look like `otr_…`."""
    new = create_key(engine, workspace_id=workspace_id, name=" sync ")
    assert re.fullmatch(r"otr_[A-Za-z0-9_-]{43}", new.secret)
    with engine.connect() as conn:
        [row] = conn.execute(text("SELECT * FROM api_keys WHERE workspace_id = :id"), {"id": workspace_id})
    assert row.hash == hashlib.sha256(new.secret.encode()).digest()
    assert new.secret not in repr(tuple(row))
    assert (row.name, row.hint) == ("sync", new.secret[-4:])


def test_keys_are_listed_newest_first_and_stay_listed_when_revoked(engine, workspace_id):
    first = create_key(engine, workspace_id=workspace_id, name="first", scopes=["read"]).record
    second = create_key(engine, workspace_id=workspace_id, name="second", scopes=["write", "read"]).record
    revoked = revoke_key(engine, workspace_id=workspace_id, key_id=first.id)
    assert list_keys(engine, workspace_id=workspace_id) == [second, revoked]
    assert revoked.revoked_at is not None
    assert (first.scopes, second.scopes) == ({"read"}, {"read", "write"})


def test_a_revoked_key_is_not_found_and_stays_revoked_since_the_first_time(engine, workspace_id):
    new = create_key(engine, workspace_id=workspace_id, name="k")
    assert find_valid_key(engine, secret=new.secret)
    first = revoke_key(engine, workspace_id=workspace_id, key_id=new.record.id)
    assert find_valid_key(engine, secret=new.secret) is None
    assert revoke_key(engine, workspace_id=workspace_id, key_id=new.record.id) == first


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\nb", "nul\x00"])
def test_a_key_needs_a_name(engine, workspace_id, name):
    with pytest.raises(KeyRefused, match="name"):
        create_key(engine, workspace_id=workspace_id, name=name)


@pytest.mark.parametrize("scopes", [[], ["admin"], ["read", "delete"]])
def test_scopes_are_read_and_write(engine, workspace_id, scopes):
    with pytest.raises(KeyRefused, match="scopes"):
        create_key(engine, workspace_id=workspace_id, name="k", scopes=scopes)


def test_an_unknown_workspace_has_no_keys(engine):
    with pytest.raises(NotFound):
        create_key(engine, workspace_id="nowhere", name="k")
    assert list_keys(engine, workspace_id="nowhere") == []


def test_another_workspaces_key_cannot_be_revoked(engine, workspace_id):
    new = create_key(engine, workspace_id=workspace_id, name="k")
    for place in ({"workspace_id": "other", "key_id": new.record.id}, {"workspace_id": workspace_id, "key_id": new_id()}):
        with pytest.raises(NotFound):
            revoke_key(engine, **place)
    assert find_valid_key(engine, secret=new.secret)


def test_a_key_is_found_by_one_statement_of_its_own(engine, workspace_id):
    """Key and workspace are looked up in two statements, never joined (design.md section 3)."""
    from sqlalchemy import event

    new = create_key(engine, workspace_id=workspace_id, name="k")
    find_valid_key(engine, secret=new.secret)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert find_valid_key(engine, secret=new.secret)
    assert find_valid_key(engine, secret="otr_") is None
    mine = [statement for statement in statements if "api_keys" in statement]
    assert len(mine) == 1
    assert "workspaces" not in mine[0]


# --- the command line ---------------------------------------------------------------------------------------------------


def test_create_prints_the_new_key_alone_on_standard_output(environment, base_url, engine, workspace_id):
    """`python -m api.keys create --name NAME` prints the new key alone on standard output."""
    done = run(environment, "create", "--name", "nightly sync")
    assert done.returncode == 0, done.stderr
    secret = done.stdout.removesuffix("\n")
    assert re.fullmatch(r"otr_[A-Za-z0-9_-]{43}", secret)
    assert "shown this once" in done.stderr
    assert secret not in done.stderr
    assert httpx.get(f"{base_url}/leads", headers={"X-API-Key": secret}).status_code == 200
    [record] = list_keys(engine, workspace_id=workspace_id)
    assert (record.name, record.scopes) == ("nightly sync", {"read", "write"})


@pytest.fixture
def commands(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    """The command in this process, on the tests' engine: each start of a process costs seconds."""
    monkeypatch.setenv("LEAD_IMPORT_WORKSPACE", environment["LEAD_IMPORT_WORKSPACE"])
    monkeypatch.setattr(command.engine, "start", lambda settings: engine)
    monkeypatch.setattr(command.engine, "stop", lambda: None)


def test_create_with_scopes_and_workspace(commands, capsys, engine, workspace_id, monkeypatch):
    monkeypatch.setenv("LEAD_IMPORT_WORKSPACE", "elsewhere")
    assert command.main(["create", "--name", "r", "--scopes", "read", "--workspace", workspace_id]) == 0
    assert find_valid_key(engine, secret=capsys.readouterr().out.strip()).scopes == {"read"}


def test_list_shows_everything_but_the_key(commands, capsys, engine, workspace_id):
    new = create_key(engine, workspace_id=workspace_id, name="sync", scopes=["read"])
    assert command.main(["list"]) == 0
    out = capsys.readouterr().out
    header, line = out.splitlines()
    assert header.split("\t") == ["id", "name", "key", "scopes", "made", "last used", "state"]
    values = line.split("\t")
    assert values[:4] == [f"key_{new.record.id.hex}", "sync", f"otr_…{new.secret[-4:]}", "read"]
    assert values[5:] == ["never", "active"]
    assert new.secret not in out


def test_revoke_by_name_and_by_id(commands, capsys, engine, workspace_id):
    by_name, by_id = (create_key(engine, workspace_id=workspace_id, name=name) for name in ("one", "two"))
    assert command.main(["revoke", "one"]) == 0
    assert command.main(["revoke", f"key_{by_id.record.id.hex}"]) == 0
    for new in (by_name, by_id):
        assert find_valid_key(engine, secret=new.secret) is None
    assert capsys.readouterr().out == ""


def test_revoke_asks_for_the_id_where_a_name_is_not_enough(commands, capsys, engine, workspace_id):
    twins = [create_key(engine, workspace_id=workspace_id, name="twin") for _ in range(2)]
    assert command.main(["revoke", "twin"]) == 1
    said = capsys.readouterr().err
    for new in twins:
        assert f"key_{new.record.id.hex}" in said
        assert find_valid_key(engine, secret=new.secret) is not None
    assert command.main(["revoke", f"key_{twins[0].record.id.hex}"]) == 0
    assert command.main(["revoke", "twin"]) == 0  # one is left


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["create", "--name", " "], "name"),
        (["create", "--name", "k", "--scopes", "all"], "scopes"),
        (["create", "--name", "k", "--workspace", "nowhere"], "There is no workspace “nowhere”."),
        (["revoke", "nobody"], "There is no key “nobody”"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_1(commands, capsys, arguments, message):
    assert command.main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
