"""Repairing in the review: row by row, as a table, find and replace, and the way back."""

import pytest

from pages.shared import keys

FILE = b"E-mail,Name,Company\nada@,Ada,Kite\nbo@example.com,Bo,\n,Cy,kite ltd\ndee@example,Dee,Kite\n"
MAPPING = {"E-mail": "email", "Name": "first_name", "Company": "company"}


@pytest.fixture
def review(open_review):
    return open_review()


def cell(place):
    return f"{keys.SINGLE_CELL}_{place}"


def by_row(app):
    press(app, keys.SINGLE_OPEN)


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception


def place(app):
    return next(one.value for one in app.markdown if "of your file" in one.value)


def test_the_form_opens_the_first_row_with_a_problem_and_its_bad_cell_first(review):
    app, _ = review
    by_row(app)
    assert place(app) == "**Row 2 of your file · 1 of 3 rows with problems**"
    assert [app.text_input(key=cell(i)).value for i in range(3)] == ["ada@", "Ada", "Kite"]
    assert "Correct the address" in " ".join(one.value for one in app.markdown)


def test_saving_a_right_value_opens_the_next_row(review):
    app, record = review
    by_row(app)
    app.text_input(key=cell(0)).set_value("ada@example.com")
    press(app, keys.SINGLE_SAVE)
    assert record().corrections == {2: {"E-mail": "ada@example.com"}}
    assert place(app) == "**Row 4 of your file · 1 of 2 rows with problems**"
    assert app.text_input(key=cell(1)).value == "Cy"


def test_saving_a_value_that_is_still_wrong_stays_at_the_row(review):
    app, record = review
    by_row(app)
    app.text_input(key=cell(0)).set_value("ada@@example.com")
    press(app, keys.SINGLE_SAVE)
    assert record().corrections == {2: {"E-mail": "ada@@example.com"}}
    assert place(app) == "**Row 2 of your file · 1 of 3 rows with problems**"
    assert app.text_input(key=cell(0)).value == "ada@@example.com"


def test_a_row_can_be_put_off_or_left_out(review):
    app, record = review
    by_row(app)
    press(app, keys.SINGLE_LATER)
    assert place(app) == "**Row 4 of your file · 2 of 3 rows with problems**"
    press(app, keys.SINGLE_LEAVE_OUT)
    assert record().skipped_rows == {4}
    assert place(app) == "**Row 5 of your file · 2 of 2 rows with problems**"
    press(app, keys.SINGLE_LATER)
    assert place(app) == "**Row 2 of your file · 1 of 2 rows with problems**"


def test_every_change_can_be_undone_and_done_again(review):
    app, record = review
    by_row(app)
    app.text_input(key=cell(0)).set_value("ada@example.com")
    press(app, keys.SINGLE_SAVE)
    press(app, keys.SINGLE_LEAVE_OUT)
    assert app.button(key=keys.EDIT_UNDO).label == "Undo: rows left out"
    press(app, keys.EDIT_UNDO)
    assert (record().skipped_rows, record().corrections) == (set(), {2: {"E-mail": "ada@example.com"}})
    press(app, keys.EDIT_UNDO)
    assert record().corrections == {}
    assert keys.EDIT_UNDO not in [button.key for button in app.button]
    press(app, keys.EDIT_REDO)
    assert record().corrections == {2: {"E-mail": "ada@example.com"}}
    press(app, keys.EDIT_REDO)
    assert record().skipped_rows == {4}


def test_a_new_change_forgets_what_was_undone(review):
    app, record = review
    by_row(app)
    press(app, keys.SINGLE_LEAVE_OUT)
    press(app, keys.EDIT_UNDO)
    app.text_input(key=cell(0)).set_value("ada@example.com")
    press(app, keys.SINGLE_SAVE)
    assert keys.EDIT_REDO not in [button.key for button in app.button]
    assert record().skipped_rows == set()


def test_find_and_replace_shows_what_would_change_and_then_does_it(review):
    app, record = review
    press(app, keys.REPLACE_OPEN)
    app.text_input(key=keys.REPLACE_FIND).set_value("kite").run()
    app.text_input(key=keys.REPLACE_WITH).set_value("Acme").run()
    assert "**3 cells in 3 rows would change.**" in [one.value for one in app.markdown]
    app.checkbox(key=keys.REPLACE_WHOLE).check().run()
    press(app, keys.REPLACE_DO)
    assert record().corrections == {2: {"Company": "Acme"}, 5: {"Company": "Acme"}}
    assert app.button(key=keys.EDIT_UNDO).label == "Undo: find and replace"
    press(app, keys.EDIT_UNDO)
    assert record().corrections == {}


def test_find_and_replace_can_be_kept_to_one_column(review):
    app, _ = review
    press(app, keys.REPLACE_OPEN)
    app.text_input(key=keys.REPLACE_FIND).set_value("d").run()
    app.selectbox(key=keys.REPLACE_IN).set_value("c1").run()
    assert "**2 cells in 2 rows would change.**" in [one.value for one in app.markdown]


def test_the_table_shows_rows_with_problems_or_all_and_finds_text(review):
    app, _ = review
    app.segmented_control(key=keys.REPAIR_VIEW).set_value("grid").run()
    [table] = [one.value for one in app.dataframe if "Problem" in one.value and "c0" in one.value]
    assert list(table["Row"]) == [2, 4, 5]
    assert table["Problem"][1] == "Empty email"
    app.segmented_control(key=keys.GRID_SCOPE).set_value("all").run()
    app.text_input(key=keys.GRID_SEARCH).set_value("EXAMPLE").run()
    [table] = [one.value for one in app.dataframe if "Problem" in one.value and "c0" in one.value]
    assert list(table["Row"]) == [3, 5]


def test_problems_can_be_filtered_by_kind(review):
    app, _ = review
    app.pills(key=keys.REPAIR_KIND).set_value("email-empty").run()
    [table] = [one.value for one in app.dataframe if "New value" in one.value]
    assert list(table["Row"]) == [4]
