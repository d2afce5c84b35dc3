"""What comes of an import later, in German."""


DEFAULTS_TITLE = "Vorgaben für neue Importe"
DEFAULTS_LEAD = "Jeder Import beginnt mit ihnen; beim Prüfen lässt sich jede ändern."
DEFAULTS_COUNTRY = "Land für Telefonnummern, die keines nennen"
DEFAULTS_NO_COUNTRY = "Keines: solche Nummern bleiben, wie sie sind"
DEFAULTS_SOURCE = "Quelle von Leads, die keine nennen"
DEFAULTS_RESTORE = "Gelöschte Leads zurückholen"
DEFAULTS_SAVE = "Speichern"
DEFAULTS_SAVED = "Gespeichert. Neue Importe beginnen damit."

WEBHOOK_TITLE = "Webhook"
WEBHOOK_LEAD = (
    "Diese Adresse wird nach jedem Import aufgerufen, mit seinen Zahlen und einer Signatur; kein Lead wird gesendet. "
    "Ein Aufruf, der scheitert, wird einen Tag lang wiederholt."
)
WEBHOOK_URL = "Aufzurufende Adresse"
WEBHOOK_EXAMPLE = "https://hooks.example.com/lead-import"
WEBHOOK_SAVE = "Speichern"
WEBHOOK_TRY = "Jetzt aufrufen"
WEBHOOK_REMOVE = "Entfernen"
WEBHOOK_ONCE = "Kopieren Sie das Geheimnis jetzt: Aufrufe sind damit signiert, und es wird nur dieses eine Mal gezeigt."
WEBHOOK_NEVER = "Noch nicht aufgerufen."

NAV_SOURCES = "Quellen"
SOURCES_TITLE = "Was eine Quelle wert ist"
SOURCES_LEAD = "Wie die Listen jeder Quelle ausgingen, und was aus den Leads wurde, die sie brachten."
SOURCES_BY = "Zusammengefasst nach"
SOURCES_GROUPINGS = {"source": "Quelle", "person": "Wer importiert hat", "file": "Dateiname"}
SOURCES_EMPTY = ("insights", "Noch keine Importe", "Nach dem ersten Import sehen Sie hier, wie viel jeder Quelle neu, bekannt oder ungültig war.")
SOURCES_PICK = "Importe im Lauf der Zeit"
SOURCES_NO_NAME = "In der Datei genannt, Zeile für Zeile"
SOURCES_COLUMNS = {
    "name": "Quelle", "imports": "Importe", "rows": "Zeilen", "new": "Neu", "restored": "Zurück", "known": "Bekannt",
    "invalid": "Ungültig", "lost": "Später verloren", "last": "Zuletzt",
}  # fmt: skip
SOURCES_HELP = {
    "new": "Zeilen, die einen neuen Lead anlegten.",
    "restored": "Zeilen, die einen gelöschten Lead zurückbrachten.",
    "known": "Dubletten, in der Datei oder von Leads, die schon da waren.",
    "invalid": "Zeilen, die bei der Lieferung der Liste einen Fehler hatten, auch die später verbesserten.",
    "lost": "Von den angelegten Leads: seither unzustellbar oder abgemeldet.",
}

TWIN_TITLE = "Derselbe Import als Programm"
TWIN_LEAD = (
    "Laden Sie die Leads als Anfragen an die API herunter, legen Sie unter Einstellungen einen Schlüssel an, und starten Sie eines "
    "dieser Programme neben der Datei. Weggelassene und zurückgestellte Zeilen sind nicht dabei; Lücken von Leads, die schon da "
    "sind, bleiben, wie sie sind."
)
TWIN_LANGUAGE = "Sprache des Programms"
TWIN_REQUESTS = "Anfragen herunterladen"


def last_list(name: str, day: str, known: str, invalid: str) -> str:
    """How the last file of the same list went. ``name`` is the user's, escaped."""
    return f"Die letzte Liste dieses Namens („{name}“, {day}): {known} schon bekannt, {invalid} ungültig."


def webhook_last(when: str, answer: str) -> str:
    """How the last call went. ``answer`` is core's, in the reader's language."""
    return f"Zuletzt aufgerufen {when}: {answer}."
