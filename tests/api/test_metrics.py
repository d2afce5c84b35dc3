"""GET /api/v1/metrics: what Prometheus reads, who may read it, and that the figures are those of the database."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import ValidationError
from sqlalchemy import Engine, text

from api.main import create_api
from api.settings import ApiSettings
from core.metrics_flow import DURATION_BOUNDS_S
from core.version import VERSION
from db import migrate
from tests.api.conftest import serve
from tests.api.test_import import people, post
from tests.factories import emails_csv, import_file, make_running
from tests.sql_recorder import ROOT

TOKEN = "a-token-for-the-tests-alone"


@pytest.fixture(scope="module")
def door(api_engine: Engine) -> Iterator[str]:
    with serve(create_api(ApiSettings(metrics_token=TOKEN))) as url:
        yield url


def ask(url: str, authorization: str | None = f"Bearer {TOKEN}") -> httpx.Response:
    return httpx.get(f"{url}/metrics", headers={"Authorization": authorization} if authorization else {})


def read(url: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by its name and labels."""
    answer = ask(url)
    assert answer.status_code == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def value(samples: dict, name: str, **labels: str) -> float:
    return samples.get((name, tuple(sorted(labels.items()))), 0.0)


# --- who may read it ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "Bearer ü"],
)
def test_without_the_token_nobody_is_told_anything(door, authorization):
    sent = {"Authorization": authorization.encode()} if authorization else {}
    answer = httpx.get(f"{door}/metrics", headers=sent)
    assert answer.status_code == 403
    assert "lead_import" not in answer.text


def test_an_api_key_does_not_open_it(door, api_key):
    """A key is one workspace's; the figures are the whole server's."""
    assert ask(door, f"Bearer {api_key}").status_code == 403
    assert httpx.get(f"{door}/metrics", headers={"X-API-Key": api_key}).status_code == 403


def test_where_no_token_is_configured_it_is_shut(base_url):
    answer = ask(base_url)
    assert answer.status_code == 403
    assert "METRICS_TOKEN" in answer.json()["detail"]


def test_a_token_that_could_be_guessed_is_refused_at_start():
    with pytest.raises(ValidationError) as caught:
        ApiSettings.from_environment({"METRICS_TOKEN": "secret"})
    assert "secret" not in str(caught.value)
    assert TOKEN not in repr(ApiSettings.from_environment({"METRICS_TOKEN": TOKEN}))


# --- what it says -------------------------------------------------------------------------------------------------


def test_it_is_in_prometheus_format_and_names_what_is_built(door, engine):
    answer = ask(door)
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
    build = {"version": VERSION, "schema": str(migrate.newest_revision())}
    assert value(read(door), "lead_import_build_info", **build) == 1
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_imports_and_rows_are_counted_by_door_and_outcome(door, http, engine, workspace_id):
    before = read(door)
    post(http, [*people(3), {"email": "nobody"}, *people(1)])
    import_file(engine, workspace_id, emails_csv(["wizard@example.com", "p0@example.com"]))
    after = read(door)

    def added(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    rows = {
        (door_name, outcome): added("lead_import_rows_total", door=door_name, outcome=outcome)
        for door_name in ("api", "wizard")
        for outcome in ("created", "restored", "duplicates", "errors")
    }
    with engine.connect() as conn:
        held = conn.execute(
            text("SELECT door, created, restored, duplicates, errors FROM imports WHERE workspace_id = :w"),
            {"w": workspace_id},
        ).all()
    assert len(held) == 2
    for record in held:
        for outcome in ("created", "restored", "duplicates", "errors"):
            assert rows[record.door, outcome] == getattr(record, outcome)
    assert (rows["api", "created"], rows["api", "duplicates"], rows["api", "errors"]) == (3, 1, 1)
    assert added("lead_import_imports", door="api", state="done") == 1
    assert added("lead_import_imports", door="wizard", state="done") == 1


def test_durations_fall_into_their_buckets_once(door, engine, workspace_id):
    """A histogram counts up: each bucket holds those before it, and the last one all."""
    record = import_file(engine, workspace_id, emails_csv(["a@example.com"])).record
    set_duration(engine, workspace_id, record.id, 0)
    before = read(door)
    set_duration(engine, workspace_id, record.id, 7)
    after = read(door)
    moved = [
        value(after, "lead_import_duration_seconds_bucket", door="wizard", le=str(bound))
        - value(before, "lead_import_duration_seconds_bucket", door="wizard", le=str(bound))
        for bound in DURATION_BOUNDS_S
    ]
    assert moved == [-1.0 if bound < 7 else 0.0 for bound in DURATION_BOUNDS_S]
    total = value(after, "lead_import_duration_seconds_bucket", door="wizard", le="+Inf")
    assert total == value(after, "lead_import_duration_seconds_count", door="wizard")
    assert total == value(before, "lead_import_duration_seconds_count", door="wizard")
    grown = value(after, "lead_import_duration_seconds_sum", door="wizard") - value(
        before, "lead_import_duration_seconds_sum", door="wizard"
    )
    assert grown == pytest.approx(7)


def set_duration(engine: Engine, workspace_id: str, import_id: UUID, seconds: float) -> None:
    with engine.begin() as conn:
        conn.execute(
            text("UPDATE imports SET started_at = finished_at - :took WHERE workspace_id = :w AND id = :id"),
            {"w": workspace_id, "id": import_id, "took": timedelta(seconds=seconds)},
        )


def test_an_import_by_request_has_a_duration_too(door, http, engine, workspace_id):
    """Its record is the transaction's last statement: the clock says when it is written, the transaction when it began."""
    post(http, people(200))
    with engine.connect() as conn:
        [took] = conn.scalars(
            text("SELECT finished_at - started_at FROM imports WHERE workspace_id = :w"), {"w": workspace_id}
        ).all()
    assert took > timedelta(0)


def test_the_queue_says_how_long_its_oldest_job_waits(door, engine, workspace_id):
    record = make_running(engine, workspace_id, emails_csv(["a@example.com"]))
    with engine.begin() as conn:
        job_id = conn.scalar(text("SELECT id FROM procrastinate_jobs WHERE lock = :lock"), {"lock": str(record.id)})
        conn.execute(
            text("UPDATE procrastinate_events SET at = now() - interval '1 hour' WHERE job_id = :id"), {"id": job_id}
        )
    samples = read(door)
    assert value(samples, "lead_import_queue_jobs", state="todo") >= 1
    assert value(samples, "lead_import_queue_oldest_job_seconds") >= 3600
    with engine.begin() as conn:
        conn.execute(text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": job_id})
    assert value(read(door), "lead_import_queue_oldest_job_seconds") < 3600


def test_workers_are_counted_while_they_are_heard_of(door, engine):
    before = value(read(door), "lead_import_workers")
    with engine.begin() as conn:
        worker = conn.scalar(text("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id"))
    assert value(read(door), "lead_import_workers") == before + 1
    with engine.begin() as conn:
        conn.execute(
            text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute' WHERE id = :id"),
            {"id": worker},
        )
    assert value(read(door), "lead_import_workers") == before
    with engine.begin() as conn:
        conn.execute(text("DELETE FROM procrastinate_workers WHERE id = :id"), {"id": worker})


def test_the_pool_says_how_many_connections_are_in_use(door, engine):
    before = value(read(door), "lead_import_pool_connections", state="in_use")
    with engine.connect(), engine.connect():
        assert value(read(door), "lead_import_pool_connections", state="in_use") == before + 2
    assert value(read(door), "lead_import_pool_limit") == 20


def test_nothing_of_a_lead_or_a_workspace_is_told(door, http, engine, workspace_id):
    post(http, [{"email": "very-secret@example.com", "firstName": "Unmistakable"}])
    told = ask(door).text
    for secret in ("very-secret", "Unmistakable", workspace_id):
        assert secret not in told
    assert {label for name, labels in read(door) if name.startswith("lead_import") for label, _ in labels} == {
        "door", "state", "outcome", "le", "version", "schema",
    }  # fmt: skip


def test_the_deployment_page_names_every_metric_with_its_labels(door, http, engine, workspace_id):
    post(http, people(1))
    make_running(engine, workspace_id, emails_csv(["a@example.com"]))
    paper = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    table = "\n".join(line for line in paper.splitlines() if line.startswith("| `lead_import_"))
    told = {
        (name, frozenset(filter(None, labels.split(","))))
        for name, labels in re.findall(r"`(lead_import_\w+)(?:\{([\w,]*)\})?`", table)
    }
    served = {
        (re.sub(r"_(bucket|sum|count)$", "", name), frozenset(label for label, _ in labels if label != "le"))
        for name, labels in read(door)
        if name.startswith("lead_import_")
    }
    assert told == served
