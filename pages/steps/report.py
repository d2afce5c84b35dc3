"""Step 5: what happened to every row, and the files to take along."""

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from core import report_flow, reporting, run_flow
from core.drift import Drift, drift_of, drift_table
from core.records import ImportRecord, Report
from pages.shared import campaign_box, family, frames, keys, sentence_table, session, texts, widgets
from pages.steps import report_twin, report_undo, review_limit


def show(record: ImportRecord) -> None:
    """The balance, the totals, a picture, a table per outcome, and the downloads."""
    report_undo.carry_out(record)
    report = report_flow.load_report(session.engine(), **session.where(record))
    widgets.title(texts.REPORT_TITLES[record.state], texts.balance(record.row_count, record.counts))
    widgets.file_line(record.file_name, finished(record))
    failure(record)
    family.show(record)
    drifts = drift_of(report)
    if drifts:
        st.info(texts.drift_sentence(len(drifts)), icon=":material/published_with_changes:")
    report_undo.story(record)
    widgets.totals(
        [
            (outcome, texts.OUTCOME_LABELS[outcome], record.counts[outcome], icon)
            for outcome, icon in ICONS.items()
            if outcome != "not_imported" or record.counts[outcome]
        ]
    )
    widgets.outcome_bar(record.counts)
    downloads(report)
    campaign_box.campaigns_box(record)
    show_tables(report, drifts)
    report_twin.show(record)


#: Tabs whose tables tell something in sentences -> the columns that hold them.
SENTENCES = {"errors": ("Problem", "What to do"), "drift": ("Why",)}
#: Shown only where there is something in them.
RARE_TABS = ("not_imported", "drift")
ICONS = {
    "created": ":material/person_add:",
    "restored": ":material/history:",
    "duplicate": ":material/content_copy:",
    "error": ":material/error:",
    "not_imported": ":material/block:",
}


def finished(record: ImportRecord) -> str:
    """When the import ended, as the visitor's clock shows it is not known to the server: UTC."""
    return texts.moment(record.finished_at) if record.finished_at else ""


def failure(record: ImportRecord) -> None:
    """Why an import stopped before its end, and the way to go on."""
    if record.failure is None:
        return
    message, hint = reporting.why_stopped(record.failure)
    st.error(f"**{widgets.escape(message)}** {widgets.escape(hint)}", icon=":material/error:")
    if record.state == "failed" and session.may("importer"):
        st.button(texts.TRY_AGAIN, key=keys.REPORT_TRY_AGAIN, type="primary", icon=":material/refresh:",
                  on_click=try_again, args=(record,))  # fmt: skip


def try_again(record: ImportRecord) -> None:
    """Go on with the rows that are not in yet."""
    with widgets.notifying_errors():
        run_flow.resume_import(session.engine(), **session.where(record))
        session.go_to("import")


def downloads(report: Report) -> None:
    """The files, made when they are asked for, and the way to the next import."""
    record = report.record
    stem = PurePath(record.file_name or "import").stem
    place = session.where(record)
    with st.container(key="report_actions", horizontal=True):
        st.download_button(texts.REPORT_CSV, session.carried(report_flow.report_csv, session.engine(), **place),
                           file_name=f"{stem}-report.csv", mime="text/csv", key=keys.REPORT_CSV,
                           icon=":material/download:", on_click="ignore",
                           type="secondary" if record.state == "failed" else "primary")  # fmt: skip
        if record.door == "wizard" and any(map(reporting.is_failed, report.decisions)):
            st.download_button(texts.REPORT_FAILED_CSV, session.carried(report_flow.failed_rows_csv, session.engine(), **place),
                               file_name=f"{stem}-failed-rows.csv", mime="text/csv", key=keys.REPORT_FAILED_CSV, help=texts.REPORT_FAILED_HELP,
                               icon=":material/download:", on_click="ignore")  # fmt: skip
        if reporting.with_code(report.decisions, "row-parked"):
            review_limit.download(record, key=keys.REPORT_PARKED_CSV)
        if session.may("importer"):
            report_undo.ask(record)
            widgets.start_another()


def show_tables(report: Report, drifts: Sequence[Drift]) -> None:
    """A tab per outcome with its count; the row numbers are those of the file."""
    decisions = report.decisions
    tables = {
        "created": reporting.created_table(decisions),
        "restored": reporting.restored_table(decisions),
        "file_duplicates": reporting.file_duplicates_table(decisions),
        "existing": reporting.existing_duplicates_table(decisions),
        "errors": reporting.errors_table(decisions),
        "not_imported": reporting.not_imported_table(decisions),
        "drift": drift_table(drifts),
    }
    counts = {**{name: frames.length(columns) for name, columns in tables.items()},
              "restored": report.record.counts["restored"], "errors": report.record.counts["error"]}  # fmt: skip
    shown = {name: label for name, label in texts.REPORT_TABS.items() if name not in RARE_TABS or counts[name]}
    for name, tab in widgets.counted_tabs(shown, counts, key=keys.REPORT_TABS).items():
        with tab:
            key = f"{keys.REPORT_TABLE}_{name}"
            if name in SENTENCES:
                sentence_table.show(tables[name], key=key, empty=name, sentences=SENTENCES[name])
            else:
                widgets.paged_table(tables[name], key=key, empty=name)
