"""Repairing rows in the review, in German."""

from pages.shared.texts.de.base import number, plural

REPAIR_VIEW = "Wie beheben"
REPAIR_VIEWS = {"list": "Zelle für Zelle", "grid": "Als Tabelle"}
SINGLE_OPEN = "Zeile für Zeile"
REPAIR_KIND = "Art des Problems"

GRID_SCOPE = "Welche Zeilen"
GRID_SCOPES = {"wrong": "Mit Problemen", "all": "Alle Zeilen"}
GRID_SEARCH = "In allen Zellen suchen"
GRID_HELP = "Ändern Sie eine Zelle, oder fügen Sie einen Block aus einer Tabelle ein: erste Zelle wählen, dann Strg+V."
GRID_NOTHING = "Keine Zeile enthält diesen Text."

SINGLE_SAVE = "Speichern und weiter"
SINGLE_LEAVE_OUT = "Diese Zeile weglassen"
SINGLE_LATER = "Später"
SINGLE_NONE = "Keine Zeile hat mehr ein Problem. Schließen Sie das hier, um weiterzugehen."
SINGLE_HELP = "Enter speichert und öffnet die nächste Zeile mit einem Problem. Tab geht von Feld zu Feld."

REPLACE_OPEN = "Suchen und ersetzen"
REPLACE_FIND = "Suchen"
REPLACE_WITH = "Ersetzen durch"
REPLACE_IN = "In"
REPLACE_EVERYWHERE = "Allen Spalten"
REPLACE_WHOLE = "Nur ganze Zellen"
REPLACE_WHOLE_HELP = "Ein leeres „Suchen“ meint dann die leeren Zellen."
REPLACE_CASE = "Groß- und Kleinschreibung beachten"
REPLACE_HINT = "Schreiben Sie, was gesucht wird. Solange Sie den Knopf nicht drücken, ändert sich nichts."
REPLACE_NOTHING = "Keine Zelle enthält diesen Text."

EDIT_CORRECTION = "Korrektur"
EDIT_BLOCK = "Korrekturen in der Tabelle"
EDIT_LEFT_OUT = "Zeilen weggelassen"
EDIT_TAKEN_BACK = "Korrektur zurückgenommen"
EDIT_REPLACED = "Suchen und ersetzen"


def undo_step(what: str) -> str:
    """The button that takes the newest change back."""
    return f"Rückgängig: {what}"


def redo_step(what: str) -> str:
    """The button that does it again."""
    return f"Wiederherstellen: {what}"


def replace_count(cells: int, rows: int) -> str:
    """What would change."""
    return f"{plural(cells, 'Zelle')} in {plural(rows, 'Zeile')} {'würde' if cells == 1 else 'würden'} sich ändern."


def replace_more(count: int) -> str:
    """That not every change is listed."""
    return f"… und {number(count)} weitere."


def replace_do(cells: int) -> str:
    """The button that replaces."""
    return f"In {plural(cells, 'Zelle')} ersetzen"


def single_place(row: int, at: int, total: int) -> str:
    """Which row the form is about."""
    return f"Zeile {row} Ihrer Datei · {number(at)} von {plural(total, 'Zeile', 'Zeilen')} mit Problemen"


def repair_kind(title: str, count: int) -> str:
    """A kind of problem with its count."""
    return f"{title} · {number(count)}"
