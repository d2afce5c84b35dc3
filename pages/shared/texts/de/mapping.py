"""Step 2 in German: which column goes to which field."""

from pages.shared.texts.de.base import number, plural

MAP_TITLE = "Spalten den Lead-Feldern zuordnen"
MAP_LEAD = "Wir schlagen für jede Spalte ein Feld vor. Nur die E-Mail-Adresse ist nötig."
MAP_HEAD = ("Spalte Ihrer Datei", "Zielfeld", "Warum")
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


def custom_field(name: str) -> str:
    """A custom field as a target of a column. Holds the user's name: not for markdown."""
    return f"Eigenes Feld „{name}“"


def status_values(column: str, unknown: int) -> str:
    """The heading of the list of a status column's values. ``column`` is the user's, escaped."""
    ending = f" · {number(unknown)} unbekannt" if unknown else ""
    return f"Was die Werte von „{column}“ bedeuten{ending}"


def more_values(count: int) -> str:
    """That a column has more values than the list."""
    return f"{plural(count, 'seltenerer Wert', 'seltenere Werte')} nicht gezeigt."


def confidence(value: float) -> str:
    """A suggestion's confidence in one word."""
    return "Sicher" if value >= 0.9 else "Wahrscheinlich" if value >= 0.7 else "Vermutet"
