"""Repairing rows in the review, in English: ways to look at them, the form, find and replace, undo."""

from pages.shared.texts.en.base import number, plural

REPAIR_VIEW = "How to repair"
REPAIR_VIEWS = {"list": "Cell by cell", "grid": "As a table"}
SINGLE_OPEN = "Row by row"
REPAIR_KIND = "Kind of problem"

GRID_SCOPE = "Rows to show"
GRID_SCOPES = {"wrong": "With problems", "all": "All rows"}
GRID_SEARCH = "Search in all cells"
GRID_HELP = "Change any cell, or paste a block that you copied from a spreadsheet: choose the first cell and press Ctrl+V."
GRID_NOTHING = "No row holds this text."

SINGLE_SAVE = "Save and go on"
SINGLE_LEAVE_OUT = "Leave this row out"
SINGLE_LATER = "Later"
SINGLE_NONE = "No row has a problem any more. Close this to go on."
SINGLE_HELP = "Enter saves and opens the next row with a problem. Tab goes from field to field."

REPLACE_OPEN = "Find and replace"
REPLACE_FIND = "Find"
REPLACE_WITH = "Replace with"
REPLACE_IN = "In"
REPLACE_EVERYWHERE = "All columns"
REPLACE_WHOLE = "Whole cells only"
REPLACE_WHOLE_HELP = "An empty “Find” then means the empty cells."
REPLACE_CASE = "Capitals matter"
REPLACE_HINT = "Type what to look for. Nothing changes before you press the button."
REPLACE_NOTHING = "No cell holds this text."

EDIT_CORRECTION = "correction"
EDIT_BLOCK = "corrections in the table"
EDIT_LEFT_OUT = "rows left out"
EDIT_TAKEN_BACK = "correction taken back"
EDIT_REPLACED = "find and replace"


def undo_step(what: str) -> str:
    """The button that takes the newest change back."""
    return f"Undo: {what}"


def redo_step(what: str) -> str:
    """The button that does it again."""
    return f"Redo: {what}"


def replace_count(cells: int, rows: int) -> str:
    """What would change."""
    return f"{plural(cells, 'cell')} in {plural(rows, 'row')} would change."


def replace_more(count: int) -> str:
    """That not every change is listed."""
    return f"… and {number(count)} more."


def replace_do(cells: int) -> str:
    """The button that replaces."""
    return f"Replace in {plural(cells, 'cell')}"


def single_place(row: int, at: int, total: int) -> str:
    """Which row the form is about."""
    return f"Row {row} of your file · {number(at)} of {plural(total, 'row')} with problems"


def repair_kind(title: str, count: int) -> str:
    """A kind of problem with its count."""
    return f"{title} · {number(count)}"
