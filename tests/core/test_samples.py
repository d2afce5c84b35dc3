"""The table of the sample files: what each must give, and that none is forgotten."""

import pytest

from core.errors import FileRefused
from core.parsing import parse_file
from tests.data.make_samples import SAMPLES

# fmt: off
#: Kind, encoding or sheet, delimiter, header row, columns, row numbers, and issues as (row, column, code).
READ = {
    "chinese-gb18030.csv": ("csv", "gb18030", ",", 1, "电子邮件 | 姓名 | 公司", [2, 3], []),
    "digits-lost.csv": ("csv", "utf-8", ",", 1, "Email | Phone | Company", [2, 3], [(2, "Phone", "cell-digits-lost")]),
    "error-values.csv": ("csv", "utf-8", ",", 1, "Email | Company", [2, 3], [(2, "Company", "cell-error-value")]),
    "formatted-far-away.xlsx": ("xlsx", "Leads", None, 1, "Email | Name", [2, 3], []),
    "french-cp1252.csv": ("csv", "cp1252", ";", 1, "Courriel | Prénom | Société", [2, 3], []),
    "german-cp1252.csv": ("csv", "cp1252", ";", 1, "E-Mail | Vorname | Nachname | Ort", [2, 3], []),
    "german-dos.csv": ("csv", "cp850", ";", 1, "E-Mail | Vorname | Nachname | Ort", [2, 3], []),
    "german-mac.csv": ("csv", "mac_roman", ";", 1, "E-Mail | Vorname | Nachname | Ort", [2, 3], []),
    "header-breaks.csv": ("csv", "utf-8", ",", 1, "Email Address | Name | Name (2) | Column D", [2], [(None, "Name", "header-duplicate"), (None, "Column D", "header-empty")]),
    "japanese-sjis.csv": ("csv", "cp932", ",", 1, "Email | 名前 | 会社", [2, 3], []),
    "large-sheet-before.ods": ("ods", "Leads", None, 1, "Email | Name", [2, 3], [(None, None, "sheet-passed-over")]),
    "large-sheet-before.xlsx": ("xlsx", "Leads", None, 1, "Email | Name", [2, 3], [(None, None, "sheet-passed-over")]),
    "large-sheet-behind.xlsx": ("xlsx", "Leads", None, 1, "Email | Name", [2, 3], []),
    "marked.csv": ("csv", "utf-8", ",", 1, "Email | Note", [2, 3, 4], []),
    "merged.ods": ("ods", "Leads", None, 1, "Email | Company | Code", [2, 3], [(2, "Company", "cells-merged"), (3, "Code", "cell-formula-without-value")]),
    "merged.xls": ("xls", "Leads", None, 1, "Email | Company | Code | Area", [2, 3], [(None, None, "sheet-passed-over"), (2, "Company", "cells-merged")]),
    "merged.xlsx": ("xlsx", "Fair", None, 2, "Email | Company | Code | Phone | Sum", [3, 4, 5, 6], [(None, None, "header-not-first"), (3, "Company", "cells-merged"), (4, "Sum", "cell-formula-without-value"), (6, "Sum", "cell-formula-without-value")]),
    "nearly-utf8.csv": ("csv", "utf-8", ";", 1, "E-Mail | Vorname | Nachname | Ort", [2, 3], [(3, "Nachname", "cell-characters-lost")]),
    "no-header.csv": ("csv", "utf-8", ",", 0, "Column A | Column B | Column C", [1, 2], []),
    "nul-in-cell.csv": ("csv", "utf-8", ",", 1, "Email | Name", [2], []),
    "one-column.txt": ("csv", "utf-8", ",", 0, "Column A", [1, 2, 4], []),
    "open-quote-at-end.csv": ("csv", "utf-8", ",", 1, "Email | Name", [2, 3, 4], [(2, None, "row-quote-open")]),
    "open-quote.csv": ("csv", "utf-8", ",", 1, "Email | Name | City", [2, 3, 4], [(2, None, "row-quote-open")]),
    "pipes.txt": ("csv", "utf-8", "|", 1, "Email | Company", [2, 3], []),
    "polish-cp1250.csv": ("csv", "cp1250", ";", 1, "Email | Imię | Miasto", [2, 3], []),
    "quoted-breaks.csv": ("csv", "utf-8", ",", 1, "Email | Note", [2, 4], []),
    "ragged.csv": ("csv", "utf-8", ",", 1, "Email | Name | City", [2, 3, 4], [(2, None, "row-too-short"), (3, None, "row-too-long")]),
    "russian-cp1251.csv": ("csv", "cp1251", ";", 1, "Email | Имя | Город", [2, 3], []),
    "sep-line.csv": ("csv", "utf-8", "|", 2, "Email | Note", [3], []),
    "sheets.xlsx": ("xlsx", "Leads", None, 1, "Email | Name", [2, 3], []),
    "simple.csv": ("csv", "utf-8", ",", 1, "Email | Name", [2, 3], []),
    "simple.xlsx": ("xlsx", "Leads", None, 1, "Email | Name", [2, 3], []),
    "stray-quotes.csv": ("csv", "utf-8", ",", 1, "Email | Size", [2, 3], []),
    "tabs.tsv": ("csv", "utf-8", "\t", 1, "Email | Name | Tags", [2, 3], []),
    "tags-with-semicolons.csv": ("csv", "utf-8", ",", 1, "email | tags", [2, 3, 4], []),
    "text-named.xlsx": ("csv", "utf-8", ",", 1, "Email | Name", [2, 3], []),
    "titles-above.csv": ("csv", "utf-8", ",", 4, "Email | Name | City", [5, 6], [(None, None, "header-not-first")]),
    "trailing-empty.csv": ("csv", "utf-8", ",", 1, "Email | Name", [2, 5], []),
    "utf16-be-no-bom.csv": ("csv", "utf-16-be", ";", 1, "E-Mail | Vorname | Nachname | Ort", [2, 3], []),
    "utf16-le-bom.txt": ("csv", "utf-16-le", "\t", 1, "E-Mail | Vorname | Nachname | Ort", [2, 3], []),
    "utf32.csv": ("csv", "utf-32-le", ";", 1, "E-Mail | Vorname | Nachname | Ort", [2, 3], []),
    "utf8-bom.csv": ("csv", "utf-8", ";", 1, "E-Mail | Vorname | Nachname | Ort", [2, 3], []),
    "values.ods": ("ods", "Leads", None, 1, "Email | Seats | Since | Paid", [4, 5], [(5, "Seats", "cell-error-value")]),
    "values.xls": ("xls", "Leads", None, 3, "Email | Seats | Since | Paid | Code | Rate", [4], [(4, "Rate", "cell-error-value")]),
    "values.xlsb": ("xlsb", "Leads", None, 1, "Email | Seats | Paid | Rate", [3], [(3, "Rate", "cell-error-value")]),
    "values.xlsx": ("xlsx", "Values", None, 3, "Email | Value | What", [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [(8, "Value", "cell-digits-lost"), (14, "Value", "cell-error-value")]),
    "workbook-named.csv": ("xlsx", "Leads", None, 1, "Email | Name", [2, 3], []),
}

#: The code of the refusal.
REFUSED = {
    "file-damaged": "claims-rows.xls truncated.xlsx",
    "file-empty": "blank.csv empty.csv",
    "file-encrypted": "encrypted.ods encrypted.xls",
    "file-header-only": "header-only.csv header-only.xlsx",
    "file-type-unknown": "archive.zip binary.csv data.json document.docx document.pdf picture.csv web-page.xls",
    "file-unsafe": "entities.ods",
    "sheet-empty": "empty-sheet.xlsx",
    "sheet-too-large": "cell-far-away.xlsb cell-far-away.xlsx repeated-cells.ods",
}
# fmt: on
REFUSED_FILES = [(name, code) for code, names in REFUSED.items() for name in names.split()]


def test_no_sample_is_forgotten():
    assert sorted([*READ, *(name for name, _ in REFUSED_FILES)]) == sorted(SAMPLES)


@pytest.mark.parametrize("name", READ)
def test_a_sample_is_read_as_what_it_is(name):
    table = parse_file(name, SAMPLES[name])
    found = table.format
    issues = [(issue.row, issue.column, issue.code) for issue in table.issues]
    assert (
        found.kind, found.encoding or found.sheet, found.delimiter, found.header_row,
        " | ".join(table.columns), list(table.row_numbers), issues,
    ) == READ[name]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), REFUSED_FILES)
def test_a_sample_is_refused_for_what_is_wrong_with_it(name, code):
    with pytest.raises(FileRefused) as refused:
        parse_file(name, SAMPLES[name])
    assert refused.value.issue.code == code
