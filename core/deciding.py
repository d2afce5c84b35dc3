"""What happens to each row: contract.md section 3, "Order of judgement for each row, first match wins". Pure."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, MutableMapping
from itertools import repeat

from core.merging import merge_lead
from core.records import CheckedRow, ImportOptions, Plan, RowDecision, StoredLead


def emails_of(rows: Iterable[CheckedRow], skipped: Collection[int] = ()) -> list[str]:
    """The distinct emails of the valid rows, sorted: what has to be looked up, in one order for all writers."""
    taking_part = (row for row in rows if row.row not in skipped) if skipped else rows
    return sorted({row.lead.email for row in taking_part if row.lead})


def count_added(
    emails: Iterable[str], stored: Mapping[str, StoredLead], *, options: ImportOptions, earlier: Container[str] = ()
) -> int:
    """Places of the contact limit that rows with these distinct emails will take: known before any row is decided.

    Emails of ``earlier`` parts of the same file take none: their rows are duplicates.
    """
    found = ((stored.get(email), email) for email in emails)
    return sum(
        email not in earlier and (lead is None or (options.restore_soft_deleted and not lead.is_active))
        for lead, email in found
    )


def decide_rows(
    rows: Iterable[CheckedRow],
    stored: Mapping[str, StoredLead],
    *,
    options: ImportOptions,
    first_rows: MutableMapping[str, int] | None = None,
    skipped: Collection[int] = (),
    new_ids: Iterator[str] | None = None,
) -> Plan:
    """One decision per row, in order.

    ``stored`` is what the workspace holds by email. ``first_rows`` knows the first valid row of each email in earlier
    parts of the same file and learns those of this one. ``skipped`` are row numbers that the user left out: they
    take no part, so a later row with the same email is the first. Without ``new_ids`` (a dry run) created rows have
    no lead id.
    """
    first_rows = {} if first_rows is None else first_rows
    new_ids = repeat(None) if new_ids is None else new_ids
    return Plan(tuple([_decide_row(row, stored, options, first_rows, skipped, new_ids) for row in rows]))


def _decide_row(
    checked: CheckedRow,
    stored: Mapping[str, StoredLead],
    options: ImportOptions,
    first_rows: MutableMapping[str, int],
    skipped: Collection[int],
    new_ids: Iterator[str | None],
) -> RowDecision:
    row, lead, email, issues = checked
    if row in skipped:
        return RowDecision(row, "not_imported", email, "row-skipped")
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
        return RowDecision(row, "duplicate", email, "duplicate-existing", None, found.id)
    if not options.restore_soft_deleted:  # 4. a soft-deleted lead
        return RowDecision(row, "duplicate", email, "duplicate-deleted", None, found.id)
    assert found.lead is not None
    return RowDecision(row, "restored", email, None, merge_lead(found.lead, lead), found.id, found)
