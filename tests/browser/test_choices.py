"""What a person chooses in the review: who comes back, and which rows go in when the file does not fit."""

import pytest
from playwright.sync_api import expect

from pages.shared import keys
from tests.browser import driving, files
from tests.browser.serving import RunningApp, running_app


@pytest.fixture(scope="module")
def small_app():
    """A product with room for three leads."""
    with running_app(LEAD_IMPORT_CONTACT_LIMIT="3") as started:
        yield started


def let_leave(app: RunningApp, email: str) -> None:
    """The lead unsubscribes and is deleted, past the product."""
    with app.connect() as conn:
        conn.execute("UPDATE leads SET status = 'unsubscribed', deleted_at = now() WHERE email = %s", [email])
        conn.execute("UPDATE workspaces SET active_leads = active_leads - 1")


def test_a_lead_is_ticked_and_what_does_not_fit_is_parked_and_taken_along(browser, small_app, domain):
    with browser.new_context(base_url=small_app.url, accept_downloads=True) as context:
        page = context.new_page()
        driving.open_page(page)
        driving.go_to_review(page, "first.csv", files.csv_bytes([("Email",), (f"left@{domain}",)]))
        driving.run_import(page)
        let_leave(small_app, f"left@{domain}")

        people = [f"{name}@{domain}" for name in ("left", "ada", "bo", "cy", "di")]
        driving.open_page(page)
        driving.go_to_review(page, "second.csv", files.csv_bytes([("Email",), *([email] for email in people)]))
        driving.expect_totals(page, To_create=4, To_restore=0, To_confirm=1)
        driving.press(page, keys.LIMIT_PARK)
        driving.expect_totals(page, To_create=3, Parked=1)

        page.locator(driving.IDLE).wait_for()  # the list below has its place then; its tab is the first with something in it
        driving.tick_cell(page, keys.RESTORES_CONFIRM, row=0, column="Bring back")
        driving.expect_totals(page, To_restore=1, Parked=1)
        expect(driving.keyed(page, keys.REVIEW_IMPORT).get_by_role("button")).to_be_disabled()
        driving.press(page, keys.LIMIT_PARK)
        driving.expect_totals(page, To_create=2, To_restore=1, Parked=2)
        driving.run_import(page)
        driving.expect_totals(page, Created=2, Restored=1, Not_imported=2)

        name, content = driving.download(page, keys.REPORT_PARKED_CSV)
        assert name == "second-parked-rows.csv"
        assert [line["Email"] for line in driving.read_csv(content)] == people[3:]
    assert small_app.rows("SELECT active_leads FROM workspaces") == [(3,)]
