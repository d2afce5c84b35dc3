"""The form on the Settings page that makes another workspace."""

import streamlit as st

from core import member_flow, workspace_flow
from core.naming import MAX_NAME_LENGTH
from pages.shared import keys, session, texts, widgets


def show() -> None:
    """The section: name, contact limit, and the button; the visitor then works in the new one."""
    st.html(f"<h2 class='li-section'>{texts.NEW_WORKSPACE_TITLE}</h2><p class='li-lead'>{texts.NEW_WORKSPACE_LEAD}</p>")
    with (
        st.container(border=True).form(keys.WORKSPACE_FORM, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(texts.NEW_WORKSPACE_NAME, key=keys.WORKSPACE_NAME, max_chars=MAX_NAME_LENGTH)
        st.number_input(texts.SETTINGS_LIMIT, min_value=0, max_value=workspace_flow.MAX_CONTACT_LIMIT, step=100,
                        value=session.default_contact_limit(), key=keys.WORKSPACE_LIMIT, width=220)  # fmt: skip
        st.form_submit_button(texts.NEW_WORKSPACE_CREATE, key=keys.WORKSPACE_CREATE, icon=":material/add:", on_click=create)


def create() -> None:
    """Make it and go there."""
    with widgets.notifying_errors():
        made = member_flow.create_workspace(
            session.engine(),
            name=st.session_state[keys.WORKSPACE_NAME],
            contact_limit=int(st.session_state[keys.WORKSPACE_LIMIT]),
        )
        session.choose_workspace(made.id)
        st.session_state[keys.WORKSPACE_NAME] = ""
