"""Step 1: a file becomes a draft, or a plain sentence says why not."""

import io
from pathlib import Path

import openpyxl
import pytest

from core import import_list_flow
from core.file_limits import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS
from pages.shared import keys, texts

DATA = Path(__file__).parents[1] / "data"


def imports_of(screen):
    return import_list_flow.list_imports(screen.engine, workspace_id=screen.workspace_id).records


def test_the_limits_stand_beside_the_uploader(screen):
    """Limits are stated beside the uploader."""
    screen.open()
    assert screen.heading == texts.UPLOAD_TITLE
    for limit in (f"{MAX_FILE_BYTES // 1024**2} MB", f"{MAX_ROWS:,} rows", f"{MAX_COLUMNS} columns", "32,767 characters"):
        assert limit in screen.text
    assert "One import takes up to 1,000 rows" in screen.text


def test_a_file_becomes_a_draft_and_opens_the_next_step(screen):
    screen.open().upload(b"Email,Name\na@example.com,Ann\n", "contacts.csv")
    assert screen.step == "Step 2 of 5 · Map columns"
    assert (screen.record.state, screen.record.file_name, screen.record.row_count) == ("draft", "contacts.csv", 1)


@pytest.mark.parametrize(
    ("sample", "sentence"),
    [
        ("document.pdf", "PDF"),
        ("empty.csv", "no content"),
        ("header-only.csv", "no rows"),
        ("encrypted.xls", "password"),
        ("binary.csv", "not a spreadsheet"),
    ],
)
def test_a_bad_file_gets_a_plain_sentence_and_no_draft(screen, sample, sentence):
    """Bad files get a plain sentence, never a trace."""
    screen.open().upload((DATA / sample).read_bytes(), "leads.csv")
    [alert] = screen.alerts
    assert sentence in alert
    assert "Traceback" not in alert
    assert screen.step.startswith("Step 1")
    assert imports_of(screen) == []


def test_a_draft_survives_a_reload(screen, new_screen):
    """design.md section 2: the wizard's unfinished work lives in the database, too."""
    screen.open().upload(b"Email\na@example.com\n")
    later = new_screen().open(screen.record)
    assert later.step == "Step 2 of 5 · Map columns"


def test_a_click_on_the_navigation_keeps_the_draft(screen):
    screen.open().upload(b"Email\na@example.com\n")
    screen.go_to("history.py").go_to("import_wizard.py")
    assert screen.step == "Step 2 of 5 · Map columns"


@pytest.mark.parametrize("address", ["imp_nonsense", "imp_00000000000000000000000000000000", "%3Cb%3E", ""])
def test_an_address_that_leads_nowhere_opens_an_empty_wizard(screen, address):
    screen.at.query_params[keys.QUERY_IMPORT] = address
    screen.run()
    assert screen.step.startswith("Step 1")
    assert keys.QUERY_IMPORT not in screen.at.query_params or not address
    assert len(screen.alerts) == (1 if address else 0)


def test_the_reading_of_a_text_file_can_be_changed(screen):
    content = "Name;Email\nJörg;j@example.com\n".encode("cp1252")
    screen.open().upload(content).press(keys.MAP_READING)
    assert screen.heading == texts.READING_TITLE
    assert screen.at.selectbox(key=keys.READING_DELIMITER).value == ";"
    assert screen.at.selectbox(key=keys.READING_ENCODING).value == "cp1252"
    screen.at.selectbox(key=keys.READING_ENCODING).select("mac_roman")
    screen.run()
    assert screen.record.parse_options["encoding"] == "mac_roman"
    assert screen.at.dataframe[0].value["Name"].to_list() != ["Jörg"]
    screen.at.number_input(key=keys.READING_HEADER_ROW).set_value(0)
    screen.run()
    assert screen.record.row_count == 2


def test_a_reading_that_fails_changes_nothing_and_says_so(screen):
    screen.open().upload(b"Email\na@example.com\n").press(keys.MAP_READING)
    screen.at.number_input(key=keys.READING_HEADER_ROW).set_value(2)
    screen.run()
    assert len(screen.alerts) == 1
    assert screen.record.parse_options["header_row"] == 1


def test_the_sheet_of_a_workbook_is_chosen_and_hidden_ones_are_marked(screen):
    screen.open().upload(workbook(), "book.xlsx").press(keys.MAP_READING)
    choice = screen.at.selectbox(key=keys.READING_SHEET)
    assert (choice.value, choice.options) == ("First", ["First", "Second", "Secret (hidden)"])
    choice.select("Second")
    screen.run()
    assert (screen.record.parse_options["sheet"], screen.record.row_count) == ("Second", 2)


def workbook():
    """Three sheets with one, two and three rows; the last one is hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows, name in enumerate(("First", "Second", "Secret"), start=1):
        sheet = book.create_sheet(name)
        for line in ("Email", *(f"{name}{row}@example.com" for row in range(rows))):
            sheet.append([line])
    sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_another_file_takes_the_place_of_the_first(screen):
    screen.open().upload(b"Email\na@example.com\n", "first.csv").press(keys.MAP_READING)
    screen.upload(b"Email\nb@example.com\n", "second.csv")
    assert screen.record.file_name == "second.csv"


def test_what_is_odd_about_single_rows_is_summed_up_where_the_file_is_read(screen):
    screen.open().upload((DATA / "ragged.csv").read_bytes()).press(keys.MAP_READING)
    assert "In single rows: Fewer cells than columns · 1, More cells than columns · 1." in screen.text


# --- the first steps ------------------------------------------------------------------------------------------------


def test_the_practice_file_opens_the_wizard_with_one_of_each_trouble(screen):
    screen.open().press(keys.UPLOAD_PRACTICE)
    assert screen.step == "Step 2 of 5 · Map columns"
    assert (screen.record.file_name, screen.record.row_count) == (texts.PRACTICE_NAME, 39)
    screen.press(keys.MAP_NEXT)
    counts = {card: int(number) for card, number in screen.totals.items()}
    assert min(counts.values()) >= 0
    assert counts["Errors"] >= 4


def test_the_tour_goes_through_the_five_steps_and_ends_with_the_practice_file(screen):
    screen.open().press(keys.TOUR)
    assert texts.TOUR_CARDS["upload"][0] in screen.text
    assert not screen.has_button(keys.TOUR_BACK)
    for step in ("map", "review", "import", "report"):
        screen.press(keys.TOUR_NEXT)
        assert texts.TOUR_CARDS[step][0] in screen.text
    screen.press(keys.TOUR_BACK)
    assert texts.TOUR_CARDS["import"][0] in screen.text
    screen.press(keys.TOUR_NEXT).press(keys.TOUR_TRY)
    assert screen.step == "Step 2 of 5 · Map columns"


def test_the_tour_can_be_left_at_any_time(screen):
    screen.open().press(keys.TOUR).press(keys.TOUR_NEXT).press(keys.TOUR_SKIP)
    assert screen.step.startswith("Step 1")
    assert imports_of(screen) == []
