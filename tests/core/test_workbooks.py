"""XLSX, XLSB, XLS and ODS: cells as text, true row numbers, and traps refused before they are opened."""

import io
import random
import re
import struct
import tracemalloc
import zipfile

import pytest
import xlwt

from core import file_limits, sheet_extent, zip_parts
from core.errors import FileRefused
from core.parsing import parse_file
from core.raw_sheet import CellNotes
from core.workbook_checks import open_parts
from core.workbook_process import answer_request, read_sheet_apart
from core.workbook_reading import _translated_errors, read_sheet
from core.zip_parts import ZipParts
from tests.data.make_samples import (
    LARGE_SHEET,
    LEADS,
    MERGED_SHEET,
    SAMPLES,
    VALUES_SHEET,
    XLSB_ROWS,
    XLSB_STRINGS,
    cell_xml,
    grid_xml,
    make_ods,
    make_xlsb,
    make_xlsx,
    sheet_xml,
    text_cell,
)
from tests.data.make_samples import (
    zip_parts as zip_of,
)
from tests.factories import brief


def parse(name, options=None):
    return parse_file(name, SAMPLES[name], options)


def refusal_of(content, options=None):
    with pytest.raises(FileRefused) as refused:
        parse_file("leads.xlsx", content, options)
    return refused.value.issue


def rows_by_number(table):
    return dict(zip(table.row_numbers, table.rows, strict=True))


# --- cells as text ------------------------------------------------------------------------------------------------


def test_cells_of_an_xlsx_are_text():
    table = parse("values.xlsx")
    assert {what: value for _, value, what in table.rows} == {
        "whole number": "42",
        "fraction": "0.1",
        "phone": "491701234567",
        "fifteen digits": "123456789012345",
        "sixteen digits": "1234567890123456",
        "date": "1990-01-13",
        "moment": "1990-01-13 14:30:00",
        "time": "14:30:00",
        "duration": "30:00:00",
        "true": "TRUE",
        "error": "",
        "zeros": "00123",
        "marked": "=1+1",
    }
    assert brief(table.issues) == [(8, "Value", "cell-digits-lost"), (14, "Value", "cell-error-value")]
    assert "#N/A" in table.issues[1].message


@pytest.mark.parametrize(
    ("name", "rows", "issues"),
    [
        (
            "values.ods",
            {4: ("anna@acme.com", "42", "1990-01-13", "TRUE"), 5: ("ben@acme.com", "", "", "")},
            [(5, "Seats", "cell-error-value")],
        ),
        (
            "values.xls",
            {4: ("anna@acme.com", "42", "1990-01-13 14:30:00", "TRUE", "00123", "")},
            [(4, "Rate", "cell-error-value")],
        ),
        ("values.xlsb", {3: ("anna@acme.com", "42", "TRUE", "")}, [(3, "Rate", "cell-error-value")]),
    ],
)
def test_cells_of_other_workbooks_are_text(name, rows, issues):
    table = parse(name)
    assert rows_by_number(table) == rows
    assert brief(table.issues) == issues


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E5", "100000"), ("-7", "-7"), ("0.30000000000000004", "0.30000000000000004"), ("1E300", "1e+300"), ("-0", "0")],
)
def test_numbers_are_written_out(value, text):
    table = parse_file(
        "n.xlsx",
        make_xlsx({"S": sheet_xml(cell_xml("A1", "Seats"), f'<c r="A2"><v>{value}</v></c>')}),
        {"header_row": 1},
    )
    assert table.rows == ((text,),)


@pytest.mark.parametrize(
    ("serial", "style", "text"),
    [("45000.5", 1, "2023-03-15 12:00:00"), ("45000.000005787", 2, "2023-03-15 00:00:00.500"), ("-0.5", 4, "-12:00:00")],
)
def test_odd_moments_are_written_out(serial, style, text):
    cells = cell_xml("A1", "Since"), f'<c r="A2" s="{style}"><v>{serial}</v></c>'
    assert parse_file("n.xlsx", make_xlsx({"S": sheet_xml(*cells)}), {"header_row": 1}).rows == ((text,),)


def test_a_row_of_nothing_but_errors_is_a_row():
    rows = [*LEADS, []]
    xml = grid_xml(rows).replace("</sheetData>", '<row r="5"><c r="A5" t="e"><v>#REF!</v></c></row></sheetData>')
    table = parse_file("e.xlsx", make_xlsx({"Leads": xml}))
    assert rows_by_number(table)[5] == ("", "")
    assert brief(table.issues) == [(5, "Email", "cell-error-value")]


# --- sheets and places --------------------------------------------------------------------------------------------


def test_the_first_visible_sheet_with_cells_is_taken():
    table = parse("sheets.xlsx")
    assert table.format.sheet == "Leads"
    assert [(sheet.name, sheet.is_visible, sheet.row_count) for sheet in table.format.sheets] == [
        ("Hidden", False, None),
        ("Empty", True, None),
        ("Leads", True, 3),
        ("More", True, None),
    ]


def test_another_sheet_can_be_chosen():
    assert parse("sheets.xlsx", {"sheet": "More"}).rows == (("cid@acme.com",),)
    assert parse("sheets.xlsx", {"sheet": "Hidden"}).format.sheet == "Hidden"


def test_an_unknown_or_empty_sheet_is_refused():
    assert refusal_of(SAMPLES["sheets.xlsx"], {"sheet": "Nope"}).code == "file-option-wrong"
    assert refusal_of(SAMPLES["sheets.xlsx"], {"sheet": "Empty"}).code == "sheet-empty"


def test_a_hidden_sheet_is_taken_where_no_visible_one_has_cells():
    content = make_xlsx({"Seen": sheet_xml(), "Leads": grid_xml(LEADS)}, hidden=("Leads",))
    assert parse_file("h.xlsx", content).format.sheet == "Leads"


def test_a_cover_does_not_hide_the_leads():
    content = make_xlsx({"Cover": grid_xml([["Leads of the autumn fair"]]), "Leads": grid_xml(LEADS)})
    assert parse_file("c.xlsx", content).format.sheet == "Leads"


def test_columns_keep_the_letters_of_the_sheet():
    cells = [cell_xml("C3", "anna@acme.com"), cell_xml("E3", "x"), cell_xml("C4", "ben@acme.com")]
    table = parse_file("c.xlsx", make_xlsx({"S": sheet_xml(*cells)}))
    assert table.columns == ("Column C", "Column E")
    assert rows_by_number(table) == {3: ("anna@acme.com", "x"), 4: ("ben@acme.com", "")}


def test_too_many_rows_in_a_workbook(monkeypatch):
    monkeypatch.setattr("core.workbook_reading.MAX_ROWS", 10)
    rows = [["Email"], *([f"p{number}@acme.com"] for number in range(50))]
    assert refusal_of(make_xlsx({"S": grid_xml(rows)})).code == "file-too-many-rows"


# --- what the reader does not tell ----------------------------------------------------------------------------------


def notes_of(sheet_xml_text, strings=""):
    return open_parts("xlsx", make_xlsx({"S": sheet_xml_text}, strings=strings)).with_sheet("S")[1]


def in_another_shape(xml):
    """The same sheet with its attributes in another order: it has to be parsed, not searched."""
    return re.sub(r'<c r="(\w+)"([^>]*?)(/?)>', r'<c\2 r="\1"\3>', xml)


@pytest.mark.parametrize("xml", [MERGED_SHEET, VALUES_SHEET], ids=["merged", "values"])
def test_a_sheet_is_judged_alike_in_every_shape(xml):
    assert in_another_shape(xml) != xml
    assert notes_of(in_another_shape(xml)) == notes_of(xml) != CellNotes()


def test_zeros_that_a_format_shows_are_read():
    table = parse("merged.xlsx")
    assert [row[2] for row in table.rows] == ["01234", "00099", "00042", ""]
    assert table.rows[0][3] == "+491701234567"
    assert [row[2:] for row in parse("merged.xls").rows] == [("01235", "00012"), ("01236", "00024")]
    assert parse("merged.ods").rows[0][2] == "01234"


def test_a_merged_cell_names_its_area_and_where_its_value_counts():
    [issue] = [issue for issue in parse("merged.xlsx").issues if issue.code == "cells-merged"]
    assert (issue.row, issue.message) == (3, "The cells B3:B4 are merged: “Acme” counts for B3 alone, the others are empty.")


def test_merged_cells_that_hide_nothing_are_not_spoken_of():
    merged = '<mergeCells><mergeCell ref="A2:B2"/><mergeCell ref="C2:C3"/><mergeCell ref="A9:A99"/></mergeCells></worksheet>'
    table = parse_file("m.xlsx", make_xlsx({"S": grid_xml(LEADS).replace("</worksheet>", merged)}))
    assert brief(table.issues) == [(2, "Email", "cells-merged")]


def test_an_empty_text_is_a_result_of_a_formula():
    cells = cell_xml("A1", "Email"), cell_xml("A2", "a@acme.com"), '<c r="B2" t="str"><f>""</f><v></v></c>'
    assert parse_file("f.xlsx", make_xlsx({"S": sheet_xml(*cells)})).issues == ()


# --- one sheet does not stand in the way of another -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["large-sheet-before.xlsx", "large-sheet-before.ods", "merged.xls"])
def test_a_sheet_that_is_too_large_is_passed_over_and_refused_when_chosen(name):
    table = parse(name)
    assert (table.format.sheet, [sheet.name for sheet in table.format.sheets]) == ("Leads", ["Large", "Leads"])
    assert brief(table.issues)[0] == (None, None, "sheet-passed-over")
    assert refusal_of(SAMPLES[name], {"sheet": "Large"}).code == "sheet-too-large"
    assert parse(name, {"sheet": "Leads"}).rows == table.rows


def test_a_cover_is_not_taken_for_leads_that_are_too_many():
    content = make_xlsx({"Cover": grid_xml([["Leads of the autumn fair"]]), "Large": LARGE_SHEET})
    assert refusal_of(content).code == "sheet-too-large"


def test_two_sheets_of_one_name_do_not_hide_each_other():
    huge = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    content = make_ods(
        huge * 4,
        before=f'<table:table table:name="Leads"><table:table-row>{text_cell("Email")}</table:table-row></table:table>',
    )
    assert refusal_of(content).code == "sheet-empty"


# --- a process of its own -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["values.xls", "values.xlsb"])
def test_a_sheet_is_the_same_whichever_process_reads_it(name):
    kind = name.rpartition(".")[2]
    assert read_sheet_apart(kind, SAMPLES[name]) == read_sheet(kind, SAMPLES[name])


def test_refusals_come_back_from_the_other_process():
    with pytest.raises(FileRefused) as refused:
        read_sheet_apart("xls", SAMPLES["values.xls"], "a sheet\x00\ud800 that is not there")
    assert refused.value.issue.code == "file-option-wrong"


def test_a_workbook_that_ends_its_process_is_a_damaged_file():
    with pytest.raises(FileRefused) as refused:
        read_sheet_apart("xls", SAMPLES["claims-rows.xls"])
    assert refused.value.issue.code == "file-damaged"


def test_a_process_that_hangs_is_a_damaged_file(monkeypatch):
    monkeypatch.setattr("core.workbook_process.TIME_LIMIT_S", 0.001)
    with pytest.raises(FileRefused) as refused:
        read_sheet_apart("xls", SAMPLES["values.xls"])
    assert refused.value.issue.code == "file-damaged"


def test_the_answer_of_the_process_is_json():
    assert b'"file-encrypted"' in answer_request(b'["xls", null]\n' + SAMPLES["encrypted.xls"])


# --- traps --------------------------------------------------------------------------------------------------------


def assert_refused_cheaply(content, code):
    """With less than 200 MB beside the file itself."""
    tracemalloc.start()
    try:
        assert refusal_of(content).code == code
        assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_formatted_cells_far_away_do_no_harm():
    assert len(parse("formatted-far-away.xlsx").rows) == 2


@pytest.mark.parametrize(
    "far_away",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        "<c r='XFD1048576'><v>1</v></c>",
        '<c s="0" r="XFD1048576"><v>1</v></c>',
        '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576"><x:v>1</x:v></x:c>',
        '<c\n r = "xfd1048576" t="str"><v></v></c>',
        '<c r="A1"/>' + '<c><v>1</v></c>' * 4000 + '</row><row r="1000"><c r="A1000"><v>1</v></c>',
    ],
)
def test_cells_far_apart_are_refused_however_they_are_written(far_away):
    xml = grid_xml(LEADS).replace("</sheetData>", f'<row r="9">{far_away}</row></sheetData>')
    assert_refused_cheaply(make_xlsx({"S": xml}), "sheet-too-large")


def repacked(content, changes):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zip_of({**{name: archive.read(name) for name in archive.namelist()}, **changes})


def test_a_sheet_far_apart_is_found_under_any_name():
    xml = sheet_xml(cell_xml("A1", "x"), cell_xml("XFD1048576", "x"))
    content = make_xlsx({"S": grid_xml(LEADS)}, extra={"xl/media/picture.png": xml})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"media/Picture.PNG")
    assert refusal_of(repacked(content, {"xl/_rels/workbook.xml.rels": relations})).code == "sheet-too-large"


def test_what_no_sheet_needs_is_never_given_to_the_reader():
    content = make_xlsx(
        {"S": grid_xml(LEADS)}, extra={"xl/media/picture.png": "<!DOCTYPE x>", "xl/extra.xml": "<" + "x" * 5_000_000}
    )
    packed, _ = open_parts("xlsx", content).with_sheet("S")
    assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert not [name for name in zipfile.ZipFile(io.BytesIO(packed)).namelist() if "media" in name or "extra" in name]


@pytest.mark.parametrize("cell", ['<c r="A9" s="0"/>', '<c s="0" r="A9"/>'])
def test_formatted_empty_cells_without_end_are_refused(monkeypatch, cell):
    monkeypatch.setattr("core.xlsx_cells.MAX_SHEET_CELLS", 1000)
    monkeypatch.setattr(sheet_extent, "MAX_SHEET_CELLS", 1000)
    xml = grid_xml(LEADS).replace("</sheetData>", f'<row r="9">{cell * 3000}</row></sheetData>')
    assert refusal_of(make_xlsx({"S": xml})).code == "sheet-too-large"


def test_empty_cells_without_end_in_an_ods_are_refused(monkeypatch):
    monkeypatch.setattr(sheet_extent, "MAX_SHEET_CELLS", 1000)
    assert refusal_of(make_ods(f"<table:table-row>{'<table:table-cell/>' * 1001}</table:table-row>")).code == "sheet-too-large"


def test_one_long_text_in_many_cells_is_refused():
    strings = f"<si><t>Email</t></si><si><t>{'x' * 30_000}</t></si>"
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>1</v></c></row>' for row in range(1, 10_000))
    xml = sheet_xml().replace("<sheetData>", f"<sheetData>{rows}")
    assert_refused_cheaply(make_xlsx({"S": xml}, strings=strings), "file-unpacks-too-large")


def test_one_long_text_and_many_short_ones_are_read():
    strings = f"<si><t>{'x' * 30_000}</t></si><si><t>a@acme.com</t></si>"
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>1</v></c></row>' for row in range(1, 10_000))
    xml = sheet_xml().replace("<sheetData>", f"<sheetData>{rows}")
    assert len(parse_file("s.xlsx", make_xlsx({"S": xml}, strings=strings)).rows) == 9_999


def test_too_many_shared_strings_are_refused(monkeypatch):
    monkeypatch.setattr(zip_parts, "MAX_PART_PACKING", 1000)
    picture = {"xl/media/picture.png": random.Random(1).randbytes(200_000)}
    content = make_xlsx({"S": grid_xml(LEADS)}, strings="<si/>" * 6_000_001, extra=picture)
    assert_refused_cheaply(content, "file-unpacks-too-large")


def test_entity_declarations_are_refused():
    xml = grid_xml(LEADS).replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    assert refusal_of(make_xlsx({"S": xml})).code == "file-unsafe"


def test_an_endless_tag_is_refused():
    xml = grid_xml(LEADS).replace("<sheetData", f'<sheetData x="{"y" * 6_000_000}"')
    assert refusal_of(make_xlsx({"S": xml})).code == "file-unsafe"


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    content = make_xlsx({"S": grid_xml(LEADS)}, extra={"xl/media/picture.bin": bytes(file_limits.MAX_UNPACKED_BYTES)})
    assert len(content) < 1_000_000
    assert_refused_cheaply(content, "file-unpacks-too-large")


@pytest.mark.parametrize("padding", [" " * 100, "<!-- x -->", "<aaaaaaaa/>", '<c r="A9"/>'])
def test_a_padded_sheet_is_refused_before_it_is_looked_through(monkeypatch, padding):
    looked_at = []
    monkeypatch.setattr("core.xlsx_cells._find_odd_cell", looked_at.append)
    noise = {"xl/media/picture.png": random.Random(1).randbytes(900_000)}
    xml = grid_xml(LEADS).replace("<sheetData>", "<sheetData>" + padding * (60_000_000 // len(padding)))
    assert_refused_cheaply(make_xlsx({"S": xml}, extra=noise), "file-unsafe")
    assert looked_at == []


def test_a_padded_sheet_that_packs_badly_is_refused_after_its_first_megabytes(monkeypatch):
    monkeypatch.setattr("core.xlsx_cells.LARGE_UNPACKED_BYTES", 2_000_000)
    pieces = []
    monkeypatch.setattr("core.xlsx_cells._find_odd_cell", pieces.append)
    padding = "".join(f"<!--{random.Random(1).randbytes(2000).hex()}-->" * 5 for _ in range(1000))
    assert_refused_cheaply(make_xlsx({"S": grid_xml(LEADS).replace("<sheetData>", "<sheetData>" + padding)}), "file-unsafe")
    assert sum(map(len, pieces)) < 7_000_000 < len(padding)


def test_a_workbook_that_is_packed_beyond_belief_is_refused():
    content = make_xlsx({"S": grid_xml(LEADS)}, extra={"xl/media/picture.bin": bytes(file_limits.LARGE_UNPACKED_BYTES)})
    assert_refused_cheaply(content, "file-unsafe")


def test_a_size_that_lies_is_damage():
    content = bytearray(zip_of({"xl/workbook.xml": bytes(5_000_000)}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 100)
    assert_refused_cheaply(bytes(content), "file-damaged")


def test_too_many_parts_are_refused():
    parts = {f"xl/part{number}": "" for number in range(file_limits.MAX_ZIP_ENTRIES)}
    assert refusal_of(zip_of({"xl/workbook.xml": "", **parts})).code == "file-unsafe"


def test_a_zip_with_a_password_is_encrypted():
    content = bytearray(SAMPLES["simple.xlsx"])
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    assert refusal_of(bytes(content)).code == "file-encrypted"


def test_stored_parts_are_read():
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAMPLES["simple.xlsx"])) as packed, zipfile.ZipFile(stored, "w") as archive:
        for name in packed.namelist():
            archive.writestr(name, packed.read(name))
    assert parse_file("stored.xlsx", stored.getvalue()).rows == parse("simple.xlsx").rows


def test_other_compression_is_damage():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refusal_of(packed.getvalue()).code == "file-damaged"


def test_parts_that_are_not_there_are_empty():
    assert ZipParts(SAMPLES["simple.xlsx"]).read("nothing") == b""


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (
            f'<table:table-row table:number-rows-repeated="60000">{text_cell("x") * 60}</table:table-row>',
            "sheet-too-large",
        ),
        (
            f'<table:table-row table:number-rows-repeated="10000">{text_cell("x" * 30_000)}</table:table-row>',
            "file-unpacks-too-large",
        ),
        ('<table:table-row table:number-rows-repeated="-1"></table:table-row>', "file-damaged"),
        ("<table:table-row>", "file-damaged"),
        (
            f'<table:table-row>{text_cell("x")}<table:table-cell table:number-columns-repeated="{"9" * 5000}"/>{text_cell("x")}'
            "</table:table-row>",
            "sheet-too-large",
        ),
    ],
)
def test_traps_in_an_ods_are_refused(rows, code):
    assert_refused_cheaply(make_ods(rows), code)


def test_repeated_cells_of_an_ods_are_read_as_often_as_they_stand_there():
    rows = (
        f"<table:table-row>{text_cell('Email')}{text_cell('A')}{text_cell('B')}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{text_cell("a@acme.com")}'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>'
        "</table:table-row>"
    )
    assert rows_by_number(parse_file("r.ods", make_ods(rows))) == {2: ("a@acme.com", "x", "x"), 3: ("a@acme.com", "x", "x")}


def make_xls_of(*sheets):
    workbook = xlwt.Workbook()
    for number, cells in enumerate(sheets):
        sheet = workbook.add_sheet(f"Sheet{number}")
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_an_xls_with_cells_far_apart_is_refused():
    assert_refused_cheaply(make_xls_of({(0, 0): "Email", (65535, 255): "x"}), "sheet-too-large")


def test_an_xls_with_one_long_text_in_many_cells_is_refused():
    cells = {(row, 0): "x" * 30_000 for row in range(8_000)}
    assert_refused_cheaply(make_xls_of(cells), "file-unpacks-too-large")


def test_an_xls_with_many_long_texts_is_read():
    cells = {(row, 0): f"p{row}@acme.com" for row in range(300)} | {(row, 1): "ü→" * row * 20 for row in range(300)}
    table = parse_file("long.xls", make_xls_of(cells))
    assert table.rows[299] == ("p299@acme.com", "ü→" * 299 * 20)


def test_a_long_and_a_wide_sheet_of_an_xls_do_not_add_up_to_a_rectangle():
    long, wide = {(60_000, 0): "x"}, {(0, 255): "x"}
    assert parse_file("two.xls", make_xls_of({(0, 0): "Email", (1, 0): "a@acme.com"}, long, wide)).rows == (("a@acme.com",),)


def test_an_xlsb_with_one_long_text_in_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(sheet_extent, "MAX_UNPACKED_BYTES", 50)
    with pytest.raises(FileRefused) as refused:
        read_sheet("xlsb", make_xlsb(XLSB_ROWS, (*XLSB_STRINGS[:4], "x" * 60)))
    assert refused.value.issue.code == "file-unpacks-too-large"


def test_a_damaged_xlsb_is_refused():
    assert refusal_of(make_xlsb(XLSB_ROWS, XLSB_STRINGS[:2])).code == "file-damaged"


def test_a_panic_of_the_reader_is_a_damaged_file():
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(FileRefused) as refused, _translated_errors():
        raise panic
    assert refused.value.issue.code == "file-damaged"


def test_an_interrupt_is_not_a_damaged_file():
    with pytest.raises(KeyboardInterrupt), _translated_errors():
        raise KeyboardInterrupt


def test_a_part_is_read_in_pieces():
    pieces = ZipParts(zip_of({"big": bytes(3 * zip_parts.PIECE_BYTES)})).pieces("big")
    assert [len(piece) for piece in pieces] == [zip_parts.PIECE_BYTES] * 3
