"""What is looked at in a workbook before the reader opens it, whatever its kind."""

from typing import Protocol

from core.ods_checks import OdsParts
from core.raw_sheet import CellNotes, WorkbookKind
from core.xls_checks import XlsParts
from core.xlsb_checks import XlsbParts
from core.xlsx_checks import XlsxParts


class WorkbookParts(Protocol):
    """A workbook, sheet by sheet: what is wrong with one sheet does not stand in the way of another."""

    def outline(self) -> bytes:
        """The workbook without any cells: enough for the reader to list its sheets."""

    def with_sheet(self, name: str) -> tuple[bytes, CellNotes]:
        """The workbook with the cells of that sheet alone, and what the reader would not tell of them.

        Raises FileRefused where they would cost the reader more than the limits allow.
        """


_PARTS_OF: dict[WorkbookKind, type[WorkbookParts]] = {"xlsx": XlsxParts, "xlsb": XlsbParts, "xls": XlsParts, "ods": OdsParts}


def open_parts(kind: WorkbookKind, content: bytes) -> WorkbookParts:
    """The workbook; raises FileRefused where it is protected, damaged or larger than any may be."""
    return _PARTS_OF[kind](content)
