"""Step 5, below the report: the same import as a program, for whoever wants to do it every night."""

from urllib.parse import urlsplit

import streamlit as st

from core import twin, twin_flow
from core.ids import import_id_text
from core.records import ImportRecord
from pages.shared import keys, session, texts

PROGRAMS = {"curl": (twin.curl_script, "bash"), "Python": (twin.python_script, "python")}


def show(record: ImportRecord) -> None:
    """The requests to download, and the lines that send them. An import through the API is its own program."""
    if record.door != "wizard" or record.mapping is None:
        return
    import_id = import_id_text(record.id)
    with st.expander(texts.TWIN_TITLE, icon=":material/terminal:", key=keys.TWIN):
        st.markdown(texts.TWIN_LEAD)
        with st.container(horizontal=True, vertical_alignment="center"):
            language = st.segmented_control(texts.TWIN_LANGUAGE, list(PROGRAMS), default="curl", required=True, key=keys.TWIN_LANGUAGE,
                                            label_visibility="collapsed")  # fmt: skip
            st.download_button(texts.TWIN_REQUESTS, session.carried(twin_flow.load_requests, session.engine(), **session.where(record)),
                               file_name=twin.file_name(import_id), mime="application/jsonl", key=keys.TWIN_REQUESTS,
                               icon=":material/download:", on_click="ignore")  # fmt: skip
        write, highlight = PROGRAMS[language]
        st.code(write(base_url(), import_id), language=highlight)


def base_url() -> str:
    """Where the visitor's browser reaches this server."""
    address = urlsplit(st.context.url or "http://127.0.0.1:8501")
    return f"{address.scheme}://{address.netloc}"
