"""What the readers of text files and of workbooks hand over: rows of text as they stand in the file."""

from dataclasses import dataclass, field
from typing import Literal

from core.records import Sheet

WorkbookKind = Literal["xlsx", "xlsb", "xls", "ods"]


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
    #: Spreadsheet errors by (row number, index of the column); their cells are "" in ``rows``.
    error_values: dict[tuple[int, int], str] = field(default_factory=dict)
    #: Numbers with more digits than a spreadsheet keeps, likewise.
    inexact_numbers: dict[tuple[int, int], str] = field(default_factory=dict)
