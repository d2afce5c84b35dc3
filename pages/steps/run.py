"""Step 4: the import runs outside the page; this shows how far it is."""

import streamlit as st

from core import report_flow, run_flow
from core.records import ImportRecord
from pages.shared import away, keys, session, texts, widgets

POLL_S = 0.7  # often enough to look alive, one cheap query each time


def show(record: ImportRecord) -> None:
    """Progress of the running import, in any tab, after any reload."""
    widgets.title(texts.RUN_TITLE, texts.RUN_LEAD)
    widgets.file_line(record.file_name, texts.rows(record.row_count))
    progress(record)


@st.fragment(run_every=POLL_S)
def progress(record: ImportRecord) -> None:
    """Rows handled so far; the whole page is drawn anew when the import has ended, or when the database is back."""
    with away.saying_so():
        _show_progress(record)


def _show_progress(record: ImportRecord) -> None:
    now = report_flow.get_import(session.engine(), **session.where(record))
    if now.state != "running":
        st.rerun()
    handled = now.row_count - now.counts["not_imported"]
    with st.container(border=True):
        st.progress(handled / max(now.row_count, 1), texts.run_progress(handled, now.row_count))
        if now.part_count > 1:
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.caption(texts.run_part(min(now.parts_done + 1, now.part_count), now.part_count))
                if session.may("importer"):
                    st.button(texts.RUN_CANCEL, key=keys.RUN_CANCEL, icon=":material/stop_circle:",
                              on_click=cancel, args=(now,))  # fmt: skip


def cancel(record: ImportRecord) -> None:
    """Ask the import to stop before its next part."""
    with widgets.notifying_errors():
        run_flow.cancel_import(session.engine(), **session.where(record))
