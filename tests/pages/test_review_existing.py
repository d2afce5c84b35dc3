"""Leads that are there already: what their rows would lose, and the choice to fill the leads' blanks."""

import pytest

from core.records import ImportOptions
from pages.shared import keys
from tests.factories import make_ready, put_leads, read_leads

FILE = b"Email,Name,Company\na@example.com,Ada,Kite\nb@example.com,Bo,\ngone@example.com,Cy,\nbad,,\n"
MAPPING = {"Email": "email", "Name": "first_name", "Company": "company"}


@pytest.fixture
def ready(engine, workspace_id):
    put_leads(
        engine,
        workspace_id,
        [{"email": "a@example.com", "company": "Acme"}, {"email": "b@example.com", "first_name": "Bo"}],
    )
    return make_ready(engine, workspace_id, FILE, MAPPING)


@pytest.fixture
def existing(screen, ready):
    """The review with the tab of these leads open."""
    screen.open(ready)
    screen.at.session_state[f"{keys.REVIEW_TABS}_open_{screen.at.session_state[keys.CURRENT_IMPORT]}"] = "existing"
    return screen.run()


def lines(screen):
    return screen.table("Already")[["Row", "Email", *screen.table("Already").columns[2:]]].values.tolist()


def test_what_stored_leads_lack_is_shown_beside_what_differs(existing):
    assert "**1 row holds 1 value that the leads in the workspace lack.**" in existing.markdown
    assert list(existing.table("Already").columns) == ["Row", "Email", "Would be lost", "Differs"]
    assert lines(existing) == [[2, "a@example.com", "First name: Ada", "Company"], [3, "b@example.com", "", ""]]


def test_all_blanks_are_filled_with_one_click_that_switches_the_option(existing):
    existing.press(keys.EXISTING_FILL_ALL)
    assert existing.record.options.fill_blanks
    assert existing.at.toggle(key=keys.REVIEW_FILL).value is True
    assert "**Blanks of 1 lead are filled.**" in existing.markdown
    assert existing.at.button(key=keys.REVIEW_IMPORT).label == "Import 1 lead, fill blanks of 1"
    existing.press(keys.EXISTING_LEAVE_ALL)
    assert not existing.record.options.fill_blanks
    assert existing.has_button(keys.EXISTING_FILL_ALL)


def test_the_blanks_of_one_lead_alone_are_filled(existing, engine, workspace_id):
    assert existing.at.selectbox(key=keys.EXISTING_PICK).options == [
        "Row 2 · a@example.com · 1 value lacking · 1 differs",
        "Row 3 · b@example.com",
    ]
    assert existing.at.button(key=keys.EXISTING_FILL).label == "Fill 1 blank of this lead"
    existing.press(keys.EXISTING_FILL)
    assert existing.record.filled == {"a@example.com"}
    assert not existing.record.options.fill_blanks
    assert existing.at.button(key=keys.EXISTING_FILL).label == "Leave this lead as it is"
    existing.press(keys.REVIEW_IMPORT).do_the_job()
    lead = read_leads(engine, workspace_id)["a@example.com"]
    assert (lead["first_name"], lead["company"]) == ("Ada", "Acme")
    assert existing.table("Already")["Why"][0].endswith("filled from this row: First name.")


def test_a_row_is_compared_with_its_lead(existing):
    [tab] = [one for one in existing.at.tabs if one.label.startswith("Already")]
    assert tab.dataframe[1].value.values.tolist() == [
        ["First name", "Ada", "", "Lost"], ["Company", "Kite", "Acme", "The lead keeps its own"],
    ]  # fmt: skip
    existing.at.selectbox(key=keys.EXISTING_PICK).set_value(3)
    existing.run()
    assert "The row says nothing that the lead does not have." in existing.markdown


def test_the_option_is_off_until_somebody_switches_it_on(screen, ready, engine, workspace_id):
    """The contract leaves active leads untouched (section 3, rule 3)."""
    before = read_leads(engine, workspace_id)["a@example.com"]
    screen.open(ready)
    assert screen.at.toggle(key=keys.REVIEW_FILL).value is False
    screen.press(keys.REVIEW_IMPORT).do_the_job()
    assert read_leads(engine, workspace_id)["a@example.com"] == before


def test_the_option_is_switched_beside_the_other(screen, ready):
    screen.open(ready)
    screen.at.toggle(key=keys.REVIEW_FILL).set_value(True)
    screen.run()
    assert screen.record.options == ImportOptions(restore_unsubscribed=False, fill_blanks=True)


def test_deleted_leads_that_stay_deleted_have_a_list_of_their_own(existing, engine, workspace_id):
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    existing.at.toggle(key=keys.REVIEW_RESTORE).set_value(False)
    existing.run()
    assert "**Their leads are deleted, and restoring is switched off**" in existing.markdown
    [tab] = [one for one in existing.at.tabs if one.label.startswith("Already")]
    assert tab.label == "Already in workspace · 3"
    assert tab.dataframe[2].value["Row"].to_list() == [4]


def test_where_nothing_is_lost_nothing_is_asked(screen, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com"])
    screen.open(make_ready(engine, workspace_id, b"Email\na@example.com\n"))
    assert "Nothing is lost here" in screen.text
    assert not screen.has_button(keys.EXISTING_FILL_ALL)
