"""The product talks to its visitor and to its database, and to nobody else: neither from the browser nor from the server.

Nobody whom an admin did not name, that is: a login's provider and a webhook are called where they are configured.
"""

import textwrap
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from pages.shared import keys
from tests.browser import driving, files
from tests.browser.conftest import is_foreign
from tests.browser.serving import RunningApp, running_app, temporary_home

#: Loaded by Python itself when the product's process starts: notes every name that is looked up and every address that
#: is connected to, whichever library does it.
WATCH = """
    import os, sys

    def note(event, arguments):
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            write(str(arguments[1][0]))
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            write(str(arguments[0]))

    def write(host):
        with open(os.environ["WATCHED_HOSTS"], "a") as log:
            log.write(host + chr(10))

    sys.addaudithook(note)
"""
OWN = {"127.0.0.1", "localhost", "::1", "None", ""}


@pytest.fixture(scope="module")
def watched(chromium_path: str) -> Iterator[RunningApp]:
    """A product whose process writes down whom it talks to."""
    with temporary_home() as home:
        (home / "sitecustomize.py").write_text(textwrap.dedent(WATCH))
        (home / "hosts").touch()
        with running_app(home=home, PYTHONPATH=str(home), WATCHED_HOSTS=str(home / "hosts")) as app:
            yield app


@pytest.fixture
def app(watched: RunningApp) -> RunningApp:
    """What the shared fixtures of this folder open their pages on."""
    return watched


def hosts_of(app: RunningApp) -> set[str]:
    """Every host that the process looked up or connected to since it started."""
    return set((app.home / "hosts").read_text().splitlines())


def test_no_page_asks_another_host_for_anything(page: Page, app: RunningApp, domain: str):
    """Every screen, every step of an import, the documentation of the API: no request, no websocket, no broken policy."""
    asked: list[str] = []
    complaints: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)

    driving.open_page(page)
    driving.go_to_review(page, "quiet.csv", files.many_leads(domain, 5))
    driving.run_import(page)
    driving.download(page, keys.REPORT_CSV)
    for address in ("/history", "/settings", "/nowhere"):
        page.goto(address)
        page.locator(driving.IDLE).wait_for()
    page.goto("/api/v1/docs")
    page.locator(".opblock").first.wait_for()

    assert any(url.startswith("ws:") for url in asked), "websockets are seen, too"
    assert len(asked) > 20
    assert [url for url in asked if is_foreign(url, app.url)] == []
    assert complaints == []


def test_the_server_asks_nobody_either(page: Page, app: RunningApp, domain: str):
    """No telemetry, no look for updates, no check of a domain of an email: addresses are judged by their text alone."""
    driving.open_page(page)
    driving.go_to_review(page, "quiet.csv", files.many_leads(domain, 5))
    driving.run_import(page)
    found = hosts_of(app)
    assert "127.0.0.1" in found, "the watch is awake: the server looked whether it answers"
    assert found - OWN == set()
