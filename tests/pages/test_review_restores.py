"""Restores in the review: who comes back, field by field, and the tick for those who had left."""

import pytest

from pages.shared import keys
from pages.steps import review_restores
from tests.factories import make_ready, put_campaign, put_leads, read_leads

FILE = b"Email,Company\nleft@example.com,Kite\ngone@example.com,Zinc\nbounced@example.com,\nnew@example.com,\n"
MAPPING = {"Email": "email", "Company": "company"}


@pytest.fixture
def ready(engine, workspace_id):
    put_leads(
        engine, workspace_id, deleted=True,
        leads=[{"email": "left@example.com", "status": "unsubscribed"}, {"email": "gone@example.com", "company": "Old"},
               {"email": "bounced@example.com", "status": "bounced"}],
    )  # fmt: skip
    put_campaign(engine, workspace_id, ["gone@example.com", "left@example.com"], name="[Spring](http://x.example)")
    return make_ready(engine, workspace_id, FILE, MAPPING)


def lists(screen):
    [tab] = [one for one in screen.at.tabs if one.label.startswith("Restores")]
    return [frame.value for frame in tab.dataframe]


def test_who_comes_back_is_shown_with_deletion_campaigns_and_changes(screen, ready):
    screen.open(ready)
    asked, plain, changes = lists(screen)
    assert asked[["Bring back", "Row", "Status", "Campaigns", "Changes"]].values.tolist() == [
        [False, 2, "Unsubscribed", "[Spring](http://x.example)", 1],
        [False, 4, "Bounced", "", 0],
    ]
    assert plain[["Row", "Email", "Status", "Changes"]].values.tolist() == [[3, "gone@example.com", "Active", 1]]
    assert [f"{moment:%Y-%m-%d}" for moment in plain["Deleted"]] == ["2024-05-06"]
    assert changes.values.tolist() == [
        [2, "left@example.com", "Company", "", "Kite"], [3, "gone@example.com", "Company", "Old", "Zinc"],
    ]  # fmt: skip


def test_leads_that_left_wait_for_their_tick_and_take_no_place(screen, ready):
    screen.open(ready)
    assert (screen.totals["To restore"], screen.totals["To confirm"], screen.totals["Already there"]) == ("1", "2", "0")
    assert sum(map(int, screen.totals.values())) == ready.row_count
    assert "Restores · 3" in screen.tabs
    assert "This import adds 2" in screen.text
    assert "**2 leads had unsubscribed or bounced. They stay deleted unless you tick them.**" in screen.markdown


def test_one_tick_for_all_brings_them_back_and_can_be_taken_away(screen, ready):
    screen.open(ready)
    assert screen.at.button(key=keys.RESTORES_CONFIRM_ALL).label == "Bring back all 2"
    screen.press(keys.RESTORES_CONFIRM_ALL)
    assert screen.record.confirmed == {"left@example.com", "bounced@example.com"}
    assert screen.totals["To restore"] == "3"
    assert "To confirm" not in screen.totals
    assert lists(screen)[0]["Bring back"].to_list() == [True, True]
    assert "**2 leads had unsubscribed or bounced, and all come back: you ticked them.**" in screen.markdown
    assert screen.at.button(key=keys.RESTORES_CONFIRM_ALL).label == "Leave all 2 deleted"
    screen.press(keys.RESTORES_CONFIRM_ALL)
    assert screen.record.confirmed == frozenset()


def test_a_tick_for_one_is_saved(screen, ready, monkeypatch):
    """The editor's callback: AppTest does not run it, so it is called with the state that a browser leaves."""
    screen.open(ready)
    shown = lists(screen)[0]
    state = {"ticks": {"edited_rows": {"1": {"Bring back": True}}}}
    monkeypatch.setattr(review_restores.st, "session_state", state)
    review_restores.save_ticks(screen.record, shown, "ticks")
    assert screen.record.confirmed == {"bounced@example.com"}
    state["ticks"] = {"edited_rows": {0: {"Bring back": True}, 1: {"Bring back": False}}}
    review_restores.save_ticks(screen.record, shown, "ticks")
    assert screen.record.confirmed == {"left@example.com"}
    assert state[keys.EDITOR_VERSION] == 3, "the list starts afresh each time"


def test_only_ticked_leads_come_back(screen, ready, engine, workspace_id):
    screen.open(ready).press(keys.REVIEW_IMPORT).do_the_job()
    deleted = {email for email, lead in read_leads(engine, workspace_id).items() if lead["deleted_at"]}
    assert deleted == {"left@example.com", "bounced@example.com"}
    assert screen.rows("Already in workspace") == [2, 4]
    assert "nobody confirmed" in screen.table("Already in workspace")["Why"][0]


def test_where_nobody_had_left_there_is_nothing_to_tick(screen, engine, workspace_id):
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    screen.open(make_ready(engine, workspace_id, b"Email\ngone@example.com\n"))
    assert not screen.has_button(keys.RESTORES_CONFIRM_ALL)
    assert len(lists(screen)) == 1
    assert "The file changes nothing in them: they come back as they were." in screen.markdown


def test_where_restoring_is_off_there_is_nothing_to_restore(screen, ready):
    screen.open(ready)
    screen.at.toggle(key=keys.REVIEW_RESTORE).set_value(False)
    screen.run()
    assert "No lead to restore" in screen.text
    assert (screen.totals["To restore"], screen.totals["Already there"]) == ("0", "3")
