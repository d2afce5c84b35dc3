"""Where the header is, and what the columns are called."""

import pytest

from core.header_row import clean_header, find_header, letter_of, name_columns
from core.issues import make_issue

LEAD = ["anna@acme.com", "Anna", "Acme"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param([["Email", "Name", "Firm"], LEAD], 0, id="plain"),
        pytest.param([["E-Mail-Adresse", "Name", "Firm"], LEAD], 0, id="german"),
        pytest.param([["Contact", "Name", "Firm"], LEAD], 0, id="email column under another name"),
        pytest.param([LEAD, LEAD], None, id="no header"),
        pytest.param([["anna@acme.com"], ["ben@acme.com"]], None, id="one column, no header"),
        pytest.param([["Email"], ["anna@acme.com"]], 0, id="one column"),
        pytest.param([["Leads"], ["anna@acme.com"]], 0, id="one column under another name"),
        pytest.param([["Export", "", ""], ["12.03.2024", "", ""], ["Email", "Name", "Firm"], LEAD], 2, id="titles"),
        pytest.param([["By", "x@acme.com", ""], ["Email", "Name", "Firm"], LEAD], 1, id="title with an address"),
        pytest.param([["Export", ""], ["Name", "Phone"], ["Anna", "0170 1234567"]], 1, id="no emails at all"),
        pytest.param([["Anna", "+49 170 1234567"], ["Ben", "0170 1234567"]], None, id="no header, phones"),
        pytest.param([["Anna", "https://acme.com"], ["Ben", "x"]], None, id="no header, web addresses"),
        pytest.param([LEAD, ["x@acme.com", "Cid", "Email"]], None, id="email as a value"),
        pytest.param([["", "Name", "", "Firm"], ["anna@acme.com", "Anna", "x", "Acme"]], 0, id="gaps in the header"),
        pytest.param([["Email", "Name", "Firm"]], 0, id="nothing below"),
    ],
)
def test_the_header_is_found(rows, found):
    assert find_header(rows) == found


def test_a_header_far_below_is_not_looked_for():
    assert find_header([LEAD] * 30 + [["Email", "Name", "Firm"]]) is None


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")])
def test_letters_are_those_of_a_spreadsheet(index, letters):
    assert letter_of(index) == letters


def test_header_text_is_trimmed_to_one_line():
    assert clean_header("  Email\n address\t ") == "Email address"


def test_what_cannot_be_seen_in_a_header_is_left_out():
    assert clean_header("\ufeffE\x00mail\ud800 \x7f") == "Email"
    assert clean_header("\x00") == ""


def name(header, places):
    issues = []
    names = name_columns(header, places, lambda code, **names: issues.append(make_issue(code, **names)))
    return names, [(issue.column, issue.code) for issue in issues]


def test_names_are_unique_and_say_so_once():
    names, issues = name(["Name", "Name", "Name (2)", "Name"], range(4))
    assert names == ("Name", "Name (2)", "Name (2) (2)", "Name (3)")
    assert issues == [("Name", "header-duplicate"), ("Name (2)", "header-duplicate")]


def test_a_column_without_header_is_named_by_its_letter():
    assert name(["Email", "", "City"], [0, 1, 2]) == (("Email", "Column B", "City"), [("Column B", "header-empty")])


def test_without_a_header_all_columns_have_letters_and_nothing_is_wrong():
    assert name(None, [0, 2]) == (("Column A", "Column C"), [])


def test_a_column_letter_may_be_taken_by_a_header():
    assert name(["Column B", ""], [0, 1])[0] == ("Column B", "Column B (2)")
