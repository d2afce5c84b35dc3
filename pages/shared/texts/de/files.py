"""What concerns files and their columns, in German: the first steps, opt-outs, and remembered mappings."""

# --- the first steps ----------------------------------------------------------------------------------------------
FIRST_TIME = "Keine Datei zur Hand?"
PRACTICE_TRY = "Mit einer Übungsdatei ausprobieren"
PRACTICE_DOWNLOAD = "Übungsdatei herunterladen"
PRACTICE_NAME = "lead-import-uebung.csv"
TOUR = "Rundgang in einer Minute"
TOUR_TITLE = "Von der Tabelle zu sauberen Leads"
TOUR_CARDS = {
    "upload": (
        "Datei wählen",
        "Jeder Export ist recht: CSV oder Arbeitsmappe, in jedem Zeichensatz, mit oder ohne Titel über der Kopfzeile. "
        "Wir finden heraus, wie sie zu lesen ist, sagen es, und Sie können es ändern.",
    ),
    "map": (
        "Spalten zuordnen",
        "Jede Spalte bekommt einen Vorschlag, mit dem Grund und wie sicher wir sind. Nur die E-Mail ist nötig. "
        "Beim nächsten Mal wird eine Datei mit denselben Überschriften von selbst zugeordnet.",
    ),
    "review": (
        "Prüfen, bevor etwas geschrieben wird",
        "Sie sehen Zeile für Zeile, was geschehen würde: neue Leads, zurückgeholte, Dubletten und Fehler. "
        "Beheben Sie Zellen an Ort und Stelle, lassen Sie Zeilen weg, behalten Sie, was eine Dublette verlieren würde.",
    ),
    "import": (
        "Importieren, einmal",
        "Ein Knopf. Ein zweiter Druck, ein Neuladen oder eine verlorene Verbindung importiert nichts doppelt. "
        "Große Dateien gehen in Teilen, die Sie anhalten und fortsetzen können.",
    ),
    "report": (
        "Ein Bericht über jede Zeile",
        "Über jede Zeile Ihrer Datei wird Rechenschaft gegeben, zum Ansehen und zum Herunterladen. "
        "Beheben Sie die fehlerhaften und laden Sie sie wieder hoch, oder machen Sie den ganzen Import rückgängig.",
    ),
}
TOUR_NEXT = "Weiter"
TOUR_SKIP = "Rundgang überspringen"
TOUR_TRY = "Mit der Übungsdatei ausprobieren"

# --- remembered mappings ------------------------------------------------------------------------------------------
PRESET_EDIT = "Ändern"
PRESET_EDIT_TITLE = "Gemerkte Zuordnung ändern"
PRESET_EDIT_LEAD = "Wohin jede Spalte in der nächsten Datei mit diesen Überschriften geht. Fertige Importe bleiben, wie sie sind."
PRESET_SAVE = "Speichern"

# --- opt-outs -----------------------------------------------------------------------------------------------------

NOT_OPTED_OUT = "Nicht abgemeldet"
MAP_OPT_OUT_LEAD = (
    "Wo eine Spalte sagt, dass sich jemand abgemeldet hat, wird der Lead abgemeldet, was auch immer sein Status sagt. Text, den "
    "wir nicht lesen können, gilt als abgemeldet; wählen Sie eine andere Bedeutung, wo das falsch ist."
)


def odd_rows(kinds: str) -> str:
    """That single rows or cells are odd; ``kinds`` are titles with their numbers."""
    return f"In einzelnen Zeilen: {kinds}. Beim Prüfen steht jede davon in der Liste."


def fixed_value_of(field: str) -> str:
    """A field that is filled with one value for every row."""
    return f"Fester Wert für {field}"


def opt_out_values(columns: str) -> str:
    """The heading of the list of the opt-out columns' values. ``columns`` are the user's, escaped."""
    return f"Was die Werte von „{columns}“ bedeuten"
