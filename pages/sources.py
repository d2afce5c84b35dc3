"""What each source of lists is worth: its imports, how much of them was new, and what became of it."""

import html

import pandas as pd
import streamlit as st

from core import scorecard_flow
from core.records import Outcome
from core.scorecard import GROUPINGS, Outing, Score
from pages.shared import keys, session, texts, widgets

MAX_BARS = 24
SHOWN: tuple[Outcome, ...] = ("created", "restored", "duplicate", "error")


def show() -> None:
    """The scores in a table, and one source's imports over time."""
    widgets.title(texts.SOURCES_TITLE, texts.SOURCES_LEAD)
    grouping = st.segmented_control(texts.SOURCES_BY, list(GROUPINGS), default="source", required=True, key=keys.SOURCES_BY,
                                    format_func=texts.SOURCES_GROUPINGS.get, label_visibility="collapsed")  # fmt: skip
    scores = scorecard_flow.load_scores(session.engine(), workspace_id=session.workspace_id(), grouping=grouping)
    if not scores:
        widgets.empty_state(*texts.SOURCES_EMPTY)
        return
    table(scores)
    by_name = {score.name: score for score in scores}
    chosen = st.selectbox(texts.SOURCES_PICK, list(by_name), key=keys.SOURCES_PICK, format_func=name_of)
    over_time(by_name[chosen])


def table(scores: list[Score]) -> None:
    """One line per source; the shares as bars, so that they can be compared at a glance."""
    columns = texts.SOURCES_COLUMNS
    lines = pd.DataFrame(
        {
            "name": [name_of(score.name) for score in scores],
            "imports": [len(score.outings) for score in scores],
            "rows": [score.rows for score in scores],
            "new": [score.share(score.created) for score in scores],
            "restored": [score.share(score.restored) for score in scores],
            "known": [score.share(score.duplicates) for score in scores],
            "invalid": [score.share(score.errors) for score in scores],
            "lost": [score.lost_share for score in scores],
            "last": [score.outings[-1].at for score in scores],
        }
    )
    shares = ("new", "restored", "known", "invalid", "lost")
    st.dataframe(
        lines, hide_index=True, key=keys.SOURCES_TABLE,
        column_config={
            "name": st.column_config.TextColumn(columns["name"], width="medium"),
            "imports": st.column_config.NumberColumn(columns["imports"], format="localized", width=80),
            "rows": st.column_config.NumberColumn(columns["rows"], format="localized", width=80),
            **{name: st.column_config.ProgressColumn(columns[name], format="percent", min_value=0, max_value=1, width=130,
                                                     help=texts.SOURCES_HELP[name]) for name in shares},
            "last": st.column_config.DateColumn(columns["last"], format="localized", width=110),
        },
    )  # fmt: skip


def over_time(score: Score) -> None:
    """The newest imports of the source, one bar each: how many rows, and what became of them."""
    outings = score.outings[-MAX_BARS:]
    longest = max(handled(outing) for outing in outings) or 1
    legend = "".join(f'<span><i class="is-{key}"></i>{texts.OUTCOME_LABELS[key]}</span>' for key in SHOWN)
    st.html(
        f'<div class="li-outcomes"><div class="li-outings">{"".join(bar(outing, longest) for outing in outings)}</div>'
        f'<div class="li-outcomes-legend">{legend}</div></div>'
    )


def bar(outing: Outing, longest: int) -> str:
    """One import as a bar, as long as it has rows; its figures are there for who cannot see it."""
    counts, rows = outing.record.counts, handled(outing)
    parts = "".join(f'<i class="is-{key}" style="flex:{counts[key]}"></i>' for key in SHOWN if counts[key])
    told = ", ".join(f"{texts.OUTCOME_LABELS[key]} {texts.number(counts[key])}" for key in SHOWN)
    return (
        f"<span>{texts.day(outing.at)}</span><span>{html.escape(outing.record.file_name or 'API')}</span>"
        f'<div title="{told}"><div class="li-outcomes-bar" role="img" aria-label="{told}" style="width:{rows * 100 / longest:.1f}%">'
        f"{parts}</div></div><b>{texts.number(rows)}</b>"
    )


def handled(outing: Outing) -> int:
    """Rows that the import came to."""
    return sum(outing.record.counts[key] for key in SHOWN)


def name_of(name: str) -> str:
    """A source's name, or that of who imported; what stands for none."""
    return texts.ACTORS.get(name, name) or texts.SOURCES_NO_NAME


show()
