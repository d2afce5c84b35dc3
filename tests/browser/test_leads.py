"""From a report to a campaign, and from the list of leads to a file and back, as a person does it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from pages.shared import keys
from tests.browser import driving, files
from tests.browser.driving import GRID_ROW_PX, IDLE, keyed, press


def select_row(page: Page, row: int) -> None:
    """Ticks a row of the table of leads and waits for the buttons that act on it."""
    canvas = page.locator("[class*=st-key-leads_table] canvas").first
    box = canvas.bounding_box()
    assert box is not None, "the table is not drawn"
    page.mouse.click(box["x"] + 14, box["y"] + GRID_ROW_PX * (row + 1.5))
    expect(page.locator(".li-selected")).to_be_visible()


def search(page: Page, text: str) -> None:
    """Looks for leads and waits for the list."""
    field = keyed(page, keys.LEADS_SEARCH).get_by_role("textbox")
    field.fill(text)
    field.press("Enter")
    page.locator(IDLE).wait_for()


def test_leads_from_an_import_to_a_campaign_a_file_and_back(page, app, domain):
    rows = [("Email", "Vorname", "Firma"), (f"ada@{domain}", "Ada", "=1+1"), (f"grace@{domain}", "Grace", "Müller & Söhne")]
    driving.open_page(page, "/campaigns")
    keyed(page, keys.CAMPAIGN_NAME).get_by_role("textbox").fill(f"Spring {domain}")
    press(page, keys.CAMPAIGN_CREATE)
    expect(page.get_by_text(f"Spring {domain}")).to_be_visible()

    driving.open_page(page)
    driving.go_to_review(page, "list.csv", files.csv_bytes(rows))
    driving.run_import(page)
    keyed(page, keys.JOIN_CAMPAIGN).get_by_role("combobox").fill(f"Spring {domain}")
    page.keyboard.press("Enter")
    press(page, keys.JOIN_IMPORT)
    expect(page.get_by_text("2 leads added to the campaign.")).to_be_visible()

    # one lead is changed in its dialog
    keyed(page, "campaign_box").get_by_role("link").click()
    expect(page.get_by_text("2 leads found")).to_be_visible()
    search(page, f"ada@{domain}")
    expect(page.get_by_text("1 lead found")).to_be_visible()
    select_row(page, 0)
    press(page, keys.LEADS_OPEN)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Job title", exact=True).fill("CTO")
    press(page, keys.LEAD_SAVE)
    expect(dialog).to_have_count(0)
    assert app.rows("SELECT title FROM leads WHERE email = %s", f"ada@{domain}") == [("CTO",)]

    # the list as a file
    search(page, domain)
    expect(page.get_by_text("2 leads found")).to_be_visible()
    with page.expect_download() as promise:
        keyed(page, "leads_head").get_by_role("link").click()
    content = Path(promise.value.path()).read_bytes()
    assert {(line["Email"], line["Company"], line["Job title"]) for line in driving.read_csv(content)} == {
        (f"ada@{domain}", "'=1+1", "CTO"), (f"grace@{domain}", "Müller & Söhne", ""),
    }  # fmt: skip

    # deleted, and back by the same file
    before = app.rows("SELECT email, company, title FROM leads WHERE email LIKE %s ORDER BY email", f"%@{domain}")
    select_row(page, 0)
    press(page, keys.LEADS_DELETE)
    expect(page.get_by_text("1 lead deleted.")).to_be_visible()
    expect(page.get_by_text("1 lead found")).to_be_visible()
    driving.open_page(page)
    driving.go_to_review(page, "leads.csv", content)
    driving.run_import(page)
    driving.expect_totals(page, Created=0, Restored=1, Duplicates=1, Errors=0)
    after = app.rows(
        "SELECT email, company, title FROM leads WHERE email LIKE %s AND deleted_at IS NULL ORDER BY email",
        f"%@{domain}",
    )
    assert after == before
    driving.expect_fits(page)


def test_all_leads_of_a_list_longer_than_a_page_are_deleted_and_restored(page, app, domain):
    driving.open_page(page)
    driving.go_to_review(page, "list.csv", files.many_leads(domain, 60))
    driving.run_import(page)
    driving.open_page(page, "/leads")
    search(page, domain)
    dialog = page.get_by_role("dialog")
    press(page, keys.LEADS_ALL)
    dialog.get_by_role("radio").last.click(force=True)
    expect(keyed(page, keys.ALL_CONFIRM)).to_contain_text("Delete 60 leads")
    press(page, keys.ALL_CONFIRM)
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("Nobody found")).to_be_visible()
    active = "SELECT count(*) FROM leads WHERE email LIKE %s AND deleted_at IS NULL"
    assert app.rows(active, f"%@{domain}") == [(0,)]

    keyed(page, keys.LEADS_STATE).get_by_role("radio").last.click()
    press(page, keys.LEADS_ALL)
    expect(keyed(page, keys.ALL_CONFIRM)).to_contain_text("Restore 60 leads")
    press(page, keys.ALL_CONFIRM)
    expect(dialog).to_have_count(0)
    assert app.rows(active, f"%@{domain}") == [(60,)]
