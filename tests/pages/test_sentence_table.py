"""The tables of sentences: text is text, a page is bounded, and the columns are told in the reader's language."""

from contextvars import copy_context

from core import language
from pages.shared import sentence_table
from tests.factories import emails_csv, import_file

COLUMNS = {"Row": [7], "Column": [None], "Problem": ["<b>x</b> & **y**"]}


def test_what_is_in_a_cell_is_shown_as_it_is():
    drawn = sentence_table.table_html(COLUMNS, ("Problem",))
    assert '<td class="is-sentence" data-label="Problem"><span>&lt;b&gt;x&lt;/b&gt; &amp; **y**</span></td>' in drawn
    assert '<td class="is-number" data-label="Row"><span>7</span></td>' in drawn
    assert '<td class="is-short" data-label="Column"></td>' in drawn, "an empty cell is not shown on a phone"


def test_columns_are_called_in_the_reader_s_language():
    drawn = copy_context().run(lambda: language.use("de") or sentence_table.table_html(COLUMNS, ("Problem",)))
    assert '<th scope="col" class="is-number">Zeile</th>' in drawn


def test_a_long_table_is_shown_page_by_page(screen, engine, workspace_id):
    record = import_file(engine, workspace_id, emails_csv(f"bad{n}" for n in range(sentence_table.PAGE_LENGTH + 1))).record
    screen.open(record)
    assert "Errors · 101" in screen.tabs
    assert [line[0] for line in screen.sentences("Errors")] == [str(row) for row in range(2, 102)]
