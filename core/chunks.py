"""Rows by the hundred, column by column: checked, and decided. On the way into the database a tuple for each of them would
cost more than judging it, so a CheckedRow or a RowDecision is made when somebody looks at one.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress, islice, repeat
from operator import itemgetter
from typing import Any, NamedTuple

from core.issues import Issue
from core.merging import changed_columns
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

#: Outcome and code of a decision.
What = tuple[Outcome, str | None]
CREATED: What = ("created", None)
RESTORED: What = ("restored", None)
IN_FILE: What = ("duplicate", "duplicate-in-file")
EXISTING: What = ("duplicate", "duplicate-existing")
BLANKS_FILLED: What = ("duplicate", FILLED)
#: What changes a lead that was there.
WRITING_OVER = (RESTORED, BLANKS_FILLED)

_NO_LEAD = Lead("")
_SOURCE = Lead._fields.index("source")


class CheckedChunk:
    """Rows after cleaning and validation. ``keys`` are the comparison keys of the emails, None for a row that has ``issues``
    (by its position); ``emails`` are as they were given. Of the leads it gets the ``columns``, in a Lead's order without the
    email, or the ``leads``, with any lead in the place of none, and makes the one of the other when asked.
    """

    def __init__(
        self,
        row_numbers: Sequence[int],
        keys: Sequence[str | None],
        emails: Sequence[str],
        issues: Mapping[int, tuple[Issue, ...]],
        *,
        columns: Sequence[Sequence[Any]] | None = None,
        leads: Sequence[Lead] | None = None,
    ) -> None:
        self.row_numbers, self.keys, self.emails, self.issues = row_numbers, keys, emails, issues
        self._columns, self._leads = columns, leads

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

    @property
    def columns(self) -> Sequence[Sequence[Any]]:
        """The leads' columns but the email."""
        if self._columns is None:
            self._columns = [*zip(*self.leads, strict=True)][1:]
        return self._columns

    @property
    def leads(self) -> Sequence[Lead]:
        """The leads; that of a row with issues means nothing."""
        if self._leads is None:
            self._leads = list(map(make_lead, zip(self.keys, *self.columns, strict=True)))
        return self._leads


class Rewritten(NamedTuple):
    """The stored leads that a plan changes, side by side: where their rows stand, what the leads were, and by name the values
    after of the fields in which any of them changes.
    """

    at: list[int]
    before: list[StoredLead]
    after: dict[str, tuple[Any, ...]]


class Plan:
    """One decision per row, in file order, and what they add up to. As the ledger keeps it: column by column.

    ``lead_ids`` has None where there is none. By position: ``first_rows``, ``issues``, and ``changed``, which has the stored
    lead and what becomes of it, or would if the row were more than a duplicate. Created leads whose rows name no source get
    ``default_source``.
    """

    def __init__(self, default_source: str = "") -> None:
        self.rows: list[int] = []
        self.emails: list[str] = []
        self.whats: list[What] = []
        self.lead_ids: list[str | None] = []
        self.first_rows: dict[int, int] = {}
        self.issues: dict[int, tuple[Issue, ...]] = {}
        self.changed: dict[int, tuple[StoredLead, Lead]] = {}
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
            plan.whats.append((decision.outcome, decision.code))
            plan.lead_ids.append(decision.lead_id)
            if decision.first_row is not None:
                plan.first_rows[at] = decision.first_row
            if decision.issues:
                plan.issues[at] = decision.issues
            if decision.stored and decision.lead:
                plan.changed[at] = decision.stored, decision.lead
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
        return Counter(map(itemgetter(0), self.whats))

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
        at = [at for at in self.changed if self.whats[at] in WRITING_OVER]
        before, after = [self.changed[place][0] for place in at], [self.changed[place][1] for place in at]
        return Rewritten(at, before, changed_columns([stored.lead for stored in before if stored.lead], after))

    def first(self, count: int, outcome: Outcome) -> list[RowDecision]:
        """The first so many with this outcome."""
        return self._decisions_at([*islice((at for at, what in enumerate(self.whats) if what[0] == outcome), count)])

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
        changed = [self.changed.get(at, (None, None)) for at in positions]
        created = [self._created_lead(at) if what == CREATED else None for at, what in zip(positions, whats, strict=True)]
        columns = zip(
            [self.rows[at] for at in positions],
            [outcome for outcome, _ in whats],
            [self.emails[at] for at in positions],
            [code for _, code in whats],
            [new or lead for new, (_, lead) in zip(created, changed, strict=True)],
            [self.lead_ids[at] for at in positions],
            [stored for stored, _ in changed],
            map(self.first_rows.get, positions),
            [self.issues.get(at, ()) for at in positions],
            strict=True,
        )
        return list(map(make_decision, columns))

    def _created_lead(self, at: int) -> Lead | None:
        """None for decisions that came without their rows."""
        if not self._chunks:
            return None
        place = bisect_right(self._starts, at) - 1
        lead = self._chunks[place].leads[at - self._starts[place]]
        return lead if lead.source else lead._replace(source=self._default_source)
