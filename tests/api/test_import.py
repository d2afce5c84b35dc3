"""The bulk import over a real socket against real PostgreSQL: contract.md section 3, sentence by sentence."""

import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text

from core.ids import parse_import_id
from db import workspaces
from tests.conftest import CONTACT_LIMIT, count_leads
from tests.factories import set_limit

KEYS = ("created", "restored", "duplicates", "errors", "duplicateEmails", "errorDetails")


def post(http: httpx.Client, leads: list[Any], *, headers: dict[str, str] | None = None, **options: Any) -> httpx.Response:
    return http.post("/leads/import", json={"leads": leads, **options}, headers=headers)


def report(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def counts(answer: httpx.Response) -> tuple[int, int, int, int]:
    data = report(answer)
    return data["created"], data["restored"], data["duplicates"], data["errors"]


def people(count: int, prefix: str = "p") -> list[dict[str, Any]]:
    return [{"email": f"{prefix}{i}@example.com", "firstName": f"Name {i}"} for i in range(count)]


def delete_leads(http: httpx.Client, *emails: str) -> None:
    for email in emails:
        [lead] = http.get("/leads", params={"email": email}).json()["data"]
        assert http.delete(f"/leads/{lead['id']}").status_code == 200


def find_lead(http: httpx.Client, email: str) -> dict[str, Any]:
    [lead] = http.get("/leads", params={"email": email}).json()["data"]
    return lead


def snapshot(engine: Engine, workspace_id: str) -> list[tuple]:
    """Everything that an import can write."""
    tables = ("leads", "imports", "import_parts", "campaigns", "idempotency_keys")
    with engine.connect() as conn:
        rows = [
            tuple(row)
            for table in tables
            for row in conn.execute(
                text(f"SELECT '{table}', to_jsonb(t)::text FROM {table} AS t WHERE workspace_id = :id ORDER BY 2"),
                {"id": workspace_id},
            )
        ]
        return [*rows, *map(tuple, conn.execute(text("SELECT * FROM workspaces WHERE id = :id"), {"id": workspace_id}))]


def run_together(*works: Callable[[], Any]) -> list[Any]:
    """What the works return, all begun at the same moment."""
    gate, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(i: int, work: Callable[[], Any]) -> None:
        gate.wait()
        answers[i] = work()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


# --- the answer -------------------------------------------------------------------------------------------------------


def test_the_answer_has_the_documented_keys_and_counts(http):
    """`{"data": {"created": n, "restored": n, "duplicates": n, "errors": n, "duplicateEmails": [first 100], …}}`"""
    data = report(post(http, [*people(2), {"email": "P0@example.com"}, {"email": "bad"}]))
    assert {key: data[key] for key in KEYS[:5]} == {
        "created": 2, "restored": 0, "duplicates": 1, "errors": 1, "duplicateEmails": ["P0@example.com"],
    }  # fmt: skip
    [error] = data["errorDetails"]
    assert error["email"] == "bad"
    assert error["reason"].startswith("invalid email: ")
    assert (error["row"], error["field"], error["code"]) == (4, "email", "email-invalid")


def test_helpful_extras(http, engine, workspace_id):
    post(http, people(1))
    data = report(post(http, [*people(2), *people(2), *people(2)]))
    assert data["inRequestDuplicates"] == 4
    assert data["existingDuplicates"] == 1
    assert data["remaining"] == CONTACT_LIMIT - 2
    assert data["dryRun"] is False
    assert parse_import_id(data["importId"])


def test_the_lists_are_capped_at_a_hundred_and_the_counts_are_not(http):
    """duplicateEmails first 100, errorDetails first 100."""
    bad = [{"email": f"bad {i}"} for i in range(101)]
    data = report(post(http, [*people(101), *people(101), *bad]))
    assert (data["created"], data["duplicates"], data["errors"]) == (101, 101, 101)
    assert data["duplicateEmails"] == [f"p{i}@example.com" for i in range(100)]
    assert [error["email"] for error in data["errorDetails"]] == [f"bad {i}" for i in range(100)]
    assert [error["row"] for error in data["errorDetails"]] == list(range(203, 303))


@pytest.mark.parametrize("lead", [{}, {"email": None}, {"email": ""}, {"email": " \t"}, {"email": "", "status": "odd"}])
def test_for_the_empty_email_the_reason_is_empty_email(http, lead):
    """For the empty email the reason is `empty email`. A missing key and null mean the same."""
    [error] = report(post(http, [lead]))["errorDetails"]
    assert error == {"email": "", "reason": "empty email", "row": 1, "field": "email", "code": "email-empty"}


def test_200_even_if_every_row_is_a_duplicate_or_an_error(http):
    """Always 200 when the request as a whole was accepted, even if every row is a duplicate or an error."""
    post(http, people(2))
    assert counts(post(http, people(2))) == (0, 0, 2, 0)
    assert counts(post(http, [{"email": "x"}, {"email": "y"}])) == (0, 0, 0, 2)


def test_the_four_counts_equal_the_number_of_rows_sent(http):
    """So `created + restored + duplicates + errors` always equals the number of rows sent."""
    post(http, people(4))
    delete_leads(http, "p0@example.com", "p1@example.com")
    rows = [*people(6), *people(3), {"email": "bad"}]
    assert counts(post(http, rows)) == (2, 2, 5, 1)
    assert sum(counts(post(http, rows))) == len(rows)


# --- each row, first match wins ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"email": "no at"}, "email", "email-invalid"),
        ({"email": "a" * 65 + "@example.com"}, "email", "email-invalid"),
        ({"email": "a@" + "b" * 250 + ".com"}, "email", "email-too-long"),
        ({"status": "gone"}, "status", "status-unknown"),
        ({"firstName": "x" * 256}, "firstName", "value-too-long"),
        ({"linkedinUrl": "x" * 2049}, "linkedinUrl", "value-too-long"),
        ({"notes": "nul\u0000"}, "notes", "value-characters-forbidden"),
        ({"tags": [str(i) for i in range(101)]}, "tags", "tags-too-many"),
        ({"customFields": {str(i): i for i in range(201)}}, None, "custom-fields-too-many"),
        ({"customFields": {"a": "\u0000"}}, "customFields", "value-characters-forbidden"),
    ],
)
def test_an_invalid_value_is_an_error_of_its_row(http, engine, workspace_id, wrong, field, code):
    """1. invalid value: counted in `errors`. The other rows are imported."""
    data = report(post(http, [{"email": "a@example.com", **wrong}, {"email": "b@example.com"}]))
    [error] = data["errorDetails"]
    assert (error["row"], error["field"], error["code"]) == (1, field, code)
    assert count_leads(engine, workspace_id) == (1, 0)


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\ud800\ud800", r"\u0000", r"\uDBFF x"])
@pytest.mark.parametrize("lead", ['"email": "a@example.com", "company": "%s"', '"email": "%s@example.com"',
                                  '"email": "a@example.com", "tags": ["%s"]',
                                  '"email": "a@example.com", "customFields": {"a": [{"%s": 1}]}'])  # fmt: skip
def test_a_lone_surrogate_or_nul_is_an_error_of_its_row(http, escape, lead):
    """JSON is parsed strictly: no lone surrogates or NUL into PostgreSQL: error rows, not a 500."""
    body = '{"leads": [{%s}, {"email": "good@example.com", "notes": "\\ud83d\\ude00 \\\\ud800"}]}' % (lead % escape)
    answer = http.post("/leads/import", content=body)
    assert counts(answer) == (1, 0, 0, 1)
    assert find_lead(http, "good@example.com")["notes"] == "😀 \\ud800"
    summary = http.get(f"/imports/{report(answer)['importId']}/report.csv")
    assert summary.status_code == 200


def test_the_first_valid_row_of_an_email_wins(http):
    """The first occurrence wins, whether or not it led to a create. 2. email stood earlier in a valid row."""
    rows = [
        {"email": "a@example.com", "status": "odd"},
        {"email": "A@example.com ", "firstName": "Second"},
        {"email": "a@EXAMPLE.com", "firstName": "Third"},
    ]
    assert counts(post(http, rows)) == (1, 0, 1, 1)
    assert find_lead(http, "a@example.com")["firstName"] == "Second"


def test_an_active_lead_is_not_touched(http):
    """3. email belongs to an active lead: `duplicates` (the stored lead is not touched)."""
    post(http, [{"email": "a@example.com", "firstName": "Old"}])
    before = find_lead(http, "a@example.com")
    assert counts(post(http, [{"email": "a@example.com", "firstName": "New"}])) == (0, 0, 1, 0)
    assert find_lead(http, "a@example.com") == before


def test_a_soft_deleted_lead_is_restored_or_a_duplicate(http, engine, workspace_id):
    """4. email belongs to a soft-deleted lead: `restored` when `restoreSoftDeleted`, otherwise `duplicates`."""
    post(http, people(2))
    delete_leads(http, "p0@example.com", "p1@example.com")
    assert counts(post(http, people(1), restoreSoftDeleted=False)) == (0, 0, 1, 0)
    assert count_leads(engine, workspace_id) == (0, 2)
    assert counts(post(http, people(1), restoreSoftDeleted=True)) == (0, 1, 0, 0)
    assert counts(post(http, people(2))) == (0, 1, 1, 0)  # true where it is not given
    assert count_leads(engine, workspace_id) == (2, 0)


def test_restore_merge(http):
    """A field that the payload gives replaces the stored one; what it does not give keeps its stored value; …"""
    post(http, [{"email": "a@example.com", "firstName": "Old", "company": "Kept", "source": "fair", "status": "unsubscribed",
                 "tags": ["one", "two"], "customFields": {"a": 1, "b": 2}}])  # fmt: skip
    before = find_lead(http, "a@example.com")
    campaign = http.post("/campaigns", json={"name": "Spring"}).json()["data"]["id"]
    http.post(f"/campaigns/{campaign}/leads", json={"leadIds": [before["id"]]})
    delete_leads(http, "a@example.com")
    assert http.get(f"/campaigns/{campaign}").json()["data"]["totalLeads"] == 0
    post(http, [{"email": "A@example.com", "firstName": "New", "company": "", "lastName": None, "source": "api2",
                 "tags": ["two", "three"], "customFields": {"b": 3}}])  # fmt: skip
    after = find_lead(http, "a@example.com")
    changed = {key: after[key] for key in after if after[key] != before[key]}
    assert changed.pop("updatedAt") > before["updatedAt"]
    assert changed == {"firstName": "New", "tags": ["one", "two", "three"], "customFields": {"a": 1, "b": 3}}
    assert http.get(f"/campaigns/{campaign}").json()["data"]["totalLeads"] == 1


def test_a_status_that_the_payload_names_itself_replaces(http):
    """A `status` of `bounced` or `unsubscribed` survives unless the payload names a status itself."""
    post(http, [{"email": "a@example.com", "status": "bounced"}])
    delete_leads(http, "a@example.com")
    post(http, [{"email": "a@example.com", "status": "active"}])
    assert find_lead(http, "a@example.com")["status"] == "active"


def test_defaults_and_unknown_keys(http):
    """`source`: default `api` through the API; `status`: default `active`. Keys that nobody knows are ignored."""
    post(http, [{"email": "a@example.com", "nickname": "x", "first_name": "not the wire's name", "id": 7}])
    lead = find_lead(http, "a@example.com")
    assert (lead["source"], lead["status"], lead["firstName"]) == ("api", "active", None)


# --- the request as a whole -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1001, 5000])
def test_empty_or_more_than_1000_is_400(http, engine, workspace_id, count):
    """4. `leads` is empty or has more than 1000: 400."""
    before = snapshot(engine, workspace_id)
    answer = post(http, people(count))
    assert answer.status_code == 400
    assert answer.json() == {"detail": f"A request takes 1 to 1,000 leads; this one has {count:,}."}
    assert snapshot(engine, workspace_id) == before


def test_1000_leads_are_taken(http, engine, workspace_id):
    """1 to 1000 leads."""
    assert counts(post(http, people(1000))) == (1000, 0, 0, 0)
    assert count_leads(engine, workspace_id) == (1000, 0)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"leads": [{"email": "a@b.de"}, {"email": 7}]}, ["leads", 1, "email"]),
        ({"leads": [{"email": True}]}, ["leads", 0, "email"]),
        ({"leads": [{"email": ["a@b.de"]}]}, ["leads", 0, "email"]),
        ({"leads": [{"tags": "vip"}]}, ["leads", 0, "tags"]),
        ({"leads": [{"tags": ["vip", 1]}]}, ["leads", 0, "tags", 1]),
        ({"leads": [{"tags": [None]}]}, ["leads", 0, "tags", 0]),
        ({"leads": [{"customFields": []}]}, ["leads", 0, "customFields"]),
        ({"leads": [{"firstName": 1}]}, ["leads", 0, "firstName"]),
        ({"leads": [{"linkedinUrl": {}}]}, ["leads", 0, "linkedinUrl"]),
        ({"leads": [{}], "restoreSoftDeleted": "yes"}, ["restoreSoftDeleted"]),
        ({"leads": [{}], "restoreSoftDeleted": 1}, ["restoreSoftDeleted"]),
        ({"leads": [{}], "restoreSoftDeleted": None}, ["restoreSoftDeleted"]),
        ({"leads": [{}], "dryRun": "no"}, ["dryRun"]),
        ({"leads": ["a@b.de"]}, ["leads", 0]),
        ({"leads": [None]}, ["leads", 0]),
        ({"leads": {}}, ["leads"]),
        ({"leads": None}, ["leads"]),
        ({}, ["leads"]),
        ([], []),
        (None, []),
        ("leads", []),
    ],
)
def test_a_wrong_json_type_is_422_naming_the_place(http, engine, workspace_id, body, place):
    """3. body is not JSON, or a field has the wrong JSON type: 422 naming the place."""
    before = snapshot(engine, workspace_id)
    answer = http.post("/leads/import", json=body)
    assert answer.status_code == 422
    [found] = answer.json()["detail"]
    assert found["loc"] == ["body", *place]
    assert found.keys() == {"loc", "msg", "type"}
    assert snapshot(engine, workspace_id) == before


def test_every_wrong_place_is_named_up_to_a_hundred(http):
    wrong = [{"email": 1, "tags": "x"}, {}, {"status": 2}]
    places = [place["loc"] for place in post(http, wrong, dryRun=3).json()["detail"]]
    assert places == [["body", "leads", 0, "email"], ["body", "leads", 0, "tags"], ["body", "leads", 2, "status"],
                      ["body", "dryRun"]]  # fmt: skip
    assert len(post(http, [{"email": 1}] * 1000).json()["detail"]) == 100


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"leads", b'{"leads": [{}],}', b"{'leads': []}", b'{"leads": [{}]} x', b"\xff", b'{"leads": ["\xff"]}',
        b'\xef\xbb\xbf{"leads": [{}]}', '{"leads": [{}]}'.encode("utf-16"), b'{"leads": [{"email": "a\nb"}]}',
        b'{"leads": [{"customFields": {"a": 01}}]}', b'{"leads": [{"email": "\\x"}]}',
    ],
)  # fmt: skip
def test_a_body_that_is_not_json_is_422(http, body):
    """3. body is not JSON."""
    answer = http.post("/leads/import", content=body)
    assert answer.status_code == 422
    [place] = answer.json()["detail"]
    assert (place["loc"], place["type"]) == (["body"], "json_invalid")


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 400 + ".0", "9" * 5000]
)
@pytest.mark.parametrize("place", ['"customFields": {"a": %s}', '"customFields": {"a": [{"b": %s}]}'])
def test_numbers_that_nobody_can_hold_are_422(http, number, place):
    """JSON is parsed strictly: no NaN; giant numbers refused."""
    body = '{"leads": [{"email": "a@example.com", %s}]}' % (place % number)
    assert http.post("/leads/import", content=body).status_code == 422


def test_nan_is_not_json_in_a_key_that_is_ignored_and_a_word_in_a_text(http):
    assert http.post("/leads/import", content='{"leads": [{"a": NaN}]}').status_code == 422
    assert http.post("/leads/import", content='{"leads": [{}], "a": [-Infinity]}').status_code == 422
    assert counts(post(http, [{"email": "a@example.com", "notes": "NaN Infinity"}])) == (1, 0, 0, 0)


def test_large_numbers_are_kept_exactly(http):
    numbers = {"integer": 10**300, "small": 1e-300, "negative": -0.1, "two": 2.0}
    post(http, [{"email": "a@example.com", "customFields": numbers}])
    assert find_lead(http, "a@example.com")["customFields"] == numbers


def nested(http: httpx.Client, depth: int) -> httpx.Response:
    head, tail = '{"leads": [{"email": "a@example.com", "customFields": {"a": ', "}}]}"
    return http.post("/leads/import", content=head + "[" * depth + "]" * depth + tail)


@pytest.mark.parametrize("depth", [250, 100_000])
def test_deep_nesting_is_refused(http, depth):
    """JSON is parsed strictly: deep nesting refused."""
    assert nested(http, depth).status_code == 422


@pytest.mark.parametrize(("depth", "outcome"), [(99, (1, 0, 0, 0)), (150, (0, 0, 0, 1))])
def test_nesting_that_can_be_read_but_not_kept_is_an_error_of_its_row(http, depth, outcome):
    assert counts(nested(http, depth)) == outcome


def test_of_duplicate_keys_the_last_one_wins(http):
    """JSON is parsed strictly: duplicate keys defined."""
    body = '{"leads": [], "leads": [{"email": "a@example.com", "email": "b@example.com", "customFields": {"x": 1, "x": 2}}]}'
    assert counts(http.post("/leads/import", content=body)) == (1, 0, 0, 0)
    assert find_lead(http, "b@example.com")["customFields"] == {"x": 2}


def test_any_content_type_is_read_as_json(http):
    answer = http.post("/leads/import", content=b'{"leads": [{}]}', headers={"Content-Type": "text/plain"})
    assert counts(answer) == (0, 0, 0, 1)


# --- the contact limit ------------------------------------------------------------------------------------------------


def test_over_the_contact_limit_is_402_with_the_numbers(http, engine, workspace_id):
    """5. 402, with the limit, the active count and the number that the request would add; nothing is written."""
    post(http, people(3))
    delete_leads(http, "p0@example.com")
    set_limit(engine, workspace_id, 4)
    before = snapshot(engine, workspace_id)
    answer = post(http, [*people(1), *people(2, "new")])
    assert answer.status_code == 402
    assert answer.json() == {
        "detail": "Contact limit exceeded: the workspace has 2 of 4 leads; this import would add 3.",
        "limit": 4,
        "active": 2,
        "added": 3,
    }
    assert snapshot(engine, workspace_id) == before


def test_duplicates_and_invalid_rows_use_no_quota(http, engine, workspace_id):
    """Duplicates and invalid rows use no quota."""
    post(http, people(2))
    set_limit(engine, workspace_id, 3)
    data = report(post(http, [*people(2), *people(1, "new"), *people(1, "new"), {"email": "bad"}]))
    assert (data["created"], data["duplicates"], data["errors"], data["remaining"]) == (1, 3, 1, 0)
    set_limit(engine, workspace_id, 0)
    data = report(post(http, people(2)))
    assert (data["duplicates"], data["remaining"]) == (2, 0)


def test_rows_with_a_good_email_and_something_else_wrong_use_no_quota(http, engine, workspace_id):
    """Duplicates and invalid rows use no quota, be their emails new, deleted, or those of a later good row."""
    post(http, people(2))
    delete_leads(http, "p0@example.com")
    set_limit(engine, workspace_id, 2)
    wrong = [{"email": email, "status": "asleep"} for email in ("new0@example.com", "new1@example.com", "p0@example.com")]
    data = report(post(http, [*wrong, *people(1, "new")]))
    assert (data["created"], data["restored"], data["errors"], data["remaining"]) == (1, 0, 3, 0)
    answer = post(http, [*wrong, *people(1, "other")])
    assert (answer.status_code, answer.json()["added"]) == (402, 1)


# --- dry run ----------------------------------------------------------------------------------------------------------


def test_a_dry_run_reports_what_the_import_then_does_and_writes_nothing(http, engine, workspace_id):
    """`dryRun: true` in the body returns the report of what would happen and writes nothing."""
    post(http, people(3))
    delete_leads(http, "p0@example.com")
    rows = [*people(5), *people(1), {"email": "bad"}]
    before = snapshot(engine, workspace_id)
    tried = report(post(http, rows, dryRun=True))
    assert snapshot(engine, workspace_id) == before
    done = report(post(http, rows, dryRun=False))
    assert tried.pop("dryRun") is True
    assert tried.pop("importId") is None
    assert tried == {key: done[key] for key in tried}


def test_a_dry_run_is_refused_like_the_import(http, engine, workspace_id):
    set_limit(engine, workspace_id, 1)
    assert post(http, people(2), dryRun=True).status_code == 402
    assert post(http, [], dryRun=True).status_code == 400


def test_a_dry_run_keeps_no_idempotency_key(http, engine, workspace_id):
    headers = {"Idempotency-Key": "k"}
    post(http, people(1), headers=headers, dryRun=True)
    assert counts(post(http, people(2), headers=headers)) == (2, 0, 0, 0)
    assert counts(post(http, people(3), headers=headers, dryRun=True)) == (1, 0, 2, 0)


# --- the record -------------------------------------------------------------------------------------------------------


def test_the_import_leaves_record_and_ledger(http, engine, workspace_id):
    """It writes the same import record and ledger as the wizard (which door, which key)."""
    import_id = report(post(http, [*people(2), {"email": "bad"}]))["importId"]
    data = http.get(f"/imports/{import_id}").json()["data"]
    assert (data["door"], data["state"], data["rows"]) == ("api", "done", 3)
    assert (data["created"], data["errors"], data["notImported"]) == (2, 1, 0)
    assert data["createdBy"].startswith("test (otr_…")
    lines = http.get(f"/imports/{import_id}/report.csv").text.splitlines()
    assert [line.split(",")[1] for line in lines] == ["Outcome", "Created", "Created", "Error"]


# --- all or nothing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["imports", "import_parts", "idempotency_keys"])
def test_a_fault_at_any_write_leaves_nothing(http, engine, workspace_id, table, monkeypatch):
    """After any 4xx or 5xx, or a crash at any moment, the database is as it was before."""
    from core import request_flow

    post(http, people(2))
    delete_leads(http, "p0@example.com")
    before = snapshot(engine, workspace_id)
    module, name = {
        "imports": (request_flow.imports, "INSERT_FINISHED_IMPORT"),
        "import_parts": (request_flow.imports, "INSERT_PART"),
        "idempotency_keys": (request_flow.answers, "INSERT_ANSWER"),
    }[table]
    monkeypatch.setattr(module, name, "SELECT 1 / 0")
    answer = post(http, people(5), headers={"Idempotency-Key": "k"})
    assert answer.status_code == 500
    assert answer.json() == {"detail": "Internal server error."}
    monkeypatch.undo()
    assert snapshot(engine, workspace_id) == before
    assert counts(post(http, people(5), headers={"Idempotency-Key": "k"})) == (3, 1, 1, 0)


def test_racing_requests_create_each_email_once(http, engine, workspace_id):
    """Two requests that race for the same emails give the result of some serial order: an email is created once."""
    answers = run_together(*[lambda: post(http, people(200)) for _ in range(4)])
    assert sorted(counts(answer) for answer in answers) == [*[(0, 0, 200, 0)] * 3, (200, 0, 0, 0)]
    assert count_leads(engine, workspace_id) == (200, 0)


def test_racing_requests_restore_each_lead_once(http, engine, workspace_id):
    post(http, people(20))
    delete_leads(http, *[f"p{i}@example.com" for i in range(20)])
    answers = run_together(*[lambda: post(http, people(20)) for _ in range(4)])
    assert sorted(counts(answer) for answer in answers) == [*[(0, 0, 20, 0)] * 3, (0, 20, 0, 0)]
    assert count_leads(engine, workspace_id) == (20, 0)


def test_racing_requests_never_pass_the_contact_limit(http, engine, workspace_id):
    """… or for the last places of the contact limit …: the limit is never exceeded, and no request fails because of the other."""
    set_limit(engine, workspace_id, 100)
    works = [lambda prefix=f"w{i}-": post(http, people(30, prefix)) for i in range(6)]
    statuses = sorted(answer.status_code for answer in run_together(*works))
    assert statuses == [200, 200, 200, 402, 402, 402]
    assert count_leads(engine, workspace_id) == (90, 0)


def test_another_workspace_is_not_touched(http, engine, workspace_id, base_url):
    """A key sees its own workspace and nothing else (another workspace's ids are 404)."""
    from core.key_flow import create_key

    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=f"{workspace_id}-b", name="b", contact_limit=10)
    import_id = report(post(http, people(1)))["importId"]
    secret = create_key(engine, workspace_id=f"{workspace_id}-b", name="b").secret
    with httpx.Client(base_url=base_url, headers={"X-API-Key": secret}) as other:
        assert counts(post(other, people(1))) == (1, 0, 0, 0)
        assert other.get(f"/imports/{import_id}").status_code == 404
        assert other.get(f"/imports/{import_id}/report.csv").status_code == 404
        assert other.get("/imports").json()["meta"]["total"] == 1


