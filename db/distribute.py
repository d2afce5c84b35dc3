"""Spread the tables over the nodes of a Citus cluster, by workspace; elsewhere there is nothing to do.

All rows of a workspace live on one node (design.md section 3, "Beyond one machine"), so its imports, joins and foreign keys
never leave it. An API key is looked up by its hash before its workspace is known: keys are spread by hash, in a
group of their own. The job queue and the record of migrations are not ours to spread and stay on the coordinator.
"""

from typing import NamedTuple

from sqlalchemy import Connection, Engine, text

from db.tables import metadata
from db.transaction import without_time_limit

#: The table that all others live beside.
ANCHOR = "workspaces"
COLUMNS = {ANCHOR: "id", "api_keys": "hash"}
#: Tables whose rows are found without their workspace: a group of their own.
APART = frozenset({"api_keys"})

DISTRIBUTE = text("SELECT create_distributed_table(:table_name, :column_name, colocate_with => :beside)")
#: What stood in a table before it was spread stays behind on the coordinator, unseen, until it is dropped.
FORGET_LOCAL_ROWS = text("SELECT truncate_local_data_after_distributing_table(CAST(:table_name AS regclass))")
LIST_DISTRIBUTED = text("""
    SELECT class.relname, pg_relation_size(class.oid) > 0 AS has_local_rows
    FROM pg_dist_partition AS partition
    JOIN pg_class AS class
        ON class.oid = partition.logicalrelid
    WHERE partition.partmethod = 'h'
""")


class Placement(NamedTuple):
    """How a table is spread: by which column, and beside which other table ("none": in a group of its own)."""

    table: str
    column: str
    beside: str


def placements() -> list[Placement]:
    """Every table of ours, in an order in which each comes after those that its foreign keys name."""
    names = [ANCHOR, *(table.name for table in metadata.sorted_tables if table.name != ANCHOR)]
    return [
        Placement(name, COLUMNS.get(name, "workspace_id"), "none" if name in APART or name == ANCHOR else ANCHOR)
        for name in names
    ]


def has_citus(conn: Connection) -> bool:
    """Whether this database has the extension. That the server could have it is not enough."""
    return bool(conn.scalar(text("SELECT count(*) FROM pg_extension WHERE extname = 'citus'")))


def distribute(engine: Engine) -> list[Placement] | None:
    """What was spread by this call: nothing where all was before. None where the database has no Citus.

    All tables or none: one transaction. Rows that are there go along; writers wait meanwhile.
    """
    with engine.begin() as conn, without_time_limit(conn):
        if not has_citus(conn):
            return None
        # Foreign keys between tables that one transaction spreads ask for one connection per node, not several.
        conn.execute(text("SET LOCAL citus.multi_shard_modify_mode = 'sequential'"))
        done = {row.relname for row in conn.execute(LIST_DISTRIBUTED)}
        missing = [placement for placement in placements() if placement.table not in done]
        for table, column, beside in missing:
            conn.execute(DISTRIBUTE, {"table_name": table, "column_name": column, "beside": beside})
    with engine.begin() as conn, without_time_limit(conn):
        for name in [row.relname for row in conn.execute(LIST_DISTRIBUTED) if row.has_local_rows]:
            conn.execute(FORGET_LOCAL_ROWS, {"table_name": name})
    return missing
