"""Idempotency keys: contract.md section 3, "Idempotency", and safety to repeat after a crash."""

import httpx
import psycopg
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from core import request_flow
from core.key_flow import create_key
from db import transaction, workspaces
from tests.api.test_import import counts, delete_leads, people, report, run_together, set_limit, snapshot
from tests.conftest import count_leads

BODY = b'{"leads": [{"email": "a@example.com"}, {"email": "bad"}]}'
OTHER = b'{"leads": [{"email": "b@example.com"}]}'


def post(http: httpx.Client, body: bytes = BODY, key: str | bytes = "key 1") -> httpx.Response:
    return http.post("/leads/import", content=body, headers={"Idempotency-Key": key})


def kept_keys(engine: Engine, workspace_id: str) -> list[str]:
    with engine.connect() as conn:
        statement = text("SELECT key FROM idempotency_keys WHERE workspace_id = :id ORDER BY key")
        return list(conn.scalars(statement, {"id": workspace_id}))


def test_the_same_key_with_the_same_body_returns_the_first_answer_and_writes_nothing(http, engine, workspace_id):
    first = post(http)
    assert counts(first) == (1, 0, 0, 1)
    assert "idempotency-replayed" not in first.headers
    before = snapshot(engine, workspace_id)
    again = post(http)
    assert (again.status_code, again.content) == (200, first.content)  # byte for byte
    assert again.headers["idempotency-replayed"] == "true"
    assert snapshot(engine, workspace_id) == before


def test_the_first_answer_stays_whatever_happened_since(http, engine, workspace_id):
    first = post(http)
    delete_leads(http, "a@example.com")
    set_limit(engine, workspace_id, 0)
    assert post(http).content == first.content
    assert count_leads(engine, workspace_id) == (0, 1)


def test_the_same_key_with_another_body_is_409(http, engine, workspace_id):
    post(http)
    before = snapshot(engine, workspace_id)
    answer = post(http, OTHER)
    assert answer.status_code == 409
    assert answer.json() == {"detail": "This Idempotency-Key was used before with another body."}
    assert snapshot(engine, workspace_id) == before
    assert post(http, BODY + b" ").status_code == 409  # the body is its bytes


def test_another_key_is_another_request(http):
    assert counts(post(http, key="one")) == (1, 0, 0, 1)
    assert counts(post(http, key="two")) == (0, 0, 1, 1)


@pytest.mark.parametrize(
    "key", ["k", "x" * 255, "with spaces; and = signs", '"quoted"', "äöü".encode("latin-1"), "ключ".encode()]
)
def test_any_string_up_to_255(http, key):
    """`Idempotency-Key: <any string up to 255>`."""
    first = post(http, key=key)
    assert counts(first) == (1, 0, 0, 1)
    assert post(http, key=key).content == first.content


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_an_empty_or_too_long_key_is_422(http, engine, workspace_id, key):
    answer = post(http, key=key)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["header", "Idempotency-Key"]
    assert count_leads(engine, workspace_id) == (0, 0)


@pytest.mark.parametrize(("body", "status"), [(b"{", 422), (b'{"leads": []}', 400)])
def test_a_refusal_is_not_kept(http, engine, workspace_id, body, status):
    """A refused request wrote nothing, so its key is still free."""
    assert post(http, body).status_code == status
    assert kept_keys(engine, workspace_id) == []
    assert counts(post(http)) == (1, 0, 0, 1)


def test_a_request_over_the_limit_is_tried_anew(http, engine, workspace_id):
    set_limit(engine, workspace_id, 0)
    assert post(http).status_code == 402
    set_limit(engine, workspace_id, 1)
    assert counts(post(http)) == (1, 0, 0, 1)


def test_keys_of_two_workspaces_do_not_meet(http, engine, base_url, workspace_id):
    other = f"{workspace_id}-b"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=other, name="b", contact_limit=10)
    secret = create_key(engine, workspace_id=other, name="b").secret
    post(http)
    with httpx.Client(base_url=base_url, headers={"X-API-Key": secret}) as client:
        assert counts(post(client, OTHER)) == (1, 0, 0, 0)


def test_two_keys_of_one_workspace_share_their_idempotency_keys(http, engine, base_url, workspace_id):
    first = post(http)
    secret = create_key(engine, workspace_id=workspace_id, name="2").secret
    with httpx.Client(base_url=base_url, headers={"X-API-Key": secret}) as client:
        assert post(client).content == first.content


def test_requests_with_one_key_at_once(http, engine, workspace_id):
    """One writes, the others answer the same."""
    answers = run_together(*[lambda: post(http) for _ in range(6)])
    assert {answer.content for answer in answers} == {answers[0].content}
    assert [answer.status_code for answer in answers] == [200] * 6
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert http.get("/imports").json()["meta"]["total"] == 1


def test_requests_with_one_key_and_other_bodies_at_once(http, engine, workspace_id):
    answers = run_together(lambda: post(http), lambda: post(http, OTHER))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert count_leads(engine, workspace_id) == (1, 0)


# --- age ----------------------------------------------------------------------------------------------------------------


def make_older(engine: Engine, workspace_id: str, interval: str) -> None:
    with engine.begin() as conn:
        conn.execute(
            text("UPDATE idempotency_keys SET created_at = created_at - CAST(:age AS interval) WHERE workspace_id = :id"),
            {"age": interval, "id": workspace_id},
        )


def test_keys_live_for_24_hours_at_least(http, engine, workspace_id):
    """Keys live for 24 hours at least."""
    first = post(http)
    make_older(engine, workspace_id, "23 hours 59 minutes")
    post(http, OTHER, key="another")
    assert post(http).content == first.content


def test_older_keys_are_forgotten_by_later_imports(http, engine, workspace_id):
    post(http)
    make_older(engine, workspace_id, "24 hours 1 minute")
    post(http, OTHER, key="later")
    assert kept_keys(engine, workspace_id) == ["later"]
    assert counts(post(http)) == (0, 0, 1, 1)


# --- crashes ------------------------------------------------------------------------------------------------------------


def test_a_crash_between_commit_and_answer_is_safe_to_repeat(http, engine, workspace_id, monkeypatch):
    """Stored in the import's own transaction, so that a crash between commit and answer is safe to repeat."""

    def crash_after_commit(*args: object, **kwargs: object) -> None:
        transaction.run_transaction(*args, **kwargs)
        raise SystemError("the process dies here")

    monkeypatch.setattr(request_flow, "run_transaction", crash_after_commit)
    assert post(http).status_code == 500
    monkeypatch.undo()
    assert count_leads(engine, workspace_id) == (1, 0)
    again = post(http)
    assert counts(again) == (1, 0, 0, 1)  # the first answer, not "1 duplicate"
    assert again.headers["idempotency-replayed"] == "true"
    assert http.get("/imports").json()["meta"]["total"] == 1


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k"}])
def test_a_lost_answer_to_commit_is_looked_up_not_repeated(http, engine, workspace_id, monkeypatch, headers):
    """The outcome of a COMMIT whose answer was lost is unknown: the next try finds the import under its id."""
    real, calls = Connection.commit, []

    def run(run_engine: Engine, work):
        def work_and_lose_the_answer(conn: Connection):
            answer = work(conn)
            if not calls:
                calls.append(answer)
                real(conn)
                raise OperationalError("COMMIT", {}, psycopg.OperationalError("server closed the connection"))
            return answer

        return transaction.run_transaction(run_engine, work_and_lose_the_answer)

    monkeypatch.setattr(request_flow, "run_transaction", run)
    answer = http.post("/leads/import", json={"leads": people(3)}, headers=headers)
    assert counts(answer) == (3, 0, 0, 0)
    assert calls
    assert count_leads(engine, workspace_id) == (3, 0)
    listed = http.get("/imports").json()
    assert [entry["id"] for entry in listed["data"]] == [report(answer)["importId"]]


def test_a_try_that_was_rolled_back_is_repeated_whole(http, engine, workspace_id, monkeypatch):
    tries = []

    def run(run_engine: Engine, work):
        def fail_once(conn: Connection):
            answer = work(conn)
            tries.append(answer)
            if len(tries) == 1:
                raise OperationalError("", {}, psycopg.errors.DeadlockDetected())
            return answer

        return transaction.run_transaction(run_engine, fail_once)

    monkeypatch.setattr(request_flow, "run_transaction", run)
    assert counts(http.post("/leads/import", json={"leads": people(3)})) == (3, 0, 0, 0)
    assert len(tries) == 2
    assert count_leads(engine, workspace_id) == (3, 0)
