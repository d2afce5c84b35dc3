"""What the history is narrowed to: a search, and the rest behind one button."""

from datetime import date

import streamlit as st

from core import import_list_flow
from core.import_list_flow import ImportFilter
from pages.shared import keys, session, texts

CHOICES = (keys.HISTORY_STATES, keys.HISTORY_DOOR, keys.HISTORY_PERSON, keys.HISTORY_DAYS)


def show() -> ImportFilter:
    """The search, the filters, and what they ask for. A change begins again with the newest imports."""
    with st.container(key="history_filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        search = st.text_input(texts.HISTORY_SEARCH, key=keys.HISTORY_SEARCH, placeholder=texts.HISTORY_SEARCH,
                               icon=":material/search:", label_visibility="collapsed", on_change=begin_again)  # fmt: skip
        active = sum(bool(st.session_state.get(key)) for key in CHOICES)
        with st.popover(texts.history_filters(active), key=keys.HISTORY_FILTERS, icon=":material/filter_list:"):
            wanted = choices(search)
            st.button(texts.HISTORY_CLEAR, key=keys.HISTORY_CLEAR, type="tertiary", icon=":material/close:",
                      disabled=wanted.is_empty, on_click=clear)  # fmt: skip
    return wanted


def choices(search: str) -> ImportFilter:
    """State, door, person and days."""
    states = st.pills(texts.HISTORY_STATE, list(texts.STATE_LABELS), selection_mode="multi", key=keys.HISTORY_STATES,
                      format_func=texts.STATE_LABELS.get, on_change=begin_again)  # fmt: skip
    door = st.pills(texts.HISTORY_DOOR, list(texts.DOORS), key=keys.HISTORY_DOOR, format_func=texts.DOORS.get,
                    on_change=begin_again)  # fmt: skip
    people = import_list_flow.list_people(session.engine(), workspace_id=session.workspace_id())
    person = st.selectbox(texts.HISTORY_PERSON, people, index=None, key=keys.HISTORY_PERSON, on_change=begin_again,
                          placeholder=texts.HISTORY_ANYBODY, format_func=lambda name: texts.ACTORS.get(name, name))  # fmt: skip
    days = st.date_input(texts.HISTORY_DAYS, value=(), key=keys.HISTORY_DAYS, format=texts.DATE_FORMAT, on_change=begin_again)
    since, until = first_and_last(days)
    return ImportFilter(tuple(states), door, person, since, until, search.strip())


def first_and_last(days: tuple[date, ...]) -> tuple[date | None, date | None]:
    """The two ends of the chosen days; with one chosen so far, that one day."""
    return (days[0], days[-1]) if days else (None, None)


def begin_again() -> None:
    """Back to the newest imports."""
    st.session_state[keys.HISTORY_CURSORS] = []


def clear() -> None:
    """Every import again."""
    begin_again()
    st.session_state[keys.HISTORY_SEARCH] = ""
    st.session_state[keys.HISTORY_STATES] = []
    st.session_state[keys.HISTORY_DOOR] = st.session_state[keys.HISTORY_PERSON] = None
    st.session_state[keys.HISTORY_DAYS] = ()
