"""What core says of leads and campaigns, in German."""

LEADS: dict[str, str] = {
    # --- what happened to a lead ---
    "Created by {import_name}": "Angelegt durch {import_name}",
    "Created, source “{source}”": "Angelegt, Quelle „{source}“",
    "Blanks filled by {import_name}": "Lücken gefüllt durch {import_name}",
    "Restored and merged by {import_name}": "Zurückgeholt und zusammengeführt durch {import_name}",
    "Deleted": "Gelöscht",
    "Added to campaign “{name}”": "Zur Kampagne „{name}“ hinzugefügt",
    "Last contacted": "Zuletzt kontaktiert",
    "Last changed": "Zuletzt geändert",
    "the import of “{file}”": "den Import von „{file}“",
    "an import through the API": "einen Import über die API",
    # --- acting on all that match ---
    "The list does not have {agreed} leads any more. Nothing was changed.":
        "Die Liste hat nicht mehr {agreed} Leads. Es wurde nichts geändert.",
    "Look at the list again, and confirm its new number.": "Sehen Sie die Liste noch einmal an und bestätigen Sie ihre neue Zahl.",
    # --- downloads ---
    "This link is no longer good.": "Dieser Link gilt nicht mehr.",
    "Open the page of leads again and download from there.": "Öffnen Sie die Seite der Leads neu und laden Sie von dort herunter.",
}
