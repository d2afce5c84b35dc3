"""The rate limit over a real socket, with a clock that the test moves: contract.md section 4, "Rate limit"."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread

import httpx
import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from api.main import create_api
from api.rate_limit import RateLimit
from api.settings import ApiSettings
from core.key_flow import create_key
from db import imports
from tests.api.conftest import serve

LIMIT = 100
NAMES = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")


class Clock:
    """A clock that stands still until it is moved. It begins 20.25 seconds into a minute."""

    def __init__(self) -> None:
        self.now = 1_700_000_000 // 60 * 60 + 20.25

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(api_engine: Engine, clock: Clock) -> Iterator[str]:
    with serve(create_api(ApiSettings(), rate_limit=RateLimit(per_minute=LIMIT, clock=clock))) as url:
        yield url


@pytest.fixture
def caller(door: str, api_key: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=door, headers={"X-API-Key": api_key}) as client:
        yield client


def limits(answer: httpx.Response) -> tuple[int, ...]:
    return tuple(int(answer.headers[name]) for name in NAMES)


def test_the_setting_is_100_where_nobody_sets_it():
    """100 requests per minute per API key."""
    assert ApiSettings().rate_limit_per_minute == LIMIT


def test_the_hundred_and_first_request_is_429(caller, clock):
    """A 429 adds `Retry-After` (seconds); the body is exactly the documented one."""
    reset = int(clock.now) // 60 * 60 + 60
    for i in range(LIMIT):
        answer = caller.get("/health-of-nothing")
        assert (answer.status_code, *limits(answer)) == (404, LIMIT, LIMIT - 1 - i, reset)
        assert "retry-after" not in answer.headers
    answer = caller.get("/leads")
    assert answer.status_code == 429
    assert answer.json() == {
        "error": "Rate limit exceeded",
        "code": "rate_limit_exceeded",
        "details": {"limit": LIMIT, "reset": reset},
    }
    assert limits(answer) == (LIMIT, 0, reset)
    assert answer.headers["retry-after"] == "40"


def test_after_retry_after_seconds_the_window_is_new(caller, clock):
    """Fixed 60-second window."""
    for _ in range(LIMIT + 1):
        answer = caller.get("/leads")
    clock.now += int(answer.headers["retry-after"])
    answer = caller.get("/leads")
    assert (answer.status_code, limits(answer)[1]) == (200, LIMIT - 1)


def test_until_then_it_stays_shut(caller, clock):
    for _ in range(LIMIT):
        caller.get("/leads")
    clock.now = clock.now // 60 * 60 + 59.999
    answer = caller.get("/leads")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")


def test_one_count_over_all_endpoints(caller):
    """Counted over all endpoints."""
    answers = [
        caller.get("/leads"), caller.get("/campaigns"), caller.get("/imports"), caller.post("/leads/import", content=b""),
        caller.get("/nothing"),
    ]  # fmt: skip
    assert [limits(answer)[1] for answer in answers] == [99, 98, 97, 96, 95]


def test_an_import_of_1000_leads_is_one_request(caller):
    """An import of 1000 leads is one request."""
    leads = [{"email": f"a{i}@example.com"} for i in range(1000)]
    assert limits(caller.post("/leads/import", json={"leads": leads}))[1] == LIMIT - 1


def test_each_key_has_its_own_count(caller, engine, workspace_id):
    """Per API key."""
    caller.get("/leads")
    other = create_key(engine, workspace_id=workspace_id, name="other").secret
    assert limits(caller.get("/leads", headers={"X-API-Key": other}))[1] == LIMIT - 1


def test_every_answer_to_an_authenticated_call_carries_the_headers(caller, engine, workspace_id, monkeypatch):
    """Every answer to an authenticated call, good or bad, carries the three headers."""
    def post(body: bytes, **headers: str) -> httpx.Response:
        return caller.post("/leads/import", content=body, headers=headers)

    reader = create_key(engine, workspace_id=workspace_id, name="reader", scopes=["read"]).secret
    answers = {
        200: post(b'{"leads": [{}]}'),
        400: post(b'{"leads": []}'),
        403: post(b"", **{"X-API-Key": reader}),
        404: caller.get("/imports/imp_x"),
        405: caller.put("/leads"),
        413: post(b" " * (10 * 1024 * 1024 + 1)),
        422: post(b"no"),
    }
    monkeypatch.setattr(imports, "count_imports", lambda *args, **kwargs: 1 / 0)
    answers[500] = caller.get("/imports")
    monkeypatch.setattr(imports, "count_imports", away)
    answers[503] = caller.get("/imports")
    for status, answer in answers.items():
        assert answer.status_code == status, answer.text
        assert limits(answer)[0] == LIMIT, status


def away(*args: object, **kwargs: object) -> None:
    raise OperationalError("SELECT 1", {}, psycopg.OperationalError("server closed the connection unexpectedly"))


def test_without_a_key_nothing_is_counted_or_told(door):
    answer = httpx.get(f"{door}/leads")
    assert answer.status_code == 403
    assert not set(NAMES) & set(answer.headers)
    assert not set(NAMES) & set(httpx.get(f"{door}/health").headers)


def test_requests_at_once_are_counted_exactly():
    """In-process by default: no count is lost between threads."""
    limit, barrier, found = RateLimit(per_minute=1000, clock=lambda: 0.0), Barrier(8), []

    def ask() -> None:
        barrier.wait()
        found.extend(limit.count("key").remaining for _ in range(50))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(600, 1000))


# --- shared in Redis ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def redis_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis on a unix socket of the test's own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (Debian's package of that name)")
    path = Path(tmp_path_factory.mktemp("redis")) / "redis.sock"
    settings = ["--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no", "--dir", str(path.parent)]
    server = subprocess.Popen([program, *settings], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        for line in server.stdout:  # it says when it is ready
            if "eady to accept connections" in line:
                break
        yield f"redis+unix://{path}"
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def test_processes_share_one_count_in_redis(redis_uri, api_engine, api_key, clock):
    """Counted over all server processes, where they share a Redis."""
    doors = [
        create_api(ApiSettings(), rate_limit=RateLimit(per_minute=5, storage_uri=redis_uri, clock=clock)) for _ in range(2)
    ]
    with serve(doors[0]) as one, serve(doors[1]) as two:
        answers = [httpx.get(f"{url}/leads", headers={"X-API-Key": api_key}) for url in (one, two, one, two, one, two)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert [limits(answer)[1] for answer in answers] == [4, 3, 2, 1, 0, 0]


def test_where_redis_is_away_the_process_counts_alone(api_engine, api_key, clock, caplog):
    """A counter that is away does not shut the door."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    limit = RateLimit(per_minute=2, storage_uri=f"redis://127.0.0.1:{port}", clock=clock)
    with serve(create_api(ApiSettings(), rate_limit=limit)) as url:
        answers = [httpx.get(f"{url}/leads", headers={"X-API-Key": api_key}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "this process counts alone" in caplog.text


def test_settings_from_the_environment():
    environment = {"RATE_LIMIT_PER_MINUTE": "7", "RATE_LIMIT_STORAGE_URI": "redis://localhost/0"}
    settings = ApiSettings.from_environment(environment)
    assert (settings.rate_limit_per_minute, settings.rate_limit_storage_uri) == (7, "redis://localhost/0")
    empty = ApiSettings.from_environment({"RATE_LIMIT_PER_MINUTE": "", "RATE_LIMIT_STORAGE_URI": ""})
    assert empty == ApiSettings()


@pytest.mark.parametrize("environment", [{"RATE_LIMIT_PER_MINUTE": "0"}, {"RATE_LIMIT_PER_MINUTE": "many"},
                                         {"RATE_LIMIT_STORAGE_URI": "http://localhost"}])  # fmt: skip
def test_a_wrong_setting_is_refused_at_the_start(environment):
    with pytest.raises(ValueError, match=next(iter(environment)).lower()):
        ApiSettings.from_environment(environment)
