"""Decisions as tables for people, column by column. Dry run and report are told in the same words, by the same code."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from operator import itemgetter
from typing import Any

from core.continuing import ALREADY_IMPORTED, OWN_COLUMNS
from core.fields import FIELD_BY_KEY, FIELDS, value_text
from core.ids import lead_id_text
from core.issues import KIND_BY_CODE, Issue
from core.language import fill, say
from core.records import (
    FILLED,
    Change,
    CheckedRow,
    Corrections,
    Failure,
    ImportRecord,
    Lead,
    Outcome,
    Preview,
    RowDecision,
    Table,
)
from core.tidying import KIND_BY_KEY

#: Columns of a table, in order, each with one value per line: ready for pandas.DataFrame.
Columns = dict[str, list[Any]]

OUTCOME_LABELS: dict[Outcome, str] = {
    "created": "Created",
    "restored": "Restored",
    "duplicate": "Duplicate",
    "error": "Error",
    "not_imported": "Not imported",
}
REPORT_HEADER = ("Row", "Outcome", "Email", "Reason", "What to do", "Column", "Same as row", "Lead", "Code",
                 "Changed since the review")  # fmt: skip
FAILED_ROWS_EXTRA = OWN_COLUMNS
#: Codes of rows that take no part: the user left them out, for good or for now, or they are in already.
LEFT_OUT = ("row-skipped", "row-parked", ALREADY_IMPORTED)
#: What a row that an import did not reach is told, where that is not what the import is told.
_NOT_REACHED = {
    "quota-exceeded": "The import stopped before this row: the contact limit was reached.",
    "import-cancelled": "The import was cancelled before this row.",
    "import-failed": "The import stopped before this row because of a fault.",
}
#: Fields that name a person at a glance, in tables of whole leads.
_GLANCE = (("First name", "first_name"), ("Last name", "last_name"), ("Company", "company"))


def reason(decision: RowDecision) -> str:
    """Why the row ended as it did, in one sentence or several; "" for a plain create."""
    if decision.issues:
        return " ".join(issue.message for issue in decision.issues)
    if decision.code == "duplicate-in-file":
        return say(KIND_BY_CODE[decision.code].message).format(first_row=decision.first_row)
    if decision.code in _NOT_REACHED:
        return say(_NOT_REACHED[decision.code])
    if decision.code == FILLED and decision.stored:
        names = ", ".join(name for name, _, _ in stored_changes(decision))
        return f"{say(KIND_BY_CODE[decision.code].message).removesuffix('.')}: {names}."
    if decision.code:
        return say(KIND_BY_CODE[decision.code].message)
    if decision.outcome == "restored":
        return say("A soft-deleted lead came back and was merged with this row.")
    return ""


def why_stopped(failure: Failure) -> tuple[str, str]:
    """Why an import stopped and what to do, in the reader's language: it is stored in English, with its numbers filled in."""
    kind = KIND_BY_CODE[failure.code]
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[\\d,]+)", re.escape(kind.message))
    stored = re.fullmatch(pattern, failure.message)
    if stored is None:  # by a release that said it in other words
        return failure.message, failure.hint
    counts = {name: int(told.replace(",", "")) for name, told in stored.groupdict().items()}
    return fill(kind.message, counts), say(kind.hint)


def what_to_do(decision: RowDecision) -> str:
    """The hint that goes with the reason; "" where there is nothing to do."""
    if decision.issues:
        return " ".join(dict.fromkeys(issue.hint for issue in decision.issues))
    return say(KIND_BY_CODE[decision.code].hint) if decision.code else ""


def is_failed(decision: RowDecision) -> bool:
    """Whether the row should have been imported and was not: worth fixing and importing again."""
    return decision.outcome == "error" or (decision.outcome == "not_imported" and decision.code not in LEFT_OUT)


def not_reached(row: CheckedRow, record: ImportRecord) -> RowDecision:
    """The decision on a row that the import did not come to, with the reason why it stopped."""
    stopped = record.failure.code if record.failure else None
    code = record.choices.left_out.get(row.row, stopped)  # left out, it would not have been imported anyway
    return RowDecision(row.row, "not_imported", row.email, code, lead=row.lead)


def report_line(decision: RowDecision, drift: str = "") -> tuple[str, ...]:
    """One line of the report's CSV, in the order of REPORT_HEADER. ``drift`` says where it differs from the review."""
    columns = dict.fromkeys(issue.column for issue in decision.issues if issue.column)
    return (
        str(decision.row),
        OUTCOME_LABELS[decision.outcome],
        decision.email,
        reason(decision),
        what_to_do(decision),
        ", ".join(columns),
        str(decision.first_row or ""),
        lead_id_text(decision.lead_id) if decision.lead_id else "",
        decision.code or "",
        drift,
    )


def created_table(decisions: Iterable[RowDecision]) -> Columns:
    """Row, email, name and company of each created row."""
    return _lead_table(_of(decisions, "created"))


def restored_table(decisions: Iterable[RowDecision]) -> Columns:
    """One line per field that the restore changes: old and new value; a lead that only comes back has one line, too."""
    lines = [
        (decision.row, decision.email, *change)
        for decision in _of(decisions, "restored")
        for change in stored_changes(decision) or [("", "", "")]
    ]
    return _table(("Row", "Email", "Field", "Old value", "New value"), lines)


def stored_changes(decision: RowDecision) -> list[tuple[str, str, str]]:
    """(field, old value, new value) of every field of the stored lead that the row changes."""
    before, after = decision.stored.lead if decision.stored else None, decision.lead
    if before is None or after is None:
        return []
    changes = [
        (say(field.label), value_text(getattr(before, field.key)), value_text(getattr(after, field.key)))
        for field in FIELDS
        if getattr(before, field.key) != getattr(after, field.key)
    ]
    changes += [
        (key, value_text(before.custom_fields.get(key)), value_text(value))
        for key, value in after.custom_fields.items()
        if before.custom_fields.get(key) != value
    ]
    return changes


def file_duplicates_table(decisions: Sequence[RowDecision]) -> Columns:
    """Row, email and the winning row of each duplicate in the file."""
    lines = [
        (decision.row, decision.email, decision.first_row)
        for decision in decisions
        if decision.code == "duplicate-in-file"
    ]
    return _table(("Row", "Email", "Winning row"), lines)


def existing_duplicates_table(decisions: Iterable[RowDecision]) -> Columns:
    """Row, email and reason of each duplicate of a lead in the workspace, active or deleted."""
    lines = [
        (decision.row, decision.email, reason(decision))
        for decision in _of(decisions, "duplicate")
        if decision.code != "duplicate-in-file"
    ]
    return _table(("Row", "Email", "Why"), lines)


def errors_table(decisions: Iterable[RowDecision]) -> Columns:
    """One line per problem of each rejected row."""
    lines = [
        (decision.row, decision.email, issue.column or "", problem(issue), issue.value or "", issue.hint)
        for decision in _of(decisions, "error")
        for issue in decision.issues
    ]
    return _table(("Row", "Email", "Column", "Problem", "Value", "What to do"), lines)


def with_code(decisions: Iterable[RowDecision], *codes: str) -> list[RowDecision]:
    """The decisions with one of these codes."""
    return [decision for decision in decisions if decision.code in codes]


def not_imported_table(decisions: Iterable[RowDecision]) -> Columns:
    """Row, email and reason of each row that was left out, parked or not reached."""
    lines = [(decision.row, decision.email, reason(decision)) for decision in _of(decisions, "not_imported")]
    return _table(("Row", "Email", "Why"), lines)


def problems_table(preview: Preview, code: str | None = None) -> Columns:
    """One line per cell that rejects its row, for repair: the cell as it is now, and an empty place for a new value.

    Rows that the user left out stay in the table, ticked, so that they can be taken in again. A cell that the user
    corrected, and that is still wrong, shows the correction. With a ``code`` only the problems of that kind.
    """
    lines = [
        (decision.row, issue.column or "", problem(issue), issue.value or "", "", False)
        for decision in preview.plan.decisions
        for issue in decision.issues
        if code in (None, issue.code)
    ]
    lines += [
        (decision.row, "", say("Left out by you"), decision.email, "", True)
        for decision in preview.plan.decisions
        if decision.code == "row-skipped" and code in (None, "row-skipped")
    ]
    return _table(("Row", "Column", "Problem", "In the file", "New value", "Leave out"), sorted(lines))


def count_problems(preview: Preview) -> Counter[str]:
    """How many problems of each kind (code) the table has, left out rows included."""
    counts = Counter(issue.code for decision in preview.plan.decisions for issue in decision.issues)
    counts.update(decision.code for decision in preview.plan.decisions if decision.code == "row-skipped")
    return counts


def corrections_table(table: Table, corrections: Corrections) -> Columns:
    """One line per cell that the user changed: what the file says, and what is imported instead."""
    places = {row: place for place, row in enumerate(table.row_numbers) if row in corrections}
    lines = [
        (row, column, table.rows[places[row]][table.columns.index(column)], text)
        for row, cells in sorted(corrections.items())
        for column, text in cells.items()
        if row in places and column in table.columns
    ]
    return _table(("Row", "Column", "In the file", "Corrected to"), lines)


def problem(issue: Issue) -> str:
    """The issue's message, for a table that names the column beside it."""
    text = issue.message.removeprefix(say("invalid email: {why}").removesuffix("{why}"))
    return text[:1].upper() + text[1:]


def problem_with_hint(issue: Issue) -> str:
    """The same in whole sentences, with what to do."""
    text = problem(issue)
    return f"{text if text.endswith(('.', '!', '?')) else f'{text}.'} {issue.hint}"


def warnings_table(issues: Iterable[Issue]) -> Columns:
    """One line per oddity of a row or cell that rejects nothing; those of the whole file are not among them."""
    lines = [
        (issue.row, issue.column or "", issue.message, issue.hint) for issue in issues if issue.row is not None
    ]
    return _table(("Row", "Column", "What is odd", "What to do"), lines)


#: Marks for white space, which a table cannot show.
_MARKS = {" ": "␣", "\t": "⇥", "\n": "⏎", "\r": "⏎", "\u00a0": "⍽"}
_mark_unseen = re.compile(r"^\s+|\s+$|\s{2,}|[^\S ]").sub


def changes_table(changes: Iterable[Change], off: Container[str] = ()) -> Columns:
    """One line per tidied value: before, after and why, in file order. Kinds in ``off`` are not done, only offered."""
    lines = [
        (
            change.row,
            change.column or say(FIELD_BY_KEY[change.field].label),
            *shown_change(change),
            say(KIND_BY_KEY[change.kind].label),
            change.kind not in off,
        )
        for change in sorted(changes, key=itemgetter(0))
    ]
    return _table(("Row", "Column", "Before", "After", "Why", "Done"), lines)


def shown_change(change: Change) -> tuple[str, str]:
    """Before and after of a change, with marks for what cannot be seen where that is what was changed."""
    before = change.before
    if change.kind in ("trim", "invisible", "spaces"):
        before = _mark_unseen(lambda match: "".join(_MARKS.get(letter, letter) for letter in match[0]), before)
        before = "".join(letter if letter.isprintable() else f"‹U+{ord(letter):04X}›" for letter in before)
    return before, change.after


def _of(decisions: Iterable[RowDecision], outcome: Outcome) -> list[RowDecision]:
    return [decision for decision in decisions if decision.outcome == outcome]


def _lead_table(decisions: Iterable[RowDecision]) -> Columns:
    lines = [(decision.row, decision.email, *_glance(decision.lead)) for decision in decisions]
    return _table(("Row", "Email", *(label for label, _ in _GLANCE)), lines)


def _glance(lead: Lead | None) -> list[str]:
    return [getattr(lead, key, None) or "" for _, key in _GLANCE]


def _table(header: Sequence[str], lines: Sequence[Sequence[Any]]) -> Columns:
    return {name: [line[i] for line in lines] for i, name in enumerate(header)}
