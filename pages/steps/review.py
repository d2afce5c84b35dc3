"""Step 3: what Import would do, row by row, with cells to correct and choices to make."""

from dataclasses import replace

import streamlit as st

from core import draft_flow, planning, reporting, run_flow
from core.continuing import ALREADY_IMPORTED
from core.draft_flow import MAX_PART_ROWS
from core.drift import SeenPlan, see_plan
from core.planning import PartsFit
from core.records import FILLED, ImportRecord, Preview, Table
from pages.shared import frames, keys, session, texts, widgets
from pages.steps import (
    review_cleaning,
    review_duplicates,
    review_existing,
    review_limit,
    review_problems,
    review_restores,
)


def show(record: ImportRecord) -> None:
    """The totals of the dry run, the contact limit, the tables, and the one button."""
    table = draft_flow.load_table(session.engine(), **session.where(record))
    preview = draft_flow.preview(session.engine(), **session.where(record))
    tables = outcome_tables(preview, table)

    widgets.title(texts.REVIEW_TITLE, texts.REVIEW_LEAD)
    widgets.file_line(record.file_name, texts.table_size(record.row_count, len(table.columns)))
    widgets.totals([card for card in cards(preview, tables) if card[0] not in RARE_CARDS or card[2]])
    limit, options = st.columns([3, 2])
    with limit.container(border=True, height="stretch"):
        widgets.quota_card(preview.quota)
    with options.container(border=True, height="stretch"):
        restore_switch(record)
        review_existing.switch(record)
    review_limit.card(preview, table)
    review_cleaning.card(preview)
    show_tables(preview, tables, table)
    actions(preview)


#: Shown only where there is something to count: most files have none of them.
RARE_CARDS = ("unconfirmed", "not_imported", "parked")


def cards(preview: Preview, tables: dict[str, dict[str, list]]) -> list[tuple[str, str, int, str]]:
    """The totals: together they are the rows of the file."""
    counts, labels = preview.plan.counts, texts.REVIEW_TOTALS
    return [
        ("created", labels["created"], counts["created"], ":material/person_add:"),
        ("restored", labels["restored"], counts["restored"], ":material/history:"),
        ("unconfirmed", labels["unconfirmed"], frames.length(tables["unconfirmed"]), ":material/check_box_outline_blank:"),
        ("file_duplicates", labels["file_duplicates"], frames.length(tables["file_duplicates"]), ":material/content_copy:"),
        ("existing", labels["existing"], frames.length(tables["existing"]), ":material/group:"),
        ("error", labels["error"], counts["error"], ":material/error:"),
        ("not_imported", labels["not_imported"], frames.length(tables["not_imported"]), ":material/block:"),
        ("parked", labels["parked"], frames.length(tables["parked"]), ":material/inventory_2:"),
    ]


def outcome_tables(preview: Preview, table: Table) -> dict[str, dict[str, list]]:
    """The tables of the tabs, by name, as columns; and that of the restores that wait for their tick, to be counted."""
    decisions = preview.plan.decisions
    existing = ("duplicate-existing", "duplicate-deleted", FILLED)
    return {
        "problems": reporting.problems_table(preview),
        "file_duplicates": reporting.file_duplicates_table(decisions),
        "existing": reporting.existing_duplicates_table(reporting.with_code(decisions, *existing)),
        "unconfirmed": reporting.existing_duplicates_table(reporting.with_code(decisions, "restore-not-confirmed")),
        "created": reporting.created_table(decisions),
        "not_imported": reporting.not_imported_table(reporting.with_code(decisions, "row-skipped", ALREADY_IMPORTED)),
        "parked": reporting.not_imported_table(reporting.with_code(decisions, "row-parked")),
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


#: Shown only where there is something in them: most files have none of them.
RARE_TABS = ("not_imported", "parked", "warnings")


def show_tables(preview: Preview, tables: dict[str, dict[str, list]], table: Table) -> None:
    """A tab per outcome with its count, problems first."""
    counts = {name: frames.length(columns) for name, columns in tables.items()}
    counts["restored"] = preview.plan.counts["restored"] + counts["unconfirmed"]
    names = [name for name in texts.REVIEW_TABS if name not in RARE_TABS or counts[name]]
    tabs = widgets.counted_tabs({name: texts.REVIEW_TABS[name] for name in names}, counts, key=keys.REVIEW_TABS)
    for name, tab in tabs.items():
        with tab:
            if name == "problems":
                review_problems.show(preview, table)
            elif name == "file_duplicates":
                review_duplicates.show(preview, table)
            elif name == "existing" and tab.open:  # it reads what the stored leads hold
                review_existing.show(preview)
            elif name == "restored":
                review_restores.show(preview)
            elif name == "parked":
                review_limit.tab(preview.record, tables[name])
            elif name == "warnings":
                review_cleaning.warnings(preview)
            else:
                widgets.paged_table(tables[name], key=f"{keys.REVIEW_TABLE}_{name}", empty=name)
            if name == "not_imported" and preview.record.skipped_rows:
                st.button(texts.SKIPPED_UNDO, key=keys.REVIEW_TAKE_BACK, icon=":material/undo:",
                          on_click=take_back_rows, args=(preview.record,))  # fmt: skip
    review_problems.corrections(preview.record, table)


def take_back_rows(record: ImportRecord) -> None:
    """Import the rows again that were left out."""
    with widgets.notifying_errors():
        draft_flow.skip_rows(session.engine(), **session.where(record), rows=record.skipped_rows, skip=False)


def actions(preview: Preview) -> None:
    """Back and Import. A long file needs the choice to go in parts; what does not fit at all cannot be started."""
    record, quota = preview.record, preview.quota
    decisions = preview.plan.decisions
    is_long = record.row_count > MAX_PART_ROWS
    fit = PartsFit(record.part_count, quota.added)
    in_parts = False
    if is_long:
        st.info(f"**{texts.too_many_rows(record.row_count)}** {texts.IN_PARTS_HELP}", icon=":material/splitscreen:")
        in_parts = st.checkbox(texts.in_parts(record.part_count), key=keys.REVIEW_IN_PARTS)
    if not quota.fits and is_long:
        fit = planning.count_parts_that_fit(decisions, quota.free, part_rows=MAX_PART_ROWS)
        st.warning(texts.over_limit_in_parts(quota, fit.parts + 1, fit.leads), icon=":material/group_off:")
    elif not quota.fits:
        st.error(texts.over_limit(quota), icon=":material/group_off:")
    filled = len(reporting.with_code(decisions[: fit.parts * MAX_PART_ROWS], FILLED))
    can_start = (in_parts or not is_long) and (quota.fits or (is_long and fit.leads > 0))
    with st.container(key="review_actions", horizontal=True, horizontal_alignment="distribute"):
        widgets.show_step("map", texts.BACK, key=keys.REVIEW_BACK, icon=":material/arrow_back:")
        st.button(texts.import_button(fit.leads or quota.added, filled), key=keys.REVIEW_IMPORT, type="primary", disabled=not can_start,
                  icon=":material/play_arrow:", on_click=start, args=(record, in_parts, see_plan(preview)))  # fmt: skip


def start(record: ImportRecord, in_parts: bool, seen: SeenPlan) -> None:
    """Start the import as it was seen; a second press finds it running."""
    with widgets.notifying_errors():
        run_flow.start_import(session.engine(), **session.where(record), in_parts=in_parts, seen=seen)
        session.go_to("import")
