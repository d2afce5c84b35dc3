"""Settings: what new imports begin with."""

import streamlit as st

from core import defaults_flow
from core.countries import countries_by_name, country_name
from core.defaults_flow import Defaults
from core.fields import FIELD_BY_KEY
from core.phones import calling_code
from pages.shared import keys, session, texts, widgets


def show() -> None:
    """The form, filled with what holds now."""
    held = defaults_flow.get_defaults(session.engine(), workspace_id=session.workspace_id())
    st.html(f"<h2 class='li-section'>{texts.DEFAULTS_TITLE}</h2><p class='li-lead'>{texts.DEFAULTS_LEAD}</p>")
    with st.container(border=True), st.form(keys.DEFAULTS_FORM, border=False):
        countries = [None, *countries_by_name()]
        with st.grid(2, min_column_width=260):
            st.selectbox(texts.DEFAULTS_COUNTRY, countries, index=countries.index(held.country),
                         key=keys.DEFAULTS_COUNTRY, format_func=country_label)  # fmt: skip
            st.text_input(texts.DEFAULTS_SOURCE, value=held.source, key=keys.DEFAULTS_SOURCE,
                          max_chars=FIELD_BY_KEY["source"].max_length)  # fmt: skip
        st.toggle(texts.DEFAULTS_RESTORE, value=held.restore, key=keys.DEFAULTS_RESTORE, help=texts.REVIEW_RESTORE_HELP)
        st.form_submit_button(texts.DEFAULTS_SAVE, key=keys.DEFAULTS_SAVE, on_click=save)


def country_label(code: str | None) -> str:
    """A country with the number that its phones begin with."""
    return f"{country_name(code)} (+{calling_code(code)})" if code else texts.DEFAULTS_NO_COUNTRY


def save() -> None:
    """Keep what the form says."""
    chosen = Defaults(
        st.session_state[keys.DEFAULTS_COUNTRY], st.session_state[keys.DEFAULTS_SOURCE], st.session_state[keys.DEFAULTS_RESTORE]
    )
    with widgets.notifying_errors():
        defaults_flow.set_defaults(session.engine(), workspace_id=session.workspace_id(), defaults=chosen)
        st.toast(texts.DEFAULTS_SAVED, icon=":material/check:")
