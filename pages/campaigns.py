"""The workspace's campaigns: make them, change them, fill them, delete them. Who is in one is shown by the leads page."""

import html
from typing import Any

import streamlit as st

from core import campaign_flow, ids
from core.campaign_flow import MAX_CAMPAIGN_TEXT_LENGTH, AddedEmails
from core.emails import split_emails
from core.listing import CAMPAIGN_STATUSES, CampaignRecord
from pages.shared import keys, session, texts, widgets

PAGE_SIZE = 25
MAX_PASTED_CHARACTERS = 300_000
COLOURS = {"draft": "gray", "active": "green", "paused": "orange", "completed": "blue"}


def show() -> None:
    """The form for a new campaign, and the list, newest first."""
    widgets.title(texts.CAMPAIGNS_TITLE, texts.CAMPAIGNS_LEAD)
    widgets.show_notice()
    if session.may("importer"):
        new_form()
    page = campaign_flow.list_campaigns(
        session.engine(), workspace_id=session.workspace_id(), page=st.session_state.get(keys.CAMPAIGN_PAGE) or 1, page_size=PAGE_SIZE
    )
    if not page.total:
        widgets.empty_state(*texts.CAMPAIGNS_EMPTY)
        return
    with st.container(key=keys.CAMPAIGN_LIST, gap=None):
        for record in page.items:
            line(record)
    if page.total_pages > 1:
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.pagination(page.total_pages, key=keys.CAMPAIGN_PAGE)


def new_form() -> None:
    """A name is all that a campaign needs."""
    form = st.container(border=True).form(keys.CAMPAIGN_FORM, border=False, clear_on_submit=True)
    with form.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(texts.CAMPAIGN_NAME, key=keys.CAMPAIGN_NAME, placeholder=texts.CAMPAIGN_NAME_EXAMPLE, max_chars=MAX_CAMPAIGN_TEXT_LENGTH)
        st.form_submit_button(texts.CAMPAIGN_CREATE, key=keys.CAMPAIGN_CREATE, type="primary", icon=":material/add:", on_click=create)


def line(record: CampaignRecord) -> None:
    """One campaign: name, state, leads; the ways to its leads and to changing it."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(
            f'<div class="li-history"><div><b>{html.escape(record.name)}</b>'
            f'<span class="li-badge is-{COLOURS[record.status]}">{texts.CAMPAIGN_STATUSES[record.status]}</span></div>'
            f"<span>{texts.campaign_size(record.total_leads)} · {texts.campaign_made(record.created_at)}</span></div>"
        )
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            st.page_link("leads.py", label=texts.CAMPAIGN_SHOW_LEADS, icon=":material/group:",
                         query_params={keys.QUERY_CAMPAIGN: ids.campaign_id_text(record.id)})  # fmt: skip
            key = f"{keys.CAMPAIGN_OPEN}_{record.id.hex}"
            if session.may("importer") and st.button(texts.CAMPAIGN_EDIT, key=key, icon=":material/edit:"):
                st.dialog(texts.CAMPAIGN_TITLE, width="medium")(edit)(record)


def edit(record: CampaignRecord) -> None:
    """The dialog about one campaign."""
    key = record.id.hex
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    left.text_input(texts.CAMPAIGN_RENAME, record.name, key=f"{keys.CAMPAIGN_RENAME}_{key}", max_chars=MAX_CAMPAIGN_TEXT_LENGTH)
    right.selectbox(texts.CAMPAIGN_STATUS, CAMPAIGN_STATUSES, CAMPAIGN_STATUSES.index(record.status),
                    key=f"{keys.CAMPAIGN_STATUS}_{key}", format_func=texts.CAMPAIGN_STATUSES.get)  # fmt: skip
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        done = st.button(texts.LEAD_SAVE, key=f"{keys.LEAD_SAVE}_{key}", type="primary", icon=":material/check:", on_click=save, args=(record,))
        with st.popover(texts.CAMPAIGN_DELETE, icon=":material/delete:", key=f"{keys.CAMPAIGN_DELETE_BOX}_{key}"):
            st.markdown(texts.CAMPAIGN_DELETE_WARNING)
            done |= st.button(texts.CAMPAIGN_DELETE_SURE, key=f"{keys.CAMPAIGN_DELETE}_{key}", type="primary",
                              icon=":material/delete:", on_click=delete, args=(record,))  # fmt: skip
    if done and not session.has_notice():
        st.rerun()
    widgets.show_notice()
    st.text_area(texts.CAMPAIGN_EMAILS, key=f"{keys.CAMPAIGN_EMAILS}_{key}", placeholder=texts.CAMPAIGN_EMAILS_HINT,
                 max_chars=MAX_PASTED_CHARACTERS, height=140)  # fmt: skip
    st.button(texts.CAMPAIGN_ADD, key=f"{keys.CAMPAIGN_ADD}_{key}", icon=":material/group_add:", on_click=add, args=(record,))
    show_added()


def show_added() -> None:
    """What became of the pasted emails, once; those that nobody has are shown to be copied."""
    result: AddedEmails | None = st.session_state.pop(keys.CAMPAIGN_RESULT, None)
    if result is None:
        return
    if not any(result):
        st.warning(texts.CAMPAIGN_NO_EMAILS, icon=":material/warning:")
        return
    st.success(texts.emails_added(result.added, result.members, len(result.unknown)), icon=":material/group_add:")
    if result.unknown:
        st.markdown(texts.CAMPAIGN_UNKNOWN)
        st.code("\n".join(result.unknown), language=None, height=160 if len(result.unknown) > 5 else "content")


# --- what the buttons do --------------------------------------------------------------------------------------------


def create() -> None:
    """Make the campaign that was named."""
    with widgets.notifying_errors():
        campaign_flow.create_campaign(
            session.engine(), workspace_id=session.workspace_id(), values={"name": st.session_state[keys.CAMPAIGN_NAME]}
        )
        st.toast(texts.CAMPAIGN_CREATED)


def save(record: CampaignRecord) -> None:
    """Write name and state."""
    key = record.id.hex
    name, status = st.session_state[f"{keys.CAMPAIGN_RENAME}_{key}"], st.session_state[f"{keys.CAMPAIGN_STATUS}_{key}"]
    with widgets.notifying_errors():
        campaign_flow.update_campaign(session.engine(), **where(record), changes={"name": name, "status": status})
        st.toast(texts.CAMPAIGN_SAVED)


def delete(record: CampaignRecord) -> None:
    """Delete the campaign; its leads stay."""
    with widgets.notifying_errors():
        campaign_flow.delete_campaign(session.engine(), **where(record))
        st.toast(texts.CAMPAIGN_GONE)


def add(record: CampaignRecord) -> None:
    """Make the leads with the pasted emails members."""
    emails = split_emails(st.session_state[f"{keys.CAMPAIGN_EMAILS}_{record.id.hex}"] or "")
    with widgets.notifying_errors():
        st.session_state[keys.CAMPAIGN_RESULT] = campaign_flow.add_emails(session.engine(), **where(record), emails=emails)


def where(record: CampaignRecord) -> dict[str, Any]:
    """The arguments by which the flows find the campaign."""
    return {"workspace_id": session.workspace_id(), "campaign_id": record.id}


show()
