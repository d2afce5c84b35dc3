"""Two processes that serve the API on one database, behind a proxy that asks them in turn: together they are one API."""

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from api.settings import PREFIX
from tests.api.test_import import counts, people
from tests.api.test_serving import serve_alone
from tests.conftest import count_leads
from tests.factories import run_together, wait_until
from tests.sticky_proxy import StickyProxy, running_proxy


@pytest.fixture(scope="module")
def redis_uri() -> Iterator[str]:
    """A Redis of the test's own; the test is skipped where none is installed."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-server)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([program, "--port", str(port), "--save", ""], stdout=subprocess.DEVNULL)

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_until(answers)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def proxy(redis_uri: str, engine, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StickyProxy]:
    """Two processes with a common count of requests, behind one address."""
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("RATE_LIMIT_STORAGE_URI", redis_uri)
            servers = [stack.enter_context(serve_alone(database_url))[0] for _ in range(2)]
        for url in servers:
            assert httpx.get(f"{url}/health", timeout=60).json()["status"] == "ok"
        yield stack.enter_context(running_proxy(api=servers))


@pytest.fixture
def call(proxy: StickyProxy, api_key: str) -> Callable[..., httpx.Response]:
    """A request on a connection of its own, as from one client among many."""

    def ask(method: str, path: str, **options) -> httpx.Response:
        headers = {"X-API-Key": api_key, **options.pop("headers", {})}
        return httpx.request(method, f"{proxy.url}{PREFIX}{path}", headers=headers, timeout=60, **options)

    return ask


def test_requests_are_counted_together(proxy, call):
    """Counted over all server processes: no count is given twice in a window, whichever process was asked."""
    before = dict(proxy.asked)
    answers = run_together(*[lambda: call("GET", "/leads")] * 10)
    assert [answer.status_code for answer in answers] == [200] * 10
    assert all(proxy.asked[one] - before[one] == 5 for one in proxy.asked), "each process got half of them"
    windows: dict[str, list[int]] = {}  # a minute may end in between
    for answer in answers:
        used = int(answer.headers["x-ratelimit-limit"]) - int(answer.headers["x-ratelimit-remaining"])
        windows.setdefault(answer.headers["x-ratelimit-reset"], []).append(used)
    assert all(sorted(used) == list(range(1, len(used) + 1)) for used in windows.values())


def test_the_same_leads_through_both_become_leads_once(call, engine, workspace_id):
    answers = run_together(*[lambda: call("POST", "/leads/import", json={"leads": people(200)})] * 4)
    assert sorted(counts(answer) for answer in answers) == [*[(0, 0, 200, 0)] * 3, (200, 0, 0, 0)]
    assert count_leads(engine, workspace_id) == (200, 0)


def test_an_idempotency_key_is_known_to_both(call, engine, workspace_id):
    def send() -> httpx.Response:
        return call("POST", "/leads/import", json={"leads": people(50)}, headers={"Idempotency-Key": "both"})

    answers = run_together(*[send] * 4)
    assert len({answer.content for answer in answers}) == 1
    assert counts(answers[0]) == (50, 0, 0, 0)


def test_what_one_process_wrote_the_other_reads(call):
    made = call("POST", "/leads", json={"email": "ada@example.com"}).json()["data"]
    for _ in range(2):
        assert call("GET", f"/leads/{made['id']}").json()["data"]["email"] == "ada@example.com"
    assert call("DELETE", f"/leads/{made['id']}").status_code == 200
    assert [call("GET", f"/leads/{made['id']}").status_code for _ in range(2)] == [404, 404]
