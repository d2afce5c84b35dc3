"""contract.md section 2: texts are trimmed; tags are trimmed, empties and repeats dropped, order kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cleaning import INVISIBLE, clean_tags, clean_text, clean_texts, join_texts


@pytest.mark.parametrize(
    "around",
    ["", " ", "\t\r\n", "\u00a0", "\u2003", "\u3000", "\u200b", "\ufeff", "\u200e", "\u00ad", " \u00a0\u200b \u2060"],
)
def test_what_spreadsheets_and_web_pages_leave_around_a_text_goes(around):
    assert clean_text(f"{around}Ada Byron{around}") == "Ada Byron"
    assert clean_text(f"{around}Zoë{around}") == "Zoë"


@pytest.mark.parametrize("text", ["two  spaces", "line\nline", "a\u00a0b", "👩\u200d💻", "=1+1", "'quoted'"])
def test_what_stands_inside_a_text_stays(text):
    assert clean_text(text) == text


def test_a_text_of_white_space_alone_is_empty():
    assert clean_text(" \u00a0\u200b\t") == ""


@given(st.text())
def test_cleaning_twice_equals_cleaning_once(text):
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text())
def test_no_white_space_is_left_around_a_clean_text(text):
    assert clean_text(text).strip() == clean_text(text)


@given(st.lists(st.none() | st.text() | st.text(f"a ü\u00a0{INVISIBLE}", max_size=5)))
def test_many_texts_are_cleaned_as_each_alone(texts):
    given, joined = join_texts(texts)
    assert clean_texts(given, joined=joined) == [clean_text(text or "") for text in texts]


def test_tags_keep_their_order_without_empties_and_repeats():
    assert clean_tags([" vip", "fair", "", "vip ", "\u00a0", "VIP"]) == ("vip", "fair", "VIP")


def test_no_tags_are_no_tags():
    assert clean_tags([]) == ()
