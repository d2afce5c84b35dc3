"""Streamlit's own words in the reader's language, where none of its widgets' parameters reach them.

It writes them in English alone. The style sheet takes their place; were Streamlit drawn otherwise one day, its own would show.
"""

import streamlit as st

from core import language
from pages.shared import texts

#: Where each word stands. The first is said in English, too: "Upload" is what happens after choosing.
UPLOAD = "[data-testid=stFileUploaderDropzone] button p"
NO_RESULTS = "[role=listbox][data-empty=true] span"
MORE_PAGES = "[data-testid=stTopNavSection] p"
NEW_OPTION = "[role=option][data-key=__creatable__] > div"
#: "Press Enter to apply" in a field, and "Date range: Select…" in a calendar. Where it is not English they are left out: our
#: screens say the one where it matters, and the other only presses two days for one.
LEFT_OUT = "[data-testid=InputInstructions], [data-testid=stDateInputQuickSelect]"


def show() -> None:
    """The style sheet with the words."""
    rules = [word_in_place_of(UPLOAD, texts.UPLOAD_BUTTON)]
    if language.current() != language.DEFAULT:
        rules += [
            word_in_place_of(NO_RESULTS, texts.NO_RESULTS),
            word_in_place_of(NEW_OPTION, texts.NEW_OPTION),
            word_in_place_of(MORE_PAGES, texts.MORE_PAGES),
            f"{LEFT_OUT} {{ display: none; }}",
        ]
    st.html(f"<style>{' '.join(rules)}</style>")


def word_in_place_of(selector: str, word: str) -> str:
    """The rule that shows our word where Streamlit writes its own."""
    return f"{selector} {{ font-size: 0; }} {selector}::after {{ content: '{word}'; font-size: .93rem; }}"
