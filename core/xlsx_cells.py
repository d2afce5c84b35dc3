"""The look over the cells of one XLSX sheet: whether the reader can afford them, and what it would not tell of them.

Sheets in the shape in which nearly every program writes them (a cell begins with its place: ``<c r="A1" s="2">``) are
searched with regular expressions over the raw bytes. In any other shape an XML parser looks at every cell, which takes
ten times as long.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from xml.parsers import expat

from core.errors import FileRefused
from core.file_limits import LARGE_UNPACKED_BYTES, MAX_SHEET_CELLS, MAX_UNPACKED_BYTES
from core.issues import make_issue
from core.raw_sheet import Area, CellNotes, Place
from core.sheet_extent import SheetExtent, refuse_cells
from core.zip_parts import refuse_unpacked_size

#: More than a cell takes, however it is written: no tag or text of an honest workbook is longer.
MAX_XML_TOKEN = 4 * 1024 * 1024

#: A large sheet with fewer cells than that is padding. Cells that hold a page of text each come to half of it.
MAX_BYTES_PER_CELL = 8 * 1024

Pieces = Callable[[], Iterator[bytes]]

_PLACE = rb'<c r="([A-Z]{1,3})([0-9]{1,7})"'
_ATTRIBUTES = rb'(?: [A-Za-z:]+="[^"<>]*")*\s*'
#: A cell that is not in the usual shape: its place not first, a name with a prefix, other quotes, line breaks.
_find_odd_cell = re.compile(
    rb'<(?:[^\s<>/:=!?]+:c[\s/>]|c[\s/>](?<!<c )|c (?!r="[A-Z]{1,3}[0-9]{1,7}"' + _ATTRIBUTES + rb"/?>))"
).search
_find_places = re.compile(_PLACE).findall
_find_filled = re.compile(_PLACE + rb"(?!" + _ATTRIBUTES + rb"(?:/>|></c>))").findall
_find_string_cells = re.compile(rb't="s"[^>]*><v>([0-9]{1,9})</v>').findall
_find_errors = re.compile(_PLACE + rb'[^>]*? t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>').findall
_find_uncalculated = re.compile(
    _PLACE + rb"([^>]*)>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>\s*|<v>\s*</v>\s*)?</c>"
).findall
_find_merged = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"').findall
_find_forbidden = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE).search
_split_place = re.compile(r"\s*([A-Za-z]{0,3})([0-9]{0,9})").match


@dataclass(frozen=True, slots=True)
class SharedStrings:
    """The texts that cells refer to by number: the size of the longest, and a way to get the size of each, in bytes of XML."""

    longest: int
    sizes: Callable[[], list[int]]


def look_over_sheet(pieces: Pieces, strings: SharedStrings, zero_styles: Mapping[int, str]) -> CellNotes:
    """What the reader would not tell. ``pieces`` gives the sheet's XML from the start, as often as it is asked for.

    Raises FileRefused where the cells would cost the reader more than the limits allow. ``zero_styles`` gives the
    pattern of each style whose numbers are shown with zeros before them.
    """
    return _look_over_usual(pieces, strings, zero_styles) or _look_over_any(pieces, strings, zero_styles)


def whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind a ">" so that no tag is in two pieces. Raises FileRefused at a document type."""
    rest = b""
    for piece in pieces:
        head, tag_end, tail = piece.rpartition(b">")
        if not tag_end:
            rest += piece
        else:
            yield _without_entities(rest + head + tag_end)
            rest = tail
        if len(rest) > MAX_XML_TOKEN:
            if b"<" in rest:
                raise FileRefused(make_issue("file-unsafe", what="an endless tag"))
            yield rest
            rest = b""
    yield _without_entities(rest)


def refuse_doctype(*_: object) -> None:
    """For expat: entities multiply, and no workbook needs them."""
    raise FileRefused(make_issue("file-unsafe", what="entity declarations"))


def _without_entities(xml: bytes) -> bytes:
    if _find_forbidden(xml):
        refuse_doctype()
    return xml


def number_of(letters: str) -> int:
    """The number of a column, from 1, by its letters; no letters give 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# --- the usual shape ----------------------------------------------------------------------------------------------


def _look_over_usual(pieces: Pieces, strings: SharedStrings, zero_styles: Mapping[int, str]) -> CellNotes | None:
    """None where a cell is not in the usual shape."""
    notes = CellNotes()
    zeros = _ZeroFinder(zero_styles)
    columns: set[bytes] = set()
    size = last_row = count = string_cells = 0
    for piece in _whole_cells(pieces()):
        if b"\0" in piece or _find_odd_cell(piece):
            return None
        size += len(piece)
        places = _find_places(piece)
        if places:
            count += len(places)
            letters, digits = zip(*places, strict=True)
            columns.update(letters)
            last_row = max(last_row, *map(int, set(digits)))
        if count > MAX_SHEET_CELLS:
            raise refuse_cells(last_row, _last_of(columns), count)
        if size > LARGE_UNPACKED_BYTES and size > MAX_BYTES_PER_CELL * count:
            raise FileRefused(make_issue("file-unsafe", what="megabytes of padding"))
        string_cells += piece.count(b't="s"')
        zeros.note(piece, notes)
        _note_formulas(piece, notes)
        if b"<mergeCell " in piece:
            notes.merged += map(_area_of, _find_merged(piece))
    if last_row * _last_of(columns) > MAX_SHEET_CELLS:
        _check_filled(pieces)
    if string_cells * strings.longest > MAX_UNPACKED_BYTES:
        _check_texts(pieces, strings)
    return notes


def _whole_cells(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut before a cell so that none is in two pieces (as long as it is no endless one)."""
    rest = b""
    for piece in whole_tags(pieces):
        head, cell_start, tail = (rest + piece).rpartition(b"<c ")
        if cell_start:
            yield head
            rest = cell_start + tail
        else:
            rest = tail
        if len(rest) > MAX_XML_TOKEN:
            yield rest
            rest = b""
    yield rest


def _last_of(columns: Iterable[bytes]) -> int:
    return max((number_of(letters.decode()) for letters in columns), default=0)


def _check_filled(pieces: Pieces) -> None:
    """The reach of the cells that hold anything: empty ones far away (a coloured column) are harmless and common."""
    extent = SheetExtent()
    for piece in _whole_cells(pieces()):
        if filled := _find_filled(piece):
            letters, digits = zip(*filled, strict=True)
            extent.reach(max(map(int, set(digits))), _last_of(set(letters)))


def _check_texts(pieces: Pieces, strings: SharedStrings) -> None:
    """The texts of all cells together; a cell that does not say plainly which text it shows counts as the longest one."""
    sizes = strings.sizes()
    uses: Counter[bytes] = Counter()
    string_cells = 0
    for piece in _whole_cells(pieces()):
        string_cells += piece.count(b't="s"')
        uses.update(_find_string_cells(piece))
    known = {int(index): count for index, count in uses.items() if int(index) < len(sizes)}
    total = sum(sizes[index] * count for index, count in known.items())
    if total + strings.longest * (string_cells - sum(uses.values())) > MAX_UNPACKED_BYTES:
        raise refuse_unpacked_size()


def _note_formulas(piece: bytes, notes: CellNotes) -> None:
    if b't="e"' in piece:
        notes.errors |= {_place_of(*place): text.decode("utf-8", "replace") for *place, text in _find_errors(piece)}
    if b"<f" in piece:
        found = _find_uncalculated(piece)
        notes.uncalculated += [_place_of(*place) for *place, attributes in found if b't="str"' not in attributes]


class _ZeroFinder:
    """Finds the cells with one of the styles that show zeros."""

    def __init__(self, patterns: Mapping[int, str]) -> None:
        self._patterns = {str(style).encode(): pattern for style, pattern in patterns.items()}
        self._marks = [b' s="%s"' % style for style in self._patterns]
        styles = b"|".join(self._patterns)
        self._find = re.compile(_PLACE + rb'[^>]*? s="(' + styles + rb')"').findall

    def note(self, piece: bytes, notes: CellNotes) -> None:
        if any(mark in piece for mark in self._marks):
            found = self._find(piece)
            notes.zero_patterns |= {_place_of(*place): self._patterns[style] for *place, style in found}


def _place_of(letters: bytes, digits: bytes) -> Place:
    return int(digits), number_of(letters.decode()) - 1


def _area_of(corners: tuple[bytes, bytes, bytes, bytes]) -> Area:
    return (*_place_of(*corners[:2]), *_place_of(*corners[2:]))


# --- any shape ----------------------------------------------------------------------------------------------------


def _look_over_any(pieces: Pieces, strings: SharedStrings, zero_styles: Mapping[int, str]) -> CellNotes:
    scan = _SheetScan(strings, zero_styles)
    parser = make_parser()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parse_xml(parser, pieces())
    return scan.notes


def make_parser() -> expat.XMLParserType:
    """An expat parser that refuses document types."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    return parser


def parse_xml(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Runs the parser; XML that is not well-formed, or in an encoding that does not exist, is a damaged file."""
    try:
        for piece in chain(pieces, [b""]):
            parser.Parse(piece, not piece)
    except (expat.ExpatError, LookupError, ValueError):
        raise FileRefused(make_issue("file-damaged")) from None


class _SheetScan:
    """Follows the cells of a sheet. A row or cell without "r" stands behind the one before it."""

    def __init__(self, strings: SharedStrings, zero_styles: Mapping[int, str]) -> None:
        self.notes = CellNotes()
        self._extent = SheetExtent()
        self._strings = strings
        self._zero_styles = zero_styles
        self._sizes: list[int] | None = None
        self._row = self._column = 0
        self._type: str | None = None
        self._style = ""
        self._texts: list[str] = []
        self._is_in_cell = self._is_in_formula = self._is_filled = self._has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """For expat."""
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._row, self._column = _read_place(attributes.get("r"), self._row, self._column + 1)
            self._extent.count_cell(self._row, self._column)
            self._type = attributes.get("t")
            self._style = attributes.get("s", "")
            self._texts = []
            self._is_in_cell, self._is_filled, self._has_formula = True, False, False
        elif tag == "row":
            self._row, self._column = _read_place(attributes.get("r"), self._row + 1, 0)
        elif self._is_in_cell:
            self._is_filled = True
            self._is_in_formula = tag == "f"
            self._has_formula = self._has_formula or self._is_in_formula
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = _read_place(first, 0, 0), _read_place(last, 0, 0)
            if top and left and bottom and right:
                self.notes.merged.append((top, left - 1, bottom, right - 1))

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
        place = self._row, self._column - 1
        self._extent.reach(self._row, self._column)
        if self._type == "s":
            self._extent.add_text(self._size_of(text))
        elif self._type == "e":
            self.notes.errors[place] = text
        elif self._has_formula and not text and self._type != "str":
            self.notes.uncalculated.append(place)
        if self._style.isdecimal() and len(self._style) < 10 and int(self._style) in self._zero_styles:
            self.notes.zero_patterns[place] = self._zero_styles[int(self._style)]

    def _size_of(self, index: str) -> int:
        if self._sizes is None:
            self._sizes = self._strings.sizes()
        is_known = index.isdecimal() and len(index) < 10 and int(index) < len(self._sizes)
        return self._sizes[int(index)] if is_known else 0


def _read_place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column, from 1, that a reference like "B3" or "3" names; the given ones where it names none."""
    letters, digits = _split_place(reference or "").groups()
    return (int(digits) if digits else row), (number_of(letters) if letters else column)
