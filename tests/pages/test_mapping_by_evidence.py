"""Step 2 as a screen, beyond one column at a time: split names, fixed values, what statuses mean, and last time's mapping."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import draft_flow, report_flow
from core.ids import import_id_text
from core.records import ColumnMapping
from db import engine as database
from pages.shared import keys, texts
from tests.factories import make_ready

MAIN = str(Path(__file__).resolve().parents[2] / "pages" / "main.py")
FILE = b"Email,Full Name,Status\na@example.com,Ada Lovelace,Opted out\nb@example.com,\"Hopper, Grace\",Odd\n"


@pytest.fixture
def open_mapping(engine, workspace_id, monkeypatch):
    """Opens the mapping of a file in the product's own page; also a way to read its record."""
    monkeypatch.setattr(database, "_engine", engine)
    monkeypatch.setenv("LEAD_IMPORT_WORKSPACE", workspace_id)

    def open_it(content=FILE):
        record = draft_flow.create_draft(
            engine, workspace_id=workspace_id, file_name="leads.csv", content=content, created_by="ada"
        )
        app = AppTest.from_file(MAIN, default_timeout=60)
        app.query_params["import"] = import_id_text(record.id)
        app.query_params["step"] = "map"
        run(app)
        return app, lambda: report_flow.get_import(engine, workspace_id=workspace_id, import_id=record.id)

    return open_it


def run(app):
    app.run()
    assert not app.exception
    return app


def press(app, key):
    [found] = [one for one in app.button if one.key == key]
    found.click()
    return run(app)


def shown(app):
    return " ".join(one.proto.body for one in app.get("html"))


def test_a_column_of_whole_names_is_split_when_nobody_says_otherwise(open_mapping):
    app, record = open_mapping()
    assert app.selectbox(keys.map_target(1)).value == "split:full_name"
    assert "100 % of the values are whole names: Ada | Lovelace" in shown(app)
    press(app, keys.MAP_NEXT)
    assert record().mapping.targets["Full Name"] == "split:full_name"


def test_each_value_of_a_status_column_gets_a_meaning(open_mapping, engine):
    app, record = open_mapping()
    assert app.expander[0].label == "What the values of “Status” mean · 1 unknown"
    assert [app.selectbox(f"{keys.MAP_STATUS}_{place}").value for place in (0, 1)] == ["unsubscribed", "?"]
    app.selectbox(f"{keys.MAP_STATUS}_1").select("bounced")
    run(app)
    assert record().mapping.values == {"status": {"opted out": "unsubscribed", "odd": "bounced"}}
    app.selectbox(f"{keys.MAP_STATUS}_1").select("?")
    run(app)
    assert record().mapping.values == {"status": {"opted out": "unsubscribed"}}
    app.selectbox(keys.map_target(2)).select("")
    run(app)
    assert (len(app.expander), record().mapping.values) == (0, {})


def test_a_fixed_value_is_added_filled_and_taken_away(open_mapping):
    app, record = open_mapping()
    app.selectbox(keys.MAP_ADD_FIXED).select("source")
    run(app)
    assert record().mapping.constants == {"source": ""}
    app.text_input(f"{keys.MAP_FIXED}_source").input("Trade fair")
    run(app)
    assert record().mapping.constants == {"source": "Trade fair"}
    assert "source" not in app.selectbox(keys.MAP_ADD_FIXED).options
    app.text_input(f"{keys.MAP_FIXED}_source").input("x" * 256)
    run(app)
    assert "characters; the limit is 255" in app.error[0].value.replace("\\", "")
    assert keys.MAP_NEXT not in [one.key for one in app.button]
    press(app, f"{keys.MAP_FIXED_REMOVE}_source")
    assert record().mapping.constants == {}


def test_fields_to_fill_are_called_in_the_visitor_s_language(screen):
    screen.at.query_params[keys.QUERY_LANGUAGE] = "de"
    screen.open().upload(b"Email\na@example.com\n")
    assert screen.at.selectbox(key=keys.MAP_ADD_FIXED).options[:2] == ["Quelle", "Tags"]


def test_a_fixed_value_that_stays_empty_is_dropped_with_next(open_mapping):
    app, record = open_mapping()
    app.selectbox(keys.MAP_ADD_FIXED).select("tags")
    run(app)
    app.selectbox(keys.MAP_ADD_FIXED).select("status")
    run(app)
    press(app, keys.MAP_NEXT)
    assert record().mapping.constants == {"status": "active"}


def test_last_times_mapping_is_applied_says_so_and_gives_way_and_back(open_mapping, engine, workspace_id):
    earlier = ColumnMapping(
        {"Email": "email", "Full Name": "last_name", "Status": None}, {"source": "fair"}
    )
    first = make_ready(engine, workspace_id, FILE, earlier.targets)
    draft_flow.save_mapping(engine, workspace_id=workspace_id, import_id=first.id, mapping=earlier)
    app, record = open_mapping()
    assert texts.MAP_REMEMBERED in shown(app)
    assert app.selectbox(keys.map_target(1)).value == "last_name"
    assert app.text_input(f"{keys.MAP_FIXED}_source").value == "fair"
    press(app, keys.MAP_USE_SUGGESTED)
    assert app.selectbox(keys.map_target(1)).value == "split:full_name"
    assert record().mapping.constants == {}
    press(app, keys.MAP_USE_REMEMBERED)
    assert record().mapping == earlier
    assert texts.MAP_REMEMBERED in shown(app)


def test_a_first_file_speaks_of_no_last_time_even_when_its_mapping_is_opened_again(open_mapping):
    app, _ = open_mapping()
    app.selectbox(keys.map_target(2)).select("")
    run(app)
    press(app, keys.MAP_NEXT)
    app.query_params["step"] = "map"
    run(app)
    assert keys.MAP_USE_SUGGESTED not in [one.key for one in app.button]
    assert texts.MAP_REMEMBERED not in shown(app)


def test_an_opt_out_beside_a_status_goes_before_it_and_says_what_it_reads(open_mapping, engine, workspace_id):
    content = b"Email,Status,Email opt-out\na@example.com,replied,no\nb@example.com,active,yes\nc@example.com,active,2024-05-01\n"
    app, record = open_mapping(content)
    assert [app.selectbox(keys.map_target(place)).value for place in (1, 2)] == ["status", "opt_out:status"]
    assert app.expander[0].label == "What the values of “Email opt\\-out” mean"
    assert [app.selectbox(f"{keys.MAP_OPT_OUT}_{place}").value for place in range(3)] == ["", "unsubscribed", "unsubscribed"]
    app.selectbox(f"{keys.MAP_OPT_OUT}_2").select("")
    run(app)
    press(app, keys.MAP_NEXT)
    plan = draft_flow.preview(engine, workspace_id=workspace_id, import_id=record().id).plan
    assert [decision.lead.status for decision in plan.decisions] == ["replied", "unsubscribed", "active"]
