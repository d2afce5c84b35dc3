"""The names of countries, in the reader's language."""

from contextvars import copy_context

from core import language
from core.countries import COUNTRIES, countries_by_name, country_name


def in_german(work, *args):
    def speak():
        language.use("de")
        return work(*args)

    return copy_context().run(speak)


def test_a_country_has_a_name_in_each_language():
    assert (country_name("DE"), in_german(country_name, "DE")) == ("Germany", "Deutschland")
    assert in_german(country_name, "AF") == "Afghanistan", "the same word as in another language"
    assert in_german(country_name, "AC") == COUNTRIES["AC"], "no German word is known"


def test_countries_stand_in_the_order_of_their_names():
    assert countries_by_name()[:2] == ["AF", "AX"]
    german = in_german(countries_by_name)
    assert german.index("EG") < german.index("AL"), "Ägypten before Albanien"
    assert set(german) == set(COUNTRIES)
