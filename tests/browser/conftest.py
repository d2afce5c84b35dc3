"""A product, a browser, and a page for each test; what a failed test leaves behind to look at."""

import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.serving import ROOT, RunningApp, running_app
from tools import chromium

RESULTS = ROOT / "test-results"

# Root may not use Chromium's sandbox; the rest keeps it from calling home, which a closed network answers slowly.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

# Longer than anything takes on a busy machine of two cores; a wait ends as soon as its condition holds.
TIMEOUT_MS = 45_000

DESKTOP = {"width": 1280, "height": 900}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to drive. Without one the tests are skipped, which in CI counts as failed."""
    path = chromium.find()
    if path is not None:
        return path
    if os.environ.get("CI"):
        pytest.fail(f"browser tests must run in CI, but {chromium.NONE_FOUND}")
    pytest.skip(f"BROWSER TESTS WERE NOT RUN: {chromium.NONE_FOUND}")


# Not for the whole session: Playwright keeps an event loop running in this thread, and other tests want their own.
@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=TIMEOUT_MS)
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def app(chromium_path: str) -> Iterator[RunningApp]:
    """The product, shared by all tests that do not change its settings: a test brings e-mail addresses of its own."""
    with running_app() as started:
        yield started


@pytest.fixture
def context(browser: Browser, app: RunningApp) -> Iterator[BrowserContext]:
    """A fresh browser profile: no cookies, nothing stored. Everything it asked for must have been the product's own."""
    context = browser.new_context(base_url=app.url, viewport=DESKTOP, accept_downloads=True)
    context.set_default_timeout(TIMEOUT_MS)
    foreign: list[str] = []
    context.on("request", lambda request: foreign.append(request.url) if is_foreign(request.url, app.url) else None)
    yield context
    context.close()
    assert not foreign, f"the page asked other hosts for {foreign}"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab in a fresh profile. It has nothing open yet."""
    return context.new_page()


@pytest.fixture
def domain() -> str:
    """An e-mail domain that no other test uses. Ends in a digit, so that no test's text is found in it by chance."""
    return f"{uuid.uuid4().hex[:12]}0.example.com"


def is_foreign(url: str, app_url: str) -> bool:
    """Whether a request leaves the product; data: and blob: never leave the browser."""
    asked, own = urlsplit(url), urlsplit(app_url)
    return asked.scheme in ("http", "https", "ws", "wss") and asked.netloc != own.netloc


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """A failed browser test shows its product's log and leaves a screenshot of every tab in test-results/."""
    report = yield
    if report.when == "call" and report.failed:
        values = getattr(item, "funcargs", {})
        if isinstance(app := values.get("app"), RunningApp):
            report.sections.append(("log of the product", app.log[-20_000:]))
        if isinstance(context := values.get("context"), BrowserContext):
            for number, tab in enumerate(context.pages, start=1):
                report.sections.append((f"tab {number}", save_screenshot(tab, f"{item.name}-{number}")))
    return report


def save_screenshot(tab: Page, name: str) -> str:
    """Where the screenshot is, and the tab's address; the reason when none could be made."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{re.sub(r'[^A-Za-z0-9_-]+', '_', name)}.png"
    try:
        tab.screenshot(path=path, full_page=True, timeout=10_000)
    except Exception as error:  # a closed or hanging tab must not hide why the test failed
        return f"{tab.url}: no screenshot ({error})"
    return f"{tab.url}: {path.relative_to(ROOT)}"
