"""GET /metrics: figures for Prometheus, told to whoever has the token METRICS_TOKEN and to nobody else.

Without a token configured nobody is told: behind a proxy on the same machine every caller seems to come from it, so an
address proves nothing. API keys do not open it either: they are one workspace's, the figures are the whole server's.
"""

import hmac
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, InfoMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.datastructures import Headers
from starlette.responses import Response

from api.deps import EngineDep
from api.errors import problem
from core.metrics_flow import DURATION_BOUNDS_S, Figures, collect_figures

router = APIRouter(include_in_schema=False)  # an operator's, not a customer's


@router.get("/metrics")
def get_metrics(request: Request, engine: EngineDep) -> Response:
    token: str | None = request.app.state.metrics_token
    if token is None:
        return problem(403, "Not allowed: metrics are off. Set METRICS_TOKEN and send it as Authorization: Bearer …")
    if not is_token(request.headers, token):
        return problem(403, "Not allowed: send the metrics token as Authorization: Bearer …")
    registry = CollectorRegistry()
    registry.register(FiguresCollector(collect_figures(engine)))
    ProcessCollector(registry=registry)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def is_token(headers: Headers, token: str) -> bool:
    """Whether the request brings this token, compared in constant time."""
    kind, _, sent = headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and hmac.compare_digest(sent.strip().encode(), token.encode())


class FiguresCollector(Collector):
    """The figures as metrics."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Any]:
        figures = self._figures
        build = InfoMetricFamily("lead_import_build", "Release of the code, revision of the database's schema")
        build.add_metric([], {"version": figures.version, "schema": figures.schema})
        yield build
        imports = GaugeMetricFamily("lead_import_imports", "Imports by door and state", labels=["door", "state"])
        for labels, count in sorted(figures.imports.items()):
            imports.add_metric(labels, count)
        yield imports
        rows = CounterMetricFamily("lead_import_rows", "Rows by door and outcome", labels=["door", "outcome"])
        for labels, count in sorted(figures.rows.items()):
            rows.add_metric(labels, count)
        yield rows
        yield self._durations()
        jobs = GaugeMetricFamily("lead_import_queue_jobs", "Jobs in the queue by state", labels=["state"])
        for state, count in figures.jobs.items():
            jobs.add_metric([state], count)
        yield jobs
        yield GaugeMetricFamily(
            "lead_import_queue_oldest_job_seconds", "Age of the oldest waiting job", figures.oldest_job_s
        )
        yield GaugeMetricFamily("lead_import_workers", "Workers that are alive, over all processes", figures.workers)
        pool = GaugeMetricFamily(
            "lead_import_pool_connections", "Database connections of the process that answers", labels=["state"]
        )
        pool.add_metric(["in_use"], figures.pool.in_use)
        pool.add_metric(["idle"], figures.pool.idle)
        yield pool
        yield GaugeMetricFamily(
            "lead_import_pool_limit", "Connections that this process opens at most", figures.pool.limit
        )

    def _durations(self) -> HistogramMetricFamily:
        family = HistogramMetricFamily(
            "lead_import_duration_seconds", "From the start of an import to its last row", labels=["door"]
        )
        bounds = [*map(str, DURATION_BOUNDS_S), "+Inf"]
        for door, durations in self._figures.durations.items():
            below = 0
            buckets = []
            for bound, count in zip(bounds, durations.counts, strict=True):
                below += count
                buckets.append((bound, below))
            family.add_metric([door], buckets, durations.total_s)
        return family
