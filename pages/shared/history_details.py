"""One import of the history in a dialog: its facts, its mapping to look at and to use again, its report, a draft's end."""

import html
from pathlib import PurePath

import streamlit as st

from core import ids, import_list_flow, report_flow
from core.records import ColumnMapping, ImportRecord
from pages.shared import family, frames, keys, session, targets, texts, widgets


def show(record: ImportRecord) -> None:
    """Facts, mapping, and what can be done."""
    widgets.file_line(family.name_of(record), texts.STATE_LABELS[record.state])
    facts(record)
    if record.mapping is not None:
        mapping_used(record.mapping)
    actions(record)


def facts(record: ImportRecord) -> None:
    """What the record says, each fact with its name."""
    lines = {
        texts.FACT_ID: ids.import_id_text(record.id),
        texts.FACT_WHO: texts.ACTORS.get(record.created_by, record.created_by),
        texts.FACT_WHEN: texts.moment(record.created_at),
        texts.FACT_ENDED: texts.moment(record.finished_at) if record.finished_at else "",
        texts.FACT_ROWS: size(record),
        texts.FACT_RESTORE: texts.YES if record.options.restore_soft_deleted else texts.NO,
        texts.FACT_SOURCE: record.options.default_source,
        texts.FACT_FILE: texts.file_size(record.file_size) if record.file_size else "",
        "SHA-256": record.file_sha256 or "",
    }
    told = "".join(f"<dt>{name}</dt><dd>{html.escape(value)}</dd>" for name, value in lines.items() if value)
    st.html(f'<dl class="li-facts">{told}</dl>')


def size(record: ImportRecord) -> str:
    """The books of an import that ran, else how many rows it has."""
    if record.state in import_list_flow.DELETABLE:
        return texts.rows(record.row_count)
    return texts.balance(record.row_count, record.counts)


def mapping_used(used: ColumnMapping) -> None:
    """Where each column went, and the values that every row got. To look at alone."""
    st.html(f"<h2 class='li-section'>{texts.HISTORY_MAPPING}</h2>")
    lines = [(column, targets.label(target or "")) for column, target in used.targets.items()]
    lines += [(texts.fixed_value(value), targets.label(field)) for field, value in used.constants.items()]
    columns = {"Column": [column for column, _ in lines], "Goes to": [target for _, target in lines]}
    st.dataframe(frames.page_of(columns, 1), hide_index=True, key=keys.HISTORY_MAPPING,
                 column_config=frames.labelled(columns))  # fmt: skip


def actions(record: ImportRecord) -> None:
    """The report's download, the mapping for a new file, and the end of a draft."""
    is_draft, may_work = record.state in import_list_flow.DELETABLE, session.may("importer")
    pressed = []
    with st.container(key="history_actions", horizontal=True):
        if not is_draft:
            st.download_button(
                texts.REPORT_CSV, session.carried(report_flow.report_csv, session.engine(), **session.where(record)),
                file_name=f"{PurePath(record.file_name or 'import').stem}-report.csv", mime="text/csv",
                key=keys.HISTORY_CSV, icon=":material/download:", on_click="ignore",
            )  # fmt: skip
        if may_work and record.mapping is not None:
            pressed.append(st.button(texts.HISTORY_REUSE, key=keys.HISTORY_REUSE, icon=":material/library_add:",
                                     help=texts.HISTORY_REUSE_HELP, on_click=reuse, args=(record,)))  # fmt: skip
        if may_work and is_draft:
            with st.popover(texts.HISTORY_DELETE, key=keys.HISTORY_DELETE, icon=":material/delete:"):
                st.caption(texts.HISTORY_DELETE_ASK)
                pressed.append(st.button(texts.HISTORY_DELETE_YES, key=keys.HISTORY_DELETE_YES, type="primary",
                                         on_click=delete, args=(record,)))  # fmt: skip
    if any(pressed):
        st.rerun()  # closes the dialog


def reuse(record: ImportRecord) -> None:
    """The next file is mapped like this one; the page goes to where it is chosen."""
    session.close_import()
    st.session_state[keys.LIKE_IMPORT] = ids.import_id_text(record.id)
    st.session_state[keys.HISTORY_LEAVE] = True


def delete(record: ImportRecord) -> None:
    """Delete the draft; where it was the open one, nothing is open any more."""
    with widgets.notifying_errors():
        import_list_flow.delete_draft(session.engine(), **session.where(record))
        if st.session_state.get(keys.CURRENT_IMPORT) == ids.import_id_text(record.id):
            session.close_import()
