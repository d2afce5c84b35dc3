"""What happens to each row: contract.md section 3, "Order of judgement for each row, first match wins". Pure."""

from collections.abc import Container, Iterable, Iterator, Mapping, MutableMapping
from itertools import repeat

from core.fields import UNREACHABLE
from core.merging import fill_blanks, merge_lead
from core.records import FILLED, CheckedRow, ImportOptions, Lead, Plan, RowChoices, RowDecision, StoredLead

NO_CHOICES = RowChoices()


def emails_of(rows: Iterable[CheckedRow], left_out: Mapping[int, str] = NO_CHOICES.left_out) -> list[str]:
    """The distinct emails of the valid rows, sorted: what has to be looked up, in one order for all writers."""
    taking_part = (row for row in rows if row.row not in left_out) if left_out else rows
    return sorted({row.lead.email for row in taking_part if row.lead})


def count_added(
    emails: Iterable[str],
    stored: Mapping[str, StoredLead],
    *,
    options: ImportOptions,
    confirmed: Container[str] = NO_CHOICES.confirmed,
    earlier: Container[str] = (),
) -> int:
    """Places of the contact limit that rows with these distinct emails will take: known before any row is decided.

    Emails of ``earlier`` parts of the same file take none: their rows are duplicates.
    """
    found = ((stored.get(email), email) for email in emails)
    return sum(
        email not in earlier and (lead is None or (not lead.is_active and _refusal(lead, email, options, confirmed) is None))
        for lead, email in found
    )


def decide_rows(
    rows: Iterable[CheckedRow],
    stored: Mapping[str, StoredLead],
    *,
    options: ImportOptions,
    choices: RowChoices = NO_CHOICES,
    first_rows: MutableMapping[str, int] | None = None,
    new_ids: Iterator[str] | None = None,
) -> Plan:
    """One decision per row, in order.

    ``stored`` is what the workspace holds by email. ``first_rows`` knows the first valid row of each email in earlier
    parts of the same file and learns those of this one. Rows that ``choices`` leave out take no part, so a later row
    with the same email is the first. Without ``new_ids`` (a dry run) created rows have no lead id.
    """
    first_rows = {} if first_rows is None else first_rows
    new_ids = repeat(None) if new_ids is None else new_ids
    return Plan(tuple([_decide_row(row, stored, options, choices, first_rows, new_ids) for row in rows]))


def needs_confirmation(stored: StoredLead) -> bool:
    """Whether nobody may write to the lead as it was deleted: an import of ours brings it back only when asked to."""
    return not stored.is_active and stored.lead is not None and stored.lead.status in UNREACHABLE


def _decide_row(
    checked: CheckedRow,
    stored: Mapping[str, StoredLead],
    options: ImportOptions,
    choices: RowChoices,
    first_rows: MutableMapping[str, int],
    new_ids: Iterator[str | None],
) -> RowDecision:
    row, lead, email, issues = checked
    if row in choices.left_out:
        return RowDecision(row, "not_imported", email, choices.left_out[row])
    if lead is None:  # 1. invalid value
        return RowDecision(row, "error", email, issues[0].code, issues=issues)
    first_row = first_rows.setdefault(lead.email, row)
    found = stored.get(lead.email)
    if first_row != row:  # 2. the email stood earlier in a valid row
        return RowDecision(row, "duplicate", email, "duplicate-in-file", first_row=first_row)
    if found is None:  # 5. otherwise
        if lead.source is None:
            lead = lead._replace(source=options.default_source)
        return RowDecision(row, "created", email, None, lead, next(new_ids))
    if found.is_active:  # 3. an active lead, which is not touched
        return _decide_active(checked, lead, found, is_filling=options.fill_blanks or lead.email in choices.filled)
    assert found.lead is not None
    refusal = _refusal(found, lead.email, options, choices.confirmed)
    if refusal == "duplicate-deleted":  # 4. a soft-deleted lead
        return RowDecision(row, "duplicate", email, refusal, None, found.id)
    merged = merge_lead(found.lead, lead)
    return RowDecision(row, "duplicate" if refusal else "restored", email, refusal, merged, found.id, found)


def _decide_active(checked: CheckedRow, lead: Lead, found: StoredLead, *, is_filling: bool) -> RowDecision:
    """A duplicate either way; its blanks are filled where the user asked for it and there is something to fill."""
    filled = fill_blanks(found.lead, lead) if is_filling and found.lead else None
    if filled is None or filled == found.lead:
        return RowDecision(checked.row, "duplicate", checked.email, "duplicate-existing", None, found.id)
    return RowDecision(checked.row, "duplicate", checked.email, FILLED, filled, found.id, found)


def _refusal(found: StoredLead, email: str, options: ImportOptions, confirmed: Container[str]) -> str | None:
    """Why a soft-deleted lead stays deleted, as a code; None where it comes back.

    Both count as duplicates: for a soft-deleted lead the contract knows `restored` and `duplicates` alone.
    """
    if not options.restore_soft_deleted:
        return "duplicate-deleted"
    if not options.restore_unsubscribed and email not in confirmed and needs_confirmation(found):
        return "restore-not-confirmed"
    return None
