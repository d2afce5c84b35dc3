"""Taking back what was changed in the review, step by step, and doing it again. The steps live as long as the visit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import streamlit as st

from core import draft_flow
from core.errors import LeadImportError
from core.records import ImportRecord
from pages.shared import keys, session, texts, widgets

MAX_STEPS = 100


class Step(NamedTuple):
    """What was done, in words, and the record as it was before (in the list of undone steps: after) it."""

    what: str
    record: ImportRecord


@contextmanager
def editing(record: ImportRecord, what: str) -> Iterator[None]:
    """A change of the review inside a callback, which can be taken back. An error is kept for the next run."""
    try:
        yield
    except LeadImportError as error:
        session.notify(error)
        return
    done, undone = _steps(record)
    done.append(Step(what, record))
    del done[:-MAX_STEPS], undone[:]
    start_afresh()


def start_afresh() -> None:
    """Let the editors forget what was typed into them: their lines are others now."""
    st.session_state[keys.EDITOR_VERSION] = st.session_state.get(keys.EDITOR_VERSION, 0) + 1


def buttons(record: ImportRecord) -> None:
    """Undo and redo, each with what it is about; nothing while there is nothing to take back."""
    done, undone = _steps(record)
    if done:
        st.button(texts.undo_step(done[-1].what), key=keys.EDIT_UNDO, type="tertiary", icon=":material/undo:",
                  on_click=_move, args=(record, done, undone))  # fmt: skip
    if undone:
        st.button(texts.redo_step(undone[-1].what), key=keys.EDIT_REDO, type="tertiary", icon=":material/redo:",
                  on_click=_move, args=(record, undone, done))  # fmt: skip


def _move(record: ImportRecord, source: list[Step], target: list[Step]) -> None:
    """Go back to the record of the newest step of one list, and keep the way back in the other."""
    with widgets.notifying_errors():
        draft_flow.put_back(session.engine(), **session.where(record), as_of=source[-1].record)
        target.append(Step(source.pop().what, record))
    start_afresh()


def _steps(record: ImportRecord) -> tuple[list[Step], list[Step]]:
    """Steps done and steps undone, of this import."""
    return st.session_state.setdefault(f"{keys.EDIT_STEPS}_{record.id.hex}", ([], []))
