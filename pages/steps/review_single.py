"""Step 3, problems row by row: a plain form that the keyboard alone can work through."""

import streamlit as st

from core import draft_flow, reporting
from core.records import ImportRecord, Preview, RowDecision, Table
from core.repairing import Cells, Changes, issues_by_column, next_row, wrong_rows
from pages.shared import edits, keys, session, texts, widgets


def offer(record: ImportRecord, table: Table) -> None:
    """The button that opens the form, and the form while it is open."""
    widgets.drawer(keys.SINGLE_OPEN, texts.SINGLE_OPEN, ":material/edit_note:", show, record, table)


def show(record: ImportRecord, table: Table) -> None:
    """The form of the next row with a problem. It stays open from row to row, and the page behind it waits."""
    preview = draft_flow.preview(session.engine(), **session.where(record))
    wrong = {decision.row: decision for decision in wrong_rows(preview.plan)}
    row = current_row(list(wrong))
    if row is None:
        st.success(texts.SINGLE_NONE, icon=":material/check_circle:")
        return
    form(preview, Cells.of(preview.record, table), wrong[row], list(wrong))


def current_row(rows: list[int]) -> int | None:
    """The row that the form is about: the one from before while it is wrong, else the next that was not put off."""
    row = st.session_state.get(keys.SINGLE_ROW)
    if row not in rows:
        later = st.session_state.get(keys.SINGLE_LATER_ROWS, set())
        row = next_row(rows, row, seen=later) or next_row(rows, row)
        st.session_state[keys.SINGLE_ROW] = row
    return row


def form(preview: Preview, cells: Cells, decision: RowDecision, rows: list[int]) -> None:
    """Every cell of the row, those with a problem first, each with what is wrong and what to do.

    The fields keep their keys from row to row, so that the one with the cursor keeps it.
    """
    row = decision.row
    problems = issues_by_column(decision.issues)
    columns = sorted(cells.columns, key=lambda column: column not in problems)
    key_of = {column: f"{keys.SINGLE_CELL}_{place}" for place, column in enumerate(columns)}
    fill(cells, row, key_of)
    with st.form(keys.SINGLE_FORM, border=False):
        st.markdown(f"**{texts.single_place(row, rows.index(row) + 1, len(rows))}**")
        for issue in problems.get(None, []):
            st.markdown(f":red[{widgets.escape(reporting.problem_with_hint(issue))}]")
        for column in columns:
            st.text_input(widgets.escape(column), key=key_of[column])
            for issue in problems.get(column, []):
                st.markdown(f":small[:red[{widgets.escape(reporting.problem_with_hint(issue))}]]")
        args = (preview, cells, row, rows, key_of)
        with st.container(horizontal=True, key="single_actions"):
            st.form_submit_button(texts.SINGLE_SAVE, key=keys.SINGLE_SAVE, type="primary", icon=":material/check:",
                                  on_click=save, args=args)  # fmt: skip
            st.form_submit_button(texts.SINGLE_LATER, key=keys.SINGLE_LATER, icon=":material/skip_next:", shortcut="Alt+Down",
                                  on_click=put_off, args=(row, rows))  # fmt: skip
            st.form_submit_button(texts.SINGLE_LEAVE_OUT, key=keys.SINGLE_LEAVE_OUT, icon=":material/playlist_remove:",
                                  shortcut="Alt+Delete", on_click=leave_out, args=(preview, row))  # fmt: skip
    st.caption(texts.SINGLE_HELP)


def fill(cells: Cells, row: int, key_of: dict[str, str]) -> None:
    """Put the cells into the fields when another row comes, or after a change; what is being typed stays."""
    shown = (row, st.session_state.get(keys.EDITOR_VERSION, 0), *key_of)
    if st.session_state.get(keys.SINGLE_SHOWN) == shown and all(key in st.session_state for key in key_of.values()):
        return
    st.session_state[keys.SINGLE_SHOWN] = shown
    for column, key in key_of.items():
        st.session_state[key] = cells.get(row, column)


def save(preview: Preview, cells: Cells, row: int, rows: list[int], key_of: dict[str, str]) -> None:
    """Keep what was typed. A row that is right now makes place for the next one; one that is not stays."""
    changes: Changes = {}
    for column, key in key_of.items():
        cells.set(changes, row, column, st.session_state[key])
    if not changes:
        return
    with edits.editing(preview.record, texts.EDIT_CORRECTION):
        draft_flow.correct_cells(session.engine(), **session.where(preview.record), corrections=changes)


def put_off(row: int, rows: list[int]) -> None:
    """Go to the next row; this one comes again after the others."""
    later = st.session_state.setdefault(keys.SINGLE_LATER_ROWS, set())
    later.add(row)
    if later >= set(rows):
        later.clear()
    st.session_state[keys.SINGLE_ROW] = next_row([other for other in rows if other != row], row, seen=later) or row


def leave_out(preview: Preview, row: int) -> None:
    """Leave the row out of the import; the next one opens."""
    with edits.editing(preview.record, texts.EDIT_LEFT_OUT):
        draft_flow.skip_rows(session.engine(), **session.where(preview.record), rows=[row], skip=True)
