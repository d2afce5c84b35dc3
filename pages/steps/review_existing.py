"""Step 3, leads that are there already: what their rows would lose, and the choice to fill the leads' blanks."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core import draft_flow, repair_flow, reporting, stored_losses
from core.records import ImportRecord, Preview
from core.stored_losses import StoredLoss
from pages.shared import frames, keys, session, texts, widgets

TABLE = f"{keys.REVIEW_TABLE}_existing"


def show(preview: Preview) -> None:
    """What all these rows would lose, the list of them, and one of them beside its lead."""
    record = preview.record
    found = repair_flow.list_stored_losses(session.engine(), workspace_id=record.workspace_id, preview=preview)
    deleted = reporting.with_code(preview.plan.decisions, "duplicate-deleted")
    if not found and not deleted:
        widgets.empty_state(*texts.EMPTY["existing"])
    if found:
        totals(record, found)
        lines = stored_losses.stored_losses_table(found)
        lines = {name: values for name, values in lines.items() if name in ("Row", "Email") or any(values)}
        widgets.paged_table(lines, key=TABLE, empty="existing", config=COLUMNS)
        page = st.session_state.get(f"{TABLE}_page") or 1
        compare(record, found[(page - 1) * frames.PAGE_LENGTH : page * frames.PAGE_LENGTH])
    if deleted:
        st.markdown(f"**{texts.EXISTING_DELETED}**")
        widgets.paged_table(reporting.existing_duplicates_table(deleted), key=f"{TABLE}_deleted", empty="existing")


COLUMNS = {
    "Would be lost": st.column_config.TextColumn(width="large"),
    "Fills": st.column_config.TextColumn(width="large"),
}


def totals(record: ImportRecord, found: Sequence[StoredLoss]) -> None:
    """The loss meter, with the one click that fills all blanks, or leaves all leads as they are again."""
    count, filled = stored_losses.count_stored_losses(found), sum(loss.is_filled for loss in found)
    if not count.values and not filled:
        kept = texts.stored_differing_sentence(count.differing) if count.differing else texts.EXISTING_KEPT
        st.caption(f":material/check_circle: {kept}")
        return
    sentences = [texts.stored_losses_sentence(count.rows, count.values)] if count.values else []
    sentences += [texts.stored_filled_sentence(filled)] if filled else []
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{' '.join(sentences)}**", width="content")
        if count.values:
            st.button(texts.fill_stored_all(count.blanks), key=keys.EXISTING_FILL_ALL, icon=":material/join_inner:",
                      on_click=fill_all, args=(record, True))  # fmt: skip
        else:
            st.button(texts.EXISTING_LEAVE_ALL, key=keys.EXISTING_LEAVE_ALL, icon=":material/undo:",
                      on_click=fill_all, args=(record, False))  # fmt: skip


def compare(record: ImportRecord, found: Sequence[StoredLoss]) -> None:
    """One row and its lead side by side, where they differ."""
    by_row = {loss.row: loss for loss in found}
    row = st.selectbox(texts.EXISTING_PICK, list(by_row), key=keys.EXISTING_PICK, help=texts.EXISTING_HELP,
                       format_func=lambda number: label(by_row[number]))  # fmt: skip
    loss = by_row[row]
    sides = stored_losses.compare_stored(loss)
    if not frames.length(sides):
        st.caption(texts.EXISTING_SAME)
        return
    st.dataframe(frames.page_of(sides, 1), hide_index=True, column_config=frames.labelled(sides))
    if loss.is_filled and not record.options.fill_blanks:
        st.button(texts.EXISTING_LEAVE, key=keys.EXISTING_FILL, icon=":material/undo:",
                  on_click=fill, args=(record, loss.email, False))  # fmt: skip
    elif loss.lacking and not loss.is_filled:
        st.button(texts.fill_stored(len(loss.lacking)), key=keys.EXISTING_FILL, icon=":material/join_inner:",
                  on_click=fill, args=(record, loss.email, True))  # fmt: skip


def label(loss: StoredLoss) -> str:
    """One row in the list to choose from."""
    return texts.stored_pair(loss.row, loss.email, len(loss.lacking), len(loss.differing))


def switch(record: ImportRecord) -> None:
    """The option that fills the blanks of all leads that are there already."""
    st.session_state[keys.REVIEW_FILL] = record.options.fill_blanks
    st.toggle(texts.FILL_BLANKS, key=keys.REVIEW_FILL, help=texts.FILL_BLANKS_HELP, on_change=save_switch, args=(record,))


def save_switch(record: ImportRecord) -> None:
    """Keep the option in the draft."""
    fill_all(record, st.session_state[keys.REVIEW_FILL])


def fill_all(record: ImportRecord, is_on: bool) -> None:
    """Fill the blanks of all these leads, or leave all as they are."""
    place = session.where(record)
    with widgets.notifying_errors():
        draft_flow.save_options(session.engine(), **place, options=replace(record.options, fill_blanks=is_on))
        if not is_on:
            draft_flow.fill_leads(session.engine(), **place, emails=record.filled, fill=False)


def fill(record: ImportRecord, email: str, is_on: bool) -> None:
    """Fill the blanks of this lead alone, or leave it as it is."""
    with widgets.notifying_errors():
        draft_flow.fill_leads(session.engine(), **session.where(record), emails=[email], fill=is_on)
