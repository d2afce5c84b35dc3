"""The look over an XLSB workbook before it is opened. The reader gets the parts that were looked at, and no others.

Records as in MS-XLSB 2.1.4: a number of one or two bytes and a size of one to four, seven bits each, then the data.
"""

import struct
from collections.abc import Iterator, Mapping

from core.errors import FileRefused
from core.issues import make_issue
from core.number_formats import zero_pattern
from core.raw_sheet import CellNotes
from core.sheet_extent import ERROR_TEXTS, SheetExtent
from core.xlsx_checks import read_targets
from core.zip_parts import ZipParts

ROW_HEADER, BLANK, ERROR, SHARED_STRING, FORMULA_ERROR, STRING_ITEM, SHEET = 0, 1, 3, 7, 11, 19, 156
NUMBER_FORMAT, CELL_FORMAT, MERGED, CELL_FORMATS_START, CELL_FORMATS_END = 44, 47, 176, 617, 618
#: Every record of a cell that holds something.
FILLED_CELLS = range(2, 12)

BOOK, BOOK_RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
SHARED_STRINGS, STYLES = "xl/sharedStrings.bin", "xl/styles.bin"
OUTLINE = ("[Content_Types].xml", "_rels/.rels", BOOK, BOOK_RELATIONS)

_read_u16 = struct.Struct("<H").unpack_from
_read_u32 = struct.Struct("<I").unpack_from
_read_area = struct.Struct("<IIII").unpack_from


class XlsbParts:
    """An XLSB workbook, sheet by sheet."""

    def __init__(self, content: bytes) -> None:
        self._parts = ZipParts(content)
        self._relations = _read_sheet_relations(self._parts.read(BOOK))
        self._targets = read_targets(self._parts, BOOK_RELATIONS)
        self._common: tuple[list[int], dict[int, str]] | None = None

    def outline(self) -> bytes:
        """The workbook without any cells: enough to list its sheets."""
        return self._parts.repack(OUTLINE)

    def with_sheet(self, name: str) -> tuple[bytes, CellNotes]:
        """The workbook with the cells of that sheet alone. Raises FileRefused where they would cost the reader too much."""
        if self._common is None:
            self._common = _read_string_lengths(self._parts), _read_zero_styles(self._parts.read(STYLES))
        target = self._targets.get(self._relations.get(name, ""), "")
        notes = scan_sheet(self._parts.read(target), *self._common)
        return self._parts.repack([*OUTLINE, SHARED_STRINGS, STYLES, target]), notes


def _read_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, start and size in bytes of the data of each record."""
    place, end = 0, len(data)
    try:
        while place < end:
            number = data[place]
            place += 1
            if number & 0x80:
                number = (number & 0x7F) | (data[place] & 0x7F) << 7
                place += 1
            size = data[place] & 0x7F
            shift = 7
            while data[place] & 0x80 and shift < 28:
                place += 1
                size |= (data[place] & 0x7F) << shift
                shift += 7
            place += 1
            if place + size > end:
                break
            yield number, place, size
            place += size
    except IndexError:
        raise FileRefused(make_issue("file-damaged")) from None


def scan_sheet(data: bytes, string_lengths: list[int], zero_styles: Mapping[int, str]) -> CellNotes:
    """What the reader would not tell of a sheet. Raises FileRefused where it is too large."""
    extent = SheetExtent()
    notes = CellNotes()
    row = 0
    for number, start, size in _read_records(data):
        if number == ROW_HEADER and size >= 4:
            row = _read_u32(data, start)[0] + 1
        elif number == BLANK:
            extent.count_cell(row, 1)
        elif number in FILLED_CELLS and size >= 9:
            column = _read_u32(data, start)[0]
            extent.reach(row, column + 1)
            if number == SHARED_STRING and size >= 12:
                index = _read_u32(data, start + 8)[0]
                extent.add_text(string_lengths[index] if index < len(string_lengths) else 0)
            elif number in (ERROR, FORMULA_ERROR):
                notes.errors[row, column] = ERROR_TEXTS.get(data[start + 8], "#N/A")
            elif (style := _read_u32(data, start + 4)[0] & 0xFFFFFF) in zero_styles:
                notes.zero_patterns[row, column] = zero_styles[style]
        elif number == MERGED and size >= 16:
            top, bottom, left, right = _read_area(data, start)
            notes.merged.append((top + 1, left, bottom + 1, right))
    return notes


def _read_string_lengths(parts: ZipParts) -> list[int]:
    data = parts.read(SHARED_STRINGS)
    return [_read_u32(data, start + 1)[0] for number, start, size in _read_records(data) if number == STRING_ITEM and size >= 5]


def _read_zero_styles(data: bytes) -> dict[int, str]:
    """The pattern (number_formats.zero_pattern) of each cell style that has one, by the number of the style."""
    patterns: dict[int, str] = {}
    styles: dict[int, str] = {}
    count, is_in_cells = 0, False
    for number, start, size in _read_records(data):
        if number in (CELL_FORMATS_START, CELL_FORMATS_END):
            is_in_cells = number == CELL_FORMATS_START
        elif number == NUMBER_FORMAT and size >= 6:
            if pattern := zero_pattern(_read_text(data[: start + size], start + 2)[0]):
                patterns[_read_u16(data, start)[0]] = pattern
        elif number == CELL_FORMAT and is_in_cells and size >= 4:
            if (used := _read_u16(data, start + 2)[0]) in patterns:
                styles[count] = patterns[used]
            count += 1
    return styles


def _read_sheet_relations(book: bytes) -> dict[str, str]:
    """The id of each sheet's relation by the sheet's name: the record of a sheet holds two numbers, then both texts."""
    relations = {}
    for number, start, size in _read_records(book):
        if number == SHEET:
            relation, name_start = _read_text(book[: start + size], start + 8)
            relations[_read_text(book[: start + size], name_start)[0]] = relation
    return relations


def _read_text(data: bytes, start: int) -> tuple[str, int]:
    """A text with its number of UTF-16 units before it, and where it ends."""
    end = start + 4 + 2 * int.from_bytes(data[start : start + 4], "little")
    return data[start + 4 : end].decode("utf-16-le", errors="replace"), end
