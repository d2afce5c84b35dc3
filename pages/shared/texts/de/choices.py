"""What the review says, in German, of the contact limit, of leads that come back, and of those that are there already."""

from core.records import Quota
from pages.shared.texts.de.base import number, plural, rows
from pages.shared.texts.de.report import REPORT_TABS

# --- which rows go in ---------------------------------------------------------------------------------------------
LIMIT_TITLE = "Welche Zeilen kommen hinein?"
LIMIT_AGAIN = "Neu wählen, welche Zeilen hineinkommen"
LIMIT_BY = "Zuerst kommen"
LIMIT_ORDERS = {
    "file": "die ersten der Datei",
    "complete": "die vollständigsten",
    "tag": "die mit einem Tag",
    "column": "die mit einem Text in einer Spalte",
}
LIMIT_TAG = "Tag"
LIMIT_NO_TAG = "Keine Zeile hat Tags."
LIMIT_COLUMN = "Spalte"
LIMIT_MATCH = "Zelle"
LIMIT_MATCHES = {False: "enthält", True: "ist genau"}
LIMIT_TEXT = "Text"
LIMIT_ONLY = "Nur diese: alle anderen zurückstellen, auch wo Platz ist"
LIMIT_LIST = "Auflisten, was zurückgestellt würde"
LIMIT_USE = "Diese Wahl nehmen"
LIMIT_NOTHING = "Nichts würde zurückgestellt."
PARKED_DOWNLOAD = "Zurückgestellte Zeilen herunterladen"
PARKED_BACK_ALL = "Alle importieren"
PARKED_PICK = "Eine doch importieren"
PARKED_BACK = "Importieren"

# --- leads that come back -----------------------------------------------------------------------------------------
RESTORES_LIST = "Diese Leads kommen zurück"
RESTORES_MERGE = "Was die Datei an ihnen ändert, Feld für Feld"
RESTORES_NO_MERGE = "Die Datei ändert nichts an ihnen: sie kommen zurück, wie sie waren."

# --- leads that are there already -----------------------------------------------------------------------------------
FILL_BLANKS = "Lücken vorhandener Leads füllen"
FILL_BLANKS_HELP = (
    "Leere Felder eines Leads im Arbeitsbereich werden aus seiner Zeile gefüllt. Was der Lead hat, bleibt, "
    "auch Status und Tags. Ausgeschaltet bleiben diese Leads, wie sie sind."
)
EXISTING_HELP = "Ihre Leads bleiben, wie sie sind. Wählen Sie eine Zeile, um sie mit ihrem Lead zu vergleichen."
EXISTING_PICK = "Vergleichen"
EXISTING_KEPT = "Hier geht nichts verloren: den Leads im Arbeitsbereich fehlt keiner dieser Werte."
EXISTING_SAME = "Die Zeile sagt nichts, was der Lead nicht schon hat."
EXISTING_DELETED = "Ihre Leads sind gelöscht, und Zurückholen ist ausgeschaltet"
EXISTING_LEAVE = "Diesen Lead lassen, wie er ist"
EXISTING_LEAVE_ALL = "Lassen, wie sie sind"


def _leads(count: int) -> str:
    """How many leads."""
    return plural(count, "Lead", "Leads")


def limit_lead(free: int, wanted: int) -> str:
    """Why there is something to choose."""
    room = f"Platz ist für {number(free)} von {_leads(wanted)}" if free else f"Für {_leads(wanted)} ist kein Platz"
    return (
        f"{room}. Was nicht hineinkommt, wird zurückgestellt: es wird jetzt nicht importiert, und Sie können es "
        "herunterladen und später damit weitermachen."
    )


def limit_figures(chosen: int, parked: int) -> str:
    """What the choice comes to, in leads."""
    come = "kommt" if chosen == 1 else "kommen"
    return f"{_leads(chosen)} {come} hinein, {number(parked)} {'wird' if parked == 1 else 'werden'} zurückgestellt."


def park_button(count: int) -> str:
    """The button that parks what does not go in."""
    return f"{rows(count)} zurückstellen"


def parked_sentence(count: int, free: int) -> str:
    """How many rows wait, and whether there is room for some of them after all."""
    room = f" Platz ist noch für {number(free)}." if free else ""
    return f"{rows(count)} {'ist' if count == 1 else 'sind'} zurückgestellt.{room}"


def restores_waiting(count: int, waiting: int) -> str:
    """That leads stay deleted until they are ticked, or that all are ticked."""
    had = "hatte sich abgemeldet oder war" if count == 1 else "hatten sich abgemeldet oder waren"
    if not waiting:
        return f"{_leads(count)} {had} unzustellbar und {'kommt' if count == 1 else 'kommen'} zurück: angehakt."
    return f"{_leads(count)} {had} unzustellbar. Ohne Häkchen {'bleibt er' if count == 1 else 'bleiben sie'} gelöscht."


def confirm_all(count: int) -> str:
    """The one tick for all."""
    return f"Alle {number(count)} zurückholen" if count > 1 else "Zurückholen"


def unconfirm_all(count: int) -> str:
    """The one click that takes all ticks away."""
    return f"Alle {number(count)} gelöscht lassen" if count > 1 else "Gelöscht lassen"


def stored_losses_sentence(count: int, values: int) -> str:
    """What rows would throw away whose lead is there already."""
    hold = "enthält" if count == 1 else "enthalten"
    return f"{rows(count)} {hold} {plural(values, 'Wert', 'Werte')}, die den Leads im Arbeitsbereich fehlen."


def stored_differing_sentence(values: int) -> str:
    """What rows say otherwise than the leads that are there."""
    differ = "weicht" if values == 1 else "weichen"
    return (
        f"Den Leads im Arbeitsbereich fehlt nichts; {plural(values, 'Wert', 'Werte')} {differ} ab, und die gespeicherten bleiben."
    )


def stored_filled_sentence(count: int) -> str:
    """How many stored leads get values."""
    return f"Lücken von {_leads(count)} werden gefüllt."


def fill_stored_all(values: int) -> str:
    """The button that fills the blanks of all stored leads."""
    return f"Behalten: {plural(values, 'Lücke')} füllen"


def fill_stored(values: int) -> str:
    """The button that fills the blanks of one stored lead."""
    return f"{plural(values, 'Lücke')} dieses Leads füllen"


def stored_pair(row: int, email: str, lacking: int, differing: int) -> str:
    """One row in the list to choose from. Holds the email: not for markdown."""
    parts = [f"Zeile {row}", email]
    parts += [f"{plural(lacking, 'Wert', 'Werte')} mehr"] if lacking else []
    parts += [f"{number(differing)} {'weicht' if differing == 1 else 'weichen'} ab"] if differing else []
    return " · ".join(parts)


# --- the button ---------------------------------------------------------------------------------------------------


def import_button(added: int, filled: int = 0) -> str:
    """The label of the one button: what happens when it is pressed."""
    if not added:
        return f"Lücken von {_leads(filled)} füllen" if filled else "Abschließen: nichts hinzuzufügen"
    return f"{_leads(added)} importieren" + (f", Lücken von {number(filled)} füllen" if filled else "")


def over_limit(quota: Quota) -> str:
    """Why the button is off."""
    over = quota.active + quota.added - quota.limit
    return f"{_leads(over)} zu viel für das Kontaktlimit: noch kann nichts importiert werden. Wählen Sie oben, welche Zeilen hineinkommen."


def over_limit_in_parts(quota: Quota, first: int, added: int) -> str:
    """What the contact limit does to a long file: where it stops, or that not even its first leads fit."""
    room = f"Der Arbeitsbereich hat Platz für {number(quota.free)} von {_leads(quota.added)}."
    if not added:
        return f"{room} Nicht einmal der erste Teil passt. Wählen Sie oben, welche Zeilen hineinkommen."
    return (
        f"{room} Der Import hält vor Teil {number(first)} an, der das Kontaktlimit überschreiten würde: {_leads(added)} "
        f"{'kommt' if added == 1 else 'kommen'} hinein. Um allen Platz zu nutzen, wählen Sie oben, welche Zeilen hineinkommen."
    )


def drift_sentence(count: int) -> str:
    """That the import did otherwise than the review said."""
    return (
        f"{rows(count)} {'ging' if count == 1 else 'gingen'} anders aus, als die Prüfung sagte, weil sich der Arbeitsbereich "
        f"dazwischen geändert hat. „{REPORT_TABS['drift']}“ sagt, welche und warum."
    )
