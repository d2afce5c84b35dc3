"""The look over an XLSX workbook before it is opened, and its formula errors, which the reader does not tell.

Each part is searched in two stages. The first is a regular expression over the raw bytes: fast, and sure for sheets in
the shape in which every known program writes them. Only where it meets another shape, or the result would be too
large, does an XML parser look at every cell; empty cells far away (a coloured column) are harmless and common.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from core.errors import FileRefused
from core.file_limits import MAX_SHEET_CELLS, MAX_UNPACKED_BYTES
from core.issues import make_issue
from core.sheet_extent import SheetExtent, refuse_cells
from core.zip_parts import ZipParts, refuse_unpacked_size

SHARED_STRINGS = "xl/sharedStrings.xml"

#: More than a cell takes, however it is written: no tag or text of an honest workbook is longer.
MAX_XML_TOKEN = 4 * 1024 * 1024

#: Start tags of cells and rows; the groups are empty where "r" is not the first attribute or is not a plain place.
_find_places = re.compile(rb'<(?:[^\s<>/:=]+:)?(?:c|row)(?:\s+r="([A-Z]{0,3})([0-9]{1,7})"|[\s/>])').findall
_split_place = re.compile(r"\s*([A-Za-z]{0,3})([0-9]{0,9})").match
_find_string_ends = re.compile(rb"</(?:[^\s<>/:=]+:)?si\s*>").split
_forbidden = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE).search


def check_xlsx(parts: ZipParts) -> None:
    """Raises FileRefused where opening any sheet of the workbook would cost more than the limits allow."""
    longest_string = _check_strings(parts)
    names = [name for name, pieces in parts.pieces() if _needs_precise_look(name, whole_tags(pieces), longest_string)]
    string_lengths = _read_string_lengths(parts) if names else []
    for name in names:
        scan_sheet(parts.read(name), string_lengths)


def whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind a ">" so that no tag is in two pieces."""
    rest = b""
    for piece in pieces:
        head, tag_end, tail = piece.rpartition(b">")
        if not tag_end:
            rest += piece
        else:
            yield rest + head + tag_end
            rest = tail
        if len(rest) > MAX_XML_TOKEN:
            if b"<" in rest:
                raise FileRefused(make_issue("file-unsafe", what="an endless tag"))
            yield rest
            rest = b""
    yield rest


def _check_strings(parts: ZipParts) -> int:
    """The size of the longest shared string as XML, in bytes. Raises FileRefused where there are too many strings."""
    longest = count = open_size = 0
    for name, pieces in parts.pieces():
        if name.lower() != SHARED_STRINGS.lower():
            continue
        for piece in whole_tags(pieces):
            count += piece.count(b"<si") + piece.count(b":si")  # a quick count, never too small
            if count > 2 * MAX_SHEET_CELLS:  # the end tags of prefixed names count too
                raise refuse_unpacked_size()
            first, *others = _find_string_ends(piece)
            open_size += len(first)
            longest = max(longest, open_size, *map(len, others)) if others else max(longest, open_size)
            if others:
                open_size = len(others[-1])
    return longest


def _needs_precise_look(name: str, pieces: Iterable[bytes], longest_string: int) -> bool:
    columns: set[bytes] = set()
    last_row = last_column = count = 0
    for piece in pieces:
        if _forbidden(piece) and not name.lower().startswith("xl/media/"):
            raise FileRefused(make_issue("file-unsafe", what="entity declarations"))
        places = _find_places(piece)
        if not places:
            continue
        count += len(places)
        columns.update(column for column, _ in places)
        last_row = max(last_row, *{int(row or b"0") for _, row in places})
        last_column = max(_number_of(letters.decode()) for letters in columns)
        if count > 2 * MAX_SHEET_CELLS:  # rows count too
            raise refuse_cells(last_row, last_column, count)
        if (b"", b"") in places:
            return True
    return last_row * last_column > MAX_SHEET_CELLS or count * longest_string > MAX_UNPACKED_BYTES


def _number_of(letters: str) -> int:
    """The number of a column, from 1, by its letters; no letters give 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# --- the precise look ---------------------------------------------------------------------------------------------


def _make_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    return parser


def refuse_doctype(*_: object) -> None:
    """For expat: entities multiply, and no workbook needs them."""
    raise FileRefused(make_issue("file-unsafe", what="entity declarations"))


def parse_xml(parser: expat.XMLParserType, data: bytes) -> None:
    """Runs the parser; XML that is not well-formed, or in an encoding that does not exist, is a damaged file."""
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise FileRefused(make_issue("file-damaged")) from None


def _read_string_lengths(parts: ZipParts) -> list[int]:
    """The length of each shared string in characters."""
    lengths: list[int] = []
    parser = _make_parser()

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def add(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    parser.StartElementHandler, parser.CharacterDataHandler = start, add
    name = next((name for name in parts.names() if name.lower() == SHARED_STRINGS.lower()), None)
    if name is not None:
        parse_xml(parser, parts.read(name))
    return lengths


def scan_sheet(data: bytes, string_lengths: list[int]) -> dict[tuple[int, int], str]:
    """The formula errors of a sheet by (row number, index of the column). Raises FileRefused where it is too large."""
    scan = _SheetScan(string_lengths)
    parser = _make_parser()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parse_xml(parser, data)
    return scan.errors


class _SheetScan:
    """Follows the cells of a sheet. A row or cell without "r" stands behind the one before it."""

    def __init__(self, string_lengths: list[int]) -> None:
        self.extent = SheetExtent()
        self.errors: dict[tuple[int, int], str] = {}
        self._string_lengths = string_lengths
        self._row = self._column = 0
        self._type: str | None = None
        self._texts: list[str] = []
        self._is_in_cell = self._is_in_formula = self._is_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """For expat."""
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._row, self._column = _place_of(attributes.get("r"), self._row, self._column + 1)
            self.extent.count_cell(self._row, self._column)
            self._type = attributes.get("t")
            self._texts = []
            self._is_in_cell, self._is_filled = True, False
        elif tag == "row":
            self._row, self._column = _place_of(attributes.get("r"), self._row + 1, 0)
        elif self._is_in_cell:
            self._is_filled = True
            self._is_in_formula = tag == "f"

    def text(self, text: str) -> None:
        """For expat."""
        if self._is_in_cell and not self._is_in_formula:
            self._texts.append(text)

    def end(self, name: str) -> None:
        """For expat."""
        tag = name.rpartition(":")[2]
        if tag == "f":
            self._is_in_formula = False
        elif tag == "c":
            self._is_in_cell = False
            if self._is_filled:
                self._end_filled_cell("".join(self._texts).strip())

    def _end_filled_cell(self, text: str) -> None:
        self.extent.reach(self._row, self._column)
        if self._type == "s" and text.isdecimal() and len(text) < 10 and int(text) < len(self._string_lengths):
            self.extent.add_text(self._string_lengths[int(text)])
        elif self._type == "e":
            self.errors[self._row, self._column - 1] = text


def _place_of(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column, from 1, that a reference like "B3" or "3" names; the given ones where it names none."""
    letters, digits = _split_place(reference or "").groups()
    return (int(digits) if digits else row), (_number_of(letters) if letters else column)


# --- formula errors -----------------------------------------------------------------------------------------------


def find_xlsx_errors(parts: ZipParts, sheet_name: str) -> dict[tuple[int, int], str]:
    """The formula errors of one sheet by (row number, index of the column)."""
    relations: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            relations[attributes.get("name", "")] = relation

    _parse_starts(parts.read("xl/workbook.xml"), start)
    target = find_sheet_targets(parts, "xl/_rels/workbook.xml.rels").get(relations.get(sheet_name, ""), "")
    data = parts.read(target)
    return scan_sheet(data, []) if b't="e"' in data or b"t='e'" in data else {}


def find_sheet_targets(parts: ZipParts, relations_part: str) -> dict[str, str]:
    """The names of the parts that a workbook refers to, by the id of the relation."""
    targets: dict[str, str] = {}

    def start(_: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"

    _parse_starts(parts.read(relations_part), start)
    return targets


def _parse_starts(data: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = _make_parser()
    parser.StartElementHandler = start
    parse_xml(parser, data or b"<none/>")
