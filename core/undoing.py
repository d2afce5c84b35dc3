"""Undo of an import, and its redo: what happens to each lead that the import wrote. Pure.

**Changed since.** A lead's `updated_at` is the time of the transaction that wrote it last, and an import writes all
leads of a part in one transaction, whose time its part keeps (`import_parts.finished_at`). So a lead is as the import
left it while its `updated_at` equals the time of its part, or that of a redo of this import; every change by hand, through
the API or by another import moves it. Equal, not "not later": a transaction that began before the import and waited for
it has the earlier time. A campaign membership belongs to the campaign and is no change of the lead.
"""

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic_core import from_json, to_json

from core.issues import KIND_BY_CODE
from core.language import say
from core.records import FILLED, Lead, RowDecision

Action = Literal["undo", "redo"]
#: What an import did to a lead: made it, brought it back and merged, or filled its blanks.
Writing = Literal["created", "restored", "filled"]
WRITINGS: tuple[Writing, ...] = ("created", "restored", "filled")

VERSION = 1


class Touched(NamedTuple):
    """A lead that an import wrote. ``before`` and ``after`` are its values around that, for restored and filled ones.

    ``deleted_at`` is its deletion before; ``moments`` are the times of the transactions that wrote it.
    """

    lead_id: str
    row: int
    email: str
    writing: Writing
    moments: tuple[datetime, ...]
    before: Lead | None = None
    after: Lead | None = None
    deleted_at: datetime | None = None


class LeadState(NamedTuple):
    """What the workspace holds under a lead id now."""

    updated_at: datetime
    deleted_at: datetime | None


class KeptLead(NamedTuple):
    """A lead that an undo or redo leaves as it is, and why (an issue code). ``name`` is as the lead has it now."""

    row: int
    lead_id: str
    email: str
    code: str
    name: str = ""

    @property
    def reason(self) -> str:
        """Why, in one sentence."""
        return say(KIND_BY_CODE[self.code].message)


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What an undo or redo does: the leads that it changes, and those that it keeps as they are, in file order."""

    action: Action
    changed: tuple[Touched, ...]
    kept: tuple[KeptLead, ...]

    def of(self, *writings: Writing) -> list[Touched]:
        """The changed leads that the import wrote in one of these ways."""
        return [lead for lead in self.changed if lead.writing in writings]

    @property
    def counts(self) -> dict[Writing, int]:
        """How many leads are changed, by what the import had done to them."""
        return {writing: len(self.of(writing)) for writing in WRITINGS}

    @property
    def moved(self) -> list[str]:
        """The ids of the leads that an undo deletes and a redo brings back: they move the counts and the contact limit."""
        return [lead.lead_id for lead in self.changed if lead.writing == "created" or lead.deleted_at is not None]


def find_touched(parts: Iterable[tuple[datetime, Sequence[RowDecision]]]) -> dict[str, Touched]:
    """Every lead that these parts of an import wrote, by id, in the order of the rows. A part is its time and its ledger.

    A lead that was written twice was before as the first row found it, and is now as the last one left it.
    """
    touched: dict[str, Touched] = {}
    for moment, decisions in parts:
        moments = (moment,)
        for decision in decisions:
            writing = writing_of(decision)
            if writing is None or decision.lead_id is None:
                continue
            earlier = touched.get(decision.lead_id)
            if earlier:
                touched[decision.lead_id] = earlier._replace(
                    moments=(*earlier.moments, moment), after=decision.lead or earlier.after
                )
                continue
            stored = decision.stored
            touched[decision.lead_id] = Touched(
                decision.lead_id, decision.row, decision.email, writing, moments,
                before=stored.lead if stored else None,
                after=decision.lead if stored else None,
                deleted_at=stored.deleted_at if stored else None,
            )  # fmt: skip
    return {lead.lead_id: lead for lead in sorted(touched.values(), key=lambda lead: lead.row)}


def writing_of(decision: RowDecision) -> Writing | None:
    """What the row did to a lead; None where it wrote nothing."""
    if decision.outcome == "created":
        return "created"
    if decision.outcome == "restored":
        return "restored"
    return "filled" if decision.code == FILLED else None


def plan_undo(
    touched: Mapping[str, Touched], states: Mapping[str, LeadState], *, redone: Collection[datetime] = ()
) -> UndoPlan:
    """What an undo does now. ``redone`` are the times of earlier redos of this import."""
    changed, kept = [], []
    for lead in touched.values():
        state = states.get(lead.lead_id)
        if state and (state.updated_at in lead.moments or state.updated_at in redone):
            changed.append(lead)
        else:
            kept.append(_kept(lead, _why_not_undone(state)))
    return UndoPlan("undo", tuple(changed), tuple(kept))


def plan_redo(
    touched: Mapping[str, Touched],
    states: Mapping[str, LeadState],
    *,
    undone: Collection[str],
    undone_at: datetime,
) -> UndoPlan:
    """What a redo does now: the leads ``undone`` come back to what the import made of them, unless changed since."""
    changed, kept = [], []
    for lead in (touched[lead_id] for lead_id in touched if lead_id in undone):
        state = states.get(lead.lead_id)
        if state and state.updated_at == undone_at:
            changed.append(lead)
        else:
            kept.append(_kept(lead, _why_not_redone(lead, state)))
    return UndoPlan("redo", tuple(changed), tuple(kept))


def _why_not_undone(state: LeadState | None) -> str:
    if state is None:
        return "lead-gone"
    return "lead-changed-since" if state.deleted_at is None else "lead-deleted-since"


def _why_not_redone(lead: Touched, state: LeadState | None) -> str:
    if state is None:
        return "lead-gone"
    came_back = state.deleted_at is None and (lead.writing == "created" or lead.deleted_at is not None)
    return "lead-restored-since" if came_back else "lead-changed-since"


def _kept(lead: Touched, code: str) -> KeptLead:
    return KeptLead(lead.row, lead.lead_id, lead.email, code)


def encode_undo(plan: UndoPlan) -> bytes:
    """The plan's leads as bytes for the record of the undo: ids of the changed ones, and the kept ones with the reason."""
    columns = {"version": VERSION, "changed": [lead.lead_id for lead in plan.changed], "kept": plan.kept}
    return zlib.compress(to_json(columns), 1)


def decode_undo(content: bytes) -> tuple[frozenset[str], tuple[KeptLead, ...]]:
    """The ids of the changed leads, and the kept ones."""
    columns = from_json(zlib.decompress(content))
    return frozenset(columns["changed"]), tuple(KeptLead(*values) for values in columns["kept"])
