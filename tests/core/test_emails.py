"""contract.md section 2: `email` is trimmed, compared in lower case, at most 254 characters (local part 64), no DNS."""

import random
import socket

import pytest
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.emails import MAX_EMAIL_LENGTH, MAX_LOCAL_LENGTH, check_email, check_emails, email_key


def is_valid_to_the_library(text: str) -> bool:
    """The verdict of email-validator alone, with the contract's two limits."""
    key = email_key(text)
    try:
        validate_email(key, check_deliverability=False)
    except EmailNotValidError:
        return False
    return len(key) <= MAX_EMAIL_LENGTH and len(key.rpartition("@")[0]) <= MAX_LOCAL_LENGTH


def assert_same_verdict(text: str) -> None:
    check = check_email(text)
    assert (check.key is not None) == is_valid_to_the_library(text), ascii(text)
    assert check.key in (None, email_key(text))
    assert bool(check.why) == (check.key is None)


# --- the same verdict as email-validator alone ------------------------------------------------------------------------

ODD = [
    "", " ", "@", "a", "a@", "@b.co", "a@b", "a@b.c", "a@b.co", "a@@b.co", "a@b@c.co", "a b@c.co", "a@b c.co",
    ".a@b.co", "a.@b.co", "a..b@c.co", "a@.b.co", "a@b.co.", "a@b..co", "a@-b.co", "a@b-.co", "a@b-c.co", "a@b--c.co",
    "a@xn--bcher-kva.example", "a@xn--.co", "a@xn--a.co", "a@xn--zzzzzz.com", "a--b@c.co", "a@1.2.3.4", "a@[1.2.3.4]",
    "a@[IPv6:::1]", "a@b.123", "a@123.co", "a@b.c1", "a@b_c.co", "_@b.co", "-@b.co", "'@b.co", "a'b@c.co", "a+b@c.co",
    "a%b@c.co", "a!b@c.co", "a#$&*/=?^`{|}~b@c.co", '"a"@b.co', '"a b"@c.co', '"a@b"@c.co', "a(c)@b.co", "(c)a@b.co",
    "a,b@c.co", "a;b@c.co", "a:b@c.co", "a<b@c.co", "<a@b.co>", "Ada <a@b.co>", "mailto:a@b.co", "a\\b@c.co", "a/b@c.co",
    "a@b.co,c@d.co", "a@b.co c@d.co", "a@b,co", "a@b.co\n", "a\n@b.co", "a@b.co\x00", "a\x00@b.co", "a\x7f@b.co",
    "ä@b.co", "a@bücher.de", "A@BÜCHER.DE", "用户@例子.广告", "a@例子。广告", "ａ@b.co", "a@ｂ.co", "a@faß.de",
    "İ@b.co", "a@İ.co", "K@b.co", "a@K.co", "ß@b.co", "ẞ@b.co", "Σ@b.co", "aΣ@b.co", "ﬁ@b.co", "e\u0301@b.co",
    "\u0301a@b.co", "J\u030c@b.co", "a\u200d@b.co", "a\u200bb@c.co", "a@b\u200b.co", "a@b\u00ad.co", "a@\u0378.co",
    "\ud800@b.co", "a@\ud800.co", "a\udc00b@c.co", "\U0001f600@b.co", "a@\U0001f600.co", "a@b.\u202eco", "\u202ea@b.co",
    "a@localhost", "a@b.localhost", "a@b.local", "a@b.test", "a@b.invalid", "a@b.example", "a@example.com", "a@b.arpa",
    "a@b.onion", "a@b.alt", "a@home.arpa", "a@b.internal", "postmaster@b.co", "a@b.museum", "a@b.co.uk",
    "a@b.xn--p1ai", "a@b.рф",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_an_odd_address_is_judged_as_by_the_library(text):
    assert_same_verdict(text)
    assert_same_verdict(f" {text}\t")


@pytest.mark.parametrize("domain", SPECIAL_USE_DOMAIN_NAMES)
def test_special_domains_are_judged_as_by_the_library(domain):
    for text in (f"a@{domain}", f"a@b.{domain}", f"a@b{domain}", f"a@{domain}.com", f"A@B.{domain.upper()}"):
        assert_same_verdict(text)


def test_twenty_thousand_made_up_addresses_are_judged_as_by_the_library():
    """The fast way may only say yes where email-validator says yes, and must hand on the rest."""
    chance = random.Random(254)
    letters = "abcxyzABCXYZ0189" * 3 + ".-_+'" * 2 + "!#%&*/=?^`{|}~\"\\(),:;<>[] @éßİΩя中\u0301\u200d"
    tails = ["com", "de", "co.uk", "x", "c0m", "museum", "123", "local", "test", "arpa", "onion", "рф", "xn--p1ai", "c-m"]

    def word(most: int) -> str:
        return "".join(chance.choices(letters if chance.random() < 0.5 else letters[:48], k=chance.randint(0, most)))

    for _ in range(20_000):
        labels = [word(12) for _ in range(chance.randint(1, 3))]
        assert_same_verdict(f"{word(16)}@{'.'.join([*labels, chance.choice(tails)])}")


@given(st.text(st.characters(), max_size=30))
@example("\ud800@example.com")
@settings(max_examples=300)
def test_no_text_at_all_makes_it_fail(text):
    assert_same_verdict(text)
    assert_same_verdict(f"{text}@example.com")
    assert_same_verdict(f"a@{text}.com")


# --- limits -----------------------------------------------------------------------------------------------------------


def address(local: int, total: int) -> str:
    """An address with so many characters before the @, and in all."""
    room = total - local - 1
    labels = []
    while room > 64:
        labels.append("d" * 60)
        room -= 61
    labels += ["d" * (room - 3), "de"]
    text = "l" * local + "@" + ".".join(labels)
    assert len(text) == total
    return text


@pytest.mark.parametrize(("local", "total"), [(64, 254), (1, 254), (64, 100), (1, 6)])
def test_an_address_up_to_the_limits_is_valid(local, total):
    assert check_email(address(local, total)).key == address(local, total)


@pytest.mark.parametrize(("local", "total"), [(65, 100), (64, 255), (1, 255), (65, 255)])
def test_an_address_over_a_limit_is_refused(local, total):
    assert check_email(address(local, total)).key is None


@pytest.mark.parametrize("total", [254, 255])
def test_the_limits_hold_for_the_addresses_of_the_slow_way_too(total):
    text = "ü" + address(30, total)[1:]
    assert_same_verdict(text)


# --- the key ------------------------------------------------------------------------------------------------------------


@given(st.text(st.characters(), max_size=20))
@example("J\u030c@example.com")  # its lower-case letters compose into one, which its capitals do not
@example("İ@example.com")
def test_the_key_of_a_key_is_the_key(text):
    """Else a stored email would not be found by itself."""
    assert email_key(email_key(text)) == email_key(text)


@given(st.lists(st.one_of(st.emails(), st.text(max_size=20), st.just("anna@example.com")), max_size=4))
@example(["anna@example.com\nben@example.com", "nobody"])  # as many good lines as addresses, and none of them is one
@example(["a" * 65 + "@example.com"])
@example(["anna@example.test"])
def test_many_addresses_are_judged_as_one_by_one(texts):
    texts = [text.strip() for text in texts]
    assert check_emails(texts) == [check_email(text).key for text in texts]


@given(st.emails())
@settings(max_examples=100)
def test_case_and_white_space_around_make_no_difference(text):
    check = check_email(text)
    assert check_email(f"\t {text.upper()} \n").key == check.key
    assert check_email(text.lower()).key == check.key


def test_the_key_is_lower_case_and_never_case_folded():
    """design.md section 3: casefold merges people."""
    assert email_key(" Straße@Example.COM ") == "straße@example.com"
    assert email_key("STRASSE@example.com") != email_key("Straße@example.com")


def test_the_composed_and_the_decomposed_spelling_are_one():
    assert email_key("re\u0301ne@example.com") == email_key("réne@example.com")


@pytest.mark.parametrize("text", ["a@no-such-domain-anywhere.example.com", "ä@bücher.de"])
def test_nobody_is_asked_over_the_network(text, monkeypatch):
    """contract.md section 2: syntax checked, no DNS."""

    def refuse(*_, **__):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    assert check_email(text).key == text


def test_what_is_wrong_is_said_in_a_sentence():
    assert check_email("ada").why == "An email address must have an @-sign."
