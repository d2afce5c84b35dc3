"""A webhook on a real receiver: announced with the import, signed, tried again, and never to a private address."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from core import job_flow, undo_flow, webhook_flow
from core.errors import InvalidValues, NotFound
from core.ids import import_id_text
from core.records import ImportOptions
from core.request_flow import import_leads
from core.webhooks import SIGNATURE_HEADER, NotDelivered, sign
from db import jobs
from tests.factories import emails_csv, import_file, make_running, run, set_limit


class Receiver(HTTPServer):
    """Keeps every call; answers with ``status``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.status = 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?from=leads"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((dict(self.headers) | {"path": self.path}, body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the calls are kept."""


@pytest.fixture
def receiver(monkeypatch) -> Iterator[Receiver]:
    monkeypatch.setenv("LEAD_IMPORT_WEBHOOK_ALLOW_PRIVATE", "1")
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture
def secret(engine, workspace_id, receiver) -> str:
    return webhook_flow.set_webhook(engine, workspace_id=workspace_id, url=receiver.url)


def waiting_calls(engine, workspace_id) -> list[dict]:
    with engine.connect() as conn:
        return list(
            conn.scalars(
                text(
                    "SELECT args FROM procrastinate_jobs WHERE task_name = 'call_webhook' "
                    "AND args ->> 'workspace_id' = :workspace_id ORDER BY id"
                ),
                {"workspace_id": workspace_id},
            )
        )


def make_calls(engine, workspace_id) -> None:
    """What the worker does with the calls that wait."""
    for about in waiting_calls(engine, workspace_id):
        webhook_flow.call_webhook(engine, **about)


def test_an_import_is_announced_with_its_counts_and_a_signature(engine, workspace_id, receiver, secret):
    report = import_file(engine, workspace_id, emails_csv(["a@example.com", "bad", "a@example.com"]))
    make_calls(engine, workspace_id)
    [(headers, body)] = receiver.calls
    told = json.loads(body)
    assert (told["event"], told["workspace"]) == ("import.finished", workspace_id)
    assert told["import"]["id"] == import_id_text(report.record.id)
    counts = ("rows", "created", "restored", "duplicates", "errors", "notImported")
    assert [told["import"][name] for name in counts] == [3, 1, 0, 1, 1, 0]
    assert (told["import"]["state"], told["import"]["door"], told["import"]["fileName"]) == ("done", "wizard", "leads.csv")
    assert b"a@example.com" not in body
    moment = int(headers[SIGNATURE_HEADER].split(",")[0].removeprefix("t="))
    assert headers[SIGNATURE_HEADER] == sign(body, secret=secret, moment=moment)
    assert (headers["X-Lead-Import-Event"], headers["path"]) == ("import.finished", "/hook?from=leads")


def test_a_stopped_import_and_an_undone_one_are_announced_too(engine, workspace_id, receiver, secret):
    set_limit(engine, workspace_id, 0)
    stopped = run(engine, make_running(engine, workspace_id, emails_csv(["a@example.com"])))
    set_limit(engine, workspace_id, 10)
    done = import_file(engine, workspace_id, emails_csv(["a@example.com"])).record
    undo_flow.undo_import(engine, workspace_id=workspace_id, import_id=done.id)
    make_calls(engine, workspace_id)
    told = [json.loads(body) for _, body in receiver.calls]
    assert [(one["event"], one["import"]["id"]) for one in told] == [
        ("import.stopped", import_id_text(stopped.id)),
        ("import.finished", import_id_text(done.id)),
        ("import.undone", import_id_text(done.id)),
    ]
    assert told[0]["import"]["failure"] == "quota-exceeded"


def test_an_import_through_the_api_is_announced(engine, workspace_id, receiver, secret):
    answer = import_leads(
        engine,
        workspace_id=workspace_id,
        drafts=[{"email": "a@example.com"}],
        options=ImportOptions(),
        created_by="key",
    )
    [about] = waiting_calls(engine, workspace_id)
    assert about["import_id"] == str(answer.import_id)


def test_without_a_webhook_nothing_waits(engine, workspace_id):
    import_file(engine, workspace_id, emails_csv(["a@example.com"]))
    assert waiting_calls(engine, workspace_id) == []


def test_an_import_that_is_rolled_back_is_not_announced(engine, workspace_id, receiver, secret):
    with engine.connect() as conn:
        webhook_flow.announce(conn, "import.finished", workspace_id=workspace_id, import_id=webhook_flow.new_id())
        conn.rollback()
    assert waiting_calls(engine, workspace_id) == []


@pytest.mark.parametrize("status", [302, 404, 500])
def test_any_other_answer_than_2xx_is_told_and_tried_again(engine, workspace_id, receiver, secret, status):
    receiver.status = status
    with pytest.raises(NotDelivered):
        webhook_flow.call_webhook(engine, workspace_id=workspace_id, event="test", delivery="1")
    assert len(receiver.calls) == 1, "a redirect is not followed"
    assert webhook_flow.get_webhook(engine, workspace_id=workspace_id).last_answer == f"answered {status}"


def test_the_queue_tries_a_call_again(engine, workspace_id, receiver, secret):
    """One answer of 500, then 204: the worker's own retrying, with a short wait."""
    arrived = threading.Event()

    def call(**about: str) -> None:
        receiver.status = 204 if receiver.calls else 500
        webhook_flow.call_webhook(engine, **about)
        arrived.set()

    import_file(engine, workspace_id, emails_csv(["a@example.com"]))
    worker = jobs.Worker(
        jobs.driver_url(engine),
        {webhook_flow.CALL_WEBHOOK: call},
        {webhook_flow.CALL_WEBHOOK: jobs.RetryStrategy(max_attempts=3)},
    )
    worker.start()
    try:
        assert arrived.wait(60)
    finally:
        worker.stop()
    assert len(receiver.calls) == 2
    assert len({headers["X-Lead-Import-Delivery"] for headers, _ in receiver.calls}) == 1


def test_a_call_is_tried_eight_times_within_a_day_and_a_bit():
    """README: eight times in all, over a little more than a day."""
    waits = []
    for attempts in range(20):
        job = SimpleNamespace(attempts=attempts)
        decision = job_flow.WEBHOOK_RETRY.get_retry_decision(exception=NotDelivered(), job=job)
        if decision is None:
            break
        waits.append((decision.retry_at - datetime.now(UTC)).total_seconds())
    assert len(waits) + 1 == webhook_flow.MAX_TRIES == 8
    assert [round(wait) for wait in waits[:3]] == [5, 25, 125]
    assert sum(waits) < 27.2 * 3600


def test_trying_it_out_tells_how_it_went(engine, workspace_id, receiver, secret):
    held = webhook_flow.try_webhook(engine, workspace_id=workspace_id)
    assert (held.last_answer, len(receiver.calls)) == ("answered 204", 1)
    receiver.status = 500
    assert webhook_flow.try_webhook(engine, workspace_id=workspace_id).last_answer == "answered 500"


def test_a_private_address_is_never_called(engine, workspace_id, receiver, secret, monkeypatch):
    monkeypatch.delenv("LEAD_IMPORT_WEBHOOK_ALLOW_PRIVATE")
    held = webhook_flow.try_webhook(engine, workspace_id=workspace_id)
    assert (held.last_answer, receiver.calls) == ("the host is not on the public internet", [])


def test_an_address_that_cannot_be_is_refused(engine, workspace_id):
    """webhook-address"""
    with pytest.raises(InvalidValues) as caught:
        webhook_flow.set_webhook(engine, workspace_id=workspace_id, url="http://hooks.example.com")
    assert [issue.code for issue in caught.value.issues] == ["webhook-address"]
    assert webhook_flow.get_webhook(engine, workspace_id=workspace_id) is None


def test_a_removed_webhook_is_not_called_any_more(engine, workspace_id, receiver, secret):
    import_file(engine, workspace_id, emails_csv(["a@example.com"]))
    webhook_flow.remove_webhook(engine, workspace_id=workspace_id)
    make_calls(engine, workspace_id)
    assert receiver.calls == []
    with pytest.raises(NotFound):
        webhook_flow.try_webhook(engine, workspace_id=workspace_id)
