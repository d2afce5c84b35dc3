"""Who may come in, in English: login, members, workspaces, and the activity log."""

from collections.abc import Mapping
from datetime import datetime

from core.issues import KIND_BY_CODE
from core.language import say
from pages.shared.texts.en.base import day
from pages.shared.texts.en.settings import KEY_SCOPE_NAMES

# --- entrance -----------------------------------------------------------------------------------------------------
#: What the visitor's standing is -> heading, sentence. {email} is escaped by the page.
ENTRANCE = {
    "out": ("Log in to Lead Import", "Use the account that your workspace's admin has invited."),
    "stranger": (
        "You are not a member yet",
        "You are logged in as <b>{email}</b>, which belongs to no workspace here. Ask an admin to add this address under "
        "Settings, Members; then try again. Or log out and use another account.",
    ),
    "unverified": (
        "Your email address is not confirmed",
        "The login did not vouch for your email address, so we cannot tell who you are. Confirm it with your login provider, "
        "then log out and in again.",
    ),
}
LOGIN = "Log in"
LOGIN_BROKEN = "The login is out of order. Ask whoever runs this server: its log says more."
LOGIN_AGAIN = "Try again"
LOGOUT = "Log out"


def login_with(provider: str) -> str:
    """The button of one of several providers."""
    return f"Log in with {provider}"


# --- language ---------------------------------------------------------------------------------------------------------
LANGUAGE_MENU_HELP = "Language of the screens"
LANGUAGE_AS_BROWSER = "As in the browser"

# --- visitor ------------------------------------------------------------------------------------------------------
WORKSPACE = "Workspace"
NOBODY_LOGS_IN = "This computer"
ROLE_NAMES = {"viewer": "Viewer", "importer": "Importer", "admin": "Admin"}
ROLE_CHOICES = {
    "viewer": "Viewer: looks at everything",
    "importer": "Importer: imports and edits",
    "admin": "Admin: manages the workspace",
}
LOOK_ONLY_TITLE = "This import is not finished"
LOOK_ONLY = "Your role here is Viewer: you may look at leads and reports, but not work on an import. Ask an admin for the role Importer."
LOOK_ONLY_HISTORY = "Open the history"

# --- members ------------------------------------------------------------------------------------------------------
MEMBERS_TITLE = "Members"
MEMBERS_LEAD = "Who may log in to this workspace, and what they may do. They log in with this email address."
MEMBERS_LOCAL = "No login is configured on this server, so nobody is asked yet."
MEMBER_EMAIL = "Email"
MEMBER_ROLE = "Role"
MEMBER_ADD = "Add member"
MEMBER_REMOVE = "Remove"
MEMBER_YOU = "You"
MEMBERS_EMPTY = ("group_off", "No members", "Add the people who work with these leads, and at least one admin.")


def member_since(at: datetime) -> str:
    """Since when somebody belongs here."""
    return f"member since {day(at)}"


# --- workspaces ---------------------------------------------------------------------------------------------------
NEW_WORKSPACE_TITLE = "New workspace"
NEW_WORKSPACE_LEAD = "Leads, campaigns, keys and members of its own. Nothing of this workspace is seen there."
NEW_WORKSPACE_NAME = "Name"
NEW_WORKSPACE_CREATE = "Create workspace"

# --- activity -----------------------------------------------------------------------------------------------------
ACTIVITY_TITLE = "Activity"
ACTIVITY_LEAD = "Who did what in this workspace, when, and from where. Nothing here can be changed."
ACTIVITY_LINK = "Open the activity log"
ACTIVITY_GROUP = "What"
ACTIVITY_GROUPS = {
    None: "Everything",
    "imports": "Imports",
    "leads": "Leads",
    "members": "Members",
    "keys": "API keys",
    "settings": "Settings",
}
ACTIVITY_ACTOR = "Who (part of the name)"
ACTIVITY_CSV = "Download as CSV"
ACTIVITY_MORE = "Show older entries"
ACTIVITY_EMPTY = ("history", "Nothing here", "Nobody has done anything of this kind yet. Choose other filters to see more.")
ACTIVITY_COLUMNS = {
    "at": "When", "actor": "Who", "action": "What", "subject": "About", "details": "Details", "address": "From",
}  # fmt: skip
ACTORS = {"local": "This computer", "worker": "Server (import)", "server": "Server (start)", "command line": "Command line"}
ACTIONS = {
    "import-started": "Started an import",
    "import-resumed": "Went on with an import",
    "import-cancelled": "Cancelled an import",
    "import-stopped": "Import stopped",
    "import-finished": "Import finished",
    "import-undone": "Undid an import",
    "import-redone": "Redid an import",
    "draft-deleted": "Deleted a draft",
    "leads-deleted": "Deleted leads",
    "leads-restored": "Restored leads",
    "leads-exported": "Exported leads",
    "member-added": "Added a member",
    "member-changed": "Changed a role",
    "member-removed": "Removed a member",
    "key-created": "Made an API key",
    "key-revoked": "Revoked an API key",
    "limit-changed": "Changed the contact limit",
    "settings-changed": "Changed settings",
    "preset-renamed": "Renamed a mapping",
    "preset-changed": "Changed a mapping",
    "preset-deleted": "Forgot a mapping",
    "workspace-created": "Made the workspace",
}
DETAILS = {
    "import_id": "import", "rows": "rows", "started_by": "started by", "reason": "reason", "leads": "leads", "before": "before",
    "after": "after", "role": "role", "key": "key", "scopes": "access",
    "url": "address", "country": "country", "source": "source", "restore": "restore deleted leads",
    "created": "created", "restored": "restored", "filled": "filled", "kept": "left alone", "all": "all leads",
}  # fmt: skip
#: What changed where an entry says that settings did.
SETTING_NAMES = {"webhook": "Webhook", "defaults": "Defaults of new imports"}


def moment_exactly(at: datetime) -> str:
    """Day and time to the second."""
    return f"{at:%d %b %Y, %H:%M:%S} UTC"


def audit_details(details: Mapping[str, object]) -> str:
    """What an entry tells beside its subject. Holds names of users: not for markdown."""
    known = [name for name in DETAILS if name in details]  # in this order: the database keeps none
    names = [*known, *(name for name in details if name not in DETAILS)]
    names.sort(key=lambda name: name == "import_id")  # last: its id is long, and the file is the entry's subject
    return " · ".join(f"{DETAILS.get(name, name)}: {_value(name, details[name])}" for name in names)


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "–"
    if name == "reason" and value in KIND_BY_CODE:
        return say(KIND_BY_CODE[str(value)].title)
    if name == "started_by":
        return ACTORS.get(str(value), str(value))
    if name == "scopes":
        return KEY_SCOPE_NAMES.get(str(value), str(value))
    return f"{value:,}" if isinstance(value, int) else ROLE_NAMES.get(str(value), str(value))
