"""Step 2 in English: which column goes to which field."""

from pages.shared.texts.en.base import plural

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


def custom_field(name: str) -> str:
    """A custom field as a target of a column. Holds the user's name: not for markdown."""
    return f"Custom field “{name}”"


def status_values(column: str, unknown: int) -> str:
    """The heading of the list of a status column's values. ``column`` is the user's, escaped."""
    ending = f" · {unknown:,} unknown" if unknown else ""
    return f"What the values of “{column}” mean{ending}"


def more_values(count: int) -> str:
    """That a column has more values than the list."""
    return f"{plural(count, 'rarer value')} not shown."


def confidence(value: float) -> str:
    """A suggestion's confidence in one word."""
    return "Sure" if value >= 0.9 else "Likely" if value >= 0.7 else "Guess"
