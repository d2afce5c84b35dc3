"""What the cells of a workbook will cost the reader, added up while they are looked over."""

from core.errors import FileRefused
from core.file_limits import MAX_SHEET_CELLS, MAX_UNPACKED_BYTES
from core.header_row import letter_of
from core.issues import make_issue
from core.zip_parts import refuse_unpacked_size

#: Formula errors by their number in the binary formats (MS-XLS 2.5.10).
ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


class SheetExtent:
    """The reach of the cells that hold anything, and the size of their texts. Raises FileRefused at the limits.

    The reader keeps a sheet as a full rectangle, and a text once for each cell that shows it: two far-apart cells, or
    one long text used a million times, take gigabytes out of a file of a few kilobytes.
    """

    def __init__(self) -> None:
        self.last_row = 0
        self.last_column = 0
        self._text_size = 0
        self._written_cells = 0

    def count_cell(self, row: int, column: int) -> None:
        """A cell is written in this row and column, both counted from 1, be it empty or not."""
        self._written_cells += 1
        if self._written_cells > MAX_SHEET_CELLS:
            raise refuse_cells(row, column, self._written_cells)

    def reach(self, row: int, column: int) -> None:
        """A cell that holds something stands in this row and column, both counted from 1."""
        if row > self.last_row or column > self.last_column:
            self.last_row = max(row, self.last_row)
            self.last_column = max(column, self.last_column)
            self._check_cells()

    def add_text(self, size: int) -> None:
        """Text of that many bytes stands in a cell."""
        self._text_size += size
        if self._text_size > MAX_UNPACKED_BYTES:
            raise refuse_unpacked_size()

    def _check_cells(self) -> None:
        cells = self.last_row * self.last_column
        if cells > MAX_SHEET_CELLS:
            raise refuse_cells(self.last_row, self.last_column, cells)


def refuse_cells(last_row: int, last_column: int, cells: int) -> FileRefused:
    """The exception for a sheet with that many cells, the last one in this row and column, both counted from 1."""
    last = f"{letter_of(last_column - 1)}{last_row}"
    return FileRefused(make_issue("sheet-too-large", last=last, count=cells, limit=MAX_SHEET_CELLS))
