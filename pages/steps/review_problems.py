"""Step 3, problems: one line per cell that rejects its row, to be corrected in place, and what was corrected so far."""

import html

import pandas as pd
import streamlit as st

from core import draft_flow, reporting
from core.records import ImportRecord, Table
from pages.shared import frames, keys, session, texts, widgets

CORRECTIONS_PER_PAGE = 10  # each has a button of its own


def show(record: ImportRecord, columns: dict[str, list]) -> None:
    """The editor; a new value or a tick is saved and checked as soon as it is entered."""
    if not frames.length(columns):
        widgets.empty_state(*texts.EMPTY["problems"])
        return
    st.caption(texts.PROBLEMS_HELP)
    pages = frames.page_count(columns)
    page = st.pagination(pages, key=keys.REVIEW_PROBLEMS_PAGE) if pages > 1 else 1
    shown = frames.page_of(columns, page)
    key = f"{keys.REVIEW_PROBLEMS}_{st.session_state.setdefault(keys.EDITOR_VERSION, 0)}_{page}"
    with st.container(key=keys.REVIEW_PROBLEMS):
        st.data_editor(
            shown.style.apply(frames.mark_bad_cells, axis=None),
            key=key,
            hide_index=True,
            disabled=[name for name in shown if name not in ("New value", "Leave out")],
            column_config=frames.labelled(shown.columns, COLUMNS),
            on_change=save_edits,
            args=(record, shown, key),
        )


#: The problem in full on a screen of 1280; narrower ones scroll, with the row's number in place.
COLUMNS = {
    **widgets.COLUMNS,
    "Column": st.column_config.TextColumn(width=115),
    "Problem": st.column_config.TextColumn(width=450),
    "In the file": st.column_config.TextColumn(width=225),
    "New value": st.column_config.TextColumn(width=195),
    "Leave out": st.column_config.CheckboxColumn(width=105),
}


def save_edits(record: ImportRecord, shown: pd.DataFrame, key: str) -> None:
    """Keep the user's edits in the draft; the run that follows checks them."""
    edits = frames.read_problem_edits(shown, st.session_state[key]["edited_rows"])
    place = session.where(record)
    with widgets.notifying_errors():
        if edits.corrections:
            draft_flow.correct_cells(session.engine(), **place, corrections=edits.corrections)
        if edits.leave_out:
            draft_flow.skip_rows(session.engine(), **place, rows=edits.leave_out, skip=True)
        if edits.take_back:
            draft_flow.skip_rows(session.engine(), **place, rows=edits.take_back, skip=False)
    start_afresh()


def start_afresh() -> None:
    """Let the editor forget what was typed into it: its lines are others now."""
    st.session_state[keys.EDITOR_VERSION] = st.session_state.get(keys.EDITOR_VERSION, 0) + 1


def corrections(record: ImportRecord, table: Table) -> None:
    """Every cell that was changed, old and new, with the way back for one and for all."""
    columns = reporting.corrections_table(table, record.corrections)
    cells = frames.length(columns)
    if not cells:
        return
    with st.container(border=True, key=keys.REVIEW_CORRECTIONS, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{texts.corrections_made(cells)}**", width="content")
            st.button(texts.CORRECTIONS_UNDO, key=keys.REVIEW_UNDO_ALL, type="tertiary", icon=":material/undo:",
                      on_click=undo, args=(record, record.corrections))  # fmt: skip
        pages = -(-cells // CORRECTIONS_PER_PAGE)
        page = st.pagination(pages, key=f"{keys.REVIEW_CORRECTIONS}_page") if pages > 1 else 1
        start = (page - 1) * CORRECTIONS_PER_PAGE
        for place, cell in enumerate(list(zip(*columns.values(), strict=True))[start : start + CORRECTIONS_PER_PAGE]):
            corrected_cell(record, place, *cell)


def corrected_cell(record: ImportRecord, place: int, row: int, column: str, old: str, new: str) -> None:
    """One corrected cell."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(
            f'<div class="li-change"><span>{texts.row_number(row)} · {html.escape(column)}</span>'
            f"<div><del>{html.escape(old) or texts.EMPTY_CELL}</del> → <ins>{html.escape(new) or texts.EMPTY_CELL}</ins></div></div>"
        )
        st.button(texts.CORRECTION_UNDO, key=f"{keys.REVIEW_UNDO}_{place}", type="tertiary", icon=":material/undo:",
                  on_click=undo, args=(record, {row: {column: new}}))  # fmt: skip


def undo(record: ImportRecord, cells: dict[int, dict[str, str]]) -> None:
    """Take these cells back to what the file says."""
    nothing = {row: dict.fromkeys(columns) for row, columns in cells.items()}
    with widgets.notifying_errors():
        draft_flow.correct_cells(session.engine(), **session.where(record), corrections=nothing)
    start_afresh()
