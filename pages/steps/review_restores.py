"""Step 3, restores: which deleted leads come back, what the file changes in them, and a tick where they had left."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core import draft_flow, restore_flow, restores
from core.records import ImportRecord, Preview
from core.restores import Restore
from pages.shared import frames, keys, session, texts, widgets

TABLE = f"{keys.REVIEW_TABLE}_restored"


def show(preview: Preview) -> None:
    """First the leads that wait for a tick, then the others, then every change of a field."""
    record = preview.record
    found = restore_flow.list_restores(session.engine(), workspace_id=record.workspace_id, preview=preview)
    if not found:
        widgets.empty_state(*texts.EMPTY["restored"])
        return
    asked, plain = restores.split_restores(found)
    if asked:
        confirm(record, asked)
    if plain:
        if asked:
            st.markdown(f"**{texts.RESTORES_LIST}**")
        lines = table_of(plain)
        del lines["Bring back"]
        widgets.paged_table(lines, key=TABLE, empty="restored", config=COLUMNS)
    changes = restores.merge_table(found)
    if frames.length(changes):
        st.markdown(f"**{texts.RESTORES_MERGE}**")
        widgets.paged_table(changes, key=f"{TABLE}_changes", empty="restored")
    else:
        st.caption(texts.RESTORES_NO_MERGE)


COLUMNS = {
    "Bring back": st.column_config.CheckboxColumn(width=110),
    "Deleted": st.column_config.DateColumn(format="localized", width=110),
    "Status": st.column_config.TextColumn(width=120),
    "Campaigns": st.column_config.TextColumn(width=240),
    "Changes": st.column_config.NumberColumn(width=110),
}


def table_of(found: Sequence[Restore]) -> dict[str, list]:
    """A line per lead, its status in the reader's language."""
    lines = restores.restores_table(found)
    return {**lines, "Status": [texts.STATUS_NAMES.get(status, status) for status in lines["Status"]]}


def confirm(record: ImportRecord, asked: Sequence[Restore]) -> None:
    """The leads that had unsubscribed or bounced, with one tick for all and one for each."""
    waiting = [one.email for one in asked if not one.comes_back]
    with st.container(border=True, key=keys.RESTORES_CONFIRM):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{texts.restores_waiting(len(asked), len(waiting))}**", width="content")
            st.button(texts.confirm_all(len(waiting)) if waiting else texts.unconfirm_all(len(asked)),
                      key=keys.RESTORES_CONFIRM_ALL, icon=":material/done_all:" if waiting else ":material/remove_done:",
                      on_click=tick, args=(record, waiting or [one.email for one in asked], bool(waiting)))  # fmt: skip
        lines = table_of(asked)
        pages = frames.page_count(lines)
        page = st.pagination(pages, key=f"{keys.RESTORES_CONFIRM}_page") if pages > 1 else 1
        shown = frames.page_of(lines, page)
        key = f"{keys.RESTORES_CONFIRM}_{st.session_state.setdefault(keys.EDITOR_VERSION, 0)}_{page}"
        st.data_editor(
            shown,
            key=key,
            hide_index=True,
            disabled=[name for name in shown if name != "Bring back"],
            column_config=frames.labelled(shown, {**widgets.COLUMNS, **COLUMNS}),
            on_change=save_ticks,
            args=(record, shown, key),
        )


def save_ticks(record: ImportRecord, shown: pd.DataFrame, key: str) -> None:
    """Keep the ticks of the list in the draft."""
    ticks = frames.read_ticks(shown, st.session_state[key]["edited_rows"], column="Bring back")
    for confirmed in (True, False):
        if emails := [email for email, is_on in ticks.items() if is_on == confirmed]:
            tick(record, emails, confirmed)


def tick(record: ImportRecord, emails: list[str], confirmed: bool) -> None:
    """Let these leads come back, or stay deleted; the list starts afresh."""
    with widgets.notifying_errors():
        draft_flow.confirm_restores(session.engine(), **session.where(record), emails=emails, confirm=confirmed)
    st.session_state[keys.EDITOR_VERSION] = st.session_state.get(keys.EDITOR_VERSION, 0) + 1
