"""Many clients at once, each a process of its own, on one workspace and on a workspace each: leads a second, all together.

Every client prepares its imports of 1000 new leads, waits for the others, and then sends one after another.
"""

import multiprocessing
import time
from argparse import Namespace
from collections.abc import Callable
from http.client import HTTPConnection
from multiprocessing.synchronize import Barrier
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine

from bench.core_import import ROWS, import_drafts, make_workspace
from bench.http_import import ask, import_body, make_body, serve_alone
from bench.people import make_drafts
from bench.results import Table
from core.access import COMMAND_LINE, declare_process
from core.key_flow import create_key
from core.process import tune_garbage_collector
from db.engine import make_engine
from db.jobs import driver_url

TITLE = "concurrency: leads a second, of all clients together, database included"
CLIENTS = (1, 2, 4, 8)
#: Imports of each case, over all clients: seconds of work, and fewer for each key than its rate limit of 100 a minute.
IMPORTS = 48
GOALS = {("core", "one workspace"): "18,000", ("core", "a workspace each"): "35,000 (8)", ("HTTP", "one workspace"): "16,667", ("HTTP", "a workspace each"): "16,667"}
NOTE = "16,667 leads a second over HTTP are a million a minute, ten times the rate limit of one key. The HTTP server runs two workers."

#: Clients are forked from a process that has loaded everything and done nothing.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["bench.concurrency"])


def measure(engine: Engine, options: Namespace) -> Table:
    """Leads a second by door, spread and number of clients."""
    rows = []
    url = driver_url(engine)
    with serve_alone(engine, workers=2) as port:
        for door, client, address in (("core", run_core_client, url), ("HTTP", run_http_client, port)):
            for spread in ("one workspace", "a workspace each"):
                rates = [measure_clients(engine, client, address, clients, spread) for clients in CLIENTS]
                rows.append([door, spread, *(f"{rate:,.0f}" for rate in rates), GOALS[door, spread]])
    return Table(["", "", *(f"{clients} clients" for clients in CLIENTS), "goal"], rows, NOTE)


def measure_clients(engine: Engine, client: Callable, address: str | int, clients: int, spread: str) -> float:
    """Leads a second from the first client's start to the last one's end."""
    shared = make_workspace(engine)
    barrier, spans = _processes.Barrier(clients), _processes.SimpleQueue()
    processes = []
    for _ in range(clients):
        workspace_id = shared if spread == "one workspace" else make_workspace(engine)
        secret = create_key(engine, workspace_id=workspace_id, name="bench").secret
        arguments = (client, address, workspace_id, secret, IMPORTS // clients, barrier, spans)
        processes.append(_processes.Process(target=run_client, args=arguments))
    for process in processes:
        process.start()
    ends = [spans.get() for _ in processes]
    for process in processes:
        process.join()
    seconds = max(end for _, end in ends) - min(start for start, _ in ends)
    return IMPORTS // clients * clients * ROWS / seconds


def run_client(
    client: Callable, address: Any, workspace_id: str, secret: str, imports: int, barrier: Barrier, spans: Any
) -> None:
    """In a process of its own: prepare, wait for the others, import; its start and end go into ``spans``."""
    declare_process(COMMAND_LINE)
    works = client(address, workspace_id, secret, imports)
    tune_garbage_collector()
    barrier.wait()
    start = time.time()  # of the wall, which all processes share
    for work in works:
        work()
    spans.put((start, time.time()))


def run_core_client(url: str, workspace_id: str, secret: str, imports: int) -> list[Callable[[], None]]:
    """Imports through core, on a connection of its own that has been used before."""
    engine = make_engine(url, pool_size=1)
    lists = [make_drafts(ROWS, uuid4().hex[:8]) for _ in range(imports + 1)]
    import_drafts(engine, workspace_id, lists.pop())
    return [lambda drafts=drafts: import_drafts(engine, workspace_id, drafts) for drafts in lists]


def run_http_client(port: int, workspace_id: str, secret: str, imports: int) -> list[Callable[[], None]]:
    """Requests with ready-made bodies, on a connection that is kept."""
    connection = HTTPConnection("127.0.0.1", port)
    bodies = [make_body() for _ in range(imports)]
    ask(connection, "GET", "/api/v1/imports", secret)  # a key's first use writes it down
    return [lambda body=body: import_body(connection, secret, body) for body in bodies]
