"""What a provider's claims are worth: whose login it is, and when it is over."""

import time

import pytest

from core import logins
from core.logins import Login, end_login, read_login


@pytest.fixture(autouse=True)
def none_ended(monkeypatch):
    monkeypatch.setattr(logins, "_ended", {})
    monkeypatch.delenv("LEAD_IMPORT_LOGIN_HOURS", raising=False)


def claimed(**claims):
    """What Streamlit keeps of a login of a minute ago."""
    return {"is_logged_in": True, "email": "ada@example.org", "iat": time.time() - 60, "nonce": "n", **claims}


@pytest.mark.parametrize("claims", [{}, {"email_verified": True}, {"email_verified": "True"}, {"email": " ADA@Example.org"}])
def test_who_logged_in_is_known_by_the_key_of_the_address(claims):
    assert read_login(claimed(**claims)) == Login("ada@example.org", is_verified=True)


@pytest.mark.parametrize("said", [False, "false", "no", "", "0", 0, 1, None, [], {}, ["true"]])
def test_a_provider_that_speaks_of_the_address_must_vouch_for_it(said):
    assert read_login(claimed(email_verified=said)) == Login("ada@example.org", is_verified=False)


@pytest.mark.parametrize("email", [None, "", 7, ["ada@example.org"], {"ada@example.org": 1}])
def test_what_is_no_address_belongs_to_nobody(email):
    assert read_login(claimed(email=email)) == Login("", is_verified=False)


@pytest.mark.parametrize("email", ["\u212Aate@example.org", "\u212Bsa@example.org", "ada@\u212Aiosk.example"])
def test_a_letter_that_only_compares_like_a_member_s_is_not_theirs(email):
    """The Kelvin and the Ångström sign become k and å on the way to the key; a provider may hold both for two people's."""
    found = read_login(claimed(email=email))
    assert found is not None
    assert not found.is_verified


def test_letters_of_any_language_are_fine_composed_or_not():
    both = [read_login(claimed(email=email)) for email in ("J\u00F6rg@example.org", "Jo\u0308rg@example.org")]
    assert both == [Login("j\u00F6rg@example.org", is_verified=True)] * 2


@pytest.mark.parametrize("is_logged_in", [False, None, "yes", 1])
def test_who_is_not_logged_in_is_nobody(is_logged_in):
    assert read_login(claimed(is_logged_in=is_logged_in)) is None
    assert read_login({}) is None


@pytest.mark.parametrize(
    "iat", [None, "soon", True, float("nan"), float("inf"), 0, time.time() - 13 * 3600, time.time() + 3600],
    ids=["none", "text", "truth", "NaN", "infinity", "long ago", "too old", "to come"],
)  # fmt: skip
def test_a_login_is_of_its_hours_alone(iat):
    assert read_login(claimed(iat=iat)) is None


def test_a_provider_s_clock_may_be_a_little_ahead():
    assert read_login(claimed(iat=time.time() + 60)) is not None


def test_a_login_that_was_ended_is_over_and_the_person_s_next_one_is_not():
    first, second = claimed(nonce="1"), claimed(nonce="2")
    end_login(first)
    assert read_login(first) is None
    assert read_login({**first, "origin": "http://localhost", "tokens": {"id": "…"}}) is None, "as another place keeps it"
    assert read_login(second) is not None


def test_ended_logins_are_forgotten_when_they_are_over_anyway(monkeypatch):
    end_login(claimed(nonce="1"))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 13 * 3600)
    end_login(claimed(nonce="2"))
    assert len(logins._ended) == 1
