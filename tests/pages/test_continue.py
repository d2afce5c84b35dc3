"""Failed rows, mended and uploaded again: the wizard knows them, and the first import's report is complete."""

import pytest

from core import report_flow
from core.ids import import_id_text
from pages.shared import keys
from tests.factories import emails_csv, import_file, read_leads


@pytest.fixture
def first(engine, workspace_id):
    """An import of three rows of which one failed."""
    return import_file(engine, workspace_id, emails_csv(["a@example.com", "b@example.com", "bad"]), file_name="first.csv").record


def mended(engine, record, email):
    content = report_flow.failed_rows_csv(engine, workspace_id=record.workspace_id, import_id=record.id)
    return content.replace(b"bad,", email.encode() + b",")


def test_a_mended_file_goes_straight_to_its_review_and_completes_the_first_report(screen, engine, workspace_id, first):
    screen.open(first)
    assert "Continued with" not in screen.text
    screen.press(keys.REPORT_NEW).upload(mended(engine, first, "c@example.com"), "fixed.csv")
    assert screen.step == "Step 3 of 5 · Review"
    assert "This file continues the import of “first.csv”: 2 of 3 rows are done." in screen.text
    screen.press(keys.REVIEW_IMPORT).do_the_job()
    assert "This file continued the import of “first.csv”: 3 of 3 rows are done now." in screen.text
    assert not screen.has_button(keys.UNDO_ASK), "it is undone with the first import"
    screen.press(keys.open_import(first.id.hex))
    assert screen.record.id == first.id
    assert (screen.totals["Created"], screen.totals["Errors"]) == ("3", "0")
    assert "Continued with “fixed.csv” on" in screen.text
    assert screen.rows("Created") == [2, 3, 4]
    assert set(read_leads(engine, workspace_id)) == {"a@example.com", "b@example.com", "c@example.com"}


def test_the_review_speaks_of_the_rows_of_the_first_file(screen, engine, workspace_id, first):
    screen.open().upload(mended(engine, first, "still-bad"), "fixed.csv")
    assert screen.rows("Problems") == [4]
    screen.press(keys.REVIEW_BACK)
    assert "This file continues the import of “first.csv”" in screen.text


def test_rows_that_are_in_already_are_accounted_for_and_cannot_be_taken_in_again(screen, engine, workspace_id, first):
    content = mended(engine, first, "c@example.com") + f"a@example.com,{import_id_text(first.id)},2,\r\n".encode()
    screen.open().upload(content, "fixed.csv")
    assert (screen.totals["To create"], screen.totals["Left out"]) == ("1", "1")
    assert sum(map(int, screen.totals.values())) == screen.record.row_count
    assert screen.rows("Left out") == [2]
    assert not screen.has_button(keys.REVIEW_TAKE_BACK)


def test_a_file_of_an_unknown_import_is_mapped_like_any_other_and_says_so(screen, engine, workspace_id, first):
    content = mended(engine, first, "c@example.com").replace(import_id_text(first.id)[-4:].encode(), b"0000")
    screen.open().upload(content, "fixed.csv")
    assert screen.step == "Step 2 of 5 · Map columns"
    assert any("not in this workspace" in alert for alert in screen.alerts)
    assert [box.key for box in screen.at.selectbox if box.key.startswith("map_target")] == ["map_target_0"]


def test_names_of_files_are_shown_and_never_obeyed(screen, engine, workspace_id):
    name = "<img src=x onerror=alert(1)>.csv"
    first = import_file(engine, workspace_id, emails_csv(["bad"]), file_name=name).record
    screen.open().upload(mended(engine, first, "c@example.com"), name)
    assert "<img" not in "".join(screen.bodies)
    assert name in screen.text


def test_a_row_that_repeats_one_of_the_first_file_is_reviewed_without_that_row(screen, engine, workspace_id, first):
    """The row that wins is in the first file: it can be named, but not compared with or replaced."""
    screen.open().upload(mended(engine, first, "a@example.com"), "fixed.csv")
    assert screen.step == "Step 3 of 5 · Review"
    assert screen.rows("Duplicates in file") == [4]
    assert screen.table("Duplicates in file")["Winning row"].to_list() == [2]
    assert not screen.has_button(keys.DUPLICATES_WINNER)
    screen.press(keys.REVIEW_IMPORT).do_the_job()
    assert screen.totals["Duplicates"] == "1"
