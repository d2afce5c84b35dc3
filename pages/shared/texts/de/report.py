"""The run, the report and the history, in German."""

from pages.shared.texts.de.base import number, plural

# --- run -----------------------------------------------------------------------------------------------------------
RUN_TITLE = "Import läuft"
RUN_LEAD = "Sie können diese Seite schließen. Der Import läuft weiter, und diese Adresse zeigt, wie weit er ist."
RUN_CANCEL = "Nach diesem Teil anhalten"


def run_progress(handled: int, total: int) -> str:
    """How far the import is, in rows."""
    return f"{number(handled)} von {plural(total, 'Zeile')}"


def run_part(part: int, parts: int) -> str:
    """Which part is being written."""
    return f"Teil {part} von {parts}"


# --- report --------------------------------------------------------------------------------------------------------
REPORT_TITLES = {"done": "Import abgeschlossen", "failed": "Import angehalten", "undone": "Import rückgängig gemacht"}
REPORT_TABS = {
    "created": "Angelegt",
    "restored": "Zurückgeholt",
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
    "restored": "Zurückgeholt",
    "duplicate": "Dubletten",
    "error": "Fehler",
    "not_imported": "Nicht importiert",
}


def balance(rows: int, counts: dict[str, int]) -> str:
    """The books: every row of the file is in exactly one of these."""
    words = {**{key: label.lower() for key, label in OUTCOME_LABELS.items()}, "duplicate": "Dubletten", "error": "Fehler"}
    terms = [f"{number(counts.get(outcome, 0))} {word}" for outcome, word in words.items()
             if outcome != "not_imported" or counts.get(outcome)]  # fmt: skip
    return f"{plural(rows, 'Zeile')} = {' + '.join(terms)}"


# --- history -------------------------------------------------------------------------------------------------------
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
