"""The settings in English: contact limit, keys, remembered mappings."""

from datetime import datetime

from core.records import Quota
from pages.shared.texts.en.base import day, moment, plural

SETTINGS_TITLE = "Settings"
SETTINGS_LEAD = "They hold for the whole workspace."
SETTINGS_LIMIT = "Leads at most"
SETTINGS_LIMIT_SAVE = "Save"
KEYS_TITLE = "API keys"
KEYS_LEAD = "A program that imports leads needs a key. It sees this workspace and nothing else."
KEY_NAME = "Name"
KEY_NAME_EXAMPLE = "e.g. nightly sync"
KEY_SCOPES = "Access"
KEY_SCOPE_NAMES = {"read write": "Read and write", "read": "Read only", "write": "Write only"}
KEY_CREATE = "Create key"
KEY_ONCE = "Copy the key now: it is shown this once, and nobody can find it out again."
KEYS_EMPTY = ("key_off", "No API keys", "Create one for each program, so that you can revoke them one by one.")
KEY_REVOKE = "Revoke"
KEY_REVOKED = "Revoked"
PRESETS_TITLE = "Remembered mappings"
PRESETS_LEAD = "A file with the same headers is mapped like the last one, fixed values and statuses included."
PRESETS_EMPTY = ("history", "Nothing remembered yet", "Each mapping that you import with is remembered here by its headers.")
PRESET_NAME = "Name"
PRESET_DELETE = "Forget"


def use_sentence(quota: Quota) -> str:
    """How much of the contact limit is in use."""
    return f"{quota.active:,} of {quota.limit:,} leads are in use; {quota.free:,} are free."


def key_dates(made: datetime, used: datetime | None) -> str:
    """When a key was made, and used last."""
    return f"made {day(made)} · " + (f"last used {moment(used)}" if used else "never used")


def preset_line(columns: int, fixed: int, statuses: int, saved: str) -> str:
    """What a remembered mapping does."""
    parts = [f"{plural(columns, 'column')} matched"]
    parts += [plural(fixed, "fixed value")] if fixed else []
    parts += [plural(statuses, "status value")] if statuses else []
    return " · ".join([*parts, f"last saved {saved}"])
