"""The sources' page, and the sentence at upload."""

from pages.shared import keys
from tests.factories import emails_csv, import_file, put_leads


def test_without_imports_it_says_what_will_be_here(screen):
    screen.run().go_to("sources.py")
    assert "No imports yet" in screen.text


def test_sources_are_compared_and_one_is_shown_over_time(screen, engine, workspace_id):
    put_leads(engine, workspace_id, ["held@example.com"])
    import_file(
        engine,
        workspace_id,
        emails_csv(["a@example.com", "held@example.com", "bad", "b@example.com"]),
        file_name="fair 1.csv",
    )
    import_file(engine, workspace_id, emails_csv(["c@example.com"]), file_name="shop.csv")
    screen.run().go_to("sources.py")
    screen.at.segmented_control(key=keys.SOURCES_BY).set_value("file").run()
    lines = screen.at.dataframe[0].value
    assert lines[["name", "imports", "rows", "new", "known", "invalid"]].to_dict("records") == [
        {"name": "fair", "imports": 1, "rows": 4, "new": 0.5, "known": 0.25, "invalid": 0.25},
        {"name": "shop", "imports": 1, "rows": 1, "new": 1.0, "known": 0.0, "invalid": 0.0},
    ]
    screen.at.selectbox(key=keys.SOURCES_PICK).set_value("shop").run()
    assert not screen.at.exception


def test_at_upload_one_sentence_tells_how_the_last_list_went(screen, engine, workspace_id):
    put_leads(engine, workspace_id, ["held@example.com"])
    import_file(engine, workspace_id, emails_csv(["held@example.com", "bad"]), file_name="fair 1.csv")
    screen.run().upload(emails_csv(["z@example.com"]), name="fair 2.csv")
    assert "50.0 % already known, 50.0 % invalid." in screen.text.replace("\\", "")
