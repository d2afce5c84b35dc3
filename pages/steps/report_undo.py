"""Undo and redo on the report: the button, the dry run in a dialog, and what became of the import."""

import html

import streamlit as st

from core import undo_flow
from core.records import ImportRecord
from core.undo_flow import UndoRecord
from core.undoing import Action, KeptLead
from pages.shared import keys, sentence_table, session, texts, widgets

LOOK = {"undo": undo_flow.preview_undo, "redo": undo_flow.preview_redo}
DO = {"undo": undo_flow.undo_import, "redo": undo_flow.redo_import}


def story(record: ImportRecord) -> None:
    """When the import was undone or redone last, by whom, and what that did; nothing where it never was."""
    undos = undo_flow.list_undos(session.engine(), **session.where(record))
    if not undos:
        return
    newest = undos[0]
    assert newest.done_at is not None  # it is no dry run
    with st.container(border=True, key="undo_story", gap="small"):
        done = texts.undo_done(newest.action, texts.moment(newest.done_at), newest.done_by or "")
        st.html(f'<div class="li-file"><span class="li-icon" aria-hidden="true">{newest.action}</span><b>{html.escape(done)}</b></div>')
        figures(newest)


def ask(record: ImportRecord) -> None:
    """The one button of an import that can be undone, or redone. What continued another import goes with that one."""
    if record.continues:
        return
    action: Action = "redo" if record.state == "undone" else "undo"
    if st.button(texts.UNDO_BUTTON[action], key=keys.UNDO_ASK, icon=f":material/{action}:"):
        with widgets.showing_errors():
            with st.spinner(texts.UNDO_LOOKING):
                preview = LOOK[action](session.engine(), **session.where(record))
            # Called with the dry run, so that the press of the button below does not make it once more.
            st.dialog(texts.UNDO_TITLES[action], width="medium")(confirm)(record, preview)


def confirm(record: ImportRecord, preview: UndoRecord) -> None:
    """What would happen, and the button that does it. Pressed twice, or after a reload, it happens once."""
    figures(preview)
    st.caption(texts.UNDO_PROMISE[preview.action])
    with st.container(horizontal=True, horizontal_alignment="right"):
        pressed = [
            st.button(texts.UNDO_CANCEL, key=keys.UNDO_CANCEL),
            st.button(texts.UNDO_CONFIRM[preview.action], key=keys.UNDO_CONFIRM, type="primary",
                      icon=f":material/{preview.action}:", on_click=decide, args=(preview.action,)),
        ]  # fmt: skip
    if any(pressed):
        st.rerun()  # closes the dialog


def decide(action: Action) -> None:
    """Leave it to the page, which can show that it is at work: a callback cannot, and a dialog stays open."""
    st.session_state[keys.UNDO_DECIDED] = action


def carry_out(record: ImportRecord) -> None:
    """Do what was decided in the dialog, if anything. Core does it once, however often it is asked."""
    action = st.session_state.pop(keys.UNDO_DECIDED, None)
    if action is None:
        return
    with widgets.showing_errors():
        with st.spinner(texts.UNDO_WORKING[action]):
            DO[action](session.engine(), **session.where(record))
        st.rerun()


def figures(undo: UndoRecord) -> None:
    """One line per kind of lead, and the leads that are left alone."""
    is_done = undo.done_at is not None
    lines = texts.undo_figures(undo.action, undo.counts, is_done=is_done) or [texts.UNDO_NOTHING[undo.action]]
    st.html('<ul class="li-figures">' + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
    if undo.kept:
        st.html(f'<div class="li-warning">{texts.undo_kept(len(undo.kept), is_done=is_done)}</div>')
        kept_table(undo.kept, key=f"{keys.UNDO_KEPT}_{'done' if is_done else 'ask'}")


def kept_table(kept: tuple[KeptLead, ...], *, key: str) -> None:
    """The leads that are left alone, with the reason."""
    columns = {
        "Row": [lead.row for lead in kept],
        "Email": [lead.email for lead in kept],
        "Name": [lead.name for lead in kept],
        "Reason": [lead.reason for lead in kept],
    }
    sentence_table.show(columns, key=key, empty="created", sentences=("Reason",))
