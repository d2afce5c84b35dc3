"""What happens to each row: contract.md section 3, "Order of judgement for each row, first match wins". Pure."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import repeat

from core.chunks import BLANKS_FILLED, CREATED, EXISTING, IN_FILE, RESTORED, CheckedChunk, Plan, what_of
from core.fields import UNREACHABLE
from core.merging import fill_blanks
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
    """The distinct emails of the valid rows, in file order: what has to be looked up."""
    taking_part = (row for row in rows if row.row not in left_out) if left_out else rows
    return [*dict.fromkeys(row.lead.email for row in taking_part if row.lead)]


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
    wanted = {*emails}.difference(active).difference(earlier)
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
    if active and not left_out and (found_ids := _all_active(chunk, active, first_rows)):
        plan.whats += [EXISTING] * len(found_ids)
        plan.lead_ids += found_ids
        return
    whats, lead_ids = [], []
    for at, (row, key) in enumerate(zip(chunk.row_numbers, chunk.keys, strict=True)):
        lead_id: str | None = None
        if left_out and row in left_out:
            what = what_of("not_imported", left_out[row])
        elif key is None:  # 1. invalid value
            plan.issues[start + at] = issues = chunk.issues[at]
            what = what_of("error", issues[0].code)
        elif (first_row := first_rows.setdefault(key, row)) != row:  # 2. the email stood earlier in a valid row
            plan.first_rows[start + at] = first_row
            what = IN_FILE
        elif (lead_id := active.get(key)) is not None:  # 3. an active lead, which is not touched
            what = EXISTING
        elif (found := stored.get(key)) is None:  # 5. otherwise
            lead_id, what = next(new_ids), CREATED
        elif found.deleted_at is not None:  # 4. a soft-deleted lead
            lead_id = found.id
            refusal = _refusal(found, key, options, choices.confirmed)
            what = what_of("duplicate", refusal) if refusal else RESTORED
            if refusal != "duplicate-deleted":
                plan.stored[start + at] = found
        else:  # 3. again: an active lead, of which blanks may be filled
            lead_id, what = found.id, EXISTING
            if may_fill and (after := _fill(chunk.leads[at], found, options, choices)):
                plan.stored[start + at], plan.after[start + at] = found, after
                what = BLANKS_FILLED
        whats.append(what)
        lead_ids.append(lead_id)
    plan.whats += whats
    plan.lead_ids += lead_ids


def _all_active(chunk: CheckedChunk, active: Mapping[str, str], first_rows: MutableMapping[str, int]) -> list[str] | None:
    """The leads' ids where every row is the first with the email of an active lead, as in a list that comes again."""
    lead_ids = [*map(active.get, chunk.keys)]  # type: ignore[arg-type]
    if None in lead_ids or [*map(first_rows.setdefault, chunk.keys, chunk.row_numbers)] != [*chunk.row_numbers]:
        return None
    return lead_ids  # type: ignore[return-value]


def needs_confirmation(stored: StoredLead) -> bool:
    """Whether nobody may write to the lead as it was deleted: an import of ours brings it back only when asked to."""
    return not stored.is_active and stored.lead is not None and stored.lead.status in UNREACHABLE


def _fill(lead: Lead, found: StoredLead, options: ImportOptions, choices: RowChoices) -> Lead | None:
    """The active lead with its blanks filled, where the user asked for it and there is something to fill."""
    is_filling = options.fill_blanks or lead.email in choices.filled
    filled = fill_blanks(found.lead, lead) if is_filling and found.lead else None
    return None if filled == found.lead else filled


def _refusal(found: StoredLead, email: str, options: ImportOptions, confirmed: Container[str]) -> str | None:
    """Why a soft-deleted lead stays deleted, as a code; None where it comes back.

    Both count as duplicates: for a soft-deleted lead the contract knows `restored` and `duplicates` alone.
    """
    if not options.restore_soft_deleted:
        return "duplicate-deleted"
    if not options.restore_unsubscribed and email not in confirmed and needs_confirmation(found):
        return "restore-not-confirmed"
    return None
