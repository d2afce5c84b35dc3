"""Zeros that only a number format puts before a number."""

import pytest

from core.number_formats import show_zeros, zero_pattern


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("00000", 1234, "01234"),
        ("00000", 123456, "123456"),
        ("00000;-00000", 7, "00007"),
        ("[$-407]00000", 12, "00012"),
        ('"D-"00000', 1234, "D-01234"),
        ("000\\-00\\-0000", 12345678, "012-34-5678"),
        ("00-00", 123456, "1234-56"),
        ('"+"0', 491701234567, "+491701234567"),
        ("+0", 49, "+49"),
        ('00000";"', 5, "00005;"),
    ],
)
def test_a_number_is_shown_as_the_spreadsheet_shows_it(code, value, shown):
    pattern = zero_pattern(code)
    assert pattern is not None
    assert show_zeros(float(value), pattern) == shown


@pytest.mark.parametrize("code", ["0", "General", "@", "#,##0", "0.00", "0%", "yyyy", "[<=9999]00000;0", '0 "kg"', "", "0E+00"])
def test_other_formats_put_no_zeros_before(code):
    assert zero_pattern(code) is None


@pytest.mark.parametrize("value", [-5.0, 0.5, 1e15])
def test_a_number_that_the_pattern_is_not_for_stays(value):
    assert show_zeros(value, "00000") is None
