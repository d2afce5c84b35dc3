"""Remembered mappings: listed, renamed, forgotten, each workspace its own."""

import pytest

from core import draft_flow, preset_flow
from core.errors import InvalidValues, MappingIncomplete, NotFound
from core.mapping import header_signature
from core.records import ColumnMapping
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


def test_a_changed_preset_is_what_the_next_file_begins_with(engine, workspace_id):
    make_ready(engine, workspace_id, b"Email,Firm\na@example.com,Acme\n", {"Email": "email", "Firm": None})
    [preset] = preset_flow.list_presets(engine, workspace_id=workspace_id)
    mapping = ColumnMapping({"Email": "email", "Firm": "company"}, {"source": "fair"})
    where = {"workspace_id": workspace_id, "header_signature": preset.header_signature}
    assert preset_flow.change_preset(engine, **where, mapping=mapping).mapping == mapping
    record = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="b.csv", content=b"Email,Firm\nb@example.com,Kite\n", created_by="ada"
    )
    assert draft_flow.propose(engine, workspace_id=workspace_id, import_id=record.id).mapping == mapping


def test_a_preset_is_not_changed_to_what_nobody_could_import_with(engine, workspace_id):
    make_ready(engine, workspace_id, b"Email,Firm\na@example.com,Acme\n", {"Email": "email", "Firm": None})
    [preset] = preset_flow.list_presets(engine, workspace_id=workspace_id)
    where = {"workspace_id": workspace_id, "header_signature": preset.header_signature}
    with pytest.raises(MappingIncomplete):
        preset_flow.change_preset(engine, **where, mapping=ColumnMapping({"Email": None, "Firm": "company"}))
    with pytest.raises(NotFound):
        preset_flow.change_preset(engine, workspace_id=workspace_id, header_signature="0" * 32, mapping=preset.mapping)
    assert preset_flow.list_presets(engine, workspace_id=workspace_id) == (preset,)
