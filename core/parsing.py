"""Bytes of an uploaded file to a Table: text in cells, one number per row, and everything that was odd about it.

What the file is, its encoding, delimiter, sheet and header row are found, said in ``Table.format``, and can be chosen:
``parse_file(name, content, {**what format says})`` gives the same Table again.
"""

from math import ceil

from core import file_limits as LIMITS
from core.errors import FileRefused
from core.file_kinds import find_kind
from core.issues import make_issue
from core.records import ParseOptions, Table
from core.table_building import build_table
from core.text_files import read_text_file
from core.workbooks import read_workbook

__all__ = ["LIMITS", "parse_file"]

#: A file of nothing but these bytes is empty: white space, delimiters, byte order marks, the NULs of UTF-16.
NOTHING = b"\x00\t\r\n ,;|\x1a\xef\xbb\xbf\xff\xfe"


def parse_file(file_name: str, content: bytes, options: ParseOptions | None = None) -> Table:
    """The file as a Table. Raises FileRefused, and nothing else, where it cannot be read as one.

    ``file_name`` is not trusted: the kind of the file is judged by its content. Rows are refused from MAX_ROWS on, so
    that nothing is left out silently; single bad rows and cells become issues of the Table.
    """
    if len(content) > LIMITS.MAX_FILE_BYTES:
        sizes = {"size_mb": _in_mb(len(content)), "limit_mb": _in_mb(LIMITS.MAX_FILE_BYTES)}
        raise FileRefused(make_issue("file-too-large", **sizes))
    if not content.strip(NOTHING):
        raise FileRefused(make_issue("file-empty"))
    options = options or {}
    kind = find_kind(content)
    if kind == "csv":
        sheet = read_text_file(content, options.get("encoding"), options.get("delimiter"))
    else:
        sheet = read_workbook(kind, content, options.get("sheet"))
    if not sheet.rows:
        raise FileRefused(make_issue("file-empty") if kind == "csv" else make_issue("sheet-empty", sheet=sheet.sheet))
    return build_table(sheet, options.get("header_row"))


def _in_mb(size: int) -> str:
    """Megabytes, rounded up so that a size over the limit never reads like the limit."""
    return f"{ceil(size / 1024 / 1024 * 10) / 10:.1f}".removesuffix(".0")
