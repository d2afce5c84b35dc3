"""Data frames for the screens, and what the user's edits in them mean."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from core.language import say
from core.records import Table

PAGE_LENGTH = 500  # lines per page of a table: what a browser draws and a person scans without waiting

BAD_CELL = {
    "light": "color: #a92732; background-color: #fdeeee",
    "dark": "color: #ff9aa1; background-color: #371a1e",
}


class ProblemEdits(NamedTuple):
    """What the user changed in the table of problems: cells by row and column, rows left out, rows taken back."""

    corrections: dict[int, dict[str, str | None]]
    leave_out: set[int]
    take_back: set[int]


def theme() -> str:
    """ "light" or "dark", as the visitor sees the page."""
    return st.context.theme.type or "light"


def page_of(columns: Mapping[str, list], page: int) -> pd.DataFrame:
    """One page of a table, counted from 1."""
    start = (page - 1) * PAGE_LENGTH
    return pd.DataFrame({name: values[start : start + PAGE_LENGTH] for name, values in columns.items()})


def page_count(columns: Mapping[str, list]) -> int:
    """How many pages a table has, at least one."""
    return max(-(-length(columns) // PAGE_LENGTH), 1)


def length(columns: Mapping[str, list]) -> int:
    """How many lines a table has."""
    return len(next(iter(columns.values()), []))


def text_width(texts: Iterable[str], *, least: int = 120, most: int = 480) -> int:
    """The pixels that the longest text takes in a table, within bounds: Streamlit's own guess stops at half of it."""
    return min(max(20 + int(6.6 * max(map(len, texts), default=0)), least), most)


def labelled(names: Iterable[str], config: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The column configuration with each of our own column names in the reader's language."""
    config = config or {}
    return {name: {**config.get(name, st.column_config.Column()), "label": say(name)} for name in names}


def first_rows(table: Table, count: int = 5) -> pd.DataFrame:
    """The first rows of a file under the numbers that a spreadsheet shows."""
    return pd.DataFrame(table.rows[:count], columns=list(table.columns), index=list(table.row_numbers[:count]))


def mark_bad_cells(shown: pd.DataFrame) -> pd.DataFrame:
    """The style of each cell of the table of problems: what the file has is marked, unless its row is left out."""
    marked = pd.DataFrame("", index=shown.index, columns=shown.columns)
    marked.loc[~shown["Leave out"].astype(bool), "In the file"] = BAD_CELL[theme()]
    return marked


def read_problem_edits(shown: pd.DataFrame, edited_rows: Mapping[Any, Mapping[str, Any]]) -> ProblemEdits:
    """The edits of a data_editor over ``shown`` (its ``edited_rows``: positions to changed cells).

    An emptied "New value" takes the correction back. A line about a whole row has no cell to correct.
    """
    edits = ProblemEdits({}, set(), set())
    for position, changes in edited_rows.items():
        line = shown.iloc[int(position)]
        row = int(line["Row"])
        if "New value" in changes and line["Column"]:
            edits.corrections.setdefault(row, {})[line["Column"]] = changes["New value"] or None
        if "Leave out" in changes:
            (edits.leave_out if changes["Leave out"] else edits.take_back).add(row)
    return edits


def read_ticks(shown: pd.DataFrame, edited_rows: Mapping[Any, Mapping[str, Any]], *, column: str) -> dict[str, bool]:
    """By email, the ticks that the user set or took away in this column of a data_editor over ``shown``."""
    return {
        str(shown.iloc[int(position)]["Email"]): bool(changes[column])
        for position, changes in edited_rows.items()
        if column in changes
    }
