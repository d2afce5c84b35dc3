"""The two ways to serve the API: mounted at /api/v1 inside another application, and alone with several workers."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from api.main import create_api
from api.settings import PREFIX, ApiSettings
from tests.api.conftest import serve
from tests.api.test_import import counts, people, post, run_together
from tests.conftest import count_leads

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def workers_url(database_url: str) -> Iterator[str]:
    """`uvicorn api.main:api --workers 2`, as the README has it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # The socket listens before the server starts, so the first request simply waits for it.
        server = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "api.main:api", "--workers", "2", "--fd", str(listener.fileno())],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url, "RATE_LIMIT_PER_MINUTE": "100000"},
            pass_fds=[listener.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}{PREFIX}"
        finally:
            server.terminate()
            server.wait()


def test_mounted_it_answers_below_the_prefix(api_engine, api_key):
    """Mounted by app.py at /api/v1; its own lifespan is not run then."""
    inner = create_api(ApiSettings(), get_engine=lambda: api_engine)
    with serve(Starlette(routes=[Mount(PREFIX, inner)])) as url:
        assert httpx.get(f"{url}/health").status_code == 200
        assert httpx.get(f"{url}/leads").status_code == 403
        assert httpx.get(f"{url}/leads", headers={"X-API-Key": api_key}).status_code == 200
        assert httpx.get(f"{url}/openapi.json").json()["servers"] == [{"url": PREFIX}]
        assert httpx.get(f"{url}/docs/start.js").status_code == 200


def test_alone_it_answers_below_the_prefix_and_nowhere_else(base_url):
    root = base_url.removesuffix(PREFIX)
    assert httpx.get(f"{base_url}/health").status_code == 200
    for path in ("/health", "/", "/api", PREFIX, "/api/v10/health", f"/x{PREFIX}/health"):
        answer = httpx.get(root + path)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"}), path


def test_several_workers_serve_one_database(workers_url, api_key, engine, workspace_id):
    """Servable alone with several workers, each with an engine of its own."""
    with httpx.Client(base_url=workers_url, headers={"X-API-Key": api_key}, timeout=60) as client:
        assert client.get("/health").json()["status"] == "ok"
    headers = {"X-API-Key": api_key}
    # A client of its own for each request: several connections, so that both workers are asked.
    works = [
        lambda: post(httpx.Client(base_url=workers_url, headers=headers, timeout=60), people(50)) for _ in range(6)
    ]
    answers = run_together(*works)
    assert sorted(counts(answer) for answer in answers) == [*[(0, 0, 50, 0)] * 5, (50, 0, 0, 0)]
    assert count_leads(engine, workspace_id) == (50, 0)
