"""The look over an ODS workbook before it is opened, and its formula errors, which the reader does not tell.

ODS writes equal neighbours once, with a repeat count. LibreOffice ends every sheet with a million empty rows that way;
the reader leaves those out, so only cells that hold anything count.
"""

from xml.parsers import expat

from core.errors import FileRefused
from core.issues import make_issue
from core.sheet_extent import SheetExtent
from core.xlsx_checks import parse_xml, refuse_doctype
from core.zip_parts import ZipParts

#: Beyond every sheet there is; larger repeat counts are cut to it, so that no number gets out of hand.
MAX_REPEATS = 2**32


def check_ods(parts: ZipParts) -> dict[str, dict[tuple[int, int], str]]:
    """The formula errors by sheet name, then by (row number, index of the column).

    Raises FileRefused where the workbook is protected, or opening it would cost more than the limits allow.
    """
    if b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise FileRefused(make_issue("file-encrypted"))
    scan = _ContentScan()
    scan.run(parts.read("content.xml"))
    return scan.errors


class _ContentScan:
    """Follows the cells of all sheets; the reader opens all of them at once."""

    def __init__(self) -> None:
        self.errors: dict[str, dict[tuple[int, int], str]] = {}
        self._extent = SheetExtent()
        self._row = self._row_repeats = self._column = self._column_repeats = 0
        self._is_filled = self._is_error = self._is_in_cell = False
        self._start = 0
        self._error_text = ""
        self._sheet_errors: dict[tuple[int, int], str] = {}
        self._parser = expat.ParserCreate()

    def run(self, data: bytes) -> None:
        """Look over content.xml."""
        self._parser.StartDoctypeDeclHandler = refuse_doctype
        self._parser.StartElementHandler = self._start_element
        self._parser.EndElementHandler = self._end_element
        parse_xml(self._parser, data)

    def _start_element(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._is_in_cell = True
            self._start = self._parser.CurrentByteIndex
            self._column_repeats = _repeats_of(attributes, "table:number-columns-repeated")
            self._is_filled = "office:value-type" in attributes
            self._is_error = attributes.get("calcext:value-type") == "error"
            self._error_text = ""
            self._parser.CharacterDataHandler = self._add_error_text if self._is_error else None
        elif self._is_in_cell:
            self._is_filled = True
        elif name == "table:table-row":
            self._column = 0
            self._row_repeats = _repeats_of(attributes, "table:number-rows-repeated")
        elif name == "table:table":
            self._extent.start_sheet()
            self._row = 0
            self._sheet_errors = self.errors.setdefault(attributes.get("table:name", ""), {})

    def _add_error_text(self, text: str) -> None:
        self._error_text += text

    def _end_element(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._is_in_cell = False
            self._parser.CharacterDataHandler = None
            self._extent.count_cell(self._row + 1, self._column + 1)
            if self._is_filled:
                self._end_filled_cell()
            self._column += self._column_repeats
        elif name == "table:table-row":
            self._row += self._row_repeats

    def _end_filled_cell(self) -> None:
        self._extent.reach(self._row + self._row_repeats, self._column + self._column_repeats)
        repeats = self._column_repeats * self._row_repeats
        self._extent.add_text((self._parser.CurrentByteIndex - self._start) * repeats)
        if self._is_error:
            for row in range(self._row + 1, self._row + self._row_repeats + 1):
                for column in range(self._column, self._column + self._column_repeats):
                    self._sheet_errors[row, column] = self._error_text


def _repeats_of(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not text.isdecimal():
        raise FileRefused(make_issue("file-damaged"))
    return min(int(text[:20]), MAX_REPEATS) or 1
