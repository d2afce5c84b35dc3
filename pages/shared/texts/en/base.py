"""Words that every screen uses, in English: navigation, numbers, days, empty lists."""

from datetime import datetime

PRODUCT = "Lead Import"
ACCEPTED = ("csv", "tsv", "txt", "xlsx", "xls", "xlsb", "ods")

NAV_IMPORT = "Import"
NAV_HISTORY = "History"
NAV_SETTINGS = "Settings"
STEPBAR_LABEL = "Steps of the import"
STEP_LABELS = {"upload": "Upload", "map": "Map columns", "review": "Review", "import": "Import", "report": "Report"}
BACK = "Back"
START_ANOTHER = "Start another import"
LOOKING_AGAIN = "This page looks again every few seconds, by itself."  # while the database is away or full
MORE_PAGES = "More"  # pages that the head of a narrow window has no room for
#: In the lists to choose from.
NO_RESULTS = "No results"
NEW_OPTION = "Take what is typed"

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


def plural(number: int, one: str, many: str | None = None) -> str:
    """The number with its noun: "1 row", "2,340 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share between 0 and 1; a small one is never shown as nothing."""
    return "< 0.1 %" if 0 < share < 0.001 else f"{share:.1%}".replace("%", " %")


def step_of(number: int, total: int, label: str) -> str:
    """The step bar on a phone."""
    return f"Step {number} of {total} · {label}"


def tab(label: str, count: int) -> str:
    """A tab with its count."""
    return f"{label} · {count:,}"
