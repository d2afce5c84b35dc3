"""Writes the sample files of this folder, one per oddity: ``python -m tests.data.make_samples``.

The same bytes come out each time, so that a change of a sample is a change of this script.
"""

import io
import struct
import zipfile
from datetime import datetime
from pathlib import Path

import xlwt

from core.safe_csv import write_csv

HERE = Path(__file__).parent

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zip_parts(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of the parts, always with the same date."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            writer.writestr(entry, data)
    return archive.getvalue()


# --- XLSX -----------------------------------------------------------------------------------------------------------


def cell_xml(ref: str, value: str | float | None) -> str:
    """One cell of a sheet: text, a number, or None for one that is formatted but empty."""
    if value is None:
        return f'<c r="{ref}" s="0"/>'
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
    return f'<c r="{ref}"><v>{value}</v></c>'


def sheet_xml(*cells: str) -> str:
    """A sheet of cells; each one brings its own row element, which readers allow."""
    rows = "".join(f'<row r="{_row_of(cell)}">{cell}</row>' for cell in cells)
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>'


def _row_of(cell: str) -> str:
    return "".join(filter(str.isdigit, cell.split('"')[1]))


def grid_xml(rows: list[list[str | float]], top: int = 1) -> str:
    """A sheet of rows of text and numbers from column A on."""
    return sheet_xml(
        *(
            cell_xml(f"{chr(65 + place)}{number}", value)
            for number, row in enumerate(rows, top)
            for place, value in enumerate(row)
            if value != ""
        )
    )


def make_xlsx(sheets: dict[str, str], *, hidden: tuple[str, ...] = (), strings: str = "", extra: dict | None = None) -> bytes:
    """A workbook of sheets given as XML; ``strings`` is the inside of the shared string table."""
    entries, relations = [], []
    for number, name in enumerate(sheets, 1):
        state = ' state="hidden"' if name in hidden else ""
        entries.append(f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>')
        relations.append(f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>')
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets>{"".join(entries)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{''.join(relations)}</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{SPREADSHEET}"><numFmts count="3"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/>'
        '<numFmt numFmtId="165" formatCode="00000"/><numFmt numFmtId="166" formatCode="&quot;+&quot;0"/></numFmts>'
        '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="164"/>'
        '<xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{SPREADSHEET}">{strings}</sst>'
    for number, xml in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
    return zip_parts({**parts, **(extra or {})})


# --- ODS ------------------------------------------------------------------------------------------------------------


def text_cell(text: str) -> str:
    """An ODS cell with text."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def make_ods(rows: str, *, name: str = "Leads", doctype: str = "", manifest: str = "", before: str = "") -> bytes:
    """An ODS workbook of one sheet, its rows given as XML; ``before`` are whole sheets that stand before it."""
    spaces = " ".join(f'xmlns:{space}="{ODF}:{space}:1.0"' for space in ("office", "table", "text"))
    extension = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return zip_parts(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">{manifest}</manifest:manifest>',
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {spaces} {extension}>'
            f'<office:body><office:spreadsheet>{before}<table:table table:name="{name}">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


ODS_ROWS = (
    f"<table:table-row>{text_cell('Email')}{text_cell('Seats')}{text_cell('Since')}{text_cell('Paid')}</table:table-row>"
    '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    f"<table:table-row>{text_cell('anna@acme.com')}"
    '<table:table-cell office:value-type="float" office:value="42"><text:p>42</text:p></table:table-cell>'
    '<table:table-cell office:value-type="date" office:date-value="1990-01-13"><text:p>13.01.90</text:p></table:table-cell>'
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>'
    "</table:table-row>"
    f"<table:table-row>{text_cell('ben@acme.com')}"
    '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error">'
    "<text:p>#N/A</text:p></table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


MERGED_ODS_ROWS = (
    f"<table:table-row>{text_cell('Email')}{text_cell('Company')}{text_cell('Code')}</table:table-row>"
    f"<table:table-row>{text_cell('anna@acme.com')}"
    '<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>Acme</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="1234"><text:p>01234</text:p></table:table-cell></table:table-row>'
    f"<table:table-row>{text_cell('ben@acme.com')}<table:covered-table-cell/>"
    '<table:table-cell table:formula="of:=SUM(1;2)"/></table:table-row>'
)


# --- XLS ------------------------------------------------------------------------------------------------------------


def make_xls() -> bytes:
    """An XLS with a number, a date, a truth value, an error and text with leading zeros."""
    workbook = xlwt.Workbook()
    workbook.add_sheet("Old").visibility = 1
    sheet = workbook.add_sheet("Leads")
    for place, name in enumerate(("Email", "Seats", "Since", "Paid", "Code", "Rate")):
        sheet.write(2, place, name)
    sheet.write(3, 0, "anna@acme.com")
    sheet.write(3, 1, 42)
    sheet.write(3, 2, datetime(1990, 1, 13, 14, 30), xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM"))
    sheet.write(3, 3, True)
    sheet.write(3, 4, "00123")
    sheet.row(3).set_cell_error(5, 0x07)
    workbook.set_active_sheet(1)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def make_merged_xls() -> bytes:
    """An XLS with a merged cell over two leads, postal codes with zeros before them, and a sheet before it that is too large."""
    workbook = xlwt.Workbook()
    large = workbook.add_sheet("Large")
    large.write(0, 0, "x")
    large.write(65_535, 255, "x")
    sheet = workbook.add_sheet("Leads")
    zeros = xlwt.easyxf(num_format_str="00000")
    for place, name in enumerate(("Email", "Company", "Code", "Area")):
        sheet.write(0, place, name)
    for row, email in enumerate(("anna@acme.com", "ben@acme.com"), 1):
        sheet.write(row, 0, email)
        sheet.write(row, 2, 1234 + row, zeros)
        sheet.write(row, 3, 12 * row, zeros)
    sheet.write_merge(1, 2, 1, 1, "Acme")
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def protect_xls(content: bytes) -> bytes:
    """The XLS with the record that says "encrypted" (FILEPASS, 0x2F) in the place of its second record."""
    second = content.index(struct.pack("<HH", 0x809, 16)) + 20
    return content[:second] + struct.pack("<H", 0x2F) + content[second + 2 :]


def claim_rows(content: bytes) -> bytes:
    """The XLS with a DIMENSIONS record (0x200) for its second sheet that claims four thousand million rows."""
    record_start = content.rindex(struct.pack("<HH", 0x200, 14)) + 4
    return content[: record_start + 4] + b"\xf0\xff\xff\xff" + content[record_start + 8 :]


# --- XLSB -----------------------------------------------------------------------------------------------------------


def record(number: int, data: bytes = b"") -> bytes:
    """A record of MS-XLSB with at most 127 bytes of data."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    return head + bytes([len(data)]) + data


def wide_text(text: str) -> bytes:
    """A text as XLSB stores it: number of UTF-16 units, then the units."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def make_xlsb(rows: dict[int, list[tuple[int, int, bytes]]], strings: tuple[str, ...] = ()) -> bytes:
    """A workbook of one sheet; ``rows`` gives record number, column and value of each cell by row, both from 0."""
    cells = b"".join(
        record(0, struct.pack("<IIIB", row, 0, 0, 0) + bytes(4))
        + b"".join(record(number, struct.pack("<II", column, 0) + value) for number, column, value in values)
        for row, values in rows.items()
    )
    last_row = max(rows)
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zip_parts(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": record(131)
            + record(143)
            + record(156, struct.pack("<II", 0, 1) + wide_text("rId1") + wide_text("Leads"))
            + record(144)
            + record(132),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/sharedStrings.bin": record(159, struct.pack("<II", len(strings), len(strings)))
            + b"".join(record(19, b"\x00" + wide_text(text)) for text in strings)
            + record(160),
            "xl/worksheets/sheet1.bin": record(129)
            + record(148, struct.pack("<IIII", 0, last_row, 0, 5))
            + record(145)
            + cells
            + record(146)
            + record(130),
        }
    )


XLSB_STRINGS = ("Email", "Seats", "Paid", "Rate", "anna@acme.com")
XLSB_ROWS = {
    0: [(7, column, struct.pack("<I", column)) for column in range(4)],
    2: [(7, 0, struct.pack("<I", 4)), (5, 1, struct.pack("<d", 42)), (4, 2, b"\x01"), (3, 3, b"\x2a")],
}


# --- the samples ------------------------------------------------------------------------------------------------------

UMLAUTS = "E-Mail;Vorname;Nachname;Ort\r\nanna@acme.de;Änne;Müller;Köln\r\nben@acme.de;Jörg;Groß;Düsseldorf\r\n"
ACCENTS = "Courriel;Prénom;Société\r\nanne@acme.fr;Zoé;L’Été à Nîmes\r\nluc@acme.fr;Loïc;Forêt où ça\r\n"
SIMPLE = "Email,Name\r\nanna@acme.com,Anna\r\nben@acme.com,Ben\r\n"
POLISH = "Email;Imię;Miasto\r\nania@acme.pl;Małgorzata;Łódź\r\njan@acme.pl;Święty;Gdańsk\r\n"
RUSSIAN = "Email;Имя;Город\r\nanna@acme.ru;Анна Иванова;Москва\r\nboris@acme.ru;Борис;Новосибирск\r\n"
JAPANESE = "Email,名前,会社\r\nhanako@acme.jp,山田花子,株式会社アクメ\r\ntaro@acme.jp,鈴木太郎,東京テスト株式会社\r\n"
CHINESE = "电子邮件,姓名,公司\r\nwei@acme.cn,王伟,上海阿克米有限公司\r\nfang@acme.cn,李芳,北京测试股份有限公司\r\n"

TEXTS: dict[str, bytes] = {
    "simple.csv": SIMPLE.encode(),
    "utf8-bom.csv": ("\ufeff" + UMLAUTS).encode(),
    "utf16-le-bom.txt": ("\ufeff" + UMLAUTS.replace(";", "\t")).encode("utf-16-le"),
    "utf16-be-no-bom.csv": UMLAUTS.encode("utf-16-be"),
    "utf32.csv": ("\ufeff" + UMLAUTS).encode("utf-32-le"),
    "german-cp1252.csv": UMLAUTS.encode("cp1252"),
    "french-cp1252.csv": ACCENTS.encode("cp1252"),
    "german-mac.csv": UMLAUTS.replace("\r\n", "\r").encode("mac_roman"),
    "german-dos.csv": (UMLAUTS + "\x1a").encode("cp850"),
    "polish-cp1250.csv": POLISH.encode("cp1250"),
    "russian-cp1251.csv": RUSSIAN.encode("cp1251"),
    "japanese-sjis.csv": JAPANESE.encode("cp932"),
    "chinese-gb18030.csv": CHINESE.encode("gb18030"),
    "nearly-utf8.csv": UMLAUTS.encode().replace("ß".encode(), b"\xdf"),
    "trailing-empty.csv": b"Email,Name,,\r\nanna@acme.com,Anna,,\r\n,,,\r\n\r\nben@acme.com,None,,\r\n,,,\r\n,,,\r\n",
    "pipes.txt": b"Email|Company\nanna@acme.com|Acme, Inc; West\nben@acme.com|NA\n",
    "sep-line.csv": b"sep=|\r\nEmail|Note\r\nanna@acme.com|a;b;c\r\n",
    "tabs.tsv": b"Email\tName\tTags\nanna@acme.com\tMiller, Anna\ta;b\nben@acme.com\tSmith, Ben\tc;d\n",
    "tags-with-semicolons.csv": b"email,tags\nanna@acme.com,a;b;c\nben@acme.com,d;e;f\ncid@acme.com,g;h;i\n",
    "one-column.txt": b"anna@acme.com\nben@acme.com\n\ncid@acme.com\n",
    "no-header.csv": b"anna@acme.com,Anna,Acme\nben@acme.com,Ben,\n",
    "titles-above.csv": b"Export of leads,,\nCreated by,anna@acme.com,\n\nEmail,Name,City\nben@acme.com,Ben,Rome\ncid@acme.com,Cid,Bonn\n",
    "header-breaks.csv": b'" Email\nAddress ",Name,Name,,\nanna@acme.com,Anna,Smith,x,\n',
    "quoted-breaks.csv": b'Email,Note\nanna@acme.com,"one\ntwo"\n\nben@acme.com,three\n',
    "ragged.csv": b"Email,Name,City\nanna@acme.com,Anna\nben@acme.com,Ben,Rome,extra,,more\ncid@acme.com,Cid,Bonn,,\n",
    "open-quote.csv": b'Email,Name,City\nanna@acme.com,"Anna,Rome\nben@acme.com,Ben,Bonn\ncid@acme.com,"Cid",Oslo\n',
    "open-quote-at-end.csv": b'Email,Name\nanna@acme.com,"Anna\nben@acme.com,Ben\ncid@acme.com,Cid\n',
    "stray-quotes.csv": b'Email,Size\nanna@acme.com,17" screen\nben@acme.com,"say ""hi"""\n',
    "digits-lost.csv": b"Email,Phone,Company\nanna@acme.com,4.91512E+11,NA\nben@acme.com,+49 170 1234567,null\n",
    "error-values.csv": b"Email,Company\nanna@acme.com,#N/A\nben@acme.com,#1 Plumbing\n",
    "nul-in-cell.csv": b"Email,Name\nanna@acme.com,An\x00na\n",
    "marked.csv": write_csv(["Email", "Note"], [["anna@acme.com", "=1+1"], ["ben@acme.com", "'-x"], ["cid@acme.com", "'tis"]]),
    "header-only.csv": b"Email,Name\r\n",
    "empty.csv": b"",
    "blank.csv": b"\xef\xbb\xbf\r\n \r\n,,\r\n",
    "web-page.xls": b"<html><body><table><tr><td>Email</td></tr></table></body></html>",
    "document.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "picture.csv": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "data.json": b'{"leads": [{"email": "anna@acme.com"}]}',
    "binary.csv": bytes(range(256)) * 8,
}

LEADS = [["Email", "Name"], ["anna@acme.com", "Anna"], ["ben@acme.com", "Ben"]]

#: Cells as XML after the place: the style numbers are those of make_xlsx (1 date, 2 moment, 3 time, 4 duration).
VALUES = [
    ("whole number", "><v>42</v></c>"),
    ("fraction", "><v>0.1</v></c>"),
    ("phone", "><v>491701234567</v></c>"),
    ("fifteen digits", "><v>123456789012345</v></c>"),
    ("sixteen digits", "><v>1.234567890123456E15</v></c>"),
    ("date", ' s="1"><v>32886</v></c>'),
    ("moment", ' s="2"><v>32886.604166666664</v></c>'),
    ("time", ' s="3"><v>0.6041666666666666</v></c>'),
    ("duration", ' s="4"><v>1.25</v></c>'),
    ("true", ' t="b"><v>1</v></c>'),
    ("error", ' t="e"><v>#N/A</v></c>'),
    ("zeros", ' t="inlineStr"><is><t>00123</t></is></c>'),
    ("marked", ' t="inlineStr"><is><t>\'=1+1</t></is></c>'),
]
VALUES_SHEET = sheet_xml(
    *(cell_xml(f"{letter}3", name) for letter, name in zip("BCD", ("Email", "Value", "What"), strict=True)),
    *(
        cell
        for row, (what, value) in enumerate(VALUES, 4)
        for cell in (cell_xml(f"B{row}", f"p{row}@acme.com"), f'<c r="C{row}"{value}', cell_xml(f"D{row}", what))
    ),
)

#: A merged cell over two leads, a title, postal codes and phone numbers as formats show them, formulas with and without result.
MERGED_SHEET = sheet_xml(
    cell_xml("A1", "Leads of the fair"),
    *(cell_xml(f"{letter}2", name) for letter, name in zip("ABCDE", ("Email", "Company", "Code", "Phone", "Sum"), strict=True)),
    cell_xml("A3", "anna@acme.com"), cell_xml("B3", "Acme"), '<c r="C3" s="5"><v>1234</v></c>', '<c r="D3" s="6"><v>491701234567</v></c>',
    '<c r="E3"><f>1+1</f><v>2</v></c>',
    cell_xml("A4", "ben@acme.com"), '<c r="B4" s="0"/>', '<c r="C4" s="5"><v>99</v></c>', '<c r="E4"><f>1+1</f><v></v></c>',
    cell_xml("A5", "cid@acme.com"), cell_xml("C5", "00042"), '<c r="E5" t="str"><f>IF(1,"","")</f><v></v></c>',
    cell_xml("A6", "dora@acme.com"), '<c r="E6"><f t="shared" si="0"/></c>',
).replace("</worksheet>", '<mergeCells count="3"><mergeCell ref="A1:E1"/><mergeCell ref="B3:B4"/><mergeCell ref="D5:D6"/></mergeCells></worksheet>')  # fmt: skip

LARGE_SHEET = sheet_xml(cell_xml("A1", "x"), cell_xml("XFD1048576", "x"))

WORKBOOKS: dict[str, bytes] = {
    "merged.xlsx": make_xlsx({"Fair": MERGED_SHEET}),
    "merged.ods": make_ods(MERGED_ODS_ROWS),
    "merged.xls": make_merged_xls(),
    "large-sheet-behind.xlsx": make_xlsx({"Leads": grid_xml(LEADS), "Large": LARGE_SHEET}),
    "large-sheet-before.xlsx": make_xlsx({"Large": LARGE_SHEET, "Leads": grid_xml(LEADS)}),
    "large-sheet-before.ods": make_ods(
        "".join(f"<table:table-row>{''.join(map(text_cell, row))}</table:table-row>" for row in LEADS),
        before='<table:table table:name="Large"><table:table-row table:number-rows-repeated="1048576"><table:table-cell'
        ' office:value-type="float" office:value="1" table:number-columns-repeated="100"/></table:table-row></table:table>',
    ),
    "simple.xlsx": make_xlsx({"Leads": grid_xml(LEADS)}),
    "workbook-named.csv": make_xlsx({"Leads": grid_xml(LEADS)}),
    "text-named.xlsx": SIMPLE.encode(),
    "values.xlsx": make_xlsx({"Values": VALUES_SHEET}),
    "sheets.xlsx": make_xlsx(
        {"Hidden": grid_xml(LEADS), "Empty": sheet_xml(), "Leads": grid_xml(LEADS), "More": grid_xml([["Email"], ["cid@acme.com"]])},
        hidden=("Hidden",),
    ),
    "empty-sheet.xlsx": make_xlsx({"Nothing": sheet_xml()}),
    "header-only.xlsx": make_xlsx({"Leads": grid_xml(LEADS[:1])}),
    "formatted-far-away.xlsx": make_xlsx(
        {"Leads": grid_xml(LEADS).replace("</sheetData>", f'<row r="1048576">{cell_xml("XFD1048576", None)}</row></sheetData>')}
    ),
    "cell-far-away.xlsx": make_xlsx({"Leads": sheet_xml(cell_xml("A1", "Email"), cell_xml("XFD1048576", "x"))}),
    "values.ods": make_ods(ODS_ROWS),
    "repeated-cells.ods": make_ods(
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string"'
        ' table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
    ),
    "encrypted.ods": make_ods(ODS_ROWS, manifest="<manifest:encryption-data/>"),
    "entities.ods": make_ods(
        f"<table:table-row>{text_cell('&amp;')}</table:table-row>", doctype='<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    ),
    "values.xls": make_xls(),
    "claims-rows.xls": claim_rows(make_xls()),
    "encrypted.xls": protect_xls(make_xls()),
    "values.xlsb": make_xlsb(XLSB_ROWS, XLSB_STRINGS),
    "cell-far-away.xlsb": make_xlsb({**XLSB_ROWS, 1_000_000: [(5, 16_000, struct.pack("<d", 1))]}, XLSB_STRINGS),
    "document.docx": zip_parts({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
    "archive.zip": zip_parts({"leads.csv": SIMPLE}),
    "truncated.xlsx": make_xlsx({"Leads": grid_xml(LEADS)})[:700],
}

SAMPLES = {**TEXTS, **WORKBOOKS}


def main() -> None:
    """Write every sample beside this script."""
    for name, content in SAMPLES.items():
        (HERE / name).write_bytes(content)


if __name__ == "__main__":
    main()
