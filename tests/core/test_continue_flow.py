"""Failed rows, mended and uploaded again, continue the same import: its report goes from 3 of 5 to 5 of 5."""

import csv
import io

import openpyxl
import pytest

from core import continue_flow, draft_flow, report_flow, run_flow, undo_flow
from core.continuing import IMPORT_COLUMN, REASON_COLUMN, ROW_COLUMN
from core.drift import drift_of, see_plan
from core.errors import StateConflict
from core.ids import import_id_text, new_id
from core.lead_flow import delete_lead
from core.records import ImportOptions
from core.safe_csv import write_csv
from tests.conftest import count_leads
from tests.factories import (
    active_emails,
    brief,
    import_file,
    losing_the_answer,
    make_ready,
    make_running,
    make_workspace,
    outcomes,
    place,
    put_leads,
    read_lead,
    read_leads,
    run,
    run_together,
    set_limit,
)

HEADER = ["Email", "First name", "Budget"]
FILE = write_csv(
    HEADER,
    [
        ["ann@example.com", "Ann", "10"],  # row 2
        ["bob.example.com", "Bob", "+20"],
        ["held@example.com", "Cy", ""],
        ["", "Dee", "40"],
        ["eve@example.com", "Eve", ""],
    ],
)
MAPPING = {"Email": "email", "First name": "first_name", "Budget": "custom:Budget"}


@pytest.fixture
def first(engine, workspace_id):
    """An import of five rows of which two failed, 3 and 5; row 4 is a lead that was there."""
    put_leads(engine, workspace_id, ["held@example.com"])
    return import_file(engine, workspace_id, FILE, mapping=MAPPING, options=ImportOptions(default_source="fair")).record


def failed_rows(engine, record):
    """The failed rows as dicts, read as a spreadsheet reads them, without the markers of safe cells."""
    text = report_flow.failed_rows_csv(engine, **place(record)).decode("utf-8-sig")
    return [{name: cell.removeprefix("'") for name, cell in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""))]


def mend(rows, **emails):
    """The rows with other emails, by the number of the row: _3="bob@example.com"."""
    return [{**row, "Email": emails.get(f"_{row[ROW_COLUMN]}", row["Email"])} for row in rows]


def as_csv(rows):
    return write_csv([*rows[0]], [[*row.values()] for row in rows])


def upload(engine, workspace_id, content, name="fixed.csv"):
    return draft_flow.create_draft(engine, workspace_id=workspace_id, file_name=name, content=content, created_by="local")


def carry_out(engine, draft):
    run_flow.start_import(engine, **place(draft), in_parts=True)
    return run(engine, draft)


def continue_with(engine, workspace_id, rows):
    """The continuing import after its run."""
    return carry_out(engine, upload(engine, workspace_id, as_csv(rows)))


def now(engine, record):
    return report_flow.get_import(engine, **place(record))


def counts(record):
    return tuple(record.counts[name] for name in ("created", "restored", "duplicate", "error", "not_imported"))


# --- the way from failed rows to a whole report -------------------------------------------------------------------------


def test_mended_rows_complete_the_report_of_the_first_import(engine, workspace_id, first):
    assert counts(first) == (2, 0, 1, 2, 0)
    rows = mend(failed_rows(engine, first), _3="bob@example.com", _5="dee@example.com")
    second = continue_with(engine, workspace_id, rows)
    assert counts(now(engine, first)) == (4, 0, 1, 0, 0)
    assert counts(second) == (2, 0, 0, 0, 0)
    report = report_flow.load_report(engine, **place(first))
    assert outcomes(report.decisions) == [
        (2, "created", None), (3, "created", None), (4, "duplicate", "duplicate-existing"), (5, "created", None), (6, "created", None),
    ]  # fmt: skip
    assert [(decision.email, decision.lead.first_name) for decision in report.decisions][1] == ("bob@example.com", "Bob")
    bob = read_lead(engine, workspace_id, "bob@example.com")
    assert (bob["source"], bob["custom_fields"], report.decisions[1].lead_id) == ("fair", {"Budget": "+20"}, bob["id"].hex)
    assert failed_rows(engine, first) == []


def test_the_file_begins_with_what_was_chosen_for_the_first(engine, workspace_id, first):
    draft = upload(engine, workspace_id, as_csv(failed_rows(engine, first)))
    assert (draft.continues, draft.state, draft.options) == (first.id, "ready", first.options)
    assert draft.mapping == first.mapping
    table = draft_flow.load_table(engine, **place(draft))
    assert (table.columns, table.row_numbers, brief(table.issues)) == (tuple(HEADER), (3, 5), [])


def test_the_dry_run_says_what_the_run_then_does(engine, workspace_id, first):
    rows = mend(failed_rows(engine, first), _3="EVE@example.com", _5="held@example.com")
    rows.append({**rows[0], "Email": "fay@example.com", ROW_COLUMN: ""})
    draft = upload(engine, workspace_id, as_csv(rows))
    planned = draft_flow.preview(engine, **place(draft)).plan.decisions
    assert outcomes(planned) == [
        (3, "duplicate", "duplicate-in-file"), (5, "duplicate", "duplicate-in-file"), (7, "created", None),
    ]  # fmt: skip
    assert [decision.first_row for decision in planned] == [6, 4, None], "rows of the first file win"
    second = carry_out(engine, draft)
    assert outcomes(report_flow.load_report(engine, **place(second)).decisions) == outcomes(planned)
    assert counts(now(engine, first)) == (2, 0, 3, 0, 0), "an added row is not among the first file's"
    assert "fay@example.com" in active_emails(engine, workspace_id)


def test_a_workbook_with_its_columns_in_another_order_and_without_the_reason(engine, workspace_id, first):
    rows = mend(failed_rows(engine, first), _3="bob@example.com", _5="dee@example.com")
    workbook = openpyxl.Workbook()
    columns = [ROW_COLUMN, "Budget", "Email", IMPORT_COLUMN, "First name"]
    workbook.active.append(columns)
    for row in reversed(rows):
        workbook.active.append([int(row[name]) if name == ROW_COLUMN else row[name] for name in columns])
    workbook.save(saved := io.BytesIO())
    draft = upload(engine, workspace_id, saved.getvalue(), "fixed.xlsx")
    assert (draft.continues, draft.state) == (first.id, "ready")
    assert draft_flow.load_table(engine, **place(draft)).columns == ("Budget", "Email", "First name")
    carry_out(engine, draft)
    assert counts(now(engine, first)) == (4, 0, 1, 0, 0)
    assert read_lead(engine, workspace_id, "dee@example.com")["custom_fields"] == {"Budget": "40"}


def test_a_row_that_fails_again_keeps_what_was_mended_and_can_be_continued_again(engine, workspace_id, first):
    rows = mend(failed_rows(engine, first), _3="still bad", _5="dee@example.com")
    rows[0]["First name"] = "Robert"
    second = continue_with(engine, workspace_id, rows)
    assert counts(now(engine, first)) == (3, 0, 1, 1, 0)
    for report in (first, second):  # either report gives the same file
        [left] = failed_rows(engine, report)
        assert (left["Email"], left["First name"], left[ROW_COLUMN]) == ("still bad", "Robert", "3")
        assert left[IMPORT_COLUMN] == import_id_text(first.id)
    continue_with(engine, workspace_id, mend([left], _3="bob@example.com"))
    assert counts(now(engine, first)) == (4, 0, 1, 0, 0)
    assert read_lead(engine, workspace_id, "bob@example.com")["first_name"] == "Robert"
    family = continue_flow.load_family(engine, **place(first))
    assert (family.first, len(family.continuations)) == (None, 2)
    assert continue_flow.load_family(engine, **place(second)).first.id == first.id


def test_corrections_in_the_review_of_the_second_file_count_too(engine, workspace_id, first):
    draft = upload(engine, workspace_id, as_csv(failed_rows(engine, first)))
    draft_flow.correct_cells(engine, **place(draft), corrections={3: {"Email": "bob@example.com"}, 5: {"Email": "worse"}})
    carry_out(engine, draft)
    assert counts(now(engine, first)) == (3, 0, 1, 1, 0)
    assert [row["Email"] for row in failed_rows(engine, first)] == ["worse"]


def test_a_row_that_is_left_out_in_the_second_file_is_left_out_of_the_first(engine, workspace_id, first):
    draft = upload(engine, workspace_id, as_csv(failed_rows(engine, first)))
    draft_flow.skip_rows(engine, **place(draft), rows=[3], skip=True)
    carry_out(engine, draft)
    assert counts(now(engine, first)) == (2, 0, 1, 1, 1)
    assert [row[ROW_COLUMN] for row in failed_rows(engine, first)] == ["5"]


# --- nothing twice -----------------------------------------------------------------------------------------------------


def test_rows_that_are_in_already_are_not_counted_again(engine, workspace_id, first):
    rows = mend(failed_rows(engine, first), _3="bob@example.com")
    continue_with(engine, workspace_id, rows)
    again = mend(rows, _3="robert@example.com", _5="dee@example.com")  # row 3 is in: its new email is not another lead
    second = continue_with(engine, workspace_id, again)
    assert outcomes(report_flow.load_report(engine, **place(second)).decisions) == [
        (3, "not_imported", "row-already-imported"), (5, "created", None),
    ]  # fmt: skip
    assert counts(second) == (1, 0, 0, 0, 1)
    assert counts(now(engine, first)) == (4, 0, 1, 0, 0)
    assert "robert@example.com" not in active_emails(engine, workspace_id)
    assert failed_rows(engine, second) == []


def test_the_whole_first_file_with_marks_brings_only_what_failed(engine, workspace_id, first):
    rows = [*csv.DictReader(io.StringIO(FILE.decode("utf-8-sig"), newline=""))]
    marked = [
        {**row, IMPORT_COLUMN: import_id_text(first.id), ROW_COLUMN: f"{number}"}
        for number, row in enumerate(rows, start=2)
    ]
    continue_with(engine, workspace_id, mend(marked, _3="bob@example.com", _5="dee@example.com"))
    assert counts(now(engine, first)) == (4, 0, 1, 0, 0)


def test_a_duplicate_of_the_first_file_can_be_mended_too(engine, workspace_id):
    first = import_file(engine, workspace_id, write_csv(["Email"], [["a@example.com"], ["a@example.com"]])).record
    row = {"Email": "b@example.com", IMPORT_COLUMN: import_id_text(first.id), ROW_COLUMN: "3"}
    continue_with(engine, workspace_id, [row])
    assert counts(now(engine, first)) == (2, 0, 0, 0, 0)


def test_a_lead_that_was_deleted_meanwhile_comes_back_within_the_limit(engine, workspace_id, first):
    """A duplicate of the first file whose lead is deleted since: it is judged anew, and takes a place."""
    lead_id = read_lead(engine, workspace_id, "held@example.com")["id"]
    delete_lead(engine, workspace_id=workspace_id, lead_id=lead_id)
    row = {"Email": "held@example.com", IMPORT_COLUMN: import_id_text(first.id), ROW_COLUMN: "4"}
    continue_with(engine, workspace_id, [row])
    assert counts(now(engine, first)) == (2, 1, 0, 2, 0)


def test_two_files_that_continue_at_once_bring_each_row_once(engine, workspace_id, first):
    rows = mend(failed_rows(engine, first), _3="bob@example.com", _5="dee@example.com")
    drafts = [upload(engine, workspace_id, as_csv(rows)) for _ in range(3)]
    for draft in drafts:
        run_flow.start_import(engine, **place(draft))
    run_together(*[lambda draft=draft: run(engine, draft) for draft in drafts])
    assert counts(now(engine, first)) == (4, 0, 1, 0, 0)
    done = [counts(now(engine, draft)) for draft in drafts]
    assert sorted(done) == [(0, 0, 0, 0, 2), (0, 0, 0, 0, 2), (2, 0, 0, 0, 0)]


def test_a_lost_answer_to_the_commit_moves_no_count_twice(engine, workspace_id, first):
    draft = upload(engine, workspace_id, as_csv(mend(failed_rows(engine, first), _3="bob@example.com")))
    run_flow.start_import(engine, **place(draft))

    def is_part(conn):
        return conn.exec_driver_sql("SELECT parts_done FROM imports WHERE id = %s", (draft.id,)).scalar()

    with losing_the_answer(engine, is_part):
        run_flow.run_import(engine, **place(draft))
    assert now(engine, draft).state == "done"
    assert counts(now(engine, first)) == (3, 0, 1, 1, 0)


# --- imports that stopped ----------------------------------------------------------------------------------------------


def test_rows_that_the_limit_kept_out_are_brought_later(engine, workspace_id):
    """A part that was never reached gets its ledger from the continuation; the import is done then."""
    set_limit(engine, workspace_id, 1000)
    emails = [f"a{n}@example.com" for n in range(2003)]
    first = run(engine, make_running(engine, workspace_id, write_csv(["Email"], [[email] for email in emails])))
    assert (first.state, counts(first)) == ("failed", (1000, 0, 0, 0, 1003))
    rows = failed_rows(engine, first)
    set_limit(engine, workspace_id, 10_000)
    draft = upload(engine, workspace_id, as_csv(rows[:1001]))  # two rows stay behind
    assert draft_flow.preview(engine, **place(draft)).plan.added == 1001
    assert carry_out(engine, draft).state == "done"
    after = now(engine, first)
    assert (after.state, after.failure, after.parts_done, counts(after)) == ("done", None, 3, (2001, 0, 0, 0, 2))
    assert [row["Email"] for row in failed_rows(engine, first)] == emails[-2:]
    assert [row[REASON_COLUMN] for row in failed_rows(engine, first)] == [rows[0][REASON_COLUMN]] * 2
    continue_with(engine, workspace_id, failed_rows(engine, first))
    assert counts(now(engine, first)) == (2003, 0, 0, 0, 0)
    assert count_leads(engine, workspace_id) == (2003, 0)
    report = report_flow.load_report(engine, **place(first))
    assert [decision.row for decision in report.decisions] == list(range(2, 2005))


def test_parked_rows_are_brought_later(engine, workspace_id):
    ready = make_ready(engine, workspace_id, write_csv(["Email"], [["a@example.com"], ["b@example.com"]]))
    draft_flow.set_parked_rows(engine, **place(ready), rows=[3])
    first = carry_out(engine, ready)
    assert counts(first) == (1, 0, 0, 0, 1)
    draft = upload(engine, workspace_id, report_flow.parked_rows_csv(engine, **place(first)))
    assert draft.parked_rows == frozenset()
    carry_out(engine, draft)
    assert counts(now(engine, first)) == (2, 0, 0, 0, 0)


def test_what_the_review_of_the_second_file_said_is_no_drift_of_the_first(engine, workspace_id):
    ready = make_ready(engine, workspace_id, FILE, MAPPING)
    run_flow.start_import(engine, **place(ready), seen=see_plan(draft_flow.preview(engine, **place(ready))))
    first = run(engine, ready)
    continue_with(engine, workspace_id, mend(failed_rows(engine, first), _3="bob@example.com"))
    assert drift_of(report_flow.load_report(engine, **place(first))) == []


# --- undo --------------------------------------------------------------------------------------------------------------


def test_an_undo_takes_back_what_later_files_brought(engine, workspace_id, first):
    before = active_emails(engine, workspace_id)
    second = continue_with(engine, workspace_id, mend(failed_rows(engine, first), _3="bob@example.com"))
    undone = undo_flow.undo_import(engine, **place(first))
    assert undone.counts["created"] == 3
    assert active_emails(engine, workspace_id) == {"held@example.com"}
    assert now(engine, second).state == "undone"
    undo_flow.redo_import(engine, **place(first))
    assert active_emails(engine, workspace_id) == before | {"bob@example.com"}
    assert (now(engine, first).state, now(engine, second).state) == ("done", "done")


@pytest.mark.parametrize("step", [undo_flow.undo_import, undo_flow.preview_undo, undo_flow.redo_import, undo_flow.preview_redo])
def test_a_continuation_is_undone_with_the_first_import_alone(engine, workspace_id, first, step):
    second = continue_with(engine, workspace_id, mend(failed_rows(engine, first), _3="bob@example.com"))
    with pytest.raises(StateConflict, match=import_id_text(first.id)):
        step(engine, **place(second))


# --- files that continue nothing ----------------------------------------------------------------------------------------


def test_an_unknown_import_makes_an_ordinary_file_without_our_columns(engine, workspace_id, first):
    for unknown in (first, None):
        there = make_workspace(engine) if unknown else workspace_id
        rows = [{**row, IMPORT_COLUMN: import_id_text(unknown.id if unknown else new_id())} for row in failed_rows(engine, first)]
        draft = upload(engine, there, as_csv(rows))
        table = draft_flow.load_table(engine, **place(draft))
        assert (draft.continues, draft.state, table.columns, table.row_numbers) == (None, "draft", tuple(HEADER), (2, 3))
        assert brief(table.issues) == [(None, None, "file-import-unknown")]


def test_an_import_that_is_undone_is_not_continued(engine, workspace_id, first):
    content = as_csv(mend(failed_rows(engine, first), _3="bob@example.com"))
    undo_flow.undo_import(engine, **place(first))
    draft = upload(engine, workspace_id, content)
    assert draft.continues is None
    assert brief(draft_flow.load_table(engine, **place(draft)).issues) == [(None, None, "file-import-closed")]


def test_an_import_that_is_undone_between_upload_and_run_gets_nothing(engine, workspace_id, first):
    draft = upload(engine, workspace_id, as_csv(mend(failed_rows(engine, first), _3="bob@example.com")))
    undo_flow.undo_import(engine, **place(first))
    stored = read_leads(engine, workspace_id)
    stopped = carry_out(engine, draft)
    assert (stopped.state, stopped.failure.code) == ("failed", "continued-import-closed")
    assert read_leads(engine, workspace_id) == stored
    undo_flow.redo_import(engine, **place(first))
    run_flow.resume_import(engine, **place(draft))
    assert run(engine, draft).state == "done"
    assert counts(now(engine, first)) == (3, 0, 1, 1, 0)


def test_read_in_another_way_a_file_may_continue_nothing(engine, workspace_id, first):
    draft = upload(engine, workspace_id, as_csv(failed_rows(engine, first)))
    read = draft_flow.change_reading(engine, **place(draft), options={"delimiter": ";"})
    assert (read.continues, read.state) == (None, "draft")
    back = draft_flow.change_reading(engine, **place(draft), options={"delimiter": ","})
    assert (back.continues, back.state) == (first.id, "ready")


def test_without_the_email_column_the_mapping_is_asked_for(engine, workspace_id, first):
    rows = [{name: cell for name, cell in row.items() if name != "Email"} for row in failed_rows(engine, first)]
    draft = upload(engine, workspace_id, as_csv(rows))
    assert (draft.continues, draft.state) == (first.id, "draft")
