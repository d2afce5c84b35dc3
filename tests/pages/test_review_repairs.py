"""The review that repairs, as screens: duplicates that lose values."""



from pages.shared import keys
from tests.factories import put_leads

FILE = b"Email,Name,Company\na@example.com,,Kite\nA@example.com,Ada,Acme\nb@example.com,Bo,\nb@example.com,Bo,Zinc\n"
MAPPING = {"Email": "email", "Name": "first_name", "Company": "company"}


def button(app, key):
    [found] = [one for one in app.button if one.key == key]
    return found


def has_button(app, key):
    return key in [one.key for one in app.button]


def sentences(app):
    return [one.value for kind in (app.markdown, app.success, app.warning, app.caption) for one in kind]


# --- duplicates in the file -------------------------------------------------------------------------------------------


def test_the_loss_meter_fills_all_blanks_with_one_click(open_review):
    app, record = open_review()
    assert "**2 rows hold 2 values that the winning rows lack.**" in sentences(app)
    button(app, keys.DUPLICATES_FILL_ALL).click().run()
    assert not app.exception
    assert record().corrections == {2: {"Name": "Ada"}, 4: {"Company": "Zinc"}}
    assert not has_button(app, keys.DUPLICATES_FILL_ALL)
    assert not has_button(app, keys.DUPLICATES_FILL)
    assert "2 cells corrected by you" in " ".join(sentences(app))


def test_one_duplicate_is_compared_and_fills_its_winner(open_review):
    app, record = open_review()
    app.selectbox(keys.DUPLICATES_PICK).select(5).run()
    assert any(list(frame.value.columns) == ["Column", "Row 5", "Row 4, which wins", "Outcome"] for frame in app.dataframe)
    button(app, keys.DUPLICATES_FILL).click().run()
    assert record().corrections == {4: {"Company": "Zinc"}}


def test_another_row_is_made_the_winner(open_review):
    app, record = open_review()
    button(app, keys.DUPLICATES_WINNER).click().run()
    assert not app.exception
    assert record().skipped_rows == {2}
    assert "Row 2 → row 3 · a@example.com · 1 differs · left out by you" in app.selectbox(keys.DUPLICATES_PICK).options


def test_a_winner_whose_lead_is_there_already_asks_for_nothing(engine, workspace_id, open_review):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com"])
    app, _ = open_review()
    assert not has_button(app, keys.DUPLICATES_FILL_ALL)
    assert not has_button(app, keys.DUPLICATES_WINNER)


def test_a_file_without_duplicates_has_nothing_to_compare(open_review):
    app, _ = open_review(b"Email\na@example.com\n", {"Email": "email"})
    assert not has_button(app, keys.DUPLICATES_FILL_ALL)
    assert not has_button(app, keys.DUPLICATES_WINNER)
