"""The review's cleaning card and warnings, as screens."""

from pages.shared import keys
from tests.pages.conftest import lines_of

FILE = b"Email,Name,Phone\n<a@example.com>,ADA,030 1234567\nb@gmial.com,Bo  Li,\ninfo@kite.com,,\nx@mailinator.com,,\n"
MAPPING = {"Email": "email", "Name": "first_name", "Phone": "phone"}


def by_key(widgets, key):
    [found] = [widget for widget in widgets if widget.key == key]
    return found


def has(widgets, key):
    return key in [widget.key for widget in widgets]


def table(app, name):
    return next(frame.value for frame in app.dataframe if name in frame.value.columns)


def warned(app):
    """The rows of the table of warnings."""
    return [line[0] for block in app.get("html") for line in lines_of(block.proto.body)]


def test_each_kind_has_its_count_and_its_switch(open_review):
    app, record = open_review()
    switches = {toggle.key: toggle.value for toggle in app.toggle if toggle.key.startswith("cleaning_")}
    assert switches == {
        keys.cleaning_kind("spaces"): True,
        keys.cleaning_kind("email"): True,
        keys.cleaning_kind("phone"): True,
        keys.cleaning_kind("names"): False,
    }
    assert [one.label for one in app.expander if "Cleaning" in one.label] == ["Cleaning: 2 automatic changes"]
    by_key(app.toggle, keys.cleaning_kind("names")).set_value(True).run()
    assert record().options.cleaning == {"names": True}
    by_key(app.toggle, keys.cleaning_kind("email")).set_value(False).run()
    assert not app.exception
    assert record().options.cleaning == {"names": True, "email": False}
    assert [one.label for one in app.expander if "Cleaning" in one.label] == ["Cleaning: 2 automatic changes"]


def test_the_country_is_chosen_and_kept(open_review):
    app, record = open_review()
    country = by_key(app.selectbox, keys.CLEANING_COUNTRY)
    assert country.value is None
    assert any("until you choose a country" in caption.value for caption in app.caption)
    country.set_value("DE").run()
    assert not app.exception
    assert record().options.country == "DE"
    assert by_key(app.selectbox, keys.CLEANING_COUNTRY).value == "DE"
    assert not any("until you choose" in caption.value for caption in app.caption)


def test_every_change_is_listed_before_and_after(open_review):
    app, _ = open_review()
    by_key(app.button, keys.CLEANING_LIST).click().run()
    shown = table(app, "Before")
    assert list(shown[["Row", "Before", "After", "Done"]].itertuples(index=False, name=None)) == [
        (2, "<a@example.com>", "a@example.com", True),
        (2, "ADA", "Ada", False),
        (3, "Bo␣␣Li", "Bo Li", True),
    ]


def test_a_tidy_file_has_no_card(open_review):
    app, _ = open_review(b"Email\na@example.com\n", {"Email": "email"})
    assert not any("Cleaning" in expander.label for expander in app.expander)
    assert not any("Warnings" in tab.label for tab in app.tabs)


def test_warnings_are_filtered_by_kind_and_typing_errors_fixed_at_once(open_review):
    app, record = open_review()
    assert warned(app) == ["3", "4", "5"]
    by_key(app.button, keys.WARNINGS_FIX).click().run()
    assert not app.exception
    assert record().corrections == {3: {"Email": "b@gmail.com"}}
    assert warned(app) == ["4", "5"]
    assert not has(app.button, keys.WARNINGS_FIX)


def test_rows_of_one_kind_of_warning_are_left_out_at_once(open_review):
    app, record = open_review()
    assert not has(app.button, keys.WARNINGS_LEAVE_OUT)
    by_key(app.button_group, keys.WARNINGS_FILTER).set_value("email-disposable").run()
    assert warned(app) == ["5"]
    by_key(app.button, keys.WARNINGS_LEAVE_OUT).click().run()
    assert not app.exception
    assert record().skipped_rows == {5}


def test_a_cell_is_shown_as_text_and_never_as_html(open_review):
    app, _ = open_review(b"Email,Name\na@example.com,<b>x</b>  ![y](http://z)\n", {"Email": "email", "Name": "first_name"})
    [example] = [block.proto.body for block in app.get("html") if 'class="li-tidy' in block.proto.body]
    assert "&lt;b&gt;x&lt;/b&gt;" in example
    assert "<b>x" not in example
