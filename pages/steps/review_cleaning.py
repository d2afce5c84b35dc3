"""The review's cleaning card and warnings: what was tidied, what else could be, and what is odd without being wrong."""

import html
from collections import Counter
from dataclasses import replace

import streamlit as st

from core import draft_flow, reporting
from core.countries import countries_by_name, country_name
from core.issues import KIND_BY_CODE
from core.language import say
from core.phones import calling_code
from core.records import Change, ImportRecord, Preview
from core.tidying import KINDS, TidyKind, count_kinds, is_on
from pages.shared import keys, sentence_table, session, texts, widgets

#: Warnings about rows that one may not want at all.
LEAVE_OUT_CODES = ("email-role", "email-disposable")


def card(preview: Preview) -> None:
    """Each kind of automatic change with its count, an example and its switch; nothing where nothing is to tidy."""
    tidied, record = preview.tidied, preview.record
    done, offered = count_kinds(tidied.changes), count_kinds(tidied.offers)
    has_phones = bool(tidied.phones_left or done["phone"] or offered["phone"])
    kinds = [kind for kind in KINDS if done[kind.key] or offered[kind.key] or (kind.key == "phone" and has_phones)]
    if not kinds:
        return
    examples = first_of_kind((*tidied.changes, *tidied.offers))
    is_open = st.session_state.get(keys.CLEANING, False)  # said again: a browser closes an expander whose label changes
    with st.expander(texts.cleaning_title(done.total()), expanded=is_open, icon=":material/cleaning_services:",
                     key=keys.CLEANING, on_change="rerun"):  # fmt: skip
        for kind in kinds:
            kind_row(record, kind, done[kind.key], offered[kind.key], examples.get(kind.key))
            if kind.key == "phone":
                country_choice(record, tidied.phones_left)
        if st.button(texts.CLEANING_LIST, key=keys.CLEANING_LIST, icon=":material/list:"):
            list_changes(preview)


def first_of_kind(changes: tuple[Change, ...]) -> dict[str, Change]:
    """The first change of each kind, as its example."""
    return {change.kind: change for change in reversed(changes)}


def kind_row(record: ImportRecord, kind: TidyKind, done: int, offered: int, example: Change | None) -> None:
    """One kind: its switch, how many cells, and an example."""
    key = keys.cleaning_kind(kind.key)
    on = is_on(kind, record.options.cleaning)
    st.session_state[key] = on
    with st.container(key=f"cleaning_row_{kind.key}"):
        left, right = st.columns([5, 6], vertical_alignment="center", gap="small")
        left.toggle(texts.CLEANING_KINDS[kind.key], key=key, disabled=kind.is_fixed,
                    help=texts.CLEANING_FIXED if kind.is_fixed else None, on_change=save_kind, args=(record, kind))  # fmt: skip
        badge = f'<span class="li-badge is-{"green" if done else "gray"}">{texts.cells_changed(done, offered, on)}</span>'
        right.html(f'<div class="li-tidy">{badge}{example_html(example)}</div>')


def example_html(example: Change | None) -> str:
    """Before and after of one change, what is invisible made visible."""
    if example is None:
        return ""
    before, after = reporting.shown_change(example)
    return f"<span><del>{html.escape(before)}</del> → <ins>{html.escape(after)}</ins></span>"


def country_choice(record: ImportRecord, left: int) -> None:
    """The country of phone numbers without a country code: none until the user names it."""
    st.session_state[keys.CLEANING_COUNTRY] = record.options.country
    local = (st.context.locale or "").rpartition("-")[2]
    options = sorted(countries_by_name(), key=lambda code: code != local)  # the visitor's own first
    with st.container(key="cleaning_country_row"):
        st.selectbox(
            texts.CLEANING_COUNTRY, options, index=None, key=keys.CLEANING_COUNTRY, placeholder=texts.CLEANING_NO_COUNTRY,
            format_func=lambda code: f"{country_name(code)} (+{calling_code(code)})", on_change=save_country, args=(record,),
        )  # fmt: skip
        if left:
            st.caption(texts.phones_left(left, bool(record.options.country)))


def save_kind(record: ImportRecord, kind: TidyKind) -> None:
    """Keep a switch in the draft."""
    choices = {**record.options.cleaning, kind.key: st.session_state[keys.cleaning_kind(kind.key)]}
    save(replace(record, options=replace(record.options, cleaning=choices)))


def save_country(record: ImportRecord) -> None:
    """Keep the country in the draft."""
    save(replace(record, options=replace(record.options, country=st.session_state[keys.CLEANING_COUNTRY])))


def save(record: ImportRecord) -> None:
    """Keep the record's options in the draft."""
    with widgets.notifying_errors():
        draft_flow.save_options(session.engine(), **session.where(record), options=record.options)


def list_changes(preview: Preview) -> None:
    """Every change before and after, by kind; those of kinds that are off are marked."""
    st.dialog(texts.CLEANING_LIST_TITLE, width="large")(show_changes)(preview)


def show_changes(preview: Preview) -> None:
    """What the dialog holds."""
    changes = (*preview.tidied.changes, *preview.tidied.offers)
    counts = count_kinds(changes)
    kinds = [kind.key for kind in KINDS if counts[kind.key]]
    chosen = st.pills(texts.CLEANING_FILTER, kinds, key=keys.CLEANING_FILTER, label_visibility="collapsed",
                      format_func=lambda kind: texts.tab(texts.CLEANING_KINDS[kind], counts[kind]))  # fmt: skip
    off = {kind.key for kind in KINDS if not is_on(kind, preview.record.options.cleaning)}
    shown = [change for change in changes if chosen in (None, change.kind)]
    table = reporting.changes_table(shown, off)
    widgets.paged_table(table, key=keys.CLEANING_TABLE, empty="warnings")


def warnings(preview: Preview) -> None:
    """What is odd and rejects nothing, by kind, with what can be done for a whole kind at once."""
    issues = [issue for issue in preview.warnings if issue.row is not None]
    counts = Counter(issue.code for issue in issues)
    chosen = st.pills(texts.WARNINGS_FILTER, list(counts), key=keys.WARNINGS_FILTER, label_visibility="collapsed",
                      format_func=lambda code: texts.tab(say(KIND_BY_CODE[code].title), counts[code]))  # fmt: skip
    typos = counts["email-domain-typo"]
    with st.container(key="warnings_actions", horizontal=True, vertical_alignment="center"):
        if typos and chosen in (None, "email-domain-typo"):
            st.button(texts.fix_typos(typos), key=keys.WARNINGS_FIX, icon=":material/auto_fix_high:",
                      on_click=fix_typos, args=(preview.record,))  # fmt: skip
        if chosen in LEAVE_OUT_CODES:
            rows = {issue.row for issue in issues if issue.code == chosen}
            st.button(texts.leave_out_rows(len(rows)), key=keys.WARNINGS_LEAVE_OUT, icon=":material/playlist_remove:",
                      on_click=leave_out, args=(preview.record, rows))  # fmt: skip
    shown = sorted((issue for issue in issues if chosen in (None, issue.code)), key=lambda issue: issue.row or 0)
    sentence_table.show(reporting.warnings_table(shown), key=f"{keys.REVIEW_TABLE}_warnings", empty="warnings",
                        sentences=("What is odd", "What to do"))  # fmt: skip


def fix_typos(record: ImportRecord) -> None:
    """Correct every mistyped domain; the corrections can be undone like any other."""
    with widgets.notifying_errors():
        draft_flow.fix_domains(session.engine(), **session.where(record))


def leave_out(record: ImportRecord, rows: set[int]) -> None:
    """Leave the rows out; they can be taken back."""
    with widgets.notifying_errors():
        draft_flow.skip_rows(session.engine(), **session.where(record), rows=rows, skip=True)
