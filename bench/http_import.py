"""One request of 1000 valid new leads through the HTTP door, JSON in to JSON out, as a ratio to a bare COPY of 1000 rows.

A real uvicorn in a process of its own, over a loopback socket that is kept alive. The body is ready-made bytes, as a client
has them; the time ends with the answer's JSON parsed.
"""

import json
import os
import socket
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

from pydantic.alias_generators import to_camel
from sqlalchemy import Engine

from bench.core_import import ROWS, make_workspace, prepare_bare_copy
from bench.measuring import BESIDE_COPY, beside_copy
from bench.people import make_drafts
from bench.results import Table
from core.key_flow import create_key
from db.jobs import driver_url

ROOT = Path(__file__).resolve().parents[1]
TITLE = "HTTP import of 1000 leads, JSON in to JSON out"
GOAL = "3.0"


def measure(engine: Engine, options: Namespace) -> Table:
    """Ratio to the bare COPY."""
    with serve_alone(engine) as port, closing(HTTPConnection("127.0.0.1", port)) as connection:
        row = beside_copy(
            options.rounds, lambda n: prepare_bare_copy(engine), "all new", lambda n: prepare_request(engine, connection)
        )
    return Table([*BESIDE_COPY, "goal"], [[*row, GOAL]])


def prepare_request(engine: Engine, connection: HTTPConnection) -> Callable[[], None]:
    """A request with ROWS new leads for a workspace of its own."""
    secret = create_key(engine, workspace_id=make_workspace(engine), name="bench").secret
    body = make_body()
    ask(connection, "GET", "/api/v1/imports", secret)  # a key's first use writes it down
    return lambda: import_body(connection, secret, body)


def make_body() -> bytes:
    """The body of a request with ROWS new leads."""
    leads = [{to_camel(key): value for key, value in draft.items()} for draft in make_drafts(ROWS, uuid4().hex[:8])]
    return json.dumps({"leads": leads}, ensure_ascii=False).encode()


def import_body(connection: HTTPConnection, secret: str, body: bytes) -> None:
    """The request, and its answer. Raises RuntimeError where not all leads are new."""
    data = ask(connection, "POST", "/api/v1/leads/import", secret, body)["data"]
    if data["created"] != ROWS:
        raise RuntimeError(f"not all was imported: {data}")


def ask(
    connection: HTTPConnection, method: str, path: str, secret: str, body: bytes | None = None
) -> dict:
    """The JSON of a good answer."""
    connection.request(method, path, body, {"X-API-Key": secret})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {content[:500]!r}")
    return json.loads(content)


@contextmanager
def serve_alone(engine: Engine, *, workers: int = 1) -> Iterator[int]:
    """`uvicorn api.main:api` on the engine's database, as the README has it; the port, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "api.main:api", "--no-access-log", "--port", str(port), "--workers", str(workers)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": driver_url(engine)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while server.poll() is None and not answers(port):
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()


def answers(port: int) -> bool:
    """Whether somebody listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
