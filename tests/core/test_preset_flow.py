"""Remembered mappings: listed, renamed, forgotten, each workspace its own."""

import pytest

from core import preset_flow
from core.errors import InvalidValues, NotFound
from core.mapping import header_signature
from tests.factories import make_ready, make_workspace

FILE = b"Email,Name\na@example.com,Ada\n"
OTHER = b"Email,Company\na@example.com,Kite\n"


@pytest.fixture
def preset(engine, workspace_id):
    make_ready(engine, workspace_id, FILE, {"Email": "email", "Name": "first_name"})
    [preset] = preset_flow.list_presets(engine, workspace_id=workspace_id)
    return preset


def place(preset):
    return {"workspace_id": preset.workspace_id, "header_signature": preset.header_signature}


def test_the_mapping_saved_last_stands_first(engine, workspace_id, preset):
    make_ready(engine, workspace_id, OTHER, {"Email": "email", "Company": "company"})
    found = preset_flow.list_presets(engine, workspace_id=workspace_id)
    assert [one.header_signature for one in found] == [header_signature(["Email", "Company"]), preset.header_signature]
    assert found[1].mapping.targets == {"Email": "email", "Name": "first_name"}


def test_a_name_stays_when_the_mapping_is_saved_again(engine, workspace_id, preset):
    assert preset_flow.rename_preset(engine, **place(preset), name="  Trade fair ").name == "Trade fair"
    make_ready(engine, workspace_id, FILE, {"Email": "email", "Name": "last_name"})
    [again] = preset_flow.list_presets(engine, workspace_id=workspace_id)
    assert (again.name, again.mapping.targets["Name"]) == ("Trade fair", "last_name")


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_name_that_is_none_is_refused_and_nothing_changes(engine, preset, name):
    with pytest.raises(InvalidValues):
        preset_flow.rename_preset(engine, **place(preset), name=name)
    assert preset_flow.list_presets(engine, workspace_id=preset.workspace_id) == (preset,)


def test_a_forgotten_mapping_is_gone(engine, preset):
    preset_flow.delete_preset(engine, **place(preset))
    assert preset_flow.list_presets(engine, workspace_id=preset.workspace_id) == ()
    with pytest.raises(NotFound):
        preset_flow.delete_preset(engine, **place(preset))
    with pytest.raises(NotFound):
        preset_flow.rename_preset(engine, **place(preset), name="x")


def test_another_workspace_neither_sees_nor_changes_it(engine, preset):
    other = {**place(preset), "workspace_id": make_workspace(engine)}
    assert preset_flow.list_presets(engine, workspace_id=other["workspace_id"]) == ()
    with pytest.raises(NotFound):
        preset_flow.rename_preset(engine, **other, name="x")
    with pytest.raises(NotFound):
        preset_flow.delete_preset(engine, **other)
