"""Settings of the workspace: the contact limit and its use, members, API keys, remembered mappings, and another workspace."""

import html

import streamlit as st

from core import key_flow, workspace_flow
from core.key_flow import KeyRecord
from pages.shared import defaults, keys, members, new_workspace, presets, session, texts, webhook, widgets


def show() -> None:
    """The sections, one below the other."""
    widgets.title(texts.SETTINGS_TITLE, texts.SETTINGS_LEAD)
    widgets.show_notice()
    contact_limit()
    if session.may("admin"):
        members.show()
        api_keys()
    presets.show()
    if session.may("admin"):
        defaults.show()
        webhook.show()
        new_workspace.show()
        st.page_link("activity.py", label=texts.ACTIVITY_LINK, icon=":material/manage_search:")


def contact_limit() -> None:
    """The limit as a bar, and the way to change it."""
    quota = workspace_flow.get_quota(session.engine(), workspace_id=session.workspace_id())
    st.html(f"<h2 class='li-section'>{texts.QUOTA_TITLE}</h2>")
    with st.container(border=True):
        widgets.use_bar(quota)
        if not session.may("admin"):
            return
        with st.form(keys.SETTINGS_LIMIT_FORM, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            limit = st.number_input(texts.SETTINGS_LIMIT, min_value=0, max_value=workspace_flow.MAX_CONTACT_LIMIT,
                                    value=quota.limit, step=100, key=keys.SETTINGS_LIMIT, width=220)  # fmt: skip
            if st.form_submit_button(texts.SETTINGS_LIMIT_SAVE, key=keys.SETTINGS_LIMIT_SAVE):
                workspace_flow.set_contact_limit(
                    session.engine(), workspace_id=session.workspace_id(), contact_limit=int(limit)
                )
                st.rerun()


def api_keys() -> None:
    """The form for a new key, the new key's text once, and the list of all."""
    st.html(f"<h2 class='li-section'>{texts.KEYS_TITLE}</h2><p class='li-lead'>{texts.KEYS_LEAD}</p>")
    row = st.container(border=True).form(keys.KEY_FORM, border=False, clear_on_submit=True)
    with row.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(texts.KEY_NAME, key=keys.KEY_NAME, placeholder=texts.KEY_NAME_EXAMPLE, max_chars=100)
        st.selectbox(texts.KEY_SCOPES, list(texts.KEY_SCOPE_NAMES), key=keys.KEY_SCOPES, width=200,
                     format_func=texts.KEY_SCOPE_NAMES.get)  # fmt: skip
        st.form_submit_button(texts.KEY_CREATE, key=keys.KEY_CREATE, type="primary", icon=":material/key:",
                              on_click=create)  # fmt: skip
    if secret := st.session_state.pop(keys.KEY_SECRET, None):
        st.success(texts.KEY_ONCE, icon=":material/key:")
        st.code(secret, language=None, wrap_lines=True)
    known = key_flow.list_keys(session.engine(), workspace_id=session.workspace_id())
    if not known:
        widgets.empty_state(*texts.KEYS_EMPTY)
        return
    with st.container(key=keys.KEY_LIST, gap=None):
        for record in known:
            key_line(record)


def create() -> None:
    """Make the key and keep its text for the one run that shows it."""
    with widgets.notifying_errors():
        made = key_flow.create_key(
            session.engine(),
            workspace_id=session.workspace_id(),
            name=st.session_state[keys.KEY_NAME],
            scopes=st.session_state[keys.KEY_SCOPES].split(),
        )
        st.session_state[keys.KEY_SECRET] = made.secret


def key_line(record: KeyRecord) -> None:
    """One key: name, how it ends, scopes, last use, and the button that revokes it."""
    state = f'<span class="li-badge is-red">{texts.KEY_REVOKED}</span>' if record.revoked_at else ""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(
            f'<div class="li-history"><div><b>{html.escape(record.name)}</b>{state}</div>'
            f"<span>otr_…{html.escape(record.hint)} · {scopes(record)} · "
            f"{texts.key_dates(record.created_at, record.last_used_at)}</span></div>"
        )
        if record.revoked_at is None:
            st.button(texts.KEY_REVOKE, key=f"{keys.KEY_REVOKE}_{record.id.hex}", icon=":material/block:",
                      on_click=revoke, args=(record,))  # fmt: skip


def scopes(record: KeyRecord) -> str:
    """What the key may do."""
    return texts.KEY_SCOPE_NAMES[" ".join(sorted(record.scopes))]


def revoke(record: KeyRecord) -> None:
    """Make the key useless from now on."""
    with widgets.notifying_errors():
        key_flow.revoke_key(session.engine(), workspace_id=record.workspace_id, key_id=record.id)


show()
