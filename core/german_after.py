"""What core says of what comes after an import, in German: undo, redo, files that continue an import."""

AFTER: dict[str, str] = {
    # --- webhooks ---
    "Address not possible": "Adresse nicht möglich",
    "“{value}” cannot be called: {why}.": "„{value}“ kann nicht aufgerufen werden: {why}.",
    "Enter the https:// address that should be called after an import.":
        "Tragen Sie die https://-Adresse ein, die nach einem Import aufgerufen werden soll.",
    "it is no address": "das ist keine Adresse",
    "it must begin with https://": "sie muss mit https:// beginnen",
    "it names no host": "sie nennt keinen Rechner",
    "it may not hold a password or a port 0": "sie darf kein Passwort und keinen Port 0 enthalten",
    "it is too long, or holds characters that an address cannot have":
        "sie ist zu lang oder enthält Zeichen, die eine Adresse nicht haben kann",
    "This workspace has no webhook.": "Dieser Arbeitsbereich hat keinen Webhook.",
    "the host is not known": "der Rechner ist nicht bekannt",
    "the host is not on the public internet": "der Rechner ist nicht im öffentlichen Internet",
    "nobody answered": "niemand hat geantwortet",
    "the answer was not HTTP": "die Antwort war kein HTTP",
    "its certificate is not valid": "sein Zertifikat ist nicht gültig",
    # --- undo and redo of an import ---
    "The import is still running.": "Der Import läuft noch.",
    "Wait for its end, or stop it; then undo it.": "Warten Sie auf sein Ende oder halten Sie ihn an; dann machen Sie ihn rückgängig.",
    "The import is undone already.": "Der Import ist schon rückgängig gemacht.",
    "Redo it to get its leads back.": "Stellen Sie ihn wieder her, dann kommen seine Leads zurück.",
    "The import has not written anything yet.": "Der Import hat noch nichts geschrieben.",
    "Delete the draft instead.": "Löschen Sie stattdessen den Entwurf.",
    "The import is not undone.": "Der Import ist nicht rückgängig gemacht.",
    "There is nothing to redo.": "Es gibt nichts wiederherzustellen.",
    "This file continued the import {import_id}, and is undone and redone with it.": (
        "Diese Datei hat den Import {import_id} fortgesetzt und wird mit ihm rückgängig gemacht und wiederhergestellt."
    ),
    "Open that import.": "Öffnen Sie jenen Import.",
    "Changed since": "Seither geändert",
    "Somebody changed this lead since; it stays as it is.": "Jemand hat diesen Lead seither geändert; er bleibt, wie er ist.",
    "Change or delete it by hand, if need be.": "Ändern oder löschen Sie ihn bei Bedarf von Hand.",
    "Deleted since": "Seither gelöscht",
    "Somebody deleted this lead since; it stays deleted.": "Jemand hat diesen Lead seither gelöscht; er bleibt gelöscht.",
    "Restored since": "Seither zurückgeholt",
    "This lead is back already; it stays as it is.": "Dieser Lead ist schon wieder da; er bleibt, wie er ist.",
    "No longer there": "Nicht mehr da",
    "This lead is not in the workspace any more.": "Diesen Lead gibt es im Arbeitsbereich nicht mehr.",
    # --- files that continue an import ---
    "Imported already": "Schon importiert",
    "This row was imported before; the file brings it again, and nothing is done.":
        "Diese Zeile wurde schon importiert; die Datei bringt sie noch einmal, und es geschieht nichts.",
    "Change the lead itself if something in it is wrong.": "Ändern Sie den Lead selbst, wenn etwas darin falsch ist.",
    "imported already": "schon importiert",
    "First import closed": "Erster Import geschlossen",
    "The import that this file continues is undone, or running.":
        "Der Import, den diese Datei fortsetzt, ist rückgängig gemacht oder läuft.",
    "Redo it, or wait for its end; then press “Try again”.":
        "Stellen Sie ihn wieder her oder warten Sie auf sein Ende; dann drücken Sie „Erneut versuchen“.",
    "Unknown import": "Unbekannter Import",
    "The file says that it continues the import {import_id}, which is not in this workspace; it is imported as a new file.":
        "Die Datei gibt an, den Import {import_id} fortzusetzen, den es in diesem Arbeitsbereich nicht gibt; sie wird als neue Datei importiert.",
    "Nothing to do, unless you took the wrong workspace or file.":
        "Nichts zu tun, außer Sie haben den falschen Arbeitsbereich oder die falsche Datei gewählt.",
    "Import not to be continued": "Import nicht fortsetzbar",
    "The file says that it continues the import {import_id}, which is undone or still running; it is imported as a new file.":
        "Die Datei gibt an, den Import {import_id} fortzusetzen, der rückgängig gemacht ist oder noch läuft; sie wird als neue Datei importiert.",
    "To continue that import, redo it or wait for its end, and upload the file again.":
        "Um jenen Import fortzusetzen, stellen Sie ihn wieder her oder warten Sie auf sein Ende, und laden Sie die Datei erneut hoch.",
    # --- the list of imports ---
    "Only drafts can be deleted.": "Nur Entwürfe können gelöscht werden.",
    "Undo the import instead.": "Machen Sie den Import stattdessen rückgängig.",
    # --- columns of tables ---
    "Goes to": "Zielfeld",
    "Reason": "Grund",
    "Name": "Name",
}
