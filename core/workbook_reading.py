"""The rows of a workbook as text, read in this process by python-calamine after the workbook was checked.

Read workbooks through ``workbooks.read_workbook``, which knows which kinds must not be read in the process of the app.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from core.errors import FileRefused
from core.file_limits import MAX_ROWS
from core.header_row import SCANNED_ROWS
from core.issues import make_issue
from core.number_formats import show_zeros
from core.raw_sheet import CellNotes, Place, RawSheet, WorkbookKind
from core.records import Sheet
from core.workbook_checks import WorkbookParts, open_parts

#: From this on a spreadsheet does not keep every whole number: it has 15 significant digits.
FIRST_INEXACT_NUMBER = 10**15

#: Whole numbers are written out up to here, in exponent form beyond.
LAST_WRITTEN_OUT = 10**21


#: Refusals that speak of one sheet, so that another one may still be read.
TOO_LARGE = frozenset({"sheet-too-large", "file-unpacks-too-large"})


def read_sheet(kind: WorkbookKind, content: bytes, sheet_name: str | None = None) -> RawSheet:
    """The rows of one sheet; arguments, result and exceptions are those of workbooks.read_workbook."""
    parts = open_parts(kind, content)
    with _translated_errors():
        sheets = _list_sheets(parts)
        raw = RawSheet(kind, [], [])
        opened, notes = _open_sheet(parts, sheets, sheet_name, raw.sheets_too_large)
        height = opened.end[0] + 1 if opened.end else 0
        raw.sheet = opened.name
        raw.sheets = tuple(Sheet(s.name, s.is_visible, height if s.name == opened.name else None) for s in sheets)
        raw.error_values, raw.uncalculated = notes.errors, notes.uncalculated
        raw.merged = notes.merged
        if opened.start is not None:
            _read_rows(opened, raw, notes.zero_patterns)
    return raw


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Whatever the reader makes of a broken workbook becomes FileRefused: the one place where that is done.

    A panic of the reader's Rust code arrives as pyo3_runtime.PanicException, which is no Exception and cannot be
    imported, so it is known by its name.
    """
    try:
        yield
    except FileRefused:
        raise
    except PasswordError:
        raise FileRefused(make_issue("file-encrypted")) from None
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError):
        raise FileRefused(make_issue("file-damaged")) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise FileRefused(make_issue("file-damaged")) from None
        raise


def _list_sheets(parts: WorkbookParts) -> list[Sheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(parts.outline())) as workbook:
        metadata = [entry for entry in workbook.sheets_metadata if entry.typ == SheetTypeEnum.WorkSheet]
    if not metadata:
        raise FileRefused(make_issue("file-empty"))
    return [Sheet(entry.name, entry.visible == SheetVisibleEnum.Visible) for entry in metadata]


def _open_sheet(
    parts: WorkbookParts, sheets: list[Sheet], sheet_name: str | None, too_large: list[str]
) -> tuple[CalamineSheet, CellNotes]:
    """The chosen sheet, or else the first that holds more than one row; ``too_large`` gets those that were passed over."""
    if sheet_name is not None:
        if sheet_name not in (sheet.name for sheet in sheets):
            raise FileRefused(make_issue("file-option-wrong", option="the sheet", value=sheet_name))
        return _open(parts, sheet_name)
    best, refusal = None, None
    for sheet in sorted(sheets, key=lambda sheet: not sheet.is_visible):
        try:
            opened, notes = _open(parts, sheet.name)
        except FileRefused as refused:
            if refused.issue.code not in TOO_LARGE:
                raise
            refusal = refusal or refused
            too_large.append(sheet.name)
            continue
        if _height(opened) > 1:
            return opened, notes
        # A cover or a bare header is second best: the leads may be on a later sheet.
        if best is None or _height(opened) > _height(best[0]):
            best = opened, notes
    if refusal or best is None:
        raise refusal or FileRefused(make_issue("file-empty"))
    return best


def _open(parts: WorkbookParts, name: str) -> tuple[CalamineSheet, CellNotes]:
    content, notes = parts.with_sheet(name)
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        return workbook.get_sheet_by_name(name), notes


def _height(opened: CalamineSheet) -> int:
    """Rows from the first to the last one that hold anything."""
    return opened.end[0] - opened.start[0] + 1 if opened.start is not None and opened.end is not None else 0


def _read_rows(opened: CalamineSheet, raw: RawSheet, zero_patterns: dict[Place, str]) -> None:
    """Fill in the rows that hold anything, a formula without a value included."""
    top, left = opened.start
    margin = [""] * left
    error_rows = {row for row, _ in (*raw.error_values, *raw.uncalculated)}
    zeros_by_row: dict[int, dict[int, str]] = {}
    for (row, place), pattern in zero_patterns.items():
        zeros_by_row.setdefault(row, {})[place - left] = pattern
    for number, values in enumerate(opened.to_python(), top + 1):
        if values.count("") == len(values) and number not in error_rows:
            continue
        cells = [value if type(value) is str else _TEXT_OF[type(value)](value) for value in values]
        if number in zeros_by_row:
            _put_zeros_before(values, cells, zeros_by_row[number])
        text = "".join(cells)
        if (not text or text.isspace()) and number not in error_rows:
            continue
        if left:
            cells = margin + cells
        raw.rows.append(cells)
        raw.numbers.append(number)
        if any(type(value) is float and abs(value) >= FIRST_INEXACT_NUMBER for value in values):
            _note_inexact_numbers(values, number, left, cells, raw)
        if len(raw.rows) > MAX_ROWS + SCANNED_ROWS:
            raise FileRefused(make_issue("file-too-many-rows", limit=MAX_ROWS))


def _put_zeros_before(values: list, cells: list[str], patterns: dict[int, str]) -> None:
    for place, pattern in patterns.items():
        if 0 <= place < len(values) and type(values[place]) in (int, float):
            cells[place] = show_zeros(values[place], pattern) or cells[place]


def _note_inexact_numbers(values: list, number: int, left: int, cells: list[str], raw: RawSheet) -> None:
    for place, value in enumerate(values, left):
        if type(value) is float and abs(value) >= FIRST_INEXACT_NUMBER:
            raw.inexact_numbers[number, place] = cells[place]


# --- cells to text ------------------------------------------------------------------------------------------------


def _text_of_number(value: float) -> str:
    """A whole number without ".0" and without exponent, any other one with the fewest digits that give it back."""
    return str(int(value)) if value.is_integer() and abs(value) < LAST_WRITTEN_OUT else repr(value)


def _text_of_moment(value: datetime | time) -> str:
    """ISO 8601, with milliseconds only where there are any."""
    timespec = "milliseconds" if value.microsecond >= 1000 else "seconds"
    return value.isoformat(" ", timespec) if isinstance(value, datetime) else value.isoformat(timespec)


def _text_of_duration(value: timedelta) -> str:
    """Hours, minutes and seconds, as spreadsheets show elapsed time: 30:00:00."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_TEXT_OF: dict[type, Callable[..., str]] = {
    bool: lambda value: "TRUE" if value else "FALSE",
    int: str,
    float: _text_of_number,
    date: date.isoformat,
    datetime: _text_of_moment,
    time: _text_of_moment,
    timedelta: _text_of_duration,
}
