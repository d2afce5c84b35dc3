"""Two processes with screens on one database, behind a proxy that keeps each visitor with one of them."""

from collections.abc import Iterator
from typing import NamedTuple

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from core.ids import parse_import_id
from pages.shared import keys
from tests.browser import driving, files
from tests.browser.serving import RunningApp, running_app
from tests.browser.test_running import held_before_part
from tests.sticky_proxy import COOKIE, StickyProxy, running_proxy


class Pair(NamedTuple):
    """Two running products, the proxy before them, and their database."""

    first: RunningApp
    second: RunningApp
    proxy: StickyProxy
    database_url: str

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.database_url, autocommit=True)

    def rows(self, query: str, *values: object) -> list[tuple]:
        with self.connect() as conn:
            return conn.execute(query, values).fetchall()


@pytest.fixture
def pair(chromium_path: str, empty_database_url: str) -> Iterator[Pair]:
    variables = {"DATABASE_URL": empty_database_url, "LEAD_IMPORT_CONTACT_LIMIT": "100000"}
    with (
        running_app(**variables) as first,
        running_app(**variables) as second,
        running_proxy(screens=[first.url, second.url], api=[first.url, second.url]) as proxy,
    ):
        yield Pair(first, second, proxy, empty_database_url)


def visit(browser: Browser, pair: Pair) -> Page:
    """A tab of somebody who was never here before."""
    context = browser.new_context(base_url=pair.proxy.url, accept_downloads=True)
    context.set_default_timeout(45_000)
    page = context.new_page()
    driving.open_page(page)
    return page


def server_of(context: BrowserContext) -> str:
    """Which of the two this visitor is kept with."""
    [value] = [cookie["value"] for cookie in context.cookies() if cookie["name"] == COOKIE]
    return value


def test_visitors_of_both_work_on_the_same_leads(browser, pair, domain):
    anna, ben = visit(browser, pair), visit(browser, pair)
    assert {server_of(anna.context), server_of(ben.context)} == {"0", "1"}
    driving.go_to_review(anna, "anna.csv", files.many_leads(domain, 30))
    driving.go_to_review(ben, "ben.csv", files.many_leads(domain, 40))
    driving.expect_totals(ben, To_create=40)
    driving.run_import(anna)
    driving.expect_totals(anna, Created=30)
    driving.run_import(ben)
    driving.expect_totals(ben, Created=10, Duplicates=30)
    # A link leads to the same report wherever it is opened.
    driving.open_page(ben, f"/?{keys.QUERY_IMPORT}={driving.import_id(anna)}")
    driving.expect_step(ben, "report")
    driving.expect_totals(ben, Created=30)
    assert pair.rows("SELECT count(*), (SELECT sum(active_leads) FROM workspaces) FROM leads") == [(40, 40)]
    for page in (anna, ben):
        page.context.close()


def test_a_visitor_whose_process_dies_goes_on_with_the_other(browser, pair, domain):
    """The import that ran there is finished by the other one's worker, once; the wizard goes on, too."""
    page = visit(browser, pair)
    kept = server_of(page.context)
    mine, other = (pair.first, "1") if kept == "0" else (pair.second, "0")
    driving.go_to_review(page, "long.csv", files.many_leads(domain, 3_000))
    driving.keyed(page, keys.REVIEW_IN_PARTS).locator("label").click()
    with held_before_part(pair, 2):
        driving.press(page, keys.REVIEW_IMPORT)
        driving.expect_step(page, "import")
        mine.process.kill()
        mine.process.wait()
    page.reload()
    driving.expect_step(page, "report")
    assert server_of(page.context) == other
    driving.expect_totals(page, Created=3_000, Duplicates=0)
    import_id = parse_import_id(driving.import_id(page))
    assert pair.rows("SELECT state, created FROM imports WHERE id = %s", import_id) == [("done", 3_000)]
    assert pair.rows("SELECT count(*) FROM leads") == [(3_000,)]
    driving.press(page, keys.REPORT_NEW)
    driving.go_to_review(page, "after.csv", files.many_leads(domain, 3))
    page.context.close()
