"""Warnings about valid email addresses: they reject nothing."""

import pytest

from core.email_warnings import typo_fix, warn_about_emails
from tests.factories import brief, check_drafts


def warned(*emails, **choices):
    return warn_about_emails(check_drafts([{"email": email} for email in emails]), "E-mail", **choices)


@pytest.mark.parametrize(
    ("domain", "fix"),
    [
        ("gmial.com", "gmail.com"), ("gmai.com", "gmail.com"), ("gmaill.com", "gmail.com"), ("gamil.com", "gmail.com"),
        ("mgail.com", "gmail.com"), ("gmail.con", "gmail.com"), ("gmail.co", "gmail.com"), ("gmail.cm", "gmail.com"),
        ("gmial.con", "gmail.com"), ("hotnail.com", "hotmail.com"), ("hotmial.com", "hotmail.com"), ("yaho.com", "yahoo.com"),
        ("yahooo.com", "yahoo.com"), ("yahoo.coom", "yahoo.com"), ("outlok.com", "outlook.com"), ("iclod.com", "icloud.com"),
        ("t-onlin.de", "t-online.de"), ("acme.con", "acme.com"), ("comcast.nett", "comcast.net"), ("live.con", "live.com"),
    ],
)  # fmt: skip
def test_a_typing_error_is_told_with_its_fix(domain, fix):
    [issue] = warned(f"ada@{domain}")
    assert brief([issue]) == [(2, "E-mail", "email-domain-typo")]
    assert (issue.severity, issue.field) == ("warning", "email")
    assert fix in issue.hint
    assert typo_fix(f"Ada@{domain}") == f"Ada@{fix}"


@pytest.mark.parametrize(
    "domain",
    [
        "gmail.com", "ymail.com", "mail.com", "email.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "googlemail.com", "yahoo.cl",
        "yahoo.be", "hotmail.be", "outlook.cz", "live.nl", "cloud.com", "wahoo.com", "t-online.hu", "freenet.ch", "acme.com", "acme.co",
        "acme.cm", "qmail.com", "grange.fr", "gmail.example.com", "company.de", "me.com", "mac.com", "mail.ru", "proton.me",
    ],
)  # fmt: skip
def test_a_real_domain_is_left_in_peace(domain):
    assert warned(f"ada@{domain}") == ()
    assert typo_fix(f"ada@{domain}") is None


def test_a_role_and_a_throw_away_address_are_told():
    assert brief(warned("info@acme.com", "Vertrieb@acme.de", "ada@mailinator.com", "ada@eu.mailinator.com", "infoada@acme.com")) == [
        (2, "E-mail", "email-role"),
        (3, "E-mail", "email-role"),
        (4, "E-mail", "email-disposable"),
        (5, "E-mail", "email-disposable"),
    ]


def test_one_address_can_be_odd_twice():
    assert brief(warned("sales@gmial.com")) == [(2, "E-mail", "email-domain-typo"), (2, "E-mail", "email-role")]


def test_rows_that_are_wrong_are_not_warned_about():
    assert brief(warned("info@", "info@acme.com")) == [(3, "E-mail", "email-role")]
