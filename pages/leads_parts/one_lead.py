"""One lead in a dialog: its fields to be changed, what happened to it, and its campaigns. The same form makes a new one."""

import html
from collections.abc import Mapping
from itertools import chain
from typing import Any, cast
from uuid import UUID

import pandas as pd
import streamlit as st

from core import activity_flow, browse_flow, fields, lead_flow
from core.export_columns import changed_custom_fields, json_cell
from core.language import say
from core.listing import LeadRecord
from core.records import Lead, LeadDraft
from pages.leads_parts import places
from pages.shared import keys, session, texts, widgets

#: Two fields in a row, as people fill them in.
ROWS = (("email", "status"), ("first_name", "last_name"), ("company", "title"), ("phone", "website"), ("linkedin_url", "source"))
NEW = Lead("", status=fields.DEFAULT_STATUS)


def open_lead(lead_id: UUID) -> None:
    """The dialog about this lead."""
    with widgets.showing_errors():
        record = lead_flow.find_lead(session.engine(), workspace_id=session.workspace_id(), lead_id=lead_id)
        st.dialog(texts.LEAD_TITLE, width="medium")(lead_dialog)(record)


def open_new() -> None:
    """The dialog for a new lead."""
    st.dialog(texts.LEAD_NEW, width="medium")(new_dialog)()


def lead_dialog(record: LeadRecord) -> None:
    """Tabs: the form, the history, the campaigns."""
    told = activity_flow.lead_activity(
        session.engine(), workspace_id=session.workspace_id(), lead_id=record.id, with_deleted=True
    )
    st.html(f'<b class="li-who">{html.escape(record.lead.email)}</b>')  # as markdown it would become a link
    fields_tab, history, campaigns = st.tabs(texts.LEAD_TABS, key=keys.LEAD_TABS)
    with fields_tab:
        edit(record)
    with history:
        lines([(one.subject, texts.moment(one.timestamp)) for one in told.activities])
    with campaigns:
        if not told.campaigns:
            st.caption(texts.LEAD_NO_CAMPAIGN)
        lines([(one.campaign_name, f"{texts.CAMPAIGN_STATUSES[one.status]} · {texts.moment(one.added_at)}") for one in told.campaigns])


def lines(pairs: list[tuple[str, str]]) -> None:
    """A list of two-part lines. Subjects hold names of campaigns and files: escaped."""
    body = "".join(f"<li><b>{html.escape(subject)}</b><span>{detail}</span></li>" for subject, detail in pairs)
    st.html(f'<ul class="li-lines">{body}</ul>')


def edit(record: LeadRecord) -> None:
    """The form of a lead; a deleted one has to be restored before it can be changed."""
    if record.deleted_at:
        st.info(texts.lead_deleted_at(texts.moment(record.deleted_at)), icon=":material/delete:")
    may_change = session.may("importer")
    form(record.id.hex, record.lead, is_disabled=record.deleted_at is not None or not may_change)
    if not may_change:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if record.deleted_at:
            done = st.button(texts.LEADS_RESTORE, key=keys.LEAD_RESTORE, type="primary", icon=":material/restore_from_trash:",
                             on_click=restore, args=(record,))  # fmt: skip
        else:
            done = st.button(texts.LEAD_SAVE, key=keys.LEAD_SAVE, type="primary", icon=":material/check:", on_click=save, args=(record,))
            done |= st.button(texts.LEADS_DELETE, key=keys.LEAD_DELETE, icon=":material/delete:", on_click=delete, args=(record,))
    close_if(done)


def new_dialog() -> None:
    """The empty form. A deleted lead with that email comes back and takes the values."""
    form("new", NEW)
    close_if(st.button(texts.LEAD_CREATE, key=keys.LEAD_SAVE, type="primary", icon=":material/person_add:", on_click=create))


def close_if(done: bool) -> None:
    """Leave the dialog where its button did its work; else say in the dialog why not."""
    if done and not session.has_notice():
        st.rerun()
    widgets.show_notice()


# --- what the buttons do --------------------------------------------------------------------------------------------


def save(record: LeadRecord) -> None:
    """Write the fields that were changed."""
    draft = read_form(record.id.hex, record.lead)
    changes = {name: value for name, value in draft.items() if value != as_held(record.lead, name)}
    with widgets.notifying_errors():
        lead_flow.update_lead(session.engine(), workspace_id=session.workspace_id(), lead_id=record.id, changes=changes)  # type: ignore[arg-type]
        tell(texts.LEAD_SAVED)


def create() -> None:
    """Make the new lead; the next one begins with an empty form."""
    with widgets.notifying_errors():
        made = lead_flow.create_lead(session.engine(), workspace_id=session.workspace_id(), draft=read_form("new", NEW))
        tell(texts.LEAD_BROUGHT_BACK if made.is_restored else texts.LEAD_CREATED)


def delete(record: LeadRecord) -> None:
    """Delete the open lead; it can be restored."""
    with widgets.notifying_errors():
        lead_flow.delete_lead(session.engine(), workspace_id=session.workspace_id(), lead_id=record.id)
        tell(texts.leads_deleted(1))


def restore(record: LeadRecord) -> None:
    """Make the open lead active again."""
    with widgets.notifying_errors():
        lead_flow.restore_lead(session.engine(), workspace_id=session.workspace_id(), lead_id=record.id)
        tell(texts.leads_restored(1))


def tell(notice: str) -> None:
    """Say what was done; the list is read again."""
    st.toast(notice)
    places.forget_selection()


# --- the form -------------------------------------------------------------------------------------------------------


def form(name: str, lead: Lead, *, is_disabled: bool = False) -> None:
    """The widgets, with the lead's values."""
    prefix = f"{keys.LEAD_FORM}_{name}"
    for row in ROWS:
        for column, field in zip(st.columns(2), row, strict=True):
            with column:
                show_field(f"{prefix}_{field}", field, lead, is_disabled)
    known, _ = browse_flow.list_filter_values(session.engine(), workspace_id=session.workspace_id())
    st.multiselect(say("Tags"), list(dict.fromkeys([*lead.tags, *known])), list(lead.tags), key=f"{prefix}_tags",
                   accept_new_options=True, disabled=is_disabled, placeholder=texts.LEAD_TAGS_HINT)  # fmt: skip
    st.text_area(say("Notes"), lead.notes or "", key=f"{prefix}_notes", disabled=is_disabled, height=80)
    st.markdown(texts.LEAD_CUSTOM)
    cells = pd.DataFrame(custom_cells(lead), columns=list(texts.LEAD_CUSTOM_COLUMNS), dtype=str)
    config = {name: st.column_config.TextColumn(label) for name, label in texts.LEAD_CUSTOM_COLUMNS.items()}
    st.data_editor(cells, key=f"{prefix}_custom", num_rows="dynamic", hide_index=True, disabled=is_disabled, column_config=config)


def read_form(name: str, lead: Lead) -> LeadDraft:
    """What the widgets hold now."""
    prefix = f"{keys.LEAD_FORM}_{name}"
    held = st.session_state
    draft = {field: held[f"{prefix}_{field}"] for field in (*chain.from_iterable(ROWS), "tags", "notes")}
    edited = apply_edits(custom_cells(lead), held[f"{prefix}_custom"])
    return cast(LeadDraft, {**draft, "custom_fields": changed_custom_fields(lead.custom_fields, edited)})


def custom_cells(lead: Lead) -> list[tuple[str, str]]:
    """Names and values of the custom fields, as they can be edited."""
    return [(name, json_cell(value)) for name, value in lead.custom_fields.items()]


def apply_edits(cells: list[tuple[str, str]], edits: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The cells after what a data_editor calls its edits: rows by position changed, taken out, added."""
    names = list(texts.LEAD_CUSTOM_COLUMNS)
    rows = [dict(zip(names, row, strict=True)) for row in cells]
    for position, changed in edits["edited_rows"].items():
        rows[int(position)].update(changed)
    kept = [row for position, row in enumerate(rows) if position not in edits["deleted_rows"]]
    return [(row.get(names[0]) or "", row.get(names[1]) or "") for row in (*kept, *edits["added_rows"])]


def show_field(key: str, field: str, lead: Lead, is_disabled: bool) -> None:
    """One field of text, or the status."""
    label, value = say(fields.FIELD_BY_KEY[field].label), getattr(lead, field) or ""
    if field == "status":
        st.selectbox(label, fields.STATUSES, fields.STATUSES.index(value), key=key, format_func=texts.STATUS_NAMES.get,
                     disabled=is_disabled)  # fmt: skip
    else:
        placeholder = fields.DEFAULT_SOURCE["manual"] if field == "source" else None
        st.text_input(label, value, key=key, disabled=is_disabled, placeholder=placeholder)


def as_held(lead: Lead, field: str) -> object:
    """The lead's value as an untouched widget holds it."""
    value = getattr(lead, field)
    return list(value) if field == "tags" else value if value is not None else ""
