"""Step 3: what Import would do, row by row, with cells to correct and choices to make."""

from dataclasses import replace

import streamlit as st

from core import draft_flow, reporting, run_flow
from core.draft_flow import MAX_PART_ROWS
from core.records import ImportRecord, Preview, Table
from pages.shared import frames, keys, session, texts, widgets
from pages.steps import review_cleaning, review_duplicates, review_problems


def show(record: ImportRecord) -> None:
    """The totals of the dry run, the contact limit, the tables, and the one button."""
    table = draft_flow.load_table(session.engine(), **session.where(record))
    preview = draft_flow.preview(session.engine(), **session.where(record))
    tables = outcome_tables(preview, table)

    widgets.title(texts.REVIEW_TITLE, texts.REVIEW_LEAD)
    widgets.file_line(record.file_name, texts.table_size(record.row_count, len(table.columns)))
    widgets.totals([card for card in cards(preview, tables) if card[0] != "not_imported" or card[2]])
    limit, options = st.columns([3, 2])
    with limit.container(border=True, height="stretch"):
        widgets.quota_card(preview.quota)
    with options.container(border=True, height="stretch"):
        restore_switch(record)
    review_cleaning.card(preview)
    show_tables(preview, tables, table)
    actions(preview)


def cards(preview: Preview, tables: dict[str, dict[str, list]]) -> list[tuple[str, str, int, str]]:
    """The totals: together they are the rows of the file."""
    counts, labels = preview.plan.counts, texts.REVIEW_TOTALS
    return [
        ("created", labels["created"], counts["created"], ":material/person_add:"),
        ("restored", labels["restored"], counts["restored"], ":material/history:"),
        ("file_duplicates", labels["file_duplicates"], frames.length(tables["file_duplicates"]), ":material/content_copy:"),
        ("existing", labels["existing"], frames.length(tables["existing"]), ":material/group:"),
        ("error", labels["error"], counts["error"], ":material/error:"),
        ("not_imported", labels["not_imported"], counts["not_imported"], ":material/block:"),
    ]


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


#: Shown only where there is something in them: most files have neither.
RARE_TABS = ("not_imported", "warnings")


def show_tables(preview: Preview, tables: dict[str, dict[str, list]], table: Table) -> None:
    """A tab per outcome with its count, problems first."""
    names = [name for name in texts.REVIEW_TABS if name not in RARE_TABS or frames.length(tables[name])]
    counts = {**{name: frames.length(tables[name]) for name in names}, "restored": preview.plan.counts["restored"]}
    tabs = widgets.counted_tabs({name: texts.REVIEW_TABS[name] for name in names}, counts, key=keys.REVIEW_TABS)
    for name, tab in tabs.items():
        with tab:
            if name == "problems":
                review_problems.show(preview, table)
            elif name == "file_duplicates":
                review_duplicates.show(preview, table)
            elif name == "warnings":
                review_cleaning.warnings(preview)
            else:
                widgets.paged_table(tables[name], key=f"{keys.REVIEW_TABLE}_{name}", empty=name)
            if name == "not_imported":
                st.button(texts.SKIPPED_UNDO, key=keys.REVIEW_TAKE_BACK, icon=":material/undo:",
                          on_click=take_back_rows, args=(preview.record,))  # fmt: skip
    review_problems.corrections(preview.record, table)


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
    if not preview.quota.fits and is_long:
        st.warning(texts.over_limit_in_parts(preview.quota), icon=":material/group_off:")
    elif not preview.quota.fits:
        st.error(texts.over_limit(preview.quota), icon=":material/group_off:")
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
