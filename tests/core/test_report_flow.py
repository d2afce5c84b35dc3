"""contract.md section 5: the report accounts for every row of the file by its row number, as tables and as a CSV."""

import csv
import io

import pytest

from core import draft_flow, report_flow, run_flow
from core.errors import NotFound
from core.ids import import_id_text, new_id, parse_lead_id
from core.reporting import FAILED_ROWS_EXTRA, REPORT_HEADER
from tests.factories import (
    emails_csv,
    import_file,
    make_ready,
    make_running,
    make_workspace,
    outcomes,
    place,
    put_leads,
    read_lead,
    run,
    set_limit,
    soft_delete,
)

FILE = (
    b"Name,E-Mail,Note\n"
    b"Ada,new@example.com,=1+1\n"
    b"Bo,held@example.com,\n"
    b"\n"
    b"Cy,back@example.com,\n"
    b'"D, Jr.",NEW@example.com,"two\nlines"\n'
    b"Ed,bad,+49 30\n"
    b"Fi,,@home\n"
    b"Gi,left@example.com,\n"
)
MAPPING = {"Name": "first_name", "E-Mail": "email", "Note": "notes"}


@pytest.fixture
def record(engine, workspace_id):
    """A finished import with a row of every fate; row 4 of the file is blank, row 6 has two lines."""
    put_leads(engine, workspace_id, ["held@example.com"])
    put_leads(engine, workspace_id, [{"email": "back@example.com", "first_name": "Old"}], deleted=True)
    ready = make_ready(engine, workspace_id, FILE, MAPPING)
    last = draft_flow.load_table(engine, **place(ready)).row_numbers[-1]
    draft_flow.skip_rows(engine, **place(ready), rows=[last], skip=True)
    run_flow.start_import(engine, **place(ready))
    return run(engine, ready)


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def row_numbers(engine, record):
    return draft_flow.load_table(engine, **place(record)).row_numbers


def test_the_report_accounts_for_every_row_in_file_order(engine, record):
    report = report_flow.load_report(engine, **place(record))
    rows = row_numbers(engine, record)
    assert [decision.row for decision in report.decisions] == list(rows)
    assert [decision.outcome for decision in report.decisions] == [
        "created", "duplicate", "restored", "duplicate", "error", "error", "not_imported",
    ]  # fmt: skip
    assert report.record == record
    assert sum(record.counts.values()) == len(rows)
    assert {outcome: count for outcome, count in record.counts.items() if count} == {
        "created": 1, "restored": 1, "duplicate": 2, "error": 2, "not_imported": 1,
    }  # fmt: skip


def test_a_row_is_named_as_the_file_gave_it_beside_its_email(engine, record):
    decisions = report_flow.load_report(engine, **place(record)).decisions
    assert [decision.lead.first_name if decision.lead else None for decision in decisions] == [
        "Ada", "Bo", "Cy", "D, Jr.", None, None, "Gi",
    ]  # fmt: skip
    assert decisions[2].stored.lead.first_name == "Old"


def test_the_report_says_what_was_done_whatever_happens_afterwards(engine, record):
    """design.md section 2: everything that people see afterwards is read from the ledger."""
    before = report_flow.load_report(engine, **place(record))
    soft_delete(engine, record.workspace_id, ["new@example.com", "back@example.com"])
    import_file(engine, record.workspace_id, emails_csv(["new@example.com"]))
    assert report_flow.load_report(engine, **place(record)) == before


def test_the_report_of_a_draft_has_no_rows_and_of_a_ready_import_all_as_not_imported(engine, workspace_id):
    draft = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="x.csv", content=FILE, created_by="ada"
    )
    assert report_flow.load_report(engine, **place(draft)).decisions == ()
    ready = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    assert outcomes(report_flow.load_report(engine, **place(ready)).decisions) == [(2, "not_imported", None)]


# --- the CSVs -----------------------------------------------------------------------------------------------------------


def test_the_report_csv_has_a_line_per_row(engine, record):
    header, *lines = read_csv(report_flow.report_csv(engine, **place(record)))
    assert tuple(header) == REPORT_HEADER
    cells = [dict(zip(header, line, strict=True)) for line in lines]
    assert [int(line["Row"]) for line in cells] == list(row_numbers(engine, record))
    assert [line["Outcome"] for line in cells] == [
        "Created", "Duplicate", "Restored", "Duplicate", "Error", "Error", "Not imported",
    ]  # fmt: skip
    assert cells[3]["Same as row"] == "2"
    assert (cells[4]["Column"], cells[5]["Reason"]) == ("E-Mail", "empty email")
    assert parse_lead_id(cells[0]["Lead"]) == read_lead(engine, record.workspace_id, "new@example.com")["id"]
    assert parse_lead_id(cells[2]["Lead"]) == read_lead(engine, record.workspace_id, "back@example.com")["id"]


def test_the_failed_rows_are_the_cells_of_the_file_with_the_reason(engine, record):
    """The failed rows alone. What the user left out is not among them."""
    header, *lines = read_csv(report_flow.failed_rows_csv(engine, **place(record)))
    rows = row_numbers(engine, record)
    assert tuple(header) == ("Name", "E-Mail", "Note", *FAILED_ROWS_EXTRA)
    assert [line[:5] for line in lines] == [
        ["Ed", "bad", "'+49 30", import_id_text(record.id), str(rows[4])],
        ["Fi", "", "'@home", import_id_text(record.id), str(rows[5])],
    ]
    assert lines[1][5] == "empty email"


def test_corrections_made_in_the_review_are_not_lost_with_a_failed_row(engine, workspace_id):
    """Nothing is lost: who corrected one cell of a row need not do so again because another one is still wrong."""
    record = make_ready(engine, workspace_id, FILE, MAPPING)
    row = row_numbers(engine, record)[4]
    draft_flow.correct_cells(engine, **place(record), corrections={row: {"Name": "Edward", "E-Mail": "still bad"}})
    run_flow.start_import(engine, **place(record))
    run(engine, record)
    _, *lines = read_csv(report_flow.failed_rows_csv(engine, **place(record)))
    assert lines[0][:3] == ["Edward", "still bad", "'+49 30"]


def test_the_failed_rows_can_be_mended_and_imported(engine, record):
    """The marker that makes a cell safe is taken off again when the file comes back (design.md section 4)."""
    content = report_flow.failed_rows_csv(engine, **place(record)).replace(b"bad", b"ed@example.com")
    report = import_file(engine, record.workspace_id, content, mapping=MAPPING)
    assert [decision.outcome for decision in report.decisions] == ["created", "error"]
    assert read_lead(engine, record.workspace_id, "ed@example.com")["notes"] == "+49 30"


@pytest.mark.parametrize("email", ["=cmd()@example.com", "+a@example.com", "-a@example.com", "@bad", "=bad", "\tbad"])
def test_no_cell_of_a_report_is_a_formula(engine, workspace_id, email):
    """design.md section 4: any CSV that leaves the app is safe to open in a spreadsheet."""
    record = import_file(engine, workspace_id, emails_csv([email, "=bad"])).record
    for download in (report_flow.report_csv, report_flow.failed_rows_csv):
        for line in read_csv(download(engine, **place(record))):
            assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_rows_that_the_limit_kept_out_are_failed_rows(engine, workspace_id):
    set_limit(engine, workspace_id, 0)
    record = run(engine, make_running(engine, workspace_id, emails_csv(["a@example.com", "bad"])))
    _, *lines = read_csv(report_flow.failed_rows_csv(engine, **place(record)))
    assert [line[0] for line in lines] == ["a@example.com", "bad"]
    assert {line[-1] for line in lines} == {"The import stopped before this row: the contact limit was reached."}


def test_an_import_without_failures_has_a_header_alone(engine, workspace_id):
    record = import_file(engine, workspace_id, emails_csv(["a@example.com"])).record
    assert len(read_csv(report_flow.failed_rows_csv(engine, **place(record)))) == 1


def test_another_workspace_sees_nothing_of_it(engine, record):
    other = make_workspace(engine)
    for ask in (report_flow.load_report, report_flow.report_csv, report_flow.failed_rows_csv, report_flow.get_import):
        with pytest.raises(NotFound):
            ask(engine, workspace_id=other, import_id=record.id)
        with pytest.raises(NotFound):
            ask(engine, workspace_id=record.workspace_id, import_id=new_id())
