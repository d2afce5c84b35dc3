"""The application as a whole, over HTTP: screens and API behind one door, and what every answer says to a browser."""

import http.client
import json
from collections.abc import Iterator

import pytest

from api.security import content_security_policy
from tests.browser.serving import RunningApp, running_app


@pytest.fixture(scope="module")
def app() -> Iterator[RunningApp]:
    with running_app() as started:
        yield started


def ask(app: RunningApp, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body of a GET, with headers of our own in place of the usual ones."""
    connection = http.client.HTTPConnection(app.url.removeprefix("http://"), timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "answer", "host"),
    [
        ("/", 200, None), ("/history", 200, None), ("/_stcore/health", 200, None), ("/api/v1/health", 200, None),
        ("/api/v1/openapi.json", 200, None), ("/api/v1/docs/nothing", 404, None), ("/api/v1/docs/start.js", 200, None),
        ("/api/v1/leads", 403, None), ("/media/nothing", 404, None), ("/download/leads.csv", 403, None),
        ("/api/v1/docs/../leads", 400, None), ("//evil.example/", 400, None), ("/_stcore/metrics", 404, None),
        ("/auth/logout", 302, None), ("/history/", 301, None), ("/", 400, "evil.example"), ("/api/v1/docs", 400, "evil.example"),
    ],
)  # fmt: skip
def test_every_answer_says_what_a_browser_may_do_with_it(app, path, answer, host):
    status, headers, _ = ask(app, path, **({"Host": host} if host else {}))
    assert status == answer
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"] == content_security_policy()


def test_no_script_runs_that_is_not_ours(app):
    _, headers, page = ask(app, "/")
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "http" not in headers["Content-Security-Policy"], "the product asks no other host for anything"
    assert policy["script-src"].count("'sha256-") == page.count(b"<script>")


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/", "/%2f/evil.example/", "/%5cevil.example/", "/.//evil.example//",
                                  "/oauth2callback?next=//evil.example", "/auth/login?next=//evil.example", "/auth/logout?next=//evil.example"])
def test_no_address_leads_to_another_host(app, path):
    _, headers, _ = ask(app, path)
    location = headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_no_page_that_has_ours_in_a_frame_gives_it_orders(app):
    """Streamlit's own list names hosts of its cloud."""
    assert json.loads(ask(app, "/_stcore/host-config")[2])["allowedOrigins"] == []


@pytest.mark.parametrize("path", ["/", "/api/v1/health", "/_stcore/health", "/_stcore/stream"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example"])
def test_a_foreign_host_name_is_answered_with_400(app, path, host):
    """Otherwise a page of somebody else's could reach a local product by a name that points to 127.0.0.1."""
    assert ask(app, path, Host=host)[0] == 400


def test_the_api_is_mounted_beside_the_screens(app):
    status, headers, body = ask(app, "/api/v1/health")
    assert (status, headers.get_content_type()) == (200, "application/json")
    assert json.loads(body)
    _, _, body = ask(app, "/api/v1/openapi.json")
    document = json.loads(body)
    assert document["openapi"].startswith("3.")
    assert any(path.endswith("/leads/import") for path in document["paths"])
    assert ask(app, "/api/v1/leads")[0] == 403, "without a key nothing is told"


def test_the_page_is_served_at_every_address_of_the_navigation(app):
    for path in ("/", "/history", "/settings", "/?import=imp_00000000000000000000000000000000"):
        status, headers, body = ask(app, path)
        assert (status, headers.get_content_type()) == (200, "text/html"), path
        assert b"<div id=\"root\">" in body


def test_a_server_of_many_names_is_told_them_by_a_setting(app):
    with running_app(LEAD_IMPORT_HOSTS="leads.example") as named:
        assert ask(named, "/api/v1/health", Host="leads.example")[0] == 200
        assert ask(named, "/api/v1/health", Host="evil.example")[0] == 400


def test_the_bare_address_of_the_api_leads_to_its_documentation(app):
    status, headers, _ = ask(app, "/api/v1")
    assert (status, headers["Location"]) == (307, "/api/v1/docs")
