"""The import wizard: the step that the open import is in."""

import streamlit as st

from pages.shared import family, session, stepbar, widgets
from pages.steps import map_columns, report, review, run, upload

SCREENS = {
    "upload": upload.show,
    "map": map_columns.show,
    "review": review.show,
    "import": run.show,
    "report": report.show,
}

record = session.current_import()
step = session.current_step(record)
stepbar.show(step)
widgets.show_notice()
with st.container(key=f"step_{step}"):
    if record is not None and record.continues and step != "report":
        family.show(record)
    SCREENS[step](record)
