"""Every text of the screens, in one place. Nothing here comes from a file: user data is added by the widgets, escaped."""

from datetime import datetime

from core import fields
from core.draft_flow import MAX_PART_ROWS
from core.file_limits import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS
from core.records import Quota

PRODUCT = "Lead Import"
ACCEPTED = ("csv", "tsv", "txt", "xlsx", "xls", "xlsb", "ods")

# --- navigation and steps -----------------------------------------------------------------------------------------
NAV_IMPORT = "Import"
NAV_HISTORY = "History"
NAV_SETTINGS = "Settings"
STEPBAR_LABEL = "Steps of the import"
STEP_LABELS = {"upload": "Upload", "map": "Map columns", "review": "Review", "import": "Import", "report": "Report"}
BACK = "Back"
START_ANOTHER = "Start another import"

# --- upload -------------------------------------------------------------------------------------------------------
UPLOAD_TITLE = "Import leads from a spreadsheet"
UPLOAD_LEAD = (
    "Choose a file. You see what would happen to every row before anything is written, "
    "and get a report that accounts for each of them."
)
UPLOAD_BUTTON = "Choose a file"
UPLOAD_LABEL = "Drop your file here, or choose one"
UPLOAD_OTHER_LABEL = "Use another file instead"
UPLOAD_LIMITS = (
    f"{', '.join(kind.upper() for kind in ACCEPTED)} · up to {MAX_FILE_BYTES // 1024**2} MB · {MAX_ROWS:,} rows · "
    f"{MAX_COLUMNS} columns · {fields.MAX_CELL_LENGTH:,} characters per cell"
)
UPLOAD_PARTS = f"One import takes up to {MAX_PART_ROWS:,} rows; larger files go in parts."
UPLOAD_TEMPLATE = "Download a template"
TEMPLATE_NAME = "lead-import-template.csv"
UPLOAD_POINTS = (
    (":material/table_view:", "Any export will do",
     "HubSpot, Salesforce, Apollo, LinkedIn or your own sheet. Encoding, separator and header row are found for you."),
    (":material/rule:", "Checked row by row",
     "Bad addresses, duplicates and leads that you already have are listed before you import."),
    (":material/receipt_long:", "Every row accounted for",
     "Created, restored, duplicate or error: the report has a line for each row of your file."),
)  # fmt: skip
READING_TITLE = "How the file was read"
READING_HELP = "Something looks wrong? Change it here; the file is read again at once."
READING_SHEET = "Sheet"
HIDDEN_SHEET = "hidden"
READING_ENCODING = "Encoding"
READING_DELIMITER = "Separator"
READING_HEADER_ROW = "Header row"
READING_HEADER_HELP = "The number that your spreadsheet shows beside the row with the column names. 0: the file has none."
READING_PREVIEW = "First rows"
KIND_NAMES = {
    "csv": "Text file",
    "xlsx": "Excel workbook",
    "xls": "Excel 97–2003 workbook",
    "xlsb": "Excel binary workbook",
    "ods": "OpenDocument sheet",
}
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", ":": "colon", " ": "space"}
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with BOM",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1252": "Windows-1252 (Western)",
    "iso-8859-1": "ISO 8859-1 (Latin 1)",
    "iso-8859-15": "ISO 8859-15 (Latin 9)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "mac_roman": "Mac Roman",
    "shift_jis": "Shift JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
}
NO_HEADER = "no header row"
BAD_ADDRESS = "This address leads to no import."
BAD_ADDRESS_HINT = "Start a new one, or look for it in the history."
CHANGE_READING = "Change"

# --- map columns --------------------------------------------------------------------------------------------------
MAP_TITLE = "Match your columns to lead fields"
MAP_LEAD = "We suggest a field for each column. Only the email is required."
MAP_HEAD = ("Column in your file", "Goes to", "Why")
LEAVE_OUT = "Leave out"
MAP_CUSTOM = "Keep unmatched columns as custom fields"
MAP_CUSTOM_HELP = "Their values are stored with the lead under the column's name."
MAP_NEXT = "Review"
MAP_FILTERS = {"all": "All", "mapped": "Matched", "left_out": "Left out", "attention": "Needs a look"}
MAP_SHOW = "Show"
MAP_NONE = "No column here."
CHOSEN_BY_YOU = "Your choice"
LEFT_OUT = "Not imported"
MAP_REMEMBERED = "Mapped as last time for files with these headers"
MAP_SUGGESTED = "Mapped by our suggestions"
MAP_CHANGED = "Files with these headers were mapped before"
MAP_USE_SUGGESTED = "Use our suggestions instead"
MAP_USE_REMEMBERED = "Map as last time"
AS_LAST_TIME = "As last time"
MAP_ADD_FIXED = "Fill a field with one value for every row"
MAP_ADD_FIXED_SHORT = "Add a fixed value …"
MAP_FIXED = "Fixed value"
MAP_FIXED_WHY = "For rows that have nothing there"
MAP_FIXED_TAGS_WHY = "Added to the tags of every row; several with commas"
MAP_FIXED_HINTS = {"source": "e.g. Trade fair 2026", "tags": "e.g. fair, 2026", "company": "e.g. Acme Ltd"}
MAP_FIXED_REMOVE = "Remove"
MAP_STATUS_LEAD = "Choose what each value means. Rows with an unknown value become errors that you can repair in the review."
STATUS_NAMES = {
    "active": "Active", "bounced": "Bounced", "unsubscribed": "Unsubscribed", "replied": "Replied", "": "No status of its own",
}  # fmt: skip
STATUS_UNKNOWN = "Unknown"

# --- review -------------------------------------------------------------------------------------------------------
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

EMPTY = {
    "problems": ("check_circle", "No problems", "Every row has a valid email and values that fit."),
    "file_duplicates": ("check_circle", "No duplicates in the file", "Each email stands in one row only."),
    "existing": ("check_circle", "Nothing is there already", "No row belongs to a lead that the workspace has."),
    "restored": ("history", "No lead to restore", "No row belongs to a deleted lead, or restoring is switched off."),
    "created": ("person_off", "No new lead", "No row of this file makes a new lead."),
    "not_imported": ("check_circle", "No row was left out", "Every row of the file was handled."),
    "errors": ("check_circle", "No errors", "Every row could be imported."),
    "warnings": ("check_circle", "Nothing odd", "Every row has as many cells as the header, and every cell could be read."),
    "parked": ("check_circle", "No row is parked", "Every row that can be imported goes in."),
}

# --- review: cleaning and warnings ----------------------------------------------------------------------------------
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


# --- run ----------------------------------------------------------------------------------------------------------
RUN_TITLE = "Importing"
RUN_LEAD = "You can close this page. The import goes on, and this address shows how far it is."
RUN_CANCEL = "Stop after this part"

# --- report -------------------------------------------------------------------------------------------------------
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

# --- history ------------------------------------------------------------------------------------------------------
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


# --- settings -----------------------------------------------------------------------------------------------------
SETTINGS_TITLE = "Settings"
SETTINGS_LEAD = "They hold for the whole workspace."
SETTINGS_LIMIT = "Leads at most"
SETTINGS_LIMIT_SAVE = "Save"
KEYS_TITLE = "API keys"
KEYS_LEAD = "A program that imports leads needs a key. It sees this workspace and nothing else."
KEY_NAME = "Name"
KEY_NAME_EXAMPLE = "e.g. nightly sync"
KEY_SCOPES = "Access"
KEY_SCOPE_NAMES = {"read write": "Read and write", "read": "Read only", "write": "Write only"}
KEY_CREATE = "Create key"
KEY_ONCE = "Copy the key now: it is shown this once, and nobody can find it out again."
KEYS_EMPTY = ("key_off", "No API keys", "Create one for each program, so that you can revoke them one by one.")
KEY_REVOKE = "Revoke"
KEY_REVOKED = "Revoked"
PRESETS_TITLE = "Remembered mappings"
PRESETS_LEAD = "A file with the same headers is mapped like the last one, fixed values and statuses included."
PRESETS_EMPTY = ("history", "Nothing remembered yet", "Each mapping that you import with is remembered here by its headers.")
PRESET_NAME = "Name"
PRESET_DELETE = "Forget"


def use_sentence(quota: Quota) -> str:
    """How much of the contact limit is in use."""
    return f"{quota.active:,} of {quota.limit:,} leads are in use; {quota.free:,} are free."


def number(value: int) -> str:
    """The number with commas between its thousands."""
    return f"{value:,}"


def rows(count: int) -> str:
    """How many rows."""
    return plural(count, "row")


def row_number(row: int) -> str:
    """One row of the file, by the number that a spreadsheet shows."""
    return f"Row {row}"


def moment(at: datetime) -> str:
    """Day and time; what the visitor's clock shows is not known to the server."""
    return f"{at:%d %b %Y, %H:%M} UTC"


def day(at: datetime) -> str:
    """A day."""
    return f"{at:%d %b %Y}"


def key_dates(made: datetime, used: datetime | None) -> str:
    """When a key was made, and used last."""
    return f"made {day(made)} · " + (f"last used {moment(used)}" if used else "never used")


def custom_field(name: str) -> str:
    """A custom field as a target of a column. Holds the user's name: not for markdown."""
    return f"Custom field “{name}”"


def header_in(row: int) -> str:
    """Where the header of a file is."""
    return f"header in row {row}"


def sheet_named(name: str) -> str:
    """The sheet that was read. Holds the user's name."""
    return f"sheet “{name}”"


def separated_by(delimiter: str) -> str:
    """What separates the cells of a text file."""
    return f"separated by {delimiter}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """The number with its noun: "1 row", "2,340 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share between 0 and 1; a small one is never shown as nothing."""
    return "< 0.1 %" if 0 < share < 0.001 else f"{share:.1%}".replace("%", " %")


def status_values(column: str, unknown: int) -> str:
    """The heading of the list of a status column's values. ``column`` is the user's, escaped."""
    ending = f" · {unknown:,} unknown" if unknown else ""
    return f"What the values of “{column}” mean{ending}"


def more_values(count: int) -> str:
    """That a column has more values than the list."""
    return f"{plural(count, 'rarer value')} not shown."


def hidden_sheet(name: str) -> str:
    """A sheet that the spreadsheet program does not show."""
    return f"{name} ({HIDDEN_SHEET})"


def preset_line(columns: int, fixed: int, statuses: int, saved: str) -> str:
    """What a remembered mapping does."""
    parts = [f"{plural(columns, 'column')} matched"]
    parts += [plural(fixed, "fixed value")] if fixed else []
    parts += [plural(statuses, "status value")] if statuses else []
    return " · ".join([*parts, f"last saved {saved}"])


def step_of(number: int, total: int, label: str) -> str:
    """The step bar on a phone."""
    return f"Step {number} of {total} · {label}"


def table_size(rows: int, columns: int) -> str:
    """How large a file is."""
    return f"{plural(rows, 'row')}, {plural(columns, 'column')}"


def confidence(value: float) -> str:
    """A suggestion's confidence in one word."""
    return "Sure" if value >= 0.9 else "Likely" if value >= 0.7 else "Guess"


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


def run_progress(handled: int, total: int) -> str:
    """How far the import is, in rows."""
    return f"{handled:,} of {plural(total, 'row')}"


def run_part(part: int, parts: int) -> str:
    """Which part is being written."""
    return f"Part {part} of {parts}"


def balance(rows: int, counts: dict[str, int]) -> str:
    """The books: every row of the file is in exactly one of these."""
    terms = [f"{counts.get(outcome, 0):,} {label.lower()}" for outcome, label in OUTCOME_LABELS.items()
             if outcome != "not_imported" or counts.get(outcome)]  # fmt: skip
    return f"{plural(rows, 'row')} = {' + '.join(terms)}"


def corrections_made(cells: int) -> str:
    """How many cells the user changed."""
    return f"{plural(cells, 'cell')} corrected by you"


def tab(label: str, count: int) -> str:
    """A tab with its count."""
    return f"{label} · {count:,}"


# --- review: duplicates in the file ---------------------------------------------------------------------------------
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
