"""The look over an ODS workbook before it is opened. The reader gets the cells of one sheet, and no others.

ODS writes equal neighbours once, with a repeat count. LibreOffice ends every sheet with a million empty rows that way;
the reader leaves those out, so only cells that hold anything count.
"""

import re
from dataclasses import dataclass, field

from core.errors import FileRefused
from core.issues import make_issue
from core.raw_sheet import CellNotes
from core.sheet_extent import SheetExtent
from core.xlsx_cells import make_parser, parse_xml, whole_tags
from core.zip_parts import ZipParts

CONTENT = "content.xml"
#: The parts that the reader looks at beside the cells.
COMMON = ("mimetype", "META-INF/manifest.xml")

#: Beyond every sheet there is; larger repeat counts are cut to it, so that no number gets out of hand.
MAX_REPEATS = 2**32

_is_with_zeros = re.compile(r"0\d{1,14}").fullmatch


@dataclass(slots=True)
class _SheetLook:
    """One sheet by its name: where its inside begins and ends in content.xml, what was found, and why it is refused, if it is."""

    name: str
    start: int = 0
    end: int = 0
    notes: CellNotes = field(default_factory=CellNotes)
    refused: FileRefused | None = None


class OdsParts:
    """An ODS workbook, sheet by sheet. Raises FileRefused where it is protected or damaged."""

    def __init__(self, content: bytes) -> None:
        self._parts = ZipParts(content)
        if b"encryption-data" in self._parts.read("META-INF/manifest.xml"):
            raise FileRefused(make_issue("file-encrypted"))
        self._xml = b"".join(whole_tags(self._parts.pieces(CONTENT)))
        scan = _ContentScan()
        scan.run(self._xml)
        self._looks = scan.looks

    def outline(self) -> bytes:
        """The workbook without any cells: enough to list its sheets."""
        return self._pack(kept=None)

    def with_sheet(self, name: str) -> tuple[bytes, CellNotes]:
        """The workbook with the cells of that sheet alone. Raises FileRefused where they would cost the reader too much."""
        look = next(look for look in self._looks if look.name == name)
        if look.refused:
            raise look.refused
        return self._pack(kept=look), look.notes

    def _pack(self, kept: _SheetLook | None) -> bytes:
        if self._looks == [kept]:
            return self._parts.repack([*COMMON, CONTENT])
        rest, pieces = 0, []
        for look in self._looks:
            if look is not kept:
                pieces.append(self._xml[rest : look.start])
                rest = look.end
        pieces.append(self._xml[rest:])
        return self._parts.repack(COMMON, {CONTENT: b"".join(pieces)})


class _ContentScan:
    """Follows the cells of all sheets. A sheet that costs too much is passed over from there on."""

    def __init__(self) -> None:
        self.looks: list[_SheetLook] = []
        self._look = _SheetLook("")
        self._depth = 0
        self._extent = SheetExtent()
        self._row = self._row_repeats = self._column = self._column_repeats = 0
        self._is_filled = self._is_in_cell = self._has_formula = False
        self._value_type = ""
        self._is_error = False
        self._start = 0
        self._text = ""
        self._parser = make_parser()

    def run(self, xml: bytes) -> None:
        """Look over content.xml."""
        self._parser.StartElementHandler = self._start_element
        self._parser.EndElementHandler = self._end_element
        parse_xml(self._parser, [xml])

    def _start_element(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth and not self._look.start:
            self._look.start = self._parser.CurrentByteIndex
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._start_cell(attributes)
        elif self._is_in_cell:
            self._is_filled = True
        elif name == "table:table-row":
            self._column = 0
            self._row_repeats = _repeats_of(attributes, "table:number-rows-repeated")
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._row, self._extent = 0, SheetExtent()
                self._look = _SheetLook(attributes.get("table:name", ""))
                self.looks.append(self._look)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._is_in_cell = True
        self._start = self._parser.CurrentByteIndex
        self._column_repeats = _repeats_of(attributes, "table:number-columns-repeated")
        self._value_type = attributes.get("office:value-type", "")
        self._is_filled = bool(self._value_type)
        self._has_formula = "table:formula" in attributes
        self._is_error = attributes.get("calcext:value-type") == "error"
        self._text = ""
        self._parser.CharacterDataHandler = self._add_text if self._is_error or self._value_type == "float" else None
        rows, columns = _span_of(attributes, "table:number-rows-spanned"), _span_of(attributes, "table:number-columns-spanned")
        if rows * columns > 1:
            area = (self._row + 1, self._column, self._row + rows, self._column + columns - 1)
            self._look.notes.merged.append(area)

    def _add_text(self, text: str) -> None:
        self._text += text

    def _end_element(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._is_in_cell = False
            self._parser.CharacterDataHandler = None
            if not self._look.refused:
                try:
                    self._end_cell()
                except FileRefused as refused:
                    self._look.refused = refused
            self._column += self._column_repeats
        elif name == "table:table-row":
            self._row += self._row_repeats
        elif name == "table:table":
            self._depth -= 1
            if self._depth == 0:
                self._look.end = self._parser.CurrentByteIndex
                self._look.start = self._look.start or self._look.end

    def _end_cell(self) -> None:
        self._extent.count_cell(self._row + 1, self._column + 1)
        if self._is_filled:
            self._extent.reach(self._row + self._row_repeats, self._column + self._column_repeats)
            repeats = self._column_repeats * self._row_repeats
            self._extent.add_text((self._parser.CurrentByteIndex - self._start) * repeats)
        if self._is_error:
            self._note_places(self._look.notes.errors, self._text)
        elif self._has_formula and not self._is_filled:
            self._extent.reach(self._row + self._row_repeats, self._column + self._column_repeats)
            places: dict[tuple[int, int], str] = {}
            self._note_places(places, "")
            self._look.notes.uncalculated += places
        elif self._value_type == "float" and _is_with_zeros(self._text):
            self._note_places(self._look.notes.zero_patterns, "0" * len(self._text))

    def _note_places(self, noted: dict[tuple[int, int], str], text: str) -> None:
        for row in range(self._row + 1, self._row + self._row_repeats + 1):
            for column in range(self._column, self._column + self._column_repeats):
                noted[row, column] = text


def _repeats_of(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not text.isdecimal():
        raise FileRefused(make_issue("file-damaged"))
    return min(int(text[:20]), MAX_REPEATS) or 1


def _span_of(attributes: dict[str, str], name: str) -> int:
    return _repeats_of(attributes, name) if name in attributes else 1
