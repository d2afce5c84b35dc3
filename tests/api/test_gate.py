"""Who comes in, and in which order a request is judged: contract.md sections 3 (order of judgement) and 4 (keys, errors)."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import combinations
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import Engine

from api.main import create_api
from api.rate_limit import RateLimit
from api.settings import ApiSettings
from core.key_flow import create_key, list_keys, revoke_key
from db import keys as key_queries
from db import workspaces
from tests.api.conftest import serve

GOOD = b'{"leads": [{"email": "a@example.com"}]}'
NO_JSON = b'{"leads": ['
EMPTY = b'{"leads": []}'
TWO = b'{"leads": [{"email": "a@example.com"}, {"email": "b@example.com"}]}'
SMALL = 1000
LARGE = b" " * (SMALL + 1)

NEED_A_KEY = {"detail": "Not allowed: send a valid API key in the header X-API-Key."}


@pytest.fixture(scope="module")
def small_door(api_engine: Engine) -> Iterator[str]:
    """An API with small limits: bodies of 1000 bytes, five requests in a window that never ends."""
    limit = RateLimit(per_minute=5, clock=lambda: 1_000_000_000.5)
    with serve(create_api(ApiSettings(max_body_bytes=SMALL), rate_limit=limit)) as url:
        yield url


@pytest.fixture
def read_key(engine: Engine, workspace_id: str) -> str:
    return create_key(engine, workspace_id=workspace_id, name="reader", scopes=["read"]).secret


def post(url: str, key: str | None, body: bytes, **headers: str) -> httpx.Response:
    if key is not None:
        headers["X-API-Key"] = key
    return httpx.post(f"{url}/leads/import", content=body, headers=headers)


def get(url: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{url}/leads", headers={name.replace("_", "-"): value for name, value in headers.items()})


# --- 403 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    [None, "", "otr_", "otr_" + "A" * 43, "otr_" + "A" * 42, "otr_" + "A" * 44, "nonsense", "otr_" + "ü" * 43, "x" * 5000],
)
def test_a_missing_or_unknown_key_is_403(base_url, key):
    """1. key missing, unknown …: 403."""
    headers = {} if key is None else {"X-API-Key": key.encode()}
    answer = httpx.get(f"{base_url}/leads", headers=headers)
    assert answer.status_code == 403
    assert answer.json() == NEED_A_KEY
    assert not [name for name in answer.headers if name.startswith("x-ratelimit")]


def test_a_revoked_key_is_403_at_once(base_url, engine, workspace_id, api_key):
    """1. key … revoked …: 403."""
    assert get(base_url, X_API_Key=api_key).status_code == 200
    [record] = list_keys(engine, workspace_id=workspace_id)
    revoke_key(engine, workspace_id=workspace_id, key_id=record.id)
    answer = get(base_url, X_API_Key=api_key)
    assert (answer.status_code, answer.json()) == (403, NEED_A_KEY)


def test_without_write_scope_writing_is_403(base_url, read_key):
    """1. key … without `write` scope: 403."""
    answer = post(base_url, read_key, GOOD)
    assert answer.status_code == 403
    assert answer.json() == {"detail": "Not allowed: this API key has no `write` scope."}
    for method in ("PATCH", "DELETE", "PUT"):
        assert httpx.request(method, f"{base_url}/leads/x", headers={"X-API-Key": read_key}).status_code == 403
    assert get(base_url, X_API_Key=read_key).status_code == 200


def test_without_read_scope_reading_is_403(base_url, engine, workspace_id):
    key = create_key(engine, workspace_id=workspace_id, name="writer", scopes=["write"]).secret
    answer = get(base_url, X_API_Key=key)
    assert answer.status_code == 403
    assert answer.json() == {"detail": "Not allowed: this API key has no `read` scope."}
    assert post(base_url, key, GOOD).status_code == 200


def test_a_bearer_token_serves_as_well(base_url, api_key):
    assert get(base_url, Authorization=f"Bearer {api_key}").status_code == 200
    assert get(base_url, Authorization=f"bearer  {api_key}").status_code == 200
    assert get(base_url, Authorization=f"Basic {api_key}").status_code == 403
    assert get(base_url, X_API_Key="otr_wrong", Authorization=f"Bearer {api_key}").status_code == 403


def test_cookies_and_query_are_no_key(base_url, api_key):
    """No cookies of the screens, ever."""
    assert httpx.get(f"{base_url}/leads?api_key={api_key}&key={api_key}").status_code == 403
    answer = get(base_url, Cookie=f"_streamlit_session={api_key}; X-API-Key={api_key}; session={api_key}")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_every_endpoint_but_the_open_ones_wants_a_key(base_url):
    document = httpx.get(f"{base_url}/openapi.json").json()
    for path, methods in document["paths"].items():
        for method in methods:
            url = base_url + path.replace("{", "").replace("}", "")
            expected = 200 if path == "/health" else 403
            assert httpx.request(method, url).status_code == expected, (method, path)
    for path in ("/", "/nothing", "/leads/", "//health", "/docs-not", "/health/", "/openapi.json/x", "/Health"):
        assert httpx.get(f"{base_url}{path}").status_code == 403, path


# --- nobody without a key learns anything about the body --------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", GOOD, NO_JSON, EMPTY, LARGE], ids=["none", "good", "no JSON", "empty", "large"])
def test_403_is_the_same_whatever_the_body(small_door, body):
    """Nobody without a key learns anything about the body: 403 comes first."""
    answer = post(small_door, "otr_wrong", body, **{"Idempotency-Key": "k" * 300})
    assert (answer.status_code, answer.json()) == (403, NEED_A_KEY)


def test_403_comes_before_the_body_is_sent(small_door):
    """The answer is there although not one byte of the announced body is."""
    assert status_without_body(small_door, "otr_wrong", announced=100) == 403


def test_429_comes_before_the_body_is_sent(small_door, api_key):
    for _ in range(5):
        get(small_door, X_API_Key=api_key)
    assert status_without_body(small_door, api_key, announced=100) == 429


def test_413_comes_before_an_announced_body_is_sent(small_door, api_key):
    assert status_without_body(small_door, api_key, announced=SMALL + 1) == 413


def status_without_body(url: str, key: str, *, announced: int) -> int:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        head = f"POST {parts.path}/leads/import HTTP/1.1\r\nHost: x\r\nX-API-Key: {key}\r\nContent-Length: {announced}\r\n\r\n"
        connection.sendall(head.encode())
        return int(connection.makefile("rb").readline().split()[1])


# --- 413 --------------------------------------------------------------------------------------------------------------

TOO_LARGE = {"detail": "The body is larger than the limit of 10 MB (10,485,760 bytes)."}
LIMIT = 10 * 1024 * 1024


def test_a_body_over_the_limit_is_413_and_names_it(http):
    """A body over the size limit is 413 and names the limit."""
    answer = http.post("/leads/import", content=b" " * (LIMIT + 1))
    assert (answer.status_code, answer.json()) == (413, TOO_LARGE)
    assert "x-ratelimit-limit" in answer.headers


def test_a_streamed_body_over_the_limit_is_413(http):
    """The size is counted too, not only believed."""
    answer = http.post("/leads/import", content=(b" " * 65_536 for _ in range(LIMIT // 65_536 + 1)))
    assert (answer.status_code, answer.json()) == (413, TOO_LARGE)
    answer = http.post("/leads", content=(b" " * 65_536 for _ in range(LIMIT // 65_536 + 1)),
                       headers={"Content-Type": "application/json"})  # fmt: skip
    assert (answer.status_code, answer.json()) == (413, TOO_LARGE)


def test_a_body_at_the_limit_is_read(http):
    lead = b'{"email": "a@example.com"}'
    body = b'{"leads": [' + lead + b"]" + b" " * (LIMIT - len(lead) - 13) + b"}"
    assert len(body) == LIMIT
    assert http.post("/leads/import", content=body).status_code == 200


# --- order of judgement ------------------------------------------------------------------------------------------------

#: What is wrong with a request, in the order of judgement; each pair is sent and the first must answer.
FAULTS = ("403", "429", "413", "422", "400", "409", "402")


@pytest.mark.parametrize(("first", "second"), list(combinations(FAULTS, 2)))
def test_order_of_judgement(small_door, engine, workspace_id, read_key, api_key, first, second):
    """Order of judgement for the request as a whole: 403, 429, 413, 422, 400, 409, 402. Here each pair at once."""
    faults = {first, second}
    key = read_key if "403" in faults else api_key
    headers = {"Idempotency-Key": "k"} if "409" in faults else {}
    if "409" in faults:
        assert post(small_door, api_key, GOOD, **headers).status_code == 200
    if "402" in faults:
        with engine.begin() as conn:
            workspaces.set_contact_limit(conn, workspace_id=workspace_id, contact_limit=1)
    if "429" in faults:
        for _ in range(5):
            get(small_door, X_API_Key=key)
    answer = post(small_door, key, body_with(faults), **headers)
    assert answer.status_code == int(first), answer.text


def body_with(faults: set[str]) -> bytes:
    """A body with all of its faults at once; TWO is over the limit of one lead, and not the body of the first request."""
    if faults == {"422", "400"}:
        body = b'{"leads": [], "dryRun": "x"}'
    elif "422" in faults:
        body = TWO.replace(b'"a@example.com"', b"7")
    else:
        body = EMPTY if "400" in faults else TWO
    return body + b" " * SMALL if "413" in faults else body


def test_wrong_types_are_judged_before_the_number_of_leads(http):
    """3 before 4: a wrong type among more than 1000 leads is 422."""
    leads = [{"email": f"a{i}@example.com"} for i in range(1500)]
    answer = http.post("/leads/import", json={"leads": [*leads, {"email": 1}]})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "leads", 1500, "email"]
    assert http.post("/leads/import", json={"leads": leads, "restoreSoftDeleted": "x"}).status_code == 422


# --- errors ------------------------------------------------------------------------------------------------------------


def test_an_unknown_path_is_404_and_an_unknown_method_405(http):
    """Errors are `{"detail": "..."}`."""
    for path in ("/nothing", "/", "/leads/", "/sequences", "/inbox", "/templates", "/email-accounts", "/analytics/overview"):
        answer = http.get(path)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"}), path
    answer = http.put("/leads")
    assert (answer.status_code, answer.json()) == (405, {"detail": "Method Not Allowed"})
    assert answer.headers["allow"] == "GET, POST"
    assert http.put("/leads/cld_x").headers["allow"] == "DELETE, GET, PATCH"


def test_a_path_with_odd_characters_is_404_not_500(http):
    for path in (
        "/leads/%00",
        "/imports/%00",
        "/imports/imp_%ff",
        "/imports/..%2f",
        "/imports/" + "x" * 5000,
        "/leads/%F0%9F%98%80",
    ):
        assert http.get(path).status_code in (404, 422), path


def test_a_client_that_leaves_in_the_middle_of_its_body_changes_nothing(http, base_url, api_key, engine, workspace_id):
    parts = urlsplit(base_url)
    connection = HTTPConnection(parts.hostname, parts.port)
    connection.putrequest("POST", f"{parts.path}/leads/import")
    connection.putheader("X-API-Key", api_key)
    connection.putheader("Content-Length", str(len(GOOD) + 1))
    connection.endheaders(GOOD)
    connection.close()
    assert http.get("/leads").json()["meta"]["total"] == 0


# --- last use ----------------------------------------------------------------------------------------------------------


def test_last_use_is_recorded_at_most_once_a_minute(http, engine, workspace_id, monkeypatch):
    """Last use recorded (not on every call)."""
    writes: list[bytes] = []
    record = key_queries.record_use
    monkeypatch.setattr(
        key_queries, "record_use", lambda conn, key_hash: (writes.append(key_hash), record(conn, key_hash=key_hash))
    )
    assert list_keys(engine, workspace_id=workspace_id)[0].last_used_at is None
    for _ in range(3):
        http.get("/leads")
    first = list_keys(engine, workspace_id=workspace_id)[0].last_used_at
    assert first is not None
    assert len(writes) == 1
    with engine.begin() as conn:
        conn.exec_driver_sql(
            "UPDATE api_keys SET last_used_at = last_used_at - interval '61 seconds' WHERE workspace_id = %s", (workspace_id,)
        )
    http.get("/leads")
    http.get("/leads")
    assert len(writes) == 2
    assert list_keys(engine, workspace_id=workspace_id)[0].last_used_at > first


