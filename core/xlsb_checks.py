"""The look over an XLSB workbook before it is opened, and its formula errors, which the reader does not tell.

Records as in MS-XLSB 2.1.4: a number of one or two bytes and a size of one to four, seven bits each, then the data.
"""

import struct
from collections.abc import Iterator

from core.errors import FileRefused
from core.issues import make_issue
from core.sheet_extent import ERROR_TEXTS, SheetExtent
from core.xlsx_checks import find_sheet_targets
from core.zip_parts import ZipParts

ROW_HEADER, BLANK, ERROR, SHARED_STRING, FORMULA_ERROR, STRING_ITEM, SHEET = 0, 1, 3, 7, 11, 19, 156
#: Every record of a cell that holds something.
FILLED_CELLS = range(2, 12)

_read_u32 = struct.Struct("<I").unpack_from


def check_xlsb(parts: ZipParts) -> None:
    """Raises FileRefused where opening any sheet of the workbook would cost more than the limits allow."""
    string_lengths = _read_string_lengths(parts)
    for name in parts.names():
        if name.replace("\\", "/").lower().startswith("xl/worksheets/") and name.lower().endswith(".bin"):
            scan_sheet(parts.read(name), string_lengths)


def find_xlsb_errors(parts: ZipParts, sheet_name: str) -> dict[tuple[int, int], str]:
    """The formula errors of one sheet by (row number, index of the column)."""
    target = find_sheet_targets(parts, "xl/_rels/workbook.bin.rels").get(_find_relation(parts, sheet_name), "")
    return scan_sheet(parts.read(target), []) if target else {}


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


def scan_sheet(data: bytes, string_lengths: list[int]) -> dict[tuple[int, int], str]:
    """The formula errors of a sheet by (row number, index of the column). Raises FileRefused where it is too large."""
    extent = SheetExtent()
    errors: dict[tuple[int, int], str] = {}
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
                errors[row, column] = ERROR_TEXTS.get(data[start + 8], "#N/A")
    return errors


def _read_string_lengths(parts: ZipParts) -> list[int]:
    data = parts.read("xl/sharedStrings.bin")
    return [_read_u32(data, start + 1)[0] for number, start, size in _read_records(data) if number == STRING_ITEM and size >= 5]


def _find_relation(parts: ZipParts, sheet_name: str) -> str:
    """The id of a sheet's relation: the record of a sheet holds two numbers, then two texts, id and name."""
    data = parts.read("xl/workbook.bin")
    for number, start, size in _read_records(data):
        if number == SHEET:
            relation, name_start = _read_text(data[: start + size], start + 8)
            if _read_text(data[: start + size], name_start)[0] == sheet_name:
                return relation
    return ""


def _read_text(data: bytes, start: int) -> tuple[str, int]:
    """A text with its number of UTF-16 units before it, and where it ends."""
    end = start + 4 + 2 * int.from_bytes(data[start : start + 4], "little")
    return data[start + 4 : end].decode("utf-16-le", errors="replace"), end
