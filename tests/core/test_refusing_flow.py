"""A row that the database refuses becomes an error with a reason; the others come in (contract.md section 3, step 1)."""

from contextlib import contextmanager

import psycopg
import pytest

from core import report_flow
from core.records import ImportOptions
from core.refusing_flow import MAX_REFUSED
from core.request_flow import Idempotency, import_leads
from core.run_flow import run_import
from tests.conftest import count_leads
from tests.factories import active_emails, emails_csv, import_file, make_running, numbered, outcomes, put_leads


@contextmanager
def refusing(engine, workspace_id, condition, state="22P02"):
    """While the block runs, the database refuses leads for which this is true."""
    with engine.begin() as conn:
        conn.exec_driver_sql(
            f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '{state}'; END $$;"
            f" CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON leads FOR EACH ROW"
            f" WHEN (NEW.workspace_id = '{workspace_id}' AND {condition}) EXECUTE FUNCTION refuse()"
        )
    try:
        yield
    finally:
        with engine.begin() as conn:
            conn.exec_driver_sql("DROP FUNCTION refuse() CASCADE")


@pytest.mark.parametrize("state", ["22P02", "22003", "23514", "54000"])
def test_the_refused_row_is_an_error_and_the_others_are_created(engine, workspace_id, state):
    with refusing(engine, workspace_id, "NEW.email = 'p7@example.com'", state):
        report = import_file(engine, workspace_id, emails_csv(numbered("p", 20)))
    assert (report.record.state, report.record.failure) == ("done", None)
    assert (report.record.counts["created"], report.record.counts["error"]) == (19, 1)
    assert outcomes(report.decisions)[7] == (9, "error", "row-refused")
    assert active_emails(engine, workspace_id) == {*numbered("p", 20)} - {"p7@example.com"}


def test_a_refused_restore_leaves_the_lead_deleted(engine, workspace_id):
    put_leads(engine, workspace_id, numbered("p", 3), deleted=True)
    with refusing(engine, workspace_id, "NEW.email = 'p1@example.com'"):
        report = import_file(engine, workspace_id, emails_csv(numbered("p", 3)))
    assert [outcome for _, outcome, _ in outcomes(report.decisions)] == ["restored", "error", "restored"]
    assert count_leads(engine, workspace_id) == (2, 1)


def test_a_later_row_of_a_refused_email_is_judged_by_itself(engine, workspace_id):
    """contract.md section 3: a duplicate is one of an email that stood earlier in a valid row."""
    content = b"Email,Name\na@example.com,bad\nA@example.com,good\nb@example.com,good\n"
    with refusing(engine, workspace_id, "NEW.custom_fields ->> 'Name' = 'bad'"):
        report = import_file(
            engine, workspace_id, content, mapping={"Email": "email", "Name": "custom:Name"}
        )
    assert [outcome for _, outcome, _ in outcomes(report.decisions)] == ["error", "created", "created"]


def test_a_request_is_answered_with_the_refused_row_among_its_errors(engine, workspace_id):
    drafts = [{"email": email} for email in numbered("p", 10)]
    idempotency = Idempotency("k", b"\0" * 32, lambda answer: b"%d" % answer.plan.counts["error"])
    choices = {"workspace_id": workspace_id, "drafts": drafts, "options": ImportOptions(), "created_by": "test"}
    with refusing(engine, workspace_id, "NEW.email = 'p7@example.com'"):
        answer = import_leads(engine, **choices, idempotency=idempotency)
    assert (answer.content, answer.is_repeat) == (b"1", False)
    assert import_leads(engine, **choices, idempotency=idempotency) == (b"1", True)
    assert count_leads(engine, workspace_id) == (9, 0)


def test_many_refused_rows_are_a_fault_and_nothing_is_written(engine, workspace_id):
    drafts = [{"email": email} for email in numbered("p", MAX_REFUSED + 1)]
    with refusing(engine, workspace_id, "true"), pytest.raises(psycopg.Error, match="refused"):
        import_leads(
            engine, workspace_id=workspace_id, drafts=drafts, options=ImportOptions(), created_by="test"
        )
    assert count_leads(engine, workspace_id) == (0, 0)


def test_a_refusal_that_is_about_no_row_stops_the_import(engine, workspace_id):
    """The record itself is refused: no row is to blame, and the report says that the import stopped."""
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 5)))
    with engine.begin() as conn:
        conn.exec_driver_sql(
            f"ALTER TABLE import_parts ADD CONSTRAINT refuse CHECK (workspace_id <> '{workspace_id}') NOT VALID"
        )
    try:
        run_import(engine, workspace_id=workspace_id, import_id=record.id)
    finally:
        with engine.begin() as conn:
            conn.exec_driver_sql("ALTER TABLE import_parts DROP CONSTRAINT refuse")
    now = report_flow.get_import(engine, workspace_id=workspace_id, import_id=record.id)
    assert (now.state, now.failure.code) == ("failed", "import-failed")
    assert count_leads(engine, workspace_id) == (0, 0)
