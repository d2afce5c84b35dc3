"""What somebody sees who may not come in (yet): the way to log in, or why that was not enough and what to do."""

import html

import streamlit as st

from pages.shared import keys, session, texts, visitor


def show() -> None:
    """One card in the middle of an otherwise empty page."""
    found = session.enter()
    st.container(height=40, border=False)
    with (
        st.container(horizontal_alignment="center"),
        st.container(key=keys.ENTRANCE, border=True, width=480, gap="medium"),
    ):
        heading, lead = texts.ENTRANCE[found.standing]
        st.html(f"<h1 class='li-title'>{heading}</h1><p class='li-lead'>{lead.format(email=html.escape(found.email))}</p>")
        if found.standing == "out":
            log_in()
        else:
            log_out()


def log_in() -> None:
    """A button for each provider."""
    known = visitor.providers()
    if not known:
        st.error(texts.LOGIN_BROKEN, icon=":material/error:")
    for provider in known:
        label = texts.LOGIN if provider == visitor.DEFAULT_PROVIDER else texts.login_with(provider.title())
        st.button(label, key=f"{keys.LOGIN}_{provider}", type="primary", icon=":material/login:", width="stretch",
                  on_click=st.login, args=() if provider == visitor.DEFAULT_PROVIDER else (provider,))  # fmt: skip


def log_out() -> None:
    """The way to another account, and to look again once an admin has acted."""
    with st.container(horizontal=True):
        st.button(texts.LOGIN_AGAIN, key=keys.LOGIN_AGAIN, icon=":material/refresh:", type="primary")
        st.button(texts.LOGOUT, key=keys.LOGOUT, icon=":material/logout:", on_click=session.log_out)


show()
