"""What a person does in the product, in words: upload, press, read a table, correct a cell, download."""

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

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


def upload(page: Page, key: str, name: str, content: bytes, mime: str = "text/csv") -> None:
    """Chooses a file in the uploader. What the product makes of it is for the test to wait for."""
    uploader = keyed(page, key).locator("input[type=file]")
    uploader.set_input_files({"name": name, "mimeType": mime, "buffer": content})


def press(page: Page, key: str) -> None:
    """Presses a button once it can be pressed."""
    keyed(page, key).get_by_role("button").click()


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


def edit_cell(page: Page, key: str, row: int, column: int, text: str) -> None:
    """Types into a cell as a person would: to the first cell by mouse, on by arrow keys, Enter, text, Enter.

    Each step waits until the table says that the cell is the chosen one: keys that come sooner get lost.
    """
    canvas = grid(page, key).locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None, "the table is not drawn"
    page.mouse.click(box["x"] + 20, box["y"] + GRID_ROW_PX * 1.5)
    expect_selected(page, key, 0, 0)
    for down in range(row):
        page.keyboard.press("ArrowDown")
        expect_selected(page, key, down + 1, 0)
    for right in range(column):
        page.keyboard.press("ArrowRight")
        expect_selected(page, key, row, right + 1)
    page.keyboard.press("Enter")
    page.locator("#portal textarea, #portal input").first.fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#portal textarea, #portal input")).to_have_count(0)


def expect_selected(page: Page, key: str, row: int, column: int) -> None:
    """Waits until the table has this cell chosen."""
    expect(cell(page, key, row, column)).to_have_attribute("aria-selected", "true")


def number_in(text: str) -> int:
    """The first number in a text that people read: '1,234 rows' is 1234."""
    found = re.search(r"\d[\d,.  ]*", text)
    assert found, f"no number in {text!r}"
    return int(re.sub(r"\D", "", found.group()))
