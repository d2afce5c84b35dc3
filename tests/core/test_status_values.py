"""What the values of a status column mean."""

import pytest

from core.fields import STATUSES
from core.status_values import (
    count_values,
    is_about_opting_out,
    opt_out_of,
    status_of,
    suggest_meanings,
    unknown_values,
)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("Unsubscribed", "unsubscribed"), ("OPTED OUT", "unsubscribed"), ("abgemeldet ", "unsubscribed"),
        ("Désabonné", "unsubscribed"), ("Dado de baja", "unsubscribed"), ("Afgemeld", "unsubscribed"),
        ("Bounced", "bounced"), ("Hard  bounce", "bounced"), ("Cleaned", "bounced"), ("Unzustellbar", "bounced"),
        ("Replied", "replied"), ("Geantwortet", "replied"), ("Subscribed", "active"), ("Aktiv", "active"),
        ("Unknown", ""), ("Working", None), ("Open - Not Contacted", None), ("yes", None), ("", None),
    ],
)  # fmt: skip
def test_a_known_word_says_a_status(value, status):
    assert status_of(value) == status


@pytest.mark.parametrize(
    ("value", "status"),
    [("Yes", "unsubscribed"), ("TRUE", "unsubscribed"), ("1", "unsubscribed"), ("x", "unsubscribed"), ("Ja", "unsubscribed"),
     ("sí", "unsubscribed"), ("No", ""), ("false", ""), ("0", ""), ("nein", ""), ("não", ""), ("maybe", None)],
)  # fmt: skip
def test_yes_in_an_opt_out_column_is_unsubscribed_and_no_says_nothing(value, status):
    assert opt_out_of(value) == status


@pytest.mark.parametrize(
    ("header", "is_about"),
    [("Email Opt Out", True), ("HasOptedOutOfEmail", True), ("Opted-out", True), ("Unsubscribed", True), ("Abgemeldet?", True),
     ("Do Not Contact", True), ("Email", False), ("Opt-in", False), ("Status", False), ("Optional", False), ("Subscribed", False)],
)  # fmt: skip
def test_a_header_that_speaks_of_opting_out_is_known(header, is_about):
    assert is_about_opting_out(header) is is_about


def test_values_are_counted_without_regard_to_case_and_those_that_are_statuses_need_no_meaning():
    counts = count_values(["Gone", "gone ", "active", "Bounced", "", " ", "x" * 201, "a\0b", "New"])
    assert counts == {"Gone": 2, "New": 1}
    assert counts.keys().isdisjoint(STATUSES)


def test_only_what_is_known_gets_a_meaning_and_the_rest_is_listed():
    cells = ["Opted out", "Whatever", "Whatever", "active"]
    meanings = suggest_meanings("Status", cells)
    assert meanings == {"opted out": "unsubscribed"}
    assert unknown_values(count_values(cells), meanings) == {"Whatever": 2}


def test_yes_means_nothing_outside_an_opt_out_column():
    assert suggest_meanings("Status", ["yes"]) == {}
    assert suggest_meanings("Opt-out", ["yes", "Bounced", "Hard bounce"]) == {"yes": "unsubscribed", "hard bounce": "bounced"}
