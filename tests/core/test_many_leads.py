"""What is done to many leads at once: tags, and who is in a campaign. Every counter is checked after each test."""

import pytest
from sqlalchemy import Engine

from core import activity_flow, campaign_flow, draft_flow, lead_flow, run_flow
from core.access import Actor, acting_as
from core.emails import split_emails
from core.errors import Forbidden, InvalidLead, NotFound
from core.fields import MAX_TAGS
from core.ids import new_id
from core.records import ImportOptions
from tests.core.test_language import in_german
from tests.factories import (
    LONG_AGO,
    import_file,
    make_ready,
    make_workspace,
    put_campaign,
    put_leads,
    read_lead,
    read_leads,
    run,
    run_together,
    soft_delete,
    total_leads,
)

EMAILS = [f"p{i}@example.com" for i in range(5)]


def ids_of(engine: Engine, workspace_id: str, *emails: str) -> list:
    return [read_lead(engine, workspace_id, email)["id"] for email in emails]


# --- tags -----------------------------------------------------------------------------------------------------------


def test_a_tag_is_added_to_those_that_lack_it(engine, workspace_id):
    put_leads(engine, workspace_id, [EMAILS[0], {"email": EMAILS[1], "tags": ["vip"]}, {"email": EMAILS[2], "tags": ["a"]}])
    put_leads(engine, workspace_id, [EMAILS[3]], deleted=True)
    place = {"workspace_id": workspace_id, "lead_ids": [*ids_of(engine, workspace_id, *EMAILS[:4]), new_id()]}
    assert lead_flow.add_tags(engine, **place, tags=[" vip ", "vip", ""]) == 2
    held = read_leads(engine, workspace_id)
    assert [held[email]["tags"] for email in EMAILS[:4]] == [["vip"], ["vip"], ["a", "vip"], []]
    assert [held[email]["updated_at"] > LONG_AGO for email in EMAILS[:4]] == [True, False, True, False]
    assert lead_flow.add_tags(engine, **place, tags=["vip"]) == 0
    assert lead_flow.add_tags(engine, **place, tags=["x", "y"]) == 3
    assert lead_flow.add_tags(engine, **place, tags=[]) == 0


def test_a_full_lead_gets_no_more_tags(engine, workspace_id):
    full = [f"t{i}" for i in range(MAX_TAGS)]
    put_leads(engine, workspace_id, [{"email": EMAILS[0], "tags": full}])
    ids = ids_of(engine, workspace_id, EMAILS[0])
    assert lead_flow.add_tags(engine, workspace_id=workspace_id, lead_ids=ids, tags=["new"]) == 0
    assert read_lead(engine, workspace_id, EMAILS[0])["tags"] == full


@pytest.mark.parametrize("tag", ["x" * 256, "\0", "\ud800"])
def test_a_tag_that_none_can_have_is_refused(engine, workspace_id, tag):
    with pytest.raises(InvalidLead):
        lead_flow.add_tags(engine, workspace_id=workspace_id, lead_ids=[], tags=[tag])


def test_another_workspaces_leads_get_no_tag(engine, workspace_id):
    other = make_workspace(engine)
    put_leads(engine, other, EMAILS)
    ids = ids_of(engine, other, *EMAILS)
    assert lead_flow.add_tags(engine, workspace_id=workspace_id, lead_ids=ids, tags=["x"]) == 0
    assert read_lead(engine, other, EMAILS[0])["tags"] == []


# --- who is in a campaign -------------------------------------------------------------------------------------------


def test_all_of_an_import_is_added_but_what_was_deleted_since(engine, workspace_id):
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    put_leads(engine, workspace_id, ["held@example.com"])
    content = b"Email\na@example.com\nb@example.com\ngone@example.com\nheld@example.com\nbad\n"
    record = import_file(engine, workspace_id, content).record
    soft_delete(engine, workspace_id, ["b@example.com"])
    campaign_id = put_campaign(engine, workspace_id, ["held@example.com"])
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    assert campaign_flow.add_import(engine, **place, import_id=record.id) == 2
    assert campaign_flow.add_import(engine, **place, import_id=record.id) == 0
    assert total_leads(engine, campaign_id) == 3
    with pytest.raises(NotFound):
        campaign_flow.add_import(engine, **place, import_id=new_id())


def test_an_import_in_parts_is_added_whole(engine, workspace_id):
    content = b"Email\n" + b"".join(b"p%d@example.com\n" % i for i in range(1200))
    record = import_file(engine, workspace_id, content).record
    campaign_id = put_campaign(engine, workspace_id, [])
    assert campaign_flow.add_import(engine, workspace_id=workspace_id, campaign_id=campaign_id, import_id=record.id) == 1200
    assert total_leads(engine, campaign_id) == 1200


def test_pasted_emails_say_what_became_of_each(engine, workspace_id):
    put_leads(engine, workspace_id, EMAILS[:3])
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    campaign_id = put_campaign(engine, workspace_id, EMAILS[:1])
    pasted = [EMAILS[0], EMAILS[1].upper(), EMAILS[1], "gone@example.com", "who@example.com", "\0@example.com", " "]
    made = campaign_flow.add_emails(engine, workspace_id=workspace_id, campaign_id=campaign_id, emails=pasted)
    assert made == (1, 1, ("gone@example.com", "who@example.com"))
    assert total_leads(engine, campaign_id) == 2


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("", []),
        ("nothing here", []),
        ("A@x.com, b@y.com;c@z.com\nd@x.com\ta@X.com", ["a@x.com", "b@y.com", "c@z.com", "d@x.com"]),
        ("Ann Lee <ann@x.com>, 'bob@x.com'. (cy@x.com)", ["ann@x.com", "bob@x.com", "cy@x.com"]),
        ("mailto:dee@x.com|é@bücher.de", ["dee@x.com", "é@bücher.de"]),
    ],
)
def test_emails_are_found_in_any_pasted_text(text, emails):
    assert split_emails(text) == emails


def test_leads_are_taken_out_of_a_campaign_deleted_ones_too(engine, workspace_id):
    put_leads(engine, workspace_id, EMAILS)
    campaign_id = put_campaign(engine, workspace_id, EMAILS[:4])
    soft_delete(engine, workspace_id, EMAILS[:1])
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    ids = [*ids_of(engine, workspace_id, EMAILS[0], EMAILS[1], EMAILS[4]), new_id()]
    assert campaign_flow.remove_leads(engine, **place, lead_ids=ids) == 2
    assert total_leads(engine, campaign_id) == 2
    assert campaign_flow.remove_leads(engine, **place, lead_ids=ids) == 0
    lead_flow.restore_lead(engine, workspace_id=workspace_id, lead_id=ids[0])
    assert total_leads(engine, campaign_id) == 2


def test_adding_and_taking_out_at_once_keep_the_count(engine, workspace_id):
    put_leads(engine, workspace_id, EMAILS)
    campaign_id = put_campaign(engine, workspace_id, EMAILS[:3])
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    ids = ids_of(engine, workspace_id, *EMAILS)
    done = run_together(
        *[lambda: campaign_flow.add_leads(engine, **place, lead_ids=ids)] * 2,
        *[lambda: campaign_flow.remove_leads(engine, **place, lead_ids=ids)] * 2,
        lambda: lead_flow.delete_leads(engine, workspace_id=workspace_id, lead_ids=ids[:2]),
    )
    assert not any(isinstance(result, AssertionError) for result in done)  # the fixture compares the counts


@pytest.mark.parametrize("call", ["add_import", "add_emails", "remove_leads"])
def test_an_unknown_campaign_is_not_found(engine, workspace_id, call):
    arguments = {"add_import": {"import_id": new_id()}, "add_emails": {"emails": []}, "remove_leads": {"lead_ids": []}}[call]
    with pytest.raises(NotFound):
        getattr(campaign_flow, call)(engine, workspace_id=workspace_id, campaign_id=new_id(), **arguments)


def test_a_viewer_changes_nothing(engine, workspace_id):
    place = {"workspace_id": workspace_id, "campaign_id": new_id()}
    calls = [
        lambda: lead_flow.add_tags(engine, workspace_id=workspace_id, lead_ids=[], tags=["x"]),
        lambda: campaign_flow.add_import(engine, **place, import_id=new_id()),
        lambda: campaign_flow.add_emails(engine, **place, emails=[]),
        lambda: campaign_flow.remove_leads(engine, **place, lead_ids=[]),
    ]
    with acting_as(Actor("v@example.com", "member", {workspace_id: "viewer"})):
        for call in calls:
            with pytest.raises(Forbidden):
                call()


def test_a_campaign_has_one_of_four_statuses(engine, workspace_id):
    campaign_id = put_campaign(engine, workspace_id, [])
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    assert campaign_flow.update_campaign(engine, **place, changes={"status": "completed"}).status == "completed"
    with pytest.raises(ValueError, match="asleep"):
        campaign_flow.update_campaign(engine, **place, changes={"status": "asleep"})


# --- what a lead's history says -------------------------------------------------------------------------------------


def test_a_deleted_lead_can_be_looked_at_where_that_is_asked_for(engine, workspace_id):
    put_leads(engine, workspace_id, [EMAILS[0]], deleted=True)
    [lead_id] = ids_of(engine, workspace_id, EMAILS[0])
    place = {"workspace_id": workspace_id, "lead_id": lead_id}
    assert lead_flow.find_lead(engine, **place).deleted_at is not None
    told = activity_flow.lead_activity(engine, **place, with_deleted=True)
    assert [one.type for one in told.activities][:1] == ["deleted"]
    with pytest.raises(NotFound):
        activity_flow.lead_activity(engine, **place)
    with pytest.raises(NotFound):
        lead_flow.find_lead(engine, workspace_id=make_workspace(engine), lead_id=lead_id)


@pytest.mark.parametrize("for_all", [False, True])
def test_an_import_that_filled_blanks_is_in_the_history_of_the_leads_that_it_filled(engine, workspace_id, for_all):
    put_leads(engine, workspace_id, [EMAILS[0], {"email": EMAILS[1], "first_name": "Bo"}])
    content, mapping = b"Email,Name\np0@example.com,Ada\np1@example.com,Al\n", {"Email": "email", "Name": "first_name"}
    record = make_ready(engine, workspace_id, content, mapping, options=ImportOptions(fill_blanks=for_all))
    place = {"workspace_id": workspace_id, "import_id": record.id}
    if not for_all:
        draft_flow.fill_leads(engine, **place, emails=[EMAILS[0]], fill=True)
    run_flow.start_import(engine, **place)
    run(engine, record)
    filled, other = (
        activity_flow.lead_activity(engine, workspace_id=workspace_id, lead_id=lead_id).activities
        for lead_id in ids_of(engine, workspace_id, *EMAILS[:2])
    )
    assert [(one.type, one.subject) for one in filled] == [
        ("updated", "Blanks filled by the import of “leads.csv”"), ("created", "Created, source “manual”"),
    ]  # fmt: skip
    assert filled[0].import_id == record.id
    assert [one.type for one in other] == ["created"]


def test_history_is_told_in_the_readers_language(engine, workspace_id):
    import_file(engine, workspace_id, b"Email\np0@example.com\n")
    campaign_id = put_campaign(engine, workspace_id, EMAILS[:1], name="Messe {x}")
    [lead_id] = ids_of(engine, workspace_id, EMAILS[0])
    told = in_german(lambda: activity_flow.lead_activity(engine, workspace_id=workspace_id, lead_id=lead_id))
    assert {one.subject for one in told.activities} == {
        "Angelegt durch den Import von „leads.csv“", "Zur Kampagne „Messe {x}“ hinzugefügt",
    }  # fmt: skip
    assert campaign_id in {one.campaign_id for one in told.activities}
