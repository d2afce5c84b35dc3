"""What rows throw away whose lead is in the workspace already: values that the stored lead lacks or has otherwise. Pure.

The contract leaves an active lead untouched; its blanks are filled only where the user asks for it (merging.fill_blanks).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from core.fields import FIELDS, value_text
from core.language import say
from core.losses import LossTotals
from core.merging import fill_blanks
from core.records import FILLED, CheckedRow, Lead, RowDecision, StoredLead

#: Codes of rows whose lead is active in the workspace.
_EXISTING = ("duplicate-existing", FILLED)


class StoredLoss(NamedTuple):
    """A row whose lead is there already.

    ``lacking`` are (field, value) that the stored lead could take into its blanks, ``differing`` are (field, the
    row's value, the stored one) where the stored one is kept. ``is_filled`` says that the blanks will be filled.
    """

    row: int
    email: str
    lacking: tuple[tuple[str, str], ...]
    differing: tuple[tuple[str, str, str], ...]
    is_filled: bool


def existing_emails(rows: Sequence[CheckedRow], decisions: Sequence[RowDecision]) -> list[str]:
    """The emails, as compared, of the rows whose lead is active in the workspace."""
    return [
        checked.lead.email
        for checked, decision in zip(rows, decisions, strict=True)
        if checked.lead and decision.code in _EXISTING
    ]


def find_stored_losses(
    rows: Sequence[CheckedRow], decisions: Sequence[RowDecision], stored: Mapping[str, StoredLead]
) -> list[StoredLoss]:
    """What each row would throw away whose lead is in ``stored``, in file order."""
    losses = []
    for checked, decision in zip(rows, decisions, strict=True):
        if checked.lead is None or decision.code not in _EXISTING:
            continue
        found = stored.get(checked.lead.email)
        if found and found.lead:
            lacking, differing = _compare(checked.lead, found.lead)
            losses.append(StoredLoss(checked.row, checked.lead.email, lacking, differing, decision.code == FILLED))
    return losses


def count_stored_losses(losses: Iterable[StoredLoss]) -> LossTotals:
    """What the rows that are not filled in would lose."""
    open_ = [loss for loss in losses if not loss.is_filled]
    losing = [loss for loss in open_ if loss.lacking]
    values = sum(len(loss.lacking) for loss in losing)
    return LossTotals(len(losing), values, values, sum(len(loss.differing) for loss in open_))


def stored_losses_table(losses: Iterable[StoredLoss]) -> dict[str, list[Any]]:
    """Row, email, what the stored lead lacks, where it differs, and whether its blanks are filled."""
    losses = list(losses)
    return {
        "Row": [loss.row for loss in losses],
        "Email": [loss.email for loss in losses],
        "Would be lost": ["" if loss.is_filled else _listed(loss.lacking) for loss in losses],
        "Fills": [_listed(loss.lacking) if loss.is_filled else "" for loss in losses],
        "Differs": [", ".join(name for name, _, _ in loss.differing) for loss in losses],
    }


def compare_stored(loss: StoredLoss) -> dict[str, list[Any]]:
    """The fields in which the row and its lead differ, side by side, and what becomes of the row's value."""
    fate = say("Fills the blank" if loss.is_filled else "Lost")
    lines = [(name, text, "", fate) for name, text in loss.lacking]
    lines += [(name, given, held, say("The lead keeps its own")) for name, given, held in loss.differing]
    header = ("Field", "In the file", "In the workspace", "Outcome")
    return {name: [line[i] for line in lines] for i, name in enumerate(header)}


def _listed(values: Iterable[tuple[str, str]]) -> str:
    return " · ".join(f"{name}: {text}" for name, text in values)


def _compare(given: Lead, stored: Lead) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]]:
    filled = fill_blanks(stored, given)
    lacking, differing = [], []
    for name, text, held, after in _values(given, stored, filled):
        if after != held:
            lacking.append((name, value_text(text)))
        elif text not in (None, "", ()) and text != held:
            differing.append((name, value_text(text), value_text(held)))
    return tuple(lacking), tuple(differing)


def _values(given: Lead, stored: Lead, filled: Lead) -> list[tuple[str, Any, Any, Any]]:
    """(name, the row's value, the stored one, the one after filling) of every field that the row could say something on."""
    fields = [
        (say(field.label), getattr(given, field.key), getattr(stored, field.key), getattr(filled, field.key))
        for field in FIELDS
        if field.key != "email"
    ]
    return fields + [
        (key, value, stored.custom_fields.get(key), filled.custom_fields.get(key))
        for key, value in given.custom_fields.items()
    ]
