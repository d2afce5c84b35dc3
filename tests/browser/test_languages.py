"""The screens in the visitor's language: also where a part of a page runs alone, and after another language is chosen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.shared import keys
from tests.browser.conftest import DESKTOP, TIMEOUT_MS
from tests.browser.driving import IDLE, go_to_review, keyed, open_page, press
from tests.browser.serving import RunningApp


@pytest.fixture
def german(browser: Browser, app: RunningApp) -> Iterator[Page]:
    """A tab of a browser that speaks German."""
    context = browser.new_context(base_url=app.url, viewport=DESKTOP, locale="de-DE")
    context.set_default_timeout(TIMEOUT_MS)
    yield context.new_page()
    context.close()


def test_a_dialog_goes_on_in_german(german: Page, domain: str) -> None:
    open_page(german)
    expect(german.locator("html")).to_have_attribute("lang", "de")
    go_to_review(german, "leads.csv", f"Email,First Name,Company\na@{domain},ADA,Kite  Ltd\n".encode())
    card = keyed(german, keys.CLEANING)
    expect(card.locator("summary")).to_contain_text("1 automatische Änderung")
    card.locator("summary").click()
    keyed(german, keys.cleaning_kind("names")).locator("label").click()
    expect(card.locator("summary")).to_contain_text("2 automatische Änderungen")
    expect(keyed(german, keys.CLEANING_LIST)).to_be_visible()  # the card has not closed
    press(german, keys.CLEANING_LIST)
    keyed(german, keys.CLEANING_FILTER).get_by_text("Mehrfache Leerzeichen").click()  # runs the dialog alone
    table = german.get_by_role("dialog").locator("canvas")
    expect(table.locator("thead th").filter(has_text="Vorher")).to_have_count(1)
    expect(table.get_by_test_id("glide-cell-4-0")).to_have_text("Mehrfache Leerzeichen und Zeilenumbrüche")
    expect(table.get_by_test_id("glide-cell-4-1")).to_have_count(0)  # the filter holds


def test_the_visitor_chooses_english_and_a_reload_keeps_it(german: Page) -> None:
    open_page(german)
    title = german.locator("h1")
    expect(title).to_have_text("Leads aus einer Tabelle importieren")
    keyed(german, keys.LANGUAGE_MENU).get_by_role("button").click()
    german.get_by_text("English", exact=True).click()
    expect(title).to_have_text("Import leads from a spreadsheet")
    german.reload()
    german.locator(IDLE).wait_for()
    expect(title).to_have_text("Import leads from a spreadsheet")
    expect(german.locator("html")).to_have_attribute("lang", "en")
