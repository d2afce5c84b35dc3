"""Step 3 in German: what an import would do, the contact limit, cleaning, and duplicates in the file."""

from core.draft_flow import MAX_PART_ROWS
from core.records import Quota
from pages.shared.texts.de.base import number, plural

# --- totals, tabs and the contact limit ----------------------------------------------------------------------------
REVIEW_TITLE = "Vor dem Import prüfen"
REVIEW_LEAD = "Noch ist nichts geschrieben. Das würde der Import jetzt tun."
REVIEW_RESTORE = "Gelöschte Leads zurückholen"
REVIEW_RESTORE_HELP = (
    "Zeilen, deren Lead gelöscht wurde, bringen ihn zurück: Werte der Datei ersetzen gespeicherte, leere Zellen lassen sie "
    "stehen. Ausgeschaltet zählen diese Zeilen als Dubletten."
)
REVIEW_TOTALS = {
    "created": "Neu anzulegen", "restored": "Zurückzuholen", "file_duplicates": "Dubletten in der Datei",
    "existing": "Schon da", "error": "Fehler", "not_imported": "Weggelassen", "unconfirmed": "Zu bestätigen", "parked": "Zurückgestellt",
}  # fmt: skip
REVIEW_TABS = {
    "problems": "Probleme",
    "file_duplicates": "Dubletten in der Datei",
    "existing": "Schon im Arbeitsbereich",
    "restored": "Wird zurückgeholt",
    "created": "Wird angelegt",
    "not_imported": "Weggelassen",
    "parked": "Zurückgestellt",
    "warnings": "Warnungen",
}
QUOTA_TITLE = "Kontaktlimit"
OPTIONS_TITLE = "Optionen"
CORRECTIONS_UNDO = "Alle zurücknehmen"
CORRECTION_UNDO = "Zurücknehmen"
EMPTY_CELL = "(leer)"
SKIPPED_UNDO = "Alle wieder aufnehmen"


def quota_sentence(quota: Quota) -> str:
    """What the import would take of the contact limit, or by how much it would pass it and what to do."""
    if quota.fits:
        left = max(quota.limit - quota.active - quota.added, 0)
        return (
            f"{number(quota.active)} von {number(quota.limit)} Leads sind belegt. Dieser Import fügt {number(quota.added)} "
            f"hinzu; {number(left)} bleiben frei."
        )
    over = quota.active + quota.added - quota.limit
    return (
        f"Dieser Import würde {plural(quota.added, 'Lead', 'Leads')} hinzufügen, und der Arbeitsbereich hat Platz für "
        f"{number(quota.free)}: {number(over)} zu viel. Wählen Sie, welche Zeilen hineinkommen, löschen Sie Leads, oder erhöhen Sie das "
        f"Kontaktlimit von {number(quota.limit)}."
    )


def too_many_rows(rows: int) -> str:
    """The 1000-row rule, with both numbers (contract.md section 5)."""
    return f"Diese Datei hat {number(rows)} Zeilen. Ein Import nimmt höchstens {number(MAX_PART_ROWS)}."


def in_parts(parts: int) -> str:
    """The user's explicit choice to import a long file in parts."""
    return f"In {parts} Teilen zu höchstens {number(MAX_PART_ROWS)} Zeilen importieren, einer nach dem anderen"


IN_PARTS_HELP = (
    "Jeder Teil wird ganz geschrieben oder gar nicht. Ein Teil, der das Kontaktlimit überschreiten würde, hält dort an; "
    "was importiert ist, bleibt, und der Bericht nennt die Zeilen, die es nicht sind."
)


def corrections_made(cells: int) -> str:
    """How many cells the user changed."""
    return f"{plural(cells, 'Zelle')} von Ihnen korrigiert"


# --- cleaning and warnings -----------------------------------------------------------------------------------------
CLEANING_KINDS = {
    "trim": "Leerraum um Werte",
    "invisible": "Unsichtbare Zeichen",
    "spaces": "Mehrfache Leerzeichen und Zeilenumbrüche",
    "email": "Namen oder „mailto:“ um E-Mail-Adressen",
    "phone": "Telefonnummern in internationaler Form",
    "website": "Websites in einheitlicher Form",
    "linkedin": "LinkedIn-Profile in einheitlicher Form",
    "tags": "Mehrere Tags in einer Zelle werden getrennt",
    "names": "Namen nur in Groß- oder Kleinbuchstaben",
}
CLEANING_FIXED = "Geschieht immer: die Regeln eines Imports verlangen es."
CLEANING_COUNTRY = "Land für Telefonnummern, die keines nennen"
CLEANING_NO_COUNTRY = "Land wählen"
CLEANING_LIST = "Jede Änderung zeigen"
CLEANING_LIST_TITLE = "Was geändert wird"
CLEANING_FILTER = "Art der Änderung"
WARNINGS_FILTER = "Art der Warnung"


def cleaning_title(changes: int) -> str:
    """The card's name, with how much the switched-on kinds change together."""
    return f"Bereinigen: {plural(changes, 'automatische Änderung', 'automatische Änderungen')}" if changes else "Bereinigen: nichts wird von selbst geändert"


def problems_help(problems: int, rows: int) -> str:
    """How much there is to repair, and how."""
    found = f"{plural(problems, 'Problem', 'Probleme')} in {plural(rows, 'Zeile')}."
    return f"{found} Schreiben Sie den richtigen Text unter „Neuer Wert“, oder haken Sie „Weglassen“ an. Jede Änderung wird sofort geprüft."


def cells_changed(done: int, offered: int, on: bool) -> str:
    """How many cells one kind changes, or would change."""
    if on:
        return plural(done, "Zelle") if done else "Keine Zelle"
    return f"Würde {plural(offered, 'Zelle')} ändern"


def phones_left(numbers: int, has_country: bool) -> str:
    """Why some phone numbers stay as they are."""
    if has_country:
        stay = "ist dort keine gültige Nummer und bleibt" if numbers == 1 else "sind dort keine gültigen Nummern und bleiben"
        return f"{plural(numbers, 'Nummer')} {stay}, wie sie {'ist' if numbers == 1 else 'sind'}."
    stay = "hat keine Landesvorwahl und bleibt" if numbers == 1 else "haben keine Landesvorwahl und bleiben"
    return f"{plural(numbers, 'Nummer')} {stay}, wie sie {'ist' if numbers == 1 else 'sind'}, bis Sie ein Land wählen."


def fix_typos(count: int) -> str:
    """The button that corrects every mistyped domain."""
    return f"Alle {number(count)} Tippfehler beheben" if count > 1 else "Tippfehler beheben"


def leave_out_rows(count: int) -> str:
    """The button that leaves out every row with a warning of one kind."""
    return f"{plural(count, 'Zeile')} weglassen"


# --- duplicates in the file ----------------------------------------------------------------------------------------
DUPLICATES_HELP = "Von jeder E-Mail-Adresse wird die erste Zeile importiert. Wählen Sie eine Zeile, um sie mit der zu vergleichen, die gewinnt."
DUPLICATES_PICK = "Vergleichen"
DUPLICATES_KEPT = "Hier geht nichts verloren: keiner Zeile, die importiert wird, fehlt ein Wert, den ihre Dubletten haben."
DUPLICATES_SAME = "Keine der beiden Zeilen sagt mehr als die andere, oder ihr Lead ist schon da und bleibt, wie er ist."
LEFT_OUT_SUFFIX = "von Ihnen weggelassen"


def losses_sentence(rows: int, values: int) -> str:
    """What duplicates in the file would throw away."""
    have = "enthält" if rows == 1 else "enthalten"
    return f"{plural(rows, 'Zeile')} {have} {plural(values, 'Wert', 'Werte')}, die den gewinnenden Zeilen fehlen."


def differing_sentence(values: int) -> str:
    """What duplicates say otherwise than the rows that win."""
    differ = "weicht" if values == 1 else "weichen"
    return f"Den gewinnenden Zeilen fehlt nichts; {plural(values, 'Wert', 'Werte')} {differ} ab, und ihre bleiben."


def fill_blanks_all(blanks: int) -> str:
    """The button that fills the blanks of all winning rows."""
    return f"Behalten: {plural(blanks, 'Lücke')} füllen"


def fill_blanks_of(row: int, blanks: int) -> str:
    """The button that fills the blanks of one winning row."""
    return f"{plural(blanks, 'Lücke')} von Zeile {row} füllen"


def choose_winner(row: int) -> str:
    """The button that lets another row of the same email win."""
    return f"Stattdessen Zeile {row} importieren"


def duplicate_pair(row: int, winner: int, email: str, values: int, differing: int) -> str:
    """One duplicate in the list to choose from. Holds the email: not for markdown."""
    parts = [f"Zeile {row} → Zeile {winner}", email]
    if values:
        parts.append(f"{plural(values, 'Wert', 'Werte')} verloren")
    if differing:
        parts.append(f"{number(differing)} {'weicht' if differing == 1 else 'weichen'} ab")
    return " · ".join(parts)
