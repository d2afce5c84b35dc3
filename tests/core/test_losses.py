"""What duplicates in the file would lose, and that filling blanks changes nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from core.cleaning import clean_text
from core.deciding import decide_rows
from core.losses import (
    Loss,
    blanks_filled,
    compare_rows,
    count_losses,
    find_losses,
    losses_table,
    same_email,
)
from core.mapping import apply_mapping
from core.records import ColumnMapping, FoundFormat, ImportOptions, Table
from core.validation import check_rows
from tests.factories import active_lead, left_out

COLUMNS = ("Email", "Name", "Phone", "Ignored")
MAPPING = ColumnMapping({"Email": "email", "Name": "first_name", "Phone": "custom:Phone", "Ignored": None})


def make_table(*rows):
    cells = tuple((*row, *[""] * (len(COLUMNS) - len(row))) for row in rows)
    return Table(COLUMNS, cells, tuple(range(2, 2 + len(cells))), FoundFormat("csv", 1))


def losses_of(table, corrections=None, *, stored=None, skipped=()):
    corrections = corrections or {}
    rows = check_rows(apply_mapping(table, MAPPING, corrections), table.row_numbers)
    decisions = decide_rows(rows, stored or {}, options=ImportOptions(), choices=left_out(*skipped)).decisions
    return find_losses(table, rows, decisions, mapping=MAPPING, corrections=corrections)


def test_a_duplicate_loses_what_its_winner_lacks():
    table = make_table(("a@x.io", "", "12", "i"), ("A@x.io", "Ada", "34", "j"), ("b@x.io", "Bo"))
    assert losses_of(table) == [Loss(3, "A@x.io", 2, (("Name", "Ada"),), differing=("Phone",))]


def test_white_space_is_neither_a_value_nor_in_the_way_of_one():
    table = make_table(("a@x.io", " \u00a0", "1"), ("a@x.io", " Ada ", "\t"))
    assert losses_of(table) == [Loss(3, "a@x.io", 2, (("Name", "Ada"),))]


def test_corrections_count_as_the_cells():
    table = make_table(("a@x.io",), ("b@x.io", "Ada", "1"))
    assert losses_of(table, {3: {"Email": "a@x.io", "Phone": ""}}) == [Loss(3, "a@x.io", 2, (("Name", "Ada"),))]


def test_a_winner_that_writes_nothing_makes_nobody_lose():
    table = make_table(("a@x.io",), ("a@x.io", "Ada"))
    assert losses_of(table, stored={"a@x.io": active_lead()}) == [Loss(3, "a@x.io", 2, ())]


def test_a_row_left_out_for_another_one_still_shows_what_it_holds():
    table = make_table(("a@x.io", "Ada"), ("a@x.io", "", "1"), ("b@x.io", "Bo"))
    assert losses_of(table, skipped={2, 4}) == [Loss(2, "a@x.io", 3, (("Name", "Ada"),), is_left_out=True)]


def test_an_invalid_row_is_nobodys_duplicate():
    table = make_table(("a@x.io",), ("a@", "Ada"))
    assert losses_of(table) == []


def test_two_duplicates_may_hold_a_value_for_the_same_blank():
    losses = losses_of(make_table(("a@x.io",), ("a@x.io", "Ada"), ("a@x.io", "Al", "5"), ("b@x.io",)))
    assert count_losses(losses) == (2, 3, 2, 0)
    assert blanks_filled(losses) == {2: {"Name": "Ada", "Phone": "5"}}
    assert count_losses([]) == (0, 0, 0, 0)


def test_the_table_names_each_value_with_its_column():
    losses = losses_of(make_table(("a@x.io",), ("a@x.io", "Ada", "5")))
    assert losses_table(losses) == {
        "Row": [3], "Email": ["a@x.io"], "Winning row": [2], "Would be lost": ["Name: Ada · Phone: 5"], "Differs": [""], "Left out": [False],
    }  # fmt: skip


def test_two_rows_are_compared_where_they_differ():
    table = make_table(("a@x.io", "", "1", "x"), ("a@x.io", "Ada", "2", "y"))
    [loss] = losses_of(table, {2: {"Phone": "3"}})
    assert compare_rows(table, loss, mapping=MAPPING, corrections={2: {"Phone": "3"}}) == {
        "Column": ["Name", "Phone"], "Row 3": ["Ada", "2"], "Row 2, which wins": ["", "3"], "Outcome": ["Lost", "Row 2 is kept"],
    }  # fmt: skip


def test_rows_of_one_email_are_found_whatever_its_case():
    rows = check_rows([{"email": email} for email in ("a@x.io", "A@X.io", "b@x.io", "bad", "a@x.io")], range(2, 7))
    assert same_email(rows, 3) == [2, 3, 6]
    assert same_email(rows, 4) == [4]


cells = st.sampled_from(["", " ", "x", " y "])
files = st.lists(st.tuples(st.sampled_from(["a@x.io", "b@x.io", "bad", ""]), cells, cells, cells), min_size=1, max_size=9)


@given(files, st.sets(st.integers(2, 6)))
def test_filling_blanks_changes_no_filled_cell_and_leaves_nothing_to_lose(rows, skipped):
    table = make_table(*rows)
    losses = losses_of(table, skipped=skipped)
    filled = blanks_filled(losses)
    for row, texts in filled.items():
        for column, text in texts.items():
            assert not clean_text(table.rows[row - 2][COLUMNS.index(column)])
            assert clean_text(text)
    assert sum(map(len, filled.values())) == count_losses(losses).blanks
    after = losses_of(table, filled, skipped=skipped)
    assert [(loss.row, loss.winner) for loss in after] == [(loss.row, loss.winner) for loss in losses]
    assert count_losses(after).values == 0
