"""Small pieces that several screens show. User data goes through `escape` (markdown) or `html.escape` (st.html)."""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st

from core import errors
from core.health_flow import database_trouble
from core.issues import Issue
from core.records import OUTCOMES, FoundFormat, Outcome, Quota
from pages.shared import frames, keys, session, texts

_MARKDOWN = re.compile(r"([^\w\s])")


def escape(text: str) -> str:
    """The text as markdown that shows exactly it: no link, image or HTML of a file name or cell comes through."""
    return _MARKDOWN.sub(r"\\\1", text)


def title(text: str, lead: str = "") -> None:
    """A screen's heading and the sentence under it. Own texts only."""
    st.html(f'<h1 class="li-title">{text}</h1>' + (f'<p class="li-lead">{lead}</p>' if lead else ""))


def show_error(error: errors.LeadImportError) -> None:
    """What went wrong and what to do, in core's own words."""
    st.error(f"**{escape(error.message)}** {escape(error.hint)}", icon=":material/error:")


def show_notice() -> None:
    """The error that a callback left for this run, if any."""
    if error := session.take_notice():
        show_error(error)


@contextmanager
def showing_errors() -> Iterator[None]:
    """Broken promises inside the block are shown where they happen; in a callback use `notifying_errors`."""
    try:
        yield
    except errors.LeadImportError as error:
        show_error(error)


@contextmanager
def notifying_errors() -> Iterator[None]:
    """Broken promises inside a callback are kept for the run that follows it; so is a database that was away or full."""
    try:
        yield
    except errors.LeadImportError as error:
        session.notify(error)
    except Exception as error:
        trouble = database_trouble(error)
        if trouble is None:
            raise
        session.notify(trouble)


def show_issues(issues: tuple[Issue, ...]) -> None:
    """Warnings about the file as a whole, one line each."""
    lines = [f"- {escape(issue.message)} {escape(issue.hint)}" for issue in issues if issue.row is None]
    if len(lines) == 1:
        lines = [lines[0].removeprefix("- ")]
    if lines:
        st.warning("\n".join(lines), icon=":material/warning:")


def empty_state(icon: str, heading: str, text: str) -> None:
    """What stands where a table has no lines. Own texts only."""
    with st.container(border=True, horizontal_alignment="center", gap=None):
        st.html(
            f'<div class="li-empty"><span class="li-icon" aria-hidden="true">{icon}</span>'
            f"<b>{heading}</b><span>{text}</span></div>"
        )


def file_line(file_name: str | None, size: str) -> None:
    """The file that a screen is about: its name and how large it is."""
    st.html(
        f'<div class="li-file"><span class="li-icon" aria-hidden="true">description</span>'
        f"<div><b>{html.escape(file_name or '')}</b> <span>{size}</span></div></div>"
    )


def format_sentence(found: FoundFormat) -> str:
    """How a file was read, in plain words. Holds the sheet's name: escape it."""
    header = texts.header_in(found.header_row) if found.header_row else texts.NO_HEADER
    parts = [
        texts.KIND_NAMES[found.kind],
        texts.sheet_named(found.sheet) if found.sheet is not None else None,
        texts.ENCODING_NAMES.get(found.encoding, found.encoding) if found.encoding else None,
        texts.separated_by(texts.DELIMITER_NAMES.get(found.delimiter, found.delimiter)) if found.delimiter else None,
        header,
    ]
    return " · ".join(part for part in parts if part)


def totals(cards: list[tuple[str, str, int, str]]) -> None:
    """Metric cards: name (it gives the icon its colour), label, number, icon. They reflow on a phone."""
    with st.grid(len(cards), min_column_width=150, gap="xsmall"):
        for name, label, number, icon in cards:
            with st.container(key=f"total_{name}", height="stretch"):
                st.metric(label, texts.number(number), icon=icon, border=True, height="stretch")


def quota_card(quota: Quota) -> None:
    """The contact limit before an import: in use, this import, too many; as a bar and in a sentence."""
    over = 0 if quota.fits else quota.active + quota.added - quota.limit
    parts = (("is-used", quota.active), ("is-added", quota.added - over), ("is-over", over))
    _quota_bar(texts.QUOTA_TITLE, texts.quota_sentence(quota), parts, max(quota.limit, quota.active + quota.added, 1))


def use_bar(quota: Quota) -> None:
    """The contact limit and its use, as a bar and in a sentence."""
    _quota_bar("", texts.use_sentence(quota), (("is-used", quota.active),), max(quota.limit, quota.active, 1))


def _quota_bar(heading: str, sentence: str, parts: Sequence[tuple[str, int]], whole: int) -> None:
    bars = "".join(
        f'<i class="{name}" style="width:{number * 100 / whole:.2f}%"></i>' for name, number in parts if number > 0
    )
    st.html(
        f'<div class="li-quota">{f"<b>{heading}</b>" if heading else ""}'
        f'<div class="li-quota-bar" role="img" aria-label="{sentence}">{bars}</div><span>{sentence}</span></div>'
    )


def outcome_bar(counts: Mapping[Outcome, int]) -> None:
    """The share of each outcome as one stacked bar, with its legend."""
    present = [outcome for outcome in OUTCOMES if counts.get(outcome)]
    whole = sum(counts[outcome] for outcome in present) or 1
    parts = "".join(f'<i class="is-{name}" style="width:{counts[name] * 100 / whole:.2f}%"></i>' for name in present)
    legend = "".join(
        f'<span><i class="is-{name}"></i>{texts.OUTCOME_LABELS[name]} {texts.percent(counts[name] / whole)}</span>'
        for name in present
    )
    st.html(
        f'<div class="li-outcomes"><div class="li-outcomes-bar" role="img" aria-label="{texts.OUTCOME_BAR_LABEL}">{parts}</div>'
        f'<div class="li-outcomes-legend">{legend}</div></div>'
    )


def paged_table(
    columns: Mapping[str, list], *, key: str, empty: str, config: Mapping[str, Any] | None = None
) -> None:
    """A table with pages where it is long, or the empty state of that name."""
    if not frames.length(columns):
        empty_state(*texts.EMPTY[empty])
        return
    pages = frames.page_count(columns)
    page = st.pagination(pages, key=f"{key}_page") if pages > 1 else 1
    st.dataframe(
        frames.page_of(columns, page), hide_index=True, key=key,
        column_config=frames.labelled(columns, {**COLUMNS, **(config or {})}),
    )


#: How columns look that several tables have. Row numbers are the spreadsheet's: without thousands separators.
COLUMNS = {
    "Row": st.column_config.NumberColumn(format="%d", width=70, pinned=True),
    "Winning row": st.column_config.NumberColumn(format="%d", width=120),
    "Email": st.column_config.TextColumn(width="medium"),
}


def counted_tabs(
    labels: Mapping[str, str], counts: Mapping[str, int], *, key: str
) -> dict[str, st.delta_generator.DeltaGenerator]:
    """Tabs by name, each with its count; at first the first with something in it is open.

    Streamlit knows a tab by its label, and would go back to the first one when the count of the open one changes.
    """
    shown = {name: texts.tab(label, counts[name]) for name, label in labels.items()}
    memory = f"{key}_open_{st.session_state.get(keys.CURRENT_IMPORT)}"
    if st.session_state.get(memory) not in shown:
        st.session_state[memory] = next((name for name in shown if counts[name]), next(iter(shown)))
    st.session_state[key] = shown[st.session_state[memory]]
    names = {label: name for name, label in shown.items()}
    tabs = st.tabs(list(shown.values()), key=key, on_change=_remember_tab, args=(key, memory, names))
    return dict(zip(shown, tabs, strict=True))


def _remember_tab(key: str, memory: str, names: Mapping[str, str]) -> None:
    st.session_state[memory] = names[st.session_state[key]]


def drawer(key: str, label: str, icon: str, body: Callable[..., None], *args: Any) -> None:
    """A button that opens a drawer at the side, and the drawer while it is open.

    Using what is in it runs ``body`` alone; the page behind it is drawn anew when it is closed.
    """
    st.button(label, key=key, type="tertiary", icon=icon, on_click=_open_drawer, args=(key,))
    if st.session_state.get(keys.DRAWER) == key:
        st.dialog(label, width="medium", position="right", on_dismiss=_close_drawer)(body)(*args)


def _open_drawer(key: str) -> None:
    st.session_state[keys.DRAWER] = key


def _close_drawer() -> None:
    st.session_state.pop(keys.DRAWER, None)


def show_step(step: session.Step, label: str, *, key: str, **options: Any) -> None:
    """A button that goes to another step of the same import."""
    st.button(label, key=key, on_click=session.go_to, args=(step,), **options)


def start_another(key: str = keys.REPORT_NEW, **options: Any) -> None:
    """The button that leaves this import and opens an empty wizard."""
    st.button(texts.START_ANOTHER, key=key, icon=":material/add:", on_click=session.close_import, **options)
