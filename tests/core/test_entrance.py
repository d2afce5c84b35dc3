"""The settings of who may come in: a login is whole or absent, and a mistake is named."""

import pytest
from pydantic import ValidationError

from core.entrance import VARIABLES, EntranceSettings, is_loopback
from db.settings import told

LOGIN = {
    "LEAD_IMPORT_LOGIN_METADATA_URL": "https://id.example.org/.well-known/openid-configuration",
    "LEAD_IMPORT_LOGIN_CLIENT_ID": "lead-import",
    "LEAD_IMPORT_LOGIN_CLIENT_SECRET": "its secret",
    "LEAD_IMPORT_LOGIN_COOKIE_SECRET": "c" * 32,
    "LEAD_IMPORT_PUBLIC_URL": "https://leads.example.org/",
}


def test_without_settings_there_is_no_login_and_nothing_is_open():
    settings = EntranceSettings.from_environment(dict.fromkeys(VARIABLES.values(), ""))
    assert (settings.auth_section, settings.admins, settings.allow_open, settings.login_hours) == (None, (), False, 12)


def test_a_login_is_what_streamlit_calls_its_auth_section():
    assert EntranceSettings.from_environment(LOGIN).auth_section == {
        "redirect_uri": "https://leads.example.org/oauth2callback",
        "cookie_secret": "c" * 32,
        "client_id": "lead-import",
        "client_secret": "its secret",
        "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
    }


@pytest.mark.parametrize("missing", LOGIN)
def test_a_login_without_one_of_its_settings_is_refused_by_name(missing):
    with pytest.raises(ValidationError) as caught:
        EntranceSettings.from_environment({name: text for name, text in LOGIN.items() if name != missing})
    assert told(caught.value, VARIABLES, otherwise="Login") == f"Login: a login needs {missing}, too"


def test_the_public_address_alone_is_no_login():
    assert EntranceSettings.from_environment({"LEAD_IMPORT_PUBLIC_URL": "https://a.example"}).auth_section is None


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LEAD_IMPORT_LOGIN_COOKIE_SECRET", "short", "at least 32 characters"),
        ("LEAD_IMPORT_PUBLIC_URL", "leads.example.org", "must begin with https://"),
        ("LEAD_IMPORT_LOGIN_METADATA_URL", "file:///etc/passwd", "must begin with https://"),
        ("LEAD_IMPORT_LOGIN_HOURS", "0", "greater than or equal to 1"),
        ("LEAD_IMPORT_ADMINS", "anna@example.org, ben", "not one is: ben"),
        ("LEAD_IMPORT_ALLOW_OPEN", "perhaps", "boolean"),
    ],
)
def test_a_wrong_setting_is_named_without_its_secrets(name, value, says):
    with pytest.raises(ValidationError) as caught:
        EntranceSettings.from_environment(LOGIN | {name: value})
    sentence = told(caught.value, VARIABLES, otherwise="Login")
    assert sentence.startswith(f"{name}: ")
    assert says in sentence
    assert "its secret" not in str(caught.value)


def test_admins_are_named_by_their_email_in_any_case():
    settings = EntranceSettings.from_environment({"LEAD_IMPORT_ADMINS": " Anna@Example.org ,ben@example.org,"})
    assert settings.admins == ("anna@example.org", "ben@example.org")


@pytest.mark.parametrize("yes", ["1", "true", "yes"])
def test_a_server_is_opened_by_a_word(yes):
    assert EntranceSettings.from_environment({"LEAD_IMPORT_ALLOW_OPEN": yes}).allow_open


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        ("127.0.0.1", True), ("127.8.9.10", True), ("::1", True), ("[::1]", True), ("localhost", True),
        ("0.0.0.0", False), ("::", False), ("192.0.2.1", False), ("fe80::1%eth0", False), ("localhost.evil.example", False),
        ("", False), (None, False),
    ],
)  # fmt: skip
def test_loopback_is_what_only_this_computer_reaches(address, is_it):
    assert is_loopback(address) is is_it
