"""Step 1: choose a file, and see or change how it was read."""

import html
from collections import Counter
from pathlib import Path

import streamlit as st

from core import draft_flow, import_list_flow
from core.issues import KIND_BY_CODE
from core.language import say
from core.records import ImportRecord, ParseOptions, Table
from pages.shared import family, frames, keys, session, texts, widgets
from pages.steps import tour

ASSETS = Path(__file__).parents[2] / "assets"
TEMPLATE = ASSETS / "template.csv"
#: One of each trouble, so that every screen has something to show.
PRACTICE = ASSETS / "practice.csv"


def show(record: ImportRecord | None) -> None:
    """The uploader; with a file already there, also what was found about it."""
    if record is None:
        widgets.title(texts.UPLOAD_TITLE, texts.UPLOAD_LEAD)
        like_note()
        choose_file(texts.UPLOAD_LABEL)
        first_time()
        explain()
        return
    table = draft_flow.load_table(session.engine(), **session.where(record))
    widgets.title(texts.READING_TITLE, texts.READING_HELP)
    widgets.file_line(record.file_name, texts.table_size(len(table.rows), len(table.columns)))
    reading(record, table)
    widgets.show_issues(table.issues)
    odd_rows(table)
    st.html(f"<h2 class='li-section'>{texts.READING_PREVIEW}</h2>")
    st.dataframe(frames.first_rows(table), key=keys.READING_PREVIEW)
    with st.container(horizontal=True, horizontal_alignment="right"):
        widgets.show_step("map", texts.STEP_LABELS["map"], key=keys.UPLOAD_NEXT, type="primary",
                          icon=":material/arrow_forward:", icon_position="right")  # fmt: skip
    choose_file(texts.UPLOAD_OTHER_LABEL)


def choose_file(label: str) -> None:
    """The uploader. A file that can be read becomes a draft at once, and the next step opens."""
    chosen = st.file_uploader(label, type=list(texts.ACCEPTED), key=keys.UPLOAD_FILE)
    st.caption(f"{texts.UPLOAD_LIMITS}  \n{texts.UPLOAD_PARTS}")
    if chosen is not None:
        take_file(chosen.name, chosen.getvalue())


def take_file(name: str, content: bytes) -> None:
    """Make a draft of the file and open the next step, or say why the file cannot be read."""
    with widgets.showing_errors():
        record = draft_flow.create_draft(
            session.engine(),
            workspace_id=session.workspace_id(),
            file_name=name,
            content=content,
            created_by=session.user(),
        )
        session.remember(record)
        record = like_another(record)
        if not (record.continues and record.state == "ready"):  # a file that continues an import is mapped already
            session.go_to("map")
        st.rerun()


def first_time() -> None:
    """For those without a file at hand: the tour, the practice file, to try or to look at, and a template."""
    with st.container(key="upload_first_time", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"<b class='li-first-time'>{texts.FIRST_TIME}</b>")
        tour.offer(try_practice)
        if st.button(texts.PRACTICE_TRY, key=keys.UPLOAD_PRACTICE, icon=":material/experiment:", type="tertiary"):
            try_practice()
        st.download_button(texts.PRACTICE_DOWNLOAD, PRACTICE.read_bytes, file_name=texts.PRACTICE_NAME, mime="text/csv",
                           key=keys.UPLOAD_PRACTICE_FILE, icon=":material/download:", on_click="ignore", type="tertiary")  # fmt: skip
        st.download_button(texts.UPLOAD_TEMPLATE, TEMPLATE.read_bytes, file_name=texts.TEMPLATE_NAME, mime="text/csv",
                           key=keys.UPLOAD_TEMPLATE, icon=":material/download:", on_click="ignore", type="tertiary")  # fmt: skip


def try_practice() -> None:
    """Go through the wizard with the practice file."""
    take_file(texts.PRACTICE_NAME, PRACTICE.read_bytes())


def like_note() -> None:
    """Says that the next file is mapped like an earlier one, and lets it be."""
    if (model := session.model_import()) is None:
        return
    with st.container(key="like_note", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            f'<div class="li-file"><span class="li-icon" aria-hidden="true">library_add</span>'
            f"<span>{html.escape(texts.mapped_like(family.name_of(model)))}</span></div>"
        )
        st.button(texts.LIKE_CANCEL, key=keys.LIKE_CANCEL, type="tertiary", on_click=session.forget_model)


def like_another(record: ImportRecord) -> ImportRecord:
    """The new draft, mapped like the import that was chosen in the history, if any."""
    model = session.model_import()
    session.forget_model()
    if model is None:
        return record
    return import_list_flow.map_like(session.engine(), **session.where(record), like=model.id)


def explain() -> None:
    """The empty state: what the product does with a file."""
    with st.grid(3, min_column_width=240, gap="small"):
        for icon, heading, text in texts.UPLOAD_POINTS:
            with st.container(border=True, height="stretch"):
                st.markdown(f"{icon} **{heading}**  \n{text}")


def reading(record: ImportRecord, table: Table) -> None:
    """What was found, each with a control to change it. A workbook has sheets, a text file encoding and separator."""
    found = table.format
    with st.container(border=True), st.grid(2 if found.sheets else 3, min_column_width=200):
        if found.sheets:
            hidden = {sheet.name: texts.hidden_sheet(sheet.name) for sheet in found.sheets if not sheet.is_visible}
            choice(record, "sheet", texts.READING_SHEET, keys.READING_SHEET, found.sheet,
                   [sheet.name for sheet in found.sheets], hidden)  # fmt: skip
        else:
            choice(record, "encoding", texts.READING_ENCODING, keys.READING_ENCODING, found.encoding,
                   texts.ENCODING_NAMES, texts.ENCODING_NAMES)  # fmt: skip
            choice(record, "delimiter", texts.READING_DELIMITER, keys.READING_DELIMITER, found.delimiter,
                   texts.DELIMITER_NAMES, texts.DELIMITER_NAMES)  # fmt: skip
        st.session_state[keys.READING_HEADER_ROW] = found.header_row
        st.number_input(texts.READING_HEADER_ROW, min_value=0, max_value=1000, step=1, key=keys.READING_HEADER_ROW,
                        help=texts.READING_HEADER_HELP, on_change=read_again,
                        args=(record, "header_row", keys.READING_HEADER_ROW))  # fmt: skip


def odd_rows(table: Table) -> None:
    """What is odd about single rows and cells, by kind and number."""
    counts = Counter(issue.code for issue in table.issues if issue.row is not None)
    if counts:
        kinds = ", ".join(texts.tab(say(KIND_BY_CODE[code].title), count) for code, count in counts.items())
        st.caption(texts.odd_rows(kinds))


def choice(record: ImportRecord, option: str, label: str, key: str, current, options, names=None) -> None:
    """A select box for one reading option; what was found is the current choice even where the list lacks it."""
    options = list(options)
    st.session_state[key] = current
    st.selectbox(label, options if current in options else [current, *options], key=key,
                 format_func=lambda value: (names or {}).get(value, str(value)),
                 on_change=read_again, args=(record, option, key))  # fmt: skip


def read_again(record: ImportRecord, option: str, key: str) -> None:
    """Read the file with the user's choice. A new sheet has its own header row."""
    kept = {name: value for name, value in record.parse_options.items() if option != "sheet" or name != "header_row"}
    options = ParseOptions(**{**kept, option: st.session_state[key]})
    with widgets.notifying_errors():
        draft_flow.change_reading(session.engine(), **session.where(record), options=options)
