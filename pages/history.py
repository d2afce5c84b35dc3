"""The workspace's imports, newest first: found, opened, looked at, and their mappings used again."""

import html

import streamlit as st

from core import import_list_flow
from core.records import OUTCOMES, ImportRecord
from pages.shared import family, history_details, history_filter, keys, session, texts, widgets

PAGE_LENGTH = 20


def show() -> None:
    """The filters, one line per import, and the ways to older and newer ones; or the empty state."""
    if session.pop_wish(keys.HISTORY_LEAVE):
        st.switch_page("import_wizard.py")
    widgets.title(texts.HISTORY_TITLE, texts.HISTORY_LEAD)
    widgets.show_notice()
    wanted = history_filter.show()
    cursors = st.session_state.setdefault(keys.HISTORY_CURSORS, [])
    page = import_list_flow.list_imports(
        session.engine(), workspace_id=session.workspace_id(), wanted=wanted, limit=PAGE_LENGTH,
        after=cursors[-1] if cursors else None,
    )  # fmt: skip
    if not page.records:
        nothing(is_filtered=not wanted.is_empty or bool(cursors))
    with st.container(key=keys.HISTORY_TABLE, gap=None):
        for record in page.records:
            line(record, page.first_names)
    turn_pages(page)


def nothing(*, is_filtered: bool) -> None:
    """What stands where no import does."""
    if is_filtered:
        widgets.empty_state(*texts.HISTORY_NOTHING)
        return
    widgets.empty_state(*texts.HISTORY_EMPTY)
    if session.may("importer"):
        st.page_link("import_wizard.py", label=texts.HISTORY_START, icon=":material/upload_file:")


def line(record: ImportRecord, first_names: dict) -> None:
    """One import: file, state, when, who, counts as a bar and in words; the way to it, and its details."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(line_html(record, first_names))
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
            family.link(record, texts.OPEN)
            if st.button(texts.HISTORY_DETAILS, key=keys.history_details(record.id.hex), type="tertiary",
                         icon=":material/more_horiz:", help=texts.HISTORY_DETAILS_HELP):  # fmt: skip
                st.dialog(texts.HISTORY_DETAILS_TITLE, width="medium")(history_details.show)(record)


def line_html(record: ImportRecord, first_names: dict) -> str:
    """What is told of an import in the list."""
    facts = [texts.moment(record.created_at), texts.by_whom(record.created_by), texts.DOORS[record.door]]
    if record.continues:
        facts.append(texts.continues_short(first_names.get(record.continues, "")))
    return (
        f'<div class="li-history"><div><b>{html.escape(family.name_of(record))}</b>'
        f'<span class="li-badge is-{texts.STATE_COLOURS[record.state]}">{texts.STATE_LABELS[record.state]}</span></div>'
        f"<span>{html.escape(' · '.join(facts))}</span>{counts_html(record)}</div>"
    )


def counts_html(record: ImportRecord) -> str:
    """The books of an import that ran as a small stacked bar and in words, else its size."""
    if record.state in import_list_flow.DELETABLE:
        return f"<span>{texts.rows(record.row_count)}</span>"
    present = [outcome for outcome in OUTCOMES if record.counts[outcome]]
    parts = "".join(
        f'<i class="is-{name}" style="width:{record.counts[name] * 100 / max(record.row_count, 1):.2f}%"></i>' for name in present
    )
    words = texts.counts_line(record.row_count, record.counts)
    return (
        f'<div class="li-mini li-outcomes"><div class="li-outcomes-bar" role="img" aria-label="{words}">{parts}</div>'
        f"<span>{words}</span></div>"
    )


def turn_pages(page: import_list_flow.ImportSlice) -> None:
    """The buttons to newer and older imports, where there are any."""
    cursors = st.session_state[keys.HISTORY_CURSORS]
    if not cursors and page.older is None:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(texts.HISTORY_NEWER, key=keys.HISTORY_NEWER, icon=":material/arrow_back:", disabled=not cursors,
                  on_click=cursors.pop if cursors else None)  # fmt: skip
        st.button(texts.HISTORY_OLDER, key=keys.HISTORY_OLDER, icon=":material/arrow_forward:", icon_position="right",
                  disabled=page.older is None, on_click=cursors.append, args=(page.older,))  # fmt: skip


show()
