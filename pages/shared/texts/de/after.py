"""What comes after an import, in German: files that continue it, undo and redo."""

from pages.shared.texts.de.base import number, plural

# --- undo ---------------------------------------------------------------------------------------------------------
UNDO_BUTTON = {"undo": "Import rückgängig machen", "redo": "Import wiederherstellen"}
UNDO_TITLES = {"undo": "Import rückgängig machen?", "redo": "Import wiederherstellen?"}
UNDO_CONFIRM = {"undo": "Rückgängig machen", "redo": "Wiederherstellen"}
UNDO_WORKING = {"undo": "Der Import wird rückgängig gemacht …", "redo": "Der Import wird wiederhergestellt …"}
UNDO_LOOKING = "Der jetzige Stand der Leads wird angesehen …"
UNDO_CANCEL = "Abbrechen"
UNDO_PROMISE = {
    "undo": "Gelöschte Leads bleiben im Workspace, so können Sie den Import später wiederherstellen. Sein Bericht bleibt.",
    "redo": "Sie können ihn später erneut rückgängig machen.",
}
UNDO_NOTHING = {"undo": "Es ist kein Lead mehr zurückzunehmen.", "redo": "Es ist kein Lead mehr zurückzuholen."}
UNDO_KEPT_TABLE = "Leads, die bleiben, wie sie sind"


def undo_figures(action: str, counts: dict[str, int], *, is_done: bool) -> list[str]:
    """What an undo or redo does to leads (or did), one sentence for each kind of lead that there is."""
    new = plural(counts["created"], "neuer Lead", "neue Leads")
    restored = plural(counts["restored"], "wiederhergestellter Lead", "wiederhergestellte Leads")
    if action == "undo":
        lines = [
            ("created", f"{new} {_tense(counts['created'], is_done)} gelöscht."),
            ("restored", f"{restored} {_tense(counts['restored'], is_done)} wieder gelöscht, mit den Werten von vorher."),
            ("filled", f"Aufgefüllte Lücken {_tense(2, is_done)} bei {plural(counts['filled'], 'Lead', 'Leads')} wieder geleert."),
        ]
    else:
        lines = [
            ("created", f"{new} {_tense(counts['created'], is_done)} zurückgeholt."),
            ("restored", f"{restored} {_tense(counts['restored'], is_done)} zurückgeholt und mit der Datei zusammengeführt."),
            ("filled", f"Lücken {_tense(2, is_done)} bei {plural(counts['filled'], 'Lead', 'Leads')} wieder aufgefüllt."),
        ]
    return [sentence for name, sentence in lines if counts[name]]


def _tense(count: int, is_done: bool) -> str:
    one, many = ("wurde", "wurden") if is_done else ("wird", "werden")
    return one if count == 1 else many


def undo_kept(count: int, *, is_done: bool) -> str:
    """How many leads an undo or redo leaves alone."""
    verb = ("blieb" if count == 1 else "blieben") if is_done else ("bleibt" if count == 1 else "bleiben")
    return f"{plural(count, 'Lead', 'Leads')} {verb}, wie er ist: Jemand hat seither etwas geändert." if count == 1 else (
        f"{plural(count, 'Lead', 'Leads')} {verb}, wie sie sind: Jemand hat seither etwas geändert."
    )  # fmt: skip


def undo_done(action: str, moment: str, who: str) -> str:
    """When an import was undone or redone, and by whom. Holds a name: not for markdown."""
    return f"{'Rückgängig gemacht' if action == 'undo' else 'Wiederhergestellt'} am {moment} von {who}"


# --- files that continue an import --------------------------------------------------------------------------------
REPORT_FAILED_HELP = (
    "Verbessern Sie die Zeilen und laden Sie diese Datei wieder hoch: Sie setzt diesen Import fort. "
    "Lassen Sie die Spalten „Lead Import: …“, wie sie sind."
)


def continues(first: str, done: int, rows: int, *, is_over: bool) -> str:
    """Which import a file continues, and how much of that is done. Holds the file's name: not for markdown."""
    how_far = f"{number(done)} von {plural(rows, 'Zeile')} sind"
    if is_over:
        return f"Diese Datei hat den Import von „{first}“ fortgesetzt: {how_far} jetzt erledigt."
    return f"Diese Datei setzt den Import von „{first}“ fort: {how_far} erledigt. Zeilen behalten ihre Nummern, die Zuordnung bleibt."


def continued_by(file_name: str, moment: str, who: str) -> str:
    """A file that continued this import. Holds names: not for markdown."""
    return f"Fortgesetzt mit „{file_name}“ am {moment} von {who}"


# --- a file that was imported before ------------------------------------------------------------------------------
SAME_FILE_OPEN = "Bericht öffnen"


def same_file(share: float, name: str, moment: str, who: str, *, is_exact: bool) -> str:
    """That this file, or a part of it, was imported before. Markdown: names come escaped."""
    if is_exact:
        return f"Genau diese Datei wurde als „{name}“ am {moment} von {who} importiert."
    return f"{_rows_of_it(share)} wurden als „{name}“ am {moment} von {who} importiert."


def _rows_of_it(share: float) -> str:
    return "Alle Zeilen dieser Datei" if share == 1 else f"{int(share * 100)} % der Zeilen dieser Datei"
