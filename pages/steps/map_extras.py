"""What stands around the columns of step 2: the mapping of last time, and fixed values."""

import html
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from core import fields
from core.language import say
from core.records import ColumnMapping, ImportRecord, Proposal
from pages.shared import keys, texts

#: Keeps a changed mapping of an import.
Save = Callable[[ImportRecord, ColumnMapping], None]

WIDTHS = (5, 4, 5)  # of the parts of a line: column, target, why
FIXABLE = ("source", "tags", "status", "company", "title", "website", "phone", "notes")


# --- the mapping of last time -----------------------------------------------------------------------------------------


def preset_line(record: ImportRecord, proposal: Proposal, current: ColumnMapping, save: Save) -> None:
    """Says whose mapping this is where there are two, and gives the other one."""
    remembered = proposal.remembered
    if remembered is None or remembered == proposal.suggested or not is_from_before(record, proposal):
        return
    with st.container(key=keys.MAP_PRESET, horizontal=True, vertical_alignment="center", gap="small"):
        if current == remembered:
            said = texts.MAP_REMEMBERED
        else:
            said = texts.MAP_SUGGESTED if current == proposal.suggested else texts.MAP_CHANGED
        st.html(
            f'<div class="li-file"><span class="li-icon" aria-hidden="true">history</span>'
            f"<span>{said}</span><b>{html.escape(proposal.name)}</b></div>"
        )
        if current == remembered:
            st.button(texts.MAP_USE_SUGGESTED, key=keys.MAP_USE_SUGGESTED, type="tertiary",
                      on_click=save, args=(record, proposal.suggested))  # fmt: skip
        else:
            st.button(texts.MAP_USE_REMEMBERED, key=keys.MAP_USE_REMEMBERED, type="tertiary",
                      on_click=save, args=(record, remembered))  # fmt: skip


def is_from_before(record: ImportRecord, proposal: Proposal) -> bool:
    """Whether what is remembered comes from an earlier import, not from this one."""
    return record.mapping is None or (proposal.remembered_at is not None and proposal.remembered_at < record.created_at)


# --- fixed values -----------------------------------------------------------------------------------------------------


def fixed_rows(record: ImportRecord, current: ColumnMapping, save: Save) -> None:
    """One line per fixed value, like a column's."""
    for field in current.constants:
        fixed_row(record, current, field, save)


def fixed_row(record: ImportRecord, current: ColumnMapping, field: str, save: Save) -> None:
    """The value, the field that it fills, and the button that takes it away."""
    key = f"{keys.MAP_FIXED}_{field}"
    value = current.constants[field]
    label = field_label(field)
    with st.container(key=f"map_row_{field}"):
        left, middle, right = st.columns(WIDTHS, vertical_alignment="center", gap="medium")
        change = {"label_visibility": "collapsed", "on_change": set_fixed, "args": (record, current, field, save)}
        if field == "status":
            st.session_state[key] = value if value in fields.STATUSES else fields.DEFAULT_STATUS
            left.selectbox(f"{texts.MAP_FIXED}: {label}", fields.STATUSES, key=key, format_func=texts.STATUS_NAMES.get, **change)
        else:
            st.session_state[key] = value
            left.text_input(f"{texts.MAP_FIXED}: {label}", key=key, placeholder=texts.MAP_FIXED_HINTS.get(field), **change)
        middle.html(f'<div class="li-column"><b>{html.escape(label)}</b></div>')
        with right.container(key=f"map_fixed_why_{field}", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            why = texts.MAP_FIXED_TAGS_WHY if field == "tags" else texts.MAP_FIXED_WHY
            st.html(
                f'<div class="li-why"><span class="li-badge is-violet">{texts.MAP_FIXED}</span><div>{why}</div></div>'
            )
            st.button(texts.MAP_FIXED_REMOVE, key=f"{keys.MAP_FIXED_REMOVE}_{field}", type="tertiary",
                      on_click=remove_fixed, args=(record, current, field, save))  # fmt: skip


def field_label(field: str) -> str:
    """What a field is called, in the reader's language."""
    return say(fields.FIELD_BY_KEY[field].label) if field in fields.FIELD_BY_KEY else field


def add_fixed(record: ImportRecord, current: ColumnMapping, save: Save) -> None:
    """The choice of a field to fill with one value."""
    free = [key for key in FIXABLE if key not in current.constants]
    if free:
        st.selectbox(texts.MAP_ADD_FIXED, free, index=None, placeholder=texts.MAP_ADD_FIXED_SHORT, key=keys.MAP_ADD_FIXED,
                     format_func=field_label, label_visibility="collapsed", width=260,
                     on_change=start_fixed, args=(record, current, save))  # fmt: skip


def start_fixed(record: ImportRecord, current: ColumnMapping, save: Save) -> None:
    """A line for the chosen field, still without a value; a status has one from the start."""
    field = st.session_state[keys.MAP_ADD_FIXED]
    st.session_state[keys.MAP_ADD_FIXED] = None
    if field:
        value = fields.DEFAULT_STATUS if field == "status" else ""
        save(record, replace(current, constants={**current.constants, field: value}))


def set_fixed(record: ImportRecord, current: ColumnMapping, field: str, save: Save) -> None:
    """Keep the value that was typed."""
    typed = st.session_state[f"{keys.MAP_FIXED}_{field}"]
    save(record, replace(current, constants={**current.constants, field: typed}))


def remove_fixed(record: ImportRecord, current: ColumnMapping, field: str, save: Save) -> None:
    """Fill the field no more."""
    kept = {key: value for key, value in current.constants.items() if key != field}
    save(record, replace(current, constants=kept))
