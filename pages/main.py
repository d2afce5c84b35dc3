"""The entry script of the screens: page settings, look, and navigation. Every page is reached through it."""

from pathlib import Path

import streamlit as st

from pages.shared import session, texts

ASSETS = Path(__file__).parents[1] / "assets"

session.speak()

st.set_page_config(page_title=texts.PRODUCT, page_icon=str(ASSETS / "icon.svg"), layout="wide")
st.html(ASSETS / "style.css")
st.logo(str(ASSETS / "wordmark.svg"), size="large")
st.navigation(
    [
        st.Page("import_wizard.py", title=texts.NAV_IMPORT, icon=":material/upload_file:", default=True),
        st.Page("history.py", title=texts.NAV_HISTORY, icon=":material/history:"),
        st.Page("settings.py", title=texts.NAV_SETTINGS, icon=":material/settings:"),
    ],
    position="top",
).run()
