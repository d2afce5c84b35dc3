"""What comes of an import later, in English: its twin as a program, defaults, notification, and what a source is worth."""


DEFAULTS_TITLE = "Defaults of new imports"
DEFAULTS_LEAD = "Every import begins with these; each can be changed in its review."
DEFAULTS_COUNTRY = "Country of phone numbers that name none"
DEFAULTS_NO_COUNTRY = "None: such numbers stay as they are"
DEFAULTS_SOURCE = "Source of leads that name none"
DEFAULTS_RESTORE = "Restore deleted leads"
DEFAULTS_SAVE = "Save"
DEFAULTS_SAVED = "Saved. New imports begin with these."

WEBHOOK_TITLE = "Webhook"
WEBHOOK_LEAD = (
    "This address is called after each import, with its counts and a signature; no lead is sent. "
    "A call that fails is tried again for a day."
)
WEBHOOK_URL = "Address to call"
WEBHOOK_EXAMPLE = "https://hooks.example.com/lead-import"
WEBHOOK_SAVE = "Save"
WEBHOOK_TRY = "Call it now"
WEBHOOK_REMOVE = "Remove"
WEBHOOK_ONCE = "Copy the secret now: calls are signed with it, and it is shown this once."
WEBHOOK_NEVER = "Not called yet."

NAV_SOURCES = "Sources"
SOURCES_TITLE = "What a source is worth"
SOURCES_LEAD = "How the lists of each source went, and what became of the leads that they brought."
SOURCES_BY = "Put together by"
SOURCES_GROUPINGS = {"source": "Source", "person": "Who imported", "file": "File name"}
SOURCES_EMPTY = ("insights", "No imports yet", "After the first import you see here how much of each source was new, known or invalid.")
SOURCES_PICK = "Imports over time"
SOURCES_NO_NAME = "Named in the file, row by row"
SOURCES_COLUMNS = {
    "name": "Source", "imports": "Imports", "rows": "Rows", "new": "New", "restored": "Restored", "known": "Known",
    "invalid": "Invalid", "lost": "Lost later", "last": "Last",
}  # fmt: skip
SOURCES_HELP = {
    "new": "Rows that made a new lead.",
    "restored": "Rows that brought a deleted lead back.",
    "known": "Duplicates, in the file or of leads that were there.",
    "invalid": "Rows with an error when the list was delivered, also those that were mended later.",
    "lost": "Of the leads created: bounced or unsubscribed since.",
}

TWIN_TITLE = "The same import as a program"
TWIN_LEAD = (
    "Download the leads as requests to the API, make a key under Settings, and run one of these programs beside the file. "
    "Rows that you left out or parked are not in it; blanks of leads that are there already stay as they are."
)
TWIN_LANGUAGE = "Language of the program"
TWIN_REQUESTS = "Download the requests"


def last_list(name: str, day: str, known: str, invalid: str) -> str:
    """How the last file of the same list went. ``name`` is the user's, escaped."""
    return f"The last list of this name (“{name}”, {day}): {known} already known, {invalid} invalid."


def webhook_last(when: str, answer: str) -> str:
    """How the last call went. ``answer`` is core's, in the reader's language."""
    return f"Last called {when}: {answer}."
