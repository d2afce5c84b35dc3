"""The workspace's leads: find them, open one, act on a selection, take the list along."""

import streamlit as st

from core import browse_flow, download_links
from core.listing import LeadFilter, LeadPage, LeadRecord, LeadSort
from pages.leads_parts import all_matching, filters, one_lead, places, selection
from pages.shared import keys, session, texts, widgets

PAGE_SIZE = 50
#: What is drawn without scrolling inside the table; header and rows are 35 pixels high.
MAX_SHOWN_ROWS = 18
ROW_PX = 35
#: Of columns that Streamlit would make too narrow: it goes by the first values alone.
WIDTHS = {"title": 135, "status": 112}


def show() -> None:
    """Heading, filters, table, pages; or the empty state."""
    head = st.container(key="leads_head", horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute")
    with head:
        widgets.title(texts.LEADS_TITLE, texts.LEADS_LEAD)
    widgets.show_notice()
    where, sort = filters.show()
    place = {"workspace_id": session.workspace_id(), "where": where}
    with widgets.showing_errors():
        count = browse_flow.count_leads(session.engine(), **place)
        page = browse_flow.browse_leads(session.engine(), **place, sort=sort, after=places.current().after, size=PAGE_SIZE)
        with head:
            actions(where, is_empty=not page.items)
        counted = texts.leads_counted(count, is_deleted=where.is_deleted, is_narrow=where != LeadFilter(is_deleted=where.is_deleted))
        above = st.container(key="leads_actions", horizontal=True, vertical_alignment="center")
        if page.sort != sort:
            st.caption(texts.LEADS_TOO_LONG_TO_SORT)
        if page.items:
            selected = table(page.items)
            with above:
                selection.show(selected, where, counted)
                if page.next or not places.is_first():  # else the table's own box selects all
                    all_matching.offer(where, count)
        else:
            above.caption(counted)
            nothing(page, where)
        pager(page, sort)


def actions(where: LeadFilter, *, is_empty: bool) -> None:
    """The ways to make a lead, and to take the list along."""
    with st.container(horizontal=True, width="content"):
        if not is_empty:
            wish = download_links.sign_export(workspace_id=session.workspace_id(), where=where)
            st.link_button(texts.LEADS_EXPORT, f"{download_links.EXPORT_PATH}?wish={wish}", key=keys.LEADS_EXPORT,
                           icon=":material/download:")  # fmt: skip
        if session.may("importer") and st.button(texts.LEADS_ADD, key=keys.LEADS_ADD, type="primary",
                                                 icon=":material/person_add:"):  # fmt: skip
            one_lead.open_new()


def table(items: tuple[LeadRecord, ...]) -> list[LeadRecord]:
    """The page as a table; the leads that are selected in it."""
    columns = {
        "email": [record.lead.email for record in items],
        "name": [" ".join(filter(None, (record.lead.first_name, record.lead.last_name))) for record in items],
        "company": [record.lead.company or "" for record in items],  # "None" would be shown
        "title": [record.lead.title or "" for record in items],
        "status": [texts.STATUS_NAMES[record.lead.status or ""] for record in items],
        "tags": [list(record.lead.tags) for record in items],
        "source": [record.lead.source for record in items],
        "created": [record.created_at for record in items],
        "changed": [record.updated_at for record in items],
    }
    config = {name: st.column_config.Column(label) for name, label in texts.LEADS_COLUMNS.items()}
    for name, width in WIDTHS.items():
        config[name] = st.column_config.Column(texts.LEADS_COLUMNS[name], width=width)
    config["tags"] = st.column_config.ListColumn(texts.LEADS_COLUMNS["tags"])
    for name in ("created", "changed"):
        config[name] = st.column_config.DatetimeColumn(texts.LEADS_COLUMNS[name], format=texts.LEADS_DATE_FORMAT)
    chosen = st.dataframe(
        columns,
        key=f"{keys.LEADS_TABLE}_{places.version()}",
        column_config=config,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height=ROW_PX * (min(len(items), MAX_SHOWN_ROWS) + 1) + 3,
    )
    return [items[row] for row in chosen.selection.rows if row < len(items)]


def nothing(page: LeadPage, where: LeadFilter) -> None:
    """Why there is no lead here, and what to do."""
    if not page.is_full:
        widgets.empty_state(*texts.LEADS_NONE_SO_FAR)
    elif where != LeadFilter(is_deleted=where.is_deleted):
        widgets.empty_state(*texts.LEADS_NONE_FOUND)
    elif where.is_deleted:
        widgets.empty_state(*texts.LEADS_NONE_DELETED)
    else:
        widgets.empty_state(*texts.LEADS_NONE)
        st.page_link("import_wizard.py", label=texts.HISTORY_START, icon=":material/upload_file:")


def pager(page: LeadPage, sort: LeadSort) -> None:
    """The way to the pages before and after, where there are any."""
    place = places.current()
    shown = place.shown + len(page.items)
    if places.is_first() and page.next is None:
        return
    with st.container(key="leads_pager", horizontal=True, vertical_alignment="center", horizontal_alignment="center"):
        st.button(texts.LEADS_PREVIOUS, key=keys.LEADS_PREVIOUS, icon=":material/chevron_left:", disabled=places.is_first(),
                  on_click=places.go_back)  # fmt: skip
        st.html(f'<span class="li-range">{texts.leads_range(place.shown, shown)}</span>', width="content")
        label = texts.LEADS_NEXT if page.is_full else texts.LEADS_SEARCH_ON
        st.button(label, key=keys.LEADS_NEXT, icon=":material/chevron_right:", icon_position="right",
                  disabled=page.next is None, on_click=places.go_on, args=(page.next, shown))  # fmt: skip


show()
