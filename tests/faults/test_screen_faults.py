"""The page loses its server in the middle of an import: the websocket is cut, the page is loaded again, in a real browser."""

import socket
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from core.ids import parse_import_id
from pages.shared import keys
from tests.browser import driving, files
from tests.browser.conftest import browser, chromium_path  # noqa: F401 - fixtures
from tests.browser.serving import RunningApp, running_app
from tests.browser.test_running import held_before_part
from tests.faults.proxy import Proxy
from tests.faults.scenario import Damage

ROWS = 10_000


@pytest.fixture(scope="module")
def app(chromium_path: str):  # noqa: F811
    """A product with room for many long files."""
    with running_app(LEAD_IMPORT_CONTACT_LIMIT="1000000") as started:
        yield started


@pytest.fixture
def between(app: RunningApp):
    """What stands between the browser and the product."""
    at = urlsplit(app.url)
    proxy = Proxy(lambda: socket.create_connection((at.hostname, at.port)), is_postgres=False)
    yield proxy
    proxy.close()


@pytest.mark.rounds("websocket-dropped", 0, 4)
def test_the_page_is_cut_off_while_the_import_runs(browser: Browser, app, between, fault):  # noqa: F811
    """It comes back by itself or is loaded again, and finds the import where it is: pressed once, imported once."""
    domain = f"round{fault.number}.example.com"
    part, way = fault.rng.randint(2, 9), fault.rng.choice(["drop", "drop twice", "reload", "drop and reload"])
    with browser.new_context(base_url=f"http://127.0.0.1:{between.port}") as context:
        page = context.new_page()
        driving.open_page(page)
        driving.go_to_review(page, f"round{fault.number}.csv", files.many_leads(domain, ROWS))
        driving.keyed(page, keys.REVIEW_IN_PARTS).locator("label").click()
        with held_before_part(app, part):
            driving.press(page, keys.REVIEW_IMPORT)
            expect(page.get_by_text(f"{(part - 1) * 1000:,} of {ROWS:,} rows")).to_be_visible()
            cut_at = time.monotonic()
            if "drop" in way:
                between.drop_all()
            if "twice" in way:
                driving.expect_step(page, "import")
                between.drop_all()
            if "reload" in way:
                page.reload()
        driving.expect_step(page, "report")
        driving.expect_totals(page, Created=ROWS, Duplicates=0, Errors=0)
        seen_at = time.monotonic()
        import_id = parse_import_id(driving.import_id(page))
    fault.note(damage_in(app, domain, import_id), seen_at - cut_at)


def damage_in(app: RunningApp, domain: str, import_id) -> Damage:
    """Every email once, the record complete, the counter right, one import."""
    damage = Damage()
    emails = [email for (email,) in app.rows("SELECT email FROM leads WHERE email LIKE %s", f"%@{domain}")]
    damage.lost += sorted({f"lead{n}@{domain}" for n in range(ROWS)} - {*emails})
    damage.doubled += sorted(email for email in {*emails} if emails.count(email) > 1) if len(emails) != ROWS else []
    [books] = app.rows("SELECT state, created, parts_done, part_count FROM imports WHERE id = %s", import_id)
    if books != ("done", ROWS, ROWS // 1000, ROWS // 1000):
        damage.half_written.append(f"the import's record says {books}")
    counted = "SELECT active_leads - (SELECT count(*) FROM leads WHERE deleted_at IS NULL) FROM workspaces"
    if app.rows(counted) != [(0,)]:
        damage.half_written.append("the counter is wrong")
    return damage
