"""Rows of an XLSX, XLSB, XLS or ODS workbook as text."""

from core.raw_sheet import RawSheet, WorkbookKind
from core.workbook_process import read_sheet_apart
from core.workbook_reading import read_sheet

#: Kinds that the reader (calamine 0.37) takes so much at their word that a damaged or hostile file ends its process: it
#: reserves whatever size the file names, and a reservation that fails cannot be caught. They are rare as uploads.
READ_APART = frozenset({"xls", "xlsb"})


def read_workbook(kind: WorkbookKind, content: bytes, sheet_name: str | None = None) -> RawSheet:
    """The rows of one sheet; ``sheet_name`` of None means the first visible sheet that holds more than one row.

    Row numbers are those of the sheet, and the rows begin with column A, wherever the first cell stands. Raises
    FileRefused where the workbook is protected, damaged, too large, or has no such sheet.
    """
    read = read_sheet_apart if kind in READ_APART else read_sheet
    return read(kind, content, sheet_name)
