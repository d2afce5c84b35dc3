"""The import through the HTTP door: answers that get lost, and a database that is lost under the API.

After each the client does what the contract tells it: on 503 it waits as told and asks again; on a lost answer it repeats.
"""

import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import httpx
import psycopg
import pytest
from pydantic_core import to_json

from api.main import create_api
from api.rate_limit import RateLimit
from api.settings import PREFIX, ApiSettings
from core.key_flow import create_key
from tests.api.conftest import NO_LIMIT, serve
from tests.api.test_serving import serve_alone
from tests.factories import wait_until
from tests.faults import scenario
from tests.faults.house import PATIENCE_S, House
from tests.faults.proxy import AnswerPoint, BytePoint, Link, MessagePoint, Point, Proxy
from tests.faults.scenario import Holding

SIZE = 1000
#: Requests that one fault may cost.
MAX_REQUESTS = 6


class Api:
    """The API over the product's engine, reached directly or through a proxy of its own."""

    def __init__(self, house: House, url: str) -> None:
        self.house = house
        self.url = url
        self.client_proxy = Proxy(self._connect, is_postgres=False)
        self._fault_free: tuple[Holding, int, dict] | None = None

    def _connect(self):
        import socket

        at = httpx.URL(self.url)
        return socket.create_connection((at.host, at.port))

    @property
    def proxied_url(self) -> str:
        return f"http://127.0.0.1:{self.client_proxy.port}{PREFIX}"

    def fault_free(self) -> tuple[Holding, int, dict]:
        """What an undisturbed request leaves behind, how many messages it takes, and its answer's counts."""
        if self._fault_free is None:
            for _ in range(3):  # later ones find their statements prepared
                request = Request(self)
                point = MessagePoint(0)
                with self.house.proxy.trap(point):
                    answer = request.send()
                holding = scenario.look(self.house.direct, request.workspace_id)
                request.forget()
            self._fault_free = holding, point.seen, counts(answer)
        return self._fault_free


class Request:
    """One import request in a workspace of its own, with or without an idempotency key."""

    def __init__(self, api: Api, *, idempotency_key: str | None = None) -> None:
        self.api = api
        self.workspace_id = scenario.fill_workspace(api.house.direct, size=SIZE)
        secret = create_key(api.house.direct, workspace_id=self.workspace_id, name="faults").secret
        self.headers = {"X-API-Key": secret, "Content-Type": "application/json"}
        if idempotency_key:
            self.headers["Idempotency-Key"] = idempotency_key
        self.body = to_json({"leads": scenario.leads_for(SIZE)})

    def send(self, url: str | None = None) -> httpx.Response:
        return httpx.post(
            f"{url or self.api.url}/leads/import", content=self.body, headers=self.headers, timeout=PATIENCE_S
        )

    def send_until_answered(self, *urls: str) -> tuple[list[httpx.Response | None], float]:
        """The answers up to the 200 (None for a lost one), the first from ``urls[0]``, and the monotonic time of it.

        Each other answer must be a 503 that says when to come back; the test does not wait so long.
        """
        answers: list[httpx.Response | None] = []
        for url in [*urls, *[self.api.url] * (MAX_REQUESTS - len(urls))]:
            try:
                answers.append(self.send(url))
            except httpx.TransportError:
                answers.append(None)
            answer = answers[-1]
            if answer is not None and answer.status_code == 200:
                return answers, time.monotonic()
            if answer is not None:
                assert_plain(answer)
            self.api.house.wait_awake()
        raise AssertionError(f"no answer after {MAX_REQUESTS} requests: {answers}")

    def forget(self) -> None:
        scenario.forget_workspace(self.api.house.direct, self.workspace_id)


@pytest.fixture(scope="module")
def api(house: House) -> Iterator[Api]:
    app = create_api(ApiSettings(), get_engine=lambda: house.engine, rate_limit=RateLimit(per_minute=NO_LIMIT))
    with serve(app) as url:
        api = Api(house, url)
        yield api
        api.client_proxy.close()


def assert_plain(answer: httpx.Response) -> None:
    """503 with a sentence and the time to come back."""
    assert answer.status_code == 503, answer.text
    assert answer.json() == {"detail": "The database is away. Try again in 5 seconds."}
    assert answer.headers["Retry-After"] == "5"


def counts(answer: httpx.Response) -> dict:
    data = answer.json()["data"]
    return {name: data[name] for name in ("created", "restored", "duplicates", "errors")}


def judge(api: Api, fault, request: Request, answers: list[httpx.Response | None], recovery_s: float) -> None:
    """The workspace is that of one undisturbed request, and the last answer tells the truth about it."""
    holding, _, undisturbed = api.fault_free()
    now = scenario.look(api.house.direct, request.workspace_id)
    fault.note(scenario.find_damage(now, size=SIZE), recovery_s)
    assert now.leads_and_counts == holding.leads_and_counts
    written = [record for record in now.imports if record[1] or record[2]]
    assert len(written) == 1, "one import wrote"
    if "Idempotency-Key" in request.headers:
        assert len(now.imports) == 1
        assert counts(answers[-1]) == undisturbed
        again = request.send()
        assert (again.status_code, again.content) == (200, answers[-1].content)
    elif len(now.imports) == 2:  # the first was carried out, its answer lost: the repeat finds its leads there
        added = undisturbed["created"] + undisturbed["restored"]
        repeated = {"created": 0, "restored": 0, "duplicates": undisturbed["duplicates"] + added}
        assert counts(answers[-1]) == {**undisturbed, **repeated}
    else:
        assert counts(answers[-1]) == undisturbed
    api.house.assert_nobody_idles()
    request.forget()


def any_key(fault) -> str | None:
    return uuid4().hex if fault.number % 2 else None


# --- between the client and the API -------------------------------------------------------------------------------------


def lose_answer(api: Api, fault, request: Request) -> None:
    """Cut at a byte that is drawn: one of the request's, or one of the answer's."""
    api.fault_free()
    if fault.rng.random() < 0.4:
        point = BytePoint(fault.rng.randrange(len(request.body)), is_to_server=True)
    else:
        point = BytePoint(fault.rng.randrange(400), is_to_server=False)
    with api.client_proxy.trap(point, Link.drop) as trap:
        answers, answered_at = request.send_until_answered(api.proxied_url)
    assert answers[0] is None
    wait_until(lambda: scenario.look(api.house.direct, request.workspace_id).imports, timeout_s=PATIENCE_S)
    judge(api, fault, request, answers, answered_at - trap.fired_at)


@pytest.mark.rounds("http-answer-lost-with-key", 3, 24)
def test_a_lost_answer_is_repeated_with_its_idempotency_key(api, fault):
    lose_answer(api, fault, Request(api, idempotency_key=uuid4().hex))


@pytest.mark.rounds("http-answer-lost-without-key", 2, 24)
def test_a_lost_answer_is_repeated_without_a_key(api, fault):
    lose_answer(api, fault, Request(api))


@pytest.mark.rounds("api-process-killed", 0, 8)
def test_the_process_of_the_api_is_killed(api, fault):
    """SIGKILL at a message of its talk with the database; another process answers the repeat."""
    request = Request(api, idempotency_key=any_key(fault))
    _, messages, _ = api.fault_free()
    with serve_alone(api.house.proxied_url) as (url, server):
        assert httpx.get(f"{url}/health", timeout=PATIENCE_S).status_code == 200
        # A new process has more to say: it prepares its statements, and looks its key up.
        point = MessagePoint(fault.rng.randint(1, messages))
        with api.house.proxy.trap(point, lambda link: server.kill()) as trap:
            answers, answered_at = request.send_until_answered(url)
    assert trap.fired_at
    judge(api, fault, request, answers, answered_at - trap.fired_at)


# --- between the API and its database -----------------------------------------------------------------------------------


def lose_database(api: Api, fault, action, point: Point | None = None) -> None:
    trap = None
    while trap is None or not trap.fired_at:  # a point may lie behind the end
        request = Request(api, idempotency_key=any_key(fault))
        _, messages, _ = api.fault_free()
        at = point or MessagePoint(fault.rng.randint(1, messages))
        with api.house.proxy.trap(at, action) as trap:
            answers, answered_at = request.send_until_answered()
    judge(api, fault, request, answers, answered_at - trap.fired_at)


@pytest.mark.rounds("api-backend-killed", 3, 30)
def test_the_backend_is_killed_under_a_request(api, fault):
    def kill(link: Link) -> None:
        with psycopg.connect(api.house.postgres.url("faults"), autocommit=True) as conn:
            conn.execute("SELECT pg_terminate_backend(%s, 10000)", (link.backend_pid,))

    lose_database(api, fault, kill)


@pytest.mark.rounds("api-connection-dropped", 2, 24)
def test_the_connection_is_dropped_under_a_request(api, fault):
    lose_database(api, fault, Link.drop)


@pytest.mark.rounds("api-commit-answer-lost", 2, 16)
def test_the_answer_to_the_commit_of_a_request_is_lost(api, fault):
    lose_database(api, fault, Link.drop, AnswerPoint(b"COMMIT"))


@pytest.mark.rounds("api-server-killed", 0, 12)
def test_the_server_is_killed_under_a_request(api, fault):
    restarting: list[threading.Thread] = []

    def kill(link: Link) -> None:
        (api.house.postgres.kill if fault.rng.random() < 0.6 else api.house.postgres.stop_immediately)()
        restarting.append(threading.Thread(target=api.house.postgres.start))
        restarting[0].start()

    lose_database(api, fault, kill)
    restarting[0].join()
