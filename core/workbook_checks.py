"""What is checked about a workbook before the reader opens it."""

from collections.abc import Callable
from functools import partial

from core.ods_checks import check_ods
from core.xls_checks import check_xls
from core.xlsb_checks import check_xlsb, find_xlsb_errors
from core.xlsx_checks import check_xlsx, find_xlsx_errors
from core.zip_parts import ZipParts

ErrorValues = dict[tuple[int, int], str]


def check_workbook(kind: str, content: bytes) -> Callable[[str], ErrorValues]:
    """A function that gives the formula errors of a sheet, by (row number, index of the column).

    The reader gives formula errors as empty cells, so they are looked up here. Raises FileRefused where opening the
    workbook would cost more than the limits allow, or where it is protected or damaged.
    """
    if kind == "xls":
        return _look_up(check_xls(content))
    parts = ZipParts(content)
    if kind == "ods":
        return _look_up(check_ods(parts))
    if kind == "xlsb":
        check_xlsb(parts)
        return partial(find_xlsb_errors, parts)
    check_xlsx(parts)
    return partial(find_xlsx_errors, parts)


def _look_up(errors: dict[str, ErrorValues]) -> Callable[[str], ErrorValues]:
    return lambda sheet_name: errors.get(sheet_name, {})
