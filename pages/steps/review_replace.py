"""Step 3, find and replace over all rows: first what would change, then one button."""

import html

import streamlit as st

from core import draft_flow, report_flow
from core.records import ImportRecord, Table
from core.repairing import Cells, Replacement, find_replacements, replaced
from pages.shared import edits, keys, session, texts, widgets

SHOWN = 8  # changes listed before the button; the count says how many there are


def offer(record: ImportRecord, table: Table) -> None:
    """The button that opens the drawer, and the drawer while it is open."""
    widgets.drawer(keys.REPLACE_OPEN, texts.REPLACE_OPEN, ":material/find_replace:", ask, record, table)


def ask(record: ImportRecord, table: Table) -> None:
    """What to look for, what would change, and the button that does it."""
    record = report_flow.get_import(session.engine(), **session.where(record))
    cells = Cells.of(record, table)
    find = st.text_input(texts.REPLACE_FIND, key=keys.REPLACE_FIND)
    replace = st.text_input(texts.REPLACE_WITH, key=keys.REPLACE_WITH)
    places = ["", *(f"c{place}" for place in range(len(cells.columns)))]
    chosen = st.selectbox(texts.REPLACE_IN, places, key=keys.REPLACE_IN,
                          format_func=lambda place: cells.columns[int(place[1:])] if place else texts.REPLACE_EVERYWHERE)  # fmt: skip
    with st.container(gap=None):
        whole = st.checkbox(texts.REPLACE_WHOLE, key=keys.REPLACE_WHOLE, help=texts.REPLACE_WHOLE_HELP)
        case = st.checkbox(texts.REPLACE_CASE, key=keys.REPLACE_CASE)
    columns = [cells.columns[int(chosen[1:])]] if chosen else cells.columns
    found = find_replacements(
        cells, table.row_numbers, columns, find=find, replace=replace, whole_cell=whole, match_case=case
    )
    if not find and not whole:
        st.caption(texts.REPLACE_HINT)
        return
    if not found:
        st.caption(texts.REPLACE_NOTHING)
        return
    st.markdown(f"**{texts.replace_count(len(found), len({one.row for one in found}))}**")
    st.html("".join(map(line, found[:SHOWN])))
    if len(found) > SHOWN:
        st.caption(texts.replace_more(len(found) - SHOWN))
    st.button(texts.replace_do(len(found)), key=keys.REPLACE_DO, type="primary", icon=":material/find_replace:",
              on_click=carry_out, args=(record, cells, found))  # fmt: skip


def line(one: Replacement) -> str:
    """One change, before and after."""
    before, after = (html.escape(text) or texts.EMPTY_CELL for text in (one.before, one.after))
    return (
        f'<div class="li-change"><span>{texts.row_number(one.row)} · {html.escape(one.column)}</span>'
        f"<div><del>{before}</del> → <ins>{after}</ins></div></div>"
    )


def carry_out(record: ImportRecord, cells: Cells, found: list[Replacement]) -> None:
    """Correct the cells; the corrections can be taken back like any other."""
    with edits.editing(record, texts.EDIT_REPLACED):
        draft_flow.correct_cells(session.engine(), **session.where(record), corrections=replaced(cells, found))
