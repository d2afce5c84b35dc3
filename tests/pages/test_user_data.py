"""What a file says is shown and never obeyed: neither as markdown nor as HTML (design.md section 4, streamlit.md 2)."""

import re

import pytest

from core import draft_flow, key_flow
from pages.shared import keys
from pages.shared.widgets import escape
from tests.factories import import_file, make_ready

IMAGE = "![x](http://192.0.2.1/x.png)"
TAG = "<b>bold</b>"
LINK = "[go](http://192.0.2.1)"
NAME = f"{IMAGE}{TAG}{LINK}.csv"
FILE = f"Email,{IMAGE},{TAG}\na@example.com,{LINK},{TAG}\n{IMAGE},{TAG},{LINK}\n".encode()
MAPPING = {"Email": "email", IMAGE: "first_name", TAG: f"custom:{LINK}"}


def assert_harmless(screen):
    for text in (*screen.markdown, *screen.alerts, *screen.tabs, *labels(screen)):
        assert not re.search(r"!\[|\]\(|<b>", text), text
    for body in screen.bodies:
        assert TAG not in body
        assert "<img" not in body


def labels(screen):
    """The labels of widgets: Streamlit reads them as markdown."""
    kinds = (screen.at.button, screen.at.selectbox, screen.at.toggle, screen.at.checkbox, screen.at.text_input)
    return [one.label for kind in kinds for one in kind]


@pytest.mark.parametrize("step", ["upload", "map", "review"])
def test_names_and_cells_of_a_draft(screen, engine, workspace_id, step):
    record = make_ready(engine, workspace_id, FILE, MAPPING, file_name=NAME)
    corrections = {3: {"Email": f"{IMAGE}{TAG}"}}
    draft_flow.correct_cells(engine, workspace_id=workspace_id, import_id=record.id, corrections=corrections)
    screen.open(record, step=step)
    assert NAME in screen.text
    assert_harmless(screen)


def test_headers_in_what_is_wrong_with_a_mapping(screen):
    screen.open().upload(FILE, NAME)
    for position in (1, 2):
        screen.at.selectbox(key=keys.map_target(position)).select("company")
        screen.run()
    assert len(screen.alerts) == 1
    assert_harmless(screen)


def test_names_and_cells_of_a_report(screen, engine, workspace_id):
    screen.open(import_file(engine, workspace_id, FILE, mapping=MAPPING, file_name=NAME).record)
    assert screen.totals["Errors"] == "1"
    assert NAME in screen.text
    assert_harmless(screen)


def test_names_in_the_history_and_in_the_settings(screen, engine, workspace_id):
    make_ready(engine, workspace_id, FILE, MAPPING, file_name=NAME)
    key_flow.create_key(engine, workspace_id=workspace_id, name=f"{IMAGE}{TAG}", scopes=["read"])
    screen.open().go_to("history.py")
    assert NAME in screen.text
    assert_harmless(screen)
    screen.go_to("settings.py")
    assert f"{IMAGE}{TAG}" in screen.text
    assert_harmless(screen)


@pytest.mark.parametrize("text", [IMAGE, TAG, LINK, "**a** _b_ `c` $x$ :red[d] ~e~ # f | g", "a\\b", "Müller 2026"])
def test_escaped_text_has_no_mark_that_stands_for_itself(text):
    escaped = escape(text)
    assert re.sub(r"\\(.)", r"\1", escaped) == text
    assert re.sub(r"\\.", "", escaped) == re.sub(r"[^\w\s]", "", text)
