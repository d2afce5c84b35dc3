"""Step 3 in English: what an import would do, the contact limit, cleaning, and duplicates in the file."""

from core.draft_flow import MAX_PART_ROWS
from core.records import Quota
from pages.shared.texts.en.base import plural

# --- totals, tabs and the contact limit ----------------------------------------------------------------------------
REVIEW_TITLE = "Review before you import"
REVIEW_LEAD = "Nothing has been written yet. This is what Import would do now."
REVIEW_RESTORE = "Restore deleted leads"
REVIEW_RESTORE_HELP = (
    "Rows whose lead was deleted bring it back: values in the file replace stored ones, empty cells keep them. "
    "Switched off, these rows count as duplicates."
)
REVIEW_TOTALS = {
    "created": "To create", "restored": "To restore", "file_duplicates": "Duplicates in file", "existing": "Already there",
    "error": "Errors", "not_imported": "Left out", "unconfirmed": "To confirm", "parked": "Parked",
}  # fmt: skip
REVIEW_TABS = {
    "problems": "Problems",
    "file_duplicates": "Duplicates in file",
    "existing": "Already in workspace",
    "restored": "Restores",
    "created": "Will be created",
    "not_imported": "Left out",
    "parked": "Parked",
    "warnings": "Warnings",
}
QUOTA_TITLE = "Contact limit"
OPTIONS_TITLE = "Options"
CORRECTIONS_UNDO = "Undo all"
CORRECTION_UNDO = "Undo"
EMPTY_CELL = "(empty)"
SKIPPED_UNDO = "Take all back"


def quota_sentence(quota: Quota) -> str:
    """What the import would take of the contact limit, or by how much it would pass it and what to do."""
    if quota.fits:
        left = max(quota.limit - quota.active - quota.added, 0)
        return (
            f"{quota.active:,} of {quota.limit:,} leads are in use. This import adds {quota.added:,}; "
            f"{left:,} stay free."
        )
    over = quota.active + quota.added - quota.limit
    return (
        f"This import would add {plural(quota.added, 'lead')}, and the workspace has room for {quota.free:,}: "
        f"{over:,} too many. Choose which rows go in, delete leads, or raise the contact limit of {quota.limit:,}."
    )


def too_many_rows(rows: int) -> str:
    """The 1000-row rule, with both numbers (contract.md section 5)."""
    return f"This file has {rows:,} rows. One import takes at most {MAX_PART_ROWS:,}."


def in_parts(parts: int) -> str:
    """The user's explicit choice to import a long file in parts."""
    return f"Import in {parts} parts of at most {MAX_PART_ROWS:,} rows, one after another"


IN_PARTS_HELP = (
    "Each part is written as a whole or not at all. A part that would pass the contact limit stops there; "
    "what was imported stays, and the report says which rows were not."
)


def corrections_made(cells: int) -> str:
    """How many cells the user changed."""
    return f"{plural(cells, 'cell')} corrected by you"


# --- cleaning and warnings -----------------------------------------------------------------------------------------
CLEANING_KINDS = {
    "trim": "White space around values",
    "invisible": "Invisible characters",
    "spaces": "Repeated spaces and line breaks",
    "email": "Names or “mailto:” around emails",
    "phone": "Phone numbers in international form",
    "website": "Websites in one form",
    "linkedin": "LinkedIn profiles in one form",
    "tags": "Several tags in one cell become several tags",
    "names": "Proper case for names in capitals or all lower case",
}
CLEANING_FIXED = "Always done: the rules of an import ask for it."
CLEANING_COUNTRY = "Country of phone numbers that name none"
CLEANING_NO_COUNTRY = "Choose a country"
CLEANING_LIST = "List every change"
CLEANING_LIST_TITLE = "What is changed"
CLEANING_FILTER = "Kind of change"
WARNINGS_FILTER = "Kind of warning"


def cleaning_title(changes: int) -> str:
    """The card's name, with how much the switched-on kinds change together."""
    return f"Cleaning: {plural(changes, 'automatic change')}" if changes else "Cleaning: nothing is changed by itself"


def problems_help(problems: int, rows: int) -> str:
    """How much there is to repair, and how."""
    found = f"{plural(problems, 'problem')} in {plural(rows, 'row')}."
    return f"{found} Type the right text under “New value”, or tick “Leave out”. Each change is checked at once."


def cells_changed(done: int, offered: int, on: bool) -> str:
    """How many cells one kind changes, or would change."""
    if on:
        return plural(done, "cell") if done else "No cell"
    return f"Would change {plural(offered, 'cell')}"


def phones_left(numbers: int, has_country: bool) -> str:
    """Why some phone numbers stay as they are."""
    if has_country:
        stay = "is not a valid number there and stays as it is" if numbers == 1 else "are not valid numbers there and stay as they are"
        return f"{plural(numbers, 'number')} {stay}."
    stay = "has no country code and stays as it is" if numbers == 1 else "have no country code and stay as they are"
    return f"{plural(numbers, 'number')} {stay} until you choose a country."


def fix_typos(count: int) -> str:
    """The button that corrects every mistyped domain."""
    return f"Fix all {count:,} typing errors" if count > 1 else "Fix the typing error"


def leave_out_rows(count: int) -> str:
    """The button that leaves out every row with a warning of one kind."""
    return f"Leave out {plural(count, 'row')}"


# --- duplicates in the file ----------------------------------------------------------------------------------------
DUPLICATES_HELP = "The first row of each email is imported. Choose a row to compare it with the one that wins."
DUPLICATES_PICK = "Compare"
DUPLICATES_KEPT = "Nothing is lost here: no row that is imported lacks a value that its duplicates hold."
DUPLICATES_SAME = "Neither row says more than the other, or their lead is there already and stays as it is."
LEFT_OUT_SUFFIX = "left out by you"


def losses_sentence(rows: int, values: int) -> str:
    """What duplicates in the file would throw away."""
    return f"{plural(rows, 'row')} {'holds' if rows == 1 else 'hold'} {plural(values, 'value')} that the winning rows lack."


def differing_sentence(values: int) -> str:
    """What duplicates say otherwise than the rows that win."""
    return f"The winning rows lack nothing; {plural(values, 'value')} {'differs' if values == 1 else 'differ'}, and theirs are kept."


def fill_blanks_all(blanks: int) -> str:
    """The button that fills the blanks of all winning rows."""
    return f"Keep them: fill {plural(blanks, 'blank')}"


def fill_blanks_of(row: int, blanks: int) -> str:
    """The button that fills the blanks of one winning row."""
    return f"Fill {plural(blanks, 'blank')} of row {row}"


def choose_winner(row: int) -> str:
    """The button that lets another row of the same email win."""
    return f"Import row {row} instead"


def duplicate_pair(row: int, winner: int, email: str, values: int, differing: int) -> str:
    """One duplicate in the list to choose from. Holds the email: not for markdown."""
    parts = [f"Row {row} → row {winner}", email]
    if values:
        parts.append(f"{plural(values, 'value')} lost")
    if differing:
        parts.append(f"{differing:,} {'differs' if differing == 1 else 'differ'}")
    return " · ".join(parts)
