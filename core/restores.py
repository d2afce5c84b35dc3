"""What a restore brings back: which leads, deleted when, changed how, and the campaigns that get them back. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from core.deciding import needs_confirmation
from core.records import ImportOptions, RowDecision
from core.reporting import stored_changes


class Restore(NamedTuple):
    """A deleted lead that comes back with its row, or would.

    ``email`` is the comparison key, ``changes`` are (field, old value, new value). One that ``needs_tick`` had
    unsubscribed or bounced, and comes back only when the user says so.
    """

    row: int
    email: str
    deleted_at: datetime
    status: str
    campaigns: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]
    needs_tick: bool
    comes_back: bool


def find_restores(
    decisions: Iterable[RowDecision], *, options: ImportOptions, campaigns: Mapping[str, Sequence[str]]
) -> list[Restore]:
    """Every restore of the plan, and every one that waits for its tick, in file order.

    ``campaigns`` are names by the lead's id (32 hex digits).
    """
    restores = []
    for decision in restoring(decisions):
        stored = decision.stored
        assert stored is not None
        assert stored.lead is not None
        assert stored.deleted_at is not None
        restores.append(
            Restore(
                decision.row,
                stored.lead.email,
                stored.deleted_at,
                stored.lead.status or "",
                tuple(campaigns.get(stored.id, ())),
                tuple(stored_changes(decision)),
                not options.restore_unsubscribed and needs_confirmation(stored),
                decision.outcome == "restored",
            )
        )
    return restores


def restoring(decisions: Iterable[RowDecision]) -> list[RowDecision]:
    """The decisions that a restore hangs on."""
    return [
        decision
        for decision in decisions
        if decision.outcome == "restored" or decision.code == "restore-not-confirmed"
    ]


def restores_table(restores: Sequence[Restore]) -> dict[str, list[Any]]:
    """A line per lead: whether it comes back, its row and email, when it was deleted, its status and campaigns."""
    return {
        "Row": [restore.row for restore in restores],
        "Bring back": [restore.comes_back for restore in restores],
        "Email": [restore.email for restore in restores],
        "Deleted": [restore.deleted_at for restore in restores],
        "Status": [restore.status for restore in restores],
        "Campaigns": [", ".join(restore.campaigns) for restore in restores],
        "Changes": [len(restore.changes) for restore in restores],
    }


def merge_table(restores: Iterable[Restore]) -> dict[str, list[Any]]:
    """A line per field that a restore changes, old and new value."""
    lines = [(restore.row, restore.email, *change) for restore in restores for change in restore.changes]
    return {
        name: [line[i] for line in lines] for i, name in enumerate(("Row", "Email", "Field", "Old value", "New value"))
    }


def split_restores(restores: Iterable[Restore]) -> tuple[list[Restore], list[Restore]]:
    """Those that need a tick, and those that do not."""
    restores = list(restores)
    return [one for one in restores if one.needs_tick], [one for one in restores if not one.needs_tick]
