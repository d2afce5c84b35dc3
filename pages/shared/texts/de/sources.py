"""What comes of an import later, in German."""


DEFAULTS_TITLE = "Vorgaben für neue Importe"
DEFAULTS_LEAD = "Jeder Import beginnt mit ihnen; beim Prüfen lässt sich jede ändern."
DEFAULTS_COUNTRY = "Land für Telefonnummern, die keines nennen"
DEFAULTS_NO_COUNTRY = "Keines: solche Nummern bleiben, wie sie sind"
DEFAULTS_SOURCE = "Quelle von Leads, die keine nennen"
DEFAULTS_RESTORE = "Gelöschte Leads wiederherstellen"
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

TWIN_TITLE = "Derselbe Import als Programm"
TWIN_LEAD = (
    "Laden Sie die Leads als Anfragen an die API herunter, legen Sie unter Einstellungen einen Schlüssel an, und starten Sie eines "
    "dieser Programme neben der Datei. Weggelassene und zurückgestellte Zeilen sind nicht dabei; Lücken von Leads, die schon da "
    "sind, bleiben, wie sie sind."
)
TWIN_LANGUAGE = "Sprache des Programms"
TWIN_REQUESTS = "Anfragen herunterladen"


def webhook_last(when: str, answer: str) -> str:
    """How the last call went. ``answer`` is core's, in the reader's language."""
    return f"Zuletzt aufgerufen {when}: {answer}."
