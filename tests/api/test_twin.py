"""The file through the wizard and its twin through the API give the same report and the same leads (design.md section 4)."""

import ast
import subprocess
import sys

import pytest

from api.settings import PREFIX
from core import draft_flow, report_flow, run_flow, twin, twin_flow
from core.ids import import_id_text
from core.key_flow import create_key
from core.records import ImportOptions
from tests.factories import make_ready, make_workspace, put_campaign, put_leads, read_leads, run, set_limit

MAPPING = {
    "E-mail": "email",
    "First": "first_name",
    "Phone": "phone",
    "Tags": "tags",
    "Status": "status",
    "Budget": "custom:Budget",
}
HEADER = "E-mail,First,Phone,Tags,Status,Budget\n"
ODD = [
    " ADA@example.com ,Ada,030 1234567,a;b,,5",
    "held@example.com,Held,,,,",
    "back@example.com,Back,,new,,7",
    "ada@EXAMPLE.com,Twice,,,,",
    "no address,Bad,,,,",
    ",Nobody,,,,",
    "grace@example.com,\u00a0Grace,,,retired,",
    "left@example.com,Left out,,,,",
    "jörg@example.com,Jörg,+49 (30) 765-4321,a,replied,",
]
ROWS = [*ODD, *(f"lead{i}@example.com,Lead,,,," for i in range(2_100)), "ada@example.com,Far below,,,,"]
FILE = (HEADER + "\n".join(ROWS) + "\n").encode()


def furnish(engine, workspace_id: str) -> None:
    """What the workspace holds before."""
    set_limit(engine, workspace_id, 5_000)
    put_leads(engine, workspace_id, ["held@example.com"])
    put_leads(engine, workspace_id, [{"email": "back@example.com", "company": "Kite", "tags": ["old"]}], deleted=True)
    put_campaign(engine, workspace_id, ["back@example.com"])


def known(leads: dict) -> dict:
    """The leads without what differs between two workspaces by nature."""
    own = ("id", "workspace_id", "created_at", "updated_at")
    return {email: {key: value for key, value in lead.items() if key not in own} for email, lead in leads.items()}


@pytest.fixture
def wizard(engine, workspace_id):
    """The report of the file through the wizard, and the requests of its twin."""
    furnish(engine, workspace_id)
    ready = make_ready(engine, workspace_id, FILE, MAPPING, options=ImportOptions(country="DE"))
    place = {"workspace_id": workspace_id, "import_id": ready.id}
    draft_flow.skip_rows(engine, **place, rows=[9], skip=True)
    run(engine, run_flow.start_import(engine, **place, in_parts=True))
    report = report_flow.load_report(engine, **place)
    return report, twin_flow.load_requests(engine, workspace_id=workspace_id, import_id=report.record.id)


@pytest.fixture
def other(engine):
    """A workspace like the one of the wizard, and a key of it."""
    workspace = make_workspace(engine)
    furnish(engine, workspace)
    return workspace, create_key(engine, workspace_id=workspace, name="twin").secret


def run_program(language: str, base_url: str, import_id: str, key: str, folder) -> str:
    server = base_url.removesuffix(PREFIX)
    environment = {"LEAD_IMPORT_KEY": key, "PATH": "/usr/local/bin:/usr/bin:/bin"}
    if language == "python":
        command = [sys.executable, "-c", twin.python_script(server, import_id)]
    else:
        script = twin.curl_script(server, import_id).split("\n", 1)[1].replace(f"sleep {twin.PAUSE_S}", ":")
        command = ["sh", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_twin_gives_the_same_report_and_the_same_leads(engine, workspace_id, wizard, other, base_url, tmp_path):
    report, requests = wizard
    workspace, key = other
    import_id = import_id_text(report.record.id)
    (tmp_path / twin.file_name(import_id)).write_bytes(requests)
    told = run_program("python", base_url, import_id, key, tmp_path)
    counts = report.record.counts
    assert counts["not_imported"] == 1
    assert ast.literal_eval(told) == {
        "created": counts["created"], "restored": 1, "duplicates": counts["duplicate"], "errors": counts["error"],
    }  # fmt: skip
    assert known(read_leads(engine, workspace)) == known(read_leads(engine, workspace_id))


def test_the_shell_lines_do_it_too_and_twice_is_once(engine, workspace_id, wizard, other, base_url, tmp_path):
    report, requests = wizard
    workspace, key = other
    import_id = import_id_text(report.record.id)
    (tmp_path / twin.file_name(import_id)).write_bytes(requests)
    first = run_program("sh", base_url, import_id, key, tmp_path)
    assert first == run_program("sh", base_url, import_id, key, tmp_path)  # the idempotency keys bring the first answers
    assert known(read_leads(engine, workspace)) == known(read_leads(engine, workspace_id))
