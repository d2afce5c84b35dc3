"""The texts of the screens in German, in the order of the English ones."""

from datetime import datetime

from core import fields
from core.draft_flow import MAX_PART_ROWS
from core.file_limits import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS
from core.records import Quota
from pages.shared.texts.en.base import ACCEPTED


def number(value: int) -> str:
    """The number with points between its thousands."""
    return f"{value:,}".replace(",", ".")


def plural(value: int, one: str, many: str | None = None) -> str:
    """The number with its noun: "1 Zeile", "2.340 Zeilen"."""
    return f"{number(value)} {one if value == 1 else many or one + 'n'}"


def percent(share: float) -> str:
    """A share between 0 and 1; a small one is never shown as nothing."""
    return "< 0,1 %" if 0 < share < 0.001 else f"{share:.1%}".replace(".", ",").replace("%", " %")


def rows(count: int) -> str:
    """How many rows."""
    return plural(count, "Zeile")


def row_number(row: int) -> str:
    """One row of the file, by the number that a spreadsheet shows."""
    return f"Zeile {row}"


def moment(at: datetime) -> str:
    """Day and time; what the visitor's clock shows is not known to the server."""
    return f"{at:%d.%m.%Y, %H:%M} UTC"


def day(at: datetime) -> str:
    """A day."""
    return f"{at:%d.%m.%Y}"


def key_dates(made: datetime, used: datetime | None) -> str:
    """When a key was made, and used last."""
    return f"angelegt {day(made)} · " + (f"zuletzt benutzt {moment(used)}" if used else "nie benutzt")


def custom_field(name: str) -> str:
    """A custom field as a target of a column. Holds the user's name: not for markdown."""
    return f"Eigenes Feld „{name}“"


def header_in(row: int) -> str:
    """Where the header of a file is."""
    return f"Kopfzeile in Zeile {row}"


def sheet_named(name: str) -> str:
    """The sheet that was read. Holds the user's name."""
    return f"Blatt „{name}“"


def separated_by(delimiter: str) -> str:
    """What separates the cells of a text file."""
    return f"getrennt durch {delimiter}"


# --- navigation and steps -----------------------------------------------------------------------------------------
NAV_IMPORT = "Importieren"
NAV_HISTORY = "Verlauf"
NAV_SETTINGS = "Einstellungen"
STEPBAR_LABEL = "Schritte des Imports"
STEP_LABELS = {
    "upload": "Hochladen", "map": "Spalten zuordnen", "review": "Prüfen", "import": "Importieren", "report": "Bericht",
}  # fmt: skip
BACK = "Zurück"
START_ANOTHER = "Neuen Import beginnen"

# --- upload -------------------------------------------------------------------------------------------------------
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
     "Angelegt, wiederhergestellt, Dublette oder Fehler: der Bericht hat für jede Zeile Ihrer Datei einen Eintrag."),
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

# --- map columns --------------------------------------------------------------------------------------------------
MAP_TITLE = "Spalten den Lead-Feldern zuordnen"
MAP_LEAD = "Wir schlagen für jede Spalte ein Feld vor. Nur die E-Mail-Adresse ist nötig."
MAP_HEAD = ("Spalte Ihrer Datei", "Kommt nach", "Warum")
LEAVE_OUT = "Weglassen"
MAP_CUSTOM = "Übrige Spalten als eigene Felder behalten"
MAP_CUSTOM_HELP = "Ihre Werte werden beim Lead unter dem Namen der Spalte gespeichert."
MAP_NEXT = "Prüfen"
MAP_FILTERS = {"all": "Alle", "mapped": "Zugeordnet", "left_out": "Weggelassen", "attention": "Bitte ansehen"}
MAP_SHOW = "Zeigen"
MAP_NONE = "Hier ist keine Spalte."
CHOSEN_BY_YOU = "Ihre Wahl"
LEFT_OUT = "Nicht importiert"
MAP_REMEMBERED = "Zugeordnet wie zuletzt bei Dateien mit diesen Überschriften"
MAP_SUGGESTED = "Zugeordnet nach unseren Vorschlägen"
MAP_CHANGED = "Dateien mit diesen Überschriften wurden schon zugeordnet"
MAP_USE_SUGGESTED = "Lieber unsere Vorschläge nehmen"
MAP_USE_REMEMBERED = "Wie zuletzt zuordnen"
AS_LAST_TIME = "Wie zuletzt"
MAP_ADD_FIXED = "Ein Feld in jeder Zeile mit demselben Wert füllen"
MAP_ADD_FIXED_SHORT = "Fester Wert …"
MAP_FIXED = "Fester Wert"
MAP_FIXED_WHY = "Für Zeilen, die dort nichts haben"
MAP_FIXED_TAGS_WHY = "Kommt zu den Tags jeder Zeile; mehrere mit Komma"
MAP_FIXED_HINTS = {"source": "z. B. Messe 2026", "tags": "z. B. Messe, 2026", "company": "z. B. Acme GmbH"}
MAP_FIXED_REMOVE = "Entfernen"
MAP_STATUS_LEAD = "Wählen Sie, was jeder Wert bedeutet. Zeilen mit unbekanntem Wert werden Fehler, die Sie beim Prüfen beheben können."
STATUS_NAMES = {
    "active": "Aktiv", "bounced": "Unzustellbar", "unsubscribed": "Abgemeldet", "replied": "Hat geantwortet",
    "": "Kein eigener Status",
}  # fmt: skip
STATUS_UNKNOWN = "Unbekannt"

# --- review -------------------------------------------------------------------------------------------------------
REVIEW_TITLE = "Vor dem Import prüfen"
REVIEW_LEAD = "Noch ist nichts geschrieben. Das würde der Import jetzt tun."
REVIEW_RESTORE = "Gelöschte Leads wiederherstellen"
REVIEW_RESTORE_HELP = (
    "Zeilen, deren Lead gelöscht wurde, bringen ihn zurück: Werte der Datei ersetzen gespeicherte, leere Zellen lassen sie "
    "stehen. Ausgeschaltet zählen diese Zeilen als Dubletten."
)
REVIEW_TOTALS = {
    "created": "Neu anzulegen", "restored": "Wiederherzustellen", "file_duplicates": "Dubletten in der Datei",
    "existing": "Schon da", "error": "Fehler", "not_imported": "Weggelassen", "unconfirmed": "Zu bestätigen", "parked": "Zurückgestellt",
}  # fmt: skip
REVIEW_TABS = {
    "problems": "Probleme",
    "file_duplicates": "Dubletten in der Datei",
    "existing": "Schon im Arbeitsbereich",
    "restored": "Wiederherstellungen",
    "created": "Wird angelegt",
    "not_imported": "Weggelassen",
    "parked": "Zurückgestellt",
    "warnings": "Warnungen",
}
QUOTA_TITLE = "Kontaktlimit"
OPTIONS_TITLE = "Optionen"
CORRECTIONS_UNDO = "Alle zurücknehmen"
CORRECTION_UNDO = "Zurücknehmen"
EMPTY_CELL = "(leer)"
SKIPPED_UNDO = "Alle wieder aufnehmen"

EMPTY = {
    "problems": ("check_circle", "Keine Probleme", "Jede Zeile hat eine gültige E-Mail-Adresse und passende Werte."),
    "file_duplicates": ("check_circle", "Keine Dubletten in der Datei", "Jede E-Mail-Adresse steht nur in einer Zeile."),
    "existing": ("check_circle", "Noch nichts davon ist da", "Keine Zeile gehört zu einem Lead, den der Arbeitsbereich schon hat."),
    "restored": ("history", "Nichts wiederherzustellen", "Keine Zeile gehört zu einem gelöschten Lead, oder Wiederherstellen ist ausgeschaltet."),
    "created": ("person_off", "Kein neuer Lead", "Keine Zeile dieser Datei legt einen Lead an."),
    "not_imported": ("check_circle", "Keine Zeile wurde ausgelassen", "Jede Zeile der Datei wurde bearbeitet."),
    "errors": ("check_circle", "Keine Fehler", "Jede Zeile konnte importiert werden."),
    "warnings": ("check_circle", "Nichts Auffälliges", "Jede Zeile hat so viele Zellen wie die Kopfzeile, und jede Zelle war lesbar."),
    "parked": ("check_circle", "Keine Zeile ist zurückgestellt", "Jede Zeile, die importiert werden kann, kommt hinein."),
}

# --- review: cleaning and warnings ----------------------------------------------------------------------------------
CLEANING_KINDS = {
    "trim": "Leerraum um Werte",
    "invisible": "Unsichtbare Zeichen",
    "spaces": "Mehrfache Leerzeichen und Zeilenumbrüche",
    "email": "Namen oder „mailto:“ um E-Mail-Adressen",
    "phone": "Telefonnummern in internationaler Form",
    "website": "Websites in einheitlicher Form",
    "linkedin": "LinkedIn-Profile in einheitlicher Form",
    "tags": "Mehrere Tags in einer Zelle werden getrennt",
    "names": "Namen nur in Groß- oder Kleinbuchstaben",
}
CLEANING_FIXED = "Geschieht immer: die Regeln eines Imports verlangen es."
CLEANING_COUNTRY = "Land für Telefonnummern, die keines nennen"
CLEANING_NO_COUNTRY = "Land wählen"
CLEANING_LIST = "Jede Änderung zeigen"
CLEANING_LIST_TITLE = "Was geändert wird"
CLEANING_FILTER = "Art der Änderung"
WARNINGS_FILTER = "Art der Warnung"


def cleaning_title(changes: int) -> str:
    """The card's name, with how much the switched-on kinds change together."""
    return f"Bereinigen: {plural(changes, 'automatische Änderung', 'automatische Änderungen')}" if changes else "Bereinigen: nichts wird von selbst geändert"


def problems_help(problems: int, rows: int) -> str:
    """How much there is to repair, and how."""
    found = f"{plural(problems, 'Problem', 'Probleme')} in {plural(rows, 'Zeile')}."
    return f"{found} Schreiben Sie den richtigen Text unter „Neuer Wert“, oder haken Sie „Weglassen“ an. Jede Änderung wird sofort geprüft."


def cells_changed(done: int, offered: int, on: bool) -> str:
    """How many cells one kind changes, or would change."""
    if on:
        return plural(done, "Zelle") if done else "Keine Zelle"
    return f"Würde {plural(offered, 'Zelle')} ändern"


def phones_left(numbers: int, has_country: bool) -> str:
    """Why some phone numbers stay as they are."""
    if has_country:
        stay = "ist dort keine gültige Nummer und bleibt" if numbers == 1 else "sind dort keine gültigen Nummern und bleiben"
        return f"{plural(numbers, 'Nummer')} {stay}, wie sie {'ist' if numbers == 1 else 'sind'}."
    stay = "hat keine Landesvorwahl und bleibt" if numbers == 1 else "haben keine Landesvorwahl und bleiben"
    return f"{plural(numbers, 'Nummer')} {stay}, wie sie {'ist' if numbers == 1 else 'sind'}, bis Sie ein Land wählen."


def fix_typos(count: int) -> str:
    """The button that corrects every mistyped domain."""
    return f"Alle {number(count)} Tippfehler beheben" if count > 1 else "Tippfehler beheben"


def leave_out_rows(count: int) -> str:
    """The button that leaves out every row with a warning of one kind."""
    return f"{plural(count, 'Zeile')} weglassen"


# --- run ----------------------------------------------------------------------------------------------------------
RUN_TITLE = "Import läuft"
RUN_LEAD = "Sie können diese Seite schließen. Der Import läuft weiter, und diese Adresse zeigt, wie weit er ist."
RUN_CANCEL = "Nach diesem Teil anhalten"

# --- report -------------------------------------------------------------------------------------------------------
REPORT_TITLES = {"done": "Import abgeschlossen", "failed": "Import angehalten", "undone": "Import rückgängig gemacht"}
REPORT_TABS = {
    "created": "Angelegt",
    "restored": "Wiederhergestellt",
    "file_duplicates": "Dubletten in der Datei",
    "existing": "Schon im Arbeitsbereich",
    "errors": "Fehler",
    "not_imported": "Nicht importiert",
    "drift": "Seit der Prüfung geändert",
}
REPORT_CSV = "Ganzen Bericht herunterladen"
REPORT_FAILED_CSV = "Fehlgeschlagene Zeilen herunterladen"
TRY_AGAIN = "Erneut versuchen"

OUTCOME_BAR_LABEL = "Anteil jedes Ergebnisses"
OUTCOME_LABELS = {
    "created": "Angelegt",
    "restored": "Wiederhergestellt",
    "duplicate": "Dubletten",
    "error": "Fehler",
    "not_imported": "Nicht importiert",
}

# --- history ------------------------------------------------------------------------------------------------------
HISTORY_TITLE = "Verlauf"
HISTORY_LEAD = "Alle Importe dieses Arbeitsbereichs, die neuesten zuerst: Öffnen Sie den Bericht oder verwenden Sie die Zuordnung wieder."
HISTORY_EMPTY = ("inbox", "Noch keine Importe", "Ihre Importe erscheinen hier, jeder mit seinem Bericht.")
HISTORY_START = "Import beginnen"
OPEN = "Öffnen"
STATE_LABELS = {
    "draft": "Entwurf",
    "ready": "Bereit",
    "running": "Läuft",
    "done": "Fertig",
    "failed": "Angehalten",
    "undone": "Rückgängig",
}


# --- settings -----------------------------------------------------------------------------------------------------
SETTINGS_TITLE = "Einstellungen"
SETTINGS_LEAD = "Sie gelten für den ganzen Arbeitsbereich."
SETTINGS_LIMIT = "Höchstens so viele Leads"
SETTINGS_LIMIT_SAVE = "Speichern"
KEYS_TITLE = "API-Schlüssel"
KEYS_LEAD = "Ein Programm, das Leads importiert, braucht einen Schlüssel. Es sieht diesen Arbeitsbereich und sonst nichts."
KEY_NAME = "Name"
KEY_NAME_EXAMPLE = "z. B. nächtlicher Abgleich"
KEY_SCOPES = "Zugriff"
KEY_SCOPE_NAMES = {"read write": "Lesen und schreiben", "read": "Nur lesen", "write": "Nur schreiben"}
KEY_CREATE = "Schlüssel anlegen"
KEY_ONCE = "Kopieren Sie den Schlüssel jetzt: er wird nur dieses eine Mal gezeigt, und niemand kann ihn wiederfinden."
KEYS_EMPTY = ("key_off", "Keine API-Schlüssel", "Legen Sie für jedes Programm einen an, dann können Sie jeden für sich sperren.")
KEY_REVOKE = "Sperren"
KEY_REVOKED = "Gesperrt"
PRESETS_TITLE = "Gemerkte Zuordnungen"
PRESETS_LEAD = "Eine Datei mit denselben Überschriften wird zugeordnet wie die letzte, mit festen Werten und Status."
PRESETS_EMPTY = ("history", "Noch nichts gemerkt", "Jede Zuordnung, mit der Sie importieren, wird hier nach ihren Überschriften gemerkt.")
PRESET_NAME = "Name"
PRESET_DELETE = "Vergessen"


def use_sentence(quota: Quota) -> str:
    """How much of the contact limit is in use."""
    return f"{number(quota.active)} von {number(quota.limit)} Leads sind belegt; {number(quota.free)} sind frei."


def status_values(column: str, unknown: int) -> str:
    """The heading of the list of a status column's values. ``column`` is the user's, escaped."""
    ending = f" · {number(unknown)} unbekannt" if unknown else ""
    return f"Was die Werte von „{column}“ bedeuten{ending}"


def more_values(count: int) -> str:
    """That a column has more values than the list."""
    return f"{plural(count, 'seltenerer Wert', 'seltenere Werte')} nicht gezeigt."


def hidden_sheet(name: str) -> str:
    """A sheet that the spreadsheet program does not show."""
    return f"{name} ({HIDDEN_SHEET})"


def preset_line(columns: int, fixed: int, statuses: int, saved: str) -> str:
    """What a remembered mapping does."""
    parts = [f"{plural(columns, 'Spalte')} zugeordnet"]
    parts += [plural(fixed, "fester Wert", "feste Werte")] if fixed else []
    parts += [plural(statuses, "Statuswert", "Statuswerte")] if statuses else []
    return " · ".join([*parts, f"zuletzt gespeichert {saved}"])


def step_of(place: int, total: int, label: str) -> str:
    """The step bar on a phone."""
    return f"Schritt {place} von {total} · {label}"


def table_size(rows: int, columns: int) -> str:
    """How large a file is."""
    return f"{plural(rows, 'Zeile')}, {plural(columns, 'Spalte')}"


def confidence(value: float) -> str:
    """A suggestion's confidence in one word."""
    return "Sicher" if value >= 0.9 else "Wahrscheinlich" if value >= 0.7 else "Vermutet"


def quota_sentence(quota: Quota) -> str:
    """What the import would take of the contact limit, or by how much it would pass it and what to do."""
    if quota.fits:
        left = max(quota.limit - quota.active - quota.added, 0)
        return (
            f"{number(quota.active)} von {number(quota.limit)} Leads sind belegt. Dieser Import fügt {number(quota.added)} "
            f"hinzu; {number(left)} bleiben frei."
        )
    over = quota.active + quota.added - quota.limit
    return (
        f"Dieser Import würde {plural(quota.added, 'Lead', 'Leads')} hinzufügen, und der Arbeitsbereich hat Platz für "
        f"{number(quota.free)}: {number(over)} zu viel. Wählen Sie, welche Zeilen hineinkommen, löschen Sie Leads, oder erhöhen Sie das "
        f"Kontaktlimit von {number(quota.limit)}."
    )


def too_many_rows(rows: int) -> str:
    """The 1000-row rule, with both numbers (contract.md section 5)."""
    return f"Diese Datei hat {number(rows)} Zeilen. Ein Import nimmt höchstens {number(MAX_PART_ROWS)}."


def in_parts(parts: int) -> str:
    """The user's explicit choice to import a long file in parts."""
    return f"In {parts} Teilen zu höchstens {number(MAX_PART_ROWS)} Zeilen importieren, einer nach dem anderen"


IN_PARTS_HELP = (
    "Jeder Teil wird ganz geschrieben oder gar nicht. Ein Teil, der das Kontaktlimit überschreiten würde, hält dort an; "
    "was importiert ist, bleibt, und der Bericht nennt die Zeilen, die es nicht sind."
)


def run_progress(handled: int, total: int) -> str:
    """How far the import is, in rows."""
    return f"{number(handled)} von {plural(total, 'Zeile')}"


def run_part(part: int, parts: int) -> str:
    """Which part is being written."""
    return f"Teil {part} von {parts}"


def balance(rows: int, counts: dict[str, int]) -> str:
    """The books: every row of the file is in exactly one of these."""
    words = {**{key: label.lower() for key, label in OUTCOME_LABELS.items()}, "duplicate": "Dubletten", "error": "Fehler"}
    terms = [f"{number(counts.get(outcome, 0))} {word}" for outcome, word in words.items()
             if outcome != "not_imported" or counts.get(outcome)]  # fmt: skip
    return f"{plural(rows, 'Zeile')} = {' + '.join(terms)}"


def corrections_made(cells: int) -> str:
    """How many cells the user changed."""
    return f"{plural(cells, 'Zelle')} von Ihnen korrigiert"


def tab(label: str, count: int) -> str:
    """A tab with its count."""
    return f"{label} · {number(count)}"


# --- review: duplicates in the file ---------------------------------------------------------------------------------
DUPLICATES_HELP = "Von jeder E-Mail-Adresse wird die erste Zeile importiert. Wählen Sie eine Zeile, um sie mit der zu vergleichen, die gewinnt."
DUPLICATES_PICK = "Vergleichen"
DUPLICATES_KEPT = "Hier geht nichts verloren: keiner Zeile, die importiert wird, fehlt ein Wert, den ihre Dubletten haben."
DUPLICATES_SAME = "Keine der beiden Zeilen sagt mehr als die andere, oder ihr Lead ist schon da und bleibt, wie er ist."
LEFT_OUT_SUFFIX = "von Ihnen weggelassen"


def losses_sentence(rows: int, values: int) -> str:
    """What duplicates in the file would throw away."""
    have = "enthält" if rows == 1 else "enthalten"
    return f"{plural(rows, 'Zeile')} {have} {plural(values, 'Wert', 'Werte')}, die den gewinnenden Zeilen fehlen."


def differing_sentence(values: int) -> str:
    """What duplicates say otherwise than the rows that win."""
    differ = "weicht" if values == 1 else "weichen"
    return f"Den gewinnenden Zeilen fehlt nichts; {plural(values, 'Wert', 'Werte')} {differ} ab, und ihre bleiben."


def fill_blanks_all(blanks: int) -> str:
    """The button that fills the blanks of all winning rows."""
    return f"Behalten: {plural(blanks, 'Lücke')} füllen"


def fill_blanks_of(row: int, blanks: int) -> str:
    """The button that fills the blanks of one winning row."""
    return f"{plural(blanks, 'Lücke')} von Zeile {row} füllen"


def choose_winner(row: int) -> str:
    """The button that lets another row of the same email win."""
    return f"Stattdessen Zeile {row} importieren"


def duplicate_pair(row: int, winner: int, email: str, values: int, differing: int) -> str:
    """One duplicate in the list to choose from. Holds the email: not for markdown."""
    parts = [f"Zeile {row} → Zeile {winner}", email]
    if values:
        parts.append(f"{plural(values, 'Wert', 'Werte')} verloren")
    if differing:
        parts.append(f"{number(differing)} {'weicht' if differing == 1 else 'weichen'} ab")
    return " · ".join(parts)
