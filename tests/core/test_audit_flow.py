"""The audit log: each action leaves one line with who, from where and what, and a refused one leaves none."""

import csv
import io
from unittest.mock import patch

import psycopg
import pytest

from core import (
    access,
    audit_flow,
    browse_flow,
    draft_flow,
    key_flow,
    lead_flow,
    member_flow,
    preset_flow,
    run_flow,
    workspace_flow,
)
from core.access import Actor
from core.errors import Forbidden, LastAdmin
from core.ids import import_id_text
from core.mapping import header_signature
from core.records import ImportOptions
from core.request_flow import import_leads
from db import audit
from tests.factories import make_ready, put_leads

FILE = b"Email\nanna@acme.org\nben@acme.org\n"
MAPPING = {"Email": "email"}


def brief(engine, workspace_id, **filters):
    """Action and subject, oldest first."""
    entries = audit_flow.list_entries(engine, workspace_id=workspace_id, **filters)
    return [(entry.action, entry.subject) for entry in reversed(entries)]


def newest(engine, workspace_id):
    return audit_flow.list_entries(engine, workspace_id=workspace_id)[0]


def test_an_entry_says_who_when_and_from_where(engine, workspace_id):
    anna = Actor("anna@example.org", "member", {workspace_id: "admin"}, "192.0.2.7")
    with access.acting_as(anna):
        workspace_flow.set_contact_limit(engine, workspace_id=workspace_id, contact_limit=5)
    entry = newest(engine, workspace_id)
    assert (entry.actor, entry.actor_kind, entry.address) == ("anna@example.org", "member", "192.0.2.7")
    assert (entry.action, entry.details) == ("limit-changed", {"before": 10_000, "after": 5})
    assert entry.at.utcoffset().total_seconds() == 0


def test_an_import_through_the_wizard_leaves_its_start_and_its_end(engine, workspace_id):
    record = make_ready(engine, workspace_id, FILE, MAPPING)
    place = {"workspace_id": workspace_id, "import_id": record.id}
    run_flow.start_import(engine, **place)
    run_flow.start_import(engine, **place)  # a second press starts nothing
    with access.acting_as(access.WORKER):
        run_flow.run_import(engine, **place)
    assert [action for action, _ in brief(engine, workspace_id)] == ["import-started", "import-finished"]
    entry = newest(engine, workspace_id)
    assert entry.subject == record.file_name
    assert entry.details == {"import_id": import_id_text(record.id), "rows": 2, "started_by": record.created_by}
    assert (entry.actor, entry.actor_kind) == ("worker", "system")


def test_a_stop_and_going_on_are_told_apart(engine, workspace_id):
    record = make_ready(engine, workspace_id, FILE, MAPPING)
    place = {"workspace_id": workspace_id, "import_id": record.id}
    run_flow.start_import(engine, **place)
    run_flow.cancel_import(engine, **place)
    run_flow.cancel_import(engine, **place)
    workspace_flow.set_contact_limit(engine, workspace_id=workspace_id, contact_limit=1)
    run_flow.resume_import(engine, **place)
    run_flow.run_import(engine, **place)
    assert [action for action, _ in brief(engine, workspace_id, group="imports")] == [
        "import-started", "import-cancelled", "import-resumed", "import-stopped",
    ]  # fmt: skip
    assert newest(engine, workspace_id).details["reason"] == "quota-exceeded"


def test_an_import_through_the_api_is_one_line(engine, workspace_id):
    drafts = [{"email": "anna@acme.org"}, {"email": "wrong"}]
    import_leads(engine, workspace_id=workspace_id, drafts=drafts, options=ImportOptions(), created_by="key", dry_run=True)
    import_leads(engine, workspace_id=workspace_id, drafts=drafts, options=ImportOptions(), created_by="key")
    assert brief(engine, workspace_id) == [("import-finished", "")]
    assert newest(engine, workspace_id).details["rows"] == 2


def test_keys_members_presets_and_bulk_deletes_are_told(engine, workspace_id):
    place = {"workspace_id": workspace_id}
    key = key_flow.create_key(engine, **place, name="crm").record
    for _ in range(2):
        key_flow.revoke_key(engine, **place, key_id=key.id)
    member_flow.add_member(engine, **place, email="ben@example.org", role="viewer")
    for _ in range(2):
        member_flow.change_role(engine, **place, email="ben@example.org", role="importer")
    for _ in range(2):
        member_flow.remove_member(engine, **place, email="ben@example.org")
    record = make_ready(engine, workspace_id, FILE, MAPPING)
    signature = header_signature(draft_flow.load_table(engine, **place, import_id=record.id).columns)
    preset_flow.rename_preset(engine, **place, header_signature=signature, name="Fair")
    preset_flow.delete_preset(engine, **place, header_signature=signature)
    put_leads(engine, workspace_id, [f"p{number}@acme.org" for number in range(3)])
    leads = [record.id for record in browse_flow.list_leads(engine, **place).items]
    lead_flow.delete_leads(engine, **place, lead_ids=leads[:2])
    lead_flow.delete_lead(engine, **place, lead_id=leads[2])
    lead_flow.restore_leads(engine, **place, lead_ids=leads)
    told = brief(engine, workspace_id)
    assert told == [
        ("key-created", "crm"), ("key-revoked", "crm"),
        ("member-added", "ben@example.org"), ("member-changed", "ben@example.org"), ("member-removed", "ben@example.org"),
        ("preset-renamed", "Fair"), ("preset-deleted", "Fair"),
        ("leads-deleted", ""), ("leads-restored", ""),
    ]  # fmt: skip
    assert newest(engine, workspace_id).details == {"leads": 3}


def test_no_secret_of_a_key_is_in_the_log(engine, workspace_id):
    made = key_flow.create_key(engine, workspace_id=workspace_id, name="crm")
    assert made.secret not in audit_flow.entries_csv(engine, workspace_id=workspace_id).decode()


def test_what_was_refused_leaves_no_line(engine, workspace_id):
    member_flow.add_member(engine, workspace_id=workspace_id, email="anna@example.org", role="admin")
    with pytest.raises(LastAdmin):
        member_flow.remove_member(engine, workspace_id=workspace_id, email="anna@example.org")
    with access.acting_as(Actor("eve@example.org", "member", {workspace_id: "importer"})), pytest.raises(Forbidden):
        workspace_flow.set_contact_limit(engine, workspace_id=workspace_id, contact_limit=1)
    assert brief(engine, workspace_id) == [("member-added", "anna@example.org")]


def test_an_action_whose_answer_was_lost_is_told_once(engine, workspace_id):
    insert, tries = audit.insert_entry, []

    def insert_then_lose_the_connection(conn, *, values):
        insert(conn, values=values)
        tries.append(values["id"])
        if len(tries) == 1:
            conn.commit()
            raise psycopg.OperationalError("the connection was lost")

    with patch.object(audit, "insert_entry", insert_then_lose_the_connection):
        key_flow.create_key(engine, workspace_id=workspace_id, name="crm")
    assert len(tries) == 2
    assert brief(engine, workspace_id) == [("key-created", "crm")]


def test_the_log_is_searched_and_paged(engine, workspace_id):
    for number, name in enumerate(("anna_1", "ANNA%2", "ben")):
        with access.acting_as(Actor(name, "member", {workspace_id: "admin"})):
            workspace_flow.set_contact_limit(engine, workspace_id=workspace_id, contact_limit=number)
            key_flow.create_key(engine, workspace_id=workspace_id, name=name)
    assert brief(engine, workspace_id, group="keys", actor="anna") == [("key-created", "anna_1"), ("key-created", "ANNA%2")]
    assert brief(engine, workspace_id, group="keys", actor="%") == [("key-created", "ANNA%2")], "no wildcard"
    newer, older = audit_flow.list_entries(engine, workspace_id=workspace_id, group="keys", limit=2)
    [oldest] = audit_flow.list_entries(engine, workspace_id=workspace_id, group="keys", before=older.id)
    assert [entry.subject for entry in (newer, older, oldest)] == ["ben", "ANNA%2", "anna_1"]


def test_the_csv_is_safe_to_open(engine, workspace_id):
    with access.acting_as(Actor("=anna", "member", {workspace_id: "admin"}, "192.0.2.7")):
        key_flow.create_key(engine, workspace_id=workspace_id, name="+49 key")
    content = audit_flow.entries_csv(engine, workspace_id=workspace_id).decode("utf-8-sig")
    header, line = csv.reader(io.StringIO(content))
    assert tuple(header) == audit_flow.CSV_HEADER
    assert line[1:6] == ["'=anna", "member", "192.0.2.7", "key-created", "'+49 key"]


def test_only_an_admin_reads_the_log(engine, workspace_id):
    with access.acting_as(Actor("ben", "member", {workspace_id: "importer"})):
        for read in (audit_flow.list_entries, audit_flow.entries_csv):
            with pytest.raises(Forbidden):
                read(engine, workspace_id=workspace_id)


def test_nothing_of_the_product_changes_or_removes_an_entry():
    """The log is added to and read. (A workspace's own end would take it along; there is no way to end one.)"""
    assert {name for name in vars(audit) if name.endswith(("entry", "entries"))} == {
        "insert_entry", "send_entry", "list_entries",
    }  # fmt: skip
