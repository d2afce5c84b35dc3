"""The leads and campaigns screens, in English."""

from datetime import datetime

from core.browse_flow import SORTABLE_LEADS
from core.listing import LeadCount
from core.matching_flow import MAX_MATCHING_LEADS
from pages.shared.texts.en.base import day, number, plural

NAV_LEADS = "Leads"
NAV_CAMPAIGNS = "Campaigns"
ALL_CUSTOM_FIELDS = "All custom fields that have no column of their own"

# --- the list of leads --------------------------------------------------------------------------------------------
LEADS_TITLE = "Leads"
LEADS_LEAD = "Everybody in this workspace."
LEADS_SEARCH = "Search"
LEADS_SEARCH_EXAMPLE = "Email, name or company"
LEADS_STATE = "Active or deleted"
LEADS_STATES = {"active": "Active", "deleted": "Deleted"}
LEADS_SORT = "Order"
LEADS_SORTS = {
    "newest": "Newest first", "oldest": "Oldest first", "email": "By email", "name": "By name", "changed": "Last changed",
}  # fmt: skip
LEADS_ANY = "Any"
LEADS_STATUS = "Status"
LEADS_TAGS = "Tags"
LEADS_SOURCE = "Source"
LEADS_CAMPAIGN = "Campaign"
LEADS_IMPORT = "Created or restored by import"
LEADS_OTHER_CAMPAIGN = "Another campaign"
LEADS_OTHER_IMPORT = "An older import"
LEADS_CLEAR = "Clear these filters"
LEADS_ADD = "Add a lead"
LEADS_EXPORT = "Export as CSV"
LEADS_COLUMNS = {
    "email": "Email", "name": "Name", "company": "Company", "title": "Job title", "status": "Status", "tags": "Tags",
    "source": "Source", "created": "Added", "changed": "Changed",
}  # fmt: skip
LEADS_DATE_FORMAT = "YYYY-MM-DD HH:mm"
LEADS_PREVIOUS = "Previous"
LEADS_NEXT = "Next"
LEADS_SEARCH_ON = "Search on"
LEADS_TOO_LONG_TO_SORT = f"Newest first: lists of more than {SORTABLE_LEADS:,} leads come in this order, or by email. Filter to sort otherwise."
LEADS_NONE = ("group", "No leads yet", "Import a file, or add a lead by hand.")
LEADS_NONE_FOUND = ("search_off", "Nobody found", "No lead fits the search and the filters. Change or clear them.")
LEADS_NONE_SO_FAR = ("manage_search", "Nobody found so far", "There are more leads to look through: search on.")
LEADS_NONE_DELETED = ("delete", "No deleted leads", "Leads that you delete are kept here and can be restored.")

# --- the selection ------------------------------------------------------------------------------------------------
LEADS_SELECT_HINT = "Select rows to open, tag or delete leads, or to add them to a campaign."
LEADS_SELECT_DELETED = "Select rows to open or restore leads."
LEADS_SELECT_TO_OPEN = "Select a row to open the lead."
LEADS_DELETE = "Delete"
LEADS_RESTORE = "Restore"
LEADS_TAG = "Add tags"
LEADS_TAG_NAMES = "Tags, with commas between them"
LEADS_TAG_EXAMPLE = "e.g. vip, fair 2026"
LEADS_TAG_ADD = "Add"
LEADS_JOIN = "Add to a campaign"
LEADS_JOIN_ADD = "Add"
LEADS_LEAVE = "Remove from the campaign"

# --- everything that matches ----------------------------------------------------------------------------------------
ALL_TITLE = "All leads of this list"
ALL_ACT = "What shall happen to them?"
ALL_ACTS = {
    "tag": "Add tags", "join": "Add to a campaign", "leave": "Remove from the campaign", "delete": "Delete", "restore": "Restore",
}  # fmt: skip
ALL_DELETE_NOTE = "Deleted leads are kept: you find them under Deleted and can restore them. Their campaigns stop counting them."
ALL_RESTORE_NOTE = "Restored leads are active again, as they were, and count towards the contact limit."
ALL_LEAVE_NOTE = "They stay in the workspace, and in their other campaigns."
ALL_TOO_MANY = f"The list has more than {number(MAX_MATCHING_LEADS)} leads, which is the most that can be changed at once. Narrow it by the search or a filter."
ALL_NONE = "Nobody is in this list any more."

# --- one lead -----------------------------------------------------------------------------------------------------
LEAD_TITLE = "Lead"
LEAD_NEW = "Add a lead"
LEAD_TABS = ["Fields", "History", "Campaigns"]
LEAD_SAVE = "Save"
LEAD_CREATE = "Add the lead"
LEAD_SAVED = "Saved."
LEAD_CREATED = "The lead is added."
LEAD_BROUGHT_BACK = "A deleted lead had this email: it is back, with these values."
LEAD_NO_CAMPAIGN = "This lead is in no campaign."
LEAD_TAGS_HINT = "Type a tag and press Enter"
LEAD_CUSTOM = "Custom fields"
LEAD_CUSTOM_COLUMNS = {"name": "Name", "value": "Value"}

# --- campaigns ----------------------------------------------------------------------------------------------------
CAMPAIGNS_TITLE = "Campaigns"
CAMPAIGNS_LEAD = "Groups of leads. A lead can be in several; a deleted lead is not counted until it is restored."
CAMPAIGN_NAME = "New campaign"
CAMPAIGN_NAME_EXAMPLE = "e.g. Spring launch"
CAMPAIGN_CREATE = "Create"
CAMPAIGNS_EMPTY = ("campaign", "No campaigns yet", "Create one, then add leads: from a selection, from an import, or by their emails.")
CAMPAIGNS_NONE = "There is no campaign yet. Create one on the page Campaigns."
CAMPAIGN_STATUSES = {"draft": "Draft", "active": "Active", "paused": "Paused", "completed": "Completed"}
CAMPAIGN_SHOW_LEADS = "Show its leads"
CAMPAIGN_TITLE = "Campaign"
CAMPAIGN_EDIT = "Edit"
CAMPAIGN_RENAME = "Name"
CAMPAIGN_STATUS = "State"
CAMPAIGN_EMAILS = "Add leads by their emails"
CAMPAIGN_EMAILS_HINT = "Paste emails, in any form: one per line, or with commas, or with names around them."
CAMPAIGN_ADD = "Add to the campaign"
CAMPAIGN_NO_EMAILS = "There is no email in the text. Paste some and try again."
CAMPAIGN_UNKNOWN = "These emails belong to no lead of the workspace. Import or add them first:"
CAMPAIGN_DELETE = "Delete the campaign"
CAMPAIGN_DELETE_WARNING = "The campaign goes for good. Its leads stay in the workspace."
CAMPAIGN_DELETE_SURE = "Delete it"
CAMPAIGN_CREATED = "The campaign is created."
CAMPAIGN_SAVED = "Saved."
CAMPAIGN_GONE = "The campaign is deleted. Its leads are still there."
JOIN_TITLE = "Add these leads to a campaign"
JOIN_HELP = "Everything that this import created or restored."
JOIN_ADD = "Add all"
JOIN_SHOW = "Show these leads"
JOIN_CHOOSE = "Choose a campaign"


def filters_label(active: int) -> str:
    """The name of the box of filters, with how many are set."""
    return f"Filter · {active}" if active else "Filter"


def import_choice(name: str, at: datetime) -> str:
    """An import in a list of choices. Holds a file's name: not for markdown."""
    return f"{name} · {day(at)}"


def leads_counted(count: LeadCount, *, is_deleted: bool, is_narrow: bool) -> str:
    """How many leads the list has."""
    kind = "deleted lead" if is_deleted else "lead"
    told = plural(count.number, kind) + (" found" if is_narrow else "")
    return told if count.is_exact else f"At least {told}"


def leads_range(shown_before: int, shown: int) -> str:
    """Which of the list's leads are on this page."""
    return f"{number(shown_before + 1)} – {number(shown)}" if shown > shown_before else "–"


def leads_selected(count: int) -> str:
    """How many rows are selected."""
    return f"{number(count)} selected"


def leads_all(count: LeadCount) -> str:
    """The button that opens what can be done to all leads of the list."""
    return f"All {number(count.number)} leads …" if count.is_exact else f"All {number(count.number)} or more …"


def all_lead(count: int, *, is_narrow: bool) -> str:
    """How many leads all are, whatever page they are on."""
    those = "that match the search and the filters, on all pages of the list" if is_narrow else "on all pages of the list"
    return f"This is done to {plural(count, 'lead')} {those}, in one go."


def all_confirm(act: str, count: int) -> str:
    """The button that does it, with the number that is agreed to."""
    leads = plural(count, "lead")
    return {
        "tag": f"Tag {leads}",
        "join": f"Add {leads}",
        "leave": f"Remove {leads}",
        "delete": f"Delete {leads}",
        "restore": f"Restore {leads}",
    }[act]


def leads_deleted(count: int) -> str:
    """What a delete did."""
    return f"{plural(count, 'lead')} deleted. You find {'it' if count == 1 else 'them'} under Deleted."


def leads_restored(count: int) -> str:
    """What a restore did."""
    return f"{plural(count, 'lead')} restored."


def leads_tagged(count: int) -> str:
    """What adding tags did."""
    return f"{plural(count, 'lead')} tagged." if count else "All of them had these tags already."


def leads_joined(count: int) -> str:
    """What adding to a campaign did."""
    return f"{plural(count, 'lead')} added to the campaign." if count else "All of them were in the campaign already."


def leads_left(count: int) -> str:
    """What taking out of a campaign did."""
    return f"{plural(count, 'lead')} removed from the campaign."


def lead_deleted_at(moment: str) -> str:
    """That the open lead is deleted."""
    return f"Deleted on {moment}. Restore the lead to change it."


def campaign_size(count: int) -> str:
    """How many leads a campaign has."""
    return plural(count, "lead")


def campaign_made(at: datetime) -> str:
    """Since when there is a campaign."""
    return f"created {day(at)}"


def emails_added(added: int, members: int, unknown: int) -> str:
    """What became of pasted emails."""
    parts = [f"{plural(added, 'lead')} added"]
    parts += [f"{number(members)} already in the campaign"] if members else []
    parts += [f"{number(unknown)} not found"] if unknown else []
    return " · ".join(parts)
