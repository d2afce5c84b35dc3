"""What comes after an import, in English: files that continue it, undo and redo."""

from pages.shared.texts.en.base import plural

# --- undo ---------------------------------------------------------------------------------------------------------
UNDO_BUTTON = {"undo": "Undo this import", "redo": "Redo this import"}
UNDO_TITLES = {"undo": "Undo this import?", "redo": "Redo this import?"}
UNDO_CONFIRM = {"undo": "Undo it", "redo": "Redo it"}
UNDO_WORKING = {"undo": "Undoing the import …", "redo": "Redoing the import …"}
UNDO_LOOKING = "Looking at what the leads are like now …"
UNDO_CANCEL = "Cancel"
UNDO_PROMISE = {
    "undo": "Deleted leads are kept in the workspace, so you can redo the import later. Its report stays.",
    "redo": "You can undo it again later.",
}
UNDO_NOTHING = {"undo": "No lead is left to take back.", "redo": "No lead is left to bring back."}
UNDO_KEPT_TABLE = "Leads that stay as they are"


def undo_figures(action: str, counts: dict[str, int], *, is_done: bool) -> list[str]:
    """What an undo or redo does to leads (or did), one sentence for each kind of lead that there is."""
    created, restored, filled = counts["created"], counts["restored"], counts["filled"]
    if action == "undo":
        verb = _verb(is_done, "was", "were", "is", "are")
        lines = [
            (created, f"{plural(created, 'new lead')} {verb(created)} deleted."),
            (restored, f"{plural(restored, 'restored lead')} {verb(restored)} deleted again, with the values from before."),
            (filled, f"{plural(filled, 'lead')} {_verb(is_done, 'lost', 'lost', 'loses', 'lose')(filled)} the values that filled its blanks."
             if filled == 1 else f"{plural(filled, 'lead')} {'lost' if is_done else 'lose'} the values that filled their blanks."),
        ]  # fmt: skip
    else:
        verb = _verb(is_done, "came", "came", "comes", "come")
        lines = [
            (created, f"{plural(created, 'new lead')} {verb(created)} back."),
            (restored, f"{plural(restored, 'restored lead')} {verb(restored)} back, merged with the file."),
            (filled, f"The blanks of {plural(filled, 'lead')} {'were' if is_done else 'are'} filled again."),
        ]
    return [sentence for count, sentence in lines if count]


def _verb(is_done: bool, was: str, were: str, is_: str, are: str):
    one, many = (was, were) if is_done else (is_, are)
    return lambda count: one if count == 1 else many


def undo_kept(count: int, *, is_done: bool) -> str:
    """How many leads an undo or redo leaves alone."""
    tense = ("was" if count == 1 else "were") if is_done else ("is" if count == 1 else "are")
    return f"{plural(count, 'lead')} {tense} left alone. Somebody changed what the import had made:"


def undo_done(action: str, moment: str, who: str) -> str:
    """When an import was undone or redone, and by whom. Holds a name: not for markdown."""
    return f"{'Undone' if action == 'undo' else 'Redone'} on {moment} by {who}"


# --- files that continue an import --------------------------------------------------------------------------------
REPORT_FAILED_HELP = "Mend the rows and upload this file again: it continues this import. Leave the columns “Lead Import: …” as they are."


def continues(first: str, done: int, rows: int, *, is_over: bool) -> str:
    """Which import a file continues, and how much of that is done. Holds the file's name: not for markdown."""
    if is_over:
        return f"This file continued the import of “{first}”: {done:,} of {plural(rows, 'row')} are done now."
    return f"This file continues the import of “{first}”: {done:,} of {plural(rows, 'row')} are done. Rows keep their numbers, and the mapping is the same."


def continued_by(file_name: str, moment: str, who: str) -> str:
    """A file that continued this import. Holds names: not for markdown."""
    return f"Continued with “{file_name}” on {moment} by {who}"


# --- a file that was imported before ------------------------------------------------------------------------------
SAME_FILE_OPEN = "Open its report"


def same_file(share: float, name: str, moment: str, who: str, *, is_exact: bool) -> str:
    """That this file, or a part of it, was imported before. Markdown: names come escaped."""
    if is_exact:
        return f"This very file was imported as “{name}” on {moment} by {who}."
    return f"{_rows_of_it(share)} were imported as “{name}” on {moment} by {who}."


def _rows_of_it(share: float) -> str:
    return "All of these rows" if share == 1 else f"{int(share * 100)} % of these rows"
