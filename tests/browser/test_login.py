"""Logging in at an OpenID provider: who comes in, who does not, and that a role and a workspace hold in a real browser."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from api.file_login import REFUSAL
from pages.shared import keys
from tests.browser import driving, files, provider
from tests.browser.conftest import DESKTOP, TIMEOUT_MS
from tests.browser.serving import RunningApp, running_app
from tests.factories import wait_until

ANNA, BEN, MALLORY = "anna@example.com", "ben@example.com", "mallory@evil.example"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider.running_provider([ANNA, BEN, MALLORY]) as address:
        yield address


@pytest.fixture(scope="module")
def app(issuer: str, chromium_path: str) -> Iterator[RunningApp]:
    """The product with a login, whose first admin is Anna."""
    with running_app(LEAD_IMPORT_ADMINS=ANNA, **provider.login_settings(issuer)) as started:
        yield started


@pytest.fixture
def browse(browser: Browser, app: RunningApp, issuer: str) -> Iterator[Callable[[], Page]]:
    """Opens a browser of somebody's own each time. All of them ask the product and the provider, and nobody else."""
    contexts, foreign = [], []
    own = {urlsplit(app.url).netloc, urlsplit(issuer).netloc}

    def note(request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https", "ws", "wss") and asked.netloc not in own:
            foreign.append(request.url)

    def browse() -> Page:
        context = browser.new_context(base_url=app.url, viewport=DESKTOP, accept_downloads=True)
        context.set_default_timeout(TIMEOUT_MS)
        context.on("request", note)
        contexts.append(context)
        return context.new_page()

    yield browse
    for context in contexts:
        context.close()
    assert foreign == []


def log_in(page: Page, email: str) -> None:
    """From the product's entrance to the provider and back."""
    driving.press(page, f"{keys.LOGIN}_default")
    page.get_by_role("button", name=email).click()
    page.locator(driving.IDLE).wait_for()


def enter(page: Page, email: str, address: str = "/") -> None:
    """Opens the address as this person."""
    driving.open_page(page)
    log_in(page, email)
    expect(driving.keyed(page, keys.VISITOR)).to_be_visible()
    driving.open_page(page, address)


def test_a_member_comes_in_stays_in_and_logs_out(browse, app):
    page = browse()
    driving.open_page(page)
    expect(page.get_by_role("heading", name="Log in to Lead Import")).to_be_visible()
    expect(driving.keyed(page, keys.UPLOAD_FILE)).to_have_count(0)
    log_in(page, ANNA)
    expect(driving.keyed(page, keys.UPLOAD_FILE)).to_be_visible()
    page.reload()
    expect(driving.keyed(page, keys.UPLOAD_FILE)).to_be_visible()
    cookie = next(one for one in page.context.cookies() if one["name"] == "_streamlit_user")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    driving.keyed(page, keys.VISITOR).get_by_role("button").click()
    expect(page.get_by_text(ANNA)).to_be_visible()
    open_tab = page.context.new_page()
    driving.open_page(open_tab, "/history")
    driving.press(page, keys.LOGOUT)
    expect(page.get_by_role("heading", name="Log in to Lead Import")).to_be_visible()
    open_tab.get_by_role("link", name="Leads").click()
    expect(open_tab.get_by_role("heading", name="Log in to Lead Import")).to_be_visible()
    # The heading may stand before the browser has gone to the address that takes the cookie: a reload would break that off.
    wait_until(lambda: "_streamlit_user" not in [one["name"] for one in page.context.cookies()])
    other_tab = page.context.new_page()
    driving.open_page(other_tab)
    expect(other_tab.get_by_role("heading", name="Log in to Lead Import")).to_be_visible()


def test_a_stranger_is_refused_and_may_log_out(browse):
    page = browse()
    driving.open_page(page)
    log_in(page, MALLORY)
    expect(page.get_by_role("heading", name="You are not a member yet")).to_be_visible()
    expect(page.get_by_text(MALLORY)).to_be_visible()
    driving.open_page(page, "/settings")
    expect(page.get_by_role("heading", name="Settings")).to_have_count(0)
    driving.open_page(page)
    driving.press(page, keys.LOGOUT)
    expect(page.get_by_role("heading", name="Log in to Lead Import")).to_be_visible()


def test_a_role_and_a_workspace_hold(browse, app, domain):
    """Anna imports, lets Ben look, and imports into a workspace of which he knows nothing."""
    anna = browse()
    enter(anna, ANNA)
    upload_and_import(anna, f"first@{domain}", "first.csv")
    first_link = anna.url
    driving.open_page(anna, "/settings")
    driving.keyed(anna, keys.MEMBER_EMAIL).get_by_role("textbox").fill(BEN)
    driving.keyed(anna, keys.MEMBER_NEW_ROLE).click()
    anna.get_by_role("option", name="Viewer").click()
    driving.press(anna, keys.MEMBER_ADD)
    expect(driving.keyed(anna, keys.MEMBER_LIST).get_by_text(BEN)).to_be_visible()
    driving.keyed(anna, keys.WORKSPACE_NAME).get_by_role("textbox").fill("North")
    driving.press(anna, keys.WORKSPACE_CREATE)
    expect(driving.keyed(anna, keys.VISITOR)).to_contain_text("North")
    driving.open_page(anna, anna.url.replace("/settings", "/"))
    upload_and_import(anna, f"second@{domain}", "second.csv")
    second_link = anna.url
    assert app.rows("SELECT count(DISTINCT workspace_id) FROM leads WHERE email LIKE %s", f"%@{domain}") == [(2,)]
    assert app.rows("SELECT DISTINCT created_by FROM imports") == [(ANNA,)]

    ben = browse()
    enter(ben, BEN, first_link)
    expect(ben.get_by_text("first.csv")).to_be_visible()
    expect(driving.keyed(ben, keys.REPORT_NEW)).to_have_count(0)
    _, content = driving.download(ben, keys.REPORT_CSV)
    assert [line["Email"] for line in driving.read_csv(content)] == [f"first@{domain}"]
    driving.open_page(ben)
    expect(ben.get_by_role("heading", name="History")).to_be_visible()
    expect(ben.get_by_role("link", name="Import", exact=True)).to_have_count(0)
    driving.open_page(ben, second_link)
    expect(ben.get_by_text("There is no such import in this workspace")).to_be_visible()
    expect(ben.get_by_text("second.csv")).to_have_count(0)
    driving.open_page(ben, "/activity")
    expect(ben.get_by_text("Only an admin of this workspace may do this")).to_be_visible()


def test_the_address_of_a_file_is_of_no_use_without_a_login(browse, app, domain):
    anna = browse()
    enter(anna, ANNA)
    upload_and_import(anna, f"third@{domain}", "third.csv")
    with anna.expect_download() as promise:
        driving.press(anna, keys.REPORT_CSV)
    address = promise.value.url
    assert f"third@{domain}".encode() in anna.request.get(address).body()
    stranger = browse()
    driving.open_page(stranger)
    refused = stranger.request.get(address)
    assert (refused.status, refused.text()) == (403, REFUSAL)
    driving.open_page(anna, "/leads")
    link = driving.keyed(anna, keys.LEADS_EXPORT).get_by_role("link").get_attribute("href")
    assert f"third@{domain}".encode() in anna.request.get(link).body()
    refused = stranger.request.get(link)
    assert (refused.status, refused.text()) == (403, REFUSAL)
    pictures = stranger.locator("img")
    assert pictures.count()
    assert pictures.evaluate_all("all => all.every(one => one.naturalWidth > 0)"), "the screen of the login has its pictures"


def test_nothing_secret_is_in_the_log(app):
    for secret in (provider.CLIENT_SECRET, provider.COOKIE_SECRET):
        assert secret not in app.log


def upload_and_import(page: Page, email: str, name: str) -> None:
    """A file of one lead, from upload to report."""
    driving.go_to_review(page, name, files.csv_bytes([("Email",), (email,)]))
    driving.run_import(page)
