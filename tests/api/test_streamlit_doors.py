"""What Streamlit would answer to everybody is answered to nobody."""

import asyncio

import pytest

from api.streamlit_doors import StreamlitDoors


def ask(path="/", kind="http", query=b"", **headers):
    """What StreamlitDoors sends, and the scope that came through to Streamlit."""
    sent, seen = [], []

    async def app(scope, receive, send):
        seen.append(scope)

    async def send(message):
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "path": path, "query_string": query, "headers": raw, "method": "GET"}
    asyncio.run(StreamlitDoors(app)(scope, None, send))
    return sent, seen


@pytest.mark.parametrize("origin", ["http://evil.example", "http://leads.example:81", "http://localhost:3000", "null", "x", "//[", ""])
def test_a_websocket_of_a_foreign_page_does_not_reach_streamlit(origin):
    """It would ask the internet who we are, on the event loop, each time."""
    sent, seen = ask("/_stcore/stream", "websocket", host="leads.example", origin=origin)
    assert (sent, seen) == ([{"type": "websocket.close", "code": 1008}], [])


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "leads.example", "origin": "https://leads.example"},
        {"host": "LEADS.example:8501", "origin": "http://leads.example:8501"},
        {"host": "10.0.0.7:8501", "origin": "https://public.example"},
        {"host": "leads.example"},
    ],
    ids=["its own", "with a port", "behind a proxy", "no browser"],
)
def test_a_websocket_of_our_own_page_does(monkeypatch, headers):
    monkeypatch.setenv("LEAD_IMPORT_PUBLIC_URL", "https://public.example")
    assert len(ask("/_stcore/stream", "websocket", **headers)[1]) == 1


def test_figures_ask_for_a_token_and_so_streamlit_s_own_are_shut():
    sent, seen = ask("/_stcore/metrics")
    assert (sent[0]["status"], seen) == (404, [])


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        (b"code=a-b_c&state=x%2By", b"code=a-b_c&state=x%2By"),
        (b"error=a%0D%0ab%1B[31m", b"error=a%20%20b%20[31m"),
        (b"error=%c2%9b%C2%85%e2%80%a8%E2%80%AE%7f", b"error=" + b"%20" * 5),
        (b"error=\x9b\xc2\x9bx", b"error=%20%20%20x"),
        (b"error=%C3%BC%e2%80%93", b"error=%C3%BC%e2%80%93"),
    ],
)
def test_a_failed_login_writes_nothing_into_the_log_that_a_terminal_obeys(query, seen):
    [scope] = ask("/oauth2callback", query=query)[1]
    assert scope["query_string"] == seen
