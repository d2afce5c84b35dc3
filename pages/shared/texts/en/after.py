"""What comes after an import, in English: history, files that continue it, undo and redo."""

from pages.shared.texts.en.base import plural

#: What records call somebody who has no name -> how a sentence does ("by …").
_WHO = {"local": "this computer", "worker": "the server", "command line": "the command line"}

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
    return f"{'Undone' if action == 'undo' else 'Redone'} on {moment} by {_WHO.get(who, who)}"


# --- files that continue an import --------------------------------------------------------------------------------
DUPLICATES_FIRST_FILE = "The winning rows are in the file whose import this one continues."
REPORT_FAILED_HELP = "Mend the rows and upload this file again: it continues this import. Leave the columns “Lead Import: …” as they are."


def continues(first: str, done: int, rows: int, *, is_over: bool) -> str:
    """Which import a file continues, and how much of that is done. Holds the file's name: not for markdown."""
    if is_over:
        return f"This file continued the import of “{first}”: {done:,} of {plural(rows, 'row')} are done now."
    return f"This file continues the import of “{first}”: {done:,} of {plural(rows, 'row')} are done. Rows keep their numbers, and the mapping is the same."


def continued_by(file_name: str, moment: str, who: str) -> str:
    """A file that continued this import. Holds names: not for markdown."""
    return f"Continued with “{file_name}” on {moment} by {_WHO.get(who, who)}"


# --- a file that was imported before ------------------------------------------------------------------------------
SAME_FILE_OPEN = "Open its report"


def same_file(share: float, name: str, moment: str, who: str, *, is_exact: bool) -> str:
    """That this file, or a part of it, was imported before. Markdown: names come escaped."""
    if is_exact:
        return f"This very file was imported as “{name}” on {moment} by {_WHO.get(who, who)}."
    return f"{_rows_of_it(share)} were imported as “{name}” on {moment} by {_WHO.get(who, who)}."


def _rows_of_it(share: float) -> str:
    return "All of these rows" if share == 1 else f"{int(share * 100)} % of these rows"


# --- history ------------------------------------------------------------------------------------------------------
HISTORY_NOTHING = ("search_off", "Nothing found", "No import matches. Change the search or clear the filters.")
HISTORY_SEARCH = "File name or id"
HISTORY_STATE = "State"
HISTORY_DOOR = "Came through"
HISTORY_PERSON = "Who"
HISTORY_ANYBODY = "Anybody"
HISTORY_DAYS = "Days of the upload (UTC)"
HISTORY_CLEAR = "Clear all"
HISTORY_NEWER = "Newer"
HISTORY_OLDER = "Older"
HISTORY_DETAILS = "Details"
HISTORY_DETAILS_HELP = "What was imported, how its columns were mapped, and the mapping for a new file"
HISTORY_DETAILS_TITLE = "About this import"
HISTORY_MAPPING = "The mapping that was used"
HISTORY_REUSE = "Map a new file like this"
HISTORY_REUSE_HELP = "Choose a file next; its columns go where these went, and the options are the same."
HISTORY_DELETE = "Delete this draft"
HISTORY_DELETE_ASK = "The uploaded file and everything that was changed in the review are deleted. No lead is touched."
HISTORY_DELETE_YES = "Delete it"
LIKE_CANCEL = "Do not"
DATE_FORMAT = "YYYY-MM-DD"
DOORS = {"wizard": "File", "api": "API"}
FACT_ID = "Id"
FACT_WHO = "By"
FACT_WHEN = "Uploaded"
FACT_ENDED = "Ended"
FACT_ROWS = "Rows"
FACT_RESTORE = "Deleted leads come back"
FACT_SOURCE = "Source, where a row has none"
FACT_FILE = "Size"
YES = "yes"
NO = "no"


def history_filters(active: int) -> str:
    """The button with the filters behind it, and how many are set."""
    return f"Filter · {active}" if active else "Filter"


def by_whom(name: str) -> str:
    """Who made an import. Holds a name."""
    return f"by {_WHO.get(name, name)}"


def continues_short(name: str) -> str:
    """That a file continued another one, in the list. Holds a name."""
    return f"continues “{name}”"


def counts_line(rows: int, counts: dict[str, int]) -> str:
    """The books of an import in the list: what there is of each outcome."""
    named = {"created": "created", "restored": "restored", "duplicate": "duplicate", "error": "failed", "not_imported": "not imported"}
    parts = [f"{counts[outcome]:,} {word}" for outcome, word in named.items() if counts[outcome]]
    return f"{plural(rows, 'row')}: {', '.join(parts)}"


def fixed_value(value: str) -> str:
    """A value that every row got, beside the columns. Holds the user's text."""
    return f"Fixed value “{value}”"


def file_size(size: int) -> str:
    """The size of a file."""
    return f"{size / 1024**2:,.1f} MB" if size >= 1024**2 else f"{max(size / 1024, 0.1):,.1f} kB"


def mapped_like(name: str) -> str:
    """What happens to the next file. Holds a name."""
    return f"The next file is mapped like “{name}”."
