"""What core says, in German: English sentence or template -> German, with the same placeholders."""

GERMAN: dict[str, str] = {
    "Empty file": "Leere Datei",
    "The file has no content.": "Die Datei hat keinen Inhalt.",
    "Choose a file with a header row and at least one lead.": "Wählen Sie eine Datei mit einer Kopfzeile und mindestens einem Lead.",
}
