"""The language of the screens: the browser's, or the one that the visitor chose, in every part of a page."""

import pytest
from streamlit.testing.v1 import AppTest

from core import language
from pages.shared import keys, language_menu, streamlit_words, texts


def part_of_a_page():
    """What a dialog or a fragment is when it runs again: nothing of the page around it has run before."""
    import streamlit as st

    from core.issues import make_issue
    from pages.shared import session, texts  # noqa: F401 (the session knows the language)

    st.text(f"{texts.BACK} / {make_issue('file-empty').message}")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (None, "Back / The file has no content."),
        ("de", "Zurück / Die Datei hat keinen Inhalt."),
        ("tlh", "Back / The file has no content."),
    ],
)
def test_a_part_that_runs_alone_speaks_the_visitor_s_language(chosen, said):
    app = AppTest.from_function(part_of_a_page)
    if chosen:
        app.session_state[keys.LANGUAGE] = chosen
    [shown] = app.run().text
    assert shown.value == said


def test_outside_of_a_screen_everything_is_said_in_english(screen):
    screen.open()
    assert language.current() == "en"


def choose(screen, chosen):
    screen.at.menu_button(key=keys.LANGUAGE_MENU).click(chosen)
    return screen.run()


def test_the_visitor_chooses_a_language_and_goes_back_to_the_browser_s(screen):
    screen.open()
    english = screen.heading
    choose(screen, "de")
    german = screen.heading
    assert german != english
    assert screen.at.menu_button(key=keys.LANGUAGE_MENU).label == "Deutsch"
    choose(screen, language_menu.AS_BROWSER)
    assert screen.heading == english
    assert keys.QUERY_LANGUAGE not in screen.at.query_params


def style_of(screen):
    """Our words in the place of Streamlit's own."""
    [found] = [body for body in screen.bodies if streamlit_words.UPLOAD in body]
    return found


def test_streamlit_s_own_words_are_said_in_german_and_left_alone_in_english(screen):
    assert texts.en.NO_RESULTS not in style_of(screen.open())
    choose(screen, "de")
    assert texts.de.UPLOAD_BUTTON in style_of(screen)
    assert texts.de.NO_RESULTS in style_of(screen)


def test_the_choice_outlasts_a_reload_and_a_click_on_the_navigation(new_screen):
    screen = choose(new_screen().open(), "de")
    assert "de" in screen.at.query_params[keys.QUERY_LANGUAGE]
    screen.at.query_params.clear()  # what a click on the navigation does
    screen.go_to("settings.py")
    assert screen.heading == "Einstellungen"
    assert "de" in screen.at.query_params[keys.QUERY_LANGUAGE]
    reloaded = new_screen()
    reloaded.at.query_params[keys.QUERY_LANGUAGE] = "de"
    assert reloaded.open().go_to("settings.py").heading == "Einstellungen"


def test_an_address_with_a_language_that_we_do_not_have_changes_nothing(screen):
    screen.at.query_params[keys.QUERY_LANGUAGE] = "tlh"
    assert screen.open().go_to("settings.py").heading == "Settings"
