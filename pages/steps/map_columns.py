"""Step 2: where each column of the file goes."""

import html
from dataclasses import replace

import streamlit as st

from core import draft_flow, mapping, mapping_checks
from core.records import ColumnMapping, ImportRecord, Proposal, Suggestion, Table
from pages.shared import keys, last_list, same_file, session, targets, texts, widgets
from pages.steps import map_extras, map_statuses

COLUMNS_PER_PAGE = 25  # a file may have 200 columns; this many select boxes are drawn at once


def show(record: ImportRecord) -> None:
    """One line per column with samples, target and reason; Next is there when nothing stands against it."""
    table = draft_flow.load_table(session.engine(), **session.where(record))
    proposal = draft_flow.propose(session.engine(), **session.where(record))
    current = record.mapping or proposal.mapping
    suggestions = suggestions_for(record, proposal, current)
    problems = mapping_checks.check_mapping(current, table.columns)

    widgets.title(texts.MAP_TITLE, texts.MAP_LEAD)
    file_summary(record, table)
    same_file.show(record)
    last_list.show(record)
    map_extras.preset_line(record, proposal, current, save)
    widgets.show_issues(table.issues)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        chosen = pick_columns(suggestions, current)
        custom_switch(record, current, table)
    rows = st.container(key="map_rows", gap=None)
    shown = page_of(chosen)
    with rows:
        heads()
        for position, suggestion in shown:
            column_row(record, current, table, position, suggestion)
        map_extras.fixed_rows(record, current, save)
    map_extras.add_fixed(record, current, save)
    map_statuses.show(record, current, table, save)
    for problem in problems:
        st.error(widgets.escape(problem.message), icon=":material/error:")
    actions(record, current, is_complete=not problems)


def suggestions_for(record: ImportRecord, proposal: Proposal, current: ColumnMapping) -> tuple[Suggestion, ...]:
    """Our suggestions; where last time's mapping is followed, they say so instead of giving our reasons."""
    if current != proposal.remembered or not map_extras.is_from_before(record, proposal):
        return proposal.suggestions
    return tuple(
        replace(suggestion, target=current.targets.get(suggestion.column), confidence=1.0, reason="")
        for suggestion in proposal.suggestions
    )


def file_summary(record: ImportRecord, table: Table) -> None:
    """The file and how it was read, with the way back to change it."""
    with st.container(key="map_summary", horizontal=True, vertical_alignment="center", gap="small"):
        widgets.file_line(
            record.file_name,
            f"{texts.table_size(len(table.rows), len(table.columns))} · "
            f"{html.escape(widgets.format_sentence(table.format))}",
        )
        widgets.show_step("upload", texts.CHANGE_READING, key=keys.MAP_READING, type="tertiary", icon=":material/tune:")


def pick_columns(suggestions: tuple[Suggestion, ...], current: ColumnMapping) -> list[tuple[int, Suggestion]]:
    """The columns of the chosen filter, with their positions."""
    numbered = list(enumerate(suggestions))
    groups = {
        "all": numbered,
        "mapped": [pair for pair in numbered if current.targets.get(pair[1].column)],
        "left_out": [pair for pair in numbered if not current.targets.get(pair[1].column)],
        "attention": [pair for pair in numbered if pair[1].warning or (pair[1].target and pair[1].confidence < 0.7)],
    }
    chosen = st.segmented_control(texts.MAP_SHOW, list(groups), default="all", required=True, key=keys.MAP_FILTER,
                                  format_func=lambda name: texts.tab(texts.MAP_FILTERS[name], len(groups[name])),
                                  label_visibility="collapsed")  # fmt: skip
    return groups[chosen]


def heads() -> None:
    """What stands in each column of the list; on a phone, where they are stacked, nothing."""
    with st.container(key="map_heads"):
        for place, head in zip(st.columns(map_extras.WIDTHS, gap="medium"), texts.MAP_HEAD, strict=True):
            place.html(f'<span class="li-head">{head}</span>')


def page_of(columns: list[tuple[int, Suggestion]]) -> list[tuple[int, Suggestion]]:
    """The columns of the chosen page; the pages to choose from stand below the list."""
    if not columns:
        st.caption(texts.MAP_NONE)
    pages = -(-len(columns) // COLUMNS_PER_PAGE)
    page = 1
    if pages > 1:
        with st.container(key="map_pages", horizontal=True, horizontal_alignment="center"):
            page = st.pagination(pages, key=keys.MAP_PAGE)
    return columns[(page - 1) * COLUMNS_PER_PAGE : page * COLUMNS_PER_PAGE]


def column_row(
    record: ImportRecord, current: ColumnMapping, table: Table, position: int, suggestion: Suggestion
) -> None:
    """One column: header and samples, target, and why."""
    target = current.targets.get(suggestion.column) or targets.LEAVE_OUT
    key = keys.map_target(position)
    options = targets.options(suggestion.column, target)
    with st.container(key=f"map_row_{position}"):
        left, middle, right = st.columns(map_extras.WIDTHS, vertical_alignment="center", gap="medium")
        samples = "".join(f"<span>{html.escape(sample)}</span>" for sample in suggestion.samples)
        left.html(f'<div class="li-column"><b>{html.escape(suggestion.column)}</b><div>{samples}</div></div>')
        st.session_state[key] = target
        middle.selectbox(widgets.escape(suggestion.column), options, key=key, label_visibility="collapsed",
                         format_func=targets.label, on_change=choose_target, args=(record, current, table, suggestion.column, key))  # fmt: skip
        right.html(why(suggestion, target))


def why(suggestion: Suggestion, target: str) -> str:
    """A badge with our confidence, the reason, and the warning if there is one."""
    if target == targets.LEAVE_OUT:
        badge, tone, reason = texts.LEFT_OUT, "gray", suggestion.reason if suggestion.target is None else ""
    elif target != suggestion.target:
        badge, tone, reason = texts.CHOSEN_BY_YOU, "violet", ""
    elif not suggestion.reason:
        badge, tone, reason = texts.AS_LAST_TIME, "green", ""
    else:
        badge, reason = texts.confidence(suggestion.confidence), suggestion.reason
        tone = "green" if suggestion.confidence >= 0.9 else "blue" if suggestion.confidence >= 0.7 else "orange"
    warning = f'<div class="li-warning">{html.escape(suggestion.warning)}</div>' if suggestion.warning else ""
    return (
        f'<div class="li-why"><span class="li-badge is-{tone}">{badge}</span>'
        f"<div>{html.escape(reason)}{warning}</div></div>"
    )


def choose_target(record: ImportRecord, current: ColumnMapping, table: Table, column: str, key: str) -> None:
    """Save the user's choice for one column."""
    save(record, mapping.with_target(current, table, column, st.session_state[key] or None))


def custom_switch(record: ImportRecord, current: ColumnMapping, table: Table) -> None:
    """The switch that keeps every unmatched column, or none."""
    st.session_state[keys.MAP_CUSTOM] = all(current.targets.get(column) for column in table.columns)
    st.toggle(texts.MAP_CUSTOM, key=keys.MAP_CUSTOM, help=texts.MAP_CUSTOM_HELP,
              on_change=switch_custom, args=(record, current, table.columns))  # fmt: skip


def switch_custom(record: ImportRecord, current: ColumnMapping, columns: tuple[str, ...]) -> None:
    """Map every unmatched column to a custom field, or leave the custom ones out."""
    if st.session_state[keys.MAP_CUSTOM]:
        changed = mapping.with_custom_fields(current, columns)
    else:
        kept = {column: target for column, target in current.targets.items() if target and mapping.custom_key(target) is None}
        changed = replace(current, targets=kept)
    save(record, changed)


def save(record: ImportRecord, changed: ColumnMapping, *, remember: bool = False) -> None:
    """Keep the mapping in the draft; for next time only with Next, so that trying things out forgets nothing."""
    with widgets.notifying_errors():
        draft_flow.save_mapping(session.engine(), **session.where(record), mapping=changed, remember=remember)


def actions(record: ImportRecord, current: ColumnMapping, *, is_complete: bool) -> None:
    """Back, and Next where the mapping can be imported with."""
    with st.container(key="map_actions", horizontal=True, horizontal_alignment="distribute"):
        widgets.show_step("upload", texts.BACK, key=keys.MAP_BACK, icon=":material/arrow_back:")
        if is_complete and st.button(texts.MAP_NEXT, key=keys.MAP_NEXT, type="primary",
                                     icon=":material/arrow_forward:", icon_position="right"):  # fmt: skip
            filled = {field: value for field, value in current.constants.items() if value.strip()}
            save(record, replace(current, constants=filled), remember=True)
            session.go_to("review")
            st.rerun()
