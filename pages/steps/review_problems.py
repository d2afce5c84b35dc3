"""Step 3, problems: to be repaired cell by cell, as a table, or row by row; and what was corrected so far."""

import html

import pandas as pd
import streamlit as st

from core import draft_flow, reporting
from core.issues import KIND_BY_CODE
from core.language import say
from core.records import ImportRecord, Preview, Table
from core.repairing import Cells
from pages.shared import edits, frames, keys, session, texts, widgets
from pages.steps import review_grid, review_replace, review_single

CORRECTIONS_PER_PAGE = 10  # each has a button of its own


def show(preview: Preview, table: Table) -> None:
    """The ways to repair. Every row can be edited as a table, also where nothing is wrong."""
    cells = Cells.of(preview.record, table)
    with st.container(key="repair_bar", horizontal=True, vertical_alignment="center", gap="small"):
        view = st.segmented_control(texts.REPAIR_VIEW, list(texts.REPAIR_VIEWS), default="list", required=True,
                                    key=keys.REPAIR_VIEW, format_func=texts.REPAIR_VIEWS.get, label_visibility="collapsed")  # fmt: skip
        review_single.offer(preview.record, table)
        review_replace.offer(preview.record, table)
        edits.buttons(preview.record)
    if view == "grid":
        review_grid.show(preview, cells, table)
    else:
        show_list(preview, kind_filter(preview))


def kind_filter(preview: Preview) -> str | None:
    """The kind of problem to look at; None for all. Nothing to choose where there is one kind only."""
    counts = reporting.count_problems(preview)
    if len(counts) < 2:
        return None
    return st.pills(texts.REPAIR_KIND, list(counts), key=keys.REPAIR_KIND, label_visibility="collapsed",
                    format_func=lambda code: texts.repair_kind(say(KIND_BY_CODE[code].title), counts[code]))  # fmt: skip


def show_list(preview: Preview, code: str | None) -> None:
    """One line per problem; a new value or a tick is saved and checked as soon as it is entered."""
    columns = reporting.problems_table(preview, code)
    if not frames.length(columns):
        widgets.empty_state(*texts.EMPTY["problems"])
        return
    st.caption(texts.problems_help(frames.length(columns), len(set(columns["Row"]))))
    pages = frames.page_count(columns)
    page = st.pagination(pages, key=keys.REVIEW_PROBLEMS_PAGE) if pages > 1 else 1
    shown = frames.page_of(columns, page)
    key = f"{keys.REVIEW_PROBLEMS}_{st.session_state.setdefault(keys.EDITOR_VERSION, 0)}_{code}_{page}"
    with st.container(key=keys.REVIEW_PROBLEMS):
        st.data_editor(
            shown.style.apply(frames.mark_bad_cells, axis=None),
            key=key,
            hide_index=True,
            disabled=[name for name in shown if name not in ("New value", "Leave out")],
            column_config=frames.labelled(shown.columns, COLUMNS),
            on_change=save_edits,
            args=(preview.record, shown, key),
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
    found = frames.read_problem_edits(shown, st.session_state[key]["edited_rows"])
    place = session.where(record)
    what = texts.EDIT_CORRECTION if found.corrections else texts.EDIT_LEFT_OUT
    with edits.editing(record, what):
        if found.corrections:
            draft_flow.correct_cells(session.engine(), **place, corrections=found.corrections)
        if found.leave_out:
            draft_flow.skip_rows(session.engine(), **place, rows=found.leave_out, skip=True)
        if found.take_back:
            draft_flow.skip_rows(session.engine(), **place, rows=found.take_back, skip=False)


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
    with edits.editing(record, texts.EDIT_TAKEN_BACK):
        draft_flow.correct_cells(session.engine(), **session.where(record), corrections=nothing)
