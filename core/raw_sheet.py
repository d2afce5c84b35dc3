"""What the readers of text files and of workbooks hand over: rows of text as they stand in the file."""

from dataclasses import dataclass, field
from typing import Literal

from core.records import Sheet

WorkbookKind = Literal["xlsx", "xlsb", "xls", "ods"]

#: Row number as the spreadsheet shows it, and index of the column.
Place = tuple[int, int]
#: First row number, first column, last row number, last column; columns by index.
Area = tuple[int, int, int, int]


@dataclass(slots=True)
class CellNotes:
    """What a look over a sheet finds that the workbook reader does not tell of it."""

    #: Formulas that failed; the reader gives them as empty cells.
    errors: dict[Place, str] = field(default_factory=dict)
    #: Formulas saved without their result; the reader gives them as empty cells, too.
    uncalculated: list[Place] = field(default_factory=list)
    #: Numbers that are shown with zeros before them, with the pattern (number_formats.zero_pattern).
    zero_patterns: dict[Place, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)


@dataclass(slots=True)
class RawSheet:
    """The rows of one sheet that hold anything; ``numbers[i]`` is what a spreadsheet shows beside ``rows[i]``.

    Cells are text as in the file. ``is_ragged`` says that the rows are as long as they were written (text files), so
    that their length means something; a workbook's rows are all equally wide and begin with column A.
    """

    kind: Literal["csv"] | WorkbookKind
    rows: list[list[str]]
    numbers: list[int]
    is_ragged: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[Sheet, ...] = ()
    #: Rows that open a quote and never close it, read without regard to quotes.
    open_quote_rows: list[int] = field(default_factory=list)
    #: Spreadsheet errors; their cells are "" in ``rows``.
    error_values: dict[Place, str] = field(default_factory=dict)
    #: Numbers with more digits than a spreadsheet keeps.
    inexact_numbers: dict[Place, str] = field(default_factory=dict)
    #: Formulas without a result; their cells are "" in ``rows``.
    uncalculated: list[Place] = field(default_factory=list)
    #: Merged cells; all but the first of an area are "" in ``rows``.
    merged: list[Area] = field(default_factory=list)
    #: Sheets before this one that are too large to be read.
    sheets_too_large: list[str] = field(default_factory=list)
