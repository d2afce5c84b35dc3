"""Every screen with data that looks like Markdown, HTML or a directive: it is shown as it is, wherever a screen shows it.

The test reads what is sent to the browser, every text of every element, and knows which of them the browser takes literally.
"""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import update

from core import draft_flow, key_flow, workspace_flow
from core.records import ImportOptions
from db import tables
from pages.shared import keys
from tests.factories import import_file, make_ready, make_workspace, put_campaign, put_leads, soft_delete
from tests.pages.conftest import Screen

EVIL = "**evil** :red[evil] $evil$ `evil` [evil](javascript:evil) ![evil](http://192.0.2.1/x.png) <img src=x onerror=evil> <b>evil"
SHORT = "**evil** [evil](x) <b>evil"

#: What marks a text in Markdown, or begins a directive, an image or a link, where no backslash stands before it.
MARKDOWN = re.compile(r"(?<!\\)(?:\*\*|\[|\$|`|<(?:b|img)[ >]?)(?:evil|src)|(?<!\\)<b>evil")
HTML = re.compile(r"<b>evil|<img src=x")
#: Texts that the browser shows literally, by element and field: values of inputs, options of lists, tables, files, code.
LITERAL = {
    ("text_input", "default"), ("text_input", "value"), ("text_input", "placeholder"), ("text_area", "default"), ("text_area", "value"),
    ("selectbox", "options"), ("selectbox", "raw_value"), ("multiselect", "options"), ("multiselect", "raw_values"),
    ("code", "code_text"), ("text", "body"), ("download_button", "url"), ("link_button", "url"), ("page_link", "query_string"),
    ("arrow_data_frame", "columns"), ("file_uploader", "type"), ("dataframe", "columns"),
}  # fmt: skip
NAMES = {"id", "element_id", "form_id", "key", "url_pathname", "page", "page_script_hash"}


def texts_of(message, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text in a message to the browser, with where it stands."""
    for field, value in message.ListFields():
        many = value if hasattr(value, "__len__") and not isinstance(value, str | bytes) else [value]
        if field.message_type is None:
            yield from (((*path, field.name), one) for one in many if isinstance(one, str))
        elif not field.message_type.GetOptions().map_entry:
            for one in many:
                yield from texts_of(one, (*path, field.name))


def elements(block) -> Iterator[tuple[str, object]]:
    """Every element and block of a page: its kind and its message."""
    for child in block.children.values():
        proto = getattr(child, "proto", None)
        if proto is not None:
            yield child.type, proto
        if hasattr(child, "children"):
            yield from elements(child)


def assert_literal(screen: Screen) -> None:
    """Nothing of the data is read as Markdown or HTML; and it is there, or the test would prove nothing."""
    seen = 0
    for kind, proto in elements(screen.at._tree):
        for path, text in texts_of(proto):
            seen += "evil" in text
            if path[-1] in NAMES or (kind, path[-1]) in LITERAL:
                continue
            pattern = HTML if kind == "html" else MARKDOWN
            assert not pattern.search(text), (kind, path, text)
    assert seen, "the screen shows nothing of it"


FILE = (
    f'Email,"{EVIL}",{SHORT},Tags,Memo,Status\n'
    f'a@example.com,"{EVIL}",{SHORT},"{SHORT};x","{EVIL}  ",active\n'
    f'a@example.com,"other","{SHORT} 2","y","",active\n'
    f'"{EVIL}",x,y,z,,active\n'
    f'b@example.com,x,y,z,,"{SHORT}"\n'
    f'"<{SHORT}@example.com>",x,y,z,,\n'
    f'gone@example.com,"{EVIL}",y,"{SHORT}",,\n'
    f'left@example.com,"{EVIL}",y,z,,active\n'
    f'here@example.com,"{EVIL}",y,z,,\n'
    f'info@gmial.com,"{EVIL}  x",y,z,,\n'
).encode()
MAPPING = {
    "Email": "email", EVIL: "first_name", SHORT: f"custom:{SHORT}", "Tags": "tags", "Memo": "notes", "Status": "status",
}  # fmt: skip
NAME = f"{SHORT}.csv"


@pytest.fixture
def stored(engine, workspace_id):
    """Leads that are there already, deleted, and deleted after they had unsubscribed; and a campaign of that name."""
    values = {"first_name": EVIL, "company": EVIL, "source": SHORT, "tags": [SHORT], "custom_fields": {SHORT: EVIL}}
    put_leads(engine, workspace_id, [{"email": "here@example.com", **values, "first_name": None}])
    put_leads(engine, workspace_id, [{"email": "gone@example.com", **values}])
    put_leads(engine, workspace_id, [{"email": "left@example.com", **values, "status": "unsubscribed"}])
    put_campaign(engine, workspace_id, ["gone@example.com", "left@example.com", "here@example.com"], name=SHORT)
    soft_delete(engine, workspace_id, ["gone@example.com", "left@example.com"])
    with engine.begin() as conn:
        conn.execute(update(tables.workspaces).where(tables.workspaces.c.id == workspace_id).values(name=SHORT))


@pytest.fixture
def ready(engine, workspace_id, stored):
    record = make_ready(engine, workspace_id, FILE, MAPPING, file_name=NAME, options=ImportOptions(fill_blanks=True))
    corrections = {4: {"Email": f"{SHORT}@"}, 9: {EVIL: SHORT}}
    return draft_flow.correct_cells(engine, workspace_id=workspace_id, import_id=record.id, corrections=corrections)


@pytest.mark.parametrize("step", ["upload", "map", "review"])
def test_the_steps(screen, ready, step):
    screen.open(ready, step=step)
    assert_literal(screen)


@pytest.mark.parametrize("button", [keys.CLEANING_LIST, keys.SINGLE_OPEN])
def test_the_dialogs_of_the_review(screen, ready, button):
    screen.open(ready, step="review").press(button)
    assert_literal(screen)


def test_find_and_replace(screen, ready):
    screen.open(ready, step="review").press(keys.REPLACE_OPEN)
    screen.at.text_input(key=keys.REPLACE_FIND).set_value("evil")
    screen.at.text_input(key=keys.REPLACE_WITH).set_value(EVIL)
    assert_literal(screen.run())


def test_the_table_of_all_cells(screen, ready):
    screen.open(ready, step="review")
    screen.at.button_group(key=keys.REPAIR_VIEW).set_value("grid")
    assert_literal(screen.run())


def test_the_planner_of_the_contact_limit(screen, engine, workspace_id, ready):
    workspace_flow.set_contact_limit(engine, workspace_id=workspace_id, contact_limit=2)
    screen.open(ready, step="review")
    for by in ("tag", "column"):
        screen.at.selectbox(key=keys.LIMIT_BY).set_value(by)
        assert_literal(screen.run())


def test_the_report_and_the_history(screen, engine, workspace_id, stored):
    record = import_file(engine, workspace_id, FILE, mapping=MAPPING, file_name=NAME).record
    assert_literal(screen.open(record))
    assert_literal(screen.go_to("history.py"))
    assert_literal(screen.press(keys.history_details(record.id.hex)))


@pytest.mark.parametrize("page", ["leads.py", "campaigns.py", "sources.py", "settings.py"])
def test_the_other_screens(screen, engine, workspace_id, ready, page):
    key_flow.create_key(engine, workspace_id=workspace_id, name=SHORT, scopes=["read"])
    import_file(engine, workspace_id, FILE, mapping=MAPPING, file_name=NAME)
    assert_literal(screen.open().go_to(page))


def test_a_campaign_that_is_edited(screen, engine, workspace_id, stored):
    screen.open().go_to("campaigns.py")
    [button] = [one for one in screen.at.button if (one.key or "").startswith(keys.CAMPAIGN_OPEN)]
    assert_literal(screen.press(button.key))


def test_a_lead_that_is_opened(screen, stored):
    screen.open().go_to("leads.py")
    screen.at.session_state[f"{keys.LEADS_TABLE}_0"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    assert_literal(screen.run().press(keys.LEADS_OPEN))


def test_the_name_of_a_workspace_among_others(screen, engine, workspace_id, stored):
    make_workspace(engine)
    assert_literal(screen.open())
