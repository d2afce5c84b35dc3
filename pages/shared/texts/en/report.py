"""The run, the report and the history, in English."""

from pages.shared.texts.en.base import plural

# --- run -----------------------------------------------------------------------------------------------------------
RUN_TITLE = "Importing"
RUN_LEAD = "You can close this page. The import goes on, and this address shows how far it is."
RUN_CANCEL = "Stop after this part"


def run_progress(handled: int, total: int) -> str:
    """How far the import is, in rows."""
    return f"{handled:,} of {plural(total, 'row')}"


def run_part(part: int, parts: int) -> str:
    """Which part is being written."""
    return f"Part {part} of {parts}"


# --- report --------------------------------------------------------------------------------------------------------
REPORT_TITLES = {"done": "Import finished", "failed": "Import stopped", "undone": "Import undone"}
REPORT_TABS = {
    "created": "Created",
    "restored": "Restored",
    "file_duplicates": "Duplicates in file",
    "existing": "Already in workspace",
    "errors": "Errors",
    "not_imported": "Not imported",
    "drift": "Changed since the review",
}
REPORT_CSV = "Download the whole report"
REPORT_FAILED_CSV = "Download failed rows"
TRY_AGAIN = "Try again"

OUTCOME_BAR_LABEL = "Share of each outcome"
OUTCOME_LABELS = {
    "created": "Created",
    "restored": "Restored",
    "duplicate": "Duplicates",
    "error": "Errors",
    "not_imported": "Not imported",
}


def balance(rows: int, counts: dict[str, int]) -> str:
    """The books: every row of the file is in exactly one of these."""
    terms = [f"{counts.get(outcome, 0):,} {label.lower()}" for outcome, label in OUTCOME_LABELS.items()
             if outcome != "not_imported" or counts.get(outcome)]  # fmt: skip
    return f"{plural(rows, 'row')} = {' + '.join(terms)}"


# --- history -------------------------------------------------------------------------------------------------------
HISTORY_TITLE = "History"
HISTORY_LEAD = "Every import of this workspace, newest first: open its report, or use its mapping again."
HISTORY_EMPTY = ("inbox", "No imports yet", "Your imports appear here, each with its report.")
HISTORY_START = "Start an import"
OPEN = "Open"
STATE_LABELS = {
    "draft": "Draft",
    "ready": "Ready",
    "running": "Running",
    "done": "Done",
    "failed": "Stopped",
    "undone": "Undone",
}
STATE_COLOURS = {
    "draft": "gray", "ready": "blue", "running": "violet", "done": "green", "failed": "red", "undone": "orange",
}  # fmt: skip
