"""The catalogue of issues: what can be wrong with a file, a row or a cell, as values with a stable code.

A code is kebab-case, subject then problem; once stored in a ledger it is never renamed. Every code has a title, a
message template, a hint, and a test that produces it (tests/core/test_catalogue.py).
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.language import fill, say

Severity = Literal["error", "warning"]
Level = Literal["file", "row", "cell"]

MAX_SHOWN_VALUE = 80


@dataclass(frozen=True, slots=True)
class IssueKind:
    """One entry of the catalogue. ``message`` is a format template over the names that make_issue is given."""

    code: str
    level: Level
    severity: Severity
    title: str
    message: str
    hint: str


#: Names in a template that are words of ours, to be said in the reader's language; the others are the user's.
_OUR_WORDS = frozenset({"label", "why", "what", "found", "which", "title", "option"})


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong at one place.

    ``row`` is the number the spreadsheet shows (the header of a plain file is row 1); None means the whole file.
    ``column`` is the header text in the file, None means the whole row. ``value`` is the offending text, shortened.
    ``names`` fill the templates of its kind. ``told`` are message and hint as an older ledger kept them.
    """

    code: str
    severity: Severity
    row: int | None = None
    column: str | None = None
    field: str | None = None
    value: str | None = None
    names: Mapping[str, object] = dataclasses.field(default_factory=dict, hash=False)
    told: tuple[str, str] | None = None

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language."""
        return self.told[0] if self.told else self._fill(KIND_BY_CODE[self.code].message)

    @property
    def hint(self) -> str:
        """What to do next, in the reader's language."""
        return self.told[1] if self.told else self._fill(KIND_BY_CODE[self.code].hint)

    def _fill(self, template: str) -> str:
        words = {name: _say_words(str(word)) if name in _OUR_WORDS else word for name, word in self.names.items()}
        return fill(template, {"value": self.value, **words})


KINDS: tuple[IssueKind, ...] = (
    # --- files -------------------------------------------------------------------------------------------------
    IssueKind("file-empty", "file", "error", "Empty file",
              "The file has no content.", "Choose a file with a header row and at least one lead."),
    IssueKind("file-header-only", "file", "error", "No rows",
              "The file has a header row but no rows below it.", "Add at least one lead below the header."),
    IssueKind("file-too-large", "file", "error", "File too large",
              "The file has {size_mb} MB; the limit is {limit_mb} MB.", "Split the file, or remove columns that you do not need."),
    IssueKind("file-too-many-rows", "file", "error", "Too many rows",
              "The file has more than {limit} rows.", "Split it into files of at most {limit} rows."),
    IssueKind("file-too-many-columns", "file", "error", "Too many columns",
              "The file has {count} columns; the limit is {limit}.", "Remove the columns that you do not need."),
    IssueKind("file-type-unknown", "file", "error", "Not a spreadsheet",
              "This is {found}, not a spreadsheet.", "Save it as CSV or XLSX and upload that."),
    IssueKind("file-encrypted", "file", "error", "Protected by a password",
              "The file is protected by a password.", "Remove the password in your spreadsheet program and upload it again."),
    IssueKind("file-damaged", "file", "error", "Damaged file",
              "The file is damaged or incomplete.", "Open it in your spreadsheet program, save it again, and upload that."),
    IssueKind("file-unpacks-too-large", "file", "error", "Unpacks too large",
              "Unpacked, the file would have more than {limit_mb} MB.", "Save only the sheet with your leads as CSV and upload that."),
    IssueKind("file-unsafe", "file", "error", "Unsafe file",
              "The file holds {what}, as no spreadsheet program writes it.",
              "Open it in your spreadsheet program, save it again, and upload that."),
    IssueKind("file-option-wrong", "file", "error", "Choice does not fit",
              "The file cannot be read with {option} “{value}”.", "Choose another, or leave it to us to find it."),
    IssueKind("file-issues-left-out", "file", "warning", "More of the same",
              "{count} more issues of the kind “{title}” are not listed.", "Mend what is listed and upload the file again."),
    IssueKind("sheet-too-large", "file", "error", "Sheet too large",
              "The cells of the sheet reach as far as {last}: {count} cells, empty ones included; the limit is {limit}.",
              "Delete what stands far away from your leads (Ctrl+End jumps to it), or save the leads alone as CSV."),
    IssueKind("sheet-empty", "file", "error", "Empty sheet",
              "The sheet “{sheet}” has no rows.", "Choose another sheet."),
    IssueKind("sheet-passed-over", "file", "warning", "Sheet too large",
              "The sheet “{value}” is too large to be read; the sheet “{sheet}” was read instead.",
              "Choose another sheet, or save the leads alone in a file of their own."),
    # --- rows and cells of the file ------------------------------------------------------------------------------
    IssueKind("row-too-long", "row", "warning", "More cells than columns",
              "The row has {count} cells; the header has {expected}. The extra cells are left out: {value}.",
              "Check for a missing quote or an extra separator in this row."),
    IssueKind("row-quote-open", "row", "warning", "Quote not closed",
              "The row opens a quote (\") that is never closed; the quote was read as an ordinary character.",
              "Close the quote or delete it."),
    IssueKind("row-too-short", "row", "warning", "Fewer cells than columns",
              "The row has {count} cells; the header has {expected}. The missing cells count as empty.",
              "Check that no cell is missing in the middle of this row."),
    IssueKind("cell-too-long", "cell", "error", "Cell too long",
              "The cell has {length} characters; the limit is {limit}.", "Shorten the text."),
    IssueKind("cell-error-value", "cell", "warning", "Formula error",
              "The cell holds the spreadsheet error {value}; it counts as empty.", "Mend the formula in your spreadsheet."),
    IssueKind("cell-digits-lost", "cell", "warning", "Digits lost",
              "“{value}” looks like a number that the spreadsheet program has shortened; its last digits are lost.",
              "Format the column as text in your spreadsheet, enter the number again, and save."),
    IssueKind("cell-formula-without-value", "cell", "warning", "Formula without a result",
              "The cell holds a formula that was saved without its result; it counts as empty.",
              "Open the file in your spreadsheet program, let it calculate, and save it again."),
    IssueKind("cell-characters-lost", "cell", "warning", "Characters lost",
              "“{value}” holds characters that cannot be read; each is shown as \ufffd.",
              "Type the right ones in the review, or save the file again as UTF-8."),
    IssueKind("cells-merged", "cell", "warning", "Merged cells",
              "The cells {area} are merged: “{value}” counts for {cell} alone, the others are empty.",
              "Unmerge them in your spreadsheet and fill in every row that needs the value."),
    IssueKind("file-import-unknown", "file", "warning", "Unknown import",
              "The file says that it continues the import {import_id}, which is not in this workspace; it is imported as a new file.",
              "Nothing to do, unless you took the wrong workspace or file."),
    IssueKind("file-import-closed", "file", "warning", "Import not to be continued",
              "The file says that it continues the import {import_id}, which is undone or still running; it is imported as a new file.",
              "To continue that import, redo it or wait for its end, and upload the file again."),
    IssueKind("header-not-first", "file", "warning", "Lines above the header",
              "The header is row {row_number}; what stands above it is left out: {value}.",
              "Choose another header row if these lines are leads."),
    IssueKind("header-row-empty", "file", "error", "Header row empty",
              "Row {row_number} is empty, so it cannot be the header.", "Choose the row with the column names."),
    IssueKind("header-duplicate", "file", "warning", "Header used twice",
              "The header “{value}” stands above more than one column; later ones are shown with a number.",
              "Check that each column goes to the right field."),
    IssueKind("header-empty", "file", "warning", "Column without header",
              "Column {letter} has values but no header; it is shown as “{name}”.",
              "Check whether the column is needed."),
    # --- values of a lead (contract.md sections 2 and 3) -----------------------------------------------------------
    IssueKind("email-empty", "cell", "error", "Email missing",
              "empty email", "Enter the email address, or leave the row out."),
    IssueKind("email-invalid", "cell", "error", "Email not valid",
              "invalid email: {why}", "Correct the address."),
    IssueKind("email-too-long", "cell", "error", "Email too long",
              "The email address has {length} characters; the limit is {limit}.", "Correct the address."),
    IssueKind("status-unknown", "cell", "error", "Status unknown",
              "“{value}” is not a status.", "Use one of: active, bounced, unsubscribed, replied."),
    IssueKind("value-too-long", "cell", "error", "Value too long",
              "{label} has {length} characters; the limit is {limit}.", "Shorten the text."),
    IssueKind("value-characters-forbidden", "cell", "error", "Forbidden character",
              "{label} holds a character that cannot be stored ({which}).", "Delete the character."),
    IssueKind("tags-too-many", "cell", "error", "Too many tags",
              "The row has {count} tags; the limit is {limit}.", "Remove some tags."),
    IssueKind("custom-fields-too-many", "row", "error", "Too many custom fields",
              "The row has {count} custom fields; the limit is {limit}.", "Remove some custom fields."),
    IssueKind("email-domain-typo", "cell", "warning", "Typing error in the domain",
              "“{value}” looks like a typing error: {domain} instead of {fix}.", "Correct it to {fix}, or leave it if it is right."),
    IssueKind("email-role", "cell", "warning", "Address of a role",
              "“{value}” belongs to a role, not to one person.", "Leave the row out if you write to people only."),
    IssueKind("email-disposable", "cell", "warning", "Throw-away address",
              "“{value}” is an address for one use; {domain} gives them to anybody.", "Leave the row out, or ask for another address."),
    IssueKind("row-refused", "row", "error", "Refused by the database",
              "The database does not accept a value of this row.", "Leave the row out, or type its values anew."),
    # --- values of a lead or campaign that is made or changed alone --------------------------------------------------
    IssueKind("value-required", "cell", "error", "Value missing",
              "{label} cannot be empty.", "Enter a value."),
    IssueKind("value-out-of-range", "cell", "error", "Number out of range",
              "{label} is {value}; it goes from {low} to {high}.", "Enter a number in this range."),
    IssueKind("timezone-malformed", "cell", "error", "Time zone not valid",
              "“{value}” is not the name of a time zone.", "Use a name like “Europe/Berlin” or “UTC”."),
    IssueKind("webhook-address", "cell", "error", "Address not possible",
              "“{value}” cannot be called: {why}.", "Enter the https:// address that should be called after an import."),
    # --- outcomes of rows that are neither created, restored nor errors ---------------------------------------------
    IssueKind("duplicate-in-file", "row", "warning", "Duplicate in the file",
              "The same email stands in row {first_row}; the first row wins.", "Nothing to do, unless this row should be the one."),
    IssueKind("duplicate-existing", "row", "warning", "Already in the workspace",
              "A lead with this email is already in the workspace; it is left as it is.", "Nothing to do."),
    IssueKind("duplicate-deleted", "row", "warning", "Deleted lead",
              "A soft-deleted lead has this email, and restoring is switched off.",
              "Switch on “Restore deleted leads” to bring it back."),
    IssueKind("duplicate-filled", "row", "warning", "Blanks filled",
              "A lead with this email is already in the workspace; its empty fields are filled from this row.",
              "Nothing to do: what the lead had stays."),
    IssueKind("restore-not-confirmed", "row", "warning", "Restore not confirmed",
              "The deleted lead with this email had unsubscribed or bounced, and nobody confirmed that it may come back.",
              "Tick it under “Restores” in the review to bring it back."),
    IssueKind("row-parked", "row", "warning", "Parked",
              "The row is parked, because the file does not fit the contact limit.",
              "Download the parked rows and import them when there is room."),
    IssueKind("row-skipped", "row", "warning", "Left out by you",
              "You left this row out in the review.", "Nothing to do."),
    IssueKind("quota-exceeded", "row", "error", "Over the contact limit",
              "The workspace has room for {free} more leads; this part would add {added}.",
              "Raise the contact limit or delete leads, then import the rows that are left."),
    IssueKind("import-cancelled", "row", "warning", "Cancelled",
              "The import was cancelled.", "Import the rows that are left when you are ready."),
    IssueKind("row-already-imported", "row", "warning", "Imported already",
              "This row was imported before; the file brings it again, and nothing is done.",
              "Change the lead itself if something in it is wrong."),
    IssueKind("continued-import-closed", "row", "error", "First import closed",
              "The import that this file continues is undone, or running.",
              "Redo it, or wait for its end; then press “Try again”."),
    IssueKind("import-failed", "row", "error", "Not reached",
              "The import stopped because of a fault.", "Press “Try again”; rows that are in are not imported twice."),
    IssueKind("disk-full", "row", "error", "Disk full",
              "The import stopped because the disk of the database was full.",
              "Ask whoever runs the server to make room, then press “Try again”; rows that are in are not imported twice."),
    IssueKind("server-exhausted", "row", "error", "Server out of memory",
              "The import stopped because the server of the database had no memory left, or met another of its limits.",
              "Ask whoever runs the server to give it more, then press “Try again”; rows that are in are not imported twice."),
    # --- leads that an undo (or its redo) keeps as they are ----------------------------------------------------------
    IssueKind("lead-changed-since", "row", "warning", "Changed since",
              "Somebody changed this lead since; it stays as it is.", "Change or delete it by hand, if need be."),
    IssueKind("lead-deleted-since", "row", "warning", "Deleted since",
              "Somebody deleted this lead since; it stays deleted.", "Nothing to do."),
    IssueKind("lead-restored-since", "row", "warning", "Restored since",
              "This lead is back already; it stays as it is.", "Nothing to do."),
    IssueKind("lead-gone", "row", "warning", "No longer there",
              "This lead is not in the workspace any more.", "Nothing to do."),
)
KIND_BY_CODE = {kind.code: kind for kind in KINDS}


def make_issue(
    code: str,
    *,
    row: int | None = None,
    column: str | None = None,
    field: str | None = None,
    value: str | None = None,
    **names: object,
) -> Issue:
    """An Issue of the catalogue; ``names`` fill its templates and are plain JSON values."""
    shown = shorten(storable_text(value)) if value is not None else None
    return Issue(code, KIND_BY_CODE[code].severity, row, column, field, shown, names)


def _say_words(text: str) -> str:
    """Words of ours, or of the email library, which may name characters after a colon."""
    head, colon, tail = text.partition(": ")
    if say(text) != text or not colon:
        return say(text)
    end = "." if tail.endswith(".") else ""
    return f"{say(head)}{colon}{', '.join(map(say, tail.removesuffix('.').split(', ')))}{end}"


def shorten(text: str, limit: int = MAX_SHOWN_VALUE) -> str:
    """The text, cut with an ellipsis where it has more than ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def storable_text(text: str) -> str:
    """The text with what PostgreSQL and JSON cannot carry (NUL, lone surrogates) replaced by U+FFFD, to be shown."""
    if "\x00" not in text and text.isascii():
        return text
    return text.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
