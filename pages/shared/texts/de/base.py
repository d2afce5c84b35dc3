"""Words that every screen uses, in German: navigation, numbers, days, empty lists."""

from datetime import datetime

NAV_IMPORT = "Importieren"
NAV_HISTORY = "Verlauf"
NAV_SETTINGS = "Einstellungen"
STEPBAR_LABEL = "Schritte des Imports"
STEP_LABELS = {
    "upload": "Hochladen", "map": "Spalten zuordnen", "review": "Prüfen", "import": "Importieren", "report": "Bericht",
}  # fmt: skip
BACK = "Zurück"
START_ANOTHER = "Neuen Import beginnen"
LOOKING_AGAIN = "Diese Seite sieht alle paar Sekunden von selbst nach."  # while the database is away or full
MORE_PAGES = "Mehr"  # pages that the head of a narrow window has no room for
#: In the lists to choose from.
NO_RESULTS = "Nichts gefunden"
NEW_OPTION = "Eingabe übernehmen"

EMPTY = {
    "problems": ("check_circle", "Keine Probleme", "Jede Zeile hat eine gültige E-Mail-Adresse und passende Werte."),
    "file_duplicates": ("check_circle", "Keine Dubletten in der Datei", "Jede E-Mail-Adresse steht nur in einer Zeile."),
    "existing": ("check_circle", "Noch nichts davon ist da", "Keine Zeile gehört zu einem Lead, den der Arbeitsbereich schon hat."),
    "restored": ("history", "Nichts zurückzuholen", "Keine Zeile gehört zu einem gelöschten Lead, oder Zurückholen ist ausgeschaltet."),
    "created": ("person_off", "Kein neuer Lead", "Keine Zeile dieser Datei legt einen Lead an."),
    "not_imported": ("check_circle", "Keine Zeile wurde ausgelassen", "Jede Zeile der Datei wurde bearbeitet."),
    "errors": ("check_circle", "Keine Fehler", "Jede Zeile konnte importiert werden."),
    "warnings": ("check_circle", "Nichts Auffälliges", "Jede Zeile hat so viele Zellen wie die Kopfzeile, und jede Zelle war lesbar."),
    "parked": ("check_circle", "Keine Zeile ist zurückgestellt", "Jede Zeile, die importiert werden kann, kommt hinein."),
}


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


def step_of(place: int, total: int, label: str) -> str:
    """The step bar on a phone."""
    return f"Schritt {place} von {total} · {label}"


def tab(label: str, count: int) -> str:
    """A tab with its count."""
    return f"{label} · {number(count)}"
