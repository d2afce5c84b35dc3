"""What can be done to all leads of the list at once, whatever page they are on: a dialog with their number, and one button."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core import campaign_flow, matching_flow
from core.listing import MAX_PAGE_SIZE, LeadCount, LeadFilter
from pages.leads_parts import places
from pages.shared import keys, session, texts, widgets

ICONS = {"tag": "sell", "join": "campaign", "leave": "group_remove", "delete": "delete", "restore": "restore_from_trash"}


def offer(where: LeadFilter, count: LeadCount) -> None:
    """The way to the dialog; nothing for those who may only look."""
    if session.may("importer") and st.button(texts.leads_all(count), key=keys.LEADS_ALL, icon=":material/select_all:"):
        with widgets.showing_errors():
            st.dialog(texts.ALL_TITLE, width="medium")(ask)(where)


def ask(where: LeadFilter) -> None:
    """How many they are now, what shall happen, and the button that does it. The number on it is what is agreed to."""
    if st.session_state.get(keys.ALL_CONFIRM) and not session.has_notice():
        st.rerun()  # it is done: close the dialog. The list may be empty by now, so this does not wait for the button below
    count = matching_flow.count_matching(session.engine(), workspace_id=session.workspace_id(), where=where)
    if not count.is_exact or not count.number:
        widgets.show_notice()
        st.warning(texts.ALL_NONE if count.is_exact else texts.ALL_TOO_MANY, icon=":material/warning:")
        return
    st.markdown(texts.all_lead(count.number, is_narrow=where != LeadFilter(is_deleted=where.is_deleted)))
    act = "restore"
    if not where.is_deleted:
        acts = ["tag", "join", *(["leave"] if where.campaign_id else []), "delete"]
        act = st.radio(texts.ALL_ACT, acts, key=keys.ALL_ACT, format_func=texts.ALL_ACTS.get)
    if not details(act):
        return
    st.button(texts.all_confirm(act, count.number), key=keys.ALL_CONFIRM, type="primary",
              icon=f":material/{ICONS[act]}:", on_click=do, args=(act, where, count.number))  # fmt: skip
    widgets.show_notice()


def details(act: str) -> bool:
    """What else has to be said for this; False where it cannot be done."""
    if act == "tag":
        st.text_input(texts.LEADS_TAG_NAMES, key=keys.ALL_TAGS, placeholder=texts.LEADS_TAG_EXAMPLE, max_chars=255)
    elif act == "join":
        page = campaign_flow.list_campaigns(session.engine(), workspace_id=session.workspace_id(), page_size=MAX_PAGE_SIZE)
        if not page.items:
            st.caption(texts.CAMPAIGNS_NONE)
            return False
        names = {one.id: one.name for one in page.items}
        st.selectbox(texts.LEADS_CAMPAIGN, list(names), key=keys.ALL_CAMPAIGN, format_func=names.get)
    else:
        st.caption({"leave": texts.ALL_LEAVE_NOTE, "delete": texts.ALL_DELETE_NOTE, "restore": texts.ALL_RESTORE_NOTE}[act])
    return True


def do(act: str, where: LeadFilter, agreed: int) -> None:
    """Do it to as many leads as were agreed to, or to none."""
    place: dict[str, Any] = {"workspace_id": session.workspace_id(), "where": where, "agreed": agreed}
    held = st.session_state
    acts: dict[str, Callable[[], str]] = {
        "tag": lambda: texts.leads_tagged(matching_flow.tag_matching(session.engine(), **place, tags=held[keys.ALL_TAGS].split(","))),
        "join": lambda: texts.leads_joined(matching_flow.join_matching(session.engine(), **place, campaign_id=held[keys.ALL_CAMPAIGN])),
        "leave": lambda: texts.leads_left(matching_flow.leave_matching(session.engine(), **place, campaign_id=where.campaign_id)),
        "delete": lambda: texts.leads_deleted(matching_flow.delete_matching(session.engine(), **place)),
        "restore": lambda: texts.leads_restored(matching_flow.restore_matching(session.engine(), **place)),
    }
    with widgets.notifying_errors():
        st.toast(acts[act]())
        places.restart()
