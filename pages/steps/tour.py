"""The one-minute tour: a card for each of the five steps, in a dialog that can be left at any time."""

from collections.abc import Callable

import streamlit as st

from pages.shared import keys, stepbar, texts
from pages.shared.session import STEPS


def offer(try_it: Callable[[], None]) -> None:
    """The button that opens the tour. ``try_it`` goes on with the practice file at its end."""
    if st.button(texts.TOUR, key=keys.TOUR, icon=":material/play_circle:", type="tertiary"):
        st.session_state[keys.TOUR_PLACE] = 0
    if keys.TOUR_PLACE in st.session_state:
        st.dialog(texts.TOUR_TITLE, width="medium", on_dismiss=leave)(cards)(try_it)


def cards(try_it: Callable[[], None]) -> None:
    """One card at a time: the step bar, what the step does, and the buttons."""
    place = st.session_state.get(keys.TOUR_PLACE, 0)
    is_last = place == len(STEPS) - 1
    heading, text = texts.TOUR_CARDS[STEPS[place]]
    with st.container(key="tour_card", gap="small"):
        st.html(stepbar.stepbar_html(STEPS[place]))
        st.html(f'<h3 class="li-tour-title">{heading}</h3><p class="li-tour-text">{text}</p>')
    with st.container(key="tour_actions", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if st.button(texts.TOUR_SKIP, key=keys.TOUR_SKIP, type="tertiary", on_click=leave):
            st.rerun()
        with st.container(horizontal=True, horizontal_alignment="right", width="content"):
            if place:
                st.button(texts.BACK, key=keys.TOUR_BACK, on_click=turn, args=(-1,))
            if not is_last:
                st.button(texts.TOUR_NEXT, key=keys.TOUR_NEXT, type="primary", on_click=turn, args=(1,))
            elif st.button(texts.TOUR_TRY, key=keys.TOUR_TRY, type="primary", icon=":material/experiment:"):
                leave()
                try_it()


def leave() -> None:
    """Close the tour."""
    st.session_state.pop(keys.TOUR_PLACE, None)


def turn(by: int) -> None:
    """To the next card, or back."""
    st.session_state[keys.TOUR_PLACE] += by
