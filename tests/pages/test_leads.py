"""The leads screen: find, open, change, act on a selection, page after page."""

from typing import Any
from uuid import UUID

import pytest

from core import download_links, lead_flow, matching_flow
from core.ids import campaign_id_text, import_id_text, new_hex_ids
from core.listing import LeadFilter
from db import lead_lists
from pages.shared import keys, texts
from tests.factories import (
    active_emails,
    import_file,
    put_campaign,
    put_leads,
    read_lead,
    read_leads,
    set_limit,
    soft_delete,
    total_leads,
)

IMAGE = "![x](http://192.0.2.1/x.png)"


def put_people(engine: Any, workspace_id: str, count: int, **values: Any) -> list[str]:
    """Emails of so many leads, the newest first."""
    ids = new_hex_ids()
    emails = [f"p{i:03}@example.com" for i in range(count)]
    put_leads(engine, workspace_id, [{"id": UUID(next(ids)), "email": email, **values} for email in emails])
    return emails[::-1]


@pytest.fixture
def leads(screen):
    screen.open().go_to("leads.py")
    return screen


def shown(screen: Any) -> list[str]:
    """The emails in the table, from the top."""
    return list(screen.at.dataframe[0].value["email"]) if screen.at.dataframe else []


def places_version(screen: Any) -> int:
    state = screen.at.session_state
    return state[keys.LEADS_VERSION] if keys.LEADS_VERSION in state else 0  # noqa: SIM401 - it has no get


def select(screen: Any, *rows: int) -> Any:
    """Ticks rows of the table."""
    version = places_version(screen)
    screen.at.session_state[f"{keys.LEADS_TABLE}_{version}"] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return screen.run()


def link(screen: Any) -> str:
    """What the export's link asks for."""
    [found] = screen.at.get("link_button")
    return found.proto.url.partition("?wish=")[2]


def test_an_empty_workspace_says_what_to_do(leads):
    assert leads.heading == "Leads"
    assert "No leads yet" in leads.text
    assert leads.has_button(keys.LEADS_ADD)
    assert not leads.at.get("link_button")


def test_one_lead_with_everything_that_a_list_shows(leads, engine, workspace_id):
    values = {"first_name": "Ada", "last_name": IMAGE, "company": "Acme", "tags": ["vip"], "status": "replied", "source": "fair"}
    put_leads(engine, workspace_id, [{"email": "ada@example.com", **values}])
    leads.run()
    [row] = leads.at.dataframe[0].value.to_dict("records")
    assert (row["email"], row["name"], row["company"], row["status"]) == ("ada@example.com", f"Ada {IMAGE}", "Acme", "Replied")
    assert list(row["tags"]) == ["vip"]
    assert "1 lead ·" in leads.text
    assert IMAGE not in "".join(leads.markdown)


def test_pages_forth_and_back(leads, engine, workspace_id):
    emails = put_people(engine, workspace_id, 120)
    leads.run()
    assert shown(leads) == emails[:50]
    leads.press(keys.LEADS_NEXT)
    assert shown(leads) == emails[50:100]
    assert "51 – 100" in leads.text
    leads.press(keys.LEADS_NEXT)
    assert shown(leads) == emails[100:]
    assert leads.at.button(key=keys.LEADS_NEXT).disabled
    leads.press(keys.LEADS_PREVIOUS).press(keys.LEADS_PREVIOUS)
    assert shown(leads) == emails[:50]
    assert leads.at.button(key=keys.LEADS_PREVIOUS).disabled


def test_a_search_begins_at_the_first_page(leads, engine, workspace_id):
    put_people(engine, workspace_id, 60)
    leads.run().press(keys.LEADS_NEXT)
    leads.at.text_input(key=keys.LEADS_SEARCH).input("P007")
    leads.run()
    assert shown(leads) == ["p007@example.com"]
    assert "1 lead found" in leads.text
    leads.at.text_input(key=keys.LEADS_SEARCH).input("nobody")
    leads.run()
    assert shown(leads) == []
    assert "Nobody found" in leads.text


def test_orders(leads, engine, workspace_id):
    emails = put_people(engine, workspace_id, 3)
    leads.run()
    leads.at.selectbox(key=keys.LEADS_SORT).select("oldest")
    assert shown(leads.run()) == emails[::-1]
    leads.at.selectbox(key=keys.LEADS_SORT).select("email")
    assert shown(leads.run()) == sorted(emails)


def test_filters_narrow_and_are_cleared(leads, engine, workspace_id):
    put_leads(engine, workspace_id, [{"email": "a@example.com", "tags": ["x"]}, {"email": "b@example.com", "status": "bounced"}])
    put_leads(engine, workspace_id, ["c@example.com"])
    campaign_id = put_campaign(engine, workspace_id, ["c@example.com"])
    record = import_file(engine, workspace_id, b"Email,Source\nd@example.com,fair\n", mapping={"Email": "email", "Source": "source"}).record
    leads.run()
    for key, value, expected in (
        (keys.LEADS_STATUS, "bounced", "b@example.com"),
        (keys.LEADS_SOURCE, "fair", "d@example.com"),
        (keys.LEADS_CAMPAIGN, campaign_id.hex, "c@example.com"),
        (keys.LEADS_IMPORT, record.id.hex, "d@example.com"),
    ):
        leads.at.selectbox(key=key).select(value)
        assert shown(leads.run()) == [expected], key
        leads.press(keys.LEADS_CLEAR)
        assert len(shown(leads)) == 4
    leads.at.multiselect(key=keys.LEADS_TAGS).select("x")
    assert shown(leads.run()) == ["a@example.com"]


def test_other_screens_link_to_a_filtered_list(screen, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com"])
    campaign_id = put_campaign(engine, workspace_id, ["a@example.com"])
    record = import_file(engine, workspace_id, b"Email\nc@example.com\n").record
    screen.open().at.switch_page("leads.py")
    screen.at.query_params[keys.QUERY_CAMPAIGN] = campaign_id_text(campaign_id)
    assert shown(screen.run()) == ["a@example.com"]
    screen.at.query_params[keys.QUERY_IMPORT] = import_id_text(record.id)
    assert shown(screen.run()) == ["c@example.com"]
    assert screen.at.selectbox(key=keys.LEADS_CAMPAIGN).value is None


def test_deleted_leads_are_restored(leads, engine, workspace_id):
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    leads.run()
    leads.at.segmented_control(key=keys.LEADS_STATE).set_value("deleted")
    leads.run()
    assert shown(leads) == ["gone@example.com"]
    assert "1 deleted lead" in leads.text
    assert texts.LEADS_SELECT_DELETED in leads.text
    assert texts.LEADS_SELECT_HINT not in leads.text, "a deleted lead cannot be tagged"
    select(leads, 0).press(keys.LEADS_RESTORE)
    assert active_emails(engine, workspace_id) == {"gone@example.com"}
    assert "No deleted leads" in leads.text


def test_a_selection_is_deleted(leads, engine, workspace_id):
    emails = put_people(engine, workspace_id, 3)
    campaign_id = put_campaign(engine, workspace_id, emails)
    select(leads.run(), 0, 2)
    assert "2 selected" in leads.text
    leads.press(keys.LEADS_DELETE)
    assert active_emails(engine, workspace_id) == {emails[1]}
    assert total_leads(engine, campaign_id) == 1
    assert not leads.has_button(keys.LEADS_DELETE)  # nothing is selected any more


def test_a_selection_is_tagged(leads, engine, workspace_id):
    emails = put_people(engine, workspace_id, 2)
    select(leads.run(), 1)
    leads.at.text_input(key=keys.LEADS_TAG_NAMES).input("vip, fair 2026")
    leads.press(keys.LEADS_TAG)
    held = read_leads(engine, workspace_id)
    assert [held[email]["tags"] for email in emails] == [[], ["vip", "fair 2026"]]


def test_a_selection_joins_a_campaign_and_leaves_it(leads, engine, workspace_id):
    put_people(engine, workspace_id, 2)
    campaign_id = put_campaign(engine, workspace_id, [])
    select(leads.run(), 0, 1).press(keys.LEADS_JOIN)
    assert total_leads(engine, campaign_id) == 2
    leads.at.selectbox(key=keys.LEADS_CAMPAIGN).select(campaign_id.hex)
    select(leads.run(), 0).press(keys.LEADS_LEAVE)
    assert total_leads(engine, campaign_id) == 1


def test_without_a_campaign_the_way_to_one_is_said(leads, engine, workspace_id):
    put_people(engine, workspace_id, 1)
    select(leads.run(), 0)
    assert "There is no campaign yet" in leads.text
    assert not leads.has_button(keys.LEADS_JOIN)


def test_a_restore_over_the_limit_says_so_and_restores_none(leads, engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com"], deleted=True)
    set_limit(engine, workspace_id, 1)
    leads.run().at.segmented_control(key=keys.LEADS_STATE).set_value("deleted")
    select(leads.run(), 0, 1).press(keys.LEADS_RESTORE)
    assert any("limit" in alert for alert in leads.alerts)
    assert active_emails(engine, workspace_id) == set()


# --- one lead -------------------------------------------------------------------------------------------------------


def field(screen: Any, lead: Any, name: str) -> Any:
    return screen.at.text_input(key=f"{keys.LEAD_FORM}_{lead['id'].hex}_{name}")


def test_a_lead_is_opened_changed_and_saved(leads, engine, workspace_id):
    values = {"company": "Acme", "custom_fields": {"Budget": 5, "Region": "North"}, "tags": ["x"]}
    put_leads(engine, workspace_id, [{"email": "ada@example.com", **values}])
    put_campaign(engine, workspace_id, ["ada@example.com"], name=f"<b>Messe</b> {IMAGE}")
    lead = read_lead(engine, workspace_id, "ada@example.com")
    select(leads.run(), 0).press(keys.LEADS_OPEN)
    assert field(leads, lead, "company").value == "Acme"
    assert f"<b>Messe</b> {IMAGE}" in leads.text
    assert all("<b>Messe" not in body for body in leads.bodies)
    field(leads, lead, "company").input("New & Co")
    field(leads, lead, "phone").input("+49 30 1")
    leads.press(keys.LEAD_SAVE)
    changed = read_lead(engine, workspace_id, "ada@example.com")
    assert (changed["company"], changed["phone"]) == ("New & Co", "+49 30 1")
    assert (changed["custom_fields"], changed["tags"]) == (values["custom_fields"], ["x"])


def test_saving_without_a_change_changes_nothing(leads, engine, workspace_id):
    put_leads(engine, workspace_id, [{"email": "ada@example.com", "notes": "a", "custom_fields": {" odd ": " x ", "n": None}}])
    before = read_lead(engine, workspace_id, "ada@example.com")
    select(leads.run(), 0).press(keys.LEADS_OPEN).press(keys.LEAD_SAVE)
    assert read_lead(engine, workspace_id, "ada@example.com") == before


def test_what_is_wrong_with_a_change_is_said(leads, engine, workspace_id):
    put_leads(engine, workspace_id, ["ada@example.com", "taken@example.com"])
    lead = read_lead(engine, workspace_id, "ada@example.com")
    leads.run()
    select(leads, shown(leads).index("ada@example.com")).press(keys.LEADS_OPEN)
    field(leads, lead, "email").input("taken@example.com")
    leads.press(keys.LEAD_SAVE)
    assert len(leads.alerts) == 1
    assert "already in the workspace" in leads.alerts[0]


def test_an_open_lead_is_deleted_and_a_deleted_one_restored(leads, engine, workspace_id):
    put_leads(engine, workspace_id, ["ada@example.com"])
    select(leads.run(), 0).press(keys.LEADS_OPEN).press(keys.LEAD_DELETE)
    assert active_emails(engine, workspace_id) == set()
    leads.run().at.segmented_control(key=keys.LEADS_STATE).set_value("deleted")
    select(leads.run(), 0).press(keys.LEADS_OPEN)
    lead = read_lead(engine, workspace_id, "ada@example.com")
    assert field(leads, lead, "company").disabled
    leads.press(keys.LEAD_RESTORE)
    assert active_emails(engine, workspace_id) == {"ada@example.com"}


def test_a_lead_is_added_by_hand(leads, engine, workspace_id):
    leads.press(keys.LEADS_ADD)
    leads.at.text_input(key=f"{keys.LEAD_FORM}_new_email").input(" New@Example.com ")
    leads.at.text_input(key=f"{keys.LEAD_FORM}_new_first_name").input("Nele")
    leads.press(keys.LEAD_SAVE)
    lead = read_lead(engine, workspace_id, "new@example.com")
    assert (lead["first_name"], lead["source"], lead["status"]) == ("Nele", "manual", "active")


def test_a_lead_without_an_email_is_not_added(leads, engine, workspace_id):
    leads.press(keys.LEADS_ADD).press(keys.LEAD_SAVE)
    assert len(leads.alerts) == 1
    assert read_leads(engine, workspace_id) == {}


def test_adding_a_deleted_lead_brings_it_back(leads, engine, workspace_id):
    put_leads(engine, workspace_id, [{"email": "ada@example.com", "company": "Acme"}])
    soft_delete(engine, workspace_id, ["ada@example.com"])
    leads.press(keys.LEADS_ADD)
    leads.at.text_input(key=f"{keys.LEAD_FORM}_new_email").input("ada@example.com")
    leads.press(keys.LEAD_SAVE)
    assert read_lead(engine, workspace_id, "ada@example.com")["company"] == "Acme"
    assert active_emails(engine, workspace_id) == {"ada@example.com"}


# --- long lists and exports -----------------------------------------------------------------------------------------


def test_a_search_that_has_not_looked_everywhere_offers_to_go_on(leads, engine, workspace_id, monkeypatch):
    monkeypatch.setattr(lead_lists, "SCANNED_ROWS", 5)
    emails = put_people(engine, workspace_id, 9)
    leads.at.text_input(key=keys.LEADS_SEARCH).input("p000")
    leads.run()
    assert "Nobody found so far" in leads.text
    assert leads.at.button(key=keys.LEADS_NEXT).label == "Search on"
    leads.press(keys.LEADS_NEXT)
    assert shown(leads) == emails[-1:]


def test_the_export_is_that_of_the_list(leads, engine, workspace_id):
    put_people(engine, workspace_id, 2, tags=["x"])
    campaign_id = put_campaign(engine, workspace_id, ["p000@example.com"])
    leads.run()
    leads.at.text_input(key=keys.LEADS_SEARCH).input("p00")
    leads.at.selectbox(key=keys.LEADS_CAMPAIGN).select(campaign_id.hex)
    leads.at.multiselect(key=keys.LEADS_TAGS).select("x")
    asked = download_links.read_export(link(leads.run()))
    assert asked.workspace_id == workspace_id
    assert asked.where == LeadFilter(search="p00", tags=("x",), campaign_id=campaign_id)
    assert (asked.name, asked.kind) == ("local", "local")


def test_the_page_speaks_german(new_screen, engine, workspace_id):
    put_people(engine, workspace_id, 2)
    screen = new_screen()
    screen.at.session_state[keys.LANGUAGE] = "de"
    screen.open().go_to("leads.py")
    assert "2 Leads · Wählen Sie" in screen.text
    select(screen, 0).press(keys.LEADS_OPEN)
    assert {one.label for one in screen.at.text_input} >= {"E-Mail", "Vorname", "Firma"}
    assert lead_flow.REQUIRED_FIELDS[0] == "email"


# --- all that match ---------------------------------------------------------------------------------------------------


def test_all_that_match_are_deleted_and_restored_whatever_page_they_are_on(leads, engine, workspace_id):
    put_people(engine, workspace_id, 60, tags=["vip"])
    put_leads(engine, workspace_id, ["other@example.com"])
    leads.at.session_state[keys.LEADS_TAGS] = ["vip"]
    leads.run()
    assert leads.at.button(key=keys.LEADS_ALL).label == "All 60 leads …"
    leads.press(keys.LEADS_ALL)
    assert "This is done to 60 leads that match the search and the filters" in leads.text
    leads.at.radio(key=keys.ALL_ACT).set_value("delete")
    leads.press(keys.LEADS_ALL)
    assert leads.at.button(key=keys.ALL_CONFIRM).label == "Delete 60 leads"
    leads.press(keys.ALL_CONFIRM)
    assert active_emails(engine, workspace_id) == {"other@example.com"}
    leads.at.segmented_control(key=keys.LEADS_STATE).set_value("deleted")
    leads.run().press(keys.LEADS_ALL).press(keys.ALL_CONFIRM)
    assert len(active_emails(engine, workspace_id)) == 61


def test_all_that_match_get_tags_and_go_into_a_campaign(leads, engine, workspace_id):
    emails = put_people(engine, workspace_id, 51)
    campaign = put_campaign(engine, workspace_id, emails[:1])
    leads.run().press(keys.LEADS_ALL)
    assert "This is done to 51 leads on all pages of the list" in leads.text
    leads.at.text_input(key=keys.ALL_TAGS).input("vip, fair")
    leads.press(keys.ALL_CONFIRM)
    assert all(lead["tags"] == ["vip", "fair"] for lead in read_leads(engine, workspace_id).values())
    leads.press(keys.LEADS_ALL)
    leads.at.radio(key=keys.ALL_ACT).set_value("join")
    leads.press(keys.LEADS_ALL).press(keys.ALL_CONFIRM)
    assert total_leads(engine, campaign) == 51


def test_a_list_that_changed_since_its_number_was_shown_is_left_alone(leads, engine, workspace_id):
    put_people(engine, workspace_id, 60)
    leads.run().press(keys.LEADS_ALL)
    leads.at.radio(key=keys.ALL_ACT).set_value("delete")
    leads.press(keys.LEADS_ALL)
    put_leads(engine, workspace_id, ["new@example.com"])
    leads.press(keys.ALL_CONFIRM)
    assert "The list does not have 60 leads any more" in leads.text
    assert len(active_emails(engine, workspace_id)) == 61


def test_a_list_of_one_page_needs_no_button_for_all(leads, engine, workspace_id):
    put_people(engine, workspace_id, 50)
    assert not leads.run().has_button(keys.LEADS_ALL)


def test_more_than_can_be_changed_at_once_is_said(leads, engine, workspace_id, monkeypatch):
    put_people(engine, workspace_id, 60)
    monkeypatch.setattr(matching_flow, "MAX_MATCHING_LEADS", 55)
    leads.run().press(keys.LEADS_ALL)
    assert "Narrow it by the search or a filter." in leads.text
    assert not leads.has_button(keys.ALL_CONFIRM)
