"""What core says of what comes after an import, in German: undo, redo, files that continue an import."""

AFTER: dict[str, str] = {
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
    "This lead is not in the workspace any more.": "Diesen Lead gibt es im Workspace nicht mehr.",
}
