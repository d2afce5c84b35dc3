"""Phone numbers in one form, E.164, where phonenumbers (Google's libphonenumber) is sure of them.

A number costs about 90 µs. No shorter way judges alike: even one that looks like E.164 may have a national zero in it.
So answers are kept; the same file checked again after an edit costs nothing.
"""

import re
from functools import lru_cache

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    country_code_for_region,
    format_number,
    is_valid_number,
    parse,
)

#: As many answers as the largest file has rows; about 10 MB when full.
_KEPT = 2**16
_SEPARATORS = r"\s().\-/‐‑‒–−"
#: Nothing but a number: phonenumbers would also find one inside a sentence, and reads letters as keys of a telephone.
_NUMBER = re.compile(rf"(?:tel:)?([{_SEPARATORS}]*\+?[\d{_SEPARATORS}]+)", re.IGNORECASE | re.ASCII)
_EXTENSION = re.compile(r"[\s,;]*(?:extension|extn?\.?|x|#)[\s:.=]*(\d{1,7})#?$", re.IGNORECASE | re.ASCII)
#: What a spreadsheet makes of a number that it took for a decimal one.
_DECIMAL = re.compile(r"\d+\.0", re.ASCII)


def calling_code(country: str) -> int:
    """The country code that numbers of a country (ISO 3166) begin with: 49 for DE."""
    return country_code_for_region(country)


@lru_cache(_KEPT)
def phone_form(text: str, country: str | None = None) -> str:
    """The number as E.164, with " ext. 12" behind it where it has an extension; else the text as it is.

    ``country`` (ISO 3166) is where numbers without a country code belong; None leaves those alone. So is every number
    left alone that is not valid there: nothing is guessed.
    """
    if country is None and "+" not in text:
        return text
    extension = _EXTENSION.search(text)
    match = _NUMBER.fullmatch(text[: extension.start()] if extension else text)
    if match is None or _DECIMAL.fullmatch(text):
        return text
    try:
        number = parse(match[1], country)
    except NumberParseException:
        return text
    if not is_valid_number(number):
        return text
    form = format_number(number, PhoneNumberFormat.E164)
    return f"{form} ext. {extension[1]}" if extension else form
