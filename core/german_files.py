"""What core says of the files that it reads and of their columns, in German."""

FILES: dict[str, str] = {
    # --- sheets and cells ---
    "The sheet “{value}” is too large to be read; the sheet “{sheet}” was read instead.":
        "Das Blatt „{value}“ ist zu groß zum Lesen; stattdessen wurde das Blatt „{sheet}“ gelesen.",
    "Choose another sheet, or save the leads alone in a file of their own.":
        "Wählen Sie ein anderes Blatt, oder speichern Sie die Leads allein in einer eigenen Datei.",
    "Formula without a result": "Formel ohne Ergebnis",
    "The cell holds a formula that was saved without its result; it counts as empty.":
        "Die Zelle enthält eine Formel, die ohne ihr Ergebnis gespeichert wurde; sie gilt als leer.",
    "Open the file in your spreadsheet program, let it calculate, and save it again.":
        "Öffnen Sie die Datei in Ihrem Tabellenprogramm, lassen Sie es rechnen, und speichern Sie sie neu.",
    "Characters lost": "Zeichen verloren",
    "“{value}” holds characters that cannot be read; each is shown as \ufffd.":
        "„{value}“ enthält Zeichen, die nicht lesbar sind; jedes erscheint als \ufffd.",
    "Type the right ones in the review, or save the file again as UTF-8.":
        "Geben Sie die richtigen in der Prüfung ein, oder speichern Sie die Datei neu als UTF-8.",
    "Merged cells": "Verbundene Zellen",
    "The cells {area} are merged: “{value}” counts for {cell} alone, the others are empty.":
        "Die Zellen {area} sind verbunden: „{value}“ gilt nur für {cell}, die anderen sind leer.",
    "Unmerge them in your spreadsheet and fill in every row that needs the value.":
        "Heben Sie die Verbindung in Ihrer Tabelle auf, und füllen Sie jede Zeile aus, die den Wert braucht.",
    "megabytes of padding": "Megabytes an Füllung",
}  # fmt: skip
