"""What every screen shares, in German."""

NAV_IMPORT = "Importieren"
NAV_HISTORY = "Verlauf"
NAV_SETTINGS = "Einstellungen"
BACK = "Zurück"
