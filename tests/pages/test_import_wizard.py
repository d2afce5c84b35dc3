"""The five steps as a person walks them, through the product's own entry script (issue 2)."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import report_flow, run_flow
from core.draft_flow import MAX_PART_ROWS
from core.ids import import_id_text, parse_import_id
from db import engine as database
from pages.shared import keys, session, stepbar, texts
from tests.conftest import count_leads
from tests.factories import put_leads, set_limit

MAIN = str(Path(__file__).resolve().parents[2] / "pages" / "main.py")
FILE = (
    b"E-Mail,First Name,Company\n"
    b"ada@example.com,Ada,Analytical\n"
    b"grace@example,Grace,Navy\n"  # row 3: not an address
    b"ADA@example.com,Ada again,\n"  # row 4: a duplicate of row 2
    b"gone@example.com,Gustav,New Ltd\n"  # row 5: a deleted lead
    b"here@example.com,Hedy,\n"  # row 6: an active lead
)


class Wizard:
    """The product's page in a session of its own, with the words of a visitor."""

    def __init__(self, engine, workspace_id):
        self.engine, self.workspace_id = engine, workspace_id
        self.app = AppTest.from_file(MAIN, default_timeout=60)
        self.run()

    def run(self):
        self.app.run()
        assert not self.app.exception, self.app.exception
        return self

    def upload(self, content=FILE, name="leads.csv"):
        self.app.file_uploader(keys.UPLOAD_FILE).upload(name, content, "text/csv")
        return self.run()

    def press(self, key):
        self.app.button(key).click()
        return self.run()

    def has(self, key):
        return key in [button.key for button in self.app.button]

    def is_off(self, key):
        return self.app.button(key).disabled

    def map_and_review(self, content=FILE):
        return self.upload(content).press(keys.MAP_NEXT)

    def edit_problem(self, position, **changes):
        """Types into the table of problems. AppTest does not fire its callback, so the page's own function is called."""
        from pages.steps import review_problems

        record = self.record()
        shown = self.problems()
        key = f"{keys.REVIEW_PROBLEMS}_0_1"
        edits = {name.replace("_", " "): value for name, value in changes.items()}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(review_problems.st, "session_state", {key: {"edited_rows": {position: edits}}})
            patch.setattr(session, "engine", lambda: self.engine)
            review_problems.save_edits(record, shown, key)
        return self.run()

    def problems(self):
        [editor] = [frame.value for frame in self.app.dataframe if "New value" in frame.value and "Problem" in frame.value]
        return editor

    def import_id(self):
        given = self.app.query_params[keys.QUERY_IMPORT]  # as the test gave it a text, as the page set it a list
        return parse_import_id(given if isinstance(given, str) else given[0])

    def record(self):
        return report_flow.get_import(self.engine, workspace_id=self.workspace_id, import_id=self.import_id())

    def let_it_run(self):
        """What the worker does."""
        run_flow.run_import(self.engine, workspace_id=self.workspace_id, import_id=self.import_id())
        return self.run()

    def totals(self):
        return {metric.label: int(metric.value.replace(",", "")) for metric in self.app.metric}

    def sentences(self):
        kinds = (self.app.error, self.app.warning, self.app.info, self.app.caption, self.app.markdown, self.app.get("html"))
        return " ".join(getattr(one, "value", None) or one.proto.body for kind in kinds for one in kind)


@pytest.fixture
def open_wizard(engine, workspace_id, monkeypatch):
    """Opens a page, as a new tab does."""
    monkeypatch.setattr(database, "_engine", engine)
    monkeypatch.setenv("LEAD_IMPORT_WORKSPACE", workspace_id)
    put_leads(engine, workspace_id, ["here@example.com"])
    put_leads(engine, workspace_id, [{"email": "gone@example.com", "first_name": "Gus"}], deleted=True)
    return lambda: Wizard(engine, workspace_id)


def rows(count):
    """A file of this many good rows."""
    return b"Email\n" + b"".join(b"lead%d@example.com\n" % number for number in range(count))


# --- the way through --------------------------------------------------------------------------------------------------


def test_from_upload_to_report(open_wizard, engine, workspace_id):
    wizard = open_wizard().upload()
    assert [wizard.app.selectbox(keys.map_target(place)).value for place in range(3)] == ["email", "first_name", "company"]
    wizard.press(keys.MAP_NEXT)
    assert wizard.totals() == {
        "To create": 1, "To restore": 1, "Duplicates in file": 1, "Already there": 1, "Errors": 1,
    }  # fmt: skip
    assert count_leads(engine, workspace_id) == (1, 1)  # contract.md section 5: nothing is written before the button

    wizard.edit_problem(0, New_value="grace@example.com")
    assert wizard.totals() == {
        "To create": 2, "To restore": 1, "Duplicates in file": 1, "Already there": 1, "Errors": 0,
    }  # fmt: skip
    wizard.press(keys.REVIEW_IMPORT)
    assert wizard.record().state == "running"
    assert texts.RUN_LEAD in wizard.sentences()

    wizard.let_it_run()
    assert wizard.totals() == {"Created": 2, "Restored": 1, "Duplicates": 2, "Errors": 0}
    assert "5 rows = 2 created + 1 restored + 2 duplicates + 0 errors" in wizard.sentences()
    assert count_leads(engine, workspace_id) == (4, 0)
    wizard.press(keys.REPORT_NEW)
    assert keys.QUERY_IMPORT not in wizard.app.query_params
    assert wizard.app.file_uploader(keys.UPLOAD_FILE).value is None


def test_a_clean_file_takes_two_presses_after_the_upload(open_wizard):
    wizard = open_wizard().upload(rows(3)).press(keys.MAP_NEXT).press(keys.REVIEW_IMPORT).let_it_run()
    assert wizard.totals()["Created"] == 3


def test_two_presses_import_once(open_wizard, engine, workspace_id):
    first = open_wizard().map_and_review()
    second = open_wizard()
    second.app.query_params[keys.QUERY_IMPORT] = import_id_text(first.import_id())
    second.run()
    first.press(keys.REVIEW_IMPORT)
    second.press(keys.REVIEW_IMPORT).let_it_run()
    first.run()
    assert first.totals() == second.totals() == {"Created": 1, "Restored": 1, "Duplicates": 2, "Errors": 1}
    assert count_leads(engine, workspace_id) == (3, 0)


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_an_address_opens_the_same_review_in_a_new_session(open_wizard):
    before = open_wizard().map_and_review().edit_problem(0, Leave_out=True)
    after = open_wizard()
    after.app.query_params[keys.QUERY_IMPORT] = import_id_text(before.import_id())
    assert after.run().totals() == before.totals()
    assert after.totals()["Left out"] == 1


def test_the_navigation_drops_the_address_and_the_draft_goes_on(open_wizard):
    wizard = open_wizard().map_and_review()
    draft = wizard.import_id()
    del wizard.app.query_params[keys.QUERY_IMPORT]
    assert wizard.run().import_id() == draft


def test_after_a_finished_import_the_navigation_leads_to_an_empty_wizard(open_wizard):
    wizard = open_wizard().map_and_review().press(keys.REVIEW_IMPORT).let_it_run()
    del wizard.app.query_params[keys.QUERY_IMPORT]
    assert texts.UPLOAD_TITLE in wizard.run().sentences()


def test_back_from_review_to_mapping_to_upload_keeps_the_choices(open_wizard):
    wizard = open_wizard().upload()
    wizard.app.selectbox(keys.map_target(2)).select("custom:Company")
    wizard.run().press(keys.MAP_NEXT).press(keys.REVIEW_BACK)
    assert wizard.app.selectbox(keys.map_target(2)).value == "custom:Company"
    wizard.press(keys.MAP_BACK).press(keys.UPLOAD_NEXT)
    assert wizard.app.selectbox(keys.map_target(2)).value == "custom:Company"


@pytest.mark.parametrize("text", ["imp_00000000000070008000000000000000", "nonsense"])
def test_an_address_that_leads_nowhere_says_so(open_wizard, text):
    wizard = open_wizard()
    wizard.app.query_params[keys.QUERY_IMPORT] = text
    wizard.run()
    assert len(wizard.app.error) == 1
    assert texts.UPLOAD_TITLE in wizard.sentences()


# --- upload and mapping -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "no content"), (b"\0\1\2\3" * 40, "not a spreadsheet"), (b"Email,Name\n", "no rows")],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(open_wizard, content, says):
    wizard = open_wizard().upload(content)
    [error] = wizard.app.error
    assert says in error.value
    assert keys.QUERY_IMPORT not in wizard.app.query_params


def test_the_limits_are_said_beside_the_uploader(open_wizard):
    said = open_wizard().sentences()
    for limit in ("25 MB", "50,000 rows", "200 columns", "32,767 characters", "1,000 rows", "XLSX"):
        assert limit in said


def test_next_is_only_there_when_email_is_mapped(open_wizard):
    wizard = open_wizard().upload()
    wizard.app.selectbox(keys.map_target(0)).select("")
    wizard.run()
    assert not wizard.has(keys.MAP_NEXT)
    assert wizard.app.error
    wizard.app.selectbox(keys.map_target(0)).select("email")
    assert wizard.run().has(keys.MAP_NEXT)


def test_two_columns_on_one_field_are_refused(open_wizard):
    wizard = open_wizard().upload()
    wizard.app.selectbox(keys.map_target(2)).select("first_name")
    assert not wizard.run().has(keys.MAP_NEXT)


def test_unmatched_columns_are_kept_as_custom_fields_by_one_switch(open_wizard):
    wizard = open_wizard().upload(b"Email,Favourite colour\na@example.com,blue\n")
    assert wizard.app.selectbox(keys.map_target(1)).value == ""
    wizard.app.toggle(keys.MAP_CUSTOM).set_value(True)
    wizard.run()
    assert wizard.app.selectbox(keys.map_target(1)).value == "custom:Favourite colour"
    wizard.app.toggle(keys.MAP_CUSTOM).set_value(False)
    assert wizard.run().app.selectbox(keys.map_target(1)).value == ""


def test_two_hundred_columns_are_drawn_a_page_at_a_time(open_wizard):
    header = ",".join(["Email", *(f"Column {number}" for number in range(199))])
    wizard = open_wizard().upload(f"{header}\na@example.com{',x' * 199}\n".encode())
    drawn = [box for box in wizard.app.selectbox if (box.key or "").startswith("map_target_")]
    assert len(drawn) == 25
    assert wizard.has(keys.MAP_NEXT)


def test_markdown_in_a_header_stays_text(open_wizard):
    wizard = open_wizard().upload(b"Email,![x](http://evil.example/x.png)\na@example.com,<b>bold</b>\n")
    assert "![x](http" not in " ".join(box.label for box in wizard.app.selectbox)
    assert "<b>bold</b>" not in wizard.sentences()


def test_the_reading_can_be_changed(open_wizard):
    wizard = open_wizard().upload(b"A title\nEmail;Name\na@example.com;M\xfcller\n").press(keys.MAP_READING)
    assert wizard.app.number_input(keys.READING_HEADER_ROW).value == 2
    wizard.app.selectbox(keys.READING_ENCODING).select("mac_roman")
    wizard.run()
    assert wizard.record().parse_options["encoding"] == "mac_roman"


# --- review -----------------------------------------------------------------------------------------------------------


def test_without_restoring_a_deleted_lead_is_a_duplicate(open_wizard):
    wizard = open_wizard().map_and_review()
    wizard.app.toggle(keys.REVIEW_RESTORE).set_value(False)
    totals = wizard.run().totals()
    assert (totals["To restore"], totals["Already there"]) == (0, 2)


def test_a_clean_file_shows_empty_states(open_wizard):
    said = open_wizard().map_and_review(rows(2)).sentences()
    for name in ("problems", "file_duplicates", "existing", "restored"):
        assert texts.EMPTY[name][1] in said


def test_over_the_contact_limit_says_by_how_many_and_stops(open_wizard, engine, workspace_id):
    set_limit(engine, workspace_id, 3)
    wizard = open_wizard().map_and_review(rows(5))
    assert "This import would add 5 leads, and the workspace has room for 2: 3 too many." in wizard.sentences()
    assert wizard.is_off(keys.REVIEW_IMPORT)


def test_a_file_of_only_duplicates_may_be_imported(open_wizard):
    wizard = open_wizard().map_and_review(b"Email\nhere@example.com\n")
    assert not wizard.is_off(keys.REVIEW_IMPORT)
    assert wizard.press(keys.REVIEW_IMPORT).let_it_run().totals()["Duplicates"] == 1


def test_more_than_1000_rows_go_in_parts_by_choice_only(open_wizard):
    """contract.md section 5: the screen says so plainly with both numbers, and offers parts."""
    wizard = open_wizard().map_and_review(rows(MAX_PART_ROWS + 1))
    assert "This file has 1,001 rows. One import takes at most 1,000." in wizard.sentences()
    assert wizard.is_off(keys.REVIEW_IMPORT)
    wizard.app.checkbox(keys.REVIEW_IN_PARTS).check()
    wizard.run()
    assert not wizard.is_off(keys.REVIEW_IMPORT)
    wizard.press(keys.REVIEW_IMPORT)
    assert wizard.has(keys.RUN_CANCEL)
    assert wizard.let_it_run().totals()["Created"] == 1001


def test_a_cancelled_import_goes_on_by_try_again(open_wizard):
    wizard = open_wizard().map_and_review(rows(MAX_PART_ROWS + 1))
    wizard.app.checkbox(keys.REVIEW_IN_PARTS).check()
    wizard.run().press(keys.REVIEW_IMPORT).press(keys.RUN_CANCEL)
    assert wizard.totals()["Not imported"] == 1001
    assert wizard.app.error
    wizard.press(keys.REPORT_TRY_AGAIN).let_it_run()
    assert wizard.totals()["Created"] == 1001


# --- the rest ---------------------------------------------------------------------------------------------------------


def test_history_lists_the_imports_and_is_empty_at_first(open_wizard):
    wizard = open_wizard()
    wizard.app.switch_page("history.py")
    assert texts.HISTORY_EMPTY[1] in wizard.run().sentences()
    wizard.app.switch_page("import_wizard.py")
    wizard.run().upload(name="spring.csv")
    wizard.app.switch_page("history.py")
    assert "spring.csv" in wizard.run().sentences()


@pytest.mark.parametrize("step", session.STEPS)
def test_the_step_bar_announces_one_current_step(step):
    drawn = stepbar.stepbar_html(step)
    assert drawn.count("aria-current=step") == 1
    assert f"Step {session.STEPS.index(step) + 1} of 5 · {texts.STEP_LABELS[step]}" in drawn


def test_the_template_has_every_field_of_a_lead():
    from core.fields import FIELDS
    from pages.steps.upload import TEMPLATE

    header = TEMPLATE.read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == [field.label for field in FIELDS]
