"""Cells repaired by hand: what an edit, a pasted block, and find and replace make of the corrections."""

import pytest

from core.parsing import parse_file
from core.records import ColumnMapping
from core.repairing import Cells, Replacement, edited_cells, find_replacements, next_row, replaced, rows_holding

TABLE = parse_file("leads.csv", b"E-mail,Company,Extra\nada@kite.com,Kite,1\nbo@kite.com,,2\nkite,KITE Ltd,3\n")
MAPPING = ColumnMapping({"E-mail": "email", "Company": "company", "Extra": None})


@pytest.fixture
def cells():
    return Cells(TABLE, MAPPING, {2: {"Company": "Acme"}})


def replace(cells, columns=("E-mail", "Company"), **how):
    return find_replacements(cells, TABLE.row_numbers, columns, **how)


def test_cells_are_those_of_mapped_columns_as_corrected(cells):
    assert cells.columns == ["E-mail", "Company"]
    assert (cells.get(2, "Company"), cells.original(2, "Company"), cells.get(3, "Company")) == ("Acme", "Kite", "")


def test_find_and_replace_takes_any_case_and_every_place_in_a_cell(cells):
    assert replace(cells, find="KITE", replace="acme") == [
        Replacement(2, "E-mail", "ada@kite.com", "ada@acme.com"),
        Replacement(3, "E-mail", "bo@kite.com", "bo@acme.com"),
        Replacement(4, "E-mail", "kite", "acme"),
        Replacement(4, "Company", "KITE Ltd", "acme Ltd"),
    ]


def test_find_and_replace_can_mind_capitals_and_whole_cells(cells):
    assert replace(cells, find="KITE", replace="x", match_case=True) == [Replacement(4, "Company", "KITE Ltd", "x Ltd")]
    assert replace(cells, find="kite", replace="x", whole_cell=True) == [Replacement(4, "E-mail", "kite", "x")]


def test_empty_cells_are_found_as_whole_cells_only(cells):
    assert replace(cells, find="", replace="x") == []
    assert replace(cells, find="", replace="Acme", whole_cell=True) == [Replacement(3, "Company", "", "Acme")]


@pytest.mark.parametrize("text", [".", "\\1", "(", "*"])
def test_what_is_typed_is_no_pattern(cells, text):
    table = parse_file("leads.csv", f"E-mail,Company,Extra\na@b.co,{text},\n".encode())
    found = find_replacements(Cells(table, MAPPING, {}), [2], ["Company"], find=text, replace="\\g<0>")
    assert found == [Replacement(2, "Company", text, "\\g<0>")]


def test_a_cell_that_is_put_back_is_no_correction_any_more(cells):
    found = replace(cells, find="acme", replace="Kite")
    assert replaced(cells, found) == {2: {"Company": None}}


def test_a_pasted_block_corrects_the_cells_that_it_changes(cells):
    edited = {0: {"c0": "new@kite.com", "c1": "Acme"}, 1: {"c1": "Kite", "Problem": "x"}, 2: {"c1": None}}
    assert edited_cells(cells, [2, 3, 4], edited, {"c0": "E-mail", "c1": "Company"}) == {
        2: {"E-mail": "new@kite.com"}, 3: {"Company": "Kite"}, 4: {"Company": ""},
    }  # fmt: skip


def test_rows_are_found_by_what_their_cells_are_now(cells):
    assert rows_holding(cells, [2, 3, 4], "ACME") == [2]
    assert rows_holding(cells, [2, 3, 4], "kite.com") == [2, 3]
    assert rows_holding(cells, [2, 3, 4], "2") == []  # in a column that is left out


def test_the_next_row_comes_after_this_one_and_then_from_the_start():
    assert next_row([3, 5, 9], None) == 3
    assert next_row([3, 5, 9], 5) == 9
    assert next_row([3, 5, 9], 9) == 3
    assert next_row([3, 5, 9], 3, seen={5, 9}) == 3
    assert next_row([3], 3, seen={3}) is None
    assert next_row([], 3) is None
