"""Which rows go in when a file does not fit the contact limit; the others are parked. Pure.

A place of the contact limit belongs to an email, not to a row: all rows with one email go in or are parked together.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from core.cleaning import clean_text
from core.losses import WRITING
from core.records import CheckedRow, Corrections, Lead, RowDecision, Table

Order = Literal["file", "complete", "tag", "column"]
ORDERS: tuple[Order, ...] = ("file", "complete", "tag", "column")

#: How much a place is wanted; of equals the first in the file goes in first, and at 0 it is not wanted at all.
Rank = Callable[["Place"], int]


@dataclass(frozen=True, slots=True)
class FitChoice:
    """Which rows the user wants to go in first: those with ``tag``, or with ``text`` in ``column``.

    ``only`` parks what has neither even where there is room for it.
    """

    by: Order = "file"
    tag: str = ""
    column: str = ""
    text: str = ""
    is_exact: bool = False
    only: bool = False


class Place(NamedTuple):
    """A place of the contact limit: the row that would take it, its lead, and every valid row with its email."""

    row: int
    lead: Lead
    rows: tuple[int, ...]


class Fit(NamedTuple):
    """The places that go in and those that are parked, both in file order."""

    chosen: tuple[Place, ...]
    parked: tuple[Place, ...]

    @property
    def parked_rows(self) -> frozenset[int]:
        """Every row that is parked."""
        return frozenset(row for place in self.parked for row in place.rows)


class PartsFit(NamedTuple):
    """How far a file that goes in parts comes: ``parts`` that are written, and the ``leads`` that they add."""

    parts: int
    leads: int


def find_places(rows: Sequence[CheckedRow], decisions: Sequence[RowDecision]) -> list[Place]:
    """Every place that the rows would take, in file order. Rows that take none (duplicates, errors) are not among them."""
    same: dict[str, list[int]] = {}
    for checked, decision in zip(rows, decisions, strict=True):
        if checked.lead and decision.outcome != "not_imported":
            same.setdefault(checked.lead.email, []).append(checked.row)
    return [
        Place(checked.row, checked.lead, tuple(same[checked.lead.email]))
        for checked, decision in zip(rows, decisions, strict=True)
        if checked.lead and decision.outcome in WRITING
    ]


def fit_places(places: Sequence[Place], free: int, *, rank: Rank, only: bool = False) -> Fit:
    """As many places as are free, the most wanted first; with ``only``, none that is not wanted at all."""
    ranks = [rank(place) for place in places]
    wanted = [i for i in range(len(places)) if ranks[i] or not only]
    chosen = {*sorted(wanted, key=lambda i: -ranks[i])[: max(free, 0)]}
    return Fit(
        tuple(place for i, place in enumerate(places) if i in chosen),
        tuple(place for i, place in enumerate(places) if i not in chosen),
    )


def rank_by(choice: FitChoice, table: Table, corrections: Corrections) -> Rank:
    """How much the choice wants a place. Case and white space around a text make no difference."""
    if choice.by == "complete":
        return lambda place: _count_values(place.lead)
    if choice.by == "tag":
        return lambda place: choice.tag in place.lead.tags
    if choice.by == "column" and choice.column in table.columns:
        wanted, position = _comparable(choice.text), table.columns.index(choice.column)
        index = {number: i for i, number in enumerate(table.row_numbers)}

        def matches(place: Place) -> bool:
            corrected = corrections.get(place.row, {}).get(choice.column)
            cell = _comparable(table.rows[index[place.row]][position] if corrected is None else corrected)
            return cell == wanted if choice.is_exact else wanted in cell

        return matches
    return lambda place: 1


def count_tags(places: Iterable[Place]) -> list[tuple[str, int]]:
    """The tags of the leads that would go in, and how many have them, the most frequent first."""
    counts = Counter(tag for place in places for tag in place.lead.tags)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def places_table(places: Sequence[Place]) -> dict[str, list]:
    """Row, email, name and company of each place, and how many values its lead has."""
    leads = [place.lead for place in places]
    return {
        "Row": [place.row for place in places],
        "Email": [lead.email for lead in leads],
        "First name": [lead.first_name or "" for lead in leads],
        "Last name": [lead.last_name or "" for lead in leads],
        "Company": [lead.company or "" for lead in leads],
        "Values": [_count_values(lead) for lead in leads],
    }


def count_parts_that_fit(decisions: Sequence[RowDecision], free: int, *, part_rows: int) -> PartsFit:
    """How far the file comes in parts: the import stops before the first part that would pass the contact limit."""
    parts = leads = 0
    for start in range(0, len(decisions), part_rows):
        added = sum(decision.outcome in WRITING for decision in decisions[start : start + part_rows])
        if added and leads + added > free:
            break
        parts, leads = parts + 1, leads + added
    return PartsFit(parts, leads)


def _count_values(lead: Lead) -> int:
    texts = sum(isinstance(value, str) and value != "" for value in lead)
    return texts + len(lead.tags) + sum(value not in (None, "") for value in lead.custom_fields.values())


def _comparable(text: str) -> str:
    return clean_text(text).casefold()
