"""What can be done with the leads that are selected in the table."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from core import campaign_flow, lead_flow
from core.listing import MAX_PAGE_SIZE, LeadFilter, LeadRecord
from pages.leads_parts import one_lead, places
from pages.shared import keys, session, texts, widgets


def show(selected: Sequence[LeadRecord], where: LeadFilter, counted: str) -> None:
    """A line of buttons; without a selection, how many leads there are, and how to select some."""
    ids = [record.id for record in selected]
    if not selected:
        # No wider than its text: what follows must not slip under the table's own toolbar, at the right.
        st.caption(f"{counted} · {hint(where)}", width="content")
        return
    st.html(f'<b class="li-selected">{texts.leads_selected(len(ids))}</b>', width="content")
    if len(ids) == 1 and st.button(texts.OPEN, key=keys.LEADS_OPEN, icon=":material/open_in_full:", type="primary"):
        one_lead.open_lead(ids[0])
    if not session.may("importer"):
        return
    if where.is_deleted:
        st.button(texts.LEADS_RESTORE, key=keys.LEADS_RESTORE, icon=":material/restore_from_trash:", on_click=restore, args=(ids,))
        return
    tag_box(ids)
    join_box(ids)
    if where.campaign_id:
        st.button(texts.LEADS_LEAVE, key=keys.LEADS_LEAVE, icon=":material/group_remove:", on_click=leave, args=(ids, where.campaign_id))
    st.button(texts.LEADS_DELETE, key=keys.LEADS_DELETE, icon=":material/delete:", on_click=delete, args=(ids,))


def hint(where: LeadFilter) -> str:
    """What a selection is good for, to this visitor, in this list."""
    if not session.may("importer"):
        return texts.LEADS_SELECT_TO_OPEN
    return texts.LEADS_SELECT_DELETED if where.is_deleted else texts.LEADS_SELECT_HINT


def tag_box(ids: list[UUID]) -> None:
    """Type tags and give them to all that are selected."""
    with st.popover(texts.LEADS_TAG, icon=":material/sell:", key=keys.LEADS_TAG_BOX):
        st.text_input(texts.LEADS_TAG_NAMES, key=keys.LEADS_TAG_NAMES, placeholder=texts.LEADS_TAG_EXAMPLE, max_chars=255)
        st.button(texts.LEADS_TAG_ADD, key=keys.LEADS_TAG, type="primary", on_click=tag, args=(ids,))


def join_box(ids: list[UUID]) -> None:
    """Choose a campaign for all that are selected."""
    with st.popover(texts.LEADS_JOIN, icon=":material/campaign:", key=keys.LEADS_JOIN_BOX):
        page = campaign_flow.list_campaigns(session.engine(), workspace_id=session.workspace_id(), page_size=MAX_PAGE_SIZE)
        if not page.items:
            st.caption(texts.CAMPAIGNS_NONE)
            return
        names = {one.id: one.name for one in page.items}
        st.selectbox(texts.LEADS_CAMPAIGN, list(names), key=keys.LEADS_JOIN_CAMPAIGN, format_func=names.get)
        st.button(texts.LEADS_JOIN_ADD, key=keys.LEADS_JOIN, type="primary", on_click=join, args=(ids,))


# --- what the buttons do --------------------------------------------------------------------------------------------


def restore(ids: list[UUID]) -> None:
    """Make the selected leads active again."""
    with widgets.notifying_errors():
        st.toast(texts.leads_restored(lead_flow.restore_leads(session.engine(), workspace_id=session.workspace_id(), lead_ids=ids)))
        places.forget_selection()


def delete(ids: list[UUID]) -> None:
    """Delete the selected leads; they can be restored."""
    with widgets.notifying_errors():
        st.toast(texts.leads_deleted(lead_flow.delete_leads(session.engine(), workspace_id=session.workspace_id(), lead_ids=ids)))
        places.forget_selection()


def tag(ids: list[UUID]) -> None:
    """Give the tags that were typed to the selected leads."""
    names = st.session_state[keys.LEADS_TAG_NAMES].split(",")
    with widgets.notifying_errors():
        st.toast(texts.leads_tagged(lead_flow.add_tags(session.engine(), workspace_id=session.workspace_id(), lead_ids=ids, tags=names)))
        places.forget_selection()


def join(ids: list[UUID]) -> None:
    """Make the selected leads members of the chosen campaign."""
    place = {"workspace_id": session.workspace_id(), "campaign_id": st.session_state[keys.LEADS_JOIN_CAMPAIGN]}
    with widgets.notifying_errors():
        st.toast(texts.leads_joined(campaign_flow.add_leads(session.engine(), **place, lead_ids=ids)))
        places.forget_selection()


def leave(ids: list[UUID], campaign_id: UUID) -> None:
    """Take the selected leads out of the campaign that the list is filtered by."""
    place = {"workspace_id": session.workspace_id(), "campaign_id": campaign_id}
    with widgets.notifying_errors():
        st.toast(texts.leads_left(campaign_flow.remove_leads(session.engine(), **place, lead_ids=ids)))
        places.forget_selection()
