"""Which leads are shown: search, active or deleted, order, and what else narrows the list."""

from typing import Any
from uuid import UUID

import streamlit as st

from core import browse_flow, campaign_flow, fields, ids, import_list_flow
from core.import_list_flow import ImportFilter
from core.listing import LEAD_SORTS, MAX_PAGE_SIZE, LeadFilter, LeadSort
from pages.leads_parts import places
from pages.shared import keys, session, texts

#: Imports to choose from, newest first.
MAX_IMPORTS = 50
NARROWING = (keys.LEADS_STATUS, keys.LEADS_TAGS, keys.LEADS_SOURCE, keys.LEADS_CAMPAIGN, keys.LEADS_IMPORT)
KEPT = {"persist_state": "session", "on_change": places.restart}


def show() -> tuple[LeadFilter, LeadSort]:
    """The widgets, and what they say."""
    take_address()
    with st.container(key="leads_bar", horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(texts.LEADS_SEARCH, key=keys.LEADS_SEARCH, placeholder=texts.LEADS_SEARCH_EXAMPLE,
                               icon=":material/search:", label_visibility="collapsed", max_chars=200, width=340, **KEPT)  # fmt: skip
        with st.popover(filters_label(), icon=":material/filter_list:", key=keys.LEADS_FILTERS):
            chosen = narrow()
        sort = st.selectbox(texts.LEADS_SORT, LEAD_SORTS, key=keys.LEADS_SORT, format_func=texts.LEADS_SORTS.get,
                            label_visibility="collapsed", width=190, **KEPT)  # fmt: skip
        state = st.segmented_control(texts.LEADS_STATE, list(texts.LEADS_STATES), key=keys.LEADS_STATE, default="active",
                                     required=True, format_func=texts.LEADS_STATES.get, label_visibility="collapsed", **KEPT)  # fmt: skip
    return LeadFilter(is_deleted=state == "deleted", search=search or "", **chosen), sort or "newest"


def narrow() -> dict[str, Any]:
    """The rarer filters, in a box of their own."""
    engine, place = session.engine(), {"workspace_id": session.workspace_id()}
    tags, sources = browse_flow.list_filter_values(engine, **place)
    campaigns = {one.id.hex: one.name for one in campaign_flow.list_campaigns(engine, **place, page_size=MAX_PAGE_SIZE).items}
    latest = import_list_flow.list_imports(engine, **place, wanted=ImportFilter(states=("done", "failed")), limit=MAX_IMPORTS).records
    imports = {one.id.hex: texts.import_choice(one.file_name or ids.import_id_text(one.id), one.created_at)
               for one in latest if one.counts["created"] or one.counts["restored"]}  # fmt: skip
    any_one = {"index": None, "placeholder": texts.LEADS_ANY}
    status = st.selectbox(texts.LEADS_STATUS, fields.STATUSES, key=keys.LEADS_STATUS, format_func=texts.STATUS_NAMES.get, **any_one, **KEPT)
    wanted = st.multiselect(texts.LEADS_TAGS, options_with(tags, keys.LEADS_TAGS), key=keys.LEADS_TAGS, accept_new_options=True,
                            placeholder=texts.LEADS_ANY, **KEPT)  # fmt: skip
    source = st.selectbox(texts.LEADS_SOURCE, options_with(sources, keys.LEADS_SOURCE), key=keys.LEADS_SOURCE, accept_new_options=True, **any_one, **KEPT)
    campaign = st.selectbox(texts.LEADS_CAMPAIGN, options_with(campaigns, keys.LEADS_CAMPAIGN), key=keys.LEADS_CAMPAIGN,
                            format_func=lambda one: campaigns.get(one, texts.LEADS_OTHER_CAMPAIGN), **any_one, **KEPT)  # fmt: skip
    of_import = st.selectbox(texts.LEADS_IMPORT, options_with(imports, keys.LEADS_IMPORT), key=keys.LEADS_IMPORT,
                             format_func=lambda one: imports.get(one, texts.LEADS_OTHER_IMPORT), **any_one, **KEPT)  # fmt: skip
    st.button(texts.LEADS_CLEAR, key=keys.LEADS_CLEAR, icon=":material/filter_list_off:", on_click=clear, width="stretch",
              disabled=not active_filters())  # fmt: skip
    return {
        "status": status,
        "tags": tuple(wanted),
        "source": source or "",
        "campaign_id": UUID(hex=campaign) if campaign else None,
        "import_id": UUID(hex=of_import) if of_import else None,
    }


def options_with(known: Any, key: str) -> list[str]:
    """The choices, and what is chosen already though it is none of them: typed before, or too old to be listed."""
    chosen = st.session_state.get(key) or ()
    return [*known, *(one for one in ([chosen] if isinstance(chosen, str) else chosen) if one not in known)]


def active_filters() -> int:
    """How many of the rarer filters narrow the list."""
    return sum(bool(st.session_state.get(key)) for key in NARROWING)


def filters_label() -> str:
    """The box's name, with how many filters in it are set."""
    return texts.filters_label(active_filters())


def clear() -> None:
    """Take all rarer filters off."""
    for key in NARROWING:
        st.session_state[key] = [] if key == keys.LEADS_TAGS else None
    places.restart()


def take_address() -> None:
    """What the address asks for becomes the filter: ``?campaign=cmp_…`` or ``?import=imp_…``, from other screens' links."""
    links = ((keys.QUERY_CAMPAIGN, keys.LEADS_CAMPAIGN, ids.parse_campaign_id), (keys.QUERY_IMPORT, keys.LEADS_IMPORT, ids.parse_import_id))
    for name, key, parse in links:
        if (text := st.query_params.get(name)) and (found := parse(text)):
            clear()
            st.session_state[key] = found.hex
            del st.query_params[name]
