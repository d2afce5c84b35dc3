"""What happens to each row: contract.md section 3, "Order of judgement for each row, first match wins". Pure."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import repeat

from core.chunks import BLANKS_FILLED, CREATED, EXISTING, IN_FILE, RESTORED, CheckedChunk, Plan, What
from core.fields import UNREACHABLE
from core.merging import fill_blanks, merge_lead
from core.records import (
    CheckedRow,
    ImportOptions,
    Lead,
    RowChoices,
    StoredLead,
)

NO_CHOICES = RowChoices()
NO_ACTIVE: Mapping[str, str] = {}


def emails_of(rows: Iterable[CheckedRow], left_out: Mapping[int, str] = NO_CHOICES.left_out) -> list[str]:
    """The distinct emails of the valid rows, sorted: what has to be looked up, in one order for all writers."""
    taking_part = (row for row in rows if row.row not in left_out) if left_out else rows
    return sorted({row.lead.email for row in taking_part if row.lead})


def count_added(
    emails: Collection[str],
    stored: Mapping[str, StoredLead],
    *,
    active: Mapping[str, str] = NO_ACTIVE,
    options: ImportOptions,
    confirmed: Container[str] = NO_CHOICES.confirmed,
    earlier: Collection[str] = (),
) -> int:
    """Places of the contact limit that rows with these distinct emails will take: known before any row is decided.

    Emails of ``earlier`` parts of the same file take none: their rows are duplicates. So are those of ``active`` leads.
    """
    wanted = [email for email in emails if email not in active and email not in earlier]
    found = stored.keys() & wanted
    restored = [
        email
        for email in found
        if stored[email].deleted_at is not None and _refusal(stored[email], email, options, confirmed) is None
    ]
    return len(wanted) - len(found) + len(restored)


def decide_rows(
    rows: Sequence[CheckedRow],
    stored: Mapping[str, StoredLead],
    *,
    options: ImportOptions,
    choices: RowChoices = NO_CHOICES,
    first_rows: MutableMapping[str, int] | None = None,
    new_ids: Iterator[str] | None = None,
) -> Plan:
    """The plan: one decision per row, in order. The arguments are those of decide_chunk."""
    plan = Plan(options.default_source)
    decide_chunk(
        CheckedChunk.of(rows), plan, stored, options=options, choices=choices,
        first_rows={} if first_rows is None else first_rows, new_ids=new_ids,
    )  # fmt: skip
    return plan


def decide_chunk(
    chunk: CheckedChunk,
    plan: Plan,
    stored: Mapping[str, StoredLead],
    *,
    active: Mapping[str, str] = NO_ACTIVE,
    options: ImportOptions,
    choices: RowChoices,
    first_rows: MutableMapping[str, int],
    new_ids: Iterator[str] | None,
) -> None:
    """Add one decision per row to the plan, in order.

    ``stored`` is what the workspace holds by email; of an active lead that is not filled its id, in ``active``, is enough.
    ``first_rows`` knows the first valid row of each email in earlier parts of the same file and learns those of this one.
    Rows that ``choices`` leave out take no part, so a later row with the same email is the first. Without ``new_ids`` (a dry
    run) created rows have no lead id.
    """
    new_ids = repeat(None) if new_ids is None else new_ids
    left_out, may_fill = choices.left_out, options.fill_blanks or bool(choices.filled)
    start = plan.begin(chunk)
    for at, (row, key) in enumerate(zip(chunk.row_numbers, chunk.keys, strict=True)):
        lead_id: str | None = None
        if left_out and row in left_out:
            what: What = ("not_imported", left_out[row])
        elif key is None:  # 1. invalid value
            plan.issues[start + at] = issues = chunk.issues[at]
            what = ("error", issues[0].code)
        elif (first_row := first_rows.setdefault(key, row)) != row:  # 2. the email stood earlier in a valid row
            plan.first_rows[start + at] = first_row
            what = IN_FILE
        elif (lead_id := active.get(key)) is not None:  # 3. an active lead, which is not touched
            what = EXISTING
        elif (found := stored.get(key)) is None:  # 5. otherwise
            lead_id, what = next(new_ids), CREATED
        elif found.deleted_at is None and not may_fill:  # 3. again
            lead_id, what = found.id, EXISTING
        else:  # 4. a soft-deleted lead, or an active one with blanks
            lead_id = found.id
            decide = _decide_active if found.deleted_at is None else _decide_deleted
            what, after = decide(chunk.leads[at], found, options, choices)
            if after:
                plan.changed[start + at] = found, after
        plan.whats.append(what)
        plan.lead_ids.append(lead_id)


def needs_confirmation(stored: StoredLead) -> bool:
    """Whether nobody may write to the lead as it was deleted: an import of ours brings it back only when asked to."""
    return not stored.is_active and stored.lead is not None and stored.lead.status in UNREACHABLE


def _decide_deleted(lead: Lead, found: StoredLead, options: ImportOptions, choices: RowChoices) -> tuple[What, Lead | None]:
    """Restored, or a duplicate with the reason why not; and the merged lead."""
    assert found.lead is not None
    refusal = _refusal(found, lead.email, options, choices.confirmed)
    if refusal == "duplicate-deleted":
        return ("duplicate", refusal), None
    return ("duplicate", refusal) if refusal else RESTORED, merge_lead(found.lead, lead)


def _decide_active(lead: Lead, found: StoredLead, options: ImportOptions, choices: RowChoices) -> tuple[What, Lead | None]:
    """A duplicate either way; its blanks are filled where the user asked for it and there is something to fill."""
    is_filling = options.fill_blanks or lead.email in choices.filled
    filled = fill_blanks(found.lead, lead) if is_filling and found.lead else None
    if filled is None or filled == found.lead:
        return EXISTING, None
    return BLANKS_FILLED, filled


def _refusal(found: StoredLead, email: str, options: ImportOptions, confirmed: Container[str]) -> str | None:
    """Why a soft-deleted lead stays deleted, as a code; None where it comes back.

    Both count as duplicates: for a soft-deleted lead the contract knows `restored` and `duplicates` alone.
    """
    if not options.restore_soft_deleted:
        return "duplicate-deleted"
    if not options.restore_unsubscribed and email not in confirmed and needs_confirmation(found):
        return "restore-not-confirmed"
    return None
