"""Rows repaired by keyboard alone, by a pasted block, and by find and replace."""

from playwright.sync_api import expect

from pages.shared import keys
from tests.browser import driving, files


def problem_file(domain: str) -> bytes:
    return files.csv_bytes(
        [
            ("E-Mail", "Vorname", "Firma"),
            ("ada.example", "Ada", "Kite"),
            (f"bo@{domain}", "Bo", "Kite"),
            ("cy.example", "Cy", ""),
            ("dee.example", "Dee", "Kite"),
        ]
    )


def choose(page, key: str, name: str) -> None:
    driving.keyed(page, key).get_by_role("radio", name=name).click()


def test_rows_are_repaired_by_keyboard_alone(page, domain):
    driving.open_page(page)
    driving.go_to_review(page, "kontakte.csv", problem_file(domain))
    driving.expect_totals(page, To_create=1, Errors=3)
    driving.keyed(page, keys.SINGLE_OPEN).get_by_role("button").focus()
    page.keyboard.press("Enter")
    field = driving.keyed(page, f"{keys.SINGLE_CELL}_0").get_by_role("textbox")
    field.focus()
    for name in ("ada", "cy"):
        expect(field).to_have_value(f"{name}.example")
        expect(field).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type(f"{name}@{domain}")
        page.keyboard.press("Enter")
    expect(field).to_have_value("dee.example")
    expect(field).to_be_focused()
    page.keyboard.press("Alt+Delete")
    expect(page.get_by_role("dialog").get_by_text("No row has a problem any more.")).to_be_visible()
    driving.close_drawer(page)
    driving.expect_totals(page, To_create=3, Errors=0, Left_out=1)


def test_a_block_from_a_spreadsheet_is_pasted_into_the_table(page, context, app, domain):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app.url)
    driving.open_page(page)
    driving.go_to_review(page, "kontakte.csv", problem_file(domain))
    choose(page, keys.REPAIR_VIEW, "As a table")
    page.evaluate(
        "text => navigator.clipboard.writeText(text)",
        f"ada@{domain}\tAda\tAcme\ncy@{domain}\tCy\tAcme\ndee@{domain}\tDee\tAcme\n",
    )
    driving.go_to_cell(page, keys.GRID_TABLE, 0, "E-Mail")
    page.keyboard.press("Control+V")
    driving.expect_totals(page, To_create=4, Errors=0)
    driving.press(page, keys.EDIT_UNDO)
    driving.expect_totals(page, To_create=1, Errors=3)


def test_find_and_replace_says_what_it_would_do_and_does_it(page, domain):
    driving.open_page(page)
    driving.go_to_review(page, "kontakte.csv", problem_file(domain))
    driving.press(page, keys.REPLACE_OPEN)
    drawer = page.get_by_role("dialog")
    driving.keyed(page, keys.REPLACE_FIND).get_by_role("textbox").fill(".example")
    page.keyboard.press("Tab")
    expect(drawer.get_by_text("4 cells in 4 rows would change.")).to_be_visible()
    driving.keyed(page, keys.REPLACE_FIND).get_by_role("textbox").fill("e.example")
    page.keyboard.press("Tab")
    driving.keyed(page, keys.REPLACE_WITH).get_by_role("textbox").fill(f"e@{domain}")
    page.keyboard.press("Tab")
    expect(drawer.get_by_text(f"dee@{domain}")).to_be_visible()
    driving.keyed(page, keys.REPLACE_WHOLE).locator("label").first.click()
    expect(drawer.get_by_text("No cell holds this text.")).to_be_visible()
    driving.keyed(page, keys.REPLACE_WHOLE).locator("label").first.click()
    driving.press(page, keys.REPLACE_DO)
    expect(drawer.get_by_text("No cell holds this text.")).to_be_visible()
    driving.close_drawer(page)
    driving.expect_totals(page, To_create=2, Errors=2)
