"""The ledger: one decision per row of a part, as bytes for the import record (design.md section 2).

Columns instead of rows, as JSON, with the lead ids behind it as bytes, deflated: a thousand rows take a few kilobytes
and less than a millisecond.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic_core import from_json, to_json

from core.chunks import Plan
from core.errors import NewerRelease
from core.issues import Issue
from core.records import Lead, Outcome, RowDecision, StoredLead, read_lead

VERSION = 4
#: Level 1 is five times as fast as the default and, on ledgers, hardly larger.
_COMPRESSION = 1
#: Stands among the lead ids for none.
_NO_ID = "f" * 32


def encode_ledger(plan: Plan) -> bytes:
    """The plan's decisions as bytes. Of a lead's values only those of stored leads that were changed are kept, before and after."""
    letters = {what: chr(ord("A") + i) for i, what in enumerate({*plan.whats})}
    columns = {
        "version": VERSION,
        "rows": _pack_rows(plan.rows),
        "emails": plan.emails,
        "letters": {letter: (what.outcome, what.code) for what, letter in letters.items()},
        "whats": "".join(map(letters.__getitem__, plan.whats)),
        "first_rows": plan.first_rows,
        "issues": {i: [_issue_values(issue) for issue in found] for i, found in plan.issues.items()},
        "changed": _changed_columns(plan),
    }
    # JSON text has no line ends of its own, and as text the ids would be most of it.
    ids = bytes.fromhex("".join([lead_id or _NO_ID for lead_id in plan.lead_ids]))
    return zlib.compress(b"%b\n%b" % (to_json(columns), ids), _COMPRESSION)


def decode_ledger(content: bytes) -> list[RowDecision]:
    """The decisions as encode_ledger had them, with ``lead`` and ``stored`` only for rows that changed a stored lead.

    Raises NewerRelease.
    """
    text, _, ids = zlib.decompress(content).partition(b"\n")
    columns = from_json(text)
    if columns["version"] > VERSION:
        raise NewerRelease
    if columns["version"] < 3:
        return _read_earlier(columns)
    digits = ids.hex()
    lead_ids = [digits[i : i + 32] for i in range(0, len(digits), 32)]
    changed = _read_changed(columns["changed"], lead_ids)
    first_rows, issues = _by_position(columns["first_rows"]), _by_position(columns["issues"])
    rows = _unpack_rows(columns["rows"], len(lead_ids))
    decisions = []
    for i, (row, letter, email, lead_id) in enumerate(
        zip(rows, columns["whats"], columns["emails"], lead_ids, strict=True)
    ):
        outcome, code = columns["letters"][letter]
        lead, stored = changed.get(i, (None, None))
        found = tuple([_read_issue(values, row) for values in issues.get(i, ())])
        known_id = lead_id if lead_id != _NO_ID else None
        decisions.append(RowDecision(row, outcome, email, code, lead, known_id, stored, first_rows.get(i), found))
    return decisions


def _pack_rows(rows: Sequence[int]) -> Sequence[int] | int:
    """The row numbers; the first alone where the others follow it one by one, as in most files."""
    return rows[0] if rows and rows == [*range(rows[0], rows[0] + len(rows))] else rows


def _unpack_rows(packed: Sequence[int] | int, count: int) -> Sequence[int]:
    return range(packed, packed + count) if isinstance(packed, int) else packed


def _by_position(values: dict[str, Any]) -> dict[int, Any]:
    return {int(i): value for i, value in values.items()}


def _issue_values(issue: Issue) -> list[Any]:
    return [issue.code, issue.severity, issue.column, issue.field, issue.value, issue.names]


def _read_issue(values: list[Any], row: int) -> Issue:
    code, severity, column, field, value, *rest = values
    if len(rest) == 2:  # version 1 kept the texts themselves
        return Issue(code, severity, row, column, field, value, told=(rest[0], rest[1]))
    return Issue(code, severity, row, column, field, value, rest[0])


def _changed_columns(plan: Plan) -> dict[str, Any]:
    """Where the rows stand that changed a stored lead, when it was deleted (None: it was active), its fields before, and
    after where they differ."""
    rewritten = plan.rewritten
    return {
        "at": rewritten.at,
        "deleted_at": [stored.deleted_at for stored in rewritten.stored],
        "before": rewritten.before if rewritten.at else [],
        "after": rewritten.changes,
    }


def _read_changed(columns: dict[str, Any], lead_ids: Sequence[str]) -> dict[int, tuple[Lead, StoredLead]]:
    before = columns["before"] or [()] * len(Lead._fields)
    after = [columns["after"].get(name, values) for name, values in zip(Lead._fields, before, strict=True)]
    rows = zip(
        columns["at"],
        map(_read_moment, columns["deleted_at"]),
        map(read_lead, zip(*before, strict=True)),
        map(read_lead, zip(*after, strict=True)),
        strict=True,
    )
    return {i: (new, StoredLead(lead_ids[i], deleted_at, old)) for i, deleted_at, old, new in rows}


def _read_moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# --- versions 1 and 2, which nobody writes any more -------------------------------------------------------------------

_OUTCOMES: dict[str, Outcome] = {
    "c": "created", "r": "restored", "d": "duplicate", "e": "error", "n": "not_imported"
}  # fmt: skip


def _read_earlier(columns: dict[str, Any]) -> list[RowDecision]:
    codes, first_rows, issues, changed = (
        _by_position(columns[name]) for name in ("codes", "first_rows", "issues", "restored")
    )
    decisions = []
    for i, (row, letter, email, lead_id) in enumerate(
        zip(columns["rows"], columns["outcomes"], columns["emails"], columns["ids"], strict=True)
    ):
        lead, stored = _read_changed_row(changed[i], lead_id) if i in changed else (None, None)
        found = tuple([_read_issue(values, row) for values in issues.get(i, ())])
        decisions.append(
            RowDecision(row, _OUTCOMES[letter], email, codes.get(i), lead, lead_id, stored, first_rows.get(i), found)
        )
    return decisions


def _read_changed_row(values: list[Any], lead_id: str) -> tuple[Lead, StoredLead]:
    """From the moment of deletion, the lead before, and the fields that changed, by their position."""
    deleted_at, before, changes = values
    after = [changes.get(str(i), value) for i, value in enumerate(before)]
    return read_lead(after), StoredLead(lead_id, _read_moment(deleted_at), read_lead(before))
