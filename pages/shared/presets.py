"""The list of remembered mappings on the Settings page: rename them, change them, forget them."""

import streamlit as st

from core import preset_flow
from core.naming import MAX_NAME_LENGTH
from core.preset_flow import Preset
from pages.shared import keys, preset_editor, session, texts, widgets


def show() -> None:
    """The section: one line per remembered mapping, the one saved last first."""
    st.html(f"<h2 class='li-section'>{texts.PRESETS_TITLE}</h2><p class='li-lead'>{texts.PRESETS_LEAD}</p>")
    known = preset_flow.list_presets(session.engine(), workspace_id=session.workspace_id())
    if not known:
        widgets.empty_state(*texts.PRESETS_EMPTY)
        return
    with st.container(key=keys.PRESET_LIST, gap="xsmall"):
        for preset in known:
            preset_line(preset)
    preset_editor.show_where_asked(known)


def preset_line(preset: Preset) -> None:
    """One mapping: its name, to be typed over, what it does, and the button that forgets it."""
    key = f"{keys.PRESET_NAME}_{preset.header_signature}"
    mapping = preset.mapping
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.session_state[key] = preset.name[: MAX_NAME_LENGTH]  # a file may have a longer name
        st.text_input(texts.PRESET_NAME, key=key, max_chars=MAX_NAME_LENGTH, label_visibility="collapsed",
                      width=320, disabled=not session.may("admin"), on_change=rename, args=(preset, key))  # fmt: skip
        st.caption(
            texts.preset_line(
                sum(target is not None for target in mapping.targets.values()),
                len(mapping.constants),
                sum(map(len, mapping.values.values())),
                texts.day(preset.updated_at),
            ),
            width="stretch",
        )
        if session.may("admin"):
            st.button(texts.PRESET_EDIT, key=f"{keys.PRESET_EDIT}_{preset.header_signature}", icon=":material/edit:",
                      on_click=preset_editor.start, args=(preset,))  # fmt: skip
            st.button(texts.PRESET_DELETE, key=f"{keys.PRESET_DELETE}_{preset.header_signature}", icon=":material/delete:",
                      on_click=forget, args=(preset,))  # fmt: skip


def rename(preset: Preset, key: str) -> None:
    """Keep the name that was typed."""
    with widgets.notifying_errors():
        preset_flow.rename_preset(
            session.engine(),
            workspace_id=preset.workspace_id,
            header_signature=preset.header_signature,
            name=st.session_state[key],
        )


def forget(preset: Preset) -> None:
    """The next file with these headers begins with our suggestions."""
    with widgets.notifying_errors():
        preset_flow.delete_preset(
            session.engine(), workspace_id=preset.workspace_id, header_signature=preset.header_signature
        )
