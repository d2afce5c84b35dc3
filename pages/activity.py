"""Who did what in the workspace, when, and from where: the audit log, for its admins."""

import streamlit as st

from core import audit_flow
from core.audit_flow import ACTION_GROUPS, AuditEntry
from pages.shared import keys, session, texts, widgets

#: Entries that one press on "more" adds.
STEP = 200


def show() -> None:
    """The filters, the newest entries that pass them, and the CSV of all that do."""
    widgets.title(texts.ACTIVITY_TITLE, texts.ACTIVITY_LEAD)
    widgets.show_notice()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        group = st.selectbox(texts.ACTIVITY_GROUP, [None, *ACTION_GROUPS], key=keys.ACTIVITY_GROUP, width=240,
                             format_func=lambda name: texts.ACTIVITY_GROUPS[name])  # fmt: skip
        actor = st.text_input(texts.ACTIVITY_ACTOR, key=keys.ACTIVITY_ACTOR, max_chars=254, width=300)
        wanted = {"workspace_id": session.workspace_id(), "group": group, "actor": actor}
        st.download_button(texts.ACTIVITY_CSV, session.carried(audit_flow.entries_csv, session.engine(), **wanted),
                           file_name="activity.csv", mime="text/csv", key=keys.ACTIVITY_CSV,
                           icon=":material/download:", on_click="ignore")  # fmt: skip
    shown = st.session_state.setdefault(keys.ACTIVITY_SHOWN, STEP)
    entries = audit_flow.list_entries(session.engine(), **wanted, limit=shown + 1)
    if not entries:
        widgets.empty_state(*texts.ACTIVITY_EMPTY)
        return
    st.dataframe(table(entries[:shown]), hide_index=True, key=keys.ACTIVITY_TABLE, column_config=columns())
    if len(entries) > shown:
        st.button(texts.ACTIVITY_MORE, key=keys.ACTIVITY_MORE, icon=":material/expand_more:", on_click=show_more)


def table(entries: list[AuditEntry]) -> dict[str, list[str]]:
    """The entries column by column."""
    return {
        "at": [texts.moment_exactly(entry.at) for entry in entries],
        "actor": [texts.ACTORS.get(entry.actor, entry.actor) for entry in entries],
        "action": [texts.ACTIONS[entry.action] for entry in entries],
        "subject": [subject(entry) for entry in entries],
        "details": [texts.audit_details(entry.details) for entry in entries],
        "address": [entry.address or "" for entry in entries],
    }


def subject(entry: AuditEntry) -> str:
    """What was acted on: a name of the user's, or a setting of ours."""
    return texts.SETTING_NAMES.get(entry.subject, entry.subject) if entry.action == "settings-changed" else entry.subject


def columns() -> dict[str, st.column_config.TextColumn]:
    """How the columns are called, and the room that they need."""
    widths = {"at": 172, "actor": 175, "action": 172, "subject": 246, "details": 290, "address": 105}
    return {name: st.column_config.TextColumn(texts.ACTIVITY_COLUMNS[name], width=width) for name, width in widths.items()}


def show_more() -> None:
    """Ask for older entries, too."""
    st.session_state[keys.ACTIVITY_SHOWN] += STEP


show()
