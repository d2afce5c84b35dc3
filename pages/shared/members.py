"""The members on the Settings page: add somebody, change what they may do, let them in no more."""

import html

import streamlit as st

from core import member_flow
from core.access import ROLES
from core.member_flow import Member
from pages.shared import keys, session, texts, widgets


def show() -> None:
    """The section: the form for a new member, and a line for each."""
    is_local = session.enter().roles is None
    lead = f"{texts.MEMBERS_LEAD} {texts.MEMBERS_LOCAL}" if is_local else texts.MEMBERS_LEAD
    st.html(f"<h2 class='li-section'>{texts.MEMBERS_TITLE}</h2><p class='li-lead'>{lead}</p>")
    with (
        st.container(border=True).form(keys.MEMBER_FORM, border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(texts.MEMBER_EMAIL, key=keys.MEMBER_EMAIL, placeholder="anna@example.com", max_chars=254)
        st.selectbox(texts.MEMBER_ROLE, ROLES, key=keys.MEMBER_NEW_ROLE, index=1, width=260, format_func=texts.ROLE_CHOICES.get)
        st.form_submit_button(texts.MEMBER_ADD, key=keys.MEMBER_ADD, type="primary", icon=":material/person_add:",
                              on_click=add)  # fmt: skip
    known = member_flow.list_members(session.engine(), workspace_id=session.workspace_id())
    if not known:
        widgets.empty_state(*texts.MEMBERS_EMPTY)
        return
    with st.container(key=keys.MEMBER_LIST, gap=None):
        for member in known:
            member_line(member)


def member_line(member: Member) -> None:
    """One member: email, since when, the role to choose, and the button that ends it."""
    key = f"{keys.MEMBER_ROLE}_{member.email}"
    you = f'<span class="li-badge">{texts.MEMBER_YOU}</span>' if member.email == session.enter().email else ""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(
            f'<div class="li-history"><div><b>{html.escape(member.email)}</b>{you}</div>'
            f"<span>{texts.member_since(member.created_at)}</span></div>"
        )
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.session_state[key] = member.role
            st.selectbox(texts.MEMBER_ROLE, ROLES, key=key, width=150, format_func=texts.ROLE_NAMES.get,
                         label_visibility="collapsed", on_change=change, args=(member, key))  # fmt: skip
            st.button(texts.MEMBER_REMOVE, key=f"{keys.MEMBER_REMOVE}_{member.email}", icon=":material/person_remove:",
                      on_click=remove, args=(member,))  # fmt: skip


def add() -> None:
    """Let whoever logs in with this email in."""
    with widgets.notifying_errors():
        member_flow.add_member(
            session.engine(),
            workspace_id=session.workspace_id(),
            email=st.session_state[keys.MEMBER_EMAIL],
            role=st.session_state[keys.MEMBER_NEW_ROLE],
        )


def change(member: Member, key: str) -> None:
    """Give the member the role that was chosen."""
    with widgets.notifying_errors():
        member_flow.change_role(
            session.engine(), workspace_id=member.workspace_id, email=member.email, role=st.session_state[key]
        )


def remove(member: Member) -> None:
    """Let them in no more."""
    with widgets.notifying_errors():
        member_flow.remove_member(session.engine(), workspace_id=member.workspace_id, email=member.email)
