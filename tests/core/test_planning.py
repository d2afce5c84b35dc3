"""Which rows go in when the file does not fit: never more than there are places, as many as fit, first come first served."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deciding import decide_rows
from core.planning import (
    FitChoice,
    PartsFit,
    Place,
    count_parts_that_fit,
    count_tags,
    find_places,
    fit_places,
    places_table,
    rank_by,
)
from core.records import FoundFormat, ImportOptions, Lead, RowDecision, Table
from tests.factories import active_lead, deleted_lead, invalid_row, left_out, valid_row

A, B, C, D = (f"{letter}@example.com" for letter in "abcd")


def place(row, *rows, **values):
    return Place(row, Lead(f"p{row}@example.com", **values), rows or (row,))


def rows_of(places):
    return [place.row for place in places]


def fit(places, free, *, table=None, corrections=None, **choice):
    choice = FitChoice(**choice)
    return fit_places(places, free, rank=rank_by(choice, table, corrections or {}), only=choice.only)


# --- places -------------------------------------------------------------------------------------------------------------


def test_a_place_is_taken_by_an_email_with_all_its_rows():
    rows = [valid_row(2, A), valid_row(3, B), valid_row(4, A), invalid_row(5, A), valid_row(6, C), valid_row(7, D)]
    stored = {B: active_lead(), C: deleted_lead(C)}
    decisions = decide_rows(rows, stored, options=ImportOptions(), choices=left_out(7)).decisions
    places = find_places(rows, decisions)
    assert [(place.row, place.rows) for place in places] == [(2, (2, 4)), (6, (6,))], "B is there already, D is left out"
    assert places[0].lead == rows[0].lead


# --- which of them ------------------------------------------------------------------------------------------------------


def test_the_first_rows_of_the_file_go_in():
    found = fit([place(2), place(3, 3, 9), place(4)], 1)
    assert (rows_of(found.chosen), rows_of(found.parked)) == ([2], [3, 4])
    assert found.parked_rows == {3, 4, 9}, "all rows of one email are parked together"


def test_the_most_complete_go_in_first_and_of_equals_the_first():
    places = [
        place(2, company="Kite"), place(3, company="Kite", tags=("a", "b")), place(4, company="Acme", title=""),
        place(5, custom_fields={"Size": 5, "Empty": "", "None": None}, company="x"),
    ]  # fmt: skip
    assert rows_of(fit(places, 2, by="complete").chosen) == [3, 5]
    assert rows_of(fit(places, 3, by="complete").chosen) == [2, 3, 5]


def test_those_with_a_tag_go_in_first_and_the_others_where_there_is_room():
    places = [place(2), place(3, tags=("vip", "x")), place(4, tags=("vip",)), place(5)]
    assert rows_of(fit(places, 1, by="tag", tag="vip").chosen) == [3]
    assert rows_of(fit(places, 3, by="tag", tag="vip").chosen) == [2, 3, 4]


def test_only_those_with_a_tag_go_in_where_the_user_says_so():
    places = [place(2), place(3, tags=("vip",)), place(4)]
    found = fit(places, 3, by="tag", tag="vip", only=True)
    assert (rows_of(found.chosen), rows_of(found.parked)) == ([3], [2, 4])


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [
        ({"text": "berlin"}, [2, 3, 5]),
        ({"text": " BERLIN "}, [2, 3, 5]),
        ({"text": "berlin", "is_exact": True}, [2, 5]),
        ({"text": "", "is_exact": True}, [4]),
        ({"text": "nowhere"}, []),
        ({"text": "berlin", "column": "No such column"}, [2, 3, 4, 5]),
    ],
)
def test_those_with_a_text_in_a_column_go_in(choice, chosen):
    """As corrected in the review; a column that is not there (any more) wants every row alike."""
    cells = ("Berlin", "East Berlin", "", "Bonn")
    table = Table(("City",), tuple((cell,) for cell in cells), (2, 3, 4, 5), FoundFormat("csv", 1))
    places = [place(row) for row in (2, 3, 4, 5)]
    choice = {"by": "column", "column": "City", "only": True, **choice}
    found = fit(places, 4, table=table, corrections={5: {"City": " Berlin"}}, **choice)
    assert rows_of(found.chosen) == chosen


def test_no_room_parks_everything():
    assert rows_of(fit([place(2), place(3)], 0).parked) == [2, 3]
    assert rows_of(fit([place(2)], -5).parked) == [2], "the limit was lowered below the active leads"


ranks = st.lists(st.integers(0, 3), max_size=30)


@given(ranks, st.integers(-2, 40), st.booleans())
def test_never_more_than_there_are_places_and_as_many_as_fit(wants, free, only):
    places = [place(row) for row in range(2, len(wants) + 2)]
    rank = dict(zip(range(2, len(wants) + 2), wants, strict=True))
    found = fit_places(places, free, rank=lambda place: rank[place.row], only=only)
    wanted = [place for place in places if rank[place.row] or not only]
    assert len(found.chosen) == min(max(free, 0), len(wanted))
    assert sorted((*found.chosen, *found.parked)) == places
    assert rows_of(found.chosen) == sorted(rows_of(found.chosen)), "file order"
    for chosen in found.chosen:
        for parked in found.parked:
            assert rank[chosen.row] > rank[parked.row] or (rank[chosen.row] == rank[parked.row] and chosen.row < parked.row)


@given(ranks, st.integers(0, 20))
def test_one_place_more_takes_one_more_and_puts_nobody_out(wants, free):
    places = [place(row) for row in range(2, len(wants) + 2)]
    rank = dict(zip(range(2, len(wants) + 2), wants, strict=True))
    fewer, more = (fit_places(places, count, rank=lambda place: rank[place.row]).chosen for count in (free, free + 1))
    assert {*rows_of(fewer)} <= {*rows_of(more)}


# --- what the screen shows ----------------------------------------------------------------------------------------------


def test_the_tags_to_choose_from_are_counted_most_frequent_first():
    places = [place(2, tags=("b", "a")), place(3, tags=("b",)), place(4, tags=("c",)), place(5)]
    assert count_tags(places) == [("b", 2), ("a", 1), ("c", 1)]


def test_parked_places_are_shown_with_name_company_and_how_complete_they_are():
    table = places_table([place(2, first_name="Ada", company="Kite", tags=("x",)), place(3)])
    assert table == {
        "Row": [2, 3], "Email": ["p2@example.com", "p3@example.com"], "First name": ["Ada", ""], "Last name": ["", ""],
        "Company": ["Kite", ""], "Values": [4, 1],
    }  # fmt: skip


# --- in parts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcomes", "free", "found"),
    [
        ("cc cc c", 5, PartsFit(3, 5)),
        ("cc cc c", 4, PartsFit(2, 4)),
        ("cc cc c", 3, PartsFit(1, 2)),
        ("cc cc c", 1, PartsFit(0, 0)),
        ("dd cr dd", 2, PartsFit(3, 2)),
        ("dd dd cd", 0, PartsFit(2, 0)),
        ("dd dd", 0, PartsFit(2, 0)),
        ("", 5, PartsFit(0, 0)),
    ],
)
def test_a_file_in_parts_stops_before_the_part_that_would_pass_the_limit(outcomes, free, found):
    """contract.md section 5. A part that adds nothing always fits."""
    names = {"c": "created", "r": "restored", "d": "duplicate"}
    decisions = [RowDecision(row, names[letter], "") for row, letter in enumerate(outcomes.replace(" ", ""), start=2)]
    assert count_parts_that_fit(decisions, free, part_rows=2) == found
