"""The campaigns screen, and the box under a report that fills a campaign."""

from typing import Any

import pytest

from core import campaign_flow, lead_flow
from core.export_columns import changed_custom_fields
from core.listing import CampaignRecord
from core.records import Lead
from pages.leads_parts.one_lead import apply_edits, custom_cells
from pages.shared import keys
from tests.factories import import_file, put_campaign, put_leads, read_lead, soft_delete, total_leads

IMAGE = "![x](http://192.0.2.1/x.png)"
TAG = "<b>bold</b>"


@pytest.fixture
def campaigns(screen):
    screen.open().go_to("campaigns.py")
    return screen


def stored(engine: Any, workspace_id: str) -> list[CampaignRecord]:
    return list(campaign_flow.list_campaigns(engine, workspace_id=workspace_id).items)


def open_one(screen: Any, campaign_id: Any) -> Any:
    return screen.run().press(f"{keys.CAMPAIGN_OPEN}_{campaign_id.hex}")


def test_without_campaigns_the_page_says_what_they_are_for(campaigns):
    assert campaigns.heading == "Campaigns"
    assert "No campaigns yet" in campaigns.text


def test_a_campaign_is_created(campaigns, engine, workspace_id):
    campaigns.at.text_input(key=keys.CAMPAIGN_NAME).input(f" Spring {TAG}{IMAGE} ")
    campaigns.press(keys.CAMPAIGN_CREATE)
    [made] = stored(engine, workspace_id)
    assert (made.name, made.status, made.total_leads) == (f"Spring {TAG}{IMAGE}", "draft", 0)
    assert made.name in campaigns.text
    assert "Draft" in campaigns.text
    assert all(TAG not in body for body in campaigns.bodies)
    assert all(IMAGE not in text for text in campaigns.markdown)


def test_a_campaign_without_a_name_is_not_created(campaigns, engine, workspace_id):
    campaigns.press(keys.CAMPAIGN_CREATE)
    assert len(campaigns.alerts) == 1
    assert stored(engine, workspace_id) == []


def test_the_list_has_the_count_of_active_leads(campaigns, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com"])
    put_campaign(engine, workspace_id, ["a@example.com", "b@example.com"])
    assert "2 leads · created" in campaigns.run().text
    soft_delete(engine, workspace_id, ["a@example.com"])
    assert "1 lead · created" in campaigns.run().text


def test_name_and_state_are_changed(campaigns, engine, workspace_id):
    campaign_id = put_campaign(engine, workspace_id, [])
    open_one(campaigns, campaign_id)
    campaigns.at.text_input(key=f"{keys.CAMPAIGN_RENAME}_{campaign_id.hex}").input("Autumn")
    campaigns.at.selectbox(key=f"{keys.CAMPAIGN_STATUS}_{campaign_id.hex}").select("paused")
    campaigns.press(f"{keys.LEAD_SAVE}_{campaign_id.hex}")
    [changed] = stored(engine, workspace_id)
    assert (changed.name, changed.status) == ("Autumn", "paused")
    assert "Paused" in campaigns.text


def test_a_name_cannot_be_emptied(campaigns, engine, workspace_id):
    campaign_id = put_campaign(engine, workspace_id, [])
    open_one(campaigns, campaign_id)
    campaigns.at.text_input(key=f"{keys.CAMPAIGN_RENAME}_{campaign_id.hex}").input(" ")
    campaigns.press(f"{keys.LEAD_SAVE}_{campaign_id.hex}")
    assert len(campaigns.alerts) == 1
    assert stored(engine, workspace_id)[0].name == "Spring"


def test_a_deleted_campaign_leaves_its_leads(campaigns, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com"])
    campaign_id = put_campaign(engine, workspace_id, ["a@example.com"])
    open_one(campaigns, campaign_id).press(f"{keys.CAMPAIGN_DELETE}_{campaign_id.hex}")
    assert stored(engine, workspace_id) == []
    assert read_lead(engine, workspace_id, "a@example.com")["deleted_at"] is None


def test_pasted_emails_become_members(campaigns, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com"])
    campaign_id = put_campaign(engine, workspace_id, ["a@example.com"])
    open_one(campaigns, campaign_id)
    campaigns.at.text_area(key=f"{keys.CAMPAIGN_EMAILS}_{campaign_id.hex}").input("A@example.com; Bea <b@example.com>, who@example.com")
    campaigns.press(f"{keys.CAMPAIGN_ADD}_{campaign_id.hex}")
    assert total_leads(engine, campaign_id) == 2
    open_one(campaigns, campaign_id)
    assert "1 lead added · 1 already in the campaign · 1 not found" in campaigns.alerts
    assert [one.value for one in campaigns.at.code] == ["who@example.com"]
    open_one(campaigns, campaign_id)
    assert campaigns.alerts == []


def test_a_text_without_an_email_says_so(campaigns, engine, workspace_id):
    campaign_id = put_campaign(engine, workspace_id, [])
    open_one(campaigns, campaign_id).press(f"{keys.CAMPAIGN_ADD}_{campaign_id.hex}")
    assert "no email in the text" in open_one(campaigns, campaign_id).alerts[0]


def test_a_long_list_has_pages(campaigns, engine, workspace_id):
    for i in range(27):
        put_campaign(engine, workspace_id, [], name=f"No {i:02}")
    campaigns.run()
    assert sum(button.key.startswith(keys.CAMPAIGN_OPEN) for button in campaigns.at.button) == 25


def test_the_page_speaks_german(new_screen, engine, workspace_id):
    put_campaign(engine, workspace_id, [])
    screen = new_screen()
    screen.at.session_state[keys.LANGUAGE] = "de"
    screen.open().go_to("campaigns.py")
    assert screen.heading == "Kampagnen"
    assert "0 Leads · angelegt" in screen.text


# --- under a report -------------------------------------------------------------------------------------------------


def test_everything_of_an_import_goes_into_a_campaign(screen, engine, workspace_id):
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    record = import_file(engine, workspace_id, b"Email\na@example.com\ngone@example.com\nbad\n").record
    campaign_id = put_campaign(engine, workspace_id, [])
    screen.open(record).press(keys.JOIN_IMPORT)
    assert total_leads(engine, campaign_id) == 2


def test_without_a_campaign_the_report_says_where_to_make_one(screen, engine, workspace_id):
    record = import_file(engine, workspace_id, b"Email\na@example.com\n").record
    screen.open(record)
    assert "There is no campaign yet" in screen.text
    assert not screen.has_button(keys.JOIN_IMPORT)


def test_an_import_that_wrote_nothing_offers_nothing(screen, engine, workspace_id):
    put_campaign(engine, workspace_id, [])
    screen.open(import_file(engine, workspace_id, b"Email\nbad\n").record)
    assert not screen.has_button(keys.JOIN_IMPORT)


# --- custom fields in a lead's form ---------------------------------------------------------------------------------


def test_edits_of_custom_fields_keep_what_was_not_touched():
    lead = Lead("a@example.com", custom_fields={"Budget": 5, "Region": "North", "List": [1, "x"], " odd ": " "})
    edits = {
        "edited_rows": {0: {"value": "7.5"}, "1": {"name": "Area"}},
        "deleted_rows": [2],
        "added_rows": [{"name": "New", "value": "12"}, {"name": "Nameless"}, {"value": "x"}, {}],
    }
    edited = apply_edits(custom_cells(lead), edits)
    assert changed_custom_fields(lead.custom_fields, edited) == {"Budget": 7.5, "Area": "North", " odd ": " ", "New": "12"}
    untouched = {"edited_rows": {}, "deleted_rows": [], "added_rows": []}
    assert changed_custom_fields(lead.custom_fields, apply_edits(custom_cells(lead), untouched)) == lead.custom_fields


def test_a_lead_gets_a_custom_field_in_its_form(screen, engine, workspace_id):
    put_leads(engine, workspace_id, [{"email": "a@example.com", "custom_fields": {"n": 1}}])
    lead = read_lead(engine, workspace_id, "a@example.com")
    screen.open().go_to("leads.py")
    screen.at.session_state[f"{keys.LEADS_TABLE}_0"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    screen.run().press(keys.LEADS_OPEN)
    screen.at.session_state[f"{keys.LEAD_FORM}_{lead['id'].hex}_custom"] = {
        "edited_rows": {}, "deleted_rows": [], "added_rows": [{"name": "Region", "value": "North"}],
    }  # fmt: skip
    screen.press(keys.LEAD_SAVE)
    assert lead_flow.get_lead(engine, workspace_id=workspace_id, lead_id=lead["id"]).lead.custom_fields == {"n": 1, "Region": "North"}
