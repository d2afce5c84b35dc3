"""What a person does in the product, in words: upload, press, read a table, correct a cell, download."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from pages.shared import keys

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"

# How the tables are drawn: header and rows are equally high (measured, streamlit.md section 3).
GRID_ROW_PX = 35


def keyed(page: Page, key: str) -> Locator:
    """The widget or container with this key (pages/shared/keys.py)."""
    return page.locator(f".st-key-{key}")


def open_page(page: Page, address: str = "/") -> None:
    """Goes there and waits until the page script has run."""
    page.goto(address)
    page.locator(IDLE).wait_for()
    assert not page.get_by_test_id("stException").is_visible(), "the page broke down; the product's log says why"


def upload(page: Page, key: str, name: str, content: bytes, mime: str = "text/csv") -> None:
    """Chooses a file in the uploader. What the product makes of it is for the test to wait for."""
    uploader = keyed(page, key).locator("input[type=file]")
    uploader.set_input_files({"name": name, "mimeType": mime, "buffer": content})


def press(page: Page, key: str) -> None:
    """Presses a button once it can be pressed."""
    keyed(page, key).get_by_role("button").click()


def close_drawer(page: Page) -> None:
    """By the keyboard. The key is the drawer's once the focus is in it, which follows a moment after what was in focus has gone."""
    drawer = page.get_by_role("dialog")
    expect(drawer.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def download(page: Page, key: str) -> tuple[str, bytes]:
    """Presses a download button; the file's name and its bytes."""
    with page.expect_download() as promise:
        press(page, key)
    return promise.value.suggested_filename, Path(promise.value.path()).read_bytes()


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV that the product wrote: UTF-8 with the mark that Excel asks for."""
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes a CSV without a byte order mark for the system's encoding"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def grid(page: Page, key: str) -> Locator:
    """The table with this key. It is drawn on a canvas; what it shows stands in an invisible table inside."""
    return keyed(page, key).locator("[data-testid=stDataFrame]")


def cell(page: Page, key: str, row: int, column: int) -> Locator:
    """One cell of a table, counted from 0 as displayed."""
    return grid(page, key).locator(f"canvas [data-testid=glide-cell-{column}-{row}]")


def edit_cell(page: Page, key: str, *, row: int, column: str, text: str) -> None:
    """Types into a cell: go there, Enter, text, Enter."""
    go_to_cell(page, key, row, column)
    page.keyboard.press("Enter")
    editor = page.locator("#portal textarea, #portal input")
    editor.first.fill(text)
    page.keyboard.press("Enter")
    expect(editor).to_have_count(0)


def tick_cell(page: Page, key: str, *, row: int, column: str) -> None:
    """Ticks the box in a cell: go there, Space."""
    go_to_cell(page, key, row, column)
    page.keyboard.press("Space")


def go_to_cell(page: Page, key: str, row: int, column: str) -> None:
    """Chooses a cell as a person would: the first one by mouse, on by arrow keys.

    Each step waits until the table says that the cell is the chosen one: keys that come sooner get lost.
    """
    table = grid(page, key)
    canvas = table.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None, "the table is not drawn"
    page.mouse.click(box["x"] + 20, box["y"] + GRID_ROW_PX * 1.5)
    expect_chosen(page, key, 0, 0)
    for down in range(row):
        page.keyboard.press("ArrowDown")
        expect_chosen(page, key, down + 1, 0)
    at = 0
    while at != column_number(table, column):
        at += 1
        page.keyboard.press("ArrowRight")
        expect_chosen(page, key, row, at)


def column_number(table: Locator, column: str) -> int | None:
    """Where this column stands, counted from 0; None while it is out of sight, since only what is drawn is known."""
    header = table.locator("canvas thead th").filter(has_text=re.compile(f"^{re.escape(column)}$"))
    if not header.count():
        return None
    return int(header.get_attribute("aria-colindex") or 0) - 1


def expect_chosen(page: Page, key: str, row: int, column: int) -> None:
    """Waits until the table has this cell chosen."""
    expect(cell(page, key, row, column)).to_have_attribute("aria-selected", "true")


def expect_fits(page: Page) -> None:
    """Waits until the page has been drawn and nothing of it sticks out of the window sideways."""
    page.locator(IDLE).wait_for()
    page.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")


def expect_step(page: Page, step: str) -> None:
    """Waits until the wizard is in this step; a page that broke down is not waited for."""
    reached = keyed(page, f"step_{step}")
    broken = page.get_by_test_id("stException")
    expect(reached.or_(broken).first).to_be_visible()
    assert not broken.is_visible(), f"the page broke down on the way to “{step}”; the product's log says why"
    expect(reached).to_be_visible()


def expect_totals(page: Page, **totals: int) -> None:
    """Waits until each of these cards shows its number: `To_create=3` is the card "To create"."""
    for name, number in totals.items():
        label = page.get_by_text(name.replace("_", " "), exact=True)
        card = page.get_by_test_id("stMetric").filter(has=label)
        expect(card.get_by_test_id("stMetricValue")).to_have_text(f"{number:,}")


def go_to_review(page: Page, name: str, content: bytes, mime: str = "text/csv") -> None:
    """From an empty wizard to the dry run, with the columns as they were suggested."""
    upload(page, keys.UPLOAD_FILE, name, content, mime)
    expect_step(page, "map")
    press(page, keys.MAP_NEXT)
    expect_step(page, "review")


def run_import(page: Page) -> None:
    """From the dry run to the report."""
    press(page, keys.REVIEW_IMPORT)
    expect_step(page, "report")


def import_id(page: Page) -> str:
    """The open import (imp_…), as the address tells it."""
    [text] = parse_qs(urlsplit(page.url).query)[keys.QUERY_IMPORT]
    return text
