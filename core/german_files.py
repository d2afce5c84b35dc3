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
    # --- why a column goes where (core/suggesting.py, core/column_evidence.py) ---
    "Full names, but another column fills first or last name; left out unless you make it a custom field":
        "Ganze Namen, aber eine andere Spalte füllt Vor- oder Nachname; weggelassen, wenn Sie kein eigenes Feld daraus machen",
    "The header says that people opted out; where it says yes, the lead becomes unsubscribed":
        "Die Überschrift sagt, dass sich Leute abgemeldet haben; wo Ja steht, wird der Lead abgemeldet",
    "The header says that people opted out. Choose “Opted out” and say what the values mean, or they are imported as active":
        "Die Überschrift sagt, dass sich Leute abgemeldet haben. Wählen Sie „Abgemeldet“ und sagen Sie, was die Werte bedeuten, "
        "sonst werden sie als aktiv importiert",
    "About somebody else or about the record, not the lead; left out unless you make it a custom field":
        "Betrifft jemand anderen oder den Datensatz, nicht den Lead; weggelassen, wenn Sie kein eigenes Feld daraus machen",
    "No lead field matches; left out unless you make it a custom field":
        "Kein Feld passt; weggelassen, wenn Sie kein eigenes Feld daraus machen",
    "Beside “{other}”, “{column}” is {label}": "Neben „{other}“ ist „{column}“ {label}",
    "Says something about {label}, is not the value itself; left out unless you make it a custom field":
        "Sagt etwas über {label}, ist nicht der Wert selbst; weggelassen, wenn Sie kein eigenes Feld daraus machen",
    "Header contains “{text}”": "Die Überschrift enthält „{text}“",
    "Header is close to “{text}”": "Die Überschrift ähnelt „{text}“",
    "Header is “{column}”": "Die Überschrift ist „{column}“",
    "“{column}” is a known header for {label}": "„{column}“ ist eine bekannte Überschrift für {label}",
    "“{column}” is {origin} for {label}": "„{column}“ ist {origin} für {label}",
    "{origin} calls {label} “{column}”": "{origin} nennt {label} „{column}“",
    "German": "Deutsch",
    "French": "Französisch",
    "Spanish": "Spanisch",
    "Portuguese": "Portugiesisch",
    "Dutch": "Niederländisch",
    "Italian": "Italienisch",
    "{share} of the values are {noun}": "{share} der Werte sind {noun}",
    "Only {share} of the values look like {noun}": "Nur {share} der Werte sehen aus wie {noun}",
    "The header says {label}, but {found}": "Die Überschrift sagt {label}, aber {found}",
    "Not {label}, because {found}; left out unless you choose a field":
        "Nicht {label}, denn {found}; weggelassen, wenn Sie kein Feld wählen",
    "The values are not {nouns}; left out unless you make it a custom field":
        "Die Werte sind keine {nouns}; weggelassen, wenn Sie kein eigenes Feld daraus machen",
    "{label} comes from “{holder}” already; left out unless you make it a custom field":
        "{label} kommt schon aus „{holder}“; weggelassen, wenn Sie kein eigenes Feld daraus machen",
    "The values look like companies; left out unless you choose a field":
        "Die Werte sehen aus wie Firmen; weggelassen, wenn Sie kein Feld wählen",
    "Whole names, to be split into first and last name": "Ganze Namen, die in Vor- und Nachname geteilt werden",
    "{share} of the values are whole names: {example}": "{share} der Werte sind ganze Namen: {example}",
    "Only {share} of the values have a first and a last name; a single word becomes the first name":
        "Nur {share} der Werte haben Vor- und Nachnamen; ein einzelnes Wort wird zum Vornamen",
    "Header is that of whole names": "Die Überschrift ist die für ganze Namen",
    "{share} of the values look like {noun}: does it belong to {label}?":
        "{share} der Werte sehen aus wie {noun}: gehört die Spalte zu {label}?",
    "{share} of the values look like {noun}: is it swapped with “{holder}”?":
        "{share} der Werte sehen aus wie {noun}: ist die Spalte mit „{holder}“ vertauscht?",
    "Digits are lost: “{value}” is a number that the spreadsheet program shortened. Format the column as text there and save the file again":
        "Ziffern fehlen: „{value}“ ist eine Zahl, die das Tabellenprogramm gekürzt hat. Formatieren Sie die Spalte dort als Text, "
        "und speichern Sie die Datei neu",
    "Some values are unknown: say below what they mean, or their rows become errors":
        "Manche Werte sind unbekannt: sagen Sie unten, was sie bedeuten, sonst werden ihre Zeilen zu Fehlern",
    "Written by an export of this product": "Von einem Export dieses Produkts geschrieben",
    "Written by an export of this product for you to read; kept by itself, never imported":
        "Von einem Export dieses Produkts nur zum Lesen geschrieben; ändert sich von selbst und wird nie importiert",
    "email addresses": "E-Mail-Adressen",
    "LinkedIn profiles": "LinkedIn-Profile",
    "LinkedIn pages that are not a person’s": "LinkedIn-Seiten, die keiner Person gehören",
    "web addresses": "Webadressen",
    "phone numbers": "Telefonnummern",
    "plain numbers": "bloße Zahlen",
    "lead statuses": "Lead-Status",
    "forms of address": "Anreden",
    "job titles": "Berufsbezeichnungen",
    "companies": "Firmen",
    "first names": "Vornamen",
    "Opted out": "Abgemeldet",
    # --- what keeps a mapping from being imported with (core/mapping.py) ---
    "The file has no column {columns}. Choose another column, or leave it out.":
        "Die Datei hat keine Spalte {columns}. Wählen Sie eine andere Spalte, oder lassen Sie sie weg.",
    "No column goes to Email. Choose the column that holds the email addresses.":
        "Keine Spalte ist dem Feld E-Mail zugeordnet. Wählen Sie die Spalte mit den E-Mail-Adressen.",
    "{columns} goes to “{field}”, which is not a field of a lead. Choose another field.":
        "{columns} ist „{field}“ zugeordnet, aber das ist kein Feld eines Leads. Wählen Sie ein anderes Feld.",
    "{columns} both go to {field}. Keep one of them; leave the others out or make them custom fields.":
        "{columns} sind beide dem Feld {field} zugeordnet. Behalten Sie eine; lassen Sie die anderen weg, oder machen Sie eigene Felder daraus.",
    "{columns} all go to {field}. Keep one of them; leave the others out or make them custom fields.":
        "{columns} sind alle dem Feld {field} zugeordnet. Behalten Sie eine; lassen Sie die anderen weg, oder machen Sie eigene Felder daraus.",
    "{columns} is split into first and last name, and {other} goes to {field}. Leave one of the two out.":
        "{columns} wird in Vor- und Nachname geteilt, und {other} ist dem Feld {field} zugeordnet. Lassen Sie eine der beiden weg.",
    "The custom field for {columns} has no name. Give it one.": "Das eigene Feld für {columns} hat keinen Namen. Geben Sie ihm einen.",
    "The name of the custom field for {columns} has {length} characters; the limit is {limit}. Shorten it.":
        "Der Name des eigenen Feldes für {columns} hat {length} Zeichen; erlaubt sind {limit}. Kürzen Sie ihn.",
    "The custom field for {columns} has a character in its name that cannot be stored. Retype it.":
        "Das eigene Feld für {columns} hat ein Zeichen im Namen, das sich nicht speichern lässt. Tippen Sie ihn neu.",
    "{columns} go to the same custom field, “{field}”. Give each its own name.":
        "{columns} sind demselben eigenen Feld zugeordnet, „{field}“. Geben Sie jeder einen eigenen Namen.",
    "{count} columns become custom fields; the limit is {limit}. Leave some out.":
        "{count} Spalten werden eigene Felder; erlaubt sind {limit}. Lassen Sie einige weg.",
    "“{field}” is not a field of a lead, so no fixed value can fill it. Choose another field.":
        "„{field}“ ist kein Feld eines Leads, also kann kein fester Wert es füllen. Wählen Sie ein anderes Feld.",
    "Every lead has its own email, so no fixed value can fill it. Remove the value.":
        "Jeder Lead hat seine eigene E-Mail-Adresse, also kann kein fester Wert sie füllen. Entfernen Sie den Wert.",
    "“{value}” is not a status. Use one of: {statuses}.": "„{value}“ ist kein Status. Nehmen Sie einen von diesen: {statuses}.",
    "The fixed value for {field} has {length} characters; the limit is {limit}. Shorten it.":
        "Der feste Wert für {field} hat {length} Zeichen; erlaubt sind {limit}. Kürzen Sie ihn.",
    "Values of “{field}” cannot be given a meaning; only those of Status can. Remove them.":
        "Werte von „{field}“ können keine Bedeutung bekommen, nur die von Status. Entfernen Sie sie.",
    "“{value}” is to become “{status}”, which is not a status. Use one of: {statuses}.":
        "„{value}“ soll „{status}“ werden, aber das ist kein Status. Nehmen Sie einen von diesen: {statuses}.",
    "“{column}”": "„{column}“",
    "{columns} and {last}": "{columns} und {last}",
}  # fmt: skip
