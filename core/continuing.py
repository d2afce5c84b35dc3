"""A file that continues an earlier import: rows that it could not import, mended and brought again. Pure.

The CSV of failed rows carries three columns of ours: the import, the row's number in its file, and the reason. The first two
mark a row; the third is for people. In whatever order the columns come back, from a spreadsheet program or not, a marked row
is judged as the row of the first file that it is: under that one's number, beside that one's other rows. What is marked
wrongly, twice or not at all is a row that was added: its number goes on after the last one.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from core.emails import email_key
from core.ids import parse_import_id
from core.records import FILLED, RowChoices, RowDecision, Table

IMPORT_COLUMN = "Lead Import: import"
ROW_COLUMN = "Lead Import: row"
REASON_COLUMN = "Lead Import: reason"
#: In the order in which the CSV of failed rows ends with them.
OWN_COLUMNS = (IMPORT_COLUMN, ROW_COLUMN, REASON_COLUMN)

#: A row that the first file's import (or an earlier continuation) has imported already.
ALREADY_IMPORTED = "row-already-imported"

#: A spreadsheet program may give a whole number back as one with a fraction.
_is_row_number = re.compile(r"([0-9]{1,9})(?:[.,]0+)?").fullmatch


@dataclass(frozen=True, slots=True)
class Marks:
    """Which import a table's rows belong to, and for each of its rows the row of that import, None for an added one."""

    import_id: UUID
    rows: tuple[int | None, ...]


class Settled(NamedTuple):
    """What an import has settled before a continuation is judged.

    ``imported`` are its rows that are in; ``first_rows`` the first row of each email that takes part no more.
    """

    imported: frozenset[int]
    first_rows: dict[str, int]


# --- the file ---------------------------------------------------------------------------------------------------------


def find_marks(table: Table) -> Marks | None:
    """The marks of a table, None where it has none. Where they name several imports, the one of most rows counts."""
    places = {_plain(column): place for place, column in reversed([*enumerate(table.columns)])}
    import_place, row_place = places.get(_plain(IMPORT_COLUMN)), places.get(_plain(ROW_COLUMN))
    if import_place is None or row_place is None:
        return None
    ids = [parse_import_id(row[import_place].strip()) for row in table.rows]
    counted = Counter(import_id for import_id in ids if import_id)
    if not counted:
        return None
    [(import_id, _)] = counted.most_common(1)
    marked = zip(ids, table.rows, strict=True)
    return Marks(import_id, tuple(_row_number(row[row_place]) if found == import_id else None for found, row in marked))


def without_marks(table: Table) -> Table:
    """The table without columns of ours, unless it has no others."""
    own = {_plain(column) for column in OWN_COLUMNS}
    kept = [place for place, column in enumerate(table.columns) if _plain(column) not in own]
    if not kept or len(kept) == len(table.columns):
        return table
    columns = tuple(table.columns[place] for place in kept)
    dropped = set(table.columns).difference(columns)
    return replace(
        table,
        columns=columns,
        rows=tuple(tuple([row[place] for place in kept]) for row in table.rows),
        issues=tuple(issue for issue in table.issues if issue.column not in dropped),
    )


def under_marked_rows(table: Table, marks: Marks, known: Sequence[int]) -> Table:
    """The table without columns of ours, its rows under the numbers that they have in the first file, in their order.

    ``known`` are that file's row numbers.
    """
    free, last = set(known), max(known, default=1)
    numbers = []
    for number in marks.rows:
        if number in free:
            free.remove(number)
        else:
            number = last = last + 1
        numbers.append(number)
    table = without_marks(table)
    new_numbers = dict(zip(table.row_numbers, numbers, strict=True))
    in_order = sorted(zip(numbers, table.rows, strict=True), key=itemgetter(0))
    return replace(
        table,
        rows=tuple(row for _, row in in_order),
        row_numbers=tuple(number for number, _ in in_order),
        issues=tuple(replace(issue, row=new_numbers.get(issue.row, issue.row)) if issue.row else issue for issue in table.issues),
    )


def _plain(column: str) -> str:
    return " ".join(column.casefold().split())


def _row_number(cell: str) -> int | None:
    found = _is_row_number(cell.strip())
    return int(found[1]) if found else None


# --- its rows -----------------------------------------------------------------------------------------------------------


def is_imported(decision: RowDecision) -> bool:
    """Whether the row wrote a lead: it is not judged again."""
    return decision.outcome in ("created", "restored") or decision.code == FILLED


def settle(decisions: Iterable[RowDecision], *, again: Collection[int]) -> Settled:
    """What the import's ledger settles for a continuation that brings the rows ``again``: those are judged anew."""
    decisions = [*decisions]
    imported = frozenset(decision.row for decision in decisions if is_imported(decision))
    anew = set(again) - imported
    first_rows: dict[str, int] = {}
    for decision in decisions:
        winner = decision.first_row or decision.row
        if decision.outcome in ("created", "restored", "duplicate") and winner not in anew:
            first_rows.setdefault(email_key(decision.email), winner)
    return Settled(imported, first_rows)


def leave_out_imported(choices: RowChoices, imported: Collection[int]) -> RowChoices:
    """The choices with the rows left out that are imported already: that is not the user's choice, so it goes first."""
    return choices._replace(left_out={**choices.left_out, **dict.fromkeys(imported, ALREADY_IMPORTED)})


def replace_rows(
    parts: Mapping[int, Sequence[RowDecision]], brought: Iterable[RowDecision]
) -> dict[int, list[RowDecision]]:
    """The parts of the first import that a continuation changes, with its decisions in the place of the earlier ones.

    Rows that are imported already stay as they are, and added rows belong to no part.
    """
    by_row = {decision.row: decision for decision in brought if decision.code != ALREADY_IMPORTED}
    changed = {}
    for part_no, decisions in parts.items():
        if not any(decision.row in by_row and not is_imported(decision) for decision in decisions):
            continue
        changed[part_no] = [
            decision if is_imported(decision) else by_row.get(decision.row, decision) for decision in decisions
        ]
    return changed
