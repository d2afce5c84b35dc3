"""The look over an XLSX workbook before it is opened. The reader gets the parts that were looked at, and no others."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice

from core.file_limits import MAX_SHEET_CELLS
from core.number_formats import zero_pattern
from core.raw_sheet import CellNotes
from core.xlsx_cells import (
    SharedStrings,
    look_over_sheet,
    make_parser,
    parse_xml,
    whole_tags,
)
from core.zip_parts import ZipParts, refuse_unpacked_size

BOOK, BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHARED_STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
#: What tells the sheets of the workbook, and the parts that all of them use.
OUTLINE = ("[Content_Types].xml", "_rels/.rels", BOOK, BOOK_RELATIONS)
COMMON = (SHARED_STRINGS, STYLES)

#: Real ones have some hundred kilobytes. Of larger ones the number formats are not looked at.
MAX_STYLES_BYTES = 8 * 1024 * 1024

#: Each one is searched for. Real workbooks have a handful.
MAX_ZERO_STYLES = 50

_split_strings = re.compile(rb"</(?:[^\s<>/:=]+:)?si\s*>").split


class XlsxParts:
    """An XLSX workbook, sheet by sheet."""

    def __init__(self, content: bytes) -> None:
        self._parts = ZipParts(content)
        for name in OUTLINE:
            for _ in whole_tags(self._parts.pieces(name)):
                pass  # refuses entities and lies about sizes
        self._relations = _read_sheet_relations(self._parts.read(BOOK))
        self._targets = read_targets(self._parts, BOOK_RELATIONS)
        self._common: tuple[SharedStrings, dict[int, str]] | None = None

    def outline(self) -> bytes:
        """The workbook without any cells: enough to list its sheets."""
        return self._parts.repack(OUTLINE)

    def with_sheet(self, name: str) -> tuple[bytes, CellNotes]:
        """The workbook with the cells of that sheet alone. Raises FileRefused where they would cost the reader too much."""
        if self._common is None:
            self._common = check_strings(self._parts), _read_zero_styles(self._parts)
        target = self._targets.get(self._relations.get(name, ""), "")
        notes = look_over_sheet(partial(self._parts.pieces, target), *self._common)
        return self._parts.repack([*OUTLINE, *COMMON, target]), notes


def check_strings(parts: ZipParts) -> SharedStrings:
    """The shared strings. Raises FileRefused where there are too many."""
    longest = count = open_size = 0
    for piece in whole_tags(parts.pieces(SHARED_STRINGS)):
        count += piece.count(b"<si") + piece.count(b":si")  # a quick count, never too small
        if count > 2 * MAX_SHEET_CELLS:  # the end tags of prefixed names count too
            raise refuse_unpacked_size()
        first, *others = _split_strings(piece)
        open_size += len(first)
        longest = max(longest, open_size, *map(len, others)) if others else max(longest, open_size)
        if others:
            open_size = len(others[-1])
    return SharedStrings(longest, partial(_read_string_sizes, parts))


def _read_string_sizes(parts: ZipParts) -> list[int]:
    sizes = [0]
    for piece in whole_tags(parts.pieces(SHARED_STRINGS)):
        first, *others = _split_strings(piece)
        sizes[-1] += len(first)
        sizes += map(len, others)
    return sizes


# --- what the workbook refers to ----------------------------------------------------------------------------------


def _read_sheet_relations(book: bytes) -> dict[str, str]:
    """The id of each sheet's relation by the sheet's name."""
    relations: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            relations[attributes.get("name", "")] = relation

    _parse_starts(book, start)
    return relations


def read_targets(parts: ZipParts, relations_part: str) -> dict[str, str]:
    """The names of the parts that a workbook refers to, by the id of the relation."""
    targets: dict[str, str] = {}

    def start(_: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "").lstrip("/")
        targets[attributes.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"

    _parse_starts(parts.read(relations_part), start)
    return targets


def _read_zero_styles(parts: ZipParts) -> dict[int, str]:
    """The pattern (number_formats.zero_pattern) of each cell style that has one, by the number of the style."""
    data = b""
    for piece in whole_tags(parts.pieces(STYLES)):
        data += piece
        if len(data) > MAX_STYLES_BYTES:
            return {}
    formats: dict[str, str] = {}
    used: list[str] = []
    is_in_cells = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal is_in_cells
        tag = name.rpartition(":")[2]
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and is_in_cells:
            used.append(attributes.get("numFmtId", ""))
        elif tag != "xf" and tag.startswith("cell"):  # cellStyleXfs, cellXfs, cellStyles
            is_in_cells = tag == "cellXfs"

    _parse_starts(data, start)
    patterns = {number: pattern for number, code in formats.items() if (pattern := zero_pattern(code))}
    found = ((style, patterns[number]) for style, number in enumerate(used) if number in patterns)
    return dict(islice(found, MAX_ZERO_STYLES))


def _parse_starts(data: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = make_parser()
    parser.StartElementHandler = start
    parse_xml(parser, [data or b"<none/>"])
