"""Where the visitor is in the list: a page begins behind the last lead of the page before, so the way back is remembered."""

from typing import NamedTuple

import streamlit as st

from pages.shared import keys


class Place(NamedTuple):
    """Where a page begins: behind this lead (None: at the beginning), with so many leads shown before it."""

    after: str | None = None
    shown: int = 0


def current() -> Place:
    """The page that is shown."""
    return _places()[-1]


def is_first() -> bool:
    return len(_places()) == 1


def go_on(after: str, shown: int) -> None:
    """To the next page."""
    st.session_state[keys.LEADS_PLACES] = [*_places(), Place(after, shown)]
    forget_selection()


def go_back() -> None:
    """To the page before."""
    st.session_state[keys.LEADS_PLACES] = _places()[:-1] or [Place()]
    forget_selection()


def restart() -> None:
    """To the first page: the list is another one."""
    st.session_state[keys.LEADS_PLACES] = [Place()]
    forget_selection()


def forget_selection() -> None:
    """Begin the table anew: its rows are others."""
    st.session_state[keys.LEADS_VERSION] = version() + 1


def version() -> int:
    """Of the table: part of its key."""
    return st.session_state.get(keys.LEADS_VERSION, 0)


def _places() -> list[Place]:
    return st.session_state.get(keys.LEADS_PLACES) or [Place()]
