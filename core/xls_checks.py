"""The look over an XLS workbook before it is opened. The reader gets the cells of one sheet, and no others.

An XLS is a small file system (MS-CFB) with a stream of records (MS-XLS, BIFF8; BIFF5 alike): number and size of two
bytes each, then the data. Up to 65,536 × 256 cells fit in a sheet, which the reader would fill with a gigabyte.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from core.errors import FileRefused
from core.issues import make_issue
from core.number_formats import zero_pattern
from core.raw_sheet import CellNotes
from core.sheet_extent import ERROR_TEXTS, SheetExtent

END_OF_SHEET, FILEPASS, CONTINUE, SHEET, MULTIPLE_NUMBERS, STRINGS, SHARED_STRING = 0x0A, 0x2F, 0x3C, 0x85, 0xBD, 0xFC, 0xFD
ERROR_OR_TRUTH, FORMULA, MERGED, NUMBER_FORMAT, CELL_FORMAT = 0x205, 0x06, 0xE5, 0x41E, 0xE0
#: Every record of a cell that holds something: formula, numbers, texts, errors and truth values.
FILLED_CELLS = frozenset({FORMULA, MULTIPLE_NUMBERS, 0xD6, SHARED_STRING, 0x203, 0x204, ERROR_OR_TRUTH, 0x27E})
#: Those with one number.
NUMBERS = frozenset({FORMULA, 0x203, 0x27E})

LAST_SECTOR = 0xFFFFFFFA  # higher numbers mark ends and holes, not sectors
_read_u16 = struct.Struct("<H").unpack_from
_read_u32 = struct.Struct("<I").unpack_from
_read_place = struct.Struct("<HH").unpack_from
_read_area = struct.Struct("<HHHH").unpack_from


class _Globals(NamedTuple):
    """What all sheets share. ``sheets`` are names with the start of their records in the stream."""

    sheets: list[tuple[str, int]]
    string_lengths: list[int]
    zero_styles: dict[int, str]


class XlsParts:
    """An XLS workbook, sheet by sheet. Raises FileRefused where it is protected or damaged."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._stream = _WorkbookStream(content)
            self._globals = _read_globals(self._stream.data)
        except (struct.error, IndexError, UnicodeError):
            raise FileRefused(make_issue("file-damaged")) from None

    def outline(self) -> bytes:
        """The workbook without any cells: enough to list its sheets."""
        return self._without([start for _, start in self._globals.sheets])

    def with_sheet(self, name: str) -> tuple[bytes, CellNotes]:
        """The workbook with the cells of that sheet alone. Raises FileRefused where they would cost the reader too much."""
        kept = next((start for known, start in self._globals.sheets if known == name), -1)
        try:
            notes = _scan_sheet(self._stream.data, kept, self._globals) if kept >= 0 else CellNotes()
        except (struct.error, IndexError):
            raise FileRefused(make_issue("file-damaged")) from None
        return self._without([start for _, start in self._globals.sheets if start != kept]), notes

    def _without(self, starts: list[int]) -> bytes:
        """The workbook with an end-of-sheet record behind the first record of the sheets that start there."""
        changed = bytearray(self._content)
        try:
            for start in starts:
                end = start + 4 + _read_u16(self._stream.data, start + 2)[0]
                for offset, byte in enumerate(struct.pack("<HH", END_OF_SHEET, 0), end):
                    changed[self._stream.place_of(offset)] = byte
        except (struct.error, IndexError):
            raise FileRefused(make_issue("file-damaged")) from None
        return bytes(changed)


def _scan_sheet(stream: bytes, start: int, shared: _Globals) -> CellNotes:
    notes = CellNotes()
    extent = SheetExtent()
    for number, begin, size in _read_records(stream, start):
        if number == END_OF_SHEET:
            break
        if number == MERGED:
            for place in range(begin + 2, begin + size - 7, 8):
                top, bottom, left, right = _read_area(stream, place)
                notes.merged.append((top + 1, left, bottom + 1, right))
        if number not in FILLED_CELLS or size < 6:
            continue
        row, column = _read_place(stream, begin)
        last_column = _read_u16(stream, begin + size - 2)[0] if number == MULTIPLE_NUMBERS else column
        extent.reach(row + 1, last_column + 1)
        if number == SHARED_STRING:
            index = _read_u32(stream, begin + 6)[0]
            extent.add_text(shared.string_lengths[index] if index < len(shared.string_lengths) else 0)
        elif number == ERROR_OR_TRUTH and stream[begin + 7] == 1:
            notes.errors[row + 1, column] = ERROR_TEXTS.get(stream[begin + 6], "#N/A")
        elif number == FORMULA and stream[begin + 6] == 2 and stream[begin + 12 : begin + 14] == b"\xff\xff":
            notes.errors[row + 1, column] = ERROR_TEXTS.get(stream[begin + 8], "#N/A")
        elif shared.zero_styles and (number in NUMBERS or number == MULTIPLE_NUMBERS):
            # One number has its style behind its place; of several each has one before its four bytes.
            for place, at in enumerate(
                range(begin + 4, begin + size - 2 if number == MULTIPLE_NUMBERS else begin + 5, 6), column
            ):
                if pattern := shared.zero_styles.get(_read_u16(stream, at)[0]):
                    notes.zero_patterns[row + 1, place] = pattern
    return notes


def _read_records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Number, start and size in bytes of the data of each record from ``start`` on."""
    end = len(stream)
    while start + 4 <= end:
        number, size = _read_place(stream, start)
        yield number, start + 4, size
        start += 4 + size


def _read_globals(stream: bytes) -> _Globals:
    sheets: list[tuple[str, int]] = []
    pieces: list[bytes] = []
    patterns: dict[int, str] = {}
    styles: list[int] = []
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
        elif number == CELL_FORMAT:
            styles.append(_read_u16(stream, begin + 2)[0])
        elif number == NUMBER_FORMAT and size > 5 and (pattern := zero_pattern(_read_format(stream[begin : begin + size]))):
            patterns[_read_u16(stream, begin)[0]] = pattern
    zero_styles = {style: patterns[used] for style, used in enumerate(styles) if used in patterns}
    return _Globals(sheets, _read_string_lengths(pieces), zero_styles)


def _read_format(data: bytes) -> str:
    """The text of a number format: its number, the length in two bytes, a byte of flags, the characters."""
    length, is_wide = _read_u16(data, 2)[0], data[4] & 1
    return data[5 : 5 + 2 * length].decode("utf-16-le", "replace") if is_wide else data[5 : 5 + length].decode("latin-1")


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


class _WorkbookStream:
    """The stream "Workbook" (BIFF8) or "Book" (BIFF5) of a compound file (MS-CFB 2.2 to 2.6): its bytes and their places."""

    def __init__(self, content: bytes) -> None:
        size = 1 << _read_u16(content, 30)[0]
        if size not in (512, 4096):
            raise IndexError
        table = _read_sector_table(content, size)
        directory = _join(content, _follow(table, _read_u32(content, 48)[0]), size)
        entries = [directory[place : place + 128] for place in range(0, len(directory), 128)]
        by_name = {
            entry[: max(_read_u16(entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace").lower(): entry
            for entry in entries
        }
        entry = by_name.get("workbook") or by_name.get("book")
        if entry is None:
            raise IndexError
        start, length = _read_u32(entry, 116)[0], _read_u32(entry, 120)[0]
        self._sector_size = size
        if length >= _read_u32(content, 56)[0]:
            self._starts = [(number + 1) * size for number in _follow(table, start)]
        else:
            # Small streams stand in sectors of 64 bytes within the stream of the first entry.
            holders = [(number + 1) * size for number in _follow(table, _read_u32(entries[0], 116)[0])]
            small_table = _read_numbers(_join(content, _follow(table, _read_u32(content, 60)[0]), size))
            places = (number * 64 for number in _follow(small_table, start))
            self._starts = [holders[place // size] + place % size for place in places]
            self._sector_size = 64
        if any(start >= len(content) for start in self._starts):
            raise IndexError
        self.data = b"".join(content[start : start + self._sector_size] for start in self._starts)[:length]

    def place_of(self, offset: int) -> int:
        """Where a byte of the stream stands in the file. Raises IndexError beyond the end."""
        sector, rest = divmod(offset, self._sector_size)
        return self._starts[sector] + rest


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


def _follow(table: list[int], sector: int) -> list[int]:
    """The numbers of the sectors of a chain. A chain longer than all sectors runs in a circle."""
    chain: list[int] = []
    while sector < LAST_SECTOR:
        if len(chain) > len(table):
            raise IndexError
        chain.append(sector)
        sector = table[sector]
    return chain


def _join(content: bytes, chain: list[int], size: int) -> bytes:
    return b"".join(_read_sector(content, number, size) for number in chain)
