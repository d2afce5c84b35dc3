"""How much of one file another one held, without a database."""

from core.parsing import parse_file
from core.same_file import hash_rows, shared_part


def hashes(text):
    return hash_rows(parse_file("leads.csv", text.encode()))


FILE = "Email,Name\na@x.com,Ann\nb@x.com,Bob\nc@x.com,\nd@x.com,Dee\n"


def test_a_file_is_all_of_itself_whatever_its_header_order_and_white_space():
    moved = "Who;Mail\nDee;d@x.com\n Ann ; a@x.com\n;c@x.com\nBob;b@x.com\n"
    assert len(hashes(FILE)) == 4 * 8
    assert hashes(moved) == hashes(FILE)
    assert shared_part(hashes(moved), hashes(FILE)) == 1.0


def test_the_share_is_that_of_the_new_file():
    longer = FILE + "e@x.com,Eve\n"
    assert shared_part(hashes(longer), hashes(FILE)) == 0.8
    assert shared_part(hashes(FILE), hashes(longer)) == 1.0


def test_another_cell_makes_another_row():
    assert shared_part(hashes(FILE.replace("Bob", "Robert")), hashes(FILE)) == 0.75
    assert shared_part(hashes("Email\nx@x.com\n"), hashes(FILE)) == 0.0


def test_cells_are_told_apart():
    assert hashes("A,B\nab,c\n") != hashes("A,B\na,bc\n")


def test_a_row_that_stands_twice_counts_twice():
    assert shared_part(hashes("Email\na@x.com\na@x.com\nb@x.com\nz@x.com\n"), hashes("Email\na@x.com\n")) == 0.5


def test_half_a_surrogate_pair_is_hashed_too():
    table = parse_file("leads.csv", b"Email\na@x.com\n")
    odd = type(table)(table.columns, (("\ud800",),), table.row_numbers, table.format)
    assert len(hash_rows(odd)) == 8
