"""The ledger: one decision per row of a part, as bytes for the import record (design.md section 2).

Columns instead of rows, as JSON, deflated: a thousand rows take a few kilobytes and about two milliseconds.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic_core import from_json, to_json

from core.issues import Issue
from core.records import FILLED, Lead, Outcome, RowDecision, StoredLead

VERSION = 2
_LETTERS: dict[Outcome, str] = {"created": "c", "restored": "r", "duplicate": "d", "error": "e", "not_imported": "n"}
_OUTCOMES = {letter: outcome for outcome, letter in _LETTERS.items()}
#: Level 1 is five times as fast as the default and, on ledgers, hardly larger.
_COMPRESSION = 1
_CUSTOM_FIELDS = Lead._fields.index("custom_fields")


def encode_ledger(decisions: Sequence[RowDecision]) -> bytes:
    """The decisions as bytes. Of a lead's values only those of stored leads that were changed are kept, before and after."""
    odd = [(i, decision) for i, decision in enumerate(decisions) if decision.outcome != "created"]
    columns = {
        "version": VERSION,
        "rows": [decision.row for decision in decisions],
        "outcomes": "".join([_LETTERS[decision.outcome] for decision in decisions]),
        "emails": [decision.email for decision in decisions],
        "ids": [decision.lead_id for decision in decisions],
        "codes": {i: decision.code for i, decision in odd if decision.code},
        "first_rows": {i: decision.first_row for i, decision in odd if decision.first_row is not None},
        "issues": {i: [_issue_values(issue) for issue in decision.issues] for i, decision in odd if decision.issues},
        # Every stored lead that the row changed; the name is older than filled blanks.
        "restored": {i: _changed_values(decision) for i, decision in odd if _is_change(decision)},
    }
    return zlib.compress(to_json(columns), _COMPRESSION)


def decode_ledger(content: bytes) -> list[RowDecision]:
    """The decisions as encode_ledger had them, with ``lead`` and ``stored`` only for rows that changed a stored lead."""
    columns = from_json(zlib.decompress(content))
    codes, first_rows, issues, restored = (
        {int(i): value for i, value in columns[name].items()} for name in ("codes", "first_rows", "issues", "restored")
    )
    decisions = []
    for i, (row, letter, email, lead_id) in enumerate(
        zip(columns["rows"], columns["outcomes"], columns["emails"], columns["ids"], strict=True)
    ):
        lead, stored = _read_changed(restored[i], lead_id) if i in restored else (None, None)
        decisions.append(
            RowDecision(
                row,
                _OUTCOMES[letter],
                email,
                codes.get(i),
                lead,
                lead_id,
                stored,
                first_rows.get(i),
                tuple(_read_issue(values, row) for values in issues.get(i, ())),
            )
        )
    return decisions


def _issue_values(issue: Issue) -> list[Any]:
    return [issue.code, issue.severity, issue.column, issue.field, issue.value, issue.names]


def _read_issue(values: list[Any], row: int) -> Issue:
    code, severity, column, field, value, *rest = values
    if len(rest) == 2:  # version 1 kept the texts themselves
        return Issue(code, severity, row, column, field, value, told=(rest[0], rest[1]))
    return Issue(code, severity, row, column, field, value, rest[0])


def _is_change(decision: RowDecision) -> bool:
    return decision.outcome == "restored" or decision.code == FILLED


def _changed_values(decision: RowDecision) -> list[Any]:
    """When it was deleted (None: it was active), the lead before, and the fields that changed, by their position."""
    stored, after = decision.stored, decision.lead
    assert stored is not None
    assert stored.lead is not None
    assert after is not None
    before = stored.lead
    changes = {i: after[i] for i in range(len(after)) if after[i] != before[i]}
    if repr(after.custom_fields) != repr(before.custom_fields):  # to Python True equals 1; to JSON it does not
        changes[_CUSTOM_FIELDS] = after.custom_fields
    return [stored.deleted_at, [*before], changes]


def _read_changed(values: list[Any], lead_id: str | None) -> tuple[Lead, StoredLead]:
    assert lead_id is not None
    deleted_at, before, changes = values
    after = [changes.get(str(i), value) for i, value in enumerate(before)]
    moment = datetime.fromisoformat(deleted_at) if deleted_at else None
    return _read_lead(after), StoredLead(lead_id, moment, _read_lead(before))


def _read_lead(values: list[Any]) -> Lead:
    lead = Lead._make(values)
    return lead._replace(tags=tuple(lead.tags))
