"""What header and values of a single column speak for, and in which words."""

import pytest

from core.column_evidence import Candidate, header_keys, judge, look_at
from core.mapping import OPT_OUT


def judge_one(header: str, *cells: str) -> Candidate:
    """What speaks most for one field of a table of this one column; "" as the field where nothing does."""
    column = look_at(header, cells)
    judge(column, cells, header_keys([header]))
    return max(column.candidates, key=lambda candidate: candidate.score,
               default=Candidate("", 0.0, column.reason, column.warning))  # fmt: skip


def test_a_url_column_of_plain_web_addresses_is_the_website():
    assert judge_one("URL", "https://acme.com", "globex.de/team").field == "website"


@pytest.mark.parametrize(
    "header",
    ["email", "E-Mail", "e_mail", "EMAIL", "Your email", "Email (work)", "Email *", "Lead Email", "Email__c", "Email 1",
     "Primary Contact E-mail", "Emial", "Email Adress", "  Email  "],
)  # fmt: skip
def test_an_email_column_is_found_however_its_header_is_written(header):
    assert judge_one(header).field == "email"


@pytest.mark.parametrize(
    ("header", "cells", "field", "reason"),
    [
        ("Email", ["Ada", "x"], "email", "Header is “Email”"),
        ("Vorname", ["Ada"], "first_name", "“Vorname” is German for First name"),
        ("Company name", ["Acme"], "company", "HubSpot calls Company “Company name”"),
        ("Surname", ["Ada"], "last_name", "“Surname” is a known header for Last name"),
        ("Compnay", ["Acme"], "company", "Header is close to “Company”"),
        ("Frist Name", ["Ada"], "first_name", "Header is close to “First name”"),
        ("Column 7", ["a@x.org", "b@x.org"], "email", "100 % of the values are email addresses"),
        ("Column 8", ["in.linkedin.com/in/a"], "linkedin_url", "100 % of the values are LinkedIn profiles"),
        ("Column 9", ["unsubscribed", "Active"], "status", "100 % of the values are lead statuses"),
        ("Favourite colour", ["red"], "", "No lead field matches; left out unless you make it a custom field"),
        ("Email Opt Out", ["0"], "",
         "Says something about Email, is not the value itself; left out unless you make it a custom field"),
    ],
)  # fmt: skip
def test_what_speaks_for_a_field_is_said_in_one_sentence(header, cells, field, reason):
    found = judge_one(header, *cells)
    assert (found.field, found.reason) == (field, reason)


@pytest.mark.parametrize(
    "header",
    [
        "Country",
        "Company size",
        "Employees",
        "Position in queue",
        "Photos",
        "State",
        "Noms de domaine",
        "Contract",
        "Costs",
    ],
)
def test_a_header_that_is_only_a_bit_like_a_known_one_matches_nothing(header):
    assert judge_one(header).field == ""


def test_a_share_is_rounded_down():
    found = judge_one("Contact point", *["a@x.org"] * 199, "none")
    assert found.reason == "99 % of the values are email addresses"


def test_a_header_that_the_values_contradict_is_warned_about_and_the_values_win():
    found = judge_one("Phone", "a@x.org", "b@x.org")
    assert found.field == "email"
    assert found.warning == "The header says Phone, but 100 % of the values are email addresses"


def test_an_email_column_with_few_addresses_keeps_its_field_with_a_warning():
    found = judge_one("Email", "yes", "no", "a@x.org")
    assert found.field == "email"
    assert found.warning == "Only 33 % of the values look like email addresses"
    assert found.score < 0.7


@pytest.mark.parametrize("header", ["Emailed", "Office", "Domain", "Email 2"])
def test_a_header_that_might_be_a_field_is_left_out_where_its_values_say_no(header):
    found = judge_one(header, "yes", "no")
    assert found.field == ""
    assert found.reason.startswith("The values are not ")


def test_a_status_of_another_product_is_left_out_because_unknown_statuses_reject_rows():
    """contract.md section 3: an unknown status is an invalid value."""
    found = judge_one("Lead Status", "Open - Not Contacted", "Working")
    assert found.field == ""
    assert "active, bounced, unsubscribed, replied" in found.reason
    assert judge_one("Lead Status", "Active", "bounced").field == "status"


@pytest.mark.parametrize(
    "header", ["Email opt-out", "Email Opt Out", "HasOptedOutOfEmail", "Unsubscribed", "Do not contact", "Abgemeldet", "DNC"]
)
def test_a_column_of_people_who_opted_out_is_known_for_what_it_is(header):
    found = judge_one(header, "no", "", "Yes", "No")
    assert found.field == OPT_OUT
    assert found.reason == "The header says that people opted out; where it says yes, the lead becomes unsubscribed"


def test_a_single_yes_far_down_is_found():
    assert judge_one("Email opt-out", *["0"] * 5000, "1").field == OPT_OUT
    assert judge_one("Email opt-out", *["0"] * 5000).field == ""


@pytest.mark.parametrize("values", [("2024-01-01", ""), ("2024-01-01 10:00:00",), ("Unsubscribed", "active"), ("bounced", "no")])
def test_the_day_or_the_status_of_an_opt_out_says_it_too(values):
    assert judge_one("Unsubscribed at", *values).field == OPT_OUT


def test_an_opt_out_column_that_only_people_can_read_is_warned_about():
    found = judge_one("Email opt-out", "see contract", "")
    assert found.field == ""
    assert found.warning.startswith("The header says that people opted out.")


def test_forms_of_address_are_no_job_title():
    assert judge_one("Title", "Mr.", "Dr", "Mrs").field == ""


def test_a_company_page_on_linkedin_does_not_fill_the_persons_profile():
    found = judge_one("LinkedIn", "https://www.linkedin.com/company/acme", "linkedin.com/company/globex/")
    assert found.field == ""
    assert found.warning


@pytest.mark.parametrize("cell", ["2024-01-31", "31.01.2024", "10.20.30.40", "52.520008", "10435", "4917212345678"])
def test_dates_ids_addresses_and_decimals_are_no_phone_numbers(cell):
    assert judge_one("Something", cell, cell).field == ""


@pytest.mark.parametrize("cell", ["+49 30 1234567", "(030) 123-4567", "0171/1234567", "+1 555 010 9999 ext. 12"])
def test_phone_numbers_are_known_without_a_header_for_them(cell):
    assert judge_one("Something", cell).field == "phone"


def test_a_fax_number_is_no_phone_number():
    assert judge_one("Business Fax", "+49 30 1234567").field == ""


@pytest.mark.parametrize("header", ["Facebook Url", "Avatar", "Landing page", "Profile picture", "Invoice link"])
def test_a_link_to_something_else_is_no_website(header):
    assert judge_one(header, "https://example.com/x").field == ""


def test_only_the_first_values_of_a_column_are_looked_at():
    cells = ["a@x.org"] * 200 + ["no address"] * 5000
    assert judge_one("Contact", *cells).reason == "100 % of the values are email addresses"
