"""The workspace's imports, newest first, each with the way to its report."""

import html

import streamlit as st

from core import ids, report_flow
from core.records import ImportRecord
from pages.shared import keys, session, texts, widgets


def show() -> None:
    """The list, or the empty state with the way to the first import."""
    widgets.title(texts.HISTORY_TITLE, texts.HISTORY_LEAD)
    records = report_flow.list_imports(session.engine(), workspace_id=session.workspace_id())
    if not records:
        widgets.empty_state(*texts.HISTORY_EMPTY)
        st.page_link("import_wizard.py", label=texts.HISTORY_START, icon=":material/upload_file:")
        return
    with st.container(key=keys.HISTORY_TABLE, gap=None):
        for record in records:
            line(record)


def line(record: ImportRecord) -> None:
    """One import: file, when, state, counts, link."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(
            f'<div class="li-history"><div><b>{html.escape(record.file_name or ids.import_id_text(record.id))}</b>'
            f'<span class="li-badge is-{texts.STATE_COLOURS[record.state]}">{texts.STATE_LABELS[record.state]}</span></div>'
            f"<span>{texts.moment(record.created_at)} · {summary(record)}</span></div>"
        )
        st.page_link("import_wizard.py", label=texts.OPEN, icon=":material/arrow_forward:", icon_position="right",
                     query_params={keys.QUERY_IMPORT: ids.import_id_text(record.id)})  # fmt: skip


def summary(record: ImportRecord) -> str:
    """The books of an import that ran, else its size."""
    if record.state in ("draft", "ready"):
        return texts.rows(record.row_count)
    return texts.balance(record.row_count, record.counts)


show()
