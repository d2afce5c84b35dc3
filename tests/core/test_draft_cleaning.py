"""Cleaning and warnings in the wizard's draft: seen in the dry run, written by the import, unknown to the API."""

import json

import pytest
from sqlalchemy import text

from core import draft_flow, report_flow
from core.records import ImportOptions
from core.request_flow import import_leads
from tests.factories import brief, import_file, make_ready, place, read_lead, read_leads, run_together

FILE = (
    "E-mail,First,Last,Company,Phone,Site,Profile\n"
    'Ada <ada@example.com>,ADA,MCDONALD," Kite  Ltd",030 1234567,ACME.com/,linkedin.com/in/ada/\n'
    "bo@gmial.com,Bo,Kite,Kite\u00a0Ltd,+1 (415) 555-2671,https://kite.com,\n"
    "info@kite.com,,,,,,\n"
).encode()
MAPPING = {
    "E-mail": "email", "First": "first_name", "Last": "last_name", "Company": "company", "Phone": "phone", "Site": "website",
    "Profile": "linkedin_url",
}  # fmt: skip


@pytest.fixture
def ready(engine, workspace_id):
    return make_ready(engine, workspace_id, FILE, MAPPING)


def changed(preview):
    return [(change.row, change.column, change.after, change.kind) for change in preview.tidied.changes]


def test_the_dry_run_lists_what_is_tidied_and_what_is_offered(engine, ready):
    preview = draft_flow.preview(engine, **place(ready))
    assert preview.plan.counts == {"created": 3}
    assert sorted(changed(preview)) == [
        (2, "Company", "Kite  Ltd", "trim"),
        (2, "Company", "Kite Ltd", "spaces"),
        (2, "E-mail", "ada@example.com", "email"),
        (2, "Profile", "https://www.linkedin.com/in/ada", "linkedin"),
        (2, "Site", "https://acme.com", "website"),
        (3, "Company", "Kite Ltd", "invisible"),
        (3, "Phone", "+14155552671", "phone"),
    ]
    assert [(change.column, change.after) for change in preview.tidied.offers] == [("First", "Ada"), ("Last", "McDonald")]
    assert preview.tidied.phones_left == 1
    assert preview.tidied.drafts == ()


def test_the_import_writes_what_the_dry_run_said(engine, workspace_id):
    options = ImportOptions(cleaning={"names": True}, country="DE")
    report = import_file(engine, workspace_id, FILE, mapping=MAPPING, options=options)
    assert report.record.counts["created"] == 3
    ada = read_lead(engine, workspace_id, "ada@example.com")
    assert {key: ada[key] for key in ("first_name", "last_name", "company", "phone", "website", "linkedin_url")} == {
        "first_name": "Ada", "last_name": "McDonald", "company": "Kite Ltd", "phone": "+49301234567",
        "website": "https://acme.com", "linkedin_url": "https://www.linkedin.com/in/ada",
    }  # fmt: skip


def test_a_kind_that_is_off_leaves_its_cells(engine, ready):
    options = ImportOptions(cleaning={"email": False, "spaces": False, "website": False})
    draft_flow.save_options(engine, **place(ready), options=options)
    preview = draft_flow.preview(engine, **place(ready))
    [wrong] = [decision for decision in preview.plan.decisions if decision.outcome == "error"]
    assert brief(wrong.issues) == [(2, "E-mail", "email-invalid")]
    assert {change.kind for change in preview.tidied.changes} == {"trim", "linkedin", "invisible", "phone"}
    assert {"email", "spaces", "website"} <= {change.kind for change in preview.tidied.offers}


def test_a_correction_comes_first_and_is_tidied_too(engine, ready):
    draft_flow.correct_cells(engine, **place(ready), corrections={4: {"E-mail": "<cy@example.com>", "Phone": "+49 30 1234567"}})
    preview = draft_flow.preview(engine, **place(ready))
    assert (4, "E-mail", "cy@example.com", "email") in changed(preview)
    assert (4, "Phone", "+49301234567", "phone") in changed(preview)
    assert draft_flow.load_table(engine, **place(ready)).rows[0][0] == "Ada <ada@example.com>", "the file stays as it is"


def test_tidied_emails_are_the_ones_that_are_compared(engine, workspace_id):
    content = b"Email\na@example.com\nAda <A@example.com>\n"
    assert [row.code for row in import_file(engine, workspace_id, content).decisions] == [None, "duplicate-in-file"]


def test_the_api_takes_what_it_is_given(engine, workspace_id):
    """contract.md section 2: trimmed, nothing more."""
    draft = {"email": " a@example.com", "company": "Kite  Ltd", "phone": "+1 (415) 555-2671", "website": "ACME.com"}
    import_leads(engine, workspace_id=workspace_id, drafts=[draft], options=ImportOptions(), created_by="key")
    lead = read_lead(engine, workspace_id, "a@example.com")
    assert (lead["company"], lead["phone"], lead["website"]) == ("Kite  Ltd", "+1 (415) 555-2671", "ACME.com")


def test_choices_survive_in_the_record(engine, ready):
    options = ImportOptions(cleaning={"names": True, "phone": False}, country="CH")
    assert draft_flow.save_options(engine, **place(ready), options=options).options == options
    assert report_flow.get_import(engine, **place(ready)).options == options


def test_a_record_from_before_there_were_choices_can_be_read(engine, ready):
    with engine.begin() as conn:
        conn.execute(
            text("UPDATE imports SET options = :options WHERE id = :id"),
            {"options": json.dumps({"restore_soft_deleted": False, "default_source": "x"}), "id": ready.id},
        )
    assert report_flow.get_import(engine, **place(ready)).options == ImportOptions(False, "x", {}, None)
    assert draft_flow.preview(engine, **place(ready)).plan.counts == {"created": 3}


# --- warnings -------------------------------------------------------------------------------------------------------------


def test_odd_emails_are_warnings_that_reject_nothing(engine, ready):
    preview = draft_flow.preview(engine, **place(ready))
    assert brief(preview.warnings) == [(3, "E-mail", "email-domain-typo"), (4, "E-mail", "email-role")]
    assert preview.plan.counts["error"] == 0


def test_rows_left_out_are_not_warned_about(engine, ready):
    draft_flow.skip_rows(engine, **place(ready), rows=[3], skip=True)
    assert brief(draft_flow.preview(engine, **place(ready)).warnings) == [(4, "E-mail", "email-role")]


def test_all_typing_errors_are_fixed_at_once_as_corrections(engine, ready):
    record = draft_flow.fix_domains(engine, **place(ready))
    assert record.corrections == {3: {"E-mail": "bo@gmail.com"}}
    assert brief(draft_flow.preview(engine, **place(ready)).warnings) == [(4, "E-mail", "email-role")]
    assert draft_flow.fix_domains(engine, **place(ready)).corrections == record.corrections
    draft_flow.correct_cells(engine, **place(ready), corrections={3: {"E-mail": None}})
    assert len(draft_flow.preview(engine, **place(ready)).warnings) == 2


def test_fixing_twice_at_the_same_time_fixes_once(engine, ready):
    records = run_together(*[lambda: draft_flow.fix_domains(engine, **place(ready))] * 2)
    assert [record.corrections for record in records] == [{3: {"E-mail": "bo@gmail.com"}}] * 2
    assert read_leads(engine, ready.workspace_id) == {}, "nothing is written before the button"
