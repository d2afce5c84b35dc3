"""contract.md section 5: what would happen, row by row, and the report that accounts for every row, as tables."""

import pytest

from core import reporting
from core.chunks import Plan
from core.deciding import decide_rows
from core.fields import FIELDS
from core.ids import new_hex_ids
from core.issues import KIND_BY_CODE, make_issue
from core.records import OUTCOMES, Failure, ImportOptions, Preview, Quota, RowDecision
from core.validation import check_rows
from tests.core.test_language import in_german
from tests.factories import active_lead, deleted_lead, left_out, valid_row, whole_lead

COLUMNS = {"email": "E-Mail", "company": "Firma"}


@pytest.fixture
def decisions():
    """One row of every fate, and a row with two problems."""
    [bad] = check_rows([{"email": "ada", "company": "x" * 300}], [6], COLUMNS)
    rows = [
        valid_row(2, "New@example.com", first_name="Ada", last_name="Byron", company="Kite"),
        valid_row(3, "back@example.com", company="Kite", tags=["new"], custom_fields={"Budget": 2}),
        valid_row(4, "new@example.com"),
        valid_row(5, "held@example.com"),
        bad,
        valid_row(7, "left@example.com"),
    ]
    stored = {
        "back@example.com": deleted_lead("back@example.com", company="Acme", tags=("old",), custom_fields={"Budget": 1}),
        "held@example.com": active_lead(),
    }
    plan = decide_rows(rows, stored, options=ImportOptions(), choices=left_out(7), new_ids=new_hex_ids())
    return plan.decisions


def lines(columns):
    """A table's lines, without its header."""
    return list(zip(*columns.values(), strict=True))


def test_created_rows_are_shown_with_name_and_company(decisions):
    table = reporting.created_table(decisions)
    assert list(table) == ["Row", "Email", "First name", "Last name", "Company"]
    assert lines(table) == [(2, "New@example.com", "Ada", "Byron", "Kite")]


def test_a_restore_is_shown_field_by_field_with_old_and_new_value(decisions):
    """design.md section 4: restores show the merge field by field."""
    assert lines(reporting.restored_table(decisions)) == [
        (3, "back@example.com", "Company", "Acme", "Kite"),
        (3, "back@example.com", "Tags", "old", "old, new"),
        (3, "back@example.com", "Budget", "1", "2"),
    ]


def test_a_lead_that_only_comes_back_has_one_line():
    rows = [valid_row(2, "back@example.com")]
    plan = decide_rows(rows, {"back@example.com": deleted_lead("back@example.com")}, options=ImportOptions())
    assert lines(reporting.restored_table(plan.decisions)) == [(2, "back@example.com", "", "", "")]


def test_a_duplicate_in_the_file_names_the_winning_row(decisions):
    assert lines(reporting.file_duplicates_table(decisions)) == [(4, "new@example.com", 2)]


def test_a_duplicate_of_a_lead_says_which_kind(decisions):
    [(row, email, why)] = lines(reporting.existing_duplicates_table(decisions))
    assert (row, email) == (5, "held@example.com")
    assert "already in the workspace" in why
    plan = decide_rows(
        [valid_row(2, "back@example.com")],
        {"back@example.com": deleted_lead("back@example.com")},
        options=ImportOptions(restore_soft_deleted=False),
    )
    [(_, _, why)] = lines(reporting.existing_duplicates_table(plan.decisions))
    assert "soft-deleted" in why


def test_errors_have_one_line_per_problem(decisions):
    table = lines(reporting.errors_table(decisions))
    assert [line[:3] for line in table] == [(6, "ada", "E-Mail"), (6, "ada", "Firma")]
    assert all(problem and hint for *_, problem, _, hint in table)


def test_rows_that_were_not_imported_are_shown_with_the_reason(decisions):
    assert lines(reporting.not_imported_table(decisions)) == [
        (7, "left@example.com", "You left this row out in the review.")
    ]


def test_the_tables_share_out_every_row(decisions):
    """contract.md section 5: the report accounts for every row of the file by its row number."""
    tables = (
        reporting.created_table,
        reporting.restored_table,
        reporting.file_duplicates_table,
        reporting.existing_duplicates_table,
        reporting.errors_table,
        reporting.not_imported_table,
    )
    rows = [set(table(decisions)["Row"]) for table in tables]
    assert sorted(row for found in rows for row in found) == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    "table",
    [
        reporting.created_table,
        reporting.restored_table,
        reporting.file_duplicates_table,
        reporting.existing_duplicates_table,
        reporting.errors_table,
        reporting.not_imported_table,
    ],
)
def test_a_table_of_nothing_keeps_its_columns(table):
    columns = table([])
    assert columns
    assert set(map(tuple, columns.values())) == {()}


def test_a_line_of_the_report_has_a_cell_for_every_column(decisions):
    """`contract.md` section 5: as tables and as a CSV."""
    report = [dict(zip(reporting.REPORT_HEADER, reporting.report_line(d), strict=True)) for d in decisions]
    assert [(line["Row"], line["Outcome"], line["Code"]) for line in report] == [
        ("2", "Created", ""),
        ("3", "Restored", ""),
        ("4", "Duplicate", "duplicate-in-file"),
        ("5", "Duplicate", "duplicate-existing"),
        ("6", "Error", "email-invalid"),
        ("7", "Not imported", "row-skipped"),
    ]
    assert [line["Same as row"] for line in report] == ["", "", "2", "", "", ""]
    assert report[4]["Column"] == "E-Mail, Firma"
    assert report[0]["Lead"] == f"cld_{decisions[0].lead_id}"
    assert [bool(line["Lead"]) for line in report] == [True, True, False, True, False, False]


def test_every_line_but_a_plain_create_says_why(decisions):
    said = [reporting.reason(decision) for decision in decisions]
    assert [bool(text) for text in said] == [False, True, True, True, True, True]
    assert "row 2" in said[2]
    assert "@-sign" in said[4]
    assert "Company" in said[4], "everything that is wrong, not only the first"


def test_a_row_that_filled_blanks_says_which():
    stored = {"a@example.com": whole_lead("a@example.com", company="Acme")}
    row = valid_row(2, "a@example.com", company="Kite", phone="1", custom_fields={"Seats": 5})
    [decision] = decide_rows([row], stored, options=ImportOptions(fill_blanks=True)).decisions
    assert reporting.reason(decision).endswith("its empty fields are filled from this row: Phone, Seats.")
    assert reporting.what_to_do(decision) == "Nothing to do: what the lead had stays."


def test_decisions_are_found_by_their_codes(decisions):
    assert [one.row for one in reporting.with_code(decisions, "duplicate-in-file", "row-skipped")] == [4, 7]


def test_what_to_do_is_said_once_per_hint():
    issue = make_issue("value-too-long", row=2, label="Company", length=300, limit=255)
    decision = RowDecision(2, "error", "", "value-too-long", issues=(issue, issue))
    assert reporting.what_to_do(decision) == "Shorten the text."


@pytest.mark.parametrize("code", ["quota-exceeded", "import-cancelled", "import-failed", "disk-full", "server-exhausted", "row-skipped", "row-parked"])
def test_a_row_that_was_not_reached_says_why_without_any_blank(code):
    decision = RowDecision(2, "not_imported", "a@example.com", code)
    assert "{" not in reporting.reason(decision) + reporting.what_to_do(decision)
    assert reporting.reason(decision)
    assert len(reporting.report_line(decision)) == len(reporting.REPORT_HEADER)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Failure("disk-full", "The import stopped because the disk of the database was full.", ""),
         "Der Import hielt an, weil die Platte der Datenbank voll war."),
        (Failure("quota-exceeded", "The workspace has room for 1,000 more leads; this part would add 12.", ""),
         "Der Arbeitsbereich hat noch Platz für 1.000 Leads; dieser Teil würde 12 hinzufügen."),
        (Failure("quota-exceeded", "In the words of another release.", "Wait."), "In the words of another release."),
    ],
)  # fmt: skip
def test_why_an_import_stopped_is_told_in_the_readers_language(failure, said):
    message, hint = in_german(lambda: reporting.why_stopped(failure))
    assert message == said
    assert hint
    assert reporting.why_stopped(failure)[0] == failure.message


@pytest.mark.parametrize("code", ["quota-exceeded", "import-cancelled", "import-failed"])
def test_a_row_is_told_that_it_was_not_reached_and_the_import_that_it_stopped(code):
    row = RowDecision(7, "not_imported", "a@example.com", code)
    assert "before this row" in reporting.reason(row)
    assert "row" not in reporting.why_stopped(Failure(code, KIND_BY_CODE[code].message, ""))[0]
    assert in_german(lambda: reporting.reason(row)) != reporting.reason(row)


def test_rows_worth_fixing_are_errors_and_rows_not_reached(decisions):
    """The failed rows alone; what the user left out is no failure."""
    assert [decision.row for decision in decisions if reporting.is_failed(decision)] == [6]
    assert not reporting.is_failed(RowDecision(2, "not_imported", "", "row-parked")), "parked rows have a file of their own"
    assert reporting.is_failed(RowDecision(2, "not_imported", "", "quota-exceeded"))
    assert reporting.is_failed(RowDecision(2, "not_imported", "", "import-cancelled"))


def test_every_outcome_has_a_label():
    assert set(reporting.OUTCOME_LABELS) == set(OUTCOMES)


def test_the_changes_of_a_restore_name_every_field_by_its_label():
    before = deleted_lead("a@example.com")
    row = valid_row(
        2, "a@example.com", first_name="1", last_name="2", company="3", title="4", phone="5", linkedin_url="6",
        website="7", notes="8", source="9", status="replied", tags=["t"], custom_fields={"k": 0, "l": True},
    )  # fmt: skip
    [decision] = decide_rows([row], {"a@example.com": before}, options=ImportOptions()).decisions
    names = [change[0] for change in reporting.stored_changes(decision)]
    expected = [field.label for field in FIELDS if field.key not in ("email", "source")]
    assert names == [*expected, "k", "l"]


def test_the_cells_to_repair_are_listed_with_room_for_a_new_value(decisions):
    preview = Preview(record=None, plan=Plan.of(decisions), quota=Quota(10, 0))
    table = reporting.problems_table(preview)
    assert [(row, column, new, left) for row, column, _, _, new, left in lines(table)] == [
        (6, "E-Mail", "", False),
        (6, "Firma", "", False),
        (7, "", "", True),
    ]

