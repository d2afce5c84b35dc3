"""What happens to each row: contract.md section 3, "Order of judgement for each row, first match wins". Pure."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, MutableMapping
from itertools import repeat

from core.fields import UNREACHABLE
from core.merging import fill_blanks, merge_lead
from core.records import (
    FILLED,
    CheckedRow,
    ImportOptions,
    Lead,
    Plan,
    RowChoices,
    RowDecision,
    StoredLead,
    make_decision,
    make_lead,
)

NO_CHOICES = RowChoices()
_SOURCE = Lead._fields.index("source")


def emails_of(rows: Iterable[CheckedRow], left_out: Mapping[int, str] = NO_CHOICES.left_out) -> list[str]:
    """The distinct emails of the valid rows, sorted: what has to be looked up, in one order for all writers."""
    taking_part = (row for row in rows if row.row not in left_out) if left_out else rows
    return sorted({row.lead.email for row in taking_part if row.lead})


def count_added(
    emails: Collection[str],
    stored: Mapping[str, StoredLead],
    *,
    options: ImportOptions,
    confirmed: Container[str] = NO_CHOICES.confirmed,
    earlier: Collection[str] = (),
) -> int:
    """Places of the contact limit that rows with these distinct emails will take: known before any row is decided.

    Emails of ``earlier`` parts of the same file take none: their rows are duplicates.
    """
    wanted = [email for email in emails if email not in earlier] if earlier else emails
    found = stored.keys() & wanted
    restored = [
        email
        for email in found
        if stored[email].deleted_at is not None and _refusal(stored[email], email, options, confirmed) is None
    ]
    return len(wanted) - len(found) + len(restored)


def decide_rows(
    rows: Iterable[CheckedRow],
    stored: Mapping[str, StoredLead],
    *,
    options: ImportOptions,
    choices: RowChoices = NO_CHOICES,
    first_rows: MutableMapping[str, int] | None = None,
    new_ids: Iterator[str] | None = None,
) -> Plan:
    """The plan: one decision per row, in order. The arguments are those of decide_each."""
    decisions = decide_each(
        rows, stored, options=options, choices=choices, first_rows=first_rows, new_ids=new_ids
    )
    return Plan(tuple(decisions))


def decide_each(
    rows: Iterable[CheckedRow],
    stored: Mapping[str, StoredLead],
    *,
    options: ImportOptions,
    choices: RowChoices = NO_CHOICES,
    first_rows: MutableMapping[str, int] | None = None,
    new_ids: Iterator[str] | None = None,
) -> list[RowDecision]:
    """One decision per row, in order.

    ``stored`` is what the workspace holds by email. ``first_rows`` knows the first valid row of each email in earlier
    parts of the same file and learns those of this one. Rows that ``choices`` leave out take no part, so a later row
    with the same email is the first. Without ``new_ids`` (a dry run) created rows have no lead id.
    """
    first_rows = {} if first_rows is None else first_rows
    new_ids = repeat(None) if new_ids is None else new_ids
    left_out, may_fill = choices.left_out, options.fill_blanks or bool(choices.filled)
    decisions: list[tuple] = []
    # One loop, and plain tuples of all of a RowDecision's values: a thousand rows take half the time.
    for row, lead, email, issues in rows:
        if left_out and row in left_out:
            decision = (row, "not_imported", email, left_out[row], None, None, None, None, ())
        elif lead is None:  # 1. invalid value
            decision = (row, "error", email, issues[0].code, None, None, None, None, issues)
        elif (first_row := first_rows.setdefault(lead.email, row)) != row:  # 2. the email stood earlier in a valid row
            decision = (row, "duplicate", email, "duplicate-in-file", None, None, None, first_row, ())
        elif (found := stored.get(lead.email)) is None:  # 5. otherwise
            if lead.source is None:
                lead = make_lead((*lead[:_SOURCE], options.default_source, *lead[_SOURCE + 1 :]))
            decision = (row, "created", email, None, lead, next(new_ids), None, None, ())
        elif found.deleted_at is not None:  # 4. a soft-deleted lead
            decision = _decide_deleted(row, email, lead, found, options, choices)
        elif may_fill:
            decision = _decide_active(row, email, lead, found, options, choices)
        else:  # 3. an active lead, which is not touched
            decision = (row, "duplicate", email, "duplicate-existing", None, found.id, None, None, ())
        decisions.append(decision)
    return list(map(make_decision, decisions))


def needs_confirmation(stored: StoredLead) -> bool:
    """Whether nobody may write to the lead as it was deleted: an import of ours brings it back only when asked to."""
    return not stored.is_active and stored.lead is not None and stored.lead.status in UNREACHABLE


def _decide_deleted(
    row: int, email: str, lead: Lead, found: StoredLead, options: ImportOptions, choices: RowChoices
) -> tuple:
    """Restored, or a duplicate with the reason why not."""
    assert found.lead is not None
    refusal = _refusal(found, lead.email, options, choices.confirmed)
    if refusal == "duplicate-deleted":
        return (row, "duplicate", email, refusal, None, found.id, None, None, ())
    merged = merge_lead(found.lead, lead)
    return (row, "duplicate" if refusal else "restored", email, refusal, merged, found.id, found, None, ())


def _decide_active(
    row: int, email: str, lead: Lead, found: StoredLead, options: ImportOptions, choices: RowChoices
) -> tuple:
    """A duplicate either way; its blanks are filled where the user asked for it and there is something to fill."""
    is_filling = options.fill_blanks or lead.email in choices.filled
    filled = fill_blanks(found.lead, lead) if is_filling and found.lead else None
    if filled is None or filled == found.lead:
        return (row, "duplicate", email, "duplicate-existing", None, found.id, None, None, ())
    return (row, "duplicate", email, FILLED, filled, found.id, found, None, ())


def _refusal(found: StoredLead, email: str, options: ImportOptions, confirmed: Container[str]) -> str | None:
    """Why a soft-deleted lead stays deleted, as a code; None where it comes back.

    Both count as duplicates: for a soft-deleted lead the contract knows `restored` and `duplicates` alone.
    """
    if not options.restore_soft_deleted:
        return "duplicate-deleted"
    if not options.restore_unsubscribed and email not in confirmed and needs_confirmation(found):
        return "restore-not-confirmed"
    return None
