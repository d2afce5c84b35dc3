"""The published command line `foxreach-cli` 0.2.0 against our server: the installed command, over a real socket.

It is configured by FOXREACH_API_KEY and FOXREACH_BASE_URL, else by ``~/.foxreach/config.json`` (``config set-key``,
``config set-url``). It calls through the client (test_foxreach_client.py says what that sends and reads). ``--json``
prints the client's own snake_case fields; an error is one line on standard error and exit code 1. ``delete`` asks,
unless ``--yes``. ``leads list`` has no option for tags. ``leads activity`` cuts ``subject`` as a text: it must never be
null; it looks for ``campaignName``, which the client has renamed by then, and so never shows it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(sys.executable).with_name("foxreach")
UNKNOWN_LEAD = "cld_0197f2c05a3e7c41b1d49b6c2f7a8e10"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def foxreach(base_url: str, api_key: str, tmp_path: Path) -> Run:
    """Runs the command with only key and base URL given; its own folder is an empty one."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "COLUMNS": "250",  # tables cut their cells to the terminal's width
        "FOXREACH_API_KEY": api_key,
        "FOXREACH_BASE_URL": base_url,
    }

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, *arguments], env=environment | more, capture_output=True, text=True, timeout=60, check=False
        )

    return run


def succeed(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def read(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(succeed(done))


def test_leads(foxreach: Run) -> None:
    made = read(foxreach("leads", "create", "--email", "Jane@Acme.com", "--first-name", "Jane", "--company", "Acme", "--json"))
    assert (made["email"], made["first_name"], made["source"]) == ("jane@acme.com", "Jane", "api")
    succeed(foxreach("leads", "create", "--email", "bob@other.org"))
    assert read(foxreach("leads", "get", made["id"], "--json")) == made
    found = read(foxreach("leads", "list", "--search", "acme", "--status", "active", "--limit", "1", "--json"))
    assert [lead["id"] for lead in found["data"]] == [made["id"]]
    assert found["meta"] == {"page": 1, "page_size": 1, "total": 1, "total_pages": 1}
    second = read(foxreach("leads", "list", "--page", "2", "--limit", "1", "--json"))
    assert ([lead["email"] for lead in second["data"]], second["meta"]["total_pages"]) == (["jane@acme.com"], 2)
    table = succeed(foxreach("leads", "list"))
    assert made["id"] in table
    assert "Page 1/1 (2 total)" in table
    changed = read(foxreach("leads", "update", made["id"], "--title", "CEO", "--json"))
    assert (changed["title"], changed["company"]) == ("CEO", "Acme")
    assert "Created, source" in succeed(foxreach("leads", "activity", made["id"]))
    assert made["id"] in succeed(foxreach("leads", "delete", made["id"], "--yes"))
    failed = foxreach("leads", "get", made["id"])
    assert (failed.returncode, "no such lead" in failed.stderr) == (1, True)


def test_campaigns(foxreach: Run) -> None:
    leads = [
        read(foxreach("leads", "create", "--email", f"p{i}@acme.com", "--json"))["id"] for i in range(2)
    ]
    made = read(foxreach("campaigns", "create", "--name", "Spring", "--daily-limit", "30", "--start-hour", "8", "--json"))
    assert (made["name"], made["status"], made["daily_limit"], made["sending_start_hour"]) == ("Spring", "draft", 30, 8)
    assert "Added 2 leads" in succeed(foxreach("campaigns", "add-leads", made["id"], "--lead-ids", ", ".join(leads)))
    succeed(foxreach("campaigns", "remove-lead", made["id"], leads[0]))
    changed = read(foxreach("campaigns", "update", made["id"], "--daily-limit", "200", "--json"))
    assert (changed["daily_limit"], changed["name"]) == (200, "Spring")
    assert read(foxreach("campaigns", "get", made["id"], "--json")) == changed
    assert changed["total_leads"] == 1
    assert made["id"] in succeed(foxreach("campaigns", "list", "--status", "draft"))
    assert "No campaigns found" in succeed(foxreach("campaigns", "list", "--status", "active"))
    succeed(foxreach("campaigns", "delete", made["id"], "--yes"))
    assert foxreach("campaigns", "get", made["id"]).returncode == 1


def test_errors_are_one_line_and_exit_code_1(foxreach: Run) -> None:
    for arguments, message in (
        (("leads", "create", "--email", "nobody"), "email-invalid"),
        (("leads", "list", "--limit", "101"), "pageSize"),
        (("leads", "delete", UNKNOWN_LEAD, "--yes"), "no such lead"),
        (("campaigns", "get", "nonsense"), "no such campaign"),
        (("templates", "list"), "Not Found"),
        (("analytics", "overview"), "Not Found"),
    ):
        failed = foxreach(*arguments)
        assert failed.returncode == 1, arguments
        assert message in failed.stderr
        assert "Traceback" not in failed.stderr
    refused = foxreach("leads", "list", FOXREACH_API_KEY="otr_" + "x" * 43)
    assert (refused.returncode, "valid API key" in refused.stderr) == (1, True)


def test_key_and_url_can_stand_in_its_own_settings(foxreach: Run, api_key: str, base_url: str) -> None:
    none = {"FOXREACH_API_KEY": "", "FOXREACH_BASE_URL": ""}
    succeed(foxreach("config", "set-key", "--key", api_key, **none))
    succeed(foxreach("config", "set-url", base_url, **none))
    assert "No leads found" in succeed(foxreach("leads", "list", **none))
