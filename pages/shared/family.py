"""An import among its own: the one that its file continues, and the files that continued it."""

import html

import streamlit as st

from core import continue_flow, ids
from core.records import ImportRecord
from pages.shared import keys, session, texts


def show(record: ImportRecord) -> None:
    """One line for the import that this file continues, and one for each file that continued this import."""
    family = continue_flow.load_family(session.engine(), **session.where(record))
    if family.first is None and not family.continuations:
        return
    with st.container(key=keys.FAMILY, gap=None):
        if family.first:
            is_over = record.state not in ("draft", "ready")
            line(family.first, texts.continues(name_of(family.first), *progress(family.first), is_over=is_over))
        for one in family.continuations:
            line(one, texts.continued_by(name_of(one), texts.moment(one.finished_at or one.created_at), one.created_by))


def line(record: ImportRecord, text: str) -> None:
    """A sentence about another import, and the way to it. ``text`` holds names: it is escaped here."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            f'<div class="li-file"><span class="li-icon" aria-hidden="true">account_tree</span><span>{html.escape(text)}</span></div>'
        )
        open_button(record, texts.OPEN)


def open_button(record: ImportRecord, label: str) -> None:
    """The way to another import inside the wizard: a link to the page where one is leaves the address as it was."""
    st.button(label, key=keys.open_import(record.id.hex), type="tertiary", icon=":material/arrow_forward:",
              icon_position="right", on_click=session.open_import, args=(record,))  # fmt: skip


def link(record: ImportRecord, label: str) -> None:
    """The way to an import from another page."""
    st.page_link("import_wizard.py", label=label, icon=":material/arrow_forward:", icon_position="right",
                 query_params={keys.QUERY_IMPORT: ids.import_id_text(record.id)})  # fmt: skip


def name_of(record: ImportRecord) -> str:
    """What people call an import: its file, or its id where it came without one."""
    return record.file_name or ids.import_id_text(record.id)


def progress(record: ImportRecord) -> tuple[int, int]:
    """(rows that are done, all rows): a row is done that neither failed nor waits."""
    waiting = record.counts["error"] + record.counts["not_imported"]
    return record.row_count - waiting, record.row_count
