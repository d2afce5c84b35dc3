"""Drift: rows that ended otherwise than the review said, because the workspace changed in between. Pure.

The dry run that the user saw is kept with the import, outcomes and codes alone, run by run; the import decides anew
and never trusts it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from core.continuing import ALREADY_IMPORTED
from core.language import say
from core.records import FILLED, Outcome, Preview, Report, RowDecision
from core.reporting import LEFT_OUT

#: What becomes of a row, as far as drift goes: its outcome and its code.
Fate = tuple[Outcome, str | None]


class SeenPlan(NamedTuple):
    """The dry run that a screen showed: the version of the draft, and encode_plan of its decisions."""

    updated_at: datetime
    plan: dict[str, Any]


class Drift(NamedTuple):
    """One row that ended otherwise: what the review said, what happened, and the change in between that explains it."""

    row: int
    email: str
    planned: Fate
    ended: Fate

    @property
    def was(self) -> str:
        """What the review said, in a few words in the reader's language."""
        return fate_label(self.planned)

    @property
    def now(self) -> str:
        """What happened, likewise."""
        return fate_label(self.ended)

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        return f"{self.was} → {self.now}. {self.why}"

    @property
    def why(self) -> str:
        """What must have changed in between, in one sentence in the reader's language."""
        change = (_HELD.get(self.planned), _HELD.get(self.ended))
        return say(_CHANGES.get(change, "The lead with this email was changed after the review."))


_LABELS: dict[Fate, str] = {
    ("created", None): "create",
    ("restored", None): "restore",
    ("duplicate", "duplicate-in-file"): "duplicate in the file",
    ("duplicate", "duplicate-existing"): "duplicate of an existing lead",
    ("duplicate", FILLED): "fill the blanks of an existing lead",
    ("duplicate", "duplicate-deleted"): "duplicate of a deleted lead",
    ("duplicate", "restore-not-confirmed"): "restore not confirmed",
    ("not_imported", "row-skipped"): "left out",
    ("not_imported", "row-parked"): "parked",
    ("not_imported", ALREADY_IMPORTED): "imported already",
}
#: What the workspace must have held under the email for a row to have this fate.
_HELD: dict[Fate, str] = {
    ("created", None): "nothing",
    ("duplicate", "duplicate-existing"): "active",
    ("duplicate", FILLED): "active",
    ("restored", None): "deleted",
    ("duplicate", "duplicate-deleted"): "deleted",
    ("duplicate", "restore-not-confirmed"): "deleted",
}
#: Outcomes that depend on what the workspace holds.
_JUDGED: tuple[Outcome, ...] = ("created", "restored", "duplicate")
_CHANGES: dict[tuple[str | None, str | None], str] = {
    ("nothing", "active"): "A lead with this email was added after the review.",
    ("nothing", "deleted"): "A lead with this email was added after the review, and deleted again.",
    ("active", "nothing"): "The lead got another email after the review.",
    ("active", "deleted"): "The lead with this email was deleted after the review.",
    ("deleted", "active"): "The deleted lead with this email came back after the review.",
    ("deleted", "nothing"): "The deleted lead is not there under this email any more.",
}


def encode_plan(decisions: Iterable[RowDecision]) -> dict[str, Any]:
    """The fates of the rows in file order, as plain JSON: the different fates once, then (how many, which) in turn."""
    fates: dict[Fate, int] = {}
    runs: list[int] = []
    for fate, run in groupby(decisions, key=_fate):
        runs += (sum(1 for _ in run), fates.setdefault(fate, len(fates)))
    return {"fates": [list(fate) for fate in fates], "runs": runs}


def see_plan(preview: Preview) -> SeenPlan:
    """What a screen that shows this dry run keeps of it, for the moment when the button is pressed."""
    return SeenPlan(preview.record.updated_at, encode_plan(preview.plan.decisions))


def decode_plan(plan: Mapping[str, Any]) -> Iterator[Fate]:
    """The fates as encode_plan had them."""
    fates = [(outcome, code) for outcome, code in plan["fates"]]
    runs = plan["runs"]
    for count, place in zip(runs[::2], runs[1::2], strict=True):
        for _ in range(count):
            yield fates[place]


def count_planned(plan: Mapping[str, Any], outcome: Outcome) -> int:
    """How many rows the plan gives this outcome."""
    places = {place for place, fate in enumerate(plan["fates"]) if fate[0] == outcome}
    runs = plan["runs"]
    return sum(count for count, place in zip(runs[::2], runs[1::2], strict=True) if place in places)


def find_drift(plan: Mapping[str, Any], decisions: Sequence[RowDecision]) -> list[Drift]:
    """The rows that ended otherwise than planned, in file order. Rows that the import did not reach are left out.

    So are rows that the plan refused or left out: what the workspace holds plays no part in that, so only a file that
    continues the import can have changed it.
    """
    return [
        Drift(decision.row, decision.email, planned, _fate(decision))
        for planned, decision in zip(decode_plan(plan), decisions, strict=False)
        if planned != _fate(decision)
        and planned[0] in _JUDGED
        and (decision.outcome != "not_imported" or decision.code in LEFT_OUT)
    ]


def drift_of(report: Report) -> list[Drift]:
    """The drift of an import; none where nobody saw a dry run of it. Rows that a later file brought were reviewed there."""
    found = find_drift(report.record.plan, report.decisions) if report.record.plan else []
    return [drift for drift in found if drift.row not in report.brought]


def drift_table(drifts: Iterable[Drift]) -> dict[str, list[Any]]:
    """Row, email, what the review said, what happened, and why."""
    drifts = list(drifts)
    return {
        "Row": [drift.row for drift in drifts],
        "Email": [drift.email for drift in drifts],
        "In the review": [drift.was for drift in drifts],
        "In the import": [drift.now for drift in drifts],
        "Why": [drift.why for drift in drifts],
    }


def fate_label(fate: Fate) -> str:
    """A fate in a few words in the reader's language; every code of an error is an error here."""
    return say(_LABELS.get(fate, "error" if fate[0] == "error" else "not reached"))


def _fate(decision: RowDecision) -> Fate:
    return decision.outcome, decision.code
