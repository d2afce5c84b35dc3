"""What the review repairs, in German, and what ended otherwise than it said."""

#: core/drift.py, core/losses.py, core/planning.py, core/restores.py, core/stored_losses.py.
REPAIRS: dict[str, str] = {
    "create": "anlegen",
    "restore": "zurückholen",
    "duplicate in the file": "Dublette in der Datei",
    "duplicate of an existing lead": "Dublette eines vorhandenen Leads",
    "fill the blanks of an existing lead": "Lücken eines vorhandenen Leads füllen",
    "duplicate of a deleted lead": "Dublette eines gelöschten Leads",
    "restore not confirmed": "Zurückholen nicht bestätigt",
    "left out": "weggelassen",
    "parked": "zurückgestellt",
    "error": "Fehler",
    "not reached": "nicht erreicht",
    "A lead with this email was added after the review.": "Nach der Prüfung kam ein Lead mit dieser E-Mail-Adresse hinzu.",
    "A lead with this email was added after the review, and deleted again.":
        "Nach der Prüfung kam ein Lead mit dieser E-Mail-Adresse hinzu und wurde wieder gelöscht.",
    "The lead got another email after the review.": "Der Lead bekam nach der Prüfung eine andere E-Mail-Adresse.",
    "The lead with this email was deleted after the review.":
        "Der Lead mit dieser E-Mail-Adresse wurde nach der Prüfung gelöscht.",
    "The deleted lead with this email came back after the review.":
        "Der gelöschte Lead mit dieser E-Mail-Adresse kam nach der Prüfung zurück.",
    "The deleted lead is not there under this email any more.":
        "Den gelöschten Lead gibt es unter dieser E-Mail-Adresse nicht mehr.",
    "The lead with this email was changed after the review.":
        "Der Lead mit dieser E-Mail-Adresse wurde nach der Prüfung geändert.",
    "The import was changed in another window after this one was drawn.":
        "Der Import wurde in einem anderen Fenster geändert, nachdem dieses gezeichnet war.",
    "Look at the review again, then import.": "Sehen Sie die Prüfung noch einmal an, und importieren Sie dann.",
    "Row {row}": "Zeile {row}",
    "Row {row}, which wins": "Zeile {row}, die gewinnt",
    "Row {row} is kept": "Zeile {row} bleibt",
    "Lost": "Geht verloren",
    "In the review": "In der Prüfung",
    "In the import": "Im Import",
    "Changed since the review": "Seit der Prüfung geändert",
    "Values": "Werte",
    "Deleted": "Gelöscht",
    "Campaigns": "Kampagnen",
    "Changes": "Änderungen",
    "Bring back": "Zurückholen",
    "Fills": "Füllt",
    "Fills the blank": "Füllt die Lücke",
    "The lead keeps its own": "Der Lead behält seinen",
    "In the workspace": "Im Arbeitsbereich",
}  # fmt: skip
