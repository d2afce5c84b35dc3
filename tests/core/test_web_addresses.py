"""Web addresses in one form."""

import pytest

from core.web_addresses import linkedin_form, website_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("acme.com", "https://acme.com"),
        ("HTTP://WWW.Acme.COM/", "https://www.acme.com"),
        ("http://acme.com:80/About/Us/", "https://acme.com/About/Us/"),
        ("http://acme.com:8080", "http://acme.com:8080"),
        ("https://acme.com/a?utm_source=x&id=1&UTM_campaign=y&gclid=z#team", "https://acme.com/a?id=1#team"),
        ("https://acme.com?utm_source=x", "https://acme.com"),
        ("https://acme.com?id=1", "https://acme.com/?id=1"),
        ("münchen.de", "https://münchen.de"),
        ("https://acme.com/a/b?x=1", "https://acme.com/a/b?x=1"),
    ],
)
def test_a_website_gets_its_form(text, form):
    assert website_form(text) == form
    assert website_form(form) == form


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "ada@acme.com",
        "Acme Inc.",
        "10.0.0.1",
        "ftp://acme.com",
        "https://u:p@acme.com",
        "a.b c",
        "acme",
        "https://",
    ],
)
def test_what_is_no_web_address_is_left_alone(text):
    assert website_form(text) == text
    assert linkedin_form(text) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("linkedin.com/in/ada", "https://www.linkedin.com/in/ada"),
        ("http://de.linkedin.com/in/Ada-L-1a2b/?trk=people", "https://www.linkedin.com/in/Ada-L-1a2b"),
        ("https://www.linkedin.com/in/ada/detail/contact-info/", "https://www.linkedin.com/in/ada"),
        ("https://www.linkedin.com/mwlite/in/ada", "https://www.linkedin.com/in/ada"),
        ("https://m.linkedin.com/in/jos%C3%A9?utm_source=share#top", "https://www.linkedin.com/in/jos%C3%A9"),
        ("https://www.linkedin.com/in/ACoAABcD", "https://www.linkedin.com/in/ACoAABcD"),
        ("linkedin.com/company/acme/", "https://www.linkedin.com/company/acme/"),
        ("https://www.linkedin.com/sales/lead/ACw,x?_ntb=1", "https://www.linkedin.com/sales/lead/ACw,x?_ntb=1"),
    ],
)
def test_a_linkedin_address_gets_its_form(text, form):
    assert linkedin_form(text) == form
    assert linkedin_form(form) == form


@pytest.mark.parametrize("text", ["in/ada", "ada", "https://acme.com/in/ada", "https://notlinkedin.com/in/ada"])
def test_what_is_not_on_linkedin_is_left_alone(text):
    assert linkedin_form(text) == text
