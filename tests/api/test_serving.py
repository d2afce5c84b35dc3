"""The two ways to serve the API: mounted at /api/v1 inside another application, and alone with several workers."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx
import pytest
from sqlalchemy import Engine, text
from starlette.applications import Starlette
from starlette.routing import Mount

from api.main import create_api
from api.settings import PREFIX, ApiSettings
from tests.api.conftest import serve
from tests.api.test_import import counts, people, post, run_together, snapshot
from tests.conftest import count_leads

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def serve_alone(database_url: str, *options: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """`uvicorn api.main:api …` in a process of its own: its base URL, and the process."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # The socket listens before the server starts, so the first request simply waits for it.
        server = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "api.main:api", "--fd", str(listener.fileno()), *options],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url, "RATE_LIMIT_PER_MINUTE": "100000"},
            pass_fds=[listener.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}{PREFIX}", server
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


def test_several_workers_serve_one_database(database_url, api_key, engine, workspace_id):
    """`uvicorn api.main:api --workers N`, each with an engine of its own."""

    def import_people() -> httpx.Response:
        # A client of its own for each request: several connections, so that both workers are asked.
        with httpx.Client(base_url=url, headers={"X-API-Key": api_key}, timeout=60) as client:
            return post(client, people(50))

    with serve_alone(database_url, "--workers", "2") as (url, _):
        assert httpx.get(f"{url}/health", timeout=60).json()["status"] == "ok"
        answers = run_together(*[import_people] * 6)
    assert sorted(counts(answer) for answer in answers) == [*[(0, 0, 50, 0)] * 5, (50, 0, 0, 0)]
    assert count_leads(engine, workspace_id) == (50, 0)


def test_a_server_killed_in_the_middle_of_an_import_leaves_nothing(database_url, http, engine, workspace_id):
    """After a crash at any moment, the database is as it was before; the request can be repeated."""
    headers = {**http.headers, "Idempotency-Key": "k"}
    body = {"leads": people(50)}
    before = snapshot(engine, workspace_id)

    def ask(url: str) -> None:
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{url}/leads/import", json=body, headers=headers, timeout=60)

    with serve_alone(database_url) as (url, server), engine.connect() as conn:
        assert httpx.get(f"{url}/health", timeout=60).json()["status"] == "ok"
        conn.exec_driver_sql("SELECT FROM workspaces WHERE id = %s FOR NO KEY UPDATE", (workspace_id,))
        asking = Thread(target=ask, args=(url,))
        asking.start()
        pid = wait_for_waiting(engine)  # the import holds a transaction open, and waits for our lock
        server.kill()
        asking.join()
        conn.rollback()
    wait_for_end(engine, pid)
    assert snapshot(engine, workspace_id) == before
    assert counts(http.post("/leads/import", json=body, headers=headers)) == (50, 0, 0, 0)


def wait_for_waiting(engine: Engine) -> int:
    """The server process that waits for a workspace's lock, once there is one."""
    while True:
        with engine.connect() as conn:
            pid = conn.scalar(
                text(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
                    "AND query LIKE '%FROM workspaces%'"
                )
            )
        if pid:
            return pid


def wait_for_end(engine: Engine, pid: int) -> None:
    """Return when that server process of PostgreSQL is gone: it has noticed that its client is."""
    while True:
        with engine.connect() as conn:
            if conn.scalar(text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid"), {"pid": pid}) == 0:
                return
