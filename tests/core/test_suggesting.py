"""What is suggested for the columns of real exports, and what each suggestion says about itself."""

import pytest

from core.header_names import header_words, match_key
from core.issues import make_issue
from core.mapping import OPT_OUT
from core.records import FoundFormat, Suggestion, Table
from core.suggesting import suggest_mapping
from tests.data.export_headers import EXPORTS, NOT_AN_EMAIL, columns_of


def a_table(columns: dict[str, list[str]]) -> Table:
    """A table from its columns, given as header -> cells."""
    rows = tuple(zip(*columns.values(), strict=True))
    return Table(tuple(columns), rows, tuple(range(2, len(rows) + 2)), FoundFormat("csv", 1))


def suggest_headers(*headers: str) -> dict[str, str | None]:
    """The targets for a file that has these headers and no rows."""
    table = Table(headers, (), (), FoundFormat("csv", 1))
    return {suggestion.column: suggestion.target for suggestion in suggest_mapping(table)}


def suggest_one(header: str, *cells: str) -> Suggestion:
    return suggest_mapping(a_table({header: list(cells)}))[0]


@pytest.mark.parametrize("product", EXPORTS)
def test_every_column_of_a_real_export_goes_where_it_belongs(product):
    expected = columns_of(EXPORTS[product])
    assert suggest_headers(*expected) == expected


def test_a_linkedin_export_has_profiles_under_url_and_says_so_without_a_warning():
    table = a_table({"First Name": ["Ada"], "URL": ["https://www.linkedin.com/in/ada"], "Email Address": ["ada@x.org"]})
    url = suggest_mapping(table)[1]
    assert (url.target, url.warning) == ("linkedin_url", None)
    assert url.reason == "LinkedIn calls LinkedIn URL “URL”; 100 % of the values are LinkedIn profiles"


def test_a_url_column_of_plain_web_addresses_is_the_website():
    assert suggest_one("URL", "https://acme.com", "globex.de/team").target == "website"


@pytest.mark.parametrize("header", [header for row in NOT_AN_EMAIL.values() for header in columns_of(row)])
def test_a_column_about_the_email_is_never_the_email_even_where_it_holds_addresses(header):
    assert suggest_headers(header)[header] != "email"
    assert suggest_one(header, "ada@x.org", "bob@x.org").target is None


@pytest.mark.parametrize(
    "header",
    ["email", "E-Mail", "e_mail", "EMAIL", "Your email", "Email (work)", "Email *", "Lead Email", "Email__c", "Email 1",
     "Primary Contact E-mail", "Emial", "Email Adress", "  Email  "],
)  # fmt: skip
def test_an_email_column_is_found_however_its_header_is_written(header):
    assert suggest_headers(header)[header] == "email"


def test_the_second_address_does_not_beat_the_first_one_wherever_it_stands():
    expected = {"E-mail 2 Address": None, "E-mail Address": "email", "E-mail 3 Address": None}
    assert suggest_headers(*expected) == expected


def test_the_loser_of_a_field_names_the_column_that_has_it():
    first, second = suggest_mapping(a_table({"Phone": ["+49 30 1234567"], "Mobile": ["+49 171 1234567"]}))
    assert first.target == "phone"
    assert second.target is None
    assert second.reason == "Phone comes from “Phone” already; left out unless you make it a custom field"


def test_a_filled_column_beats_an_empty_one_of_the_better_name():
    targets = [
        s.target for s in suggest_mapping(a_table({"Phone": ["", " "], "Mobile": ["+49 171 1234567", "0171 55"]}))
    ]
    assert targets == [None, "phone"]


def test_several_columns_may_join_in_notes():
    assert suggest_headers("Notes", "Comments") == {"Notes": "notes", "Comments": "notes"}


@pytest.mark.parametrize("header", ["Name", "Full Name", "Contact Name", "Nom", "Nombre", "Naam", "Ansprechpartner"])
def test_whole_names_are_split_and_the_reason_shows_how(header):
    suggestion = suggest_one(header, "Ada Lovelace", "Hopper, Grace")
    assert suggestion.target == "split:full_name"
    assert suggestion.reason == "100 % of the values are whole names: Ada | Lovelace"


def test_whole_names_are_left_out_where_first_and_last_name_are_there():
    table = a_table({"Full Name": ["Ada King"], "First Name": ["Ada"], "Last Name": ["King"]})
    assert [s.target for s in suggest_mapping(table)] == [None, "first_name", "last_name"]
    assert suggest_headers("Full Name", "First Name") == {"Full Name": None, "First Name": "first_name"}


def test_only_one_column_of_whole_names_is_split():
    assert suggest_headers("Full Name", "Display Name") == {"Full Name": "split:full_name", "Display Name": None}


def test_companies_under_name_are_no_whole_names():
    suggestion = suggest_one("Name", "Acme GmbH", "Globex Inc.", "Initech LLC")
    assert (suggestion.target, suggestion.reason) == (
        None, "The values look like companies; left out unless you choose a field",
    )  # fmt: skip


def test_single_words_under_name_become_first_names_with_a_warning():
    suggestion = suggest_one("Name", "Ada", "Grace", "Alan Turing")
    assert suggestion.target == "split:full_name"
    assert suggestion.warning == "Only 33 % of the values have a first and a last name; a single word becomes the first name"
    assert suggestion.confidence < 0.7


def test_name_is_the_last_name_beside_vorname():
    suggestions = suggest_mapping(a_table({"Name": ["Lovelace"], "Vorname": ["Ada"]}))
    assert [s.target for s in suggestions] == ["last_name", "first_name"]
    assert suggestions[0].reason == "Beside “Vorname”, “Name” is Last name"


@pytest.mark.parametrize(
    ("header", "cells", "target", "reason"),
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
        ("Favourite colour", ["red"], None, "No lead field matches; left out unless you make it a custom field"),
        ("Email Opt Out", ["0"], None,
         "Says something about Email, is not the value itself; left out unless you make it a custom field"),
    ],
)  # fmt: skip
def test_a_suggestion_says_why_in_one_sentence(header, cells, target, reason):
    suggestion = suggest_one(header, *cells)
    assert (suggestion.target, suggestion.reason) == (target, reason)


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
    assert suggest_headers(header)[header] is None


def test_a_share_is_rounded_down():
    suggestion = suggest_one("Contact point", *["a@x.org"] * 199, "none")
    assert suggestion.reason == "99 % of the values are email addresses"


def test_a_header_that_the_values_contradict_is_warned_about_and_the_values_win():
    suggestion = suggest_one("Phone", "a@x.org", "b@x.org")
    assert suggestion.target == "email"
    assert suggestion.warning == "The header says Phone, but 100 % of the values are email addresses"


def test_a_contradictory_column_does_not_take_the_email_from_the_real_one():
    real, wrong = suggest_mapping(a_table({"Email": ["a@x.org"], "Phone": ["b@x.org"]}))
    assert (real.target, wrong.target) == ("email", None)
    assert wrong.warning == "The header says Phone, but 100 % of the values are email addresses"


def test_an_email_column_with_few_addresses_keeps_its_field_with_a_warning():
    suggestion = suggest_one("Email", "yes", "no", "a@x.org")
    assert suggestion.target == "email"
    assert suggestion.warning == "Only 33 % of the values look like email addresses"
    assert suggestion.confidence < 0.7


@pytest.mark.parametrize("header", ["Emailed", "Office", "Domain", "Email 2"])
def test_a_header_that_might_be_a_field_is_left_out_where_its_values_say_no(header):
    suggestion = suggest_one(header, "yes", "no")
    assert suggestion.target is None
    assert suggestion.reason.startswith("The values are not ")


def test_a_status_of_another_product_is_left_out_because_unknown_statuses_reject_rows():
    """contract.md section 3: an unknown status is an invalid value."""
    suggestion = suggest_one("Lead Status", "Open - Not Contacted", "Working")
    assert suggestion.target is None
    assert "active, bounced, unsubscribed, replied" in suggestion.reason
    assert suggest_one("Lead Status", "Active", "bounced").target == "status"


def test_statuses_of_other_products_are_mapped_and_unknown_ones_are_named():
    suggestion = suggest_one("Lead Status", "Opted out", "Hard Bounce", "Abgemeldet", "Whatever", "Active")
    assert suggestion.target == "status"
    assert suggestion.values == {"opted out": "unsubscribed", "hard bounce": "bounced", "abgemeldet": "unsubscribed"}
    assert suggestion.warning == "Some values are unknown: say below what they mean, or their rows become errors"


@pytest.mark.parametrize(
    "header", ["Email opt-out", "Email Opt Out", "HasOptedOutOfEmail", "Unsubscribed", "Do not contact", "Abgemeldet", "DNC"]
)
def test_a_column_of_people_who_opted_out_is_known_for_what_it_is(header):
    suggestion = suggest_one(header, "no", "", "Yes", "No")
    assert (suggestion.target, suggestion.values) == (OPT_OUT, {})
    assert suggestion.reason == "The header says that people opted out; where it says yes, the lead becomes unsubscribed"


def test_a_single_yes_far_down_is_found():
    assert suggest_one("Email opt-out", *["0"] * 5000, "1").target == OPT_OUT
    assert suggest_one("Email opt-out", *["0"] * 5000).target is None


@pytest.mark.parametrize("values", [("2024-01-01", ""), ("2024-01-01 10:00:00",), ("Unsubscribed", "active"), ("bounced", "no")])
def test_the_day_or_the_status_of_an_opt_out_says_it_too(values):
    assert suggest_one("Unsubscribed at", *values).target == OPT_OUT


def test_an_opt_out_column_that_only_people_can_read_is_warned_about():
    suggestion = suggest_one("Email opt-out", "see contract", "")
    assert suggestion.target is None
    assert suggestion.warning.startswith("The header says that people opted out.")


def test_an_opt_out_column_goes_with_a_status_column():
    table = a_table({"Status": ["active", "bounced"], "Email opt-out": ["yes", "no"], "Do not contact": ["", "x"]})
    assert [s.target for s in suggest_mapping(table)] == ["status", OPT_OUT, OPT_OUT]


def test_first_and_last_name_under_each_others_headers_are_warned_about():
    names = {"First name": ["Lovelace", "Hopper", "Turing", "Müller"], "Last name": ["Ada", "Grace", "Alan", "Jörg"]}
    first, last = suggest_mapping(a_table(names))
    assert (first.target, last.target) == ("first_name", "last_name")
    assert last.warning == "100 % of the values look like first names: is it swapped with “First name”?"
    assert last.confidence < 0.7
    right = a_table({"First name": names["Last name"], "Last name": ["Paul", "Hopper", "Turing", "Simon"]})
    assert [s.warning for s in suggest_mapping(right)] == [None, None]


def test_names_and_addresses_under_each_others_headers_follow_their_values():
    email, name = suggest_mapping(a_table({"Email": ["Ada Lovelace", "Grace Hopper"], "Name": ["ada@x.org", "grace@x.org"]}))
    assert (email.target, name.target) == (None, "email")


def test_profiles_and_web_addresses_under_each_others_headers_follow_their_values():
    profile, site = suggest_mapping(
        a_table({"LinkedIn": ["https://acme.com"], "Website": ["https://www.linkedin.com/in/ada"]})
    )
    assert (profile.target, site.target) == ("website", "linkedin_url")
    assert profile.warning == "The header says LinkedIn URL, but 100 % of the values are web addresses"


def test_company_and_job_title_under_each_others_headers_are_warned_about():
    company, title = suggest_mapping(
        a_table({"Company": ["Sales Manager", "CEO", "Head of IT"], "Job title": ["Acme GmbH", "Globex Inc.", "Initech"]})
    )
    assert company.warning == "100 % of the values look like job titles: is it swapped with “Job title”?"
    assert title.warning == "66 % of the values look like companies: is it swapped with “Company”?"
    assert max(company.confidence, title.confidence) < 0.7
    right = a_table({"Company": ["Acme GmbH", "Owner.com"], "Job title": ["CEO", "Head of Sales"]})
    assert [s.warning for s in suggest_mapping(right)] == [None, None]


def test_phone_and_email_under_each_others_headers_follow_their_values():
    email, phone = suggest_mapping(a_table({"Email": ["+49 30 1234567"], "Phone": ["ada@x.org"]}))
    assert (email.target, phone.target) == ("phone", "email")
    assert email.warning == "The header says Email, but 100 % of the values are phone numbers"


def test_digits_lost_are_said_at_the_column():
    issue = make_issue("cell-digits-lost", row=2, column="Phone", value="1.5555E+10")
    table = Table(("Phone", "Email"), (("1.5555E+10", "a@x.org"),), (2,), FoundFormat("csv", 1), (issue,))
    phone, email = suggest_mapping(table)
    assert (phone.target, email.warning) == ("phone", None)
    assert phone.warning.startswith("Digits are lost: “1.5555E+10” is a number that the spreadsheet program shortened.")


def test_forms_of_address_are_no_job_title():
    assert suggest_one("Title", "Mr.", "Dr", "Mrs").target is None


def test_a_company_page_on_linkedin_does_not_fill_the_persons_profile():
    suggestion = suggest_one("LinkedIn", "https://www.linkedin.com/company/acme", "linkedin.com/company/globex/")
    assert suggestion.target is None
    assert suggestion.warning


@pytest.mark.parametrize("cell", ["2024-01-31", "31.01.2024", "10.20.30.40", "52.520008", "10435", "4917212345678"])
def test_dates_ids_addresses_and_decimals_are_no_phone_numbers(cell):
    assert suggest_one("Something", cell, cell).target is None


@pytest.mark.parametrize("cell", ["+49 30 1234567", "(030) 123-4567", "0171/1234567", "+1 555 010 9999 ext. 12"])
def test_phone_numbers_are_known_without_a_header_for_them(cell):
    assert suggest_one("Something", cell).target == "phone"


def test_a_fax_number_is_no_phone_number():
    assert suggest_one("Business Fax", "+49 30 1234567").target is None


@pytest.mark.parametrize("header", ["Facebook Url", "Avatar", "Landing page", "Profile picture", "Invoice link"])
def test_a_link_to_something_else_is_no_website(header):
    assert suggest_one(header, "https://example.com/x").target is None


def test_samples_are_three_distinct_short_filled_cells():
    suggestion = suggest_one("Notes", "", "one", " one ", "two\nlines", "x" * 60, "four")
    assert suggestion.samples == ("one", "two lines", "x" * 39 + "…")


def test_every_column_is_answered_in_file_order_with_a_confidence():
    suggestions = suggest_mapping(a_table({"b": ["1"], "Email": ["a@x.org"], "a": [""]}))
    assert [s.column for s in suggestions] == ["b", "Email", "a"]
    assert all(0 <= s.confidence <= 1 for s in suggestions)


def test_only_the_first_values_of_a_column_are_looked_at():
    cells = ["a@x.org"] * 200 + ["no address"] * 5000
    assert suggest_one("Contact", *cells).reason == "100 % of the values are email addresses"


def test_a_table_without_columns_has_no_suggestions():
    assert suggest_mapping(Table((), (), (), FoundFormat("csv", 1))) == ()


@pytest.mark.parametrize("header", ["", "   ", "!!!", "メール", "e", "123", "1 2 3", "²", "x" * 5000, "9" * 5000])
def test_odd_headers_are_left_out_without_a_fault(header):
    assert suggest_headers(header) == {header: None}


def test_headers_are_compared_by_their_words_alone():
    assert header_words("E-Mail-Adresse") == ("email", "adresse")
    assert header_words("HasOptedOutOfEmail") == ("has", "opted", "out", "of", "email")
    assert match_key("Prénom") == match_key("PRENOM") == "prenom"


def test_very_long_cells_and_headers_are_judged_and_shown_shortened():
    cells = ["a." * 16_000, "1 " * 16_000, "a" * 32_000 + "@", "1-" * 16_000 + "x", "a@" + "b." * 16_000, "<" * 32_000]
    suggestions = suggest_mapping(a_table({"h" * 30_000: cells, "Email " * 5000: cells}))
    assert [s.target for s in suggestions] == [None, None]
    assert all(len(s.reason) < 200 and max(map(len, s.samples)) <= 40 for s in suggestions)
