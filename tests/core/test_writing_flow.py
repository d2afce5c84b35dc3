"""contract.md section 3 on a real PostgreSQL: what is written, what is left alone, limits, all or nothing, races."""

from functools import partial

import psycopg
import pytest
from sqlalchemy import text

from core.deciding import decide_rows
from core.errors import NotFound, QuotaExceeded
from core.ledger import decode_ledger, encode_ledger
from core.records import ImportOptions
from core.validation import MAX_CUSTOM_DEPTH, UncheckedRows
from core.writing_flow import find_stored, write_rows
from db import campaigns, leads, workspaces
from db.transaction import run_transaction
from tests.conftest import count_leads
from tests.factories import (
    DELETED_AT,
    LONG_AGO,
    active_emails,
    check_drafts,
    count_active,
    engine_url,
    insert_behind_the_lock,
    make_workspace,
    numbered,
    outcomes,
    put_campaign,
    put_leads,
    read_lead,
    read_leads,
    run_together,
    set_limit,
    snapshot,
    soft_delete,
    total_leads,
    write_drafts,
    write_rows_alone,
)

NOT_RESTORING = ImportOptions(restore_soft_deleted=False)
ODD_TEXTS = [
    "plain", "tab\tand\nnew line\r\nand \\ backslash", "\\N", "\\.", "NULL", "null", '"quoted", {braces}', "{}", "'; --",
    "Zoë 👩\u200d💻 \U0010ffff", "\x01\x7f\x85\u2028.", "%s %(name)s {0}", "a" * 255,
]  # fmt: skip


def drafts_of(emails, **values):
    return [{"email": email, **values} for email in emails]


# --- creating -----------------------------------------------------------------------------------------------------------


def test_a_new_lead_is_stored_with_every_field(engine, workspace_id):
    """contract.md section 2: the lead's fields."""
    write_drafts(
        engine,
        workspace_id,
        [
            {
                "email": " Ada@Example.com ", "first_name": "Ada", "last_name": "Byron", "company": "Kite",
                "title": "Countess", "phone": "+44 1", "linkedin_url": "https://l.example/ada",
                "website": "https://ada.example", "notes": "line\nline", "source": "fair", "status": "Replied",
                "custom_fields": {"Budget": 10, "Öl": None}, "tags": ["vip", "fair", "vip"],
            }
        ],
    )  # fmt: skip
    lead = read_lead(engine, workspace_id, "ada@example.com")
    assert lead["created_at"] == lead["updated_at"] > LONG_AGO
    del lead["id"], lead["created_at"], lead["updated_at"]
    assert lead == {
        "workspace_id": workspace_id, "email": "ada@example.com", "first_name": "Ada", "last_name": "Byron",
        "company": "Kite", "title": "Countess", "phone": "+44 1", "linkedin_url": "https://l.example/ada",
        "website": "https://ada.example", "notes": "line\nline", "source": "fair", "status": "replied",
        "custom_fields": {"Budget": 10, "Öl": None}, "tags": ["vip", "fair"], "last_contacted_at": None,
        "deleted_at": None,
    }  # fmt: skip


def test_absent_fields_are_null_and_defaults_are_filled(engine, workspace_id):
    """contract.md section 2: `status` defaults to `active`, `source` to that of the door; empty means absent."""
    write_drafts(engine, workspace_id, [{"email": "a@example.com", "company": "  ", "notes": ""}])
    lead = read_lead(engine, workspace_id, "a@example.com")
    assert (lead["company"], lead["notes"], lead["status"], lead["source"]) == (None, None, "active", "csv_import")
    assert (lead["custom_fields"], lead["tags"]) == ({}, [])


@pytest.mark.parametrize("odd", ODD_TEXTS, ids=ascii)
def test_odd_texts_are_stored_as_they_are(engine, workspace_id, odd):
    draft = {"email": "a@example.com", "first_name": odd, "tags": [odd, "x"], "custom_fields": {odd: [odd]}}
    write_drafts(engine, workspace_id, [draft, {"email": "b@example.com"}])
    lead = read_lead(engine, workspace_id, "a@example.com")
    assert (lead["first_name"], lead["tags"], lead["custom_fields"]) == (odd, [odd, "x"], {odd: [odd]})


@pytest.mark.parametrize("odd", ODD_TEXTS, ids=ascii)
def test_odd_texts_come_back_with_a_restore_as_they_are(engine, workspace_id, odd):
    stored = {"email": "a@example.com", "first_name": odd, "tags": [odd], "custom_fields": {odd: odd}}
    put_leads(engine, workspace_id, [stored], deleted=True)
    write_drafts(engine, workspace_id, [{"email": "a@example.com", "notes": odd, "tags": ["new"]}])
    lead = read_lead(engine, workspace_id, "a@example.com")
    assert (lead["first_name"], lead["notes"]) == (odd, odd)
    assert (lead["tags"], lead["custom_fields"]) == ([odd, "new"], {odd: odd})


def test_an_odd_email_finds_itself_again(engine, workspace_id):
    odd = ["o'neil+tag@example.com", "{a}@example.com", "rené@bücher.de", "a%s@example.com", "J\u030c@example.com"]
    write_drafts(engine, workspace_id, drafts_of(odd))
    assert write_drafts(engine, workspace_id, drafts_of(odd)).counts == {"duplicate": len(odd)}
    assert write_drafts(engine, workspace_id, drafts_of(read_leads(engine, workspace_id))).counts["duplicate"] == len(odd)


# --- blanks of active leads, where the user asked for it ----------------------------------------------------------------------


def test_blanks_of_active_leads_are_filled_and_nothing_else_changes(engine, workspace_id):
    held = {"email": "a@example.com", "company": "Acme", "phone": "", "status": "unsubscribed", "tags": ["old"],
            "custom_fields": {"Size": 1}}  # fmt: skip
    put_leads(engine, workspace_id, [held, "b@example.com", "c@example.com"])
    before = read_leads(engine, workspace_id)
    row = {"company": "Kite", "phone": "+1", "notes": "new", "status": "active", "tags": ["new"], "source": "fair",
           "custom_fields": {"Size": 2, "Seats": [5]}}  # fmt: skip
    plan = write_drafts(
        engine, workspace_id, [{"email": "A@example.com", **row}, {"email": "b@example.com"}], options=ImportOptions(fill_blanks=True)
    )
    assert outcomes(plan.decisions) == [(2, "duplicate", "duplicate-filled"), (3, "duplicate", "duplicate-existing")]
    after = read_leads(engine, workspace_id)
    assert after["a@example.com"].pop("updated_at") > before["a@example.com"].pop("updated_at")
    assert after == before | {
        "a@example.com": before["a@example.com"]
        | {"phone": "+1", "notes": "new", "custom_fields": {"Size": 1, "Seats": [5]}}
    }


def test_filled_blanks_use_no_quota(engine, workspace_id):
    emails = numbered("a", 300)
    put_leads(engine, workspace_id, emails)
    set_limit(engine, workspace_id, 0)
    plan = write_drafts(engine, workspace_id, drafts_of(emails, notes="x"), options=ImportOptions(fill_blanks=True))
    assert {decision.code for decision in plan.decisions} == {"duplicate-filled"}
    assert {lead["notes"] for lead in read_leads(engine, workspace_id).values()} == {"x"}


@pytest.mark.parametrize("odd", ODD_TEXTS, ids=ascii)
def test_odd_texts_fill_blanks_as_they_are(engine, workspace_id, odd):
    put_leads(engine, workspace_id, ["a@example.com"])
    draft = {"email": "a@example.com", "first_name": odd, "custom_fields": {odd: [odd]}}
    write_drafts(engine, workspace_id, [draft], options=ImportOptions(fill_blanks=True))
    lead = read_lead(engine, workspace_id, "a@example.com")
    assert (lead["first_name"], lead["custom_fields"]) == (odd, {odd: [odd]})


# --- active leads are left alone -------------------------------------------------------------------------------------------


def test_active_leads_are_not_touched_at_all(engine, workspace_id):
    """contract.md section 3, rule 3: the stored lead is not touched."""
    put_leads(engine, workspace_id, [{"email": "a@example.com", "company": "Acme", "tags": ["old"]}, "b@example.com"])
    put_campaign(engine, workspace_id, ["a@example.com"])
    before = snapshot(engine, workspace_id)
    plan = write_drafts(
        engine, workspace_id, drafts_of(["A@example.com", " b@example.com"], company="Kite", tags=["new"], status="bounced")
    )
    assert plan.counts == {"duplicate": 2}
    assert snapshot(engine, workspace_id) == before


def test_neighbours_of_a_change_are_not_touched(engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com"])
    put_leads(engine, workspace_id, ["gone@example.com", "left@example.com"], deleted=True)
    before = {row for row in snapshot(engine, workspace_id)["leads"] if "gone@" not in row[1]}
    write_drafts(engine, workspace_id, drafts_of(["new@example.com", "gone@example.com", "a@example.com"], company="Kite"))
    after = set(snapshot(engine, workspace_id)["leads"])
    assert before <= after


# --- restoring -------------------------------------------------------------------------------------------------------------


def test_a_restore_merges_field_by_field(engine, workspace_id):
    """contract.md section 3, "Restore merge"."""
    put_leads(
        engine,
        workspace_id,
        [
            {
                "email": "a@example.com", "first_name": "Ada", "company": "Acme", "notes": "old", "source": "manual",
                "status": "unsubscribed", "tags": ["vip", "fair"], "custom_fields": {"Budget": 10, "Region": "North"},
                "last_contacted_at": LONG_AGO,
            }
        ],
        deleted=True,
    )  # fmt: skip
    before = read_lead(engine, workspace_id, "a@example.com")
    plan = write_drafts(
        engine,
        workspace_id,
        [
            {
                "email": "A@EXAMPLE.COM", "first_name": "", "company": "Kite", "phone": "+44 1", "source": "fair",
                "tags": ["new", "vip"], "custom_fields": {"Budget": "20", "Size": None},
            }
        ],
    )  # fmt: skip
    assert plan.counts == {"restored": 1}
    after = read_lead(engine, workspace_id, "a@example.com")
    assert after["updated_at"] > before["updated_at"]
    assert after == {
        **before,
        "company": "Kite",
        "phone": "+44 1",
        "tags": ["vip", "fair", "new"],
        "custom_fields": {"Budget": "20", "Region": "North", "Size": None},
        "deleted_at": None,
        "updated_at": after["updated_at"],
    }


@pytest.mark.parametrize(
    ("stored", "named", "expected"),
    [
        ("bounced", None, "bounced"),
        ("unsubscribed", "", "unsubscribed"),
        ("replied", None, "replied"),
        ("bounced", "active", "active"),
        ("unsubscribed", "ACTIVE", "active"),
        ("active", "bounced", "bounced"),
    ],
)
def test_nobody_is_silently_subscribed_again(engine, workspace_id, stored, named, expected):
    """A stored `bounced` or `unsubscribed` survives unless the payload names a status itself."""
    put_leads(engine, workspace_id, [{"email": "a@example.com", "status": stored}], deleted=True)
    write_drafts(engine, workspace_id, [{"email": "a@example.com", "status": named}])
    assert read_lead(engine, workspace_id, "a@example.com")["status"] == expected


def test_the_deepest_custom_field_can_be_restored_and_reported(engine, workspace_id):
    deepest: object = "x"
    for _ in range(MAX_CUSTOM_DEPTH):
        deepest = [deepest]
    write_drafts(engine, workspace_id, [{"email": "a@example.com", "custom_fields": {"deep": deepest}}])
    soft_delete(engine, workspace_id, ["a@example.com"])
    plan = write_drafts(engine, workspace_id, [{"email": "a@example.com", "company": "Kite"}])
    assert plan.counts == {"restored": 1}
    [decision] = decode_ledger(encode_ledger(plan))
    assert decision.stored.lead.custom_fields == {"deep": deepest}


def test_a_deleted_lead_stays_deleted_where_restoring_is_off(engine, workspace_id):
    """contract.md section 3, rule 4: `restored` when `restoreSoftDeleted`, otherwise `duplicates`."""
    put_leads(engine, workspace_id, ["a@example.com"], deleted=True)
    before = snapshot(engine, workspace_id)
    plan = write_drafts(engine, workspace_id, [{"email": "a@example.com", "company": "Kite"}], options=NOT_RESTORING)
    assert outcomes(plan.decisions) == [(2, "duplicate", "duplicate-deleted")]
    assert snapshot(engine, workspace_id) == before


def test_campaigns_count_a_restored_lead_again_once_per_membership(engine, workspace_id):
    """Every campaign that the lead is still a member of gets `totalLeads + 1`, once per membership."""
    put_leads(engine, workspace_id, ["stays@example.com"])
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com", "left@example.com"], deleted=True)
    both = put_campaign(engine, workspace_id, ["a@example.com", "b@example.com", "stays@example.com"])
    one = put_campaign(engine, workspace_id, ["a@example.com", "left@example.com"])
    none = put_campaign(engine, workspace_id, ["left@example.com"])
    write_drafts(
        engine,
        workspace_id,
        drafts_of(["a@example.com", "A@example.com", "b@example.com", "stays@example.com", "new@example.com"]),
    )
    assert [total_leads(engine, campaign) for campaign in (both, one, none)] == [3, 1, 0]


def test_campaigns_without_restored_leads_are_not_touched(engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com"], deleted=True)
    put_campaign(engine, workspace_id, ["b@example.com"])
    before = snapshot(engine, workspace_id)["campaigns"]
    write_drafts(engine, workspace_id, drafts_of(["a@example.com", "new@example.com"]))
    assert snapshot(engine, workspace_id)["campaigns"] == before


def test_deleting_and_importing_again_and_again_keeps_every_count(engine, workspace_id):
    emails = numbered("p", 20)
    write_drafts(engine, workspace_id, drafts_of(emails))
    campaign = put_campaign(engine, workspace_id, emails[:15])
    for _ in range(3):
        soft_delete(engine, workspace_id, emails[5:])
        assert total_leads(engine, campaign) == 5
        assert write_drafts(engine, workspace_id, drafts_of(emails)).counts == {"duplicate": 5, "restored": 15}
        assert total_leads(engine, campaign) == 15
    assert count_leads(engine, workspace_id) == (20, 0)


# --- the contact limit --------------------------------------------------------------------------------------------------------


def test_an_import_that_fits_exactly_is_written(engine, workspace_id):
    """contract.md section 3, judgement 5."""
    put_leads(engine, workspace_id, numbered("old", 3))
    put_leads(engine, workspace_id, ["back@example.com"], deleted=True)
    set_limit(engine, workspace_id, 6)
    write_drafts(engine, workspace_id, drafts_of(["back@example.com", *numbered("new", 2)]))
    assert count_leads(engine, workspace_id) == (6, 0)


def test_one_over_the_limit_and_nothing_at_all_is_written(engine, workspace_id):
    put_leads(engine, workspace_id, numbered("old", 3))
    put_leads(engine, workspace_id, ["back@example.com"], deleted=True)
    put_campaign(engine, workspace_id, ["back@example.com", "old1@example.com"])
    set_limit(engine, workspace_id, 5)
    before = snapshot(engine, workspace_id)
    with pytest.raises(QuotaExceeded) as caught:
        write_drafts(engine, workspace_id, drafts_of(["back@example.com", *numbered("new", 2)]))
    assert (caught.value.limit, caught.value.active, caught.value.added) == (5, 3, 3)
    assert snapshot(engine, workspace_id) == before


def test_duplicates_and_invalid_rows_use_no_place(engine, workspace_id):
    """Duplicates and invalid rows use no quota."""
    put_leads(engine, workspace_id, numbered("old", 3))
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    set_limit(engine, workspace_id, 4)
    emails = ["new@example.com", "NEW@example.com", "bad", "", *numbered("old", 3), "gone@example.com"]
    plan = write_drafts(engine, workspace_id, drafts_of(emails), options=NOT_RESTORING)
    assert plan.counts == {"created": 1, "duplicate": 5, "error": 2}


def test_a_limit_below_the_active_leads_refuses_new_ones_only(engine, workspace_id):
    put_leads(engine, workspace_id, numbered("old", 3))
    set_limit(engine, workspace_id, 1)
    assert write_drafts(engine, workspace_id, drafts_of(["old1@example.com", "bad"])).counts.total() == 2
    with pytest.raises(QuotaExceeded):
        write_drafts(engine, workspace_id, drafts_of(["old1@example.com", "new@example.com"]))


def test_a_limit_of_nothing_takes_nothing(engine, workspace_id):
    set_limit(engine, workspace_id, 0)
    assert write_drafts(engine, workspace_id, []).counts == {}
    with pytest.raises(QuotaExceeded):
        write_drafts(engine, workspace_id, drafts_of(["a@example.com"]))


# --- workspaces -----------------------------------------------------------------------------------------------------------------


def test_another_workspace_is_not_touched_and_not_seen(engine, workspace_id):
    """contract.md section 1: unique per workspace by email; each has a contact limit of its own."""
    other = make_workspace(engine, contact_limit=2)
    put_leads(engine, other, ["a@example.com"])
    put_leads(engine, other, ["gone@example.com"], deleted=True)
    put_campaign(engine, other, ["gone@example.com"])
    before = snapshot(engine, other)
    plan = write_drafts(engine, workspace_id, drafts_of(["a@example.com", "gone@example.com", "c@example.com"]))
    assert plan.counts == {"created": 3}
    assert snapshot(engine, other) == before


def test_a_workspace_that_is_not_there_is_not_found(engine):
    with pytest.raises(NotFound):
        write_drafts(engine, "no such workspace", drafts_of(["a@example.com"]))


def test_a_workspace_may_have_an_odd_name(engine):
    name = "tab\tquote'\"\\{}%s ü"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=name, name=name, contact_limit=10)
    put_leads(engine, name, ["gone@example.com"], deleted=True)
    write_drafts(engine, name, drafts_of(["a@example.com", "gone@example.com"]))
    assert active_emails(engine, name) == {"a@example.com", "gone@example.com"}


# --- all or nothing ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "name"),
    [(leads, "send_restore"), (campaigns, "send_count"), (workspaces, "send_added")],
    ids=["before the restores", "before the campaigns", "before the counter"],
)
def test_a_fault_at_any_moment_leaves_the_database_as_it_was(engine, workspace_id, monkeypatch, module, name):
    """contract.md section 3, "All or nothing"."""
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    put_campaign(engine, workspace_id, ["gone@example.com"])
    before = snapshot(engine, workspace_id)

    def fail(*_, **__):
        raise RuntimeError("pulled the plug")

    with monkeypatch.context() as patch:
        patch.setattr(module, name, fail)
        with pytest.raises(RuntimeError, match="plug"):
            write_drafts(engine, workspace_id, drafts_of(["new@example.com", "gone@example.com"]))
    assert snapshot(engine, workspace_id) == before
    assert write_drafts(engine, workspace_id, drafts_of(["new@example.com", "gone@example.com"])).added == 2


@pytest.mark.parametrize("statement", ["SELECT 1/0", "this is no SQL"])
def test_an_error_of_the_database_in_the_last_round_trip_leaves_it_as_it_was(engine, workspace_id, statement):
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    before = snapshot(engine, workspace_id)
    rows = check_drafts(drafts_of(["new@example.com", "gone@example.com"]))

    def work(conn):
        write_rows(
            conn,
            workspace_id=workspace_id,
            rows=rows,
            options=ImportOptions(),
            record=lambda plan, quota: lambda cursor: cursor().execute(statement),
        )

    with pytest.raises(psycopg.Error) as caught:
        run_transaction(engine, work)
    assert caught.value.sqlstate in ("22012", "42601"), "the first error is told, not what follows from it"
    assert snapshot(engine, workspace_id) == before


def test_nothing_is_seen_before_the_commit(engine, workspace_id):
    """One request is one transaction."""
    rows = check_drafts(drafts_of(["new@example.com"]))
    with engine.connect() as conn:
        plan = write_rows(
            conn, workspace_id=workspace_id, rows=rows, options=ImportOptions(), record=lambda plan, quota: lambda cursor: None
        )
        assert plan.counts == {"created": 1}
        assert count_leads(engine, workspace_id) == (0, 0)
        conn.rollback()
    assert count_leads(engine, workspace_id) == (0, 0)


def test_a_dry_run_writes_nothing_and_takes_no_lock(engine, workspace_id):
    put_leads(engine, workspace_id, ["held@example.com"])
    put_leads(engine, workspace_id, [{"email": "gone@example.com", "company": "Acme"}], deleted=True)
    rows = check_drafts(drafts_of(["held@example.com", "gone@example.com", "new@example.com", "bad"]))
    before = snapshot(engine, workspace_id)
    with engine.connect() as locking, engine.connect() as conn:
        locking.execute(text("SELECT FROM workspaces WHERE id = :w FOR UPDATE"), {"w": workspace_id})
        stored = find_stored(conn, workspace_id=workspace_id, rows=rows, options=ImportOptions())
    assert set(stored) == {"held@example.com", "gone@example.com"}
    assert stored["held@example.com"].is_active
    assert stored["gone@example.com"].lead.company == "Acme"
    assert stored["gone@example.com"].deleted_at == DELETED_AT
    assert snapshot(engine, workspace_id) == before


@pytest.mark.parametrize("walks", [True, False], ids=["PostgreSQL 17", "PostgreSQL 14"])
@pytest.mark.parametrize("way", ["checked before", "checked on the way"])
def test_a_full_import_of_every_kind_ends_as_its_dry_run_says(engine, workspace_id, monkeypatch, way, walks):
    """Checked, decided and written in several chunks, the first of them while the server still looks for the emails.

    Before PostgreSQL 17 emails are looked up another way (db/leads.py).
    """
    monkeypatch.setattr(leads, "can_walk", lambda cursor: walks)
    held, gone, new = numbered("held", 250), numbered("gone", 250), numbered("new", 250)
    put_leads(engine, workspace_id, held)
    put_leads(engine, workspace_id, [{"email": email, "company": "Acme"} for email in gone], deleted=True)
    mixed = [email for four in zip(held, gone, new, new[100:] + new[:100], strict=True) for email in four]
    mixed[::7] = ["bad"] * len(mixed[::7])
    rows = UncheckedRows([{"email": email, "notes": f"row {i}"} for i, email in enumerate(mixed)], range(1, 1001))
    with engine.connect() as conn:
        stored = find_stored(conn, workspace_id=workspace_id, rows=rows[:], options=ImportOptions())
    dry_run = decide_rows(rows[:], stored, options=ImportOptions())
    plan = write_rows_alone(engine, workspace_id, rows if way == "checked on the way" else rows[:])
    assert outcomes(plan.decisions) == outcomes(dry_run.decisions)
    assert min(plan.counts[outcome] for outcome in ("created", "restored", "duplicate", "error")) > 100
    found = read_leads(engine, workspace_id)
    for decision in plan.decisions:
        if decision.outcome in ("created", "restored"):
            lead = found[decision.email]
            assert (lead["id"].hex, lead["notes"], lead["deleted_at"]) == (decision.lead_id, f"row {decision.row - 1}", None)
    assert {found[email]["notes"] for email in held} == {None}
    assert {found[email]["company"] for email in gone} == {"Acme"}


# --- races ----------------------------------------------------------------------------------------------------------------------------


def test_two_imports_of_the_same_emails_create_each_once(engine, workspace_id):
    """Two requests that race for the same emails give the result of some serial order: an email is created once."""
    emails = numbered("p", 300)
    for _ in range(3):
        results = run_together(
            partial(write_drafts, engine, workspace_id, drafts_of(emails)),
            partial(write_drafts, engine, workspace_id, drafts_of(emails[::-1])),
        )
        assert sorted(plan.counts["created"] for plan in results) in ([0, 300], [0, 0])
        assert sum(plan.counts.total() for plan in results) == 600
    assert count_leads(engine, workspace_id) == (300, 0)


def test_two_imports_that_restore_the_same_leads_restore_each_once(engine, workspace_id):
    emails = numbered("p", 100)
    put_leads(engine, workspace_id, emails, deleted=True)
    campaign = put_campaign(engine, workspace_id, emails[:40])
    results = run_together(
        partial(write_drafts, engine, workspace_id, drafts_of(emails, tags=["one"])),
        partial(write_drafts, engine, workspace_id, drafts_of(emails[::-1], tags=["two"])),
    )
    assert sorted(plan.counts["restored"] for plan in results) == [0, 100]
    assert total_leads(engine, campaign) == 40


def test_the_last_places_are_filled_and_never_passed(engine, workspace_id):
    """The limit is never exceeded, and no request fails because of the other (only for want of places)."""
    put_leads(engine, workspace_id, numbered("old", 20))
    set_limit(engine, workspace_id, 120)
    results = run_together(
        *[partial(write_drafts, engine, workspace_id, drafts_of(numbered(f"w{i}-", 15))) for i in range(8)]
    )
    refused = [result for result in results if isinstance(result, Exception)]
    assert {type(error) for error in refused} == {QuotaExceeded}
    # Six imports of fifteen fit into a hundred places, whatever their order; each refusal says so exactly.
    assert len(refused) == 2
    assert {(error.limit, error.active, error.added) for error in refused} == {(120, 110, 15)}
    assert count_leads(engine, workspace_id) == (110, 0)


def test_imports_of_different_sizes_fill_what_a_serial_order_allows(engine, workspace_id):
    set_limit(engine, workspace_id, 100)
    sizes = [60, 50, 40, 30, 20, 10, 5, 1]
    results = run_together(
        *[partial(write_drafts, engine, workspace_id, drafts_of(numbered(f"w{i}-", size))) for i, size in enumerate(sizes)]
    )
    added = sum(plan.added for plan in results if not isinstance(plan, Exception))
    assert added <= 100
    for error in results:
        if isinstance(error, Exception):
            assert isinstance(error, QuotaExceeded)
            assert error.active + error.added > 100
            assert error.active <= added
    assert count_leads(engine, workspace_id) == (added, 0)


def test_workspaces_do_not_wait_for_each_other(engine, workspace_id):
    """design.md section 3: different workspaces don't meet."""
    other = make_workspace(engine)
    with engine.connect() as conn:
        conn.execute(text("SELECT FROM workspaces WHERE id = :w FOR NO KEY UPDATE"), {"w": other})
        assert write_drafts(engine, workspace_id, drafts_of(["a@example.com"])).counts == {"created": 1}


def test_a_lead_written_behind_the_lock_is_a_duplicate_on_the_second_try(engine, workspace_id, monkeypatch):
    """A unique violation by a writer that did not take the lock is no failure of the import: it decides again."""
    rows = check_drafts(drafts_of(["a@example.com", "b@example.com"]))
    check_limit = []

    def meddle(quota):
        if not check_limit:  # between the look-up and the COPY of the first try
            insert_behind_the_lock(engine_url(engine), workspace_id, "b@example.com")
        check_limit.append(quota)

    monkeypatch.setattr("core.writing_flow.check_quota", meddle)
    plan = run_transaction(
        engine,
        lambda conn: write_rows(
            conn, workspace_id=workspace_id, rows=rows, options=ImportOptions(), record=lambda plan, quota: lambda cursor: None
        ),
    )
    assert outcomes(plan.decisions) == [(2, "created", None), (3, "duplicate", "duplicate-existing")]
    assert len(check_limit) == 2
    count_active(engine, workspace_id)
    assert active_emails(engine, workspace_id) == {"a@example.com", "b@example.com"}
