"""CSV that leaves the app: safe to open in a spreadsheet, and the same again when it comes back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.error_values import ERROR_VALUES
from core.parsing import parse_file
from core.safe_csv import mark_cell, unmark_cell, write_csv

CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufeff"), max_size=20
) | st.sampled_from(
    ["=1+1", "+49 170", "-", "@x", "\tx", "\rx", "'=1", "''=1", "'tis", "", " =1", '"', "a\nb", "a,b", "#1", "1E+5"]
)


@pytest.mark.parametrize(
    ("cell", "marked"),
    [
        ("=1+1", "'=1+1"),
        ("+49 170", "'+49 170"),
        ("-5", "'-5"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_cells_that_a_spreadsheet_would_run_are_marked(cell, marked):
    assert mark_cell(cell) == marked
    assert unmark_cell(marked) == cell


def test_a_file_has_a_byte_order_mark_and_crlf():
    assert write_csv(["Email", "Note"], [["a@b.co", "x,y"]]) == b'\xef\xbb\xbfEmail,Note\r\na@b.co,"x,y"\r\n'


def test_half_surrogates_do_not_break_the_download():
    assert b"a?b" in write_csv(["Name"], [["a\ud800b"]])


@given(CELLS)
def test_the_marker_comes_off_exactly(cell):
    assert unmark_cell(mark_cell(cell)) == cell


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
def test_no_cell_that_leaves_begins_with_a_formula(rows):
    text = write_csv(["a", "b", "c"], rows).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@given(st.lists(st.lists(CELLS | st.sampled_from(sorted(ERROR_VALUES)), min_size=2, max_size=2), max_size=5))
def test_what_was_written_is_read_again(rows):
    content = write_csv(["Key", "B", "C"], [["k", *row] for row in [*rows, ["x", "y"]]])
    table = parse_file("again.csv", content, {"encoding": "utf-8", "delimiter": ",", "header_row": 1})
    assert [list(row[1:]) for row in table.rows] == [*rows, ["x", "y"]]


@pytest.mark.parametrize("text", ["#N/A", " #WERT! ", "'#N/A", "Err:502"])
def test_a_text_that_reads_like_a_failed_formula_is_marked_and_comes_back_as_it_is(text):
    assert mark_cell(text) == f"'{text}"
    table = parse_file("x.csv", write_csv(["Email", "Company"], [["a@example.com", text], ["b@example.com", "#1"]]))
    assert [row[1] for row in table.rows] == [text, "#1"]
    assert table.issues == ()
