"""What the values of status and opt-out columns mean, below the columns of step 2."""

import html
from collections import Counter
from dataclasses import replace

import streamlit as st

from core import fields, mapping, status_values
from core.records import ColumnMapping, ImportRecord, Table
from pages.shared import keys, texts, widgets
from pages.steps.map_extras import Save

UNKNOWN = "?"  # no meaning is chosen: None would be "nothing selected" to a select box


def show(record: ImportRecord, current: ColumnMapping, table: Table, save: Save) -> None:
    """A list for the status column, and one for the opt-out columns together, where there are any."""
    meanings(record, current, table, save, target="status", key=keys.MAP_STATUS)
    meanings(record, current, table, save, target=mapping.OPT_OUT, key=keys.MAP_OPT_OUT)


def meanings(
    record: ImportRecord, current: ColumnMapping, table: Table, save: Save, *, target: str, key: str
) -> None:
    """A select box for each value that is no status as it stands, the most frequent first."""
    columns = [column for column in table.columns if current.targets.get(column) == target]
    counts = values_of(table, columns)
    if not counts:
        return
    names = widgets.escape(", ".join(column.strip() for column in columns))
    if target == mapping.OPT_OUT:
        heading, lead = texts.opt_out_values(names), texts.MAP_OPT_OUT_LEAD
    else:
        unknown = status_values.unknown_values(counts, current.values.get(target, {}))
        heading, lead = texts.status_values(names, len(unknown)), texts.MAP_STATUS_LEAD
    with st.expander(heading, expanded=True, key=f"{key}_list", icon=":material/rule:"):
        st.caption(lead)
        shown = counts.most_common(status_values.MAX_SHOWN_VALUES)
        for place, (text, count) in enumerate(shown):
            value_row(record, current, text, count, save, target=target, key=f"{key}_{place}")
        if len(counts) > len(shown):
            st.caption(texts.more_values(len(counts) - len(shown)))


def values_of(table: Table, columns: list[str]) -> Counter[str]:
    """The distinct values of the columns together, with the number of their rows."""
    places = [table.columns.index(column) for column in columns]
    return status_values.count_values(row[place] for row in table.rows for place in places)


def value_row(
    record: ImportRecord, current: ColumnMapping, text: str, count: int, save: Save, *, target: str, key: str
) -> None:
    """One value, in how many rows it stands, and the status that it means."""
    known = current.values.get(target, {})
    options = [*fields.STATUSES, status_values.NO_STATUS]
    meaning = known.get(status_values.value_key(text), UNKNOWN)
    if target == mapping.OPT_OUT:
        meaning = status_values.read_opt_out(text, known)
    else:
        options = [UNKNOWN, *options]
    left, right = st.columns([3, 2], vertical_alignment="center", gap="medium")
    left.html(f'<div class="li-file"><b>{html.escape(text)}</b><span>{texts.rows(count)}</span></div>')
    st.session_state[key] = meaning
    labels = opt_out_label if target == mapping.OPT_OUT else status_label
    right.selectbox(widgets.escape(text), options, key=key, label_visibility="collapsed", format_func=labels,
                    on_change=set_meaning, args=(record, current, text, save, target, key))  # fmt: skip


def status_label(status: str) -> str:
    """What a select box shows for a status."""
    return texts.STATUS_UNKNOWN if status == UNKNOWN else texts.STATUS_NAMES[status]


def opt_out_label(status: str) -> str:
    """The same for what an opt-out column says."""
    return texts.NOT_OPTED_OUT if status == status_values.NO_STATUS else texts.STATUS_NAMES[status]


def set_meaning(record: ImportRecord, current: ColumnMapping, text: str, save: Save, target: str, key: str) -> None:
    """Keep what a value means."""
    known = dict(current.values.get(target, {}))
    known.pop(status_values.value_key(text), None)
    if (chosen := st.session_state[key]) != UNKNOWN:
        known[status_values.value_key(text)] = chosen
    save(record, replace(current, values={**current.values, target: known}))
