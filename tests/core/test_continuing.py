"""Which rows of a first file a second one brings again, without a database."""

from dataclasses import replace

import pytest

from core.continuing import (
    ALREADY_IMPORTED,
    IMPORT_COLUMN,
    REASON_COLUMN,
    ROW_COLUMN,
    find_marks,
    replace_rows,
    settle,
    under_marked_rows,
    without_marks,
)
from core.ids import import_id_text, new_id
from core.issues import make_issue
from core.parsing import parse_file
from core.records import FILLED, RowDecision
from core.safe_csv import write_csv
from tests.factories import brief

FIRST, OTHER = new_id(), new_id()


def table(header, *rows):
    return parse_file("fixed.csv", write_csv(header, rows))


def fixed(*rows, first=FIRST):
    """A file of failed rows as it comes back: email and the row that it was."""
    return table(
        ["Email", IMPORT_COLUMN, ROW_COLUMN, REASON_COLUMN],
        *[[email, import_id_text(first), row, "why"] for email, row in rows],
    )


def test_a_file_without_our_columns_has_no_marks():
    assert find_marks(table(["Email", "Row"], ["a@x.com", "7"])) is None


@pytest.mark.parametrize("header", [["Email", ROW_COLUMN], ["Email", IMPORT_COLUMN]])
def test_both_columns_are_needed(header):
    assert find_marks(table(header, ["a@x.com", "7"])) is None


def test_columns_are_found_in_any_order_case_and_spacing():
    found = find_marks(table([" lead import:  ROW", "Email", "LEAD IMPORT: import "], ["7", "a@x.com", import_id_text(FIRST)]))
    assert (found.import_id, found.rows) == (FIRST, (7,))


def test_without_a_readable_import_there_are_no_marks():
    assert find_marks(table(["Email", IMPORT_COLUMN, ROW_COLUMN], ["a@x.com", "imp_x", "7"])) is None


@pytest.mark.parametrize(
    ("cell", "row"),
    [("17", 17), (" 17 ", 17), ("17.0", 17), ("17,00", 17), ("", None), ("x", None), ("1.5", None), ("-3", None)],
)
def test_a_row_number_as_spreadsheets_write_it(cell, row):
    assert find_marks(fixed(("a@x.com", cell))).rows == (row,)


def test_of_several_imports_the_one_of_most_rows_counts():
    ids = [import_id_text(one) for one in (OTHER, FIRST, FIRST)]
    rows = [[f"{n}@x.com", one, f"{n}"] for n, one in enumerate(ids, start=5)]
    found = find_marks(table(["Email", IMPORT_COLUMN, ROW_COLUMN], *rows))
    assert (found.import_id, found.rows) == (FIRST, (None, 6, 7))


def test_our_columns_are_taken_out_of_the_table():
    stripped = without_marks(fixed(("a@x.com", "7")))
    assert (stripped.columns, stripped.rows) == (("Email",), (("a@x.com",),))
    only_ours = table([REASON_COLUMN, ROW_COLUMN], ["why", "7"])
    assert without_marks(only_ours) == only_ours


def test_rows_stand_under_the_numbers_and_in_the_order_of_the_first_file():
    parsed = fixed(("c@x.com", "9"), ("a@x.com", "4"), ("new@x.com", ""), ("a2@x.com", "4"), ("other@x.com", "5"))
    own = under_marked_rows(parsed, find_marks(parsed), (2, 3, 4, 9, 12))
    assert list(zip(own.row_numbers, own.rows, strict=True)) == [
        (4, ("a@x.com",)),
        (9, ("c@x.com",)),
        (13, ("new@x.com",)),  # not marked: added at the end
        (14, ("a2@x.com",)),  # a second one of row 4
        (15, ("other@x.com",)),  # the first file has no row 5
    ]


def test_what_is_odd_about_a_row_is_said_under_its_new_number():
    odd = make_issue("cell-digits-lost", row=2, column="Email", value="4.9E+11")
    of_file = make_issue("header-not-first", row_number=3, value="x")
    parsed = replace(fixed(("a@x.com", "40")), issues=(of_file, odd))
    own = under_marked_rows(parsed, find_marks(parsed), (40,))
    assert brief(own.issues) == [(None, None, "header-not-first"), (40, "Email", "cell-digits-lost")]


# --- decisions ----------------------------------------------------------------------------------------------------------

LEDGER = (
    RowDecision(2, "created", "A@x.com", lead_id="a"),
    RowDecision(3, "duplicate", "a@x.com", "duplicate-in-file", first_row=2),
    RowDecision(4, "duplicate", "held@x.com", "duplicate-existing", lead_id="h"),
    RowDecision(5, "error", "bad", "email-invalid", issues=(make_issue("email-invalid", row=5, why="no"),)),
    RowDecision(6, "not_imported", "left@x.com", "row-skipped"),
    RowDecision(7, "duplicate", "f@x.com", FILLED, lead_id="f"),
)


def test_what_is_imported_is_settled_and_valid_rows_keep_their_emails():
    settled = settle(LEDGER, again=[5])
    assert settled.imported == {2, 7}
    assert settled.first_rows == {"a@x.com": 2, "held@x.com": 4, "f@x.com": 7}


def test_a_row_that_is_brought_again_holds_no_email_of_its_own_unless_it_is_imported():
    assert settle(LEDGER, again=[2, 3, 4, 5]).first_rows == {"a@x.com": 2, "f@x.com": 7}


def test_failed_rows_get_their_new_decisions_and_imported_ones_stay():
    brought = [
        RowDecision(2, "not_imported", "a@x.com", ALREADY_IMPORTED),
        RowDecision(5, "created", "good@x.com", lead_id="g"),
        RowDecision(7, "created", "elsewhere@x.com", lead_id="e"),  # nobody may count row 7 twice
        RowDecision(99, "created", "added@x.com", lead_id="n"),
    ]
    changed = replace_rows({1: LEDGER[:3], 2: LEDGER[3:]}, brought)
    assert changed == {2: [brought[1], LEDGER[4], LEDGER[5]]}


def test_where_nothing_is_replaced_no_part_changes():
    assert replace_rows({1: LEDGER}, [RowDecision(2, "not_imported", "a@x.com", ALREADY_IMPORTED)]) == {}
