"""What a source of lists is worth: how its imports went, and what became of the leads that they made. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Literal, NamedTuple
from uuid import UUID

from core.drift import count_planned
from core.records import ImportRecord

#: What imports can be put together by.
Grouping = Literal["source", "person", "file"]
GROUPINGS: tuple[Grouping, ...] = ("source", "person", "file")

#: What makes one list's file names differ from month to month: digits, and marks of copies.
_COUNTED = re.compile(r"\b(?:copy|kopie|final|neu|new|v\d+)\b|\d+", re.IGNORECASE)
_JOINTS = re.compile(r"[\W_]+")


class Outing(NamedTuple):
    """One import of a source. ``lost`` are leads that it created and that bounced or unsubscribed later."""

    record: ImportRecord
    lost: int

    @property
    def at(self) -> datetime:
        """When it ended."""
        return self.record.finished_at or self.record.created_at


class Score(NamedTuple):
    """A source's imports, oldest first, and what they add up to, in rows and leads.

    ``errors`` are rows that were invalid as the lists were delivered: one that was mended later and brought again counts here,
    and beside it as what became of it.
    """

    name: str
    outings: tuple[Outing, ...]
    rows: int
    created: int
    restored: int
    duplicates: int
    errors: int
    lost: int

    def share(self, count: int) -> float:
        """A count as a share of the rows."""
        return count / self.rows if self.rows else 0.0

    @property
    def lost_share(self) -> float:
        """The later lost as a share of the leads created."""
        return self.lost / self.created if self.created else 0.0


def source_of(record: ImportRecord) -> str:
    """The source that the import gave its leads: a fixed value, else its default; "" where a column says it, row by row."""
    if record.door == "api":
        return "api"
    mapping = record.mapping
    if mapping and (fixed := mapping.constants.get("source", "").strip()):
        return fixed
    is_in_file = mapping is not None and "source" in mapping.targets.values()
    return "" if is_in_file else record.options.default_source


def rows_handled(record: ImportRecord) -> int:
    """Rows that the import came to and that were not left out."""
    return record.row_count - record.counts["not_imported"]


def errors_delivered(record: ImportRecord) -> int:
    """Rows that were invalid in the file that was imported, also those that a later file mended (core/continuing.py).

    Those stand in the books as what became of them; the plan still has them as errors. Where more rows were left out than
    planned (the import stopped, or a mended row was left out in the end), or nobody saw a plan, the books alone are sure.
    """
    errors, plan = record.counts["error"], record.plan
    if plan is None or record.counts["not_imported"] > count_planned(plan, "not_imported"):
        return errors
    return max(errors, count_planned(plan, "error"))  # the database itself may have refused more


def list_name(file_name: str | None) -> str:
    """What one list's files have in common: `Fair 2026-03 (2).csv` and `fair_2026-04.xlsx` are both `fair`."""
    stem = PurePath(file_name or "").stem
    words = _JOINTS.sub(" ", _COUNTED.sub(" ", _JOINTS.sub(" ", stem))).strip().casefold()
    return words or stem.casefold()


def group_name(record: ImportRecord, grouping: Grouping) -> str:
    """What an import is put together by; "" where it has no such name."""
    if grouping == "source":
        return source_of(record)
    return record.created_by if grouping == "person" else list_name(record.file_name)


def score_imports(records: Iterable[ImportRecord], lost: Mapping[UUID, int], grouping: Grouping) -> list[Score]:
    """One score per name, the one with most rows first. ``lost`` counts by import what became of the leads it created."""
    groups: dict[str, list[Outing]] = {}
    for record in records:
        groups.setdefault(group_name(record, grouping), []).append(Outing(record, lost.get(record.id, 0)))
    scores = [_score(name, sorted(outings, key=lambda outing: outing.at)) for name, outings in groups.items()]
    return sorted(scores, key=lambda score: (-score.rows, score.name))


def _score(name: str, outings: Sequence[Outing]) -> Score:
    def total(outcome: str) -> int:
        return sum(outing.record.counts[outcome] for outing in outings)  # type: ignore[index]

    records = [outing.record for outing in outings]
    return Score(
        name, tuple(outings), sum(map(rows_handled, records)), total("created"), total("restored"), total("duplicate"),
        sum(map(errors_delivered, records)), sum(outing.lost for outing in outings),
    )  # fmt: skip
