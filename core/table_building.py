"""The raw rows of a sheet to a Table: header, column names, rows of equal width, and issues for whatever was odd."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from core import file_limits as LIMITS
from core.error_values import ERROR_VALUES
from core.errors import FileRefused
from core.header_row import clean_header, find_header, letter_of, name_columns
from core.issues import KIND_BY_CODE, Issue, make_issue
from core.raw_sheet import RawSheet
from core.records import FoundFormat, Table
from core.safe_csv import unmark_cell

#: What stands for bytes that are no character (Unicode, “replacement character”).
LOST_CHARACTER = "\ufffd"

_is_shortened_number = re.compile(r"\s*[+-]?\d(?:[.,]\d+)?[eE]\+\d{2,3}\s*").fullmatch


def _may_need_care(row_text: str) -> bool:
    """Whether a row may hold a marked cell, an error value, a shortened number, lost characters or too long a cell."""
    return (
        "'" in row_text
        or "#" in row_text
        or "E+" in row_text
        or "e+" in row_text
        or "Err:" in row_text
        or LOST_CHARACTER in row_text
        or len(row_text) > LIMITS.MAX_CELL_LENGTH
    )


class IssueLog:
    """Issues in the order in which they were found, at most MAX_ISSUES_PER_CODE of each code; the rest are counted."""

    def __init__(self) -> None:
        self._issues: list[Issue] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, **names: object) -> None:
        """Keep or count one issue; ``names`` as for make_issue."""
        self._counts[code] += 1
        if self._counts[code] <= LIMITS.MAX_ISSUES_PER_CODE:
            self._issues.append(make_issue(code, **names))

    def close(self) -> tuple[Issue, ...]:
        """All issues kept, those of the whole file first, then by row; at the end how many others there are."""
        left_out = [
            make_issue("file-issues-left-out", count=count - LIMITS.MAX_ISSUES_PER_CODE, title=KIND_BY_CODE[code].title)
            for code, count in self._counts.items()
            if count > LIMITS.MAX_ISSUES_PER_CODE
        ]
        return (*sorted(self._issues, key=lambda issue: issue.row or 0), *left_out)


def build_table(sheet: RawSheet, header_row: int | None = None) -> Table:
    """The Table of a sheet that has at least one row. ``header_row`` as in ParseOptions; None means: find it."""
    header_index = _find_header_index(sheet, header_row)
    header = None if header_index is None else sheet.rows[header_index]
    first = 0 if header_index is None else header_index + 1
    rows, numbers = sheet.rows[first:], sheet.numbers[first:]
    if not rows:
        raise FileRefused(make_issue("file-header-only"))
    if len(rows) > LIMITS.MAX_ROWS:
        raise FileRefused(make_issue("file-too-many-rows", limit=LIMITS.MAX_ROWS))

    width = _find_width(sheet, header, rows)
    places = _find_places(header or [], rows, width)
    if len(places) > LIMITS.MAX_COLUMNS:
        raise FileRefused(make_issue("file-too-many-columns", count=len(places), limit=LIMITS.MAX_COLUMNS))
    log = IssueLog()
    if header_index:
        _warn_about_lines_above(sheet, header_index, log)
    for name in sheet.sheets_too_large:
        log.add("sheet-passed-over", value=name, sheet=sheet.sheet)
    columns = name_columns(header, places, log.add)
    for column in columns:
        if LOST_CHARACTER in column:
            log.add("cell-characters-lost", row=sheet.numbers[header_index or 0], column=column, value=column)
    fitted = _RowFitter(width, _find_least_width(sheet, header, width), columns, places, log).fit_rows(rows, numbers)
    names = dict(zip(places, columns, strict=True))
    _warn_about_cells_of_the_reader(sheet, names, set(numbers), log)
    _warn_about_merged_cells(sheet, names, numbers, log)
    return Table(
        columns=columns,
        rows=tuple(fitted),
        row_numbers=tuple(numbers),
        format=FoundFormat(
            kind=sheet.kind,
            header_row=0 if header_index is None else sheet.numbers[header_index],
            encoding=sheet.encoding,
            delimiter=sheet.delimiter,
            sheet=sheet.sheet,
            sheets=sheet.sheets,
        ),
        issues=log.close(),
    )


def _find_header_index(sheet: RawSheet, header_row: int | None) -> int | None:
    if header_row is None:
        return find_header(sheet.rows)
    if header_row == 0:
        return None
    if header_row not in sheet.numbers:
        raise FileRefused(make_issue("header-row-empty", row_number=header_row))
    return sheet.numbers.index(header_row)


def _warn_about_lines_above(sheet: RawSheet, header_index: int, log: IssueLog) -> None:
    filled = (cell.strip()[:80] for row in sheet.rows[:header_index] for cell in row[:20] if cell.strip())
    texts = list(islice(filled, 10))
    log.add("header-not-first", row_number=sheet.numbers[header_index], value=" / ".join(texts))


def _find_width(sheet: RawSheet, header: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> int:
    """How many cells of a row count: as many as the header has, without one as many as most rows have."""
    if not sheet.is_ragged:
        return max(map(len, rows))
    if header is not None:
        return len(header)
    widths = Counter(map(len, rows))
    return max(widths, key=lambda width: (widths[width], width))


def _find_least_width(sheet: RawSheet, header: Sequence[str] | None, width: int) -> int:
    """With fewer cells than this, a row is too short: it ends before the last column with a header."""
    if not sheet.is_ragged:
        return 0
    if header is None:
        return width
    return max((place + 1 for place, cell in enumerate(header) if clean_header(cell)), default=0)


def _find_places(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The indexes of the columns that have a header or a value in any row."""
    used = {place for place, cell in enumerate(header) if clean_header(cell)}
    empty = [place for place in range(width) if place not in used]
    for row in rows:
        if not empty:
            break
        used.update(place for place in empty if row[place : place + 1] and row[place] and not row[place].isspace())
        empty = [place for place in empty if place not in used]
    return sorted(used)


def _warn_about_cells_of_the_reader(sheet: RawSheet, names: dict[int, str], numbers: set[int], log: IssueLog) -> None:
    """Issues for what only the reader of the file could see, as far as it stands in rows and columns of the Table."""
    for number in sheet.open_quote_rows:
        if number in numbers:
            log.add("row-quote-open", row=number)
    for (number, place), error in sheet.error_values.items():
        if number in numbers and place in names:
            log.add("cell-error-value", row=number, column=names[place], value=error)
    for (number, place), text in sheet.inexact_numbers.items():
        if number in numbers and place in names:
            log.add("cell-digits-lost", row=number, column=names[place], value=text)
    for number, place in sheet.uncalculated:
        if number in numbers and place in names:
            log.add("cell-formula-without-value", row=number, column=names[place])


def _warn_about_merged_cells(sheet: RawSheet, names: dict[int, str], numbers: Sequence[int], log: IssueLog) -> None:
    """An issue for each merged area that hides a value from data rows: it stands in the first cell alone.

    The row of the issue is the first data row that the area crosses; an area across columns that are not in the Table,
    or without a value, takes nothing from anybody.
    """
    rows = dict(zip(sheet.numbers, sheet.rows, strict=True))
    for top, left, bottom, right in sheet.merged:
        value = "".join(rows.get(top, [])[left : left + 1]).strip()
        first = bisect_left(numbers, top)
        if not value or first == len(numbers) or numbers[first] > bottom or not any(left <= place <= right for place in names):
            continue
        column = names.get(left) or next(names[place] for place in names if left <= place <= right)
        area = f"{letter_of(left)}{top}:{letter_of(right)}{bottom}"
        log.add("cells-merged", row=numbers[first], column=column, value=value, area=area, cell=f"{letter_of(left)}{top}")


class _RowFitter:
    """Makes rows as wide as the columns and checks their cells. One look at the whole row spares most cells their own."""

    def __init__(
        self, width: int, least_width: int, columns: Sequence[str], places: Sequence[int], log: IssueLog
    ) -> None:
        self.width = width
        self.least_width = least_width
        self.columns = columns
        self.places = places
        self.log = log

    def fit_rows(self, rows: Sequence[list[str]], numbers: Sequence[int]) -> list[tuple[str, ...]]:
        """One tuple per row, in the same order."""
        width, takes_all = self.width, len(self.places) == self.width
        fitted = []
        for row, number in zip(rows, numbers, strict=True):
            cells = row if len(row) == width else self._fit_length(row, number)
            if not takes_all:
                cells = [cells[place] for place in self.places]
            text = "".join(cells)
            if _may_need_care(text):
                cells = [self._check_cell(cell, number, place) for place, cell in enumerate(cells)]
            fitted.append(tuple(cells))
        return fitted

    def _fit_length(self, row: list[str], number: int) -> list[str]:
        if len(row) < self.width:
            if len(row) < self.least_width:
                self.log.add("row-too-short", row=number, count=len(row), expected=self.least_width)
            return row + [""] * (self.width - len(row))
        extra = [cell for cell in row[self.width :] if cell and not cell.isspace()]
        if extra:
            named = ", ".join(cell[:80] for cell in extra[:10])
            self.log.add("row-too-long", row=number, count=len(row), expected=self.width, value=named)
        return row[: self.width]

    def _check_cell(self, cell: str, number: int, place: int) -> str:
        if not cell:
            return cell
        if len(cell) > LIMITS.MAX_CELL_LENGTH:
            names = {"length": len(cell), "limit": LIMITS.MAX_CELL_LENGTH, "value": cell}
            self.log.add("cell-too-long", row=number, column=self.columns[place], **names)
            return cell
        if (plain := unmark_cell(cell)) != cell:
            cell = plain  # marked: whoever wrote it means the text, also where it reads like an error
        elif ("#" in cell or "Err:" in cell) and cell.strip() in ERROR_VALUES:
            self.log.add("cell-error-value", row=number, column=self.columns[place], value=cell.strip())
            return ""
        if LOST_CHARACTER in cell:
            self.log.add("cell-characters-lost", row=number, column=self.columns[place], value=cell.strip())
        if "+" in cell and _is_shortened_number(cell):
            self.log.add("cell-digits-lost", row=number, column=self.columns[place], value=cell.strip())
        return cell
