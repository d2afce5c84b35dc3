"""The five steps of the import wizard, one screen per file. Each has `show(record)`."""
