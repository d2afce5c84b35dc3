"""Repairing cells by hand: the rows of a file as a table to edit, one row as a form, find and replace. Pure.

Everything ends as corrections (row number -> column -> text; None: as the file says), like a single cell that is corrected.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from core.chunks import Plan
from core.issues import Issue
from core.records import ColumnMapping, Corrections, ImportRecord, RowDecision, Table

Changes = dict[int, dict[str, str | None]]


class Cells:
    """The cells of the mapped columns as they are now: the file's, or what the user made of them."""

    def __init__(self, table: Table, mapping: ColumnMapping, corrections: Corrections) -> None:
        self.columns = [column for column in table.columns if mapping.targets.get(column) is not None]
        self._rows = table.rows
        self._corrections = corrections
        self._position = {column: place for place, column in enumerate(table.columns)}
        self._index = {number: place for place, number in enumerate(table.row_numbers)}

    @classmethod
    def of(cls, record: ImportRecord, table: Table) -> "Cells":
        """The cells of an import that has a mapping."""
        assert record.mapping is not None  # without one there is no dry run
        return cls(table, record.mapping, record.corrections)

    def original(self, row: int, column: str) -> str:
        """What the file says."""
        return self._rows[self._index[row]][self._position[column]]

    def get(self, row: int, column: str) -> str:
        """What is imported."""
        corrected = self._corrections.get(row, {}).get(column)
        return self.original(row, column) if corrected is None else corrected

    def set(self, changes: Changes, row: int, column: str, text: str | None) -> None:
        """Notes a new text of a cell; one that the file says already takes the correction back. No change, no note."""
        text = text or ""
        if text != self.get(row, column):
            changes.setdefault(row, {})[column] = None if text == self.original(row, column) else text


class Replacement(NamedTuple):
    """One cell that find and replace would change."""

    row: int
    column: str
    before: str
    after: str


def find_replacements(
    cells: Cells,
    rows: Iterable[int],
    columns: Sequence[str],
    *,
    find: str,
    replace: str,
    whole_cell: bool = False,
    match_case: bool = False,
) -> list[Replacement]:
    """The cells that would change, in file order. An empty ``find`` with ``whole_cell`` means the empty cells."""
    if not find and not whole_cell:
        return []
    pattern = re.compile(re.escape(find), 0 if match_case else re.IGNORECASE)
    found = []
    for row in rows:
        for column in columns:
            before = cells.get(row, column)
            if whole_cell:
                text = before.strip()
                after = replace if (pattern.fullmatch(text) if find else not text) else before
            else:
                after = pattern.sub(lambda _: replace, before)
            if after != before:
                found.append(Replacement(row, column, before, after))
    return found


def replaced(cells: Cells, replacements: Iterable[Replacement]) -> Changes:
    """The corrections that carry them out."""
    changes: Changes = {}
    for one in replacements:
        cells.set(changes, one.row, one.column, one.after)
    return changes


def wrong_rows(plan: Plan) -> list[RowDecision]:
    """The rows that something is wrong with, and that are not left out, in file order."""
    return [decision for decision in plan.decisions if decision.outcome == "error"]


def rows_holding(cells: Cells, rows: Iterable[int], text: str) -> list[int]:
    """The rows with the text in any cell, in any case."""
    wanted = text.casefold()
    return [row for row in rows if any(wanted in cells.get(row, column).casefold() for column in cells.columns)]


def issues_by_column(issues: Iterable[Issue]) -> dict[str | None, list[Issue]]:
    """The issues of one row under the column that they are about; None holds those of the whole row."""
    found: dict[str | None, list[Issue]] = {}
    for issue in issues:
        found.setdefault(issue.column, []).append(issue)
    return found


def edited_cells(
    cells: Cells, rows: Sequence[int], edited: Mapping[Any, Mapping[str, Any]], names: Mapping[str, str]
) -> Changes:
    """The corrections in the edits of a table with one line per row (positions to changed cells, as an editor tells them).

    ``names`` says which column of the file stands under which name of the table; other names are no cells.
    """
    changes: Changes = {}
    for position, line in edited.items():
        for name, text in line.items():
            if name in names:
                cells.set(changes, rows[int(position)], names[name], text)
    return changes


def next_row(rows: Sequence[int], after: int | None, *, seen: Container[int] = ()) -> int | None:
    """The first of the rows after this one that was not put off, from the start again at the end; None where all were."""
    later = [row for row in rows if after is not None and row > after]
    return next((row for row in [*later, *rows] if row not in seen), None)
