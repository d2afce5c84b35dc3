"""One sentence at upload: how the last file of the same list went."""

import streamlit as st

from core import scorecard_flow
from core.records import ImportRecord
from core.scorecard_flow import LastList
from pages.shared import keys, session, texts, widgets


def show(record: ImportRecord) -> None:
    """The sentence; nothing for a list that is new, or a file that continues an import."""
    last = find(record) if record.continues is None else None
    if last is None:
        return
    day = texts.day(last.record.finished_at or last.record.created_at)
    name = widgets.escape(last.record.file_name or "")
    st.caption(f":material/insights: {texts.last_list(name, day, texts.percent(last.known), texts.percent(last.invalid))}")


def find(record: ImportRecord) -> LastList | None:
    """The last list, looked for once: the map step is drawn at every click."""
    known, last = st.session_state.get(keys.LAST_LIST, (None, None))
    if known != record.id:
        last = scorecard_flow.find_last_list(session.engine(), **session.where(record))
        st.session_state[keys.LAST_LIST] = (record.id, last)
    return last
