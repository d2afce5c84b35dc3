"""Step 1 in English: choosing a file, and how it was read."""

from core import fields
from core.draft_flow import MAX_PART_ROWS
from core.file_limits import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS
from pages.shared.texts.en.base import ACCEPTED, plural

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


def header_in(row: int) -> str:
    """Where the header of a file is."""
    return f"header in row {row}"


def sheet_named(name: str) -> str:
    """The sheet that was read. Holds the user's name."""
    return f"sheet “{name}”"


def separated_by(delimiter: str) -> str:
    """What separates the cells of a text file."""
    return f"separated by {delimiter}"


def hidden_sheet(name: str) -> str:
    """A sheet that the spreadsheet program does not show."""
    return f"{name} ({HIDDEN_SHEET})"


def table_size(rows: int, columns: int) -> str:
    """How large a file is."""
    return f"{plural(rows, 'row')}, {plural(columns, 'column')}"
