"""CSV that is safe to open in a spreadsheet, and the way back.

A spreadsheet program runs a cell that begins with ``= + - @``, tab or CR as a formula (OWASP, "CSV Injection"). Such
cells get a leading apostrophe, and so does a text that reads like a failed formula's error (``#N/A``), which a reader would
take for one. So that the way back is exact, a cell that looks as if it were marked already (one or
more apostrophes before such a character) gets one more: taking one off always gives the cell that was written.
"""

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence

from core.error_values import ERROR_VALUES

MARKER = "'"
_DANGEROUS = rf"(?:[=+\-@\t\r]|\s*(?:{'|'.join(map(re.escape, sorted(ERROR_VALUES)))})\s*\Z)"
_needs_marker = re.compile(rf"'*{_DANGEROUS}").match
_has_marker = re.compile(rf"'+{_DANGEROUS}").match


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as CSV bytes: UTF-8 with a byte order mark (else Excel takes it for cp1252), comma, CRLF.

    Half surrogate pairs, which UTF-8 cannot carry, come out as "?".
    """
    return BOM_UTF8 + write_lines([header]) + write_lines(rows)


def write_lines(rows: Iterable[Sequence[str]]) -> bytes:
    """A piece of such a file, for files that are made piece by piece; the first piece begins with BOM_UTF8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([mark_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", errors="replace")


def mark_cell(text: str) -> str:
    """The cell as it is safe to write into a CSV file."""
    return MARKER + text if _needs_marker(text) else text


def unmark_cell(text: str) -> str:
    """The cell that mark_cell was given. Text that it cannot have marked stays as it is."""
    return text[1:] if text[:1] == MARKER and _has_marker(text) else text
