"""Cookies and host names, by the public address."""

import pytest

from api.security import secured, trusted_hosts


@pytest.mark.parametrize(
    ("header", "after"),
    [
        ((b"set-cookie", b"_streamlit_user=x; HttpOnly"), (b"set-cookie", b"_streamlit_user=x; HttpOnly; Secure")),
        ((b"Set-Cookie", b"a=b; Secure; Path=/"), (b"Set-Cookie", b"a=b; Secure; Path=/")),
        ((b"content-type", b"text/html"), (b"content-type", b"text/html")),
    ],
)
def test_a_cookie_is_for_https_alone(header, after):
    assert secured(*header) == after


def test_the_public_address_is_answered_to(monkeypatch):
    monkeypatch.setenv("LEAD_IMPORT_PUBLIC_URL", "https://leads.example.org:8443")
    monkeypatch.setenv("LEAD_IMPORT_HOSTS", "a.example, b.example")
    assert trusted_hosts()[-3:] == ["leads.example.org", "a.example", "b.example"]
