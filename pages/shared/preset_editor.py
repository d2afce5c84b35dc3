"""A remembered mapping, opened to change where its columns go and what its fixed values are."""

import html
from dataclasses import replace

import streamlit as st

from core import fields, mapping_checks, preset_flow
from core.language import say
from core.preset_flow import Preset
from core.records import ColumnMapping
from pages.shared import keys, session, targets, texts, widgets

COLUMNS_PER_PAGE = 25
WIDTHS = (1, 1)


def start(preset: Preset) -> None:
    """Open the editor with nothing changed yet; it stays open until it is closed."""
    st.session_state[keys.PRESET_OPEN] = preset.header_signature
    st.session_state[keys.PRESET_EDITED] = preset.mapping


def close() -> None:
    """Forget what is not saved."""
    st.session_state.pop(keys.PRESET_OPEN, None)
    st.session_state.pop(keys.PRESET_EDITED, None)


def show_where_asked(known: tuple[Preset, ...]) -> None:
    """The dialog, where one of the presets is open."""
    asked = st.session_state.get(keys.PRESET_OPEN)
    preset = next((preset for preset in known if preset.header_signature == asked), None)
    if preset is not None:
        st.dialog(texts.PRESET_EDIT_TITLE, width="medium", on_dismiss=close)(editor)(preset)


def editor(preset: Preset) -> None:
    """What the dialog holds: a line per column, a line per fixed value, and Save where nothing stands against it."""
    edited: ColumnMapping = st.session_state.get(keys.PRESET_EDITED, preset.mapping)
    st.caption(texts.PRESET_EDIT_LEAD)
    columns = list(enumerate(edited.targets))
    pages = -(-len(columns) // COLUMNS_PER_PAGE)
    page = st.pagination(pages, key=keys.PRESET_PAGE) if pages > 1 else 1
    with st.container(key="preset_rows", gap="xsmall"):
        for position, column in columns[(page - 1) * COLUMNS_PER_PAGE : page * COLUMNS_PER_PAGE]:
            column_line(edited, position, column)
        for field in edited.constants:
            constant_line(edited, field)
    problems = mapping_checks.check_mapping(edited, tuple(edited.targets))
    for problem in problems:
        st.error(widgets.escape(problem.message), icon=":material/error:")
    with st.container(horizontal=True, horizontal_alignment="right"):
        saves = st.button(texts.PRESET_SAVE, key=keys.PRESET_SAVE, type="primary", icon=":material/check:",
                          disabled=bool(problems) or edited == preset.mapping)  # fmt: skip
    if saves:
        with widgets.showing_errors():
            filled = {field: value for field, value in edited.constants.items() if value.strip()}
            preset_flow.change_preset(
                session.engine(),
                workspace_id=preset.workspace_id,
                header_signature=preset.header_signature,
                mapping=replace(edited, constants=filled),
            )
            close()
            st.rerun()


def column_line(edited: ColumnMapping, position: int, column: str) -> None:
    """One column and the select box for its target."""
    key = f"{keys.PRESET_TARGET}_{position}"
    target = edited.targets[column] or targets.LEAVE_OUT
    left, right = st.columns(WIDTHS, vertical_alignment="center", gap="medium")
    left.html(f'<div class="li-column"><b>{html.escape(column)}</b></div>')
    st.session_state[key] = target
    right.selectbox(widgets.escape(column), targets.options(column, target), key=key, label_visibility="collapsed",
                    format_func=targets.label, on_change=set_target, args=(edited, column, key))  # fmt: skip


def set_target(edited: ColumnMapping, column: str, key: str) -> None:
    """Keep the choice until it is saved."""
    changed = {**edited.targets, column: st.session_state[key] or None}
    st.session_state[keys.PRESET_EDITED] = replace(edited, targets=changed)


def constant_line(edited: ColumnMapping, field: str) -> None:
    """One fixed value, to be typed over; an emptied one is dropped."""
    key = f"{keys.PRESET_CONSTANT}_{field}"
    label = say(fields.FIELD_BY_KEY[field].label) if field in fields.FIELD_BY_KEY else field
    left, right = st.columns(WIDTHS, vertical_alignment="center", gap="medium")
    left.html(f'<div class="li-column"><b>{html.escape(texts.fixed_value_of(label))}</b></div>')
    st.session_state[key] = edited.constants[field]
    right.text_input(texts.fixed_value_of(label), key=key, label_visibility="collapsed",
                     on_change=set_constant, args=(edited, field, key))  # fmt: skip


def set_constant(edited: ColumnMapping, field: str, key: str) -> None:
    """Keep what was typed until it is saved."""
    changed = {**edited.constants, field: st.session_state[key]}
    st.session_state[keys.PRESET_EDITED] = replace(edited, constants=changed)
