"""Step 3, the contact limit: which rows go in when the file does not fit, and the rows that are parked."""

from pathlib import PurePath

import streamlit as st

from core import limit_flow, planning, report_flow
from core.planning import FitChoice, Place
from core.records import ImportRecord, Preview, Table
from pages.shared import frames, keys, session, texts, widgets


def card(preview: Preview, table: Table) -> None:
    """The planner, where the file does not fit or rows are parked already."""
    record, quota = preview.record, preview.quota
    if quota.fits and not record.parked_rows:
        return
    with st.container(border=True, key="review_limit"):
        if record.parked_rows:
            parked(preview)
        if quota.fits:
            again = st.expander(texts.LIMIT_AGAIN, key=keys.LIMIT_AGAIN, on_change="rerun")
            if again.open:  # it judges the whole file once more
                with again:
                    planner(preview, table)
        else:
            st.html(f"<div class='li-card-title'>{texts.LIMIT_TITLE}</div>")
            planner(preview, table)


def planner(preview: Preview, table: Table) -> None:
    """The choice, what it comes to, and the button that parks the rest."""
    record = preview.record
    places = limit_flow.list_places(session.engine(), workspace_id=record.workspace_id, preview=preview)
    st.caption(texts.limit_lead(preview.quota.free, len(places)))
    choice = ask(table, places)
    fit = limit_flow.fit_rows(
        session.engine(), workspace_id=record.workspace_id, preview=preview, places=places, choice=choice
    )
    rows = len(fit.parked_rows)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{texts.limit_figures(len(fit.chosen), len(fit.parked))}**", width="content")
        st.button(texts.LIMIT_USE if record.parked_rows else texts.park_button(rows), key=keys.LIMIT_PARK, icon=":material/inventory_2:",
                  type="secondary" if preview.quota.fits else "primary", disabled=fit.parked_rows == record.parked_rows,
                  on_click=park, args=(record, choice))  # fmt: skip
    if fit.parked:
        before = st.expander(texts.LIMIT_LIST, key=keys.LIMIT_LIST, on_change="rerun")
        if before.open:
            with before:
                widgets.paged_table(planning.places_table(fit.parked), key=f"{keys.LIMIT_LIST}_table", empty="parked", config=CONFIG)
    else:
        st.caption(texts.LIMIT_NOTHING)


CONFIG = {"Values": st.column_config.NumberColumn(width=90)}


def ask(table: Table, places: list[Place]) -> FitChoice:
    """Which rows go in first, as the user chooses."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = st.selectbox(texts.LIMIT_BY, planning.ORDERS, key=keys.LIMIT_BY, width=250,
                          format_func=texts.LIMIT_ORDERS.__getitem__)  # fmt: skip
        if by == "tag":
            tags = dict(planning.count_tags(places))
            tag = st.selectbox(texts.LIMIT_TAG, list(tags), key=keys.LIMIT_TAG, width=250, disabled=not tags,
                               placeholder=texts.LIMIT_NO_TAG, format_func=lambda tag: f"{tag} · {texts.number(tags[tag])}")  # fmt: skip
            choice = FitChoice("tag", tag=tag or "")
        elif by == "column":
            column = st.selectbox(texts.LIMIT_COLUMN, table.columns, key=keys.LIMIT_COLUMN, width=220)
            is_exact = st.selectbox(texts.LIMIT_MATCH, (False, True), key=keys.LIMIT_MATCH, width=140,
                                    format_func=texts.LIMIT_MATCHES.__getitem__)  # fmt: skip
            text = st.text_input(texts.LIMIT_TEXT, key=keys.LIMIT_TEXT, width=220)
            choice = FitChoice("column", column=column, text=text, is_exact=is_exact)
        else:
            return FitChoice(by)
    only = st.checkbox(texts.LIMIT_ONLY, key=keys.LIMIT_ONLY)
    return FitChoice(choice.by, choice.tag, choice.column, choice.text, choice.is_exact, only)


def parked(preview: Preview) -> None:
    """How many rows wait, the file of them, and the way back for all."""
    record, quota = preview.record, preview.quota
    free = quota.free - quota.added if quota.fits else 0
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{texts.parked_sentence(len(record.parked_rows - record.skipped_rows), max(free, 0))}**", width="content")
        with st.container(horizontal=True, width="content"):
            download(record, key=keys.PARKED_DOWNLOAD)
            st.button(texts.PARKED_BACK_ALL, key=keys.PARKED_BACK_ALL, icon=":material/undo:",
                      on_click=unpark, args=(record,))  # fmt: skip


def download(record: ImportRecord, *, key: str) -> None:
    """The parked rows as a file, to be imported later."""
    st.download_button(texts.PARKED_DOWNLOAD, session.carried(report_flow.parked_rows_csv, session.engine(), **session.where(record)),
                       file_name=f"{PurePath(record.file_name or 'import').stem}-parked-rows.csv", mime="text/csv", key=key,
                       icon=":material/download:", on_click="ignore")  # fmt: skip


def tab(record: ImportRecord, columns: dict[str, list]) -> None:
    """The parked rows, and the way back for one of them."""
    key = f"{keys.REVIEW_TABLE}_parked"
    widgets.paged_table(columns, key=key, empty="parked")
    page = st.session_state.get(f"{key}_page") or 1
    shown = slice((page - 1) * frames.PAGE_LENGTH, page * frames.PAGE_LENGTH)
    emails = dict(zip(columns["Row"][shown], columns["Email"][shown], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        row = st.selectbox(texts.PARKED_PICK, list(emails), key=keys.PARKED_PICK, width=420,
                           format_func=lambda row: f"{texts.row_number(row)} · {emails[row]}")  # fmt: skip
        st.button(texts.PARKED_BACK, key=keys.PARKED_BACK, icon=":material/undo:", on_click=unpark, args=(record, row))


def park(record: ImportRecord, choice: FitChoice) -> None:
    """Park what the choice leaves no place for."""
    with widgets.notifying_errors():
        limit_flow.park_rows(session.engine(), **session.where(record), choice=choice)


def unpark(record: ImportRecord, row: int | None = None) -> None:
    """Take one row in again, with those of its email, or all."""
    with widgets.notifying_errors():
        limit_flow.unpark_rows(session.engine(), **session.where(record), row=row)
