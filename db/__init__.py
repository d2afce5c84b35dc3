"""Postgres and nothing else: engine, tables, queries, migrations."""
