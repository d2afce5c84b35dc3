"""A table whose sentences are read in full: they wrap, and on a phone a line becomes a small card. Streamlit's own cuts them."""

import html
from collections.abc import Collection, Mapping

import streamlit as st

from core.language import say
from pages.shared import frames, texts, widgets

#: Lines per page. They are drawn as text, all at once, so fewer than in a table that draws what is in sight.
PAGE_LENGTH = 100


def show(columns: Mapping[str, list], *, key: str, empty: str, sentences: Collection[str]) -> None:
    """The table with pages where it is long, or the empty state of that name; the columns ``sentences`` take the room."""
    lines = frames.length(columns)
    if not lines:
        widgets.empty_state(*texts.EMPTY[empty])
        return
    pages = -(-lines // PAGE_LENGTH)
    page = st.pagination(pages, key=f"{key}_page") if pages > 1 else 1
    start = (page - 1) * PAGE_LENGTH
    shown = {name: values[start : start + PAGE_LENGTH] for name, values in columns.items()}
    with st.container(key=key):
        st.html(table_html(shown, sentences))


def table_html(columns: Mapping[str, list], sentences: Collection[str]) -> str:
    """The lines as they are; what is in them is the user's, and escaped."""
    kinds = {name: kind_of(name, values, sentences) for name, values in columns.items()}
    labels = {name: html.escape(say(name)) for name in columns}
    heads = "".join(f'<th scope="col" class="{kinds[name]}">{label}</th>' for name, label in labels.items())
    rows = "".join(
        "<tr>" + "".join(cell(kinds[name], labels[name], value) for name, value in zip(columns, line, strict=True)) + "</tr>"
        for line in zip(*columns.values(), strict=True)
    )
    return f'<div class="li-table"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def kind_of(name: str, values: list, sentences: Collection[str]) -> str:
    """The class of a column's cells."""
    if name in sentences:
        return "is-sentence"
    return "is-number" if all(isinstance(value, int) for value in values) else "is-short"


def cell(kind: str, label: str, value: object) -> str:
    """One cell. A phone shows the label of a short one before it; an empty one is not shown there."""
    text = "" if value in (None, "") else f"<span>{html.escape(str(value))}</span>"
    return f'<td class="{kind}" data-label="{label}">{text}</td>'
