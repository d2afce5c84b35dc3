"""The run outside the page: contract.md section 5 (parts, limit, what stays) and section 3, "All or nothing"."""

from functools import partial

import psycopg
import pytest

from core import draft_flow, report_flow, run_flow
from core.drift import drift_of, see_plan
from core.errors import NotFound, StateConflict, TooManyRows
from core.ids import new_id
from core.issues import KIND_BY_CODE
from core.records import ImportOptions
from core.safe_csv import write_csv
from core.writing_flow import write_rows
from db import engine as db_engine
from db import imports
from db.transaction import driver
from tests.conftest import count_leads
from tests.factories import (
    active_emails,
    count_active,
    emails_csv,
    engine_url,
    import_file,
    insert_behind_the_lock,
    kill_connection,
    make_ready,
    make_running,
    make_workspace,
    numbered,
    outcomes,
    place,
    put_campaign,
    put_leads,
    read_leads,
    record_statements,
    run,
    run_together,
    set_limit,
    snapshot,
    soft_delete,
    total_leads,
    waiting_jobs,
)


def decisions_of(engine, record):
    return report_flow.load_report(engine, **place(record)).decisions


class PulledPlugError(BaseException):
    """The process dies: nothing in it gets to tidy up."""


# --- the button -----------------------------------------------------------------------------------------------------------


def test_the_button_starts_the_import_and_queues_its_job(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    started = run_flow.start_import(engine, **place(record))
    assert started.state == "running"
    assert started.started_at is not None
    assert waiting_jobs(engine, record.id) == 1
    assert count_leads(engine, workspace_id) == (0, 0)


def test_a_second_press_finds_the_running_or_finished_import(engine, workspace_id):
    """design.md section 4, step 4."""
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    started = run_flow.start_import(engine, **place(record))
    assert run_flow.start_import(engine, **place(record)) == started
    finished = run(engine, record)
    assert finished.state == "done"
    assert run_flow.start_import(engine, **place(record)) == finished
    assert run_flow.resume_import(engine, **place(record)) == finished
    assert run_flow.cancel_import(engine, **place(record)) == finished
    assert waiting_jobs(engine, record.id) == 1


def test_two_presses_at_once_start_one_import(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    results = run_together(*[partial(run_flow.start_import, engine, **place(record))] * 4)
    assert [result.state for result in results] == ["running"] * 4
    assert waiting_jobs(engine, record.id) == 1


def test_an_import_that_is_not_there_is_not_found(engine, workspace_id):
    for action in (run_flow.start_import, run_flow.resume_import, run_flow.cancel_import):
        with pytest.raises(NotFound):
            action(engine, workspace_id=workspace_id, import_id=new_id())


# --- a run ---------------------------------------------------------------------------------------------------------------------


def test_a_run_carries_out_every_rule_and_its_books_balance(engine, workspace_id):
    put_leads(engine, workspace_id, ["held@example.com"])
    put_leads(engine, workspace_id, ["back@example.com"], deleted=True)
    campaign = put_campaign(engine, workspace_id, ["back@example.com", "held@example.com"])
    emails = ["new@example.com", "NEW@example.com", "held@example.com", "back@example.com", "bad", ""]
    content = "Email,Name\n" + "".join(f"{email},x\n" for email in emails)
    record = run(engine, make_running(engine, workspace_id, content.encode()))
    assert record.state == "done"
    assert record.counts == {"created": 1, "restored": 1, "duplicate": 2, "error": 2, "not_imported": 0}
    assert sum(record.counts.values()) == record.row_count == 6
    assert (record.parts_done, record.part_count, record.failure) == (1, 1, None)
    assert record.finished_at >= record.started_at
    assert total_leads(engine, campaign) == 2
    assert outcomes(decisions_of(engine, record)) == [
        (2, "created", None),
        (3, "duplicate", "duplicate-in-file"),
        (4, "duplicate", "duplicate-existing"),
        (5, "restored", None),
        (6, "error", "email-invalid"),
        (7, "error", "email-empty"),
    ]


def test_the_report_knows_the_id_that_each_lead_has(engine, workspace_id):
    put_leads(engine, workspace_id, ["back@example.com"], deleted=True)
    report = import_file(engine, workspace_id, emails_csv(["new@example.com", "back@example.com"]))
    held = read_leads(engine, workspace_id)
    assert [decision.lead_id for decision in report.decisions] == [
        held[email]["id"].hex for email in ("new@example.com", "back@example.com")
    ]


def test_an_import_of_nothing_but_errors_and_duplicates_is_done(engine, workspace_id):
    """contract.md section 3: always 200 when the request as a whole was accepted."""
    put_leads(engine, workspace_id, ["held@example.com"])
    set_limit(engine, workspace_id, 0)
    record = run(engine, make_running(engine, workspace_id, emails_csv(["bad", "held@example.com"])))
    assert (record.state, record.counts["error"], record.counts["duplicate"]) == ("done", 1, 1)


def test_an_import_with_every_row_left_out_is_done(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com", "bad"]))
    draft_flow.skip_rows(engine, **place(record), rows=[2, 3], skip=True)
    run_flow.start_import(engine, **place(record))
    finished = run(engine, record)
    assert (finished.state, finished.counts["not_imported"]) == ("done", 2)
    assert count_leads(engine, workspace_id) == (0, 0)


def test_the_dry_run_predicts_the_run(engine, workspace_id):
    """design.md section 4: exactly, when nothing else writes."""
    put_leads(engine, workspace_id, numbered("held", 5))
    put_leads(engine, workspace_id, numbered("back", 5), deleted=True)
    emails = [*numbered("held", 5), *numbered("back", 5), *numbered("new", 1100), "bad", *numbered("NEW", 5)]
    record = make_ready(engine, workspace_id, emails_csv(emails))
    draft_flow.skip_rows(engine, **place(record), rows=[2, 7, 20], skip=True)
    draft_flow.correct_cells(engine, **place(record), corrections={30: {"Email": "NEW700@example.com"}})
    preview = draft_flow.preview(engine, **place(record))
    run_flow.start_import(engine, **place(record), in_parts=True)
    finished = run(engine, record)
    assert finished.state == "done"
    assert outcomes(decisions_of(engine, record)) == outcomes(preview.plan.decisions)
    assert count_leads(engine, workspace_id)[0] == preview.quota.active + preview.quota.added


def test_the_run_decides_again_and_does_not_trust_an_old_plan(engine, workspace_id):
    """design.md section 1."""
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com", "b@example.com"]))
    assert draft_flow.preview(engine, **place(record)).plan.counts == {"created": 2}
    put_leads(engine, workspace_id, ["a@example.com"])
    run_flow.start_import(engine, **place(record))
    assert run(engine, record).counts["duplicate"] == 1


def test_importing_the_same_file_twice_creates_nothing_the_second_time(engine, workspace_id):
    content = emails_csv([*numbered("p", 50), "bad"])
    import_file(engine, workspace_id, content)
    before = snapshot(engine, workspace_id)["leads"]
    report = import_file(engine, workspace_id, content)
    assert report.record.counts == {"created": 0, "restored": 0, "duplicate": 50, "error": 1, "not_imported": 0}
    assert snapshot(engine, workspace_id)["leads"] == before


# --- more than 1000 rows ------------------------------------------------------------------------------------------------------------


def test_a_thousand_rows_are_one_import(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(numbered("p", 1000)))
    run_flow.start_import(engine, **place(record))
    assert run(engine, record).counts["created"] == 1000


def test_more_than_a_thousand_rows_are_not_imported_as_one(engine, workspace_id):
    """contract.md section 5: the screen says so plainly with both numbers, and offers to import in parts."""
    record = make_ready(engine, workspace_id, emails_csv(numbered("p", 1001)))
    with pytest.raises(TooManyRows) as caught:
        run_flow.start_import(engine, **place(record))
    assert "1,001" in caught.value.message
    assert "1,000" in caught.value.message
    assert "2 parts" in caught.value.hint
    assert report_flow.get_import(engine, **place(record)) == record
    assert waiting_jobs(engine, record.id) == 0


def test_parts_are_imported_one_after_another(engine, workspace_id):
    emails = [*numbered("p", 1500), *numbered("P", 700, start=800)]
    record = make_running(engine, workspace_id, emails_csv(emails))
    seen = []
    run_flow.run_import(
        engine, **place(record), is_stopping=lambda: seen.append(report_flow.get_import(engine, **place(record)))
    )
    assert [(now.parts_done, now.counts["created"], now.counts["not_imported"]) for now in seen] == [
        (0, 0, 2200),
        (1, 1000, 1200),
        (2, 1500, 200),
    ]
    finished = report_flow.get_import(engine, **place(record))
    assert (finished.state, finished.parts_done) == ("done", 3)
    assert finished.counts == {"created": 1500, "restored": 0, "duplicate": 700, "error": 0, "not_imported": 0}
    decisions = decisions_of(engine, record)
    assert [decision.row for decision in decisions] == list(range(2, 2202))
    assert {decision.code for decision in decisions[1500:]} == {"duplicate-in-file"}, "also across the parts"
    assert decisions[1500].first_row == 802


def test_a_part_over_the_limit_stops_there_and_what_was_imported_stays(engine, workspace_id):
    """contract.md section 5: the report says which rows were not."""
    set_limit(engine, workspace_id, 1500)
    record = run(engine, make_running(engine, workspace_id, emails_csv([*numbered("p", 2100), "bad"])))
    assert (record.state, record.failure.code, record.parts_done) == ("failed", "quota-exceeded", 1)
    assert "500" in record.failure.message
    assert "1,000" in record.failure.message
    assert record.counts == {"created": 1000, "restored": 0, "duplicate": 0, "error": 0, "not_imported": 1101}
    assert count_leads(engine, workspace_id) == (1000, 0)
    decisions = decisions_of(engine, record)
    assert [decision.row for decision in decisions] == list(range(2, 2103))
    assert set(outcomes(decisions[1000:])) == {(row, "not_imported", "quota-exceeded") for row in range(1002, 2103)}


def test_an_import_resumes_at_the_first_row_that_is_not_imported(engine, workspace_id):
    set_limit(engine, workspace_id, 1500)
    record = run(engine, make_running(engine, workspace_id, emails_csv(numbered("p", 2100) + numbered("p", 10))))
    assert run(engine, record).state == "failed", "a failed import does not run by itself"
    first = decisions_of(engine, record)[:1000]
    set_limit(engine, workspace_id, 2100)
    resumed = run_flow.resume_import(engine, **place(record))
    assert (resumed.state, resumed.failure, resumed.started_at) == ("running", None, record.started_at)
    finished = run(engine, record)
    assert (finished.state, finished.counts["created"], finished.counts["duplicate"]) == ("done", 2100, 10)
    assert decisions_of(engine, record)[:1000] == first
    assert decisions_of(engine, record)[-1].first_row == 11, "what earlier parts have taught is not forgotten"


def test_an_import_that_resumes_too_early_stops_again(engine, workspace_id):
    set_limit(engine, workspace_id, 0)
    record = run(engine, make_running(engine, workspace_id, emails_csv(numbered("p", 3))))
    for _ in range(2):
        run_flow.resume_import(engine, **place(record))
        record = run(engine, record)
        assert (record.state, record.failure.code, record.counts["not_imported"]) == ("failed", "quota-exceeded", 3)


def test_rows_left_out_keep_their_reason_where_the_import_stopped_before_them(engine, workspace_id):
    """Each row is in exactly one bucket, for one reason: what the user left out was not stopped by the limit."""
    set_limit(engine, workspace_id, 0)
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com", "b@example.com"]))
    draft_flow.skip_rows(engine, **place(record), rows=[3], skip=True)
    run_flow.start_import(engine, **place(record))
    record = run(engine, record)
    assert outcomes(decisions_of(engine, record)) == [
        (2, "not_imported", "quota-exceeded"),
        (3, "not_imported", "row-skipped"),
    ]


# --- cancel ---------------------------------------------------------------------------------------------------------------------------


def test_an_import_cancelled_before_it_ran_imports_nothing(engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 3)))
    cancelled = run_flow.cancel_import(engine, **place(record))
    assert (cancelled.state, cancelled.failure.code) == ("failed", "import-cancelled")
    assert run(engine, record) == cancelled
    assert {decision.code for decision in decisions_of(engine, record)} == {"import-cancelled"}
    assert count_leads(engine, workspace_id) == (0, 0)


def test_cancelling_between_two_parts_keeps_what_is_imported(engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 2500)))

    def cancel_after_the_first_part():
        if report_flow.get_import(engine, **place(record)).parts_done == 1:
            run_flow.cancel_import(engine, **place(record))

    run_flow.run_import(engine, **place(record), is_stopping=cancel_after_the_first_part)
    cancelled = report_flow.get_import(engine, **place(record))
    assert (cancelled.state, cancelled.failure.code) == ("failed", "import-cancelled")
    assert (cancelled.counts["created"], cancelled.counts["not_imported"]) == (1000, 1500)
    assert count_leads(engine, workspace_id) == (1000, 0)
    run_flow.resume_import(engine, **place(record))
    assert run(engine, record).counts["created"] == 2500


def test_a_part_that_is_cancelled_while_it_is_written_is_rolled_back(engine, workspace_id, monkeypatch):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 20)))

    def write_and_cancel(conn, **arguments):
        run_flow.cancel_import(engine, **place(record))
        return write_rows(conn, **arguments)

    monkeypatch.setattr(run_flow, "write_rows", write_and_cancel)
    cancelled = run(engine, record)
    assert (cancelled.state, cancelled.failure.code) == ("failed", "import-cancelled")
    assert count_leads(engine, workspace_id) == (0, 0)
    assert outcomes(decisions_of(engine, record))[0] == (2, "not_imported", "import-cancelled")


@pytest.mark.parametrize("attempt", range(3))
def test_cancelling_at_any_moment_leaves_books_that_balance(engine, workspace_id, attempt):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 3000)))
    results = run_together(
        partial(run_flow.run_import, engine, **place(record)), partial(run_flow.cancel_import, engine, **place(record))
    )
    assert results[0] is None
    now = report_flow.get_import(engine, **place(record))
    assert now.state == "failed"
    assert now.counts["created"] == 1000 * now.parts_done == count_leads(engine, workspace_id)[0]
    assert sum(now.counts.values()) == 3000


# --- twice, and at the same time ---------------------------------------------------------------------------------------------------------


def test_running_again_changes_nothing(engine, workspace_id):
    record = run(engine, make_running(engine, workspace_id, emails_csv(numbered("p", 30))))
    before = snapshot(engine, workspace_id)
    assert run(engine, record) == record
    assert snapshot(engine, workspace_id) == before


@pytest.mark.parametrize("rows", [20, 2300])
def test_two_workers_at_once_import_once(engine, workspace_id, rows):
    """A job may run twice: its worker was slow to say that it lives."""
    put_leads(engine, workspace_id, numbered("back", 10), deleted=True)
    campaign = put_campaign(engine, workspace_id, numbered("back", 10))
    record = make_running(engine, workspace_id, emails_csv(numbered("back", 10) + numbered("p", rows)))
    results = run_together(*[partial(run_flow.run_import, engine, **place(record))] * 3)
    assert results == [None] * 3
    finished = report_flow.get_import(engine, **place(record))
    assert (finished.state, finished.failure) == ("done", None)
    assert finished.counts == {"created": rows, "restored": 10, "duplicate": 0, "error": 0, "not_imported": 0}
    assert total_leads(engine, campaign) == 10
    assert [decision.row for decision in decisions_of(engine, record)] == list(range(2, rows + 12))


def test_a_worker_that_finds_a_part_done_by_another_knows_its_rows(engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv([*numbered("p", 1000), "P7@example.com"]))

    def has_done_a_part():
        return report_flow.get_import(engine, **place(record)).parts_done == 1

    def let_another_begin():
        if not has_done_a_part():
            run_flow.run_import(engine, **place(record), is_stopping=has_done_a_part)

    run_flow.run_import(engine, **place(record), is_stopping=let_another_begin)
    decision = decisions_of(engine, record)[-1]
    assert (decision.code, decision.first_row) == ("duplicate-in-file", 9)


def test_imports_that_race_for_the_last_places_never_pass_the_limit(engine, workspace_id):
    """contract.md section 3: the limit is never exceeded, and no request fails because of the other."""
    put_leads(engine, workspace_id, numbered("old", 50))
    set_limit(engine, workspace_id, 150)
    records = [make_running(engine, workspace_id, emails_csv(numbered(f"w{i}-", 15))) for i in range(8)]
    run_together(*[partial(run_flow.run_import, engine, **place(record)) for record in records])
    finished = [report_flow.get_import(engine, **place(record)) for record in records]
    assert sorted(record.state for record in finished) == ["done"] * 6 + ["failed"] * 2
    assert {record.failure.code for record in finished if record.failure} == {"quota-exceeded"}
    assert count_leads(engine, workspace_id) == (140, 0)


def test_imports_of_the_same_file_at_once_create_each_email_once(engine, workspace_id):
    emails = numbered("p", 400)
    records = [make_running(engine, workspace_id, emails_csv(order)) for order in (emails, emails[::-1], emails[::2])]
    run_together(*[partial(run_flow.run_import, engine, **place(record)) for record in records])
    finished = [report_flow.get_import(engine, **place(record)) for record in records]
    assert {record.state for record in finished} == {"done"}
    assert sum(record.counts["created"] for record in finished) == 400
    assert count_leads(engine, workspace_id) == (400, 0)


# --- faults ---------------------------------------------------------------------------------------------------------------------------------


def fail_in_part(monkeypatch, part_no, error):
    """Let the last round trip of a part fail."""
    send_finish_part = imports.send_finish_part

    def send(cursor, **arguments):
        if arguments["part_no"] == part_no:
            raise error
        send_finish_part(cursor, **arguments)

    monkeypatch.setattr(imports, "send_finish_part", send)


def test_a_fault_in_a_part_stops_there_and_says_so(engine, workspace_id, monkeypatch):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 1500)))
    with monkeypatch.context() as patch:
        fail_in_part(patch, 2, RuntimeError("a bug"))
        failed = run(engine, record)
    assert (failed.state, failed.failure.code, failed.parts_done) == ("failed", "import-failed", 1)
    assert "a bug" not in failed.failure.message
    assert failed.failure.hint == KIND_BY_CODE["import-failed"].hint
    assert count_leads(engine, workspace_id) == (1000, 0)
    assert {decision.code for decision in decisions_of(engine, record)[1000:]} == {"import-failed"}
    run_flow.resume_import(engine, **place(record))
    assert run(engine, record).counts["created"] == 1500


@pytest.mark.parametrize("part_no", [1, 2])
def test_a_process_that_dies_leaves_whole_parts_and_a_restart_completes(engine, workspace_id, monkeypatch, part_no):
    """contract.md section 3: after a crash at any moment, the database is as it was before."""
    put_leads(engine, workspace_id, ["p1200@example.com", "p3@example.com"], deleted=True)
    campaign = put_campaign(engine, workspace_id, ["p1200@example.com", "p3@example.com"])
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 1500)))
    with monkeypatch.context() as patch:
        fail_in_part(patch, part_no, PulledPlugError())
        with pytest.raises(PulledPlugError):
            run(engine, record)
    now = report_flow.get_import(engine, **place(record))
    assert (now.state, now.parts_done) == ("running", part_no - 1)
    assert count_leads(engine, workspace_id)[0] == 1000 * (part_no - 1)
    assert total_leads(engine, campaign) == part_no - 1
    finished = run(engine, record)
    assert (finished.state, finished.counts["created"], finished.counts["restored"]) == ("done", 1498, 2)
    assert total_leads(engine, campaign) == 2


def test_a_process_about_to_stop_puts_the_rest_back_into_the_queue(engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 1500)))
    run_flow.run_import(
        engine, **place(record), is_stopping=lambda: report_flow.get_import(engine, **place(record)).parts_done == 1
    )
    now = report_flow.get_import(engine, **place(record))
    assert (now.state, now.parts_done) == ("running", 1)
    assert waiting_jobs(engine, record.id) == 2, "the first one is the one that this run stands for"
    assert run(engine, record).state == "done"


def once(action):
    """A function that does its action the first time only."""
    calls = []

    def act(*arguments):
        calls.append(arguments)
        if len(calls) == 1:
            action(*arguments)

    return act


def meddle_with_the_writing(monkeypatch, *, before=lambda conn: None, after=lambda conn: None):
    def write(conn, **arguments):
        before(conn)
        plan = write_rows(conn, **arguments)
        after(conn)
        return plan

    monkeypatch.setattr(run_flow, "write_rows", write)


@pytest.fixture
def connection_loss(engine):
    return once(lambda conn: kill_connection(driver(conn), engine_url(engine)))


def test_a_connection_lost_before_the_writing_is_no_failure(engine, workspace_id, monkeypatch, connection_loss):
    """design.md section 3: retry the whole transaction on a lost connection before commit."""
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 30)))
    meddle_with_the_writing(monkeypatch, before=connection_loss)
    assert run(engine, record).counts["created"] == 30


def test_a_connection_lost_after_the_writing_is_no_failure(engine, workspace_id, monkeypatch, connection_loss):
    record = make_running(engine, workspace_id, emails_csv([*numbered("p", 30), "P1@example.com"]))
    meddle_with_the_writing(monkeypatch, after=connection_loss)
    finished = run(engine, record)
    assert (finished.state, finished.counts["created"], finished.counts["duplicate"]) == ("done", 30, 1)


def test_a_connection_lost_in_the_middle_of_the_copy_is_no_failure(engine, workspace_id, monkeypatch, connection_loss):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 1000)))
    used = []
    meddle_with_the_writing(monkeypatch, before=used.append)
    encode_ledger = run_flow.encode_ledger
    lose = once(lambda _: connection_loss(used[-1]))

    def encode(plan):
        lose(plan)
        return encode_ledger(plan)

    monkeypatch.setattr(run_flow, "encode_ledger", encode)
    assert run(engine, record).counts["created"] == 1000
    assert len(used) == 2


def test_a_commit_whose_answer_is_lost_is_not_repeated(engine, workspace_id, monkeypatch):
    """design.md section 3: after an unknown COMMIT outcome look the import up by id before trying again."""
    put_leads(engine, workspace_id, ["p1@example.com"], deleted=True)
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 30)))
    is_written = []
    meddle_with_the_writing(monkeypatch, after=lambda conn: is_written.append(True))
    do_commit = engine.dialect.do_commit

    @once
    def lose_answer():
        raise psycopg.OperationalError("consuming input failed: server closed the connection unexpectedly")

    def commit(connection):
        do_commit(connection)
        if is_written:
            lose_answer()

    monkeypatch.setattr(engine.dialect, "do_commit", commit)
    finished = run(engine, record)
    assert len(is_written) == 1
    assert (finished.state, finished.counts["created"], finished.counts["restored"]) == ("done", 29, 1)


@pytest.mark.parametrize(
    ("state", "code"),
    [("53100", "disk-full"), ("53200", "server-exhausted"), ("53400", "server-exhausted"), ("XX000", "import-failed")],
)
def test_what_the_server_has_run_out_of_is_said_and_the_import_goes_on_when_there_is_room(
    engine, workspace_id, monkeypatch, state, code
):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 3)))
    with monkeypatch.context() as patch:
        meddle_with_the_writing(patch, after=lambda conn: driver(conn).execute(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$"))
        stopped = run(engine, record)
    assert (stopped.state, stopped.failure.code) == ("failed", code)
    assert outcomes(decisions_of(engine, record)) == [(row, "not_imported", code) for row in (2, 3, 4)]
    assert count_leads(engine, workspace_id) == (0, 0)
    run_flow.resume_import(engine, **place(record))
    assert run(engine, record).counts["created"] == 3


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_postgresql_asks_to_be_repeated_is_repeated(engine, workspace_id, monkeypatch, state):
    record = make_running(engine, workspace_id, emails_csv(numbered("p", 30)))
    ask = once(lambda conn: driver(conn).execute(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$"))
    meddle_with_the_writing(monkeypatch, after=ask)
    assert run(engine, record).counts["created"] == 30


def test_a_lead_written_behind_the_lock_becomes_a_duplicate(engine, workspace_id, monkeypatch):
    record = make_running(engine, workspace_id, emails_csv(["a@example.com", "b@example.com", "B@example.com"]))
    meddle = once(lambda quota: insert_behind_the_lock(engine_url(engine), workspace_id, "b@example.com"))
    monkeypatch.setattr("core.writing_flow.check_quota", meddle)
    finished = run(engine, record)
    assert finished.state == "done"
    assert outcomes(decisions_of(engine, record)) == [
        (2, "created", None),
        (3, "duplicate", "duplicate-existing"),
        (4, "duplicate", "duplicate-in-file"),
    ]
    count_active(engine, workspace_id)
    assert active_emails(engine, workspace_id) == {"a@example.com", "b@example.com"}


def test_a_database_that_stays_away_leaves_the_job_to_the_queue(engine, workspace_id, monkeypatch):
    """The job fails as a whole then, and the queue brings it back; the import stays `running`."""
    record = make_running(engine, workspace_id, emails_csv(["a@example.com"]))
    monkeypatch.setattr("db.transaction.FIRST_PAUSE_S", 0.001)
    away = db_engine.make_engine("postgresql://nobody@127.0.0.1:1/nowhere")
    with pytest.raises(Exception, match="connection"):
        run_flow.run_import(away, **place(record))
    away.dispose()
    assert report_flow.get_import(engine, **place(record)).state == "running"


# --- statements -----------------------------------------------------------------------------------------------------------------------------


def statements_of(engine, workspace_id, emails, options, path):
    """What one run sends over new connections."""
    content = write_csv(["Email", "Notes"], [[email, "x"] for email in emails])
    record = make_running(engine, workspace_id, content, mapping={"Email": "email", "Notes": "notes"}, options=options)
    fresh = db_engine.make_engine(engine_url(engine), pool_size=1)
    with record_statements(fresh, str(path)) as statements:
        run_flow.run_import(fresh, **place(record))
    fresh.dispose()
    assert report_flow.get_import(engine, **place(record)).state == "done"
    return statements


@pytest.mark.parametrize("kind", ["new", "held", "filled", "restored", "mixed"])
def test_the_number_of_statements_does_not_grow_with_the_rows(engine, workspace_id, tmp_path, kind):
    """The number of SQL statements of a 1000-row import does not depend on the number of rows."""

    def prepare(count):
        workspace = make_workspace(engine)
        share = {"new": 0, "mixed": count // 3}.get(kind, count)
        if kind in ("held", "filled", "mixed"):
            put_leads(engine, workspace, numbered("held", share))
        if kind in ("restored", "mixed"):
            put_leads(engine, workspace, numbered("back", share))
            for name in ("Spring", "Autumn"):
                put_campaign(engine, workspace, numbered("back", share), name=name)
            soft_delete(engine, workspace, numbered("back", share))
        emails = {
            "new": numbered("new", count),
            "held": numbered("held", count),
            "filled": numbered("held", count),
            "restored": numbered("back", count),
            "mixed": ["bad", *numbered("held", share), *numbered("back", share), *numbered("new", count - 2 * share - 1)],
        }[kind]
        assert len(emails) == count
        return workspace, emails, ImportOptions(fill_blanks=kind in ("filled", "mixed"))

    few, many = (len(statements_of(engine, *prepare(count), tmp_path / f"{count}")) for count in (10, 1000))
    assert few == many
    assert many <= 25


# --- what the user saw ------------------------------------------------------------------------------------------------------------------------


def test_what_ended_otherwise_than_seen_is_told_and_rows_not_reached_are_not(engine, workspace_id):
    """design.md section 1: plan, then apply, with drift shown."""
    set_limit(engine, workspace_id, 1001)
    record = make_ready(engine, workspace_id, emails_csv(numbered("a", 2000)))
    seen = see_plan(draft_flow.preview(engine, **place(record)))
    put_leads(engine, workspace_id, ["a1@example.com", "a1500@example.com"])
    run_flow.start_import(engine, **place(record), in_parts=True, seen=seen)
    assert run(engine, record).failure.code == "quota-exceeded"
    report = report_flow.load_report(engine, **place(record))
    [drift] = drift_of(report)
    assert (drift.row, drift.was, drift.now) == (3, "create", "duplicate of an existing lead")
    lines = report_flow.report_csv(engine, **place(record)).decode("utf-8-sig").splitlines()
    assert [line for line in lines if "create →" in line] == [lines[2]]


def test_what_ended_as_seen_is_no_drift(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com", "bad", "a@example.com"]))
    run_flow.start_import(engine, **place(record), seen=see_plan(draft_flow.preview(engine, **place(record))))
    run(engine, record)
    assert drift_of(report_flow.load_report(engine, **place(record))) == []


def test_nobody_saw_the_plan_of_an_import_that_a_program_starts(engine, workspace_id):
    assert drift_of(import_file(engine, workspace_id, emails_csv(["a@example.com"]))) == []


def test_a_draft_that_was_changed_behind_the_screen_is_not_started(engine, workspace_id):
    """What is imported is what the user saw: another window may have changed it."""
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com", "b@example.com"]))
    seen = see_plan(draft_flow.preview(engine, **place(record)))
    draft_flow.skip_rows(engine, **place(record), rows=[2], skip=True)
    with pytest.raises(StateConflict, match="another window"):
        run_flow.start_import(engine, **place(record), seen=seen)
    now = see_plan(draft_flow.preview(engine, **place(record)))
    assert run_flow.start_import(engine, **place(record), seen=now).state == "running"
    assert run_flow.start_import(engine, **place(record), seen=seen).state == "running", "a second press finds it running"
