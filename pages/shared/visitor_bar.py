"""The right end of every page's head: the language, and who is logged in, where they work and as what."""

import html

import streamlit as st

from pages.shared import keys, language_menu, session, texts, widgets


def show() -> None:
    """The language for everybody, the rest for who is in."""
    found = session.enter()
    with st.container(key=keys.VISITOR_BAR, horizontal=True, vertical_alignment="center", gap="xxsmall"):
        if found.standing == "in":
            account(found)
        language_menu.show()


def account(found: session.Visitor) -> None:
    """Nothing where nobody logs in and there is one workspace: then there is nothing to say."""
    workspaces = session.workspaces()
    if found.roles is None and len(workspaces) < 2:
        return
    names = {workspace.id: workspace.name for workspace in workspaces}
    here = session.workspace_id()
    with (
        st.container(key=keys.VISITOR),
        st.popover(widgets.escape(names.get(here, here)), icon=":material/account_circle:", type="tertiary"),
    ):
        who = html.escape(found.email) or texts.NOBODY_LOGS_IN
        st.html(f'<div class="li-visitor"><b>{who}</b><span>{texts.ROLE_NAMES[session.role() or "viewer"]}</span></div>')
        if len(names) > 1:
            st.session_state[keys.VISITOR_WORKSPACE] = here
            st.selectbox(texts.WORKSPACE, list(names), key=keys.VISITOR_WORKSPACE, format_func=names.get, on_change=choose)
        if found.email:
            st.button(texts.LOGOUT, key=keys.LOGOUT, icon=":material/logout:", on_click=session.log_out, width="stretch")


def choose() -> None:
    """Go to the workspace that was chosen."""
    session.choose_workspace(st.session_state[keys.VISITOR_WORKSPACE])
