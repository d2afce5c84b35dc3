"""The process that runs an import is killed in the middle; another one, or the next one, goes on where it stopped.

Everything is as in the product: a worker that gives no sign of life for ten seconds is dead.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from core import job_flow
from tests.factories import wait_until
from tests.faults.house import PATIENCE_S, Case, House, proxied_url
from tests.faults.proxy import MessagePoint, Proxy

SIZES = (1_000, 10_000)
ROOT = Path(__file__).resolve().parents[2]


class Member:
    """One process of the product, behind a proxy of its own: so it is known which of them runs the import."""

    def __init__(self, house: House) -> None:
        self.proxy = Proxy(house.postgres.connect, is_postgres=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.app_process", proxied_url(self.proxy)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"started\n"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.proxy.close()


@pytest.fixture(scope="module")
def crew(house: House) -> Iterator[list[Member]]:
    """The processes that live; the first of them is there already."""
    house.start_worker()
    for size in SIZES:
        house.fault_free_run(size)
    job_flow.stop_worker()
    members = [Member(house)]
    yield members
    for member in members:
        member.kill()


@pytest.mark.rounds("app-killed", 0, 12)
def test_the_process_is_killed(house, crew, fault):
    """With another one beside it, or with the next one that is started then."""
    size = SIZES[fault.number % 4 == 0]
    if fault.number % 2:
        crew.append(Member(house))
    messages = 900 if size == 10_000 else 120
    point = MessagePoint(fault.rng.randint(1, messages))
    case = Case(house, size)
    killed: list[tuple[Member, float]] = []

    def kill(member: Member) -> None:
        case.acknowledge()
        killed.append((member, time.monotonic()))
        member.process.kill()

    with ExitStack() as traps:
        for member in crew:
            traps.enter_context(member.proxy.trap(point, lambda link, member=member: kill(member)))
        case.start()
        wait_until(lambda: killed, timeout_s=PATIENCE_S)
    [(dead, killed_at)] = killed
    dead.kill()
    crew.remove(dead)
    if not crew:
        crew.append(Member(house))
    damage = case.damage()
    done_at = case.wait_done()
    fault.note(damage or case.damage(), done_at - killed_at)
    assert case.presses == 0
    case.assert_as_without_fault()
    house.assert_nobody_idles()
    case.forget()
