"""The remembered mappings on the Settings page."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import preset_flow
from db import engine as database
from pages.shared import keys
from tests.factories import make_ready

MAIN = str(Path(__file__).resolve().parents[2] / "pages" / "main.py")


@pytest.fixture
def settings(engine, workspace_id, monkeypatch):
    monkeypatch.setattr(database, "_engine", engine)
    monkeypatch.setenv("LEAD_IMPORT_WORKSPACE", workspace_id)

    def open_it():
        app = AppTest.from_file(MAIN, default_timeout=60).run()
        app.switch_page("settings.py").run()
        assert not app.exception
        return app

    return open_it


def buttons(app):
    return [one for one in app.button if one.key.startswith(keys.PRESET_DELETE)]


def test_without_a_remembered_mapping_there_is_nothing_to_forget(settings):
    assert buttons(settings()) == []


def test_a_remembered_mapping_is_renamed_and_forgotten(settings, engine, workspace_id):
    make_ready(engine, workspace_id, b"Email\na@example.com\n", {"Email": "email"})
    app = settings()
    [name] = [one for one in app.text_input if one.key.startswith(keys.PRESET_NAME)]
    name.input("Fair").run()
    assert [one.name for one in preset_flow.list_presets(engine, workspace_id=workspace_id)] == ["Fair"]
    [name] = [one for one in app.text_input if one.key.startswith(keys.PRESET_NAME)]
    name.input(" ").run()
    assert not app.exception
    assert app.error[0].value.startswith("**The name cannot be empty")
    buttons(app)[0].click().run()
    assert not app.exception
    assert preset_flow.list_presets(engine, workspace_id=workspace_id) == ()


def press(app, key):
    [found] = [one for one in app.button if one.key == key]
    found.click().run()
    assert not app.exception


def test_a_remembered_mapping_is_opened_and_its_targets_are_changed(settings, engine, workspace_id):
    content = b"Email,Firm,Role\na@example.com,Acme,CEO\n"
    make_ready(engine, workspace_id, content, {"Email": "email", "Firm": "company", "Role": None})
    [preset] = preset_flow.list_presets(engine, workspace_id=workspace_id)
    app = settings()
    press(app, f"{keys.PRESET_EDIT}_{preset.header_signature}")
    assert [app.selectbox(f"{keys.PRESET_TARGET}_{place}").value for place in range(3)] == ["email", "company", ""]
    app.selectbox(f"{keys.PRESET_TARGET}_2").select("company").run()
    assert "both go to Company" in app.error[0].value
    assert app.button(key=keys.PRESET_SAVE).disabled
    app.selectbox(f"{keys.PRESET_TARGET}_2").select("title").run()
    press(app, keys.PRESET_SAVE)
    [changed] = preset_flow.list_presets(engine, workspace_id=workspace_id)
    assert changed.mapping.targets == {"Email": "email", "Firm": "company", "Role": "title"}
    assert (changed.name, changed.updated_at) == (preset.name, preset.updated_at)
