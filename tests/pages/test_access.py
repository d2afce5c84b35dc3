"""Who comes in, as what, and what a role sees: on screens as a member meets them after the login."""

import time

import pytest

from core import access, audit_flow, draft_flow, member_flow, run_flow
from core.access import Actor
from core.errors import Forbidden
from core.ids import new_id
from pages.shared import keys, texts
from tests.factories import emails_csv, make_ready, make_running, put_campaign, put_leads
from tests.pages.conftest import ADDRESS, Screen

HOUR = 3600


@pytest.fixture
def email():
    """Somebody whom no other test knows."""
    return f"anna.{new_id().hex}@example.org"


@pytest.fixture
def visit(new_screen, monkeypatch, email):
    """Opens a page as whoever logged in; `claims` are what the provider says beside the email."""
    monkeypatch.setattr(access, "_is_local_open", False)

    def visit(**claims) -> Screen:
        screen = new_screen()
        screen.at.user = {"is_logged_in": True, "email": email, "iat": int(time.time()), **claims}
        screen.at.secrets["auth"] = {"client_id": "lead-import"}
        return screen

    return visit


@pytest.fixture
def member(engine, workspace_id, email):
    """Makes the visitor a member in this role."""

    def join(role, *, of=workspace_id):
        member_flow.add_member(engine, workspace_id=of, email=email, role=role)

    return join


def run_an_import(screen_engine, workspace_id):
    record = make_running(screen_engine, workspace_id, emails_csv(["a@example.com"]))
    run_flow.run_import(screen_engine, workspace_id=workspace_id, import_id=record.id)
    return record


# --- the door -----------------------------------------------------------------------------------------------------------


def test_who_has_not_logged_in_sees_the_way_to_do_so_and_nothing_else(visit):
    screen = visit(is_logged_in=False).open()
    assert screen.heading == "Log in to Lead Import"
    assert screen.has_button(f"{keys.LOGIN}_default")
    assert not screen.at.file_uploader


def test_each_provider_has_its_button(visit):
    screen = visit(is_logged_in=False)
    screen.at.secrets["auth"] = {"cookie_secret": "…", "google": {"client_id": "x"}, "okta": {"client_id": "y"}}
    assert [button.label for button in screen.open().at.button] == ["Log in with Google", "Log in with Okta"]


def test_a_stranger_is_told_what_to_do_and_may_log_out(visit, email):
    screen = visit().open()
    assert screen.heading == "You are not a member yet"
    assert email in screen.text
    assert screen.has_button(keys.LOGOUT)
    assert not screen.at.file_uploader


def test_a_stranger_who_becomes_a_member_comes_in_without_logging_in_again(visit, member):
    screen = visit().open()
    member("importer")
    assert screen.press(keys.LOGIN_AGAIN).step == "Step 1 of 5 · Upload"


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "false"}, {"email_verified": None}, {"email": None}])
def test_an_email_that_nobody_vouches_for_counts_for_nothing(visit, member, claims):
    member("admin")
    assert visit(**claims).open().heading == "Your email address is not confirmed"


@pytest.mark.parametrize("claims", [{"iat": int(time.time()) - 13 * HOUR}, {"iat": None}])
def test_a_login_ends_after_its_hours(visit, member, claims):
    member("admin")
    assert visit(**claims).open().heading == "Log in to Lead Import"


def test_the_hours_of_a_login_are_a_setting(visit, member, monkeypatch):
    member("importer")
    monkeypatch.setenv("LEAD_IMPORT_LOGIN_HOURS", "24")
    assert visit(iat=int(time.time()) - 13 * HOUR).open().step == "Step 1 of 5 · Upload"


def test_a_login_that_breaks_later_opens_nothing(new_screen, monkeypatch):
    """Without its configuration Streamlit knows no login any more; what was decided at the start still holds."""
    monkeypatch.setattr(access, "_is_local_open", False)
    screen = new_screen().open()
    assert screen.heading == "Log in to Lead Import"
    assert "out of order" in screen.text


def test_whoever_is_removed_is_out_with_the_next_click(visit, member, engine, workspace_id, email):
    member("importer")
    screen = visit().open()
    member_flow.remove_member(engine, workspace_id=workspace_id, email=email)
    assert screen.run().heading == "You are not a member yet"


def test_logging_out_ends_the_login_in_every_tab(visit, member):
    """Streamlit takes the browser's cookie; a page that is open goes on with what it was told when it was opened."""
    member("admin")
    claims = {"nonce": "1", "iat": int(time.time())}
    first, other = visit(**claims).open(), visit(**claims).open()
    next_login = visit(nonce="2")
    first.press(keys.LOGOUT)
    assert other.run().heading == "Log in to Lead Import"
    assert next_login.open().step == "Step 1 of 5 · Upload"


# --- roles --------------------------------------------------------------------------------------------------------------


def test_an_importer_imports_in_their_own_name(visit, member, engine, workspace_id, email):
    member("importer")
    screen = visit().open().upload(emails_csv(["a@example.com"]))
    assert screen.record.created_by == email
    screen.press(keys.MAP_NEXT).press(keys.REVIEW_IMPORT).do_the_job()
    started = audit_flow.list_entries(engine, workspace_id=workspace_id, group="imports")[-1]
    assert (started.action, started.actor, started.actor_kind, started.address) == ("import-started", email, "member", ADDRESS)


def test_a_viewer_comes_to_the_history_and_finds_no_import_button(visit, member, engine, workspace_id):
    member("viewer")
    record = run_an_import(engine, workspace_id)
    screen = visit().open()
    assert screen.heading == texts.HISTORY_TITLE
    screen.go_to("import_wizard.py").open(record)
    assert screen.heading == texts.REPORT_TITLES["done"]
    assert not {keys.REVIEW_IMPORT, keys.REPORT_NEW, keys.UNDO_ASK, keys.REPORT_TRY_AGAIN} & {one.key for one in screen.at.button}


def test_a_viewer_looks_at_leads_and_campaigns_and_is_offered_no_change(visit, member, engine, workspace_id):
    member("viewer")
    put_leads(engine, workspace_id, ["a@example.com"])
    put_campaign(engine, workspace_id, ["a@example.com"])
    screen = visit().open().go_to("leads.py")
    assert list(screen.at.dataframe[0].value["email"]) == ["a@example.com"]
    assert texts.LEADS_SELECT_TO_OPEN in screen.text
    screen.at.session_state[f"{keys.LEADS_TABLE}_0"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    screen.run().press(keys.LEADS_OPEN)
    assert {one.disabled for one in screen.at.text_area} == {True}
    changing = {keys.LEADS_ADD, keys.LEADS_DELETE, keys.LEADS_TAG, keys.LEADS_JOIN, keys.LEAD_SAVE, keys.LEAD_DELETE}
    assert not changing & {one.key for one in screen.at.button}
    screen.go_to("campaigns.py")
    assert "1 lead · created" in screen.text
    assert not [one.key for one in screen.at.button if one.key.startswith("campaign_")]


def test_a_viewer_does_not_work_on_somebodys_draft(visit, member, engine, workspace_id):
    member("viewer")
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    screen = visit().open(record)
    assert texts.LOOK_ONLY in screen.text
    assert not screen.has_button(keys.REVIEW_IMPORT)


def test_core_refuses_a_viewer_whatever_the_screen_shows(engine, workspace_id, email):
    """design.md section 5: roles hold in core, not only by hidden buttons."""
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    place = {"workspace_id": workspace_id, "import_id": record.id}
    with access.acting_as(Actor(email, "member", {workspace_id: "viewer"})):
        assert draft_flow.preview(engine, **place).plan.counts["created"] == 1
        for work in (run_flow.start_import, draft_flow.fix_domains):
            with pytest.raises(Forbidden):
                work(engine, **place)


@pytest.mark.parametrize("role", ["viewer", "importer"])
def test_settings_show_what_the_role_may_change(visit, member, role):
    member(role)
    screen = visit().open().go_to("settings.py")
    assert "leads are in use" in screen.text
    assert not screen.at.number_input
    assert not {keys.KEY_CREATE, keys.MEMBER_ADD, keys.WORKSPACE_CREATE} & {one.key for one in screen.at.button}


def test_a_page_for_admins_refuses_others_in_a_sentence(visit, member):
    member("importer")
    screen = visit().open().go_to("activity.py")
    assert "Only an admin of this workspace may do this" in screen.text.replace("\\", "")
    assert not screen.at.dataframe


# --- workspaces ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def second(engine):
    """Another workspace: its id."""
    return member_flow.create_workspace(engine, name="Südwest", contact_limit=500).id


def test_a_link_into_another_workspace_leads_nowhere(visit, member, engine, second):
    """The same plain screen as for a link that was never right."""
    member("admin")
    theirs = make_ready(engine, second, emails_csv(["theirs@example.com"]), file_name="theirs.csv")
    screen = visit().open(theirs)
    assert screen.step == "Step 1 of 5 · Upload"
    assert "There is no such import in this workspace" in screen.text.replace("\\", "")
    assert "theirs.csv" not in screen.text


def test_a_wrong_link_is_said_to_a_viewer_too(visit, member, engine, second):
    member("viewer")
    screen = visit().open(run_an_import(engine, second))
    assert screen.heading == texts.HISTORY_TITLE
    assert "There is no such import in this workspace" in screen.text.replace("\\", "")


def test_a_link_into_ones_other_workspace_goes_there(visit, member, engine, second):
    member("admin")
    member("viewer", of=second)
    record = run_an_import(engine, second)
    screen = visit().open(record)
    assert screen.heading == texts.REPORT_TITLES["done"]
    assert screen.at.selectbox(key=keys.VISITOR_WORKSPACE).value == second


def test_each_sees_their_own_workspaces_and_goes_from_one_to_the_other(visit, member, engine, workspace_id, second):
    member("importer")
    make_ready(engine, second, emails_csv(["a@example.com"]), file_name="south.csv")
    screen = visit().open()
    assert keys.VISITOR_WORKSPACE not in [one.key for one in screen.at.selectbox], "one workspace: nothing to choose"
    member("viewer", of=second)
    screen.run()
    assert set(screen.at.selectbox(key=keys.VISITOR_WORKSPACE).options) == {workspace_id, "Südwest"}
    screen.at.selectbox(key=keys.VISITOR_WORKSPACE).set_value(second)
    assert "south.csv" in screen.run().text
    reloaded = visit()
    reloaded.at.query_params[keys.QUERY_WORKSPACE] = second
    assert "south.csv" in reloaded.open().text, "the address remembers it"


def test_the_address_does_not_lead_into_a_foreign_workspace(visit, member, second):
    member("importer")
    screen = visit()
    screen.at.query_params[keys.QUERY_WORKSPACE] = second
    assert screen.open().step == "Step 1 of 5 · Upload"
    assert keys.QUERY_WORKSPACE not in screen.at.query_params


def test_an_admin_makes_a_second_workspace_and_works_there(visit, member, engine, email):
    member("admin")
    screen = visit().open().go_to("settings.py")
    screen.at.text_input(key=keys.WORKSPACE_NAME).set_value("North")
    screen.at.number_input(key=keys.WORKSPACE_LIMIT).set_value(300)
    screen.press(keys.WORKSPACE_CREATE)
    [made] = [
        one
        for one in member_flow.list_workspaces(engine)
        if one.id in member_flow.find_roles(engine, email=email) and one.name == "North"
    ]
    assert screen.at.selectbox(key=keys.VISITOR_WORKSPACE).value == made.id
    assert "0 of 300 leads are in use" in screen.text


# --- members and activity -----------------------------------------------------------------------------------------------


def test_an_admin_manages_the_members(visit, member, engine, workspace_id, email):
    member("admin")
    ben = f"ben.{new_id().hex}@example.org"
    screen = visit().open().go_to("settings.py")
    screen.at.text_input(key=keys.MEMBER_EMAIL).set_value(ben.upper())
    screen.at.selectbox(key=keys.MEMBER_NEW_ROLE).set_value("viewer")
    screen.press(keys.MEMBER_ADD)
    assert ben in screen.text
    screen.at.selectbox(key=f"{keys.MEMBER_ROLE}_{ben}").set_value("importer")
    screen.run()
    assert member_flow.find_roles(engine, email=ben) == {workspace_id: "importer"}
    screen.press(f"{keys.MEMBER_REMOVE}_{ben}")
    assert ben not in screen.text
    screen.press(f"{keys.MEMBER_REMOVE}_{email}")
    assert "is the only admin of this workspace" in screen.text.replace("\\", "")
    assert email in screen.text


@pytest.mark.parametrize(("typed", "says"), [("", "cannot be empty"), ("anna", "email")])
def test_a_member_without_an_email_is_refused_in_a_sentence(visit, member, typed, says):
    member("admin")
    screen = visit().open().go_to("settings.py")
    screen.at.text_input(key=keys.MEMBER_EMAIL).set_value(typed)
    screen.press(keys.MEMBER_ADD)
    assert len(screen.at.error) == 1


def test_the_activity_is_filtered_by_kind_and_person(visit, member, engine, workspace_id, email):
    member("admin")
    run_an_import(engine, workspace_id)
    screen = visit().open().go_to("settings.py")
    screen.at.number_input(key=keys.SETTINGS_LIMIT).set_value(77)
    screen.press(keys.SETTINGS_LIMIT_SAVE).go_to("activity.py")

    def lines():
        return [tuple(line) for line in screen.at.dataframe[0].value[["action", "actor"]].itertuples(index=False)]

    assert lines()[0] == ("Changed the contact limit", email)
    assert screen.at.dataframe[0].value.loc[0, "details"] == "before: 10,000 · after: 77"
    screen.at.selectbox(key=keys.ACTIVITY_GROUP).set_value("imports")
    screen.run()
    assert [action for action, _ in lines()] == ["Import finished", "Started an import"]
    screen.at.text_input(key=keys.ACTIVITY_ACTOR).set_value("nobody")
    assert texts.ACTIVITY_EMPTY[1] in screen.run().text


def test_details_are_told_in_words():
    told = {"restore": True, "url": None, "rows": 1234, "role": "importer", "unforeseen": "x"}
    assert (
        texts.en.audit_details(told)
        == "rows: 1,234 · role: Importer · address: – · restore deleted leads: yes · unforeseen: x"
    )
    assert texts.de.audit_details(told).startswith("Zeilen: 1.234 · Rolle: Importeur · Adresse: – · gelöschte Leads")


def test_codes_are_told_in_words_and_the_long_id_of_an_import_last():
    stopped = {"import_id": "imp_1", "rows": 2, "reason": "quota-exceeded"}
    assert texts.en.audit_details(stopped) == "rows: 2 · reason: Over the contact limit · import: imp_1"
    assert texts.de.audit_details({"scopes": "read write"}) == "Zugriff: Lesen und schreiben"
    undone = {"created": 2, "kept": 1, "started_by": "local"}
    assert texts.de.audit_details(undone) == "gestartet von: Dieser Computer · angelegt: 2 · gelassen: 1"


def test_every_action_and_role_has_its_words_in_both_languages():
    for book in (texts.en, texts.de):
        assert set(book.ACTIONS) == audit_flow.ACTIONS
        assert set(book.ACTIVITY_GROUPS) == {None, *audit_flow.ACTION_GROUPS}
        assert set(book.ROLE_NAMES) == set(book.ROLE_CHOICES) == set(access.ROLES)


def test_where_nobody_logs_in_nobody_is_named(screen):
    assert "No login is configured on this server" in screen.open().go_to("settings.py").text
    assert not screen.has_button(keys.LOGOUT)
