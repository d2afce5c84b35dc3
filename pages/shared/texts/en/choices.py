"""What the review says, in English, of the contact limit, of leads that come back, and of those that are there already."""

from core.records import Quota
from pages.shared.texts.en.base import number, plural, rows
from pages.shared.texts.en.report import REPORT_TABS

# --- which rows go in ---------------------------------------------------------------------------------------------
LIMIT_TITLE = "Which rows go in?"
LIMIT_AGAIN = "Choose again which rows go in"
LIMIT_BY = "Go in first"
LIMIT_ORDERS = {
    "file": "In the order of the file",
    "complete": "The most complete",
    "tag": "Those with a tag",
    "column": "Those with a text in a column",
}
LIMIT_TAG = "Tag"
LIMIT_NO_TAG = "No row has a tag."
LIMIT_COLUMN = "Column"
LIMIT_MATCH = "Cell"
LIMIT_MATCHES = {False: "contains", True: "is exactly"}
LIMIT_TEXT = "Text"
LIMIT_ONLY = "Only these: park all others, even where there is room"
LIMIT_LIST = "List what would be parked"
LIMIT_USE = "Use this choice"
LIMIT_NOTHING = "Nothing would be parked."
PARKED_DOWNLOAD = "Download parked rows"
PARKED_BACK_ALL = "Import them all"
PARKED_PICK = "Import one after all"
PARKED_BACK = "Import it"

# --- leads that come back -----------------------------------------------------------------------------------------
RESTORES_LIST = "These leads come back"
RESTORES_MERGE = "What the file changes in them, field by field"
RESTORES_NO_MERGE = "The file changes nothing in them: they come back as they were."

# --- leads that are there already -----------------------------------------------------------------------------------
FILL_BLANKS = "Fill blanks of leads that are there already"
FILL_BLANKS_HELP = (
    "Empty fields of a lead in the workspace are filled from its row. Whatever the lead has stays, "
    "its status and tags included. Switched off, these leads are left as they are."
)
EXISTING_HELP = "Their leads stay as they are. Choose a row to compare it with its lead."
EXISTING_PICK = "Compare"
EXISTING_KEPT = "Nothing is lost here: the leads in the workspace lack none of these values."
EXISTING_SAME = "The row says nothing that the lead does not have."
EXISTING_DELETED = "Their leads are deleted, and restoring is switched off"
EXISTING_LEAVE = "Leave this lead as it is"
EXISTING_LEAVE_ALL = "Leave them as they are"


def _leads(count: int) -> str:
    """How many leads."""
    return plural(count, "lead")


def limit_lead(free: int, wanted: int) -> str:
    """Why there is something to choose."""
    room = f"There is room for {number(free)} of these {_leads(wanted)}" if free else f"There is no room for these {_leads(wanted)}"
    return f"{room}. What does not go in is parked: it is not imported now, and you can download it and go on with it later."


def limit_figures(chosen: int, parked: int) -> str:
    """What the choice comes to, in leads."""
    return f"{_leads(chosen)} {'goes' if chosen == 1 else 'go'} in, {number(parked)} {'is' if parked == 1 else 'are'} parked."


def park_button(count: int) -> str:
    """The button that parks what does not go in."""
    return f"Park {rows(count)}"


def parked_sentence(count: int, free: int) -> str:
    """How many rows wait, and whether there is room for some of them after all."""
    room = f" There is room for {number(free)} more." if free else ""
    return f"{rows(count)} {'is' if count == 1 else 'are'} parked.{room}"


def restores_waiting(count: int, waiting: int) -> str:
    """That leads stay deleted until they are ticked, or that all are ticked."""
    if not waiting:
        return f"{_leads(count)} had unsubscribed or bounced, and {'comes' if count == 1 else 'all come'} back: you ticked {'it' if count == 1 else 'them'}."
    stay = "It stays deleted unless you tick it." if count == 1 else "They stay deleted unless you tick them."
    return f"{_leads(count)} had unsubscribed or bounced. {stay}"


def confirm_all(count: int) -> str:
    """The one tick for all."""
    return f"Bring back all {number(count)}" if count > 1 else "Bring it back"


def unconfirm_all(count: int) -> str:
    """The one click that takes all ticks away."""
    return f"Leave all {number(count)} deleted" if count > 1 else "Leave it deleted"


def stored_losses_sentence(count: int, values: int) -> str:
    """What rows would throw away whose lead is there already."""
    return f"{rows(count)} {'holds' if count == 1 else 'hold'} {plural(values, 'value')} that the leads in the workspace lack."


def stored_differing_sentence(values: int) -> str:
    """What rows say otherwise than the leads that are there."""
    return f"The leads in the workspace lack nothing; {plural(values, 'value')} {'differs' if values == 1 else 'differ'}, and theirs are kept."


def stored_filled_sentence(count: int) -> str:
    """How many stored leads get values."""
    return f"Blanks of {_leads(count)} are filled."


def fill_stored_all(values: int) -> str:
    """The button that fills the blanks of all stored leads."""
    return f"Keep them: fill {plural(values, 'blank')}"


def fill_stored(values: int) -> str:
    """The button that fills the blanks of one stored lead."""
    return f"Fill {plural(values, 'blank')} of this lead"


def stored_pair(row: int, email: str, lacking: int, differing: int) -> str:
    """One row in the list to choose from. Holds the email: not for markdown."""
    parts = [f"Row {row}", email]
    parts += [f"{plural(lacking, 'value')} lacking"] if lacking else []
    parts += [f"{number(differing)} {'differs' if differing == 1 else 'differ'}"] if differing else []
    return " · ".join(parts)


# --- the button ---------------------------------------------------------------------------------------------------


def import_button(added: int, filled: int = 0) -> str:
    """The label of the one button: what happens when it is pressed."""
    if not added:
        return f"Fill blanks of {_leads(filled)}" if filled else "Finish: nothing to add"
    return f"Import {_leads(added)}" + (f", fill blanks of {number(filled)}" if filled else "")


def over_limit(quota: Quota) -> str:
    """Why the button is off."""
    over = quota.active + quota.added - quota.limit
    return f"{_leads(over)} too many for the contact limit: nothing can be imported yet. Choose above which rows go in."


def over_limit_in_parts(quota: Quota, first: int, added: int) -> str:
    """What the contact limit does to a long file: where it stops, or that not even its first leads fit."""
    room = f"The workspace has room for {number(quota.free)} of these {_leads(quota.added)}."
    if not added:
        return f"{room} Not even the first part fits. Choose above which rows go in."
    return (
        f"{room} The import stops before part {number(first)}, which would pass the contact limit: {_leads(added)} "
        f"{'goes' if added == 1 else 'go'} in. To use all the room, choose above which rows go in."
    )


def drift_sentence(count: int) -> str:
    """That the import did otherwise than the review said."""
    return (
        f"{rows(count)} ended otherwise than the review said, because the workspace changed in between. "
        f"“{REPORT_TABS['drift']}” says which and why."
    )
