"""What comes after an import, in German: history, files that continue it, undo and redo."""

from pages.shared.texts.de.base import number, plural

#: What records call somebody who has no name -> how a sentence does ("von …").
_WHO = {"local": "diesem Computer", "worker": "dem Server", "command line": "der Befehlszeile"}

# --- undo ---------------------------------------------------------------------------------------------------------
UNDO_BUTTON = {"undo": "Import rückgängig machen", "redo": "Import wiederherstellen"}
UNDO_TITLES = {"undo": "Import rückgängig machen?", "redo": "Import wiederherstellen?"}
UNDO_CONFIRM = {"undo": "Rückgängig machen", "redo": "Wiederherstellen"}
UNDO_WORKING = {"undo": "Der Import wird rückgängig gemacht …", "redo": "Der Import wird wiederhergestellt …"}
UNDO_LOOKING = "Der jetzige Stand der Leads wird angesehen …"
UNDO_CANCEL = "Abbrechen"
UNDO_PROMISE = {
    "undo": "Gelöschte Leads bleiben im Arbeitsbereich, so können Sie den Import später wiederherstellen. Sein Bericht bleibt.",
    "redo": "Sie können ihn später erneut rückgängig machen.",
}
UNDO_NOTHING = {"undo": "Es ist kein Lead mehr zurückzunehmen.", "redo": "Es ist kein Lead mehr zurückzuholen."}


def undo_figures(action: str, counts: dict[str, int], *, is_done: bool) -> list[str]:
    """What an undo or redo does to leads (or did), one sentence for each kind of lead that there is."""
    new = plural(counts["created"], "neuer Lead", "neue Leads")
    restored = plural(counts["restored"], "zurückgeholter Lead", "zurückgeholte Leads")
    if action == "undo":
        lines = [
            ("created", f"{new} {_tense(counts['created'], is_done)} gelöscht."),
            ("restored", f"{restored} {_tense(counts['restored'], is_done)} wieder gelöscht, mit den Werten von vorher."),
            ("filled", f"Aufgefüllte Lücken {_tense(2, is_done)} bei {plural(counts['filled'], 'Lead', 'Leads')} wieder geleert."),
        ]
    else:
        lines = [
            ("created", f"{new} {_tense(counts['created'], is_done)} zurückgeholt."),
            ("restored", f"{restored} {_tense(counts['restored'], is_done)} wieder mit der Datei zusammengeführt."),
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
    return f"{'Rückgängig gemacht' if action == 'undo' else 'Wiederhergestellt'} am {moment} von {_WHO.get(who, who)}"


# --- files that continue an import --------------------------------------------------------------------------------
DUPLICATES_FIRST_FILE = "Die Zeilen, die gewinnen, stehen in der Datei, deren Import diese fortsetzt."
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
    return f"Fortgesetzt mit „{file_name}“ am {moment} von {_WHO.get(who, who)}"


# --- a file that was imported before ------------------------------------------------------------------------------
SAME_FILE_OPEN = "Bericht öffnen"


def same_file(share: float, name: str, moment: str, who: str, *, is_exact: bool) -> str:
    """That this file, or a part of it, was imported before. Markdown: names come escaped."""
    if is_exact:
        return f"Genau diese Datei wurde als „{name}“ am {moment} von {_WHO.get(who, who)} importiert."
    return f"{_rows_of_it(share)} wurden als „{name}“ am {moment} von {_WHO.get(who, who)} importiert."


def _rows_of_it(share: float) -> str:
    return "Alle Zeilen dieser Datei" if share == 1 else f"{int(share * 100)} % der Zeilen dieser Datei"


# --- history ------------------------------------------------------------------------------------------------------
HISTORY_NOTHING = ("search_off", "Nichts gefunden", "Kein Import passt. Ändern Sie die Suche oder leeren Sie die Filter.")
HISTORY_SEARCH = "Dateiname oder ID"
HISTORY_STATE = "Stand"
HISTORY_DOOR = "Gekommen über"
HISTORY_PERSON = "Wer"
HISTORY_ANYBODY = "Alle"
HISTORY_DAYS = "Tage des Hochladens (UTC)"
HISTORY_CLEAR = "Alle Filter leeren"
HISTORY_NEWER = "Neuere"
HISTORY_OLDER = "Ältere"
HISTORY_DETAILS = "Details"
HISTORY_DETAILS_HELP = "Was importiert wurde, wie die Spalten zugeordnet waren, und die Zuordnung für eine neue Datei"
HISTORY_DETAILS_TITLE = "Über diesen Import"
HISTORY_MAPPING = "Die verwendete Zuordnung"
HISTORY_REUSE = "Neue Datei so zuordnen"
HISTORY_REUSE_HELP = "Wählen Sie als Nächstes eine Datei; ihre Spalten gehen dorthin, wohin diese gingen, mit denselben Optionen."
HISTORY_DELETE = "Diesen Entwurf löschen"
HISTORY_DELETE_ASK = "Die hochgeladene Datei und alle Änderungen der Prüfung werden gelöscht. Kein Lead wird angerührt."
HISTORY_DELETE_YES = "Löschen"
LIKE_CANCEL = "Doch nicht"
DATE_FORMAT = "DD.MM.YYYY"
DOORS = {"wizard": "Datei", "api": "API"}
FACT_ID = "ID"
FACT_WHO = "Von"
FACT_WHEN = "Hochgeladen"
FACT_ENDED = "Beendet"
FACT_ROWS = "Zeilen"
FACT_RESTORE = "Gelöschte Leads kommen zurück"
FACT_SOURCE = "Quelle, wo eine Zeile keine hat"
FACT_FILE = "Größe"
YES = "ja"
NO = "nein"


def history_filters(active: int) -> str:
    """The button with the filters behind it, and how many are set."""
    return f"Filter · {active}" if active else "Filter"


def by_whom(name: str) -> str:
    """Who made an import. Holds a name."""
    return f"von {_WHO.get(name, name)}"


def continues_short(name: str) -> str:
    """That a file continued another one, in the list. Holds a name."""
    return f"setzt „{name}“ fort"


def counts_line(rows: int, counts: dict[str, int]) -> str:
    """The books of an import in the list: what there is of each outcome."""
    named = {
        "created": "angelegt", "restored": "zurückgeholt", "duplicate": "doppelt", "error": "fehlerhaft",
        "not_imported": "nicht importiert",
    }  # fmt: skip
    parts = [f"{number(counts[outcome])} {word}" for outcome, word in named.items() if counts[outcome]]
    return f"{plural(rows, 'Zeile')}: {', '.join(parts)}"


def fixed_value(value: str) -> str:
    """A value that every row got, beside the columns. Holds the user's text."""
    return f"Fester Wert „{value}“"


def file_size(size: int) -> str:
    """The size of a file."""
    text = f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(size / 1024, 0.1):.1f} kB"
    return text.replace(".", ",")


def mapped_like(name: str) -> str:
    """What happens to the next file. Holds a name."""
    return f"Die nächste Datei wird wie „{name}“ zugeordnet."
