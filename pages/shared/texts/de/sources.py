"""What comes of an import later, in German."""


TWIN_TITLE = "Derselbe Import als Programm"
TWIN_LEAD = (
    "Laden Sie die Leads als Anfragen an die API herunter, legen Sie unter Einstellungen einen Schlüssel an, und starten Sie eines "
    "dieser Programme neben der Datei. Weggelassene und zurückgestellte Zeilen sind nicht dabei; Lücken von Leads, die schon da "
    "sind, bleiben, wie sie sind."
)
TWIN_LANGUAGE = "Sprache des Programms"
TWIN_REQUESTS = "Anfragen herunterladen"
