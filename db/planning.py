"""What the planner must not do in a transaction that names many rows by their keys.

With the statistics of a young table, or of a workspace that has just grown, the planner may believe that a workspace holds
a handful of rows, and read, sort or hash all of them (30 ms at 40,000 leads).
"""

from psycopg import Cursor

#: Without hash and merge joins, a join by a key leaves the planner the index of that key.
JOIN_BY_KEY = "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)"

#: Without sorting, ORDER BY the columns of a key does so too.
LOOK_UP_BY_KEY = f"{JOIN_BY_KEY}, set_config('enable_sort', 'off', true)"


def send_look_up_by_key(cursor: Cursor) -> None:
    """Send, for a pipeline: to the end of the transaction, rows that are named by their keys are looked up by them."""
    cursor.execute(LOOK_UP_BY_KEY)
