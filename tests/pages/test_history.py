"""The list of imports."""

from core.ids import import_id_text
from pages.shared import keys
from tests.factories import emails_csv, import_file, make_ready, make_workspace, run_flow


def links(screen):
    return [one.proto.query_string for one in screen.at.get("page_link")]


def test_an_empty_history_shows_the_way_to_the_first_import(screen):
    screen.open().go_to("history.py")
    assert "No imports yet" in screen.text
    assert [one.proto.label for one in screen.at.get("page_link")] == ["Start an import"]


def test_imports_are_listed_newest_first_with_state_books_and_address(screen, engine, workspace_id):
    done = import_file(engine, workspace_id, emails_csv(["a@example.com", "bad"]), file_name="done.csv").record
    draft = make_ready(engine, workspace_id, emails_csv(["b@example.com"]), file_name="ready.csv")
    screen.open().go_to("history.py")
    text = screen.text
    assert text.index("ready.csv") < text.index("done.csv")
    assert "2 rows = 1 created + 0 restored + 0 duplicates + 1 errors" in text
    assert "Ready" in text
    assert "Done" in text
    assert links(screen) == [f"{keys.QUERY_IMPORT}={import_id_text(one.id)}" for one in (draft, done)]


def test_an_import_that_stopped_is_shown_as_such(screen, engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    place = {"workspace_id": workspace_id, "import_id": record.id}
    run_flow.start_import(engine, **place)
    run_flow.cancel_import(engine, **place)
    assert "Stopped" in screen.open().go_to("history.py").text


def test_another_workspaces_imports_are_not_shown(screen, engine):
    other = make_workspace(engine)
    theirs = make_ready(engine, other, emails_csv(["a@example.com"]), file_name="theirs.csv")
    assert "theirs.csv" not in screen.open().go_to("history.py").text
    screen.go_to("import_wizard.py").open(theirs)
    assert screen.step == "Step 1 of 5 · Upload"
    assert len(screen.alerts) == 1
