"""What a screen shows while the database is away, and how it comes back by itself."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.health_flow import database_trouble
from pages.shared import texts, widgets

#: Often enough for somebody who waits, seldom enough for a server that comes up.
LOOK_AGAIN_S = 5


@contextmanager
def saying_so() -> Iterator[None]:
    """Where the block finds the database away or full, its place says so, and the page is drawn anew a little later."""
    try:
        yield
    except Exception as error:
        trouble = database_trouble(error)
        if trouble is None:
            raise
        widgets.show_error(trouble)
        st.caption(texts.LOOKING_AGAIN)
        _look_again(since=time.monotonic())


@st.fragment(run_every=LOOK_AGAIN_S)
def _look_again(since: float) -> None:
    if time.monotonic() - since > LOOK_AGAIN_S / 2:  # not the run that has just found it away
        st.rerun()
