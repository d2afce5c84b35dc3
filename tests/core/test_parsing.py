"""Any file to a Table or to a plain refusal: kinds, limits, and that nothing else ever comes out."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import FileRefused
from core.file_limits import MAX_CELL_LENGTH, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ISSUES_PER_CODE, MAX_ROWS
from core.parsing import LIMITS, parse_file
from tests.data.make_samples import SAMPLES
from tests.factories import brief

DATA = Path(__file__).parent.parent / "data"


def refusal_of(content, options=None):
    with pytest.raises(FileRefused) as refused:
        parse_file("leads.csv", content, options)
    return refused.value.issue


def options_of(table):
    keys = ("encoding", "delimiter", "sheet", "header_row")
    return {key: getattr(table.format, key) for key in keys if getattr(table.format, key) is not None}


def test_the_samples_are_those_of_the_script():
    assert {name: (DATA / name).read_bytes() for name in SAMPLES} == SAMPLES


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("simple.csv", "csv"),
        ("text-named.xlsx", "csv"),
        ("simple.xlsx", "xlsx"),
        ("workbook-named.csv", "xlsx"),
        ("values.xlsb", "xlsb"),
        ("values.xls", "xls"),
        ("values.ods", "ods"),
    ],
)
def test_the_kind_is_judged_by_the_content(name, kind):
    assert parse_file(name, SAMPLES[name]).format.kind == kind


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("empty.csv", "file-empty", ""),
        ("blank.csv", "file-empty", ""),
        ("header-only.csv", "file-header-only", ""),
        ("header-only.xlsx", "file-header-only", ""),
        ("empty-sheet.xlsx", "sheet-empty", "Nothing"),
        ("web-page.xls", "file-type-unknown", "a web page"),
        ("document.pdf", "file-type-unknown", "a PDF document"),
        ("picture.csv", "file-type-unknown", "a picture"),
        ("document.docx", "file-type-unknown", "a Word document"),
        ("archive.zip", "file-type-unknown", "a ZIP archive"),
        ("data.json", "file-type-unknown", "a JSON document"),
        ("binary.csv", "file-type-unknown", "a binary file"),
        ("encrypted.ods", "file-encrypted", "password"),
        ("encrypted.xls", "file-encrypted", "password"),
        ("truncated.xlsx", "file-damaged", ""),
        ("claims-rows.xls", "file-damaged", ""),
        ("entities.ods", "file-unsafe", "entity declarations"),
        ("cell-far-away.xlsx", "sheet-too-large", "XFD1048576"),
        ("cell-far-away.xlsb", "sheet-too-large", "WQK1000001"),
        ("repeated-cells.ods", "sheet-too-large", "XFD1048576"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(name, code, words):
    issue = refusal_of(SAMPLES[name])
    assert issue.code == code
    assert words in issue.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"MZ\x90\x00rest", "a program"),
        (b"\x00\x00\x00\x18ftypmp42", "a film"),
        (b"  <!DOCTYPE html><p>x", "a web page"),
        ("<html>".encode("utf-16"), "a web page"),
        (b'<?xml version="1.0"?><a/>', "an XML document"),
        (b"{\\rtf1 x}", "RTF"),
        (b"BEGIN:VCARD\r\nFN:Anna", "a contact card"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a Word document"),
    ],
)
def test_other_files_are_called_by_their_names(content, words):
    issue = refusal_of(content)
    assert issue.code == "file-type-unknown"
    assert words in issue.message


def test_a_workbook_encrypted_by_office_is_known():
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    assert refusal_of(content).code == "file-encrypted"


@pytest.mark.parametrize(
    "name", [name for name in SAMPLES if name.startswith(("simple", "titles", "values", "sheets", "no-h", "g", "u"))]
)
def test_what_was_found_gives_the_same_table_again(name):
    table = parse_file(name, SAMPLES[name])
    assert parse_file(name, SAMPLES[name], options_of(table)) == table


# --- limits -------------------------------------------------------------------------------------------------------


def test_a_file_over_the_size_limit_is_refused_with_both_numbers():
    issue = refusal_of(b"x" * (MAX_FILE_BYTES + 1))
    assert issue.code == "file-too-large"
    assert "25.1 MB" in issue.message
    assert "25 MB" in issue.message


def test_as_many_rows_as_the_limit_and_no_more():
    lines = ["Email", *(f"p{number}@acme.com" for number in range(MAX_ROWS))]
    assert len(parse_file("many.csv", "\n".join(lines).encode()).rows) == MAX_ROWS
    assert refusal_of("\n".join([*lines, "one@acme.com"]).encode()).code == "file-too-many-rows"


def test_rows_are_not_read_beyond_the_limit():
    assert refusal_of(b"Email\n" + b"a@acme.com\n" * 2_000_000).code == "file-too-many-rows"


def test_blank_lines_beyond_any_sheet_are_refused():
    assert refusal_of(b"Email" + b"\n" * 1_100_000 + b"a@acme.com").code == "file-too-many-rows"


def test_as_many_columns_as_the_limit_and_no_more():
    def content(count):
        return f"{','.join(f'c{number}' for number in range(count))}\n{'x,' * (count - 1)}x\n".encode()

    assert len(parse_file("wide.csv", content(MAX_COLUMNS)).columns) == MAX_COLUMNS
    issue = refusal_of(content(MAX_COLUMNS + 1))
    assert issue.code == "file-too-many-columns"
    assert "201" in issue.message


def test_a_row_wider_than_any_sheet_is_refused():
    assert refusal_of(b"Email,Name\na@acme.com" + b"," * 20_000 + b"x\n").code == "file-too-many-columns"


def test_lines_beyond_any_sheet_are_refused():
    assert refusal_of(b"Email" + b"\n" * 4_200_000 + b"a@acme.com").code == "file-too-many-rows"


def test_columns_without_header_and_values_do_not_count():
    table = parse_file("wide.csv", b"Email,Name" + b"," * 5000 + b"\na@acme.com,Anna\n")
    assert table.columns == ("Email", "Name")
    assert table.issues == ()


def test_too_long_a_cell_is_told_and_kept():
    content = f"Email,Note\na@acme.com,{'x' * (MAX_CELL_LENGTH + 1)}\nb@acme.com,{'x' * MAX_CELL_LENGTH}\n"
    table = parse_file("long.csv", content.encode())
    assert brief(table.issues) == [(2, "Note", "cell-too-long")]
    assert len(table.rows[0][1]) == MAX_CELL_LENGTH + 1


def test_issues_beyond_the_cap_are_counted():
    table = parse_file("short.csv", b"Email,Name\n" + b"a@acme.com\n" * (MAX_ISSUES_PER_CODE + 5))
    assert len(table.issues) == MAX_ISSUES_PER_CODE + 1
    assert table.issues[-1].code == "file-issues-left-out"
    assert table.issues[-1].message.startswith("5 more issues")


def test_the_limits_can_be_shown():
    assert (LIMITS.MAX_ROWS, LIMITS.MAX_COLUMNS, LIMITS.MAX_FILE_BYTES) == (50_000, 200, 25 * 1024 * 1024)


# --- nothing but a Table or a refusal ever comes out --------------------------------------------------------------


def assert_table_or_refusal(content, options=None):
    try:
        table = parse_file("any", content, options)
    except FileRefused:
        return
    assert len(table.rows) == len(table.row_numbers)
    assert len(set(table.columns)) == len(table.columns)
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert list(table.row_numbers) == sorted(set(table.row_numbers))
    assert parse_file("any", content, {**options_of(table), **(options or {})}) == table


TABLE_BYTES = st.text(st.sampled_from('ab@.,;\t|"\'\n\r =+é\x00'), max_size=120).map(lambda text: text.encode("cp1252"))


@settings(max_examples=300)
@given(st.binary(max_size=300) | TABLE_BYTES)
@example(b"sep=")
@example(b"sep=;\n")
@example(b"\xff\xfe\x00")
@example(b"PK\x05\x06" + bytes(18))
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
def test_any_bytes_give_a_table_or_a_refusal(content):
    assert_table_or_refusal(content)


@given(TABLE_BYTES, st.sampled_from(["utf-8", "cp1252", "utf-16-le", "rot13", ""]), st.text(max_size=2), st.integers(-1, 4))
def test_any_options_give_a_table_or_a_refusal(content, encoding, delimiter, header_row):
    assert_table_or_refusal(content, {"encoding": encoding, "delimiter": delimiter, "header_row": header_row})


IN_PROCESS = ["values.xlsx", "values.ods"]
APART = ["values.xls", "values.xlsb"]  # each costs the start of a process
CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4)


def truncate(name, share):
    return SAMPLES[name][: int(share * len(SAMPLES[name]))]


def alter(name, changes):
    content = bytearray(SAMPLES[name])
    for place, byte in changes:
        content[int(place * len(content))] = byte
    return bytes(content)


@given(st.sampled_from(IN_PROCESS), st.floats(0, 1, exclude_max=True))
def test_truncated_workbooks_are_refused(name, share):
    assert refusal_of(truncate(name, share)).code in ("file-damaged", "file-empty", "file-type-unknown", "file-header-only")


@settings(max_examples=300)
@given(st.sampled_from(IN_PROCESS), CHANGES)
def test_altered_workbooks_give_a_table_or_a_refusal(name, changes):
    assert_table_or_refusal(alter(name, changes))


@settings(max_examples=8)
@given(st.sampled_from(APART), st.floats(0, 1, exclude_max=True), CHANGES)
def test_damaged_old_workbooks_give_a_table_or_a_refusal(name, share, changes):
    assert_table_or_refusal(truncate(name, share))
    assert_table_or_refusal(alter(name, changes))
