"""What an operator watches: imports, rows, durations, the queue, the pool. Sums over the whole server, no workspace, no lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Engine

from core.health_flow import get_schema_state
from core.version import VERSION
from db import metrics
from db.jobs import STALLED_AFTER_S

#: Upper bounds of the durations' buckets, in seconds: from a request of a few rows to a file of 50,000 on a busy server.
DURATION_BOUNDS_S = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
JOB_STATES = ("todo", "doing", "failed")


class Durations(NamedTuple):
    """Finished imports of one door. ``counts`` has one number per bound and one more, each without those before it."""

    counts: tuple[int, ...]
    total_s: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one moment. ``rows`` is by door and outcome, ``imports`` by door and state."""

    version: str
    schema: str
    imports: Mapping[tuple[str, str], int]
    rows: Mapping[tuple[str, str], int]
    durations: Mapping[str, Durations]
    jobs: Mapping[str, int]
    oldest_job_s: float
    workers: int
    pool: metrics.PoolUse


def collect_figures(engine: Engine) -> Figures:
    """Read them now. Raises sqlalchemy's OperationalError or TimeoutError where the database is away."""
    pool = metrics.get_pool_use(engine)  # before this question takes a connection itself
    with engine.connect() as conn:
        found = metrics.count_imports(conn)
        counted = metrics.count_durations(conn, bounds_s=DURATION_BOUNDS_S)
        jobs = metrics.count_jobs(conn)
        oldest_job_s = metrics.get_oldest_job_age(conn)
        workers = metrics.count_workers(conn, silent_s=STALLED_AFTER_S)
    rows: dict[tuple[str, str], int] = {}
    for row in found:
        for outcome in ("created", "restored", "duplicates", "errors"):
            rows[row.door, outcome] = rows.get((row.door, outcome), 0) + getattr(row, outcome)
    durations = {}
    for door in sorted({row.door for row in counted}):
        of_door = [row for row in counted if row.door == door]
        counts = {row.bucket: row.imports for row in of_door}
        durations[door] = Durations(
            tuple(counts.get(bucket, 0) for bucket in range(len(DURATION_BOUNDS_S) + 1)),
            sum(row.seconds for row in of_door),
        )
    return Figures(
        version=VERSION,
        schema=get_schema_state(engine).current or "none",
        imports={(row.door, row.state): row.imports for row in found},
        rows=rows,
        durations=durations,
        jobs={state: jobs.get(state, 0) for state in JOB_STATES},
        oldest_job_s=oldest_job_s,
        workers=workers,
        pool=pool,
    )
