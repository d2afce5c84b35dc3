"""The leads screen, in German."""

ALL_CUSTOM_FIELDS = "Alle eigenen Felder ohne eigene Spalte"
