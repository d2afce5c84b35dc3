"""The entry script of the screens: page settings, look, and navigation. Every page is reached through it."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core import errors
from pages.shared import away, session, streamlit_words, texts, visitor_bar, widgets

ASSETS = Path(__file__).parents[1] / "assets"


def pages(visitor: session.Visitor) -> list[StreamlitPage]:
    """What the visitor may open. Links lead to the wizard, so it is there for everybody, but only offered to whom it serves."""
    if visitor.standing != "in":
        return [st.Page("entrance.py", title=texts.LOGIN, default=True)]
    offered = "visible" if session.may("importer") else "hidden"
    return [
        st.Page("import_wizard.py", title=texts.NAV_IMPORT, icon=":material/upload_file:", default=True, visibility=offered),
        st.Page("leads.py", title=texts.NAV_LEADS, icon=":material/group:"),
        st.Page("campaigns.py", title=texts.NAV_CAMPAIGNS, icon=":material/campaign:"),
        st.Page("history.py", title=texts.NAV_HISTORY, icon=":material/history:"),
        st.Page("sources.py", title=texts.NAV_SOURCES, icon=":material/insights:"),
        st.Page("settings.py", title=texts.NAV_SETTINGS, icon=":material/settings:"),
        st.Page("activity.py", title=texts.ACTIVITY_TITLE, visibility="hidden"),
    ]


def show() -> None:
    """The page that the visitor asks for, as far as they may."""
    visitor = session.enter_afresh()
    if visitor.standing == "in":
        session.take_up_workspace()
    page = st.navigation(pages(visitor), position="top" if visitor.standing == "in" else "hidden")
    visitor_bar.show()
    try:
        page.run()
    except errors.Forbidden as error:  # a role that ended meanwhile, or a page that asks for more than it should
        widgets.show_error(error)


session.speak()
st.set_page_config(page_title=texts.PRODUCT, page_icon=str(ASSETS / "icon.svg"), layout="wide")
st.html(ASSETS / "style.css")
streamlit_words.show()
st.logo(str(ASSETS / "wordmark.svg"), size="large")
with away.saying_so(), widgets.showing_errors():
    show()
