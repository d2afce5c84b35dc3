"""The notice that a file, or most of it, was imported before: said before anything is mapped, and never in the way."""

import streamlit as st

from core import same_file_flow
from core.records import ImportRecord
from core.same_file_flow import SameFile
from pages.shared import family, keys, session, texts, widgets


def show(record: ImportRecord) -> None:
    """The notice with the way to the earlier report; nothing for a new file."""
    same = find(record)
    if same is None:
        return
    theirs = same.record
    text = texts.same_file(
        same.share, widgets.escape(family.name_of(theirs)), texts.moment(theirs.finished_at or theirs.created_at),
        widgets.escape(theirs.created_by), is_exact=same.is_exact,
    )  # fmt: skip
    with st.container(key=keys.SAME_FILE, gap="xsmall"):
        st.info(text, icon=":material/file_copy:")
        family.open_button(theirs, texts.SAME_FILE_OPEN)


def find(record: ImportRecord) -> SameFile | None:
    """What the guard says, asked once for each reading of the file: the map step is drawn at every click."""
    asked = (record.id, tuple(sorted(record.parse_options.items())))
    known, same = st.session_state.get(keys.SAME_FILE_FOUND, (None, None))
    if known != asked:
        same = same_file_flow.find_same_file(session.engine(), **session.where(record))
        st.session_state[keys.SAME_FILE_FOUND] = (asked, same)
    return same
