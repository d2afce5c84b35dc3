"""The durable queue: a job is deferred by the COMMIT that asks for it, and done by a worker that lives."""

import threading

import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager
from procrastinate.schema import migrations_path
from sqlalchemy import text

from db import engine as db_engine
from db import jobs, migrate
from tests.factories import wait_until

END_OTHERS = text(
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def queue(empty_database_url):
    """An engine on a database of its own, whose queue nobody else fills."""
    engine = db_engine.make_engine(empty_database_url)
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def start_worker(queue):
    """Starts workers with these tasks; all are stopped after the test."""
    workers = []

    def start(**tasks):
        worker = jobs.Worker(jobs.driver_url(queue), tasks)
        worker.start()
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.stop()


def defer(queue, task="note", *, lock="a", **arguments):
    with queue.begin() as conn:
        jobs.defer(conn, task, lock=lock, **arguments)


def statuses(queue):
    with queue.connect() as conn:
        return list(conn.scalars(text("SELECT status::text FROM procrastinate_jobs ORDER BY id")))


# --- deferring ----------------------------------------------------------------------------------------------------------


def test_a_job_is_there_with_the_commit_and_not_before(queue):
    with queue.begin() as conn:
        jobs.defer(conn, "note", lock="a", word="hello")
        assert statuses(queue) == []
    assert statuses(queue) == ["todo"]


def test_a_rollback_takes_its_job_with_it(queue):
    with queue.connect() as conn:
        jobs.defer(conn, "note", lock="a", word="hello")
        conn.rollback()
    assert statuses(queue) == []


# --- working -------------------------------------------------------------------------------------------------------------


def test_a_deferred_job_is_done_and_leaves_the_queue(queue, start_worker):
    done = []
    defer(queue, word="before")
    start_worker(note=lambda word: done.append(word))
    wait_until(lambda: done == ["before"])
    defer(queue, word="after")
    wait_until(lambda: done == ["before", "after"])
    wait_until(lambda: statuses(queue) == [])


def test_a_job_that_fails_is_tried_again(queue, start_worker):
    tries = []

    def note(word):
        tries.append(word)
        if len(tries) == 1:
            raise RuntimeError("the database was away")

    defer(queue, word="hello")
    start_worker(note=note)
    wait_until(lambda: tries == ["hello", "hello"])
    wait_until(lambda: statuses(queue) == [])


def test_jobs_with_the_same_lock_run_one_after_another(queue, start_worker):
    running, most, done = [], [], []
    release = threading.Event()

    def note(word):
        running.append(word)
        most.append(len(running))
        release.wait(timeout=60)
        running.remove(word)
        done.append(word)

    for word in ("one", "two", "three"):
        defer(queue, word=word, lock="same")
    defer(queue, word="other", lock="other")
    start_worker(note=note)
    wait_until(lambda: sorted(running) == ["one", "other"])
    release.set()
    wait_until(lambda: len(done) == 4)
    assert [word for word in done if word != "other"] == ["one", "two", "three"]
    assert max(most) <= 2


def test_two_workers_do_not_do_the_same_job(queue, start_worker):
    done = []
    for _ in range(2):
        start_worker(note=lambda word: done.append(word))
    for i in range(20):
        defer(queue, word=i, lock=str(i))
    wait_until(lambda: len(done) >= 20)
    wait_until(lambda: statuses(queue) == [])
    assert sorted(done) == list(range(20))


@pytest.mark.parametrize("is_pruned", [False, True], ids=["not heard of", "forgotten"])
def test_the_job_of_a_dead_worker_is_taken_over(queue, start_worker, is_pruned):
    """A process that was killed left its job in `doing`, under a worker that gives no sign of life."""
    done = []
    defer(queue, word="hello")
    with queue.begin() as conn:
        dead = conn.scalar(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id")
        )
        conn.execute(text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :id"), {"id": dead})
        if is_pruned:
            conn.execute(text("DELETE FROM procrastinate_workers"))
    start_worker(note=lambda word: done.append(word))
    wait_until(lambda: done == ["hello"])
    wait_until(lambda: statuses(queue) == [])


def test_the_job_of_a_worker_that_lives_is_left_to_it(queue, start_worker):
    done = []
    defer(queue, word="another's")
    with queue.begin() as conn:
        alive = conn.scalar(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '1 hour') RETURNING id")
        )
        conn.execute(text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :id"), {"id": alive})
    start_worker(note=lambda word: done.append(word))
    defer(queue, word="mine", lock="b")
    wait_until(lambda: done == ["mine"])
    wait_until(lambda: statuses(queue) == ["doing"])


def test_a_worker_outlives_its_connections(queue, start_worker):
    """A restart of the server ends them all."""
    done = []
    start_worker(note=lambda word: done.append(word))
    defer(queue, word="before")
    wait_until(lambda: done == ["before"])
    with queue.begin() as conn:
        conn.execute(END_OTHERS)
    defer(queue, word="after")
    wait_until(lambda: "after" in done)


def test_a_job_whose_end_was_not_noted_is_done_again(queue, start_worker, monkeypatch):
    """The worker lives, the database did not hear that the job was done: nobody else would ever look at it."""
    done, lost = [], []
    real = JobManager.finish_job

    async def finish_job(self, job, **choices):
        if not lost:
            lost.append(job.id)
            raise ConnectorException
        await real(self, job, **choices)

    monkeypatch.setattr(JobManager, "finish_job", finish_job)
    defer(queue, word="hello")
    start_worker(note=lambda word: done.append(word))
    wait_until(lambda: done == ["hello", "hello"])
    wait_until(lambda: statuses(queue) == [])


def test_a_worker_that_starts_again_takes_its_own_jobs_back_at_once(queue, start_worker, monkeypatch):
    """It lost the database and could not even say goodbye; its jobs need not wait until it counts as dead."""
    monkeypatch.setattr(jobs, "STALLED_AFTER_S", 3600)
    done, lost = [], []

    def lose(name):
        real = getattr(JobManager, name)

        async def lost_once(self, *arguments, **choices):
            if done and (name not in lost or (name == "update_heartbeat" and "unregister_worker" not in lost)):
                lost.append(name)
                raise ConnectorException
            return await real(self, *arguments, **choices)

        monkeypatch.setattr(JobManager, name, lost_once)

    async def find_none(self, **filters):
        return []

    for name in ("finish_job", "update_heartbeat", "unregister_worker"):
        lose(name)
    monkeypatch.setattr(JobManager, "list_jobs_async", find_none)  # the other way to such a job
    defer(queue, word="hello")
    start_worker(note=lambda word: done.append(word))
    wait_until(lambda: done == ["hello", "hello"])
    wait_until(lambda: statuses(queue) == [])
    assert {*lost} == {"finish_job", "unregister_worker", "update_heartbeat"}


# --- stopping ------------------------------------------------------------------------------------------------------------


def test_stopping_waits_for_a_running_job_and_lets_it_know(queue, start_worker):
    begun, release, done = threading.Event(), threading.Event(), []

    def note(word):
        begun.set()
        release.wait(timeout=60)
        done.append(worker.is_stopping)

    worker = start_worker(note=note)
    defer(queue, word="hello")
    assert begun.wait(timeout=60)
    assert not worker.is_stopping
    stopping = threading.Thread(target=worker.stop)
    stopping.start()
    wait_until(lambda: worker.is_stopping)
    assert stopping.is_alive(), "it waits"
    release.set()
    stopping.join(timeout=60)
    assert done == [True]
    assert statuses(queue) == []


def test_a_worker_that_is_stopped_begins_no_job(queue, start_worker):
    done = []
    worker = start_worker(note=lambda word: done.append(word))
    worker.stop()
    defer(queue, word="hello")
    assert not [thread for thread in threading.enumerate() if thread is worker._thread]
    assert (done, statuses(queue)) == ([], ["todo"])


def test_a_worker_without_a_database_can_be_stopped():
    """While it tries to connect, too: a stop must not take as long as the library is patient."""
    worker = jobs.Worker("postgresql://nobody@127.0.0.1:1/nowhere", {})
    worker.start()
    worker.stop()
    assert not worker._thread.is_alive()


# --- the schema of the queue ------------------------------------------------------------------------------------------------


def test_the_queue_is_as_new_as_the_library(queue):
    """Its migrations are applied by name; ours remember the last one as a comment."""
    newest = max(path.name for path in migrations_path.glob("*.sql"))
    with queue.begin() as conn:
        jobs.upgrade_schema(conn)
        assert conn.scalar(text("SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')")) == newest


def test_an_older_queue_gets_what_it_lacks(queue):
    """The last of the library's migrations is applied again; it must run in our transaction."""
    names = sorted(path.name for path in migrations_path.glob("*.sql"))
    with queue.begin() as conn:
        conn.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{names[-1][:-1]}'")  # sorts just before it
        jobs.upgrade_schema(conn)
        assert conn.scalar(text("SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')")) == names[-1]


def test_a_queue_of_a_newer_release_is_left_as_it_is(queue):
    """Its record, too: the newer release must not apply its migrations a second time."""
    newer = "99.99.99_01_from_the_future.sql"
    with queue.begin() as conn:
        before = conn.scalar(text("SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')"))
        conn.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{newer}'")
        jobs.upgrade_schema(conn)
        assert conn.scalar(text("SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')")) == newer
        conn.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{before}'")
