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


@pytest.mark.parametrize("header", [header for row in NOT_AN_EMAIL.values() for header in columns_of(row)])
def test_a_column_about_the_email_is_never_the_email_even_where_it_holds_addresses(header):
    assert suggest_headers(header)[header] != "email"
    assert suggest_one(header, "ada@x.org", "bob@x.org").target is None


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


def test_a_contradictory_column_does_not_take_the_email_from_the_real_one():
    real, wrong = suggest_mapping(a_table({"Email": ["a@x.org"], "Phone": ["b@x.org"]}))
    assert (real.target, wrong.target) == ("email", None)
    assert wrong.warning == "The header says Phone, but 100 % of the values are email addresses"


def test_statuses_of_other_products_are_mapped_and_unknown_ones_are_named():
    suggestion = suggest_one("Lead Status", "Opted out", "Hard Bounce", "Abgemeldet", "Whatever", "Active")
    assert suggestion.target == "status"
    assert suggestion.values == {"opted out": "unsubscribed", "hard bounce": "bounced", "abgemeldet": "unsubscribed"}
    assert suggestion.warning == "Some values are unknown: say below what they mean, or their rows become errors"


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


def test_samples_are_three_distinct_short_filled_cells():
    suggestion = suggest_one("Notes", "", "one", " one ", "two\nlines", "x" * 60, "four")
    assert suggestion.samples == ("one", "two lines", "x" * 39 + "…")


def test_every_column_is_answered_in_file_order_with_a_confidence():
    suggestions = suggest_mapping(a_table({"b": ["1"], "Email": ["a@x.org"], "a": [""]}))
    assert [s.column for s in suggestions] == ["b", "Email", "a"]
    assert all(0 <= s.confidence <= 1 for s in suggestions)


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
