"""A correction judges only its own rows again, and gives what judging the whole file would give."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.checking import check_again, check_table
from core.parsing import parse_file
from core.records import ColumnMapping, ImportOptions

CONTENT = (
    "E-mail,First,Phone,Tags,Status,Notes\n"
    "ada@example.com,ADA, +1 415 555 2671,a;b,active,\n"
    "bo@gmial.com,Bo,030 1234567,,unknown,one\n"
    "bad,cy,,,replied,\n"
    "info@kite.com,Dee,x,,,\u00a0two\n"
    ",Eve,030 7654321,,,\n"
    "fay@mailinator.com,Fay,,z,,\n"
).encode()
TABLE = parse_file("leads.csv", CONTENT)
MAPPING = ColumnMapping(
    {"E-mail": "email", "First": "first_name", "Phone": "phone", "Tags": "tags", "Status": "status", "Notes": "custom:Memo"}
)
OPTIONS = ImportOptions(country="DE", cleaning={"names": True})
CELLS = [
    "",
    " x ",
    "ada@example.com",
    "eve@gmial.com",
    "info@acme.com",
    "a@b",
    "030 11 22 33 44",
    "+49 30 1",
    "ACTIVE",
    "a;;b",
    "EVE",
]
corrections = st.dictionaries(
    st.sampled_from([*TABLE.row_numbers, 99]), st.dictionaries(st.sampled_from(TABLE.columns), st.sampled_from(CELLS)), max_size=6
)


@settings(max_examples=200)
@given(told=corrections, now=corrections)
def test_judging_a_few_rows_again_gives_what_judging_all_gives(told, now):
    before = check_table(TABLE, MAPPING, OPTIONS, told)
    again = check_again(TABLE, MAPPING, OPTIONS, now, before=before, told=told)
    assert again == check_table(TABLE, MAPPING, OPTIONS, now)


def test_what_did_not_change_is_not_judged_again():
    before = check_table(TABLE, MAPPING, OPTIONS, {})
    again = check_again(TABLE, MAPPING, OPTIONS, {4: {"E-mail": "cy@example.com"}}, before=before, told={})
    assert [row is old for row, old in zip(again.rows, before.rows, strict=True)] == [True, True, False, True, True, True]
    assert check_again(TABLE, MAPPING, OPTIONS, {}, before=before, told={}) is before
