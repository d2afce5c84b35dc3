"""Hand-made array literals and COPY text carry any text through PostgreSQL (design.md section 3)."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from db.rows import array_literal, copy_chunk
from db.transaction import driver

ODD = [
    "", "NULL", "null", "{}", '"', "\\", "\\\\", '\\"', ",", " a ",
    "\t", "\n", "\r\n", "\\N", "\\.", "ü\U0010ffff", "\x01", "'",
]  # fmt: skip

#: What PostgreSQL can hold: Unicode without NUL and surrogates.
storable = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


def test_array_literals_look_like_this():
    assert array_literal([]) == "{}"
    assert array_literal(["a", None, 'b "c" \\d', ""]) == r'{"a",NULL,"b \"c\" \\d",""}'


@given(st.lists(st.none() | storable, max_size=5))
@example(ODD)
@settings(max_examples=100)
def test_an_array_literal_comes_back_as_it_went(engine, texts):
    with engine.connect() as conn:
        assert conn.scalar(text("SELECT CAST(:literal AS text[])"), {"literal": array_literal(texts)}) == texts


@given(st.lists(st.lists(storable, max_size=3), max_size=4))
@settings(max_examples=50)
def test_array_literals_inside_an_array_come_back(engine, lists):
    """As tags travel with a restore: one literal of the literals of all rows."""
    literal = array_literal([array_literal(texts) for texts in lists])
    with engine.connect() as conn:
        found = conn.scalars(text("SELECT item::text[] FROM unnest(CAST(:l AS text[])) AS item"), {"l": literal}).all()
    assert found == lists


def copy_back(engine, rows, width):
    """Rows after their way through COPY; NULL comes back as None."""
    columns = ", ".join(f"c{i} text" for i in range(width))
    with engine.connect() as conn:
        cursor = driver(conn).cursor()
        cursor.execute(f"CREATE TEMP TABLE copied (n serial, {columns}) ON COMMIT DROP")
        names = ", ".join(f"c{i}" for i in range(width))
        with cursor.copy(f"COPY copied ({names}) FROM STDIN (FORMAT text, NULL '')") as copy:
            copy.write(copy_chunk(zip(*rows, strict=True)))
        found = cursor.execute(f"SELECT {names} FROM copied ORDER BY n").fetchall()
        conn.rollback()
    return found


@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.tuples(*[storable] * width), min_size=1, max_size=5)))
@example([(odd, "x", odd) for odd in ODD])
@example([("x", odd) for odd in ODD])
@settings(max_examples=100)
def test_copied_texts_come_back_as_they_went(engine, rows):
    expected = [tuple(cell or None for cell in row) for row in rows]
    assert copy_back(engine, rows, len(rows[0])) == expected


def test_no_rows_are_no_lines():
    assert copy_chunk([]) == b""


@pytest.mark.parametrize("row", [("a", "b"), ("", ""), ("ü", "\\N")])
def test_a_line_ends_with_a_line_feed(row):
    assert copy_chunk([[cell] for cell in row]).endswith(b"\n")
