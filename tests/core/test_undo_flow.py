"""Undo of a whole import on a real database: leads, memberships and counters as before, changes since kept and named."""

import pytest

from core import access, audit_flow, lead_flow, report_flow, run_flow, undo_flow
from core.campaign_flow import add_leads
from core.errors import Forbidden, NotFound, QuotaExceeded, StateConflict
from core.ids import new_id
from core.records import ImportOptions
from core.request_flow import import_leads
from db import tables
from tests.conftest import count_leads
from tests.factories import (
    DELETED_AT,
    active_emails,
    emails_csv,
    import_file,
    losing_the_answer,
    make_ready,
    make_running,
    make_workspace,
    place,
    put_campaign,
    put_leads,
    read_lead,
    read_leads,
    record_statements,
    run,
    run_together,
    set_limit,
    soft_delete,
    total_leads,
)

FILE = (
    b"Email,First name,Company,Tags\n"
    b"new@example.com,Ann,Kite,fair\n"
    b"held@example.com,Bob,Acme,\n"
    b"gone@example.com,Cy,Zinc,fair\n"
    b"bad,Dee,,\n"
)
MAPPING = {"Email": "email", "First name": "first_name", "Company": "company", "Tags": "tags"}
#: What may differ after an undo: a lead's own time of change.
TIMES = ("updated_at",)


def fields(engine, workspace_id, *, without=TIMES):
    """Every lead's columns but those that an undo moves."""
    return {
        email: {name: value for name, value in lead.items() if name not in without}
        for email, lead in read_leads(engine, workspace_id).items()
    }


def codes(undone):
    return [(lead.email, lead.code) for lead in undone.kept]


@pytest.fixture
def before(engine, workspace_id):
    """What the workspace holds before the import: an active lead, and a deleted one in two campaigns."""
    put_leads(engine, workspace_id, ["held@example.com"])
    put_leads(
        engine, workspace_id,
        [{"email": "gone@example.com", "first_name": "Old", "notes": "met", "tags": ["vip"], "custom_fields": {"a": 1.5}}],
        deleted=True,
    )  # fmt: skip
    return fields(engine, workspace_id)


@pytest.fixture
def campaigns(engine, workspace_id, before):
    return [put_campaign(engine, workspace_id, [*before], name=name) for name in ("Spring", "Autumn")]


@pytest.fixture
def record(engine, workspace_id, campaigns):
    return import_file(engine, workspace_id, FILE, mapping=MAPPING).record


def test_an_undo_gives_back_what_was_there(engine, workspace_id, before, campaigns, record):
    assert [total_leads(engine, campaign) for campaign in campaigns] == [2, 2]
    undone = undo_flow.undo_import(engine, **place(record))
    assert (undone.counts, undone.kept) == ({"created": 1, "restored": 1, "filled": 0}, ())
    now = fields(engine, workspace_id)
    assert now.pop("new@example.com")["deleted_at"] == undone.done_at
    assert now == before
    assert now["gone@example.com"]["deleted_at"] == DELETED_AT
    assert [total_leads(engine, campaign) for campaign in campaigns] == [1, 1]
    assert count_leads(engine, workspace_id) == (1, 2)


def test_the_books_stay_and_the_state_says_what_became_of_them(engine, record):
    undo_flow.undo_import(engine, **place(record))
    now = report_flow.get_import(engine, **place(record))
    assert now.state == "undone"
    assert now.counts == record.counts
    report = report_flow.load_report(engine, **place(record))
    assert [decision.outcome for decision in report.decisions] == ["created", "duplicate", "restored", "error"]


def test_the_dry_run_says_what_the_undo_then_does_and_writes_nothing(engine, workspace_id, record):
    lead_flow.update_lead(
        engine, workspace_id=workspace_id, lead_id=read_lead(engine, workspace_id, "new@example.com")["id"],
        changes={"company": "Other"},
    )  # fmt: skip
    stored = read_leads(engine, workspace_id)
    dry = undo_flow.preview_undo(engine, **place(record))
    assert read_leads(engine, workspace_id) == stored
    assert report_flow.get_import(engine, **place(record)) == record
    assert (dry.done_by, dry.done_at) == (None, None)
    done = undo_flow.undo_import(engine, **place(record))
    assert (done.counts, done.kept) == (dry.counts, dry.kept)
    assert done.changed == 1


# --- leads that somebody changed since ---------------------------------------------------------------------------------


def change(engine, workspace_id, who, **changes):
    lead_id = read_lead(engine, workspace_id, who)["id"]
    lead_flow.update_lead(engine, workspace_id=workspace_id, lead_id=lead_id, changes=changes)


def test_a_lead_that_somebody_changed_is_kept_and_named_as_it_is_now(engine, workspace_id, record):
    change(engine, workspace_id, "new@example.com", email="anna@example.com", last_name="Adler")
    undone = undo_flow.undo_import(engine, **place(record))
    [kept] = undone.kept
    assert (kept.row, kept.email, kept.name, kept.code) == (2, "anna@example.com", "Ann Adler", "lead-changed-since")
    assert kept.reason == "Somebody changed this lead since; it stays as it is."
    assert "anna@example.com" in active_emails(engine, workspace_id)


def test_a_restored_lead_that_somebody_changed_keeps_everything(engine, workspace_id, campaigns, record):
    change(engine, workspace_id, "gone@example.com", notes="called")
    assert codes(undo_flow.undo_import(engine, **place(record))) == [("gone@example.com", "lead-changed-since")]
    lead = read_lead(engine, workspace_id, "gone@example.com")
    assert (lead["first_name"], lead["notes"], lead["deleted_at"]) == ("Cy", "called", None)
    assert [total_leads(engine, campaign) for campaign in campaigns] == [2, 2]


def test_a_lead_that_somebody_deleted_stays_deleted(engine, workspace_id, record):
    lead_id = read_lead(engine, workspace_id, "new@example.com")["id"]
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=lead_id)
    deleted = read_lead(engine, workspace_id, "new@example.com")
    assert codes(undo_flow.undo_import(engine, **place(record))) == [("new@example.com", "lead-deleted-since")]
    assert read_lead(engine, workspace_id, "new@example.com") == deleted


def test_a_lead_that_was_deleted_and_came_back_was_changed(engine, workspace_id, record):
    """A soft delete and a restore by a later import: the lead looks alike, and is another import's now."""
    lead_id = read_lead(engine, workspace_id, "new@example.com")["id"]
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=lead_id)
    later = import_file(engine, workspace_id, emails_csv(["new@example.com"])).record
    assert codes(undo_flow.undo_import(engine, **place(record))) == [("new@example.com", "lead-changed-since")]
    assert undo_flow.undo_import(engine, **place(later)).counts["restored"] == 1
    assert "new@example.com" not in active_emails(engine, workspace_id)


def test_a_lead_that_is_erased_is_named_by_the_import(engine, workspace_id, record):
    with engine.begin() as conn:
        conn.execute(
            tables.leads.delete().where(
                tables.leads.c.email == "new@example.com", tables.leads.c.workspace_id == workspace_id
            )
        )
        conn.execute(tables.workspaces.update().where(tables.workspaces.c.id == workspace_id).values(active_leads=2))
    assert codes(undo_flow.undo_import(engine, **place(record))) == [("new@example.com", "lead-gone")]


def test_a_membership_added_later_is_no_change_of_the_lead(engine, workspace_id, campaigns, record):
    lead_id = read_lead(engine, workspace_id, "new@example.com")["id"]
    add_leads(engine, workspace_id=workspace_id, campaign_id=campaigns[0], lead_ids=[lead_id])
    assert total_leads(engine, campaigns[0]) == 3
    assert undo_flow.undo_import(engine, **place(record)).kept == ()
    assert total_leads(engine, campaigns[0]) == 1


def test_a_later_import_that_found_the_lead_active_did_not_change_it(engine, workspace_id, record):
    import_file(engine, workspace_id, FILE, mapping=MAPPING)
    assert undo_flow.undo_import(engine, **place(record)).kept == ()


def test_filled_blanks_are_emptied_and_filled_again(engine, workspace_id, before):
    lead_id = read_lead(engine, workspace_id, "held@example.com")["id"]
    lead_flow.update_lead(
        engine, workspace_id=workspace_id, lead_id=lead_id, changes={"first_name": "Robert", "custom_fields": {"a": "1"}}
    )
    held = fields(engine, workspace_id)["held@example.com"]
    record = import_file(
        engine, workspace_id, FILE, mapping={**MAPPING, "Tags": "custom:Fair"}, options=ImportOptions(fill_blanks=True)
    ).record
    filled = fields(engine, workspace_id)["held@example.com"]
    assert (filled["first_name"], filled["company"]) == ("Robert", "Acme")
    assert undo_flow.undo_import(engine, **place(record)).counts == {"created": 1, "restored": 1, "filled": 1}
    assert fields(engine, workspace_id)["held@example.com"] == held
    assert undo_flow.redo_import(engine, **place(record)).counts["filled"] == 1
    assert fields(engine, workspace_id)["held@example.com"] == filled
    change(engine, workspace_id, "held@example.com", title="Buyer")
    assert codes(undo_flow.undo_import(engine, **place(record))) == [("held@example.com", "lead-changed-since")]


# --- redo ---------------------------------------------------------------------------------------------------------------


def test_a_redo_makes_it_as_the_import_had_made_it(engine, workspace_id, campaigns, record):
    imported = fields(engine, workspace_id)
    undo_flow.undo_import(engine, **place(record))
    assert undo_flow.preview_redo(engine, **place(record)).counts == {"created": 1, "restored": 1, "filled": 0}
    redone = undo_flow.redo_import(engine, **place(record))
    assert (redone.action, redone.counts, redone.kept) == ("redo", {"created": 1, "restored": 1, "filled": 0}, ())
    assert fields(engine, workspace_id) == imported
    assert [total_leads(engine, campaign) for campaign in campaigns] == [2, 2]
    assert report_flow.get_import(engine, **place(record)).state == "done"


def test_undo_and_redo_take_turns_for_ever(engine, workspace_id, before, record):
    for _ in range(2):
        assert undo_flow.undo_import(engine, **place(record)).changed == 2
        assert undo_flow.redo_import(engine, **place(record)).changed == 2
    undo_flow.undo_import(engine, **place(record))
    assert [done.action for done in undo_flow.list_undos(engine, **place(record))] == ["undo", "redo"] * 2 + ["undo"]
    now = fields(engine, workspace_id)
    del now["new@example.com"]
    assert now == before


def test_a_redo_brings_back_what_its_undo_took_and_nothing_else(engine, workspace_id, record):
    change(engine, workspace_id, "gone@example.com", notes="called")
    undo_flow.undo_import(engine, **place(record))
    change(engine, workspace_id, "gone@example.com", notes="called twice")
    redone = undo_flow.redo_import(engine, **place(record))
    assert (redone.counts["created"], redone.counts["restored"], redone.kept) == (1, 0, ())
    assert read_lead(engine, workspace_id, "gone@example.com")["notes"] == "called twice"


def test_what_somebody_brought_back_after_the_undo_is_kept_by_the_redo(engine, workspace_id, record):
    undo_flow.undo_import(engine, **place(record))
    import_file(engine, workspace_id, emails_csv(["new@example.com"]))
    redone = undo_flow.redo_import(engine, **place(record))
    assert codes(redone) == [("new@example.com", "lead-restored-since")]
    assert redone.counts == {"created": 0, "restored": 1, "filled": 0}


def test_a_redo_respects_the_contact_limit(engine, workspace_id, record):
    undo_flow.undo_import(engine, **place(record))
    set_limit(engine, workspace_id, 2)
    stored = read_leads(engine, workspace_id)
    with pytest.raises(QuotaExceeded) as refused:
        undo_flow.redo_import(engine, **place(record))
    assert (refused.value.limit, refused.value.active, refused.value.added) == (2, 1, 2)
    assert read_leads(engine, workspace_id) == stored
    assert report_flow.get_import(engine, **place(record)).state == "undone"


# --- states -------------------------------------------------------------------------------------------------------------


def test_a_second_undo_finds_the_first(engine, workspace_id, record):
    first = undo_flow.undo_import(engine, **place(record))
    stored = read_leads(engine, workspace_id)
    assert undo_flow.undo_import(engine, **place(record)) == first
    assert read_leads(engine, workspace_id) == stored
    assert len(undo_flow.list_undos(engine, **place(record))) == 1


def test_a_second_redo_finds_the_first(engine, record):
    undo_flow.undo_import(engine, **place(record))
    first = undo_flow.redo_import(engine, **place(record))
    assert undo_flow.redo_import(engine, **place(record)) == first


def test_two_undos_at_once_are_one(engine, record):
    undone = run_together(*[lambda: undo_flow.undo_import(engine, **place(record))] * 3)
    assert undone[0] == undone[1] == undone[2]
    assert len(undo_flow.list_undos(engine, **place(record))) == 1


def test_a_lost_answer_to_the_commit_undoes_nothing_twice(engine, record):
    """The connection dies after the COMMIT went through: the next try finds the undo done."""
    with losing_the_answer(engine):
        undone = undo_flow.undo_import(engine, **place(record))
    assert undone.changed == 2
    assert undo_flow.list_undos(engine, **place(record)) == [undone]


@pytest.mark.parametrize("step", [undo_flow.preview_undo, undo_flow.undo_import])
def test_what_has_written_nothing_or_still_writes_is_not_undone(engine, workspace_id, step):
    ready = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    with pytest.raises(StateConflict, match="not written anything"):
        step(engine, **place(ready))
    run_flow.start_import(engine, **place(ready))
    with pytest.raises(StateConflict, match="still running"):
        step(engine, **place(ready))
    run(engine, ready)
    step(engine, **place(ready))


@pytest.mark.parametrize("step", [undo_flow.preview_redo, undo_flow.redo_import])
def test_what_was_never_undone_is_not_redone(engine, record, step):
    with pytest.raises(StateConflict, match="not undone"):
        step(engine, **place(record))


def test_an_import_that_stopped_is_undone_as_far_as_it_went_and_redone_as_stopped(engine, workspace_id):
    set_limit(engine, workspace_id, 1000)
    record = run(engine, make_running(engine, workspace_id, emails_csv(f"a{n}@example.com" for n in range(1001))))
    assert undo_flow.undo_import(engine, **place(record)).counts["created"] == 1000
    assert count_leads(engine, workspace_id) == (0, 1000)
    assert run_flow.resume_import(engine, **place(record)).state == "undone", "there is nothing to go on with"
    undo_flow.redo_import(engine, **place(record))
    assert report_flow.get_import(engine, **place(record)).state == "failed"
    assert count_leads(engine, workspace_id) == (1000, 0)


def test_an_import_through_the_api_is_undone_as_well(engine, workspace_id):
    answer = import_leads(
        engine, workspace_id=workspace_id, drafts=[{"email": "a@example.com"}], options=ImportOptions(), created_by="key"
    )
    undone = undo_flow.undo_import(engine, workspace_id=workspace_id, import_id=answer.import_id)
    assert undone.counts["created"] == 1
    assert active_emails(engine, workspace_id) == set()


def test_an_import_that_wrote_no_lead_is_undone_without_any(engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com"])
    record = import_file(engine, workspace_id, emails_csv(["a@example.com", "bad"])).record
    undone = undo_flow.undo_import(engine, **place(record))
    assert (undone.changed, undone.kept) == (0, ())


def test_the_file_can_be_imported_again_after_an_undo(engine, workspace_id, record):
    imported = fields(engine, workspace_id)
    undo_flow.undo_import(engine, **place(record))
    again = import_file(engine, workspace_id, FILE, mapping=MAPPING).record
    assert again.counts["restored"] == 2
    assert fields(engine, workspace_id) == imported


def test_another_workspace_undoes_nothing_here(engine, record):
    other = make_workspace(engine)
    for step in (
        undo_flow.preview_undo,
        undo_flow.undo_import,
        undo_flow.preview_redo,
        undo_flow.redo_import,
        undo_flow.list_undos,
    ):
        with pytest.raises(NotFound):
            step(engine, workspace_id=other, import_id=record.id)
        with pytest.raises(NotFound):
            step(engine, workspace_id=record.workspace_id, import_id=new_id())


def test_a_viewer_may_look_at_the_dry_run_alone(engine, record):
    with access.acting_as(access.Actor("vi@example.com", "member", {record.workspace_id: "viewer"})):
        assert undo_flow.preview_undo(engine, **place(record)).changed == 2
        with pytest.raises(Forbidden):
            undo_flow.undo_import(engine, **place(record))
    with access.acting_as(access.Actor("im@example.com", "member", {record.workspace_id: "importer"})):
        assert undo_flow.undo_import(engine, **place(record)).done_by == "im@example.com"


def test_undo_and_redo_are_in_the_audit_log(engine, workspace_id, record):
    undo_flow.undo_import(engine, **place(record))
    undo_flow.undo_import(engine, **place(record))
    undo_flow.redo_import(engine, **place(record))
    entries = audit_flow.list_entries(engine, workspace_id=workspace_id, group="imports")
    assert [entry.action for entry in entries][:2] == ["import-redone", "import-undone"]
    assert entries[1].subject == record.file_name
    assert (entries[1].details["created"], entries[1].details["kept"]) == (1, 0)
    assert [entry.action for entry in entries].count("import-undone") == 1


def test_many_leads_take_as_many_statements_as_few(engine, workspace_id, tmp_path):
    """style.md section 6: the number of statements does not grow with the rows."""
    put_leads(engine, workspace_id, [f"r{n}@example.com" for n in range(3)])
    soft_delete(engine, workspace_id, [f"r{n}@example.com" for n in range(3)])
    few = import_file(engine, workspace_id, emails_csv(["r0@example.com", "n0@example.com"])).record
    many = import_file(
        engine, workspace_id, emails_csv([f"{kind}{n}@example.com" for kind in "rn" for n in range(1, 900)])
    ).record
    counts = []
    for record in (few, many):
        with record_statements(engine, str(tmp_path / "trace")) as statements:
            undo_flow.undo_import(engine, **place(record))
        counts.append(len(statements))
    assert counts[0] == counts[1]
