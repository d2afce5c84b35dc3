"""Rows by the hundred, column by column: checked, and decided. On the way into the database a tuple for each of them would
cost more than judging it, so a CheckedRow or a RowDecision is made when somebody looks at one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, compress, islice, repeat
from typing import Any

from core.issues import Issue
from core.merging import Column, changed_columns, merge_leads
from core.records import (
    FILLED,
    CheckedRow,
    Lead,
    Outcome,
    RowDecision,
    StoredLead,
    make_checked_row,
    make_decision,
    make_lead,
)


@dataclass(frozen=True, slots=True, eq=False)
class What:
    """Outcome and code of a decision. Each is there once, made by ``what_of``, and so cheap to compare and to count."""

    outcome: Outcome
    code: str | None


what_of = cache(What)
CREATED = what_of("created", None)
RESTORED = what_of("restored", None)
IN_FILE = what_of("duplicate", "duplicate-in-file")
EXISTING = what_of("duplicate", "duplicate-existing")
BLANKS_FILLED = what_of("duplicate", FILLED)
#: What changes a lead that was there.
WRITING_OVER = (RESTORED, BLANKS_FILLED)

_NO_LEAD = Lead("")
_SOURCE = Lead._fields.index("source")


class CheckedChunk:
    """Rows after cleaning and validation. ``keys`` are the comparison keys of the emails, None for a row that has ``issues``
    (by its position); ``emails`` are as they were given. Of the leads it gets the ``leads``, with any lead in the place of
    none, or what makes their ``columns``, in a Lead's order without the email; and makes the one of the other when asked.
    """

    def __init__(
        self,
        row_numbers: Sequence[int],
        keys: Sequence[str | None],
        emails: Sequence[str],
        issues: Mapping[int, tuple[Issue, ...]],
        *,
        columns: Callable[[], Sequence[Sequence[Any]]] | None = None,
        leads: Sequence[Lead] | None = None,
    ) -> None:
        self.row_numbers, self.keys, self.emails, self.issues = row_numbers, keys, emails, issues
        self._make_columns, self._leads = columns, leads

    @classmethod
    def of(cls, rows: Sequence[CheckedRow]) -> "CheckedChunk":
        """The same rows."""
        return cls(
            [row.row for row in rows],
            [row.lead and row.lead.email for row in rows],
            [row.email for row in rows],
            {at: row.issues for at, row in enumerate(rows) if row.issues},
            leads=[row.lead or _NO_LEAD for row in rows],
        )

    def to_rows(self) -> list[CheckedRow]:
        """The same rows, each by itself."""
        rows = list(map(make_checked_row, zip(self.row_numbers, self.leads, self.emails, repeat(()))))
        for at, issues in self.issues.items():
            rows[at] = CheckedRow(self.row_numbers[at], None, self.emails[at], issues)
        return rows

    @cached_property
    def columns(self) -> Sequence[Sequence[Any]]:
        """The leads' columns but the email."""
        return self._make_columns() if self._make_columns else _transpose(self.leads)[1:]

    @property
    def leads(self) -> Sequence[Lead]:
        """The leads; that of a row with issues means nothing."""
        if self._leads is None:
            self._leads = list(map(make_lead, zip(self.keys, *self.columns, strict=True)))
        return self._leads

    def leads_at(self, places: Sequence[int]) -> list[Column]:
        """Some of the leads, field by field."""
        if self._leads is not None:
            return _transpose(map(self._leads.__getitem__, places))
        return [tuple(map(column.__getitem__, places)) for column in (self.keys, *self.columns)]

    def __len__(self) -> int:
        return len(self.row_numbers)


def _transpose(leads: Iterable[Lead]) -> list[Column]:
    """The leads field by field."""
    return [*zip(*leads, strict=True)] or [()] * len(Lead._fields)


@dataclass(frozen=True)
class Rewritten:
    """Stored leads that a plan changes, or would, side by side: where their rows stand, the stored leads, and what they were
    and become, field by field.
    """

    at: list[int]
    stored: list[StoredLead]
    before: Sequence[Column]
    after: Sequence[Column]

    @cached_property
    def changes(self) -> dict[str, Column]:
        """By name the fields in which any of them changes, with the values after."""
        return changed_columns(self.before, self.after)


class Plan:
    """One decision per row, in file order, and what they add up to. As the ledger keeps it: column by column.

    ``lead_ids`` has None where there is none. By position: ``first_rows``, ``issues``, ``stored``, the leads that rows change, or
    would if they were more than duplicates, and ``after``, what becomes of those whose rows are not merged for a restore.
    Created leads whose rows name no source get ``default_source``.
    """

    def __init__(self, default_source: str = "") -> None:
        self.rows: list[int] = []
        self.emails: list[str] = []
        self.whats: list[What] = []
        self.lead_ids: list[str | None] = []
        self.first_rows: dict[int, int] = {}
        self.issues: dict[int, tuple[Issue, ...]] = {}
        self.stored: dict[int, StoredLead] = {}
        self.after: dict[int, Lead] = {}
        self._default_source = default_source
        self._chunks: list[CheckedChunk] = []
        self._starts: list[int] = []

    @classmethod
    def of(cls, decisions: Iterable[RowDecision]) -> "Plan":
        """The same decisions; of created leads the id alone."""
        plan = cls()
        for at, decision in enumerate(decisions):
            plan.rows.append(decision.row)
            plan.emails.append(decision.email)
            plan.whats.append(what_of(decision.outcome, decision.code))
            plan.lead_ids.append(decision.lead_id)
            if decision.first_row is not None:
                plan.first_rows[at] = decision.first_row
            if decision.issues:
                plan.issues[at] = decision.issues
            if decision.stored and decision.lead:
                plan.stored[at], plan.after[at] = decision.stored, decision.lead
        return plan

    def begin(self, chunk: CheckedChunk) -> int:
        """Take the rows of a chunk in; the position of the first. Their ``whats`` and ``lead_ids`` are still to come."""
        start = len(self.rows)
        self._starts.append(start)
        self._chunks.append(chunk)
        self.rows += chunk.row_numbers
        self.emails += chunk.emails
        return start

    @cached_property
    def counts(self) -> Counter[Outcome]:
        """How many rows have each outcome."""
        counts: Counter[Outcome] = Counter()
        for what, count in Counter(self.whats).items():
            counts[what.outcome] += count
        return counts

    @property
    def added(self) -> int:
        """Places of the contact limit that the plan takes: created and restored (contract.md section 3)."""
        return self.counts["created"] + self.counts["restored"]

    @cached_property
    def decisions(self) -> tuple[RowDecision, ...]:
        """Every row's."""
        return tuple(self._decisions_at(range(len(self))))

    @cached_property
    def rewritten(self) -> Rewritten:
        """What it changes of stored leads."""
        return self._rewritten_at([at for at in self.stored if self.whats[at] in WRITING_OVER])

    def first(self, count: int, outcome: Outcome) -> list[RowDecision]:
        """The first so many with this outcome."""
        return self._decisions_at([*islice((at for at, what in enumerate(self.whats) if what.outcome == outcome), count)])

    def created_since(self, start: int) -> list[Sequence[Any]]:
        """Ids, emails and the other columns of the leads that the last chunk creates, whose rows begin at ``start``."""
        chunk = self._chunks[-1]
        is_created = [what is CREATED for what in self.whats[start:]]
        if not any(is_created):
            return []
        columns = [self.lead_ids[start:], chunk.keys, *chunk.columns]
        if not all(sources := columns[1 + _SOURCE]):
            columns[1 + _SOURCE] = [source or self._default_source for source in sources]
        return columns if all(is_created) else [[*compress(column, is_created)] for column in columns]

    def __len__(self) -> int:
        return len(self.rows)

    def _decisions_at(self, positions: Sequence[int]) -> list[RowDecision]:
        whats = [self.whats[at] for at in positions]
        rewritten = self._rewritten_at([at for at in positions if at in self.stored])
        after = dict(zip(rewritten.at, map(make_lead, zip(*rewritten.after, strict=True)), strict=True))
        leads = [
            self._created_lead(at) if what is CREATED else after.get(at) for at, what in zip(positions, whats, strict=True)
        ]
        columns = zip(
            [self.rows[at] for at in positions],
            [what.outcome for what in whats],
            [self.emails[at] for at in positions],
            [what.code for what in whats],
            leads,
            [self.lead_ids[at] for at in positions],
            map(self.stored.get, positions),
            map(self.first_rows.get, positions),
            [self.issues.get(at, ()) for at in positions],
            strict=True,
        )
        return list(map(make_decision, columns))

    def _rewritten_at(self, positions: Sequence[int]) -> Rewritten:
        merged, known = [at for at in positions if at not in self.after], [at for at in positions if at in self.after]
        stored = [self.stored[at] for at in (*merged, *known)]
        before = _transpose([found.lead for found in stored if found.lead])
        after = before
        if merged:
            after = merge_leads([column[: len(merged)] for column in before], self._incoming_at(merged))
        if known:
            columns = _transpose([self.after[at] for at in known])
            after = [(*first, *last) for first, last in zip(after, columns, strict=True)] if merged else columns
        return Rewritten([*merged, *known], stored, before, after)

    def _incoming_at(self, positions: Sequence[int]) -> list[Column]:
        """What the rows bring, field by field, in the order of the file as the positions are."""
        parts = []
        for start, chunk in zip(self._starts, self._chunks, strict=True):
            inside = positions[bisect_left(positions, start) : bisect_left(positions, start + len(chunk))]
            if inside:
                parts.append(chunk.leads_at([at - start for at in inside]))
        return parts[0] if len(parts) == 1 else [tuple(chain.from_iterable(column)) for column in zip(*parts, strict=True)]

    def _created_lead(self, at: int) -> Lead | None:
        """None for decisions that came without their rows."""
        if not self._chunks:
            return None
        place = bisect_right(self._starts, at) - 1
        lead = self._chunks[place].leads[at - self._starts[place]]
        return lead if lead.source else lead._replace(source=self._default_source)
