"""What concerns files and their columns, in English: the first steps, opt-outs, and remembered mappings."""

# --- the first steps ----------------------------------------------------------------------------------------------
FIRST_TIME = "No file at hand?"
PRACTICE_TRY = "Try it with a practice file"
PRACTICE_DOWNLOAD = "Download the practice file"
PRACTICE_NAME = "lead-import-practice.csv"
TOUR = "Take the one-minute tour"
TOUR_TITLE = "From a spreadsheet to clean leads"
TOUR_CARDS = {
    "upload": (
        "Choose a file",
        "Any export will do: CSV or a workbook, in any encoding, with titles above the header or without. "
        "We find out how to read it, say what we found, and let you change it.",
    ),
    "map": (
        "Match the columns",
        "Each column gets a suggestion, with the reason and how sure we are. Only the email is required. "
        "Next time a file with the same headers is matched by itself.",
    ),
    "review": (
        "Review before anything is written",
        "You see row by row what would happen: new leads, leads that come back, duplicates, and errors. "
        "Repair cells in place, leave rows out, keep what a duplicate would lose.",
    ),
    "import": (
        "Import, once",
        "One button. A second press, a reload or a lost connection never imports anything twice. "
        "Large files go in parts that you can stop and continue.",
    ),
    "report": (
        "A report for every row",
        "Each row of your file is accounted for, to look at or to download. "
        "Mend the failed rows and upload them again, or undo the whole import.",
    ),
}
TOUR_NEXT = "Next"
TOUR_SKIP = "Skip the tour"
TOUR_TRY = "Try it with the practice file"

# --- remembered mappings ------------------------------------------------------------------------------------------
PRESET_EDIT = "Change"
PRESET_EDIT_TITLE = "Change a remembered mapping"
PRESET_EDIT_LEAD = "Where each column goes in the next file with these headers. Imports that are done stay as they are."
PRESET_SAVE = "Save"

# --- opt-outs -----------------------------------------------------------------------------------------------------

NOT_OPTED_OUT = "Not opted out"
MAP_OPT_OUT_LEAD = (
    "Where a column says that somebody opted out, the lead becomes unsubscribed, whatever its status says. Text that we cannot "
    "read counts as opted out; choose another meaning where that is wrong."
)


def odd_rows(kinds: str) -> str:
    """That single rows or cells are odd; ``kinds`` are titles with their numbers."""
    return f"In single rows: {kinds}. The review lists each of them."


def fixed_value_of(field: str) -> str:
    """A field that is filled with one value for every row."""
    return f"Fixed value for {field}"


def opt_out_values(columns: str) -> str:
    """The heading of the list of the opt-out columns' values. ``columns`` are the user's, escaped."""
    return f"What the values of “{columns}” mean"
