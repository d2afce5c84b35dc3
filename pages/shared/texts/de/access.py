"""Who may come in, in German: login, members, workspaces, and the activity log."""

from collections.abc import Mapping
from datetime import datetime

from core.issues import KIND_BY_CODE
from core.language import say
from pages.shared.texts.de.base import day
from pages.shared.texts.de.settings import KEY_SCOPE_NAMES

# --- entrance -----------------------------------------------------------------------------------------------------
ENTRANCE = {
    "out": ("Bei Lead Import anmelden", "Nehmen Sie das Konto, das ein Admin Ihres Arbeitsbereichs eingeladen hat."),
    "stranger": (
        "Sie sind noch kein Mitglied",
        "Sie sind als <b>{email}</b> angemeldet; diese Adresse gehört hier zu keinem Arbeitsbereich. Bitten Sie einen Admin, sie unter "
        "Einstellungen, Mitglieder aufzunehmen, und versuchen Sie es dann noch einmal. Oder melden Sie sich ab und nehmen Sie ein anderes Konto.",
    ),
    "unverified": (
        "Ihre E-Mail-Adresse ist nicht bestätigt",
        "Die Anmeldung bürgt nicht für Ihre E-Mail-Adresse, deshalb wissen wir nicht, wer Sie sind. Bestätigen Sie sie bei Ihrem "
        "Anmeldedienst, und melden Sie sich dann ab und wieder an.",
    ),
}
LOGIN = "Anmelden"
LOGIN_BROKEN = "Die Anmeldung ist gestört. Fragen Sie, wer diesen Server betreibt: sein Protokoll sagt mehr."
LOGIN_AGAIN = "Noch einmal versuchen"
LOGOUT = "Abmelden"


def login_with(provider: str) -> str:
    """The button of one of several providers."""
    return f"Mit {provider} anmelden"


# --- language ---------------------------------------------------------------------------------------------------------
LANGUAGE_MENU_HELP = "Sprache der Oberfläche"
LANGUAGE_AS_BROWSER = "Wie im Browser"

# --- visitor ------------------------------------------------------------------------------------------------------
WORKSPACE = "Arbeitsbereich"
NOBODY_LOGS_IN = "Dieser Computer"
ROLE_NAMES = {"viewer": "Betrachter", "importer": "Importeur", "admin": "Admin"}
ROLE_CHOICES = {
    "viewer": "Betrachter: sieht alles an",
    "importer": "Importeur: importiert und ändert",
    "admin": "Admin: verwaltet den Bereich",
}
LOOK_ONLY_TITLE = "Dieser Import ist nicht abgeschlossen"
LOOK_ONLY = (
    "Ihre Rolle hier ist Betrachter: Sie dürfen Leads und Berichte ansehen, aber nicht an einem Import arbeiten. Bitten Sie einen Admin "
    "um die Rolle Importeur."
)
LOOK_ONLY_HISTORY = "Verlauf öffnen"

# --- members ------------------------------------------------------------------------------------------------------
MEMBERS_TITLE = "Mitglieder"
MEMBERS_LEAD = "Wer sich an diesem Arbeitsbereich anmelden darf, und mit welchen Rechten. Angemeldet wird mit dieser Adresse."
MEMBERS_LOCAL = "Auf diesem Server ist keine Anmeldung eingerichtet, deshalb wird noch niemand gefragt."
MEMBER_EMAIL = "E-Mail"
MEMBER_ROLE = "Rolle"
MEMBER_ADD = "Mitglied aufnehmen"
MEMBER_REMOVE = "Entfernen"
MEMBER_YOU = "Sie"
MEMBERS_EMPTY = ("group_off", "Keine Mitglieder", "Nehmen Sie auf, wer mit diesen Leads arbeitet, und mindestens einen Admin.")


def member_since(at: datetime) -> str:
    """Since when somebody belongs here."""
    return f"Mitglied seit {day(at)}"


# --- workspaces ---------------------------------------------------------------------------------------------------
NEW_WORKSPACE_TITLE = "Neuer Arbeitsbereich"
NEW_WORKSPACE_LEAD = "Mit eigenen Leads, Kampagnen, Schlüsseln und Mitgliedern. Von diesem Arbeitsbereich ist dort nichts zu sehen."
NEW_WORKSPACE_NAME = "Name"
NEW_WORKSPACE_CREATE = "Arbeitsbereich anlegen"

# --- activity -----------------------------------------------------------------------------------------------------
ACTIVITY_TITLE = "Aktivität"
ACTIVITY_LEAD = "Wer in diesem Arbeitsbereich was getan hat, wann und von wo. Hier kann nichts geändert werden."
ACTIVITY_LINK = "Aktivitätsprotokoll öffnen"
ACTIVITY_GROUP = "Was"
ACTIVITY_GROUPS = {
    None: "Alles",
    "imports": "Importe",
    "leads": "Leads",
    "members": "Mitglieder",
    "keys": "API-Schlüssel",
    "settings": "Einstellungen",
}
ACTIVITY_ACTOR = "Wer (Teil des Namens)"
ACTIVITY_CSV = "Als CSV herunterladen"
ACTIVITY_MORE = "Ältere Einträge zeigen"
ACTIVITY_EMPTY = ("history", "Nichts da", "Hiervon hat noch niemand etwas getan. Wählen Sie andere Filter, um mehr zu sehen.")
ACTIVITY_COLUMNS = {
    "at": "Wann", "actor": "Wer", "action": "Was", "subject": "Worüber", "details": "Einzelheiten", "address": "Von",
}  # fmt: skip
ACTORS = {"local": "Dieser Computer", "worker": "Server (Import)", "server": "Server (Start)", "command line": "Befehlszeile"}
ACTIONS = {
    "import-started": "Import gestartet",
    "import-resumed": "Import fortgesetzt",
    "import-cancelled": "Import abgebrochen",
    "import-stopped": "Import angehalten",
    "import-finished": "Import abgeschlossen",
    "import-undone": "Import rückgängig gemacht",
    "import-redone": "Import wiederhergestellt",
    "draft-deleted": "Entwurf gelöscht",
    "leads-deleted": "Leads gelöscht",
    "leads-restored": "Leads zurückgeholt",
    "leads-exported": "Leads heruntergeladen",
    "member-added": "Mitglied aufgenommen",
    "member-changed": "Rolle geändert",
    "member-removed": "Mitglied entfernt",
    "key-created": "API-Schlüssel angelegt",
    "key-revoked": "API-Schlüssel gesperrt",
    "limit-changed": "Kontaktlimit geändert",
    "settings-changed": "Einstellungen geändert",
    "preset-renamed": "Zuordnung umbenannt",
    "preset-changed": "Zuordnung geändert",
    "preset-deleted": "Zuordnung vergessen",
    "workspace-created": "Arbeitsbereich angelegt",
}
DETAILS = {
    "import_id": "Import", "rows": "Zeilen", "started_by": "gestartet von", "reason": "Grund", "leads": "Leads",
    "before": "vorher", "after": "nachher", "role": "Rolle", "key": "Schlüssel", "scopes": "Zugriff",
    "url": "Adresse", "country": "Land", "source": "Quelle", "restore": "gelöschte Leads zurückholen",
    "created": "angelegt", "restored": "zurückgeholt", "filled": "aufgefüllt", "kept": "gelassen", "all": "alle Leads",
}  # fmt: skip
#: What changed where an entry says that settings did.
SETTING_NAMES = {"webhook": "Webhook", "defaults": "Vorgaben für neue Importe"}


def moment_exactly(at: datetime) -> str:
    """Day and time to the second."""
    return f"{at:%d.%m.%Y, %H:%M:%S} UTC"


def audit_details(details: Mapping[str, object]) -> str:
    """What an entry tells beside its subject. Holds names of users: not for markdown."""
    known = [name for name in DETAILS if name in details]  # in this order: the database keeps none
    names = [*known, *(name for name in details if name not in DETAILS)]
    names.sort(key=lambda name: name == "import_id")  # last: its id is long, and the file is the entry's subject
    return " · ".join(f"{DETAILS.get(name, name)}: {_value(name, details[name])}" for name in names)


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if value is None:
        return "–"
    if name == "reason" and value in KIND_BY_CODE:
        return say(KIND_BY_CODE[str(value)].title)
    if name == "started_by":
        return ACTORS.get(str(value), str(value))
    if name == "scopes":
        return KEY_SCOPE_NAMES.get(str(value), str(value))
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else ROLE_NAMES.get(str(value), str(value))
