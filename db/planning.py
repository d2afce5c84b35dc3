"""How rows that are named by their keys are looked up by them, however large the planner believes a workspace to be.

It knows the workspaces that were there when statistics were last made, and takes a newer one for a single row. Reading that
row seems as cheap as looking a lead up, so it would read the whole workspace again for each lead that a statement names: a
second for 300 of 40,000 leads, a minute for 10,000. Three things keep it from that, each in the place where it works:

- Plans are made for any workspace, not for the one at hand (`plan_cache_mode`, db/sessions.py). That holds for the checks of
  foreign keys too.
- Statistics say that any workspace has a thousand leads (migration 0005): with one lead each, the unique key of the emails,
  read from end to end, would seem as good as that of the ids.
- A list of keys seems short: ``listed``.
"""

from psycopg import Cursor

#: Without sorting, ORDER BY the columns of a key leaves the planner the index of that key: to the end of the transaction,
#: what is ordered by a key is found along it.
WALK_ALONG_KEY = "SELECT set_config('enable_sort', 'off', true)"

#: Without nested loops, two large sets of rows are read once each and joined by hashing or sorting.
READ_ONCE = "SELECT set_config('enable_nestloop', 'off', true)"


def can_walk(cursor: Cursor) -> bool:
    """Whether the server finds many values in one walk along an index whose second column they are in (PostgreSQL 17)."""
    return cursor.connection.info.server_version >= 17_00_00


def listed(first: str, *others: str, alike: str = "") -> str:
    """What a FROM joins with a table of ours by its key: a row for each element of the arrays, which are equally long.

    A LIMIT whose number is not known yet counts as a tenth of the rows, and an array that is not known yet as ten of them:
    the planner expects one row, and one look-up by the key is never dearer than reading a workspace. ``alike`` is a value
    that every row ends with: something for the rows found to be compared with, which they are not searched by.
    """
    columns = f"*, {alike}" if alike else "*"
    return f"(SELECT {columns} FROM unnest({', '.join([first, *others])}) LIMIT cardinality({first}))"
