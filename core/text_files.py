"""Rows of a CSV, TSV or TXT file: its encoding and its delimiter are found, its quotes are respected."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from core.errors import FileRefused
from core.file_limits import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS
from core.header_row import SCANNED_ROWS, holds_email
from core.issues import make_issue
from core.raw_sheet import RawSheet
from core.text_encoding import decode_text

# One setting for the whole process, so it is made once. No cell is longer than the file; too long ones become issues.
csv.field_size_limit(4 * MAX_FILE_BYTES)

#: In the order that wins a draw: a comma or a semicolon is often part of a text, a tab or a pipe hardly ever.
DELIMITERS = ("\t", "|", ";", ",")

#: Records and characters that are looked at to find the delimiter.
SAMPLE_RECORDS = 100
SAMPLE_CHARACTERS = 64 * 1024

_separator_line = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE).fullmatch


def read_text_file(content: bytes, encoding: str | None = None, delimiter: str | None = None) -> RawSheet:
    """The rows of a text file. None for an option means: find it.

    A record with line breaks inside quotes is one row, a blank line is one too, and so is a first line ``sep=;`` (which
    says the delimiter, as Excel writes and reads it, and is left out).
    """
    text, encoding = decode_text(content, encoding)
    lines = _split_lines(text)
    separator_line = _separator_line(lines[0]) if lines else None
    skipped = 1 if separator_line else 0
    if delimiter is None:
        delimiter = separator_line.group(1) if separator_line else find_delimiter(lines)
    if len(delimiter) != 1 or delimiter in '"\r\n ':
        raise FileRefused(make_issue("file-option-wrong", option="the delimiter", value=delimiter))
    return _read_rows(lines, skipped, RawSheet("csv", [], [], True, encoding, delimiter))


def _split_lines(text: str) -> list[str]:
    if text.count("\n") + text.count("\r") > 4 * MAX_SHEET_ROWS:  # too many even for cells of several lines
        raise FileRefused(make_issue("file-too-many-rows", limit=MAX_ROWS))
    return list(io.StringIO(text.rstrip("\x1a"), newline=""))  # DOS programs end a text with Ctrl-Z


def _read_rows(lines: list[str], skipped: int, sheet: RawSheet) -> RawSheet:
    """The sheet with its rows filled in. Stops early where there are more rows than any import takes."""
    rows, numbers = sheet.rows, sheet.numbers
    number = skipped
    for number, (record, is_open) in enumerate(_read_records(lines, skipped, sheet.delimiter), skipped + 1):
        if any(record) and not "".join(record).isspace():
            if len(record) > MAX_SHEET_COLUMNS:
                raise FileRefused(make_issue("file-too-many-columns", count=len(record), limit=MAX_COLUMNS))
            rows.append(record)
            numbers.append(number)
            if is_open:
                sheet.open_quote_rows.append(number)
            if len(rows) > MAX_ROWS + SCANNED_ROWS:
                break
        if number > MAX_SHEET_ROWS:
            break
    if len(rows) > MAX_ROWS + SCANNED_ROWS or number > MAX_SHEET_ROWS:
        raise FileRefused(make_issue("file-too-many-rows", limit=MAX_ROWS))
    return sheet


def _read_records(lines: list[str], start: int, delimiter: str) -> Iterator[tuple[list[str], bool]]:
    """Each record, and whether its first line opens a quote that is never properly closed.

    Such a quote would swallow the rows up to the next quote or the end of the file. So a record over several lines that
    is not well-formed is taken back: its first line is read with the quote as an ordinary character, and reading goes
    on with the line after it. A line that leaves a quote open holds an odd number of quotes, and so closes the quote of
    any such line before it: no line is read more than three times.
    """
    while start < len(lines):
        rest = map(lines.__getitem__, range(start, len(lines)))  # islice would run through all lines before
        reader = csv.reader(rest, delimiter=delimiter)
        end = start
        for record in reader:
            begin, end = end, start + reader.line_num
            if end - begin > 1 and not _is_well_formed(lines[begin:end], delimiter):
                yield _split_line(lines[begin], delimiter), True
                end = begin + 1
                break
            yield record, False
        start = end


def _is_well_formed(lines: list[str], delimiter: str) -> bool:
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _split_line(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])


# --- the delimiter ------------------------------------------------------------------------------------------------


def find_delimiter(lines: list[str]) -> str:
    """The delimiter that splits the records most evenly, beginning with the first of them.

    A file of one column has none; it gets one that it does not use, so that no cell is split.
    """
    sample = _take_sample(lines)
    scores = {delimiter: _score_delimiter(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=scores.__getitem__)
    if scores[best] > 0:
        return best
    text = "".join(sample)
    return next((delimiter for delimiter in reversed(DELIMITERS) if delimiter not in text), "\t")


def _take_sample(lines: list[str]) -> list[str]:
    sample: list[str] = []
    size = 0
    for line in islice(lines, 10 * SAMPLE_RECORDS):
        sample.append(line[:SAMPLE_CHARACTERS])
        size += len(line)
        if size > SAMPLE_CHARACTERS:
            break
    return sample


def _score_delimiter(sample: list[str], delimiter: str) -> float:
    """How well a delimiter fits; 0 where it does not split the records at all or only here and there.

    What counts: the share of records that have the most common number of cells (squared: an uneven split is a bad
    sign), the number of cells (more is better, with falling weight), cells that are exactly an email address, and
    that the even records begin at the top (a semicolon within tags splits the rows evenly, but not the header).
    """
    records = [record for record, _ in islice(_read_records(sample, 0, delimiter), SAMPLE_RECORDS) if any(record)]
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    evenness = count / len(records)
    if evenness < 0.4 and len(records[0]) == 1:
        return 0
    with_email = sum(map(holds_email, records)) / len(records)
    lines_above = next(index for index, record in enumerate(records) if len(record) > 1)
    return evenness**2 * (1 - 1 / width) * 0.7 ** min(lines_above, 5) + 0.5 * with_email
