"""The list of imports."""

from datetime import date

from core import draft_flow, import_list_flow, report_flow
from core.ids import import_id_text
from core.records import ColumnMapping, ImportOptions
from core.request_flow import import_leads
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
    assert "2 rows: 1 created, 1 failed" in text
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


# --- search, filters, pages ----------------------------------------------------------------------------------------------


def names(screen):
    """The files of the list, in its order."""
    return [line.split()[0] for line in screen.html_texts if ".csv" in line and " by " in line]


def three(engine, workspace_id):
    """A draft of Ada's, a finished import with a mistake, and one through the API without a file."""
    draft_flow.create_draft(engine, workspace_id=workspace_id, file_name="draft.csv", content=emails_csv(["a@example.com"]), created_by="ada")
    import_file(engine, workspace_id, emails_csv(["a@example.com", "bad"]), file_name="done.csv")
    import_leads(engine, workspace_id=workspace_id, drafts=[{"email": "b@example.com"}], options=ImportOptions(), created_by="nightly")


def test_imports_of_both_doors_are_there_with_who_made_them(screen, engine, workspace_id):
    three(engine, workspace_id)
    text = screen.open().go_to("history.py").text
    assert "by nightly · API" in text
    assert "by this computer · File" in text
    assert "by ada · File" in text
    assert "1 row: 1 created" in text
    assert screen.bodies[-1].count('class="is-created"') == 0, "a draft has no counts"


def test_the_search_narrows_the_list_and_says_when_nothing_is_found(screen, engine, workspace_id):
    three(engine, workspace_id)
    screen.open().go_to("history.py")
    screen.at.text_input(key=keys.HISTORY_SEARCH).set_value("DONE")
    assert names(screen.run()) == ["done.csv"]
    screen.at.text_input(key=keys.HISTORY_SEARCH).set_value("nowhere")
    assert "Nothing found" in screen.run().text
    screen.press(keys.HISTORY_CLEAR)
    assert names(screen) == ["done.csv", "draft.csv"]


def test_filters_narrow_together(screen, engine, workspace_id):
    three(engine, workspace_id)
    screen.open().go_to("history.py")
    screen.at.pills(key=keys.HISTORY_DOOR).set_value("wizard")
    assert names(screen.run()) == ["done.csv", "draft.csv"]
    screen.at.selectbox(key=keys.HISTORY_PERSON).set_value("ada")
    assert names(screen.run()) == ["draft.csv"]
    screen.at.pills(key=keys.HISTORY_STATES).set_value(["done"])
    assert "Nothing found" in screen.run().text
    screen.press(keys.HISTORY_CLEAR)
    screen.at.date_input(key=keys.HISTORY_DAYS).set_value((date(2020, 1, 1), date(2020, 1, 2)))
    assert "Nothing found" in screen.run().text


def test_older_imports_are_a_page_away_and_a_filter_begins_again(screen, engine, workspace_id):
    for number in range(21):
        make_ready(engine, workspace_id, emails_csv(["a@example.com"]), file_name=f"{number:02}.csv")
    screen.open().go_to("history.py")
    assert names(screen) == [f"{number:02}.csv" for number in range(20, 0, -1)]
    screen.press(keys.HISTORY_OLDER)
    assert names(screen) == ["00.csv"]
    screen.press(keys.HISTORY_NEWER)
    assert names(screen)[0] == "20.csv"
    screen.press(keys.HISTORY_OLDER)
    screen.at.text_input(key=keys.HISTORY_SEARCH).set_value("2")
    assert names(screen.run()) == ["20.csv", "12.csv", "02.csv"]


def test_a_file_that_continues_another_one_names_it(screen, engine, workspace_id):
    first = import_file(engine, workspace_id, emails_csv(["bad"]), file_name="first.csv").record
    content = report_flow.failed_rows_csv(engine, workspace_id=workspace_id, import_id=first.id)
    draft_flow.create_draft(engine, workspace_id=workspace_id, file_name="fixed.csv", content=content, created_by="local")
    assert "continues “first.csv”" in screen.open().go_to("history.py").text


# --- details -----------------------------------------------------------------------------------------------------------


def details(screen, record):
    screen.open().go_to("history.py")
    return screen.press(keys.history_details(record.id.hex))


def test_the_details_show_the_facts_and_the_mapping(screen, engine, workspace_id):
    record = make_ready(engine, workspace_id, b"Mail,Note,Budget\na@example.com,x,1\n", {"Mail": "email", "Note": None, "Budget": "custom:Money"})
    draft_flow.save_mapping(
        engine, workspace_id=workspace_id, import_id=record.id,
        mapping=ColumnMapping(record.mapping.targets, {"source": "Fair"}),
    )  # fmt: skip
    details(screen, record)
    assert import_id_text(record.id) in screen.text
    [shown] = [frame.value for frame in screen.at.dataframe if "Goes to" in frame.value]
    assert dict(zip(shown["Column"], shown["Goes to"], strict=True)) == {
        "Mail": "Email", "Note": "Leave out", "Budget": "Custom field “Money”", "Fixed value “Fair”": "Source",
    }  # fmt: skip


def test_a_finished_import_gives_its_report_and_is_no_draft_to_delete(screen, engine, workspace_id):
    details(screen, import_file(engine, workspace_id, emails_csv(["a@example.com"])).record)
    assert [one.key for one in screen.at.get("download_button")] == [keys.HISTORY_CSV]
    assert not screen.has_button(keys.HISTORY_DELETE_YES)


def test_an_import_through_the_api_has_no_mapping(screen, engine, workspace_id):
    answer = import_leads(engine, workspace_id=workspace_id, drafts=[{"email": "b@example.com"}], options=ImportOptions(), created_by="nightly")
    details(screen, report_flow.get_import(engine, workspace_id=workspace_id, import_id=answer.import_id))
    assert not screen.has_button(keys.HISTORY_REUSE)


def test_a_draft_is_deleted_after_a_question(screen, engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    details(screen, record).press(keys.HISTORY_DELETE_YES)
    assert "No imports yet" in screen.text
    assert import_list_flow.list_imports(engine, workspace_id=workspace_id).records == []


def test_a_draft_that_was_started_meanwhile_is_not_deleted(screen, engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    details(screen, record)
    run_flow.start_import(engine, workspace_id=workspace_id, import_id=record.id)
    screen.press(keys.HISTORY_DELETE_YES)
    assert any("Only drafts can be deleted" in alert for alert in screen.alerts)


def test_a_new_file_is_mapped_like_an_earlier_one(screen, engine, workspace_id):
    model = import_file(engine, workspace_id, b"Mail,Who\na@example.com,Ann\n", mapping={"Mail": "email", "Who": "custom:Contact"}, file_name="model.csv").record
    details(screen, model).press(keys.HISTORY_REUSE)
    assert screen.step == "Step 1 of 5 · Upload"
    assert "The next file is mapped like “model.csv”." in screen.text
    screen.go_to("import_wizard.py").upload(b"Who,Mail,City\nBob,b@example.com,Rome\n")
    assert screen.record.mapping.targets["Who"] == "custom:Contact"
    screen.press(keys.MAP_BACK)
    assert "mapped like" not in screen.text, "it holds for one file"


def test_mapping_like_an_earlier_import_can_be_called_off(screen, engine, workspace_id):
    model = import_file(engine, workspace_id, b"Mail\na@example.com\n", mapping={"Mail": "email"}).record
    details(screen, model).press(keys.HISTORY_REUSE).press(keys.LIKE_CANCEL)
    assert "mapped like" not in screen.text
