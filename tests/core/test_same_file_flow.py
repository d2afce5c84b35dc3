"""The same-file guard on a real database."""

import pytest

from core import draft_flow, same_file_flow, undo_flow
from core.errors import NotFound
from core.report_flow import failed_rows_csv
from core.same_file import hash_rows
from db import imports
from tests.factories import emails_csv, import_file, make_ready, make_running, make_workspace, place, run, set_limit

PEOPLE = [f"p{n}@example.com" for n in range(10)]


def find(engine, workspace_id, content, name="again.csv"):
    """What the guard says of a file that is uploaded now."""
    draft = draft_flow.create_draft(engine, workspace_id=workspace_id, file_name=name, content=content, created_by="local")
    return same_file_flow.find_same_file(engine, **place(draft))


@pytest.fixture
def first(engine, workspace_id):
    return import_file(engine, workspace_id, emails_csv(PEOPLE), file_name="first.csv").record


def test_a_new_file_is_a_new_file(engine, workspace_id, first):
    assert find(engine, workspace_id, emails_csv(["new@example.com"])) is None


def test_the_very_same_file_is_known(engine, workspace_id, first):
    same = find(engine, workspace_id, emails_csv(PEOPLE))
    assert (same.record.id, same.share, same.is_exact) == (first.id, 1.0, True)


def test_most_of_its_rows_are_known(engine, workspace_id, first):
    same = find(engine, workspace_id, emails_csv([*PEOPLE[1:], "new@example.com"]))
    assert (same.record.id, same.share, same.is_exact) == (first.id, 0.9, False)


def test_less_than_half_is_not_worth_a_word(engine, workspace_id, first):
    assert find(engine, workspace_id, emails_csv([*PEOPLE[:4], *(f"n{n}@example.com" for n in range(6))])) is None


def test_the_import_that_had_most_of_it_is_named_and_of_equals_the_newest(engine, workspace_id, first):
    part = import_file(engine, workspace_id, emails_csv(PEOPLE[:6])).record
    assert find(engine, workspace_id, emails_csv([*PEOPLE, "x@example.com"])).record.id == first.id
    assert find(engine, workspace_id, emails_csv(PEOPLE[:5])).record.id == part.id


def test_what_wrote_nothing_or_is_undone_does_not_count(engine, workspace_id, first):
    undo_flow.undo_import(engine, **place(first))
    make_ready(engine, workspace_id, emails_csv(PEOPLE))
    set_limit(engine, workspace_id, 0)
    assert run(engine, make_running(engine, workspace_id, emails_csv(PEOPLE))).state == "failed"
    assert find(engine, workspace_id, emails_csv(PEOPLE)) is None
    assert find(engine, workspace_id, emails_csv([*PEOPLE, "x@example.com"])) is None


def test_a_file_that_continues_an_import_is_known_anyway(engine, workspace_id):
    record = import_file(engine, workspace_id, emails_csv(["a@example.com", "bad"])).record
    assert find(engine, workspace_id, failed_rows_csv(engine, **place(record))) is None


def test_read_in_another_way_the_rows_are_others(engine, workspace_id):
    draft = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="a.csv", content=emails_csv(PEOPLE), created_by="local"
    )
    draft_flow.change_reading(engine, **place(draft), options={"header_row": 0})
    with engine.connect() as conn:
        kept = imports.get_row_hashes(conn, **place(draft))
    assert kept == hash_rows(draft_flow.load_table(engine, **place(draft)))
    assert len(kept) == 11 * 8


def test_another_workspaces_files_are_not_known(engine, workspace_id, first):
    there = make_workspace(engine)
    assert find(engine, there, emails_csv(PEOPLE)) is None
    with pytest.raises(NotFound):
        same_file_flow.find_same_file(engine, workspace_id=there, import_id=first.id)
