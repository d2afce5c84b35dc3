"""Figures of the whole server for its operator: over all workspaces, sums alone, never anything of one lead.

Each reads the import records or the queue once. They come from the database because several processes do the work, and
whichever of them is asked has to tell the same.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Row, text
from sqlalchemy.pool import QueuePool

from db.engine import MAX_OVERFLOW

#: One walk through the records. ``bucket`` is how many of the bounds the duration has reached: for imports that came to the
#: end of their file, because what a histogram has counted once it must count for good; null for the others.
IMPORTS = text("""
    SELECT
        door, state, width_bucket(seconds, CAST(:bounds AS float[])) AS bucket,
        count(*) AS imports, sum(seconds) AS seconds,
        sum(created) AS created, sum(restored) AS restored, sum(duplicates) AS duplicates, sum(errors) AS errors
    FROM (
        SELECT
            door, state, created, restored, duplicates, errors,
            CASE WHEN part_count > 0 AND parts_done = part_count
                THEN date_part('epoch', finished_at - started_at)
            END AS seconds
        FROM imports
    ) AS record
    GROUP BY door, state, bucket
""")

JOBS = text("SELECT CAST(status AS text) AS status, count(*) AS jobs FROM procrastinate_jobs GROUP BY status")

#: Since the oldest waiting job was put into the queue; null where none waits.
OLDEST_JOB = text("""
    SELECT CAST(extract(epoch FROM transaction_timestamp() - min(event.at)) AS float)
    FROM procrastinate_jobs AS job
    JOIN procrastinate_events AS event
        ON event.job_id = job.id
        AND event.type = 'deferred'
    WHERE job.status = 'todo'
""")

LIVING_WORKERS = text("""
    SELECT count(*)
    FROM procrastinate_workers
    WHERE last_heartbeat > transaction_timestamp() - make_interval(secs => :silent_s)
""")


class PoolUse(NamedTuple):
    """Connections of this process's pool, now. ``limit`` is how many it opens at most."""

    in_use: int
    idle: int
    limit: int


def count_imports(conn: Connection, *, bounds_s: Sequence[float]) -> Sequence[Row]:
    """door, state, bucket; imports and their seconds; the rows of each outcome.

    Bucket n holds what took at least ``bounds_s[n - 1]`` and less than ``bounds_s[n]``, None what is not finished.
    """
    return conn.execute(IMPORTS, {"bounds": list(bounds_s)}).all()


def count_jobs(conn: Connection) -> dict[str, int]:
    """Jobs in the queue by status. Those that ended well are not kept."""
    return {row.status: row.jobs for row in conn.execute(JOBS)}


def get_oldest_job_age(conn: Connection) -> float:
    """How long the oldest waiting job has waited, in seconds; 0 where none waits."""
    return max(conn.scalar(OLDEST_JOB) or 0.0, 0.0)


def count_workers(conn: Connection, *, silent_s: float) -> int:
    """Workers that were heard of within ``silent_s`` seconds, in whichever process."""
    return conn.scalar(LIVING_WORKERS, {"silent_s": silent_s}) or 0


def get_pool_use(engine: Engine) -> PoolUse:
    """Of the process that is asked: connections are its own."""
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    return PoolUse(pool.checkedout(), pool.checkedin(), pool.size() + MAX_OVERFLOW)
