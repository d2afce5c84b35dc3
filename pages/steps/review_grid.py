"""Step 3, problems as a table: the rows as they stand in the file, to change in place or to paste a block into."""

import pandas as pd
import streamlit as st

from core import draft_flow, reporting
from core.records import ImportRecord, Preview, Table
from core.repairing import Cells, edited_cells, rows_holding, wrong_rows
from pages.shared import edits, frames, keys, session, texts, widgets

#: Own columns stand under names that no column of a file can have: those are called c0, c1, ….
ROW, PROBLEM = "Row", "Problem"


def show(preview: Preview, cells: Cells, table: Table) -> None:
    """The rows with problems, or all of them, a page at a time."""
    problems = {
        decision.row: " ".join(reporting.problem(issue) for issue in decision.issues)
        for decision in wrong_rows(preview.plan)
    }
    rows = chosen_rows(list(problems), cells, table)
    if not rows:
        widgets.empty_state(*(texts.EMPTY["problems"] if not problems else ("search_off", texts.GRID_NOTHING, "")))
        return
    st.caption(texts.GRID_HELP)
    pages = -(-len(rows) // frames.PAGE_LENGTH)
    page = st.pagination(pages, key=keys.GRID_PAGE) if pages > 1 else 1
    shown = rows[(page - 1) * frames.PAGE_LENGTH : page * frames.PAGE_LENGTH]
    editor(preview.record, cells, shown, problems, page)


def chosen_rows(wrong: list[int], cells: Cells, table: Table) -> list[int]:
    """The rows of the chosen scope that hold the text searched for."""
    with st.container(horizontal=True, vertical_alignment="center"):
        scope = st.segmented_control(texts.GRID_SCOPE, list(texts.GRID_SCOPES), default="wrong" if wrong else "all", required=True,
                                     key=keys.GRID_SCOPE, format_func=texts.GRID_SCOPES.get, label_visibility="collapsed")  # fmt: skip
        text = st.text_input(texts.GRID_SEARCH, key=keys.GRID_SEARCH, placeholder=texts.GRID_SEARCH, width=320,
                             label_visibility="collapsed", icon=":material/search:")  # fmt: skip
    rows = wrong if scope == "wrong" else list(table.row_numbers)
    return rows_holding(cells, rows, text) if text else rows


def editor(record: ImportRecord, cells: Cells, rows: list[int], problems: dict[int, str], page: int) -> None:
    """One page of rows. What is wrong stands beside the row's number, in view while one scrolls to the side."""
    names = {f"c{place}": column for place, column in enumerate(cells.columns)}
    lines = pd.DataFrame(
        {
            ROW: rows,
            PROBLEM: [problems.get(row, "") for row in rows],
            **{name: [cells.get(row, column) for row in rows] for name, column in names.items()},
        }
    )
    config = {
        ROW: widgets.COLUMNS[ROW],
        PROBLEM: st.column_config.TextColumn(width=frames.text_width(problems.get(row, "") for row in rows)),
        **{name: st.column_config.TextColumn(column, width="medium") for name, column in names.items()},
    }
    version = st.session_state.setdefault(keys.EDITOR_VERSION, 0)
    key = f"{keys.GRID_TABLE}_{version}_{page}_{len(rows)}"
    with st.container(key=keys.GRID_TABLE):
        st.data_editor(lines, key=key, hide_index=True, disabled=[ROW, PROBLEM], on_change=save,
                       column_config={**config, **frames.labelled([ROW, PROBLEM], config)},
                       args=(record, cells, rows, names, key))  # fmt: skip


def save(record: ImportRecord, cells: Cells, rows: list[int], names: dict[str, str], key: str) -> None:
    """Keep the changed cells; the run that follows checks them."""
    changes = edited_cells(cells, rows, st.session_state[key]["edited_rows"], names)
    if changes:
        with edits.editing(record, texts.EDIT_BLOCK):
            draft_flow.correct_cells(session.engine(), **session.where(record), corrections=changes)
