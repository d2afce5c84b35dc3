"""The keys of every table let its rows live apart by workspace (design.md section 3, "Beyond one machine")."""

import pytest
from sqlalchemy import Engine, ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint, inspect, text

from db.tables import metadata

TABLES = sorted(metadata.tables)
#: A workspace is named by its own id; a key is looked up before its workspace is known.
KEY_COLUMN = {"workspaces": "id", "api_keys": "hash"}


def key_column(table: str) -> str:
    return KEY_COLUMN.get(table, "workspace_id")


@pytest.mark.parametrize("name", TABLES)
def test_every_key_that_the_code_knows_has_the_workspace(name):
    for constraint in metadata.tables[name].constraints:
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint):
            assert key_column(name) in constraint.columns, constraint.name
        elif isinstance(constraint, ForeignKeyConstraint):
            pairs = [(one.parent.name, one.column.name) for one in constraint.elements]
            assert ("workspace_id", key_column(constraint.referred_table.name)) in pairs, constraint.name
            assert constraint.ondelete in (None, "CASCADE"), f"{constraint.name}: SET NULL would empty the workspace, too"


@pytest.mark.parametrize("name", TABLES)
def test_every_key_of_the_database_has_the_workspace(engine: Engine, name):
    """The migrated database, whatever the code believes: unique indexes that are no constraints, too."""
    catalogue = inspect(engine)
    assert key_column(name) in catalogue.get_pk_constraint(name)["constrained_columns"]
    for index in catalogue.get_indexes(name):
        assert not index["unique"] or key_column(name) in index["column_names"], index["name"]
    for key in catalogue.get_foreign_keys(name):
        pairs = zip(key["constrained_columns"], key["referred_columns"], strict=True)
        assert ("workspace_id", key_column(key["referred_table"])) in pairs, key["name"]
        assert key["options"].get("ondelete") in (None, "CASCADE"), key["name"]


def test_no_foreign_key_leads_from_keys_to_workspaces(engine: Engine):
    assert inspect(engine).get_foreign_keys("api_keys") == []


def test_no_table_of_ours_has_a_trigger(engine: Engine):
    """Those of foreign keys are PostgreSQL's own; the job queue's tables stay on one node."""
    with engine.connect() as conn:
        found = conn.scalars(
            text("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1")
        ).all()
    assert [name for name in found if name in metadata.tables] == []


def test_ids_are_made_by_the_client(engine: Engine):
    """No default that calls a function: on several nodes each would call its own."""
    with engine.connect() as conn:
        defaults = conn.execute(
            text(
                "SELECT table_name, column_name, column_default FROM information_schema.columns "
                "WHERE table_schema = 'public' AND column_default LIKE '%(%'"
            )
        ).all()
    assert [row for row in defaults if row.table_name in metadata.tables] == []
