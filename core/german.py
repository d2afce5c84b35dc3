"""What core says, in German: English sentence or template -> German, with the same placeholders."""

GERMAN: dict[str, str] = {
    "Empty file": "Leere Datei",
    "The file has no content.": "Die Datei hat keinen Inhalt.",
    "Choose a file with a header row and at least one lead.": "Wählen Sie eine Datei mit einer Kopfzeile und mindestens einem Lead.",
    "Blanks filled": "Lücken gefüllt",
    "A lead with this email is already in the workspace; its empty fields are filled from this row.":
        "Ein Lead mit dieser E-Mail ist schon im Workspace; seine leeren Felder werden aus dieser Zeile gefüllt.",
    "Nothing to do: what the lead had stays.": "Nichts zu tun: Was der Lead hatte, bleibt.",
    "Restore not confirmed": "Wiederherstellung nicht bestätigt",
    "The deleted lead with this email had unsubscribed or bounced, and nobody confirmed that it may come back.":
        "Der gelöschte Lead mit dieser E-Mail hatte sich abgemeldet oder war unzustellbar, und niemand hat bestätigt, dass er zurückkommen darf.",
    "Tick it under “Restores” in the review to bring it back.":
        "Setzen Sie in der Prüfung unter „Wiederherstellungen“ ein Häkchen, damit er zurückkommt.",
    "Parked": "Zurückgestellt",
    "The row is parked, because the file does not fit the contact limit.":
        "Die Zeile ist zurückgestellt, weil die Datei nicht ins Kontaktlimit passt.",
    "Download the parked rows and import them when there is room.":
        "Laden Sie die zurückgestellten Zeilen herunter und importieren Sie sie, wenn Platz ist.",
}
