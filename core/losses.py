"""What duplicates in the file would throw away: cells that the losing row fills and the winning row leaves empty. Pure.

The unit is the cell, not the field: what is filled is a cell of the winning row, so that it can be seen, changed and
taken back like any other correction.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from core.cleaning import clean_text
from core.language import say
from core.records import FILLED, CheckedRow, ColumnMapping, Corrections, Outcome, RowDecision, Table

#: Outcomes of a winning row that write something: only there can a filled blank do any good.
WRITING: tuple[Outcome, ...] = ("created", "restored")


class Loss(NamedTuple):
    """A row that loses to another row with the same email, and its cells that the winner lacks: (column, text).

    ``differing`` are the columns where both say something, and not the same: the winner's is kept. ``is_left_out`` is a
    row that the user left out while another row with its email goes in.
    """

    row: int
    email: str
    winner: int
    cells: tuple[tuple[str, str], ...]
    is_left_out: bool = False
    differing: tuple[str, ...] = ()


class LossTotals(NamedTuple):
    """``values`` that ``rows`` rows would lose, and the ``blanks`` of winning rows that they can fill.

    ``differing`` are values that the winners have otherwise. Two rows may hold a value for the same blank, so there can be
    more values than blanks.
    """

    rows: int
    values: int
    blanks: int
    differing: int


def find_losses(
    table: Table,
    rows: Sequence[CheckedRow],
    decisions: Sequence[RowDecision],
    *,
    mapping: ColumnMapping,
    corrections: Corrections,
) -> list[Loss]:
    """Every row that loses to another one, in file order. ``rows`` and ``decisions`` are the whole file's.

    A winner that writes nothing (its lead is there already, and no blank of it is filled) takes nothing, so its losers
    lose nothing by it.
    """
    winners = {
        checked.lead.email: decision
        for checked, decision in zip(rows, decisions, strict=True)
        if checked.lead and decision.outcome != "not_imported" and decision.code != "duplicate-in-file"
    }
    cells = _Cells(table, mapping, corrections)
    losses = []
    for checked, decision in zip(rows, decisions, strict=True):
        is_left_out = decision.code == "row-skipped"
        winner = winners.get(checked.lead.email) if checked.lead else None
        if winner and (is_left_out or decision.code == "duplicate-in-file"):
            writes = winner.outcome in WRITING or winner.code == FILLED
            lost, differing = cells.compare(decision.row, winner.row) if writes else ((), ())
            losses.append(Loss(decision.row, decision.email, winner.row, lost, is_left_out, differing))
    return losses


def count_losses(losses: Sequence[Loss]) -> LossTotals:
    """What the losses add up to."""
    losing = [loss for loss in losses if loss.cells]
    blanks = {(loss.winner, column) for loss in losing for column, _ in loss.cells}
    differing = sum(len(loss.differing) for loss in losses)
    return LossTotals(len(losing), sum(len(loss.cells) for loss in losing), len(blanks), differing)


def blanks_filled(losses: Iterable[Loss]) -> dict[int, dict[str, str]]:
    """Corrections that fill the winners' blanks; of two rows with a value for the same blank the first one gives it."""
    filled: dict[int, dict[str, str]] = {}
    for loss in losses:
        for column, text in loss.cells:
            filled.setdefault(loss.winner, {}).setdefault(column, text)
    return filled


def same_email(rows: Iterable[CheckedRow], row: int) -> list[int]:
    """The numbers of the valid rows with the email of this valid row, in file order, itself among them."""
    emails = {checked.row: checked.lead.email for checked in rows if checked.lead}
    return [number for number, email in emails.items() if email == emails.get(row)]


def losses_table(losses: Iterable[Loss]) -> dict[str, list]:
    """Row, email, winning row, what would be lost and what differs, one line per losing row."""
    losses = list(losses)
    return {
        "Row": [loss.row for loss in losses],
        "Email": [loss.email for loss in losses],
        "Winning row": [loss.winner for loss in losses],
        "Would be lost": [" · ".join(f"{column}: {text}" for column, text in loss.cells) for loss in losses],
        "Differs": [", ".join(loss.differing) for loss in losses],
        "Left out": [loss.is_left_out for loss in losses],
    }


def compare_rows(table: Table, loss: Loss, *, mapping: ColumnMapping, corrections: Corrections) -> dict[str, list]:
    """The mapped columns in which the two rows differ, side by side, and what becomes of the losing row's cell."""
    cells = _Cells(table, mapping, corrections)
    kept = say("Row {row} is kept").format(row=loss.winner)
    fate = {**{column: say("Lost") for column, _ in loss.cells}, **dict.fromkeys(loss.differing, kept)}
    columns = [column for column in cells.columns if column in fate]
    return {
        "Column": columns,
        say("Row {row}").format(row=loss.row): [cells.get(loss.row, column) for column in columns],
        say("Row {row}, which wins").format(row=loss.winner): [cells.get(loss.winner, column) for column in columns],
        "Outcome": [fate[column] for column in columns],
    }


class _Cells:
    """The cells of the mapped columns, as corrected."""

    def __init__(self, table: Table, mapping: ColumnMapping, corrections: Corrections) -> None:
        self.columns = [column for column in table.columns if mapping.targets.get(column) is not None]
        self._table = table
        self._targets = mapping.targets
        self._corrections = corrections
        self._position = {column: i for i, column in enumerate(table.columns)}
        self._index = {number: i for i, number in enumerate(table.row_numbers)}

    def get(self, row: int, column: str) -> str:
        corrected = self._corrections.get(row, {}).get(column)
        return self._table.rows[self._index[row]][self._position[column]] if corrected is None else corrected

    def compare(self, row: int, winner: int) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """(column, text) of the row's cells where the winner's is empty, and the columns where the two differ.

        The email is the same by comparison, so its spelling is no difference.
        """
        lacking, differing = [], []
        for column in self.columns:
            text, kept = clean_text(self.get(row, column)), clean_text(self.get(winner, column))
            if text and not kept:
                lacking.append((column, text))
            elif text and text != kept and self._targets[column] != "email":
                differing.append(column)
        return tuple(lacking), tuple(differing)
