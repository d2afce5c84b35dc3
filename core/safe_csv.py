"""CSV that is safe to open in a spreadsheet, and the way back.

A spreadsheet program runs a cell that begins with ``= + - @``, tab or CR as a formula (OWASP, "CSV Injection"). Such
cells get a leading apostrophe. So that the way back is exact, a cell that looks as if it were marked already (one or
more apostrophes before such a character) gets one more: taking one off always gives the cell that was written.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

MARKER = "'"
_needs_marker = re.compile(r"'*[=+\-@\t\r]").match
_has_marker = re.compile(r"'+[=+\-@\t\r]").match


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as CSV bytes: UTF-8 with a byte order mark (else Excel takes it for cp1252), comma, CRLF.

    Half surrogate pairs, which UTF-8 cannot carry, come out as "?".
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([mark_cell(cell) for cell in header])
    writer.writerows([mark_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def mark_cell(text: str) -> str:
    """The cell as it is safe to write into a CSV file."""
    return MARKER + text if _needs_marker(text) else text


def unmark_cell(text: str) -> str:
    """The cell that mark_cell was given. Text that it cannot have marked stays as it is."""
    return text[1:] if text[:1] == MARKER and _has_marker(text) else text
