"""English stands in the code; German comes from one catalogue with the same placeholders."""

import string
from contextvars import copy_context

import pytest

from core import language
from core.german import GERMAN
from core.issues import make_issue


def in_german(work):
    def speak():
        language.use("de")
        return work()

    return copy_context().run(speak)


@pytest.mark.parametrize("english", GERMAN)
def test_a_translation_has_the_same_placeholders(english: str):
    def names(text):
        return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})

    assert names(GERMAN[english]) == names(english)


def test_an_issue_is_told_in_the_language_of_its_reader():
    issue = make_issue("file-empty")
    assert in_german(lambda: issue.message) == "Die Datei hat keinen Inhalt."
    assert issue.message == "The file has no content."


def test_counts_are_written_as_the_reader_writes_them():
    """Ten thousand as "10,000" would be ten to a German."""
    issue = make_issue("file-too-many-rows", limit=50_000)
    assert in_german(lambda: issue.message) == "Die Datei hat mehr als 50.000 Zeilen."
    assert issue.message == "The file has more than 50,000 rows."


def test_numbers_of_rows_stand_as_a_spreadsheet_shows_them():
    assert language.fill("row {first_row}, {count} cells", {"first_row": 12_345, "count": 12_345}) == "row 12345, 12,345 cells"


def test_a_language_that_we_do_not_have_means_english():
    def speak():
        language.use("tlh")
        return language.current()

    assert copy_context().run(speak) == "en"
