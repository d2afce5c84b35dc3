"""What comes of an import later: its twin as a program, defaults, notification, and what a source is worth."""


TWIN_TITLE = "The same import as a program"
TWIN_LEAD = (
    "Download the leads as requests to the API, make a key under Settings, and run one of these programs beside the file. "
    "Rows that you left out or parked are not in it; blanks of leads that are there already stay as they are."
)
TWIN_LANGUAGE = "Language of the program"
TWIN_REQUESTS = "Download the requests"
