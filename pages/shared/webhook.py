"""Settings: the address that is called after each import."""

import streamlit as st

from core import webhook_flow
from core.language import say
from core.webhook_flow import Webhook
from core.webhooks import MAX_URL_LENGTH
from pages.shared import keys, session, texts, widgets


def show() -> None:
    """The address, how the last call went, and a new secret once."""
    held = webhook_flow.get_webhook(session.engine(), workspace_id=session.workspace_id())
    st.html(f"<h2 class='li-section'>{texts.WEBHOOK_TITLE}</h2><p class='li-lead'>{texts.WEBHOOK_LEAD}</p>")
    with st.container(border=True):
        with st.form(keys.WEBHOOK_FORM, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(texts.WEBHOOK_URL, value=held.url if held else "", key=keys.WEBHOOK_URL,
                          placeholder=texts.WEBHOOK_EXAMPLE, max_chars=MAX_URL_LENGTH)  # fmt: skip
            st.form_submit_button(texts.WEBHOOK_SAVE, key=keys.WEBHOOK_SAVE, on_click=save)
        if held:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(last_call(held), width="stretch")
                with st.container(horizontal=True, width="content"):
                    st.button(texts.WEBHOOK_TRY, key=keys.WEBHOOK_TRY, icon=":material/send:", on_click=call)
                    st.button(texts.WEBHOOK_REMOVE, key=keys.WEBHOOK_REMOVE, icon=":material/delete:", on_click=remove)
    if secret := st.session_state.pop(keys.WEBHOOK_SECRET, None):
        st.success(texts.WEBHOOK_ONCE, icon=":material/key:")
        st.code(secret, language=None, wrap_lines=True)


def last_call(held: Webhook) -> str:
    """When the address was called last, and what came of it."""
    if held.last_at is None or held.last_answer is None:
        return texts.WEBHOOK_NEVER
    return texts.webhook_last(texts.moment(held.last_at), widgets.escape(say(held.last_answer)))


def save() -> None:
    """Set the address and keep the new secret for the one run that shows it."""
    with widgets.notifying_errors():
        st.session_state[keys.WEBHOOK_SECRET] = webhook_flow.set_webhook(
            session.engine(), workspace_id=session.workspace_id(), url=st.session_state[keys.WEBHOOK_URL]
        )


def call() -> None:
    """Call the address now."""
    with widgets.notifying_errors():
        webhook_flow.try_webhook(session.engine(), workspace_id=session.workspace_id())


def remove() -> None:
    """Call nobody any more."""
    with widgets.notifying_errors():
        webhook_flow.remove_webhook(session.engine(), workspace_id=session.workspace_id())
        st.session_state.pop(keys.WEBHOOK_URL, None)
