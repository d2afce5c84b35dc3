"""The settings in German: contact limit, keys, remembered mappings."""

from datetime import datetime

from core.records import Quota
from pages.shared.texts.de.base import day, moment, number, plural

SETTINGS_TITLE = "Einstellungen"
SETTINGS_LEAD = "Sie gelten für den ganzen Arbeitsbereich."
SETTINGS_LIMIT = "Höchstens so viele Leads"
SETTINGS_LIMIT_SAVE = "Speichern"
KEYS_TITLE = "API-Schlüssel"
KEYS_LEAD = "Ein Programm, das Leads importiert, braucht einen Schlüssel. Es sieht diesen Arbeitsbereich und sonst nichts."
KEY_NAME = "Name"
KEY_NAME_EXAMPLE = "z. B. nächtlicher Abgleich"
KEY_SCOPES = "Zugriff"
KEY_SCOPE_NAMES = {"read write": "Lesen und schreiben", "read": "Nur lesen", "write": "Nur schreiben"}
KEY_CREATE = "Schlüssel anlegen"
KEY_ONCE = "Kopieren Sie den Schlüssel jetzt: er wird nur dieses eine Mal gezeigt, und niemand kann ihn wiederfinden."
KEYS_EMPTY = ("key_off", "Keine API-Schlüssel", "Legen Sie für jedes Programm einen an, dann können Sie jeden für sich sperren.")
KEY_REVOKE = "Sperren"
KEY_REVOKED = "Gesperrt"
PRESETS_TITLE = "Gemerkte Zuordnungen"
PRESETS_LEAD = "Eine Datei mit denselben Überschriften wird zugeordnet wie die letzte, mit festen Werten und Status."
PRESETS_EMPTY = ("history", "Noch nichts gemerkt", "Jede Zuordnung, mit der Sie importieren, wird hier nach ihren Überschriften gemerkt.")
PRESET_NAME = "Name"
PRESET_DELETE = "Vergessen"


def key_dates(made: datetime, used: datetime | None) -> str:
    """When a key was made, and used last."""
    return f"angelegt {day(made)} · " + (f"zuletzt benutzt {moment(used)}" if used else "nie benutzt")


def use_sentence(quota: Quota) -> str:
    """How much of the contact limit is in use."""
    return f"{number(quota.active)} von {number(quota.limit)} Leads sind belegt; {number(quota.free)} sind frei."


def preset_line(columns: int, fixed: int, statuses: int, saved: str) -> str:
    """What a remembered mapping does."""
    parts = [f"{plural(columns, 'Spalte')} zugeordnet"]
    parts += [plural(fixed, "fester Wert", "feste Werte")] if fixed else []
    parts += [plural(statuses, "Statuswert", "Statuswerte")] if statuses else []
    return " · ".join([*parts, f"zuletzt gespeichert {saved}"])
