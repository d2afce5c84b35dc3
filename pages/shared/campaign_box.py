"""The box under a report: everything that an import created or restored goes into a campaign with one press."""

from uuid import UUID

import streamlit as st

from core import campaign_flow
from core.ids import import_id_text
from core.listing import MAX_PAGE_SIZE
from core.records import ImportRecord
from pages.shared import keys, session, texts, widgets


def campaigns_box(record: ImportRecord) -> None:
    """Nothing where the import wrote no lead or was undone, or the visitor may only look."""
    if not session.may("importer") or record.state == "undone" or not record.counts["created"] + record.counts["restored"]:
        return
    place = {"workspace_id": record.workspace_id}
    names: dict[UUID, str] = {
        one.id: one.name for one in campaign_flow.list_campaigns(session.engine(), **place, page_size=MAX_PAGE_SIZE).items
    }
    with st.container(key="campaign_box", border=True):
        st.html(f'<b class="li-card-title">{texts.JOIN_TITLE}</b><p class="li-lead">{texts.JOIN_HELP}</p>')
        with st.container(horizontal=True, vertical_alignment="center"):
            if names:
                st.selectbox(texts.JOIN_CHOOSE, list(names), key=keys.JOIN_CAMPAIGN, format_func=names.get,
                             label_visibility="collapsed", width=320)  # fmt: skip
                st.button(texts.JOIN_ADD, key=keys.JOIN_IMPORT, icon=":material/group_add:", on_click=join, args=(record,))
            st.page_link("leads.py", label=texts.JOIN_SHOW, icon=":material/group:",
                         query_params={keys.QUERY_IMPORT: import_id_text(record.id)})  # fmt: skip
        if not names:
            st.caption(texts.CAMPAIGNS_NONE)


def join(record: ImportRecord) -> None:
    """Make all leads of the import members of the chosen campaign."""
    with widgets.notifying_errors():
        added = campaign_flow.add_import(
            session.engine(), **session.where(record), campaign_id=st.session_state[keys.JOIN_CAMPAIGN]
        )
        st.toast(texts.leads_joined(added))
