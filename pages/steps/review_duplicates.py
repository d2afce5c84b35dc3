"""Step 3, duplicates in the file: which row wins, what would be lost, and the ways to keep it."""

import streamlit as st

from core import losses, repair_flow, reporting
from core.losses import Loss
from core.records import Preview, RowDecision, Table
from pages.shared import frames, keys, session, texts, widgets

TABLE = f"{keys.REVIEW_TABLE}_file_duplicates"


def show(preview: Preview, table: Table) -> None:
    """What all duplicates would lose, the list of them, and one of them beside its winner."""
    found = repair_flow.list_losses(session.engine(), preview=preview)
    beaten = of_the_first_file(preview, found)
    if beaten:
        st.caption(texts.DUPLICATES_FIRST_FILE)
        widgets.paged_table(reporting.file_duplicates_table(beaten), key=f"{TABLE}_first", empty="file_duplicates")
    if not found and beaten:
        return
    if not found:
        widgets.empty_state(*texts.EMPTY["file_duplicates"])
        return
    totals(preview, found)
    lines = losses.losses_table(found)
    lines = {name: values for name, values in lines.items() if name not in ("Differs", "Left out") or any(values)}
    page = frames.page_count(lines)
    page = st.pagination(page, key=f"{TABLE}_page") if page > 1 else 1
    st.dataframe(frames.page_of(lines, page), hide_index=True, column_config=frames.labelled(lines, COLUMNS), key=TABLE)
    compare(preview, table, found[(page - 1) * frames.PAGE_LENGTH : page * frames.PAGE_LENGTH])


def of_the_first_file(preview: Preview, found: list[Loss]) -> list[RowDecision]:
    """Duplicates of rows that are not in this file but in the one that it continues: named, not compared."""
    compared = {loss.row for loss in found}
    decisions = preview.plan.decisions if preview.record.continues else ()
    return [decision for decision in decisions if decision.code == "duplicate-in-file" and decision.row not in compared]


COLUMNS = {
    **widgets.COLUMNS,
    "Would be lost": st.column_config.TextColumn(width="large"),
    "Left out": st.column_config.CheckboxColumn(width=90),
}


def totals(preview: Preview, found: list[Loss]) -> None:
    """The loss meter, with the one click that keeps everything."""
    count = losses.count_losses(found)
    if not count.values:
        kept = texts.differing_sentence(count.differing) if count.differing else texts.DUPLICATES_KEPT
        st.caption(f":material/check_circle: {kept}")
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{texts.losses_sentence(count.rows, count.values)}**", width="content")
        st.button(texts.fill_blanks_all(count.blanks), key=keys.DUPLICATES_FILL_ALL, icon=":material/join_inner:",
                  on_click=fill, args=(preview,))  # fmt: skip


def compare(preview: Preview, table: Table, found: list[Loss]) -> None:
    """One duplicate and its winner side by side, where they differ."""
    by_row = {loss.row: loss for loss in found}
    row = st.selectbox(texts.DUPLICATES_PICK, list(by_row), key=keys.DUPLICATES_PICK, help=texts.DUPLICATES_HELP,
                       format_func=lambda number: label(by_row[number]))  # fmt: skip
    loss = by_row[row]
    record = preview.record
    assert record.mapping is not None
    sides = losses.compare_rows(table, loss, mapping=record.mapping, corrections=record.corrections)
    if frames.length(sides):
        st.dataframe(frames.page_of(sides, 1), hide_index=True, column_config=frames.labelled(sides))
    else:
        st.caption(texts.DUPLICATES_SAME)
    with st.container(horizontal=True):
        if loss.cells:
            st.button(texts.fill_blanks_of(loss.winner, len(loss.cells)), key=keys.DUPLICATES_FILL,
                      icon=":material/join_inner:", on_click=fill, args=(preview, [row]))  # fmt: skip
        if loss.cells or loss.differing or loss.is_left_out:
            st.button(texts.choose_winner(row), key=keys.DUPLICATES_WINNER, icon=":material/swap_vert:",
                      on_click=choose_winner, args=(preview, row))  # fmt: skip


def label(loss: Loss) -> str:
    """One duplicate in the list to choose from."""
    text = texts.duplicate_pair(loss.row, loss.winner, loss.email, len(loss.cells), len(loss.differing))
    return f"{text} · {texts.LEFT_OUT_SUFFIX}" if loss.is_left_out else text


def fill(preview: Preview, rows: list[int] | None = None) -> None:
    """Fill the winners' blanks, from these rows or from all."""
    with widgets.notifying_errors():
        repair_flow.fill_blanks(session.engine(), **session.where(preview.record), rows=rows)


def choose_winner(preview: Preview, row: int) -> None:
    """Let this row win."""
    with widgets.notifying_errors():
        repair_flow.choose_winner(session.engine(), **session.where(preview.record), row=row)
