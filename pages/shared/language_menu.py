"""The language of the screens: a small menu at the head of every page, for whoever is there."""

import streamlit as st

from core import language
from pages.shared import keys, session, texts

AS_BROWSER = "browser"


def show() -> None:
    """The language that is spoken, and the others, each by its own name; or again the browser's."""
    st.menu_button(
        language.LANGUAGES[language.current()], [AS_BROWSER, *language.LANGUAGES], key=keys.LANGUAGE_MENU, type="tertiary",
        icon=":material/translate:", format_func=name, help=texts.LANGUAGE_MENU_HELP, on_click=choose,
    )  # fmt: skip


def name(chosen: str) -> str:
    """What a choice is called: a language in its own words, so that everybody finds theirs."""
    return language.LANGUAGES.get(chosen, texts.LANGUAGE_AS_BROWSER)


def choose() -> None:
    """Speak what was chosen."""
    chosen = st.session_state[keys.LANGUAGE_MENU]
    session.choose_language(None if chosen == AS_BROWSER else chosen)
