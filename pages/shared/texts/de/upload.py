"""Step 1 in German: choosing a file, and how it was read."""

from core import fields
from core.draft_flow import MAX_PART_ROWS
from core.file_limits import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS
from pages.shared.texts.de.base import number, plural
from pages.shared.texts.en.base import ACCEPTED

UPLOAD_TITLE = "Leads aus einer Tabelle importieren"
UPLOAD_LEAD = (
    "Wählen Sie eine Datei. Sie sehen für jede Zeile, was geschehen würde, bevor etwas geschrieben wird, "
    "und bekommen einen Bericht, der keine auslässt."
)
UPLOAD_BUTTON = "Datei auswählen"
UPLOAD_LABEL = "Datei hierher ziehen oder auswählen"
UPLOAD_OTHER_LABEL = "Eine andere Datei nehmen"
UPLOAD_LIMITS = (
    f"{', '.join(kind.upper() for kind in ACCEPTED)} · bis {MAX_FILE_BYTES // 1024**2} MB · {number(MAX_ROWS)} Zeilen · "
    f"{MAX_COLUMNS} Spalten · {number(fields.MAX_CELL_LENGTH)} Zeichen je Zelle"
)
UPLOAD_PARTS = f"Ein Import nimmt bis zu {number(MAX_PART_ROWS)} Zeilen; größere Dateien gehen in Teilen."
UPLOAD_TEMPLATE = "Vorlage herunterladen"
TEMPLATE_NAME = "lead-import-vorlage.csv"
UPLOAD_POINTS = (
    (":material/table_view:", "Jeder Export geht",
     "HubSpot, Salesforce, Apollo, LinkedIn oder Ihre eigene Tabelle. Zeichensatz, Trennzeichen und Kopfzeile werden gefunden."),
    (":material/rule:", "Zeile für Zeile geprüft",
     "Falsche Adressen, Dubletten und Leads, die Sie schon haben, stehen in einer Liste, bevor Sie importieren."),
    (":material/receipt_long:", "Keine Zeile geht verloren",
     "Angelegt, zurückgeholt, Dublette oder Fehler: der Bericht hat für jede Zeile Ihrer Datei einen Eintrag."),
)  # fmt: skip
READING_TITLE = "So wurde die Datei gelesen"
READING_HELP = "Sieht etwas falsch aus? Ändern Sie es hier; die Datei wird sofort neu gelesen."
READING_SHEET = "Blatt"
HIDDEN_SHEET = "ausgeblendet"
READING_ENCODING = "Zeichensatz"
READING_DELIMITER = "Trennzeichen"
READING_HEADER_ROW = "Kopfzeile"
READING_HEADER_HELP = "Die Zeilennummer, die Ihre Tabelle neben den Spaltennamen zeigt. 0: die Datei hat keine."
READING_PREVIEW = "Erste Zeilen"
KIND_NAMES = {
    "csv": "Textdatei",
    "xlsx": "Excel-Arbeitsmappe",
    "xls": "Excel-Arbeitsmappe 97–2003",
    "xlsb": "Excel-Binärarbeitsmappe",
    "ods": "OpenDocument-Tabelle",
}
DELIMITER_NAMES = {
    ",": "Komma", ";": "Semikolon", "\t": "Tabulator", "|": "senkrechter Strich", ":": "Doppelpunkt", " ": "Leerzeichen",
}  # fmt: skip
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 mit BOM",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1252": "Windows-1252 (Westeuropa)",
    "iso-8859-1": "ISO 8859-1 (Latin 1)",
    "iso-8859-15": "ISO 8859-15 (Latin 9)",
    "cp1250": "Windows-1250 (Mitteleuropa)",
    "cp1251": "Windows-1251 (Kyrillisch)",
    "mac_roman": "Mac Roman",
    "shift_jis": "Shift JIS (Japanisch)",
    "gb18030": "GB 18030 (Chinesisch)",
    "big5": "Big5 (Chinesisch)",
}
NO_HEADER = "keine Kopfzeile"
BAD_ADDRESS = "Diese Adresse führt zu keinem Import."
BAD_ADDRESS_HINT = "Beginnen Sie einen neuen, oder suchen Sie ihn im Verlauf."
CHANGE_READING = "Ändern"


def header_in(row: int) -> str:
    """Where the header of a file is."""
    return f"Kopfzeile in Zeile {row}"


def sheet_named(name: str) -> str:
    """The sheet that was read. Holds the user's name."""
    return f"Blatt „{name}“"


def separated_by(delimiter: str) -> str:
    """What separates the cells of a text file."""
    return f"getrennt durch {delimiter}"


def hidden_sheet(name: str) -> str:
    """A sheet that the spreadsheet program does not show."""
    return f"{name} ({HIDDEN_SHEET})"


def table_size(rows: int, columns: int) -> str:
    """How large a file is."""
    return f"{plural(rows, 'Zeile')}, {plural(columns, 'Spalte')}"
