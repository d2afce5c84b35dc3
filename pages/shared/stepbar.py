"""The step bar: five steps in a row; on a phone one line."""

import streamlit as st

from pages.shared import texts
from pages.shared.session import STEPS, Step


def show(current: Step) -> None:
    """Draw the bar with ``current`` as the step that the user is in."""
    st.html(stepbar_html(current))


def stepbar_html(current: Step) -> str:
    """The bar as an ordered list. The current step carries aria-current, so it is announced as such."""
    at = STEPS.index(current)
    items = "".join(
        f'<li class="li-step {"is-done" if place < at else "is-current" if place == at else "is-ahead"}"'
        f'{" aria-current=step" if place == at else ""}>'
        f'<span class="li-step-mark" aria-hidden="true">{"✓" if place < at else place + 1}</span>'
        f"<span>{texts.STEP_LABELS[step]}</span></li>"
        for place, step in enumerate(STEPS)
    )
    short = texts.step_of(at + 1, len(STEPS), texts.STEP_LABELS[current])
    return (
        f'<nav aria-label="{texts.STEPBAR_LABEL}"><ol class="li-steps">{items}</ol>'
        f'<div class="li-steps-short"><b>{short}</b><span class="li-steps-track">'
        f'<i style="width:{(at + 1) * 100 // len(STEPS)}%"></i></span></div></nav>'
    )
