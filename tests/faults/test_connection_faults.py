"""The wizard's import while its connection, its backend or the whole server is lost (contract.md section 3)."""

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest

from core import job_flow
from db import sessions
from tests.factories import wait_until
from tests.faults.house import PATIENCE_S, Case, House
from tests.faults.proxy import AnswerPoint, Link, MessagePoint, Point


@pytest.fixture(scope="module", autouse=True)
def worker(house: House) -> Iterator[None]:
    """One for all tests here: every fault has to leave it alive. It ends with them, since a process has but one."""
    house.start_worker()
    yield
    job_flow.stop_worker()


def size_of(fault) -> int:
    """Every fifth import is a long one, of ten parts."""
    return 10_000 if fault.number % 5 == 0 else 1_000


def survive(house: House, fault, action: Callable[[Link], None], *, point: Callable[[int], Point] | None = None) -> None:
    """Import, let the fault come at a point that is drawn, and look for everything that it must not have done."""
    size = size_of(fault)
    last = house.fault_free_run(size).messages
    fired_at = None
    while fired_at is None:
        case = Case(house, size)
        fired_at = case.hit(point(size) if point else MessagePoint(fault.rng.randint(1, last)), action)
    house.wait_awake()
    damage = case.damage()
    done_at = case.wait_done()
    fault.note(damage or case.damage(), done_at - fired_at)
    case.assert_as_without_fault()
    house.assert_nobody_idles()
    case.forget()


@pytest.mark.rounds("backend-killed", 3, 50)
def test_the_backend_is_killed(house, fault):
    """`pg_terminate_backend`, as an administrator or a failover does."""

    def kill(link: Link) -> None:
        with psycopg.connect(house.postgres.url("faults"), autocommit=True) as conn:
            conn.execute("SELECT pg_terminate_backend(%s, 10000)", (link.backend_pid,))

    survive(house, fault, kill)


@pytest.mark.rounds("connection-dropped", 3, 40)
def test_the_connection_is_dropped(house, fault):
    """The one that the import is using, or all that the product has, the job queue's too."""
    everywhere = fault.rng.random() < 0.5
    survive(house, fault, lambda link: house.proxy.drop_all() if everywhere else link.drop())


@pytest.mark.rounds("connection-stalled", 1, 20)
def test_the_connection_stalls(house, fault, monkeypatch):
    """Nothing passes any more and nobody is told; the product gives up by itself (after 75 seconds; here after one)."""
    monkeypatch.setattr(sessions, "ANSWER_TIMEOUT_S", 1)
    everywhere = fault.rng.random() < 0.5
    stalled: list[Link] = []

    def stall(link: Link) -> None:
        stalled.extend(house.proxy.links if everywhere else [link])
        for one in stalled:
            one.stall()

    survive(house, fault, stall)
    for link in stalled:
        link.drop()


@pytest.mark.rounds("commit-answer-lost", 2, 32)
def test_the_answer_to_a_commit_is_lost(house, fault):
    """The server has committed, or may have: the product cannot know, and must look."""

    def commit(size: int) -> Point:
        return AnswerPoint(b"COMMIT", fault.rng.randint(3 if fault.number % 4 else 1, 2 + size // 1000))

    survive(house, fault, Link.drop, point=commit)


@pytest.mark.rounds("server-killed", 1, 20)
def test_the_server_is_killed_and_started_again(house, fault):
    """SIGKILL to every process of PostgreSQL. It stays away until the product has knocked some times in vain."""
    away(house, fault, house.postgres.kill)


@pytest.mark.rounds("server-restarted", 1, 14)
def test_the_server_is_stopped_at_once_and_started_again(house, fault):
    """`pg_ctl stop -m immediate`, then a start with recovery."""
    away(house, fault, house.postgres.stop_immediately)


def away(house: House, fault, end: Callable[[], None]) -> None:
    knocks = fault.rng.choice([0, 1, 3, 8])
    restarting: list[threading.Thread] = []

    def restart(refused_before: int) -> None:
        wait_until(lambda: house.proxy.refused >= refused_before + knocks, timeout_s=PATIENCE_S)
        house.postgres.start()

    def kill(link: Link) -> None:
        refused_before = house.proxy.refused
        end()
        restarting.append(threading.Thread(target=restart, args=(refused_before,)))
        restarting[0].start()

    survive(house, fault, kill)
    restarting[0].join()
