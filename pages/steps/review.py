"""Step 3: what Import would do, row by row, with cells to correct and choices to make."""

from dataclasses import replace

import streamlit as st

from core import draft_flow, reporting, run_flow
from core.draft_flow import MAX_PART_ROWS
from core.records import ImportRecord, Preview, Table
from pages.shared import frames, keys, session, texts, widgets

EDITOR_VERSION = "review_editor_version"  # a new version of the editor starts without pending edits


def show(record: ImportRecord) -> None:
    """The totals of the dry run, the contact limit, the tables, and the one button."""
    table = draft_flow.load_table(session.engine(), **session.where(record))
    preview = draft_flow.preview(session.engine(), **session.where(record))
    tables = outcome_tables(preview, table)

    widgets.title(texts.REVIEW_TITLE, texts.REVIEW_LEAD)
    widgets.file_line(record.file_name, texts.table_size(record.row_count, len(table.columns)))
    widgets.totals([
        ("To create", preview.plan.counts["created"], ":material/person_add:"),
        ("To restore", preview.plan.counts["restored"], ":material/history:"),
        ("Duplicates in file", frames.length(tables["file_duplicates"]), ":material/content_copy:"),
        ("Already there", frames.length(tables["existing"]), ":material/group:"),
        ("Errors", preview.plan.counts["error"], ":material/error:"),
    ])  # fmt: skip
    limit, options = st.columns([3, 2])
    with limit.container(border=True, height="stretch"):
        widgets.quota_card(preview.quota)
    with options.container(border=True, height="stretch"):
        restore_switch(record)
    show_tables(preview, tables)
    actions(preview)


def outcome_tables(preview: Preview, table: Table) -> dict[str, dict[str, list]]:
    """The tables of the tabs, by name, as columns."""
    decisions = preview.plan.decisions
    return {
        "problems": reporting.problems_table(preview),
        "file_duplicates": reporting.file_duplicates_table(decisions),
        "existing": reporting.existing_duplicates_table(decisions),
        "restored": reporting.restored_table(decisions),
        "created": reporting.created_table(decisions),
        "not_imported": reporting.not_imported_table(decisions),
        "warnings": reporting.warnings_table(preview.warnings),
    }


def restore_switch(record: ImportRecord) -> None:
    """The choice whether deleted leads come back."""
    st.html(f"<div class='li-card-title'>{texts.OPTIONS_TITLE}</div>")
    st.session_state[keys.REVIEW_RESTORE] = record.options.restore_soft_deleted
    st.toggle(texts.REVIEW_RESTORE, key=keys.REVIEW_RESTORE, help=texts.REVIEW_RESTORE_HELP,
              on_change=save_restore, args=(record,))  # fmt: skip


def save_restore(record: ImportRecord) -> None:
    """Keep the choice in the draft."""
    options = replace(record.options, restore_soft_deleted=st.session_state[keys.REVIEW_RESTORE])
    with widgets.notifying_errors():
        draft_flow.save_options(session.engine(), **session.where(record), options=options)


TABS = {
    "problems": "Problems",
    "file_duplicates": "Duplicates in file",
    "existing": "Already in workspace",
    "restored": "Restores",
    "created": "Will be created",
    "not_imported": "Left out",
    "warnings": "Warnings",
}
#: Shown only where there is something in them: most files have neither.
RARE_TABS = ("not_imported", "warnings")


def show_tables(preview: Preview, tables: dict[str, dict[str, list]]) -> None:
    """A tab per outcome with its count, problems first."""
    names = [name for name in TABS if name not in RARE_TABS or frames.length(tables[name])]
    counts = {**{name: frames.length(tables[name]) for name in names}, "restored": preview.plan.counts["restored"]}
    tabs = st.tabs([texts.tab(TABS[name], counts[name]) for name in names], key=keys.REVIEW_TABS)
    for name, tab in zip(names, tabs, strict=True):
        with tab:
            if name == "problems":
                problems(preview, tables[name])
            else:
                widgets.paged_table(tables[name], key=f"{keys.REVIEW_TABLE}_{name}", empty=name)
            if name == "not_imported":
                st.button(texts.SKIPPED_UNDO, key="review_skipped_undo", icon=":material/undo:",
                          on_click=take_back_rows, args=(preview.record,))  # fmt: skip
    corrections(preview.record)


def problems(preview: Preview, columns: dict[str, list]) -> None:
    """One line per problem cell; the new value and the tick are saved and checked as soon as they are entered."""
    if not frames.length(columns):
        widgets.empty_state(*texts.EMPTY["problems"])
        return
    st.caption(texts.PROBLEMS_HELP)
    pages = frames.page_count(columns)
    page = st.pagination(pages, key=keys.REVIEW_PROBLEMS_PAGE) if pages > 1 else 1
    shown = frames.page_of(columns, page)
    bad = frames.BAD_CELL[frames.theme()]
    key = f"{keys.REVIEW_PROBLEMS}_{st.session_state.setdefault(EDITOR_VERSION, 0)}_{page}"
    with st.container(key=keys.REVIEW_PROBLEMS):
        st.data_editor(
            shown.style.map(lambda _: bad, subset=["In the file"]),
            key=key,
            hide_index=True,
            disabled=[name for name in shown if name not in ("New value", "Leave out")],
            column_config={
                "Row": widgets.ROW_COLUMN,
                "Column": st.column_config.TextColumn(width=110),
                "Problem": st.column_config.TextColumn(width=375),
                "In the file": st.column_config.TextColumn(width=160),
                "New value": st.column_config.TextColumn(width=180),
                "Leave out": st.column_config.CheckboxColumn(width=85),
            },
            on_change=save_edits,
            args=(preview.record, shown, key),
        )  # fmt: skip


def save_edits(record: ImportRecord, shown, key: str) -> None:
    """Keep the user's edits in the draft; the run that follows checks them."""
    edits = frames.read_problem_edits(shown, st.session_state[key]["edited_rows"])
    place = session.where(record)
    with widgets.notifying_errors():
        if edits.corrections:
            draft_flow.correct_cells(session.engine(), **place, corrections=edits.corrections)
        if edits.leave_out:
            draft_flow.skip_rows(session.engine(), **place, rows=edits.leave_out, skip=True)
        if edits.take_back:
            draft_flow.skip_rows(session.engine(), **place, rows=edits.take_back, skip=False)
    st.session_state[EDITOR_VERSION] += 1


def corrections(record: ImportRecord) -> None:
    """How many cells were changed, with the way back."""
    cells = sum(map(len, record.corrections.values()))
    if cells:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f":material/edit: {texts.corrections_made(cells)}")
            st.button(texts.CORRECTIONS_UNDO, key="review_corrections_undo", type="tertiary", icon=":material/undo:",
                      on_click=undo_corrections, args=(record,))  # fmt: skip


def undo_corrections(record: ImportRecord) -> None:
    """Take every corrected cell back to what the file says."""
    nothing = {row: dict.fromkeys(cells) for row, cells in record.corrections.items()}
    with widgets.notifying_errors():
        draft_flow.correct_cells(session.engine(), **session.where(record), corrections=nothing)
    st.session_state[EDITOR_VERSION] = st.session_state.get(EDITOR_VERSION, 0) + 1


def take_back_rows(record: ImportRecord) -> None:
    """Import the rows again that were left out."""
    with widgets.notifying_errors():
        draft_flow.skip_rows(session.engine(), **session.where(record), rows=record.skipped_rows, skip=False)


def actions(preview: Preview) -> None:
    """Back and Import. A long file needs the choice to go in parts; one over the limit cannot go as a whole."""
    rows = preview.record.row_count
    is_long = rows > MAX_PART_ROWS
    in_parts = False
    if is_long:
        st.info(f"**{texts.too_many_rows(rows)}** {texts.IN_PARTS_HELP}", icon=":material/splitscreen:")
        in_parts = st.checkbox(texts.in_parts(-(-rows // MAX_PART_ROWS)), key=keys.REVIEW_IN_PARTS)
    if not preview.quota.fits:
        st.error(texts.quota_sentence(preview.quota), icon=":material/group_off:")
    can_start = in_parts if is_long else preview.quota.fits
    with st.container(key="review_actions", horizontal=True, horizontal_alignment="distribute"):
        widgets.show_step("map", texts.BACK, key=keys.REVIEW_BACK, icon=":material/arrow_back:")
        st.button(texts.import_button(preview.plan.added), key=keys.REVIEW_IMPORT, type="primary", disabled=not can_start,
                  icon=":material/play_arrow:", on_click=start, args=(preview.record, in_parts))  # fmt: skip


def start(record: ImportRecord, in_parts: bool) -> None:
    """Start the import; a second press finds it running."""
    with widgets.notifying_errors():
        run_flow.start_import(session.engine(), **session.where(record), in_parts=in_parts)
        session.go_to("import")
