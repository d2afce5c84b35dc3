"""The leads and campaigns screens, in German."""

from datetime import datetime

from core.browse_flow import SORTABLE_LEADS
from core.listing import LeadCount
from core.matching_flow import MAX_MATCHING_LEADS
from pages.shared.texts.de.base import day, number, plural

NAV_LEADS = "Leads"
NAV_CAMPAIGNS = "Kampagnen"
ALL_CUSTOM_FIELDS = "Alle eigenen Felder ohne eigene Spalte"

# --- the list of leads --------------------------------------------------------------------------------------------
LEADS_TITLE = "Leads"
LEADS_LEAD = "Alle in diesem Arbeitsbereich."
LEADS_SEARCH = "Suche"
LEADS_SEARCH_EXAMPLE = "E-Mail, Name oder Firma"
LEADS_STATE = "Aktiv oder gelöscht"
LEADS_STATES = {"active": "Aktiv", "deleted": "Gelöscht"}
LEADS_SORT = "Reihenfolge"
LEADS_SORTS = {
    "newest": "Neueste zuerst", "oldest": "Älteste zuerst", "email": "Nach E-Mail", "name": "Nach Namen", "changed": "Zuletzt geändert",
}  # fmt: skip
LEADS_ANY = "Alle"
LEADS_STATUS = "Status"
LEADS_TAGS = "Tags"
LEADS_SOURCE = "Quelle"
LEADS_CAMPAIGN = "Kampagne"
LEADS_IMPORT = "Angelegt oder zurückgeholt durch Import"
LEADS_OTHER_CAMPAIGN = "Eine andere Kampagne"
LEADS_OTHER_IMPORT = "Ein älterer Import"
LEADS_CLEAR = "Diese Filter aufheben"
LEADS_ADD = "Lead anlegen"
LEADS_EXPORT = "Als CSV herunterladen"
LEADS_COLUMNS = {
    "email": "E-Mail", "name": "Name", "company": "Firma", "title": "Position", "status": "Status", "tags": "Tags",
    "source": "Quelle", "created": "Angelegt", "changed": "Geändert",
}  # fmt: skip
LEADS_DATE_FORMAT = "DD.MM.YYYY HH:mm"
LEADS_PREVIOUS = "Zurück"
LEADS_NEXT = "Weiter"
LEADS_SEARCH_ON = "Weitersuchen"
LEADS_TOO_LONG_TO_SORT = (
    f"Neueste zuerst: Listen mit mehr als {number(SORTABLE_LEADS)} Leads kommen so oder nach E-Mail. Filtern Sie, um anders zu sortieren."
)
LEADS_NONE = ("group", "Noch keine Leads", "Importieren Sie eine Datei oder legen Sie einen Lead von Hand an.")
LEADS_NONE_FOUND = ("search_off", "Niemand gefunden", "Kein Lead passt zu Suche und Filtern. Ändern Sie sie oder heben Sie sie auf.")
LEADS_NONE_SO_FAR = ("manage_search", "Bisher niemand gefunden", "Es gibt noch mehr Leads zu durchsuchen: suchen Sie weiter.")
LEADS_NONE_DELETED = ("delete", "Keine gelöschten Leads", "Leads, die Sie löschen, bleiben hier und lassen sich zurückholen.")

# --- the selection ------------------------------------------------------------------------------------------------
LEADS_SELECT_HINT = "Wählen Sie Zeilen aus, um Leads zu öffnen, mit Tags zu versehen, zu löschen oder in eine Kampagne zu nehmen."
LEADS_SELECT_DELETED = "Wählen Sie Zeilen aus, um Leads zu öffnen oder zurückzuholen."
LEADS_SELECT_TO_OPEN = "Wählen Sie eine Zeile aus, um den Lead zu öffnen."
LEADS_DELETE = "Löschen"
LEADS_RESTORE = "Zurückholen"
LEADS_TAG = "Tags hinzufügen"
LEADS_TAG_NAMES = "Tags, mit Kommas dazwischen"
LEADS_TAG_EXAMPLE = "z. B. vip, messe 2026"
LEADS_TAG_ADD = "Hinzufügen"
LEADS_JOIN = "In eine Kampagne"
LEADS_JOIN_ADD = "Hinzufügen"
LEADS_LEAVE = "Aus der Kampagne nehmen"

# --- everything that matches ----------------------------------------------------------------------------------------
ALL_TITLE = "Alle Leads dieser Liste"
ALL_ACT = "Was soll mit ihnen geschehen?"
ALL_ACTS = {
    "tag": "Tags hinzufügen", "join": "In eine Kampagne", "leave": "Aus der Kampagne nehmen", "delete": "Löschen",
    "restore": "Zurückholen",
}  # fmt: skip
ALL_DELETE_NOTE = "Gelöschte Leads bleiben erhalten: Sie finden sie unter Gelöscht und können sie zurückholen. Ihre Kampagnen zählen sie nicht mehr."
ALL_RESTORE_NOTE = "Zurückgeholte Leads sind wieder aktiv, wie sie waren, und zählen zum Kontaktlimit."
ALL_LEAVE_NOTE = "Sie bleiben im Arbeitsbereich und in ihren anderen Kampagnen."
ALL_TOO_MANY = (
    f"Die Liste hat mehr als {number(MAX_MATCHING_LEADS)} Leads; mehr lassen sich nicht auf einmal ändern. "
    "Grenzen Sie sie mit der Suche oder einem Filter ein."
)
ALL_NONE = "In dieser Liste ist niemand mehr."

# --- one lead -----------------------------------------------------------------------------------------------------
LEAD_TITLE = "Lead"
LEAD_NEW = "Lead anlegen"
LEAD_TABS = ["Felder", "Verlauf", "Kampagnen"]
LEAD_SAVE = "Speichern"
LEAD_CREATE = "Lead anlegen"
LEAD_SAVED = "Gespeichert."
LEAD_CREATED = "Der Lead ist angelegt."
LEAD_BROUGHT_BACK = "Ein gelöschter Lead hatte diese E-Mail-Adresse: er ist zurück, mit diesen Werten."
LEAD_NO_CAMPAIGN = "Dieser Lead ist in keiner Kampagne."
LEAD_TAGS_HINT = "Tag eingeben und Enter drücken"
LEAD_CUSTOM = "Eigene Felder"
LEAD_CUSTOM_COLUMNS = {"name": "Name", "value": "Wert"}

# --- campaigns ----------------------------------------------------------------------------------------------------
CAMPAIGNS_TITLE = "Kampagnen"
CAMPAIGNS_LEAD = "Gruppen von Leads. Ein Lead kann in mehreren sein; ein gelöschter zählt erst wieder, wenn er zurückgeholt ist."
CAMPAIGN_NAME = "Neue Kampagne"
CAMPAIGN_NAME_EXAMPLE = "z. B. Frühjahrsaktion"
CAMPAIGN_CREATE = "Anlegen"
CAMPAIGNS_EMPTY = (
    "campaign", "Noch keine Kampagnen",
    "Legen Sie eine an und nehmen Sie Leads hinein: aus einer Auswahl, aus einem Import oder über ihre E-Mail-Adressen.",
)  # fmt: skip
CAMPAIGNS_NONE = "Es gibt noch keine Kampagne. Legen Sie auf der Seite Kampagnen eine an."
CAMPAIGN_STATUSES = {"draft": "Entwurf", "active": "Aktiv", "paused": "Pausiert", "completed": "Abgeschlossen"}
CAMPAIGN_SHOW_LEADS = "Leads ansehen"
CAMPAIGN_TITLE = "Kampagne"
CAMPAIGN_EDIT = "Bearbeiten"
CAMPAIGN_RENAME = "Name"
CAMPAIGN_STATUS = "Zustand"
CAMPAIGN_EMAILS = "Leads über ihre E-Mail-Adressen hinzufügen"
CAMPAIGN_EMAILS_HINT = "Fügen Sie Adressen in beliebiger Form ein: je Zeile eine, mit Kommas oder mit Namen darum."
CAMPAIGN_ADD = "In die Kampagne nehmen"
CAMPAIGN_NO_EMAILS = "Im Text steht keine E-Mail-Adresse. Fügen Sie welche ein und versuchen Sie es erneut."
CAMPAIGN_UNKNOWN = "Diese Adressen gehören zu keinem Lead des Arbeitsbereichs. Importieren Sie sie zuerst, oder legen Sie sie an:"
CAMPAIGN_DELETE = "Kampagne löschen"
CAMPAIGN_DELETE_WARNING = "Die Kampagne verschwindet endgültig. Ihre Leads bleiben im Arbeitsbereich."
CAMPAIGN_DELETE_SURE = "Löschen"
CAMPAIGN_CREATED = "Die Kampagne ist angelegt."
CAMPAIGN_SAVED = "Gespeichert."
CAMPAIGN_GONE = "Die Kampagne ist gelöscht. Ihre Leads sind noch da."
JOIN_TITLE = "Diese Leads in eine Kampagne nehmen"
JOIN_HELP = "Alles, was dieser Import angelegt oder zurückgeholt hat."
JOIN_ADD = "Alle hinzufügen"
JOIN_SHOW = "Diese Leads ansehen"
JOIN_CHOOSE = "Kampagne wählen"


def filters_label(active: int) -> str:
    """The name of the box of filters, with how many are set."""
    return f"Filter · {active}" if active else "Filter"


def import_choice(name: str, at: datetime) -> str:
    """An import in a list of choices. Holds a file's name: not for markdown."""
    return f"{name} · {day(at)}"


def leads_counted(count: LeadCount, *, is_deleted: bool, is_narrow: bool) -> str:
    """How many leads the list has."""
    one, many = ("gelöschter Lead", "gelöschte Leads") if is_deleted else ("Lead", "Leads")
    told = plural(count.number, one, many) + (" gefunden" if is_narrow else "")
    return told if count.is_exact else f"Mindestens {told}"


def leads_range(shown_before: int, shown: int) -> str:
    """Which of the list's leads are on this page."""
    return f"{number(shown_before + 1)} – {number(shown)}" if shown > shown_before else "–"


def leads_selected(count: int) -> str:
    """How many rows are selected."""
    return f"{number(count)} ausgewählt"


def leads_all(count: LeadCount) -> str:
    """The button that opens what can be done to all leads of the list."""
    return f"Alle {number(count.number)} Leads …" if count.is_exact else f"Alle {number(count.number)} oder mehr …"


def all_lead(count: int, *, is_narrow: bool) -> str:
    """How many leads all are, whatever page they are on."""
    those = "die zu Suche und Filtern passen, auf allen Seiten der Liste" if is_narrow else "auf allen Seiten der Liste"
    return f"Betroffen: {_some_leads(count)}{',' if is_narrow else ''} {those}, in einem Zug."


def all_confirm(act: str, count: int) -> str:
    """The button that does it, with the number that is agreed to."""
    leads = _some_leads(count)
    return {
        "tag": f"{leads} mit Tags versehen",
        "join": f"{leads} hinzufügen",
        "leave": f"{leads} herausnehmen",
        "delete": f"{leads} löschen",
        "restore": f"{leads} zurückholen",
    }[act]


def leads_deleted(count: int) -> str:
    """What a delete did."""
    return f"{_some_leads(count)} gelöscht. Sie finden {'ihn' if count == 1 else 'sie'} unter Gelöscht."


def leads_restored(count: int) -> str:
    """What a restore did."""
    return f"{_some_leads(count)} zurückgeholt."


def leads_tagged(count: int) -> str:
    """What adding tags did."""
    return f"{_some_leads(count)} mit Tags versehen." if count else "Alle hatten diese Tags schon."


def leads_joined(count: int) -> str:
    """What adding to a campaign did."""
    return f"{_some_leads(count)} in die Kampagne genommen." if count else "Alle waren schon in der Kampagne."


def leads_left(count: int) -> str:
    """What taking out of a campaign did."""
    return f"{_some_leads(count)} aus der Kampagne genommen."


def lead_deleted_at(moment: str) -> str:
    """That the open lead is deleted."""
    return f"Gelöscht am {moment}. Holen Sie den Lead zurück, um ihn zu ändern."


def campaign_size(count: int) -> str:
    """How many leads a campaign has."""
    return _some_leads(count)


def campaign_made(at: datetime) -> str:
    """Since when there is a campaign."""
    return f"angelegt {day(at)}"


def emails_added(added: int, members: int, unknown: int) -> str:
    """What became of pasted emails."""
    parts = [f"{_some_leads(added)} hinzugefügt"]
    parts += [f"{number(members)} schon in der Kampagne"] if members else []
    parts += [f"{number(unknown)} nicht gefunden"] if unknown else []
    return " · ".join(parts)


def _some_leads(count: int) -> str:
    return plural(count, "Lead", "Leads")
