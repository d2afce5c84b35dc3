"""The look over an XLS workbook before it is opened, and its formula errors, which the reader does not tell.

An XLS is a small file system (MS-CFB) with a stream of records (MS-XLS, BIFF8; BIFF5 alike): number and size of two
bytes each, then the data. Up to 65,536 × 256 cells fit in a sheet, which the reader would fill with a gigabyte.
"""

import struct
from collections.abc import Iterator

from core.errors import FileRefused
from core.issues import make_issue
from core.sheet_extent import ERROR_TEXTS, SheetExtent

END_OF_SHEET, FILEPASS, CONTINUE, SHEET, MULTIPLE_NUMBERS, STRINGS, SHARED_STRING = 0x0A, 0x2F, 0x3C, 0x85, 0xBD, 0xFC, 0xFD
ERROR_OR_TRUTH, FORMULA = 0x205, 0x06
#: Every record of a cell that holds something: formula, numbers, texts, errors and truth values.
FILLED_CELLS = frozenset({FORMULA, MULTIPLE_NUMBERS, 0xD6, SHARED_STRING, 0x203, 0x204, ERROR_OR_TRUTH, 0x27E})

LAST_SECTOR = 0xFFFFFFFA  # higher numbers mark ends and holes, not sectors
_read_u16 = struct.Struct("<H").unpack_from
_read_u32 = struct.Struct("<I").unpack_from
_read_place = struct.Struct("<HH").unpack_from


def check_xls(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """The formula errors by sheet name, then by (row number, index of the column).

    Raises FileRefused where the workbook is protected, or opening it would cost more than the limits allow. The reader
    opens all sheets at once, so together they must not be larger than one may be.
    """
    try:
        stream = _read_workbook_stream(content)
        sheets, string_lengths = _read_globals(stream)
        extent = SheetExtent()
        return {name: _scan_sheet(stream, start, string_lengths, extent) for name, start in sheets}
    except (struct.error, IndexError, UnicodeError):
        raise FileRefused(make_issue("file-damaged")) from None


def _scan_sheet(stream: bytes, start: int, string_lengths: list[int], extent: SheetExtent) -> dict[tuple[int, int], str]:
    errors: dict[tuple[int, int], str] = {}
    extent.start_sheet()
    for number, begin, size in _read_records(stream, start):
        if number == END_OF_SHEET:
            break
        if number not in FILLED_CELLS or size < 6:
            continue
        row, column = _read_place(stream, begin)
        last_column = _read_u16(stream, begin + size - 2)[0] if number == MULTIPLE_NUMBERS else column
        extent.reach(row + 1, last_column + 1)
        if number == SHARED_STRING:
            index = _read_u32(stream, begin + 6)[0]
            extent.add_text(string_lengths[index] if index < len(string_lengths) else 0)
        elif number == ERROR_OR_TRUTH and stream[begin + 7] == 1:
            errors[row + 1, column] = ERROR_TEXTS.get(stream[begin + 6], "#N/A")
        elif number == FORMULA and stream[begin + 6] == 2 and stream[begin + 12 : begin + 14] == b"\xff\xff":
            errors[row + 1, column] = ERROR_TEXTS.get(stream[begin + 8], "#N/A")
    return errors


def _read_records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Number, start and size in bytes of the data of each record from ``start`` on."""
    end = len(stream)
    while start + 4 <= end:
        number, size = _read_place(stream, start)
        yield number, start + 4, size
        start += 4 + size


def _read_globals(stream: bytes) -> tuple[list[tuple[str, int]], list[int]]:
    """Name and start of each sheet, and the length of each shared string in characters."""
    sheets: list[tuple[str, int]] = []
    pieces: list[bytes] = []
    is_in_strings = False
    for number, begin, size in _read_records(stream, 0):
        if number == FILEPASS:
            raise FileRefused(make_issue("file-encrypted"))
        if number == END_OF_SHEET:
            break
        is_in_strings = number == STRINGS or (is_in_strings and number == CONTINUE)
        if is_in_strings:
            pieces.append(stream[begin : begin + size])
        elif number == SHEET:
            sheets.append((_read_sheet_name(stream[begin + 6 : begin + size]), _read_u32(stream, begin)[0]))
    return sheets, _read_string_lengths(pieces)


def _read_sheet_name(data: bytes) -> str:
    length, is_wide = data[0], data[1] & 1
    return data[2 : 2 + 2 * length].decode("utf-16-le") if is_wide else data[2 : 2 + length].decode("latin-1")


# --- shared strings -----------------------------------------------------------------------------------------------


def _read_string_lengths(pieces: list[bytes]) -> list[int]:
    """The lengths of the strings in an SST record and those that continue it (MS-XLS 2.4.265, 2.5.293)."""
    if not pieces:
        return []
    reader = _PieceReader(pieces)
    reader.skip(4)
    count = reader.read_number(4)
    lengths = []
    while len(lengths) < count and not reader.is_done:
        length, flags = reader.read_number(2), reader.read_number(1)
        runs = reader.read_number(2) if flags & 8 else 0
        extra = reader.read_number(4) if flags & 4 else 0
        reader.skip_characters(length, 2 if flags & 1 else 1)
        reader.skip(4 * runs + extra)
        lengths.append(length)
    return lengths


class _PieceReader:
    """Reads through a record and the ones that continue it. Characters go on behind a new byte of flags."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._index = self._place = 0

    @property
    def is_done(self) -> bool:
        return self._index >= len(self._pieces)

    def _left(self) -> int:
        """Bytes left in this piece, having gone on to the next one where none are."""
        while not self.is_done and self._place >= len(self._pieces[self._index]):
            self._place -= len(self._pieces[self._index])
            self._index += 1
        return 0 if self.is_done else len(self._pieces[self._index]) - self._place

    def skip(self, size: int) -> None:
        self._place += size
        self._left()

    def read_number(self, size: int) -> int:
        if self._left() < size:
            raise IndexError
        data = self._pieces[self._index][self._place : self._place + size]
        self.skip(size)
        return int.from_bytes(data, "little")

    def skip_characters(self, count: int, width: int) -> None:
        while count:
            here = min(count, self._left() // width)
            count -= here
            self.skip(here * width)
            if count:
                if self._left() < 1:
                    raise IndexError
                width = 2 if self.read_number(1) & 1 else 1


# --- the file system ----------------------------------------------------------------------------------------------


def _read_workbook_stream(content: bytes) -> bytes:
    """The stream "Workbook" (BIFF8) or "Book" (BIFF5) of a compound file (MS-CFB 2.2 to 2.6)."""
    sector_size = 1 << _read_u16(content, 30)[0]
    if sector_size not in (512, 4096):
        raise IndexError
    table = _read_sector_table(content, sector_size)
    directory = _read_chain(content, table, _read_u32(content, 48)[0], sector_size)
    entries = [directory[place : place + 128] for place in range(0, len(directory), 128)]
    by_name = {entry[: max(_read_u16(entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace").lower(): entry for entry in entries}
    entry = by_name.get("workbook") or by_name.get("book")
    if entry is None:
        raise IndexError
    start, size = _read_u32(entry, 116)[0], _read_u32(entry, 120)[0]
    if size >= _read_u32(content, 56)[0]:
        return _read_chain(content, table, start, sector_size)[:size]
    root = entries[0]
    small_sectors = _read_chain(content, table, _read_u32(root, 116)[0], sector_size)
    small_table = _read_numbers(_read_chain(content, table, _read_u32(content, 60)[0], sector_size))
    return _read_chain(small_sectors, small_table, start, 64, first=0)[:size]


def _read_sector_table(content: bytes, sector_size: int) -> list[int]:
    """The next sector of each sector. The sectors that hold it are listed in the header, then in a chain of lists."""
    holders = _read_numbers(content[76:512])
    following, visited = _read_u32(content, 68)[0], set()
    while following < LAST_SECTOR and following not in visited:
        visited.add(following)
        numbers = _read_numbers(_read_sector(content, following, sector_size))
        holders += numbers[:-1]
        following = numbers[-1]
    held = (_read_sector(content, number, sector_size) for number in holders if number < LAST_SECTOR)
    return [number for sector in held for number in _read_numbers(sector)]


def _read_numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _read_sector(content: bytes, number: int, size: int) -> bytes:
    start = (number + 1) * size
    if start >= len(content):
        raise IndexError
    return content[start : start + size]


def _read_chain(content: bytes, table: list[int], sector: int, size: int, first: int = 1) -> bytes:
    """The sectors of a chain put together. A chain longer than all sectors runs in a circle."""
    parts: list[bytes] = []
    while sector < LAST_SECTOR:
        start = (sector + first) * size
        if start >= len(content) or len(parts) > len(table):
            raise IndexError
        parts.append(content[start : start + size])
        sector = table[sector]
    return b"".join(parts)
