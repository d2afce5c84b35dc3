"""The wizard's import while the database says no: errors that PostgreSQL raises, real or by a trigger of the test.

Real are the deadlock with a writer, the timeouts, the unique violation, the used-up pool and, where this process may mount
a small file system, a full disk. By a trigger come serialization failures, deadlocks and a full disk (SQLSTATE 53100) at
every place, and a row that is refused.
"""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from core import job_flow
from db import engine as db_engine
from db.transaction import MAX_TRIES
from tests.factories import insert_behind_the_lock
from tests.faults import scenario
from tests.faults.house import PATIENCE_S, Case, House
from tests.faults.proxy import ErrorPoint, Link, Point, StatementPoint

#: Where an import writes: table, event, condition, and how often in 1000 rows of the scenario.
PLACES = (
    ("leads", "INSERT", "true", 600),
    ("leads", "UPDATE", "true", 150),
    ("campaigns", "UPDATE", "true", 2),
    ("workspaces", "UPDATE", "true", 1),
    ("import_parts", "INSERT", "true", 1),
    ("imports", "UPDATE", "NEW.parts_done > OLD.parts_done", 1),
)


@pytest.fixture(scope="module", autouse=True)
def worker(house: House) -> Iterator[None]:
    """One for all tests here: every fault has to leave it alive. It ends with them, since a process has but one."""
    house.start_worker()
    yield
    job_flow.stop_worker()


def size_of(fault) -> int:
    return 10_000 if fault.number % 5 == 0 else 1_000


def survive_in(house: House, fault, case: Case, point: Point, action: Callable[[Link], None] = lambda link: None) -> None:
    """Import while the fault is laid, and look for everything that it must not have done."""
    fired_at = case.hit(point, action)
    assert fired_at is not None, "the fault did not come"
    damage = case.damage()
    done_at = case.wait_done()
    fault.note(damage or case.damage(), done_at - fired_at)
    house.assert_nobody_idles()


def raise_somewhere(house: House, fault, state: str, *, times: int = 1) -> Case:
    """Let PostgreSQL raise this SQLSTATE at a row that is drawn, so many times in a row."""
    size = size_of(fault)
    house.fault_free_run(size)
    table, event, condition, calls = fault.rng.choice(PLACES)
    first = fault.rng.randint(1, calls * size // 1000)
    case = Case(house, size)
    body = (
        f"IF nextval('fault_calls') <@ int8range({first}, {first + times}) THEN"
        f" RAISE EXCEPTION 'injected' USING ERRCODE = '{state}'; END IF;"
    )
    with house.trigger(case.workspace_id, table=table, event=event, when=condition, body=body):
        survive_in(house, fault, case, ErrorPoint(state))
    case.assert_as_without_fault()
    case.forget()
    return case


@pytest.mark.rounds("serialization-failure", 2, 20)
def test_a_serialization_failure(house, fault):
    """Also more of them than the product has patience for: then the report says so, and "Try again" goes on."""
    times = fault.rng.choice([1, 1, 2, 3, MAX_TRIES])
    case = raise_somewhere(house, fault, "40001", times=times)
    assert case.presses == (1 if times == MAX_TRIES else 0)


@pytest.mark.rounds("deadlock-anywhere", 1, 12)
def test_a_deadlock_at_any_place(house, fault):
    case = raise_somewhere(house, fault, "40P01", times=fault.rng.choice([1, 2]))
    assert case.presses == 0


@pytest.mark.rounds("disk-full", 1, 10)
def test_the_disk_is_full_at_any_place(house, fault):
    case = raise_somewhere(house, fault, "53100")
    assert case.stops == ["disk-full"]


@pytest.fixture(scope="module")
def small_disk(house: House) -> Iterator[Path]:
    """A file system of 48 MB that holds the leads. Skipped where this process may not mount one."""
    folder = house.postgres.data.parent / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small file system can be mounted: {mounted.stderr.decode().strip()}")
    try:
        owner = house.postgres.data.stat()
        (folder / "data").mkdir()
        os.chown(folder / "data", owner.st_uid, owner.st_gid)
        with psycopg.connect(house.postgres.url("faults"), autocommit=True) as conn:
            conn.execute("VACUUM FULL leads")  # the rounds before left it larger than the disk
            conn.execute(f"CREATE TABLESPACE small LOCATION '{folder}/data'")
            try:
                conn.execute("ALTER TABLE leads SET TABLESPACE small")
                yield folder
                conn.execute("ALTER TABLE leads SET TABLESPACE pg_default")
            finally:
                conn.execute("DROP TABLESPACE small")  # else the server looks for it, in vain, and ends
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.rounds("disk-really-full", 0, 6)
def test_the_disk_is_really_full(house, fault, small_disk):
    """A file system fills up while the leads come in; when there is room again, "Try again" goes on."""
    house.fault_free_run(10_000)
    case = Case(house, 10_000)
    with psycopg.connect(house.postgres.url("faults"), autocommit=True) as conn:
        conn.execute("VACUUM FULL leads")  # no room inside the file either
    free = os.statvfs(small_disk)
    leave = fault.rng.randrange(100_000, 1_500_000)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(free.f_bavail * free.f_frsize - leave))
    try:
        survive_in(house, fault, case, ErrorPoint("53100"), lambda link: ballast.unlink())
    finally:
        ballast.unlink(missing_ok=True)
    assert case.stops == ["disk-full"]
    case.assert_as_without_fault()
    case.forget()


@pytest.mark.rounds("statement-timeout", 0, 6)
def test_a_statement_takes_too_long(house, fault):
    """The server ends it; the import stops with a report, and goes on when it is asked to."""
    house.fault_free_run(1000)
    table, event, condition, calls = fault.rng.choice(PLACES)
    number = fault.rng.randint(1, calls)
    case = Case(house, 1000)
    body = f"IF nextval('fault_calls') = {number} THEN PERFORM pg_sleep(60); END IF;"
    hasty = house.make_engine(statement_timeout="2s")
    with house.worker_on(hasty), house.trigger(case.workspace_id, table=table, event=event, when=condition, body=body):
        survive_in(house, fault, case, ErrorPoint("57014"))
    assert case.presses == 1
    case.assert_as_without_fault()
    case.forget()


@pytest.mark.rounds("lock-timeout", 0, 6)
def test_the_workspace_is_locked_for_too_long(house, fault):
    """Nothing is wrong with the import: it goes on by itself when the lock is free, however often it had to give up."""
    house.fault_free_run(1000)
    case = Case(house, 1000)
    hasty = house.make_engine(lock_timeout="500ms")
    with house.worker_on(hasty), psycopg.connect(house.postgres.url("faults")) as holder:
        holder.execute("SELECT FROM workspaces WHERE id = %s FOR NO KEY UPDATE", (case.workspace_id,))
        point = ErrorPoint("55P03", number=fault.rng.choice([1, 1, 2]))
        survive_in(house, fault, case, point, lambda link: holder.rollback())
    assert case.presses == 0
    case.assert_as_without_fault()
    case.forget()


# --- writers that do not take the workspace's lock --------------------------------------------------------------------


@pytest.mark.rounds("unique-violation", 2, 20)
def test_somebody_writes_the_same_emails_past_the_lock(house, fault):
    """Between our look and our COPY. Their leads stay theirs, and count as duplicates of existing leads."""
    size = size_of(fault)
    case = Case(house, size)
    part = fault.rng.randint(1, size // 1000)
    theirs = frozenset(fault.rng.sample(scenario.emails_for(size).new, 5))

    def write(link: Link) -> None:
        for email in theirs:
            with suppress(psycopg.errors.UniqueViolation):  # in a part that is done: ours came first
                insert_behind_the_lock(house.postgres.url("faults"), case.workspace_id, email)
                written.add(email)
        counting.start()

    written: set[str] = set()
    counting = threading.Thread(target=lambda: count_theirs(house, case, len(written)))
    fired_at = case.hit(StatementPoint(b"COPY leads", part), write)
    assert fired_at is not None
    counting.join()
    damage = case.damage(written_by_others=frozenset(written))
    done_at = case.wait_done()
    fault.note(damage or case.damage(written_by_others=frozenset(written)), done_at - fired_at)
    assert case.presses == 0
    assert_theirs_stayed(case, written)
    house.assert_nobody_idles()
    case.forget()


@pytest.mark.rounds("deadlock-with-a-writer", 1, 12)
def test_a_real_deadlock_with_somebody_who_locks_in_another_order(house, fault):
    """They insert an email of ours, then want the workspace's row, which we hold; we wait for their email."""
    case = Case(house, 1000)
    email = fault.rng.choice(scenario.emails_for(1000).new)
    written: set[str] = set()
    begun, theirs = threading.Event(), []

    def write() -> None:
        with suppress(psycopg.errors.DeadlockDetected), psycopg.connect(house.postgres.url("faults")) as conn:
            insert_lead(conn, case.workspace_id, email)
            begun.set()
            conn.execute("UPDATE workspaces SET active_leads = active_leads + 1 WHERE id = %s", (case.workspace_id,))
            conn.commit()
            written.add(email)

    def meet(link: Link) -> None:
        theirs.append(threading.Thread(target=write))
        theirs[0].start()
        assert begun.wait(timeout=PATIENCE_S)

    fired_at = case.hit(StatementPoint(b"COPY leads"), meet)
    assert fired_at is not None
    theirs[0].join()
    damage = case.damage(written_by_others=frozenset(written))
    done_at = case.wait_done()
    fault.note(damage or case.damage(written_by_others=frozenset(written)), done_at - fired_at)
    assert case.presses == 0
    assert_theirs_stayed(case, written)
    house.assert_nobody_idles()
    case.forget()


def insert_lead(conn: psycopg.Connection, workspace_id: str, email: str) -> None:
    conn.execute(
        "INSERT INTO leads (workspace_id, id, email, source, status, custom_fields, tags, created_at, updated_at)"
        " VALUES (%s, gen_random_uuid(), %s, 'manual', 'active', '{}', '{}', now(), now())",
        (workspace_id, email),
    )


def count_theirs(house: House, case: Case, count: int) -> None:
    """Their leads count, too; they wait for the workspace until ours lets go of it."""
    with psycopg.connect(house.postgres.url("faults")) as conn:
        conn.execute(
            "UPDATE workspaces SET active_leads = active_leads + %s WHERE id = %s", (count, case.workspace_id)
        )


def assert_theirs_stayed(case: Case, written: set[str]) -> None:
    """What others wrote is as they wrote it; everything else is as without them."""
    now, without = scenario.look(case.house.direct, case.workspace_id), case.house.fault_free_run(case.size).holding
    assert {now.leads[email][8] for email in written} <= {"manual"}
    others = {email: lead for email, lead in now.leads.items() if email not in written}
    assert others == {email: lead for email, lead in without.leads.items() if email not in written}
    assert now.active_leads == without.active_leads
    codes = {email.lower(): code for _, outcome, email, code, _ in now.decisions if code != "duplicate-in-file"}
    assert {codes[email] for email in written} <= {"duplicate-existing"}


# --- the pool -------------------------------------------------------------------------------------------------------------


@pytest.mark.rounds("pool-used-up", 0, 6)
def test_all_connections_are_in_use(house, fault, monkeypatch):
    """The import waits in the queue and goes on by itself."""
    house.fault_free_run(1000)
    monkeypatch.setattr(db_engine, "POOL_TIMEOUT_S", 0.2)
    small = db_engine.make_engine(house.proxied_url, pool_size=1)
    refused = threading.Event()
    held = [small.connect() for _ in range(11)]  # one, and ten that may be more
    with house.worker_on(small):
        case = Case(house, 1000)
        with watch_pool(small, refused):
            case.start()
            assert refused.wait(timeout=PATIENCE_S)
        fired_at = time.monotonic()
        for conn in held:
            conn.close()
        fault.note(case.damage(), case.wait_done() - fired_at)
    assert case.presses == 0
    case.assert_as_without_fault()
    case.forget()


@contextmanager
def watch_pool(engine: Engine, refused: threading.Event) -> Iterator[None]:
    """Sets ``refused`` when somebody has waited for a connection in vain."""
    real = engine.pool._do_get

    def get():
        try:
            return real()
        except Exception:
            refused.set()
            raise

    engine.pool._do_get = get
    try:
        yield
    finally:
        engine.pool._do_get = real


# --- a row that the server refuses ------------------------------------------------------------------------------------


@pytest.mark.rounds("poison-row", 2, 20)
def test_a_row_that_the_server_refuses(house, fault):
    """It becomes an error with a reason; all other rows of its part come in."""
    size = size_of(fault)
    house.fault_free_run(size)
    case = Case(house, size)
    emails = scenario.emails_for(size)
    poison = set(fault.rng.sample([*emails.new, *emails.back], fault.rng.choice([1, 1, 2, 5])))
    state = fault.rng.choice(["22P02", "22003", "23514", "54000"])
    body = (
        f"IF NEW.email = ANY ('{{{','.join(poison)}}}') AND NEW.deleted_at IS NULL THEN"
        f" RAISE EXCEPTION 'injected' USING ERRCODE = '{state}'; END IF;"
    )
    with house.trigger(case.workspace_id, table="leads", event="INSERT OR UPDATE", body=body):
        survive_in(house, fault, case, ErrorPoint(state))
    assert case.presses == 0
    now, without = scenario.look(house.direct, case.workspace_id), house.fault_free_run(size).holding
    assert {email.lower() for _, _, email, code, _ in now.decisions if code == "row-refused"} == poison
    assert {email for email in without.leads if without.is_active[email] and not now.is_active.get(email)} == poison
    [(state, created, restored, _, _, not_imported, *_)] = now.imports
    assert (state, created + restored + len(poison), not_imported) == ("done", size * 3 // 4, 0)
    case.forget()
