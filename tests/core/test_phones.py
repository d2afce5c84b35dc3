"""Phone numbers as E.164, where they are certain."""

import phonenumbers
import pytest

from core.countries import COUNTRIES
from core.phones import calling_code, phone_form


@pytest.mark.parametrize(
    ("text", "country", "form"),
    [
        ("(415) 555-2671", "US", "+14155552671"),
        ("415.555.2671", "US", "+14155552671"),
        ("14155552671", "US", "+14155552671"),
        ("030 1234567", "DE", "+49301234567"),
        ("030/1234567", "DE", "+49301234567"),
        ("0041 44 668 18 00", "DE", "+41446681800"),
        ("011 41 44 668 18 00", "US", "+41446681800"),
        ("+49 (0)30 1234567", None, "+49301234567"),
        ("(+49) 30 1234567", None, "+49301234567"),
        ("+44 (0)20 7946 0958", "US", "+442079460958"),
        ("+39 06 698 12345", None, "+390669812345"),
        ("tel:+1-415-555-2671", None, "+14155552671"),
        ("+14155552671", None, "+14155552671"),
        ("415-555-2671 x123", "US", "+14155552671 ext. 123"),
        ("415-555-2671, ext. 007", "US", "+14155552671 ext. 007"),
        ("+1 415 555 2671 extension 9", None, "+14155552671 ext. 9"),
    ],
)
def test_a_valid_number_becomes_e164(text, country, form):
    assert phone_form(text, country) == form
    assert phone_form(form, country) == form


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("(415) 555-2671", None),  # no country chosen
        ("123", "US"),
        ("+49 1", None),
        ("+999 123456789", None),
        ("415-555-26711", "US"),
        ("1-800-FLOWERS", "US"),  # letters: the library would dial them
        ("call 415 555 2671", "US"),
        ("030 1234567 / 0170 1234567", "DE"),  # two numbers
        ("301234567.0", "DE"),  # a spreadsheet's decimal
        ("1.5555E+10", "US"),
        ("+", None), ("", "US"), ("n/a", "US"), ("x12", "US"), ("١٢٣٤٥٦٧", "US"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_left_alone(text, country):
    assert phone_form(text, country) == text


def test_every_country_that_the_library_knows_can_be_chosen():
    assert set(COUNTRIES) == set(phonenumbers.SUPPORTED_REGIONS)
    assert all(calling_code(country) for country in COUNTRIES)


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_the_form_of_a_form_is_the_form(country):
    """Italy's zeros, Argentina's nine, Mexico's one: no rule strips a number again."""
    for kind in (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE):
        number = phonenumbers.example_number_for_type(country, kind)
        if number is None:
            continue
        national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        form = phone_form(national, country)
        assert form in (national, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        assert phone_form(form, country) == form
        assert phone_form(form, None) == form
