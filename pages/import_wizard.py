"""The import wizard: the step that the open import is in."""

import streamlit as st

from pages.shared import family, session, stepbar, texts, widgets
from pages.steps import map_columns, report, review, run, upload

SCREENS = {
    "upload": upload.show,
    "map": map_columns.show,
    "review": review.show,
    "import": run.show,
    "report": report.show,
}

#: What a viewer may look at; the other steps are work on an import.
TO_LOOK_AT = ("import", "report")


def look_only() -> None:
    """What a viewer sees of an import that somebody is still working on."""
    widgets.empty_state("visibility", texts.LOOK_ONLY_TITLE, texts.LOOK_ONLY)
    st.page_link("history.py", label=texts.LOOK_ONLY_HISTORY, icon=":material/history:")


record = session.current_import()
step = session.current_step(record)
is_worker = session.may("importer")
if record is None and not is_worker:
    st.switch_page("history.py")
if is_worker:
    stepbar.show(step)
widgets.show_notice()
with st.container(key=f"step_{step}"):
    if is_worker and record is not None and record.continues and step != "report":
        family.show(record)
    if is_worker or step in TO_LOOK_AT:
        SCREENS[step](record)
    else:
        look_only()
