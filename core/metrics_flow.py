"""What an operator watches: imports, rows, durations, the queue, the pool. Sums over the whole server, no workspace, no lead."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Engine, Row

from core.health_flow import get_schema_state
from core.version import VERSION
from db import metrics
from db.jobs import STALLED_AFTER_S

#: Upper bounds of the durations' buckets, in seconds: from a request of a few rows to a file of 50,000 on a busy server.
DURATION_BOUNDS_S = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
OUTCOMES = ("created", "restored", "duplicates", "errors")
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
        found = metrics.count_imports(conn, bounds_s=DURATION_BOUNDS_S)
        jobs = metrics.count_jobs(conn)
        oldest_job_s = metrics.get_oldest_job_age(conn)
        workers = metrics.count_workers(conn, silent_s=STALLED_AFTER_S)
    imports: Counter[tuple[str, str]] = Counter()
    rows: Counter[tuple[str, str]] = Counter()
    for row in found:
        imports[row.door, row.state] += row.imports
        for outcome in OUTCOMES:
            rows[row.door, outcome] += getattr(row, outcome)
    return Figures(
        version=VERSION,
        schema=get_schema_state(engine).current or "none",
        imports=imports,
        rows=rows,
        durations={door: _durations(found, door) for door in sorted({row.door for row in found})},
        jobs={state: jobs.get(state, 0) for state in JOB_STATES},
        oldest_job_s=oldest_job_s,
        workers=workers,
        pool=pool,
    )


def _durations(found: Sequence[Row], door: str) -> Durations:
    finished = [row for row in found if row.door == door and row.bucket is not None]
    counts: Counter[int] = Counter()
    for row in finished:
        counts[row.bucket] += row.imports
    return Durations(
        tuple(counts[bucket] for bucket in range(len(DURATION_BOUNDS_S) + 1)), sum(row.seconds for row in finished)
    )
