"""Email addresses: the comparison key, and whether the syntax is right (contract.md section 2; no DNS).

email-validator costs 39 µs an address; the precompiled check costs less than one and hands on only what it is not sure of, so
that both together judge exactly as email-validator alone (tests/core/test_emails.py compares them).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

MAX_EMAIL_LENGTH = 254
MAX_LOCAL_LENGTH = 64

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]++"
_LABEL = r"[a-z0-9]++(?:-[a-z0-9]++)*+"
_SPECIAL_TLDS = "|".join(sorted({name.rsplit(".", 1)[-1] for name in SPECIAL_USE_DOMAIN_NAMES}))
#: An address that is valid beyond doubt but for its length, which is judged apart. Possessive throughout: what does not
#: match at the first try is not common.
_COMMON = rf"{_ATOM}(?:\.{_ATOM})*+@(?:{_LABEL}\.)++(?!(?:{_SPECIAL_TLDS})(?:\n|\Z))[a-z]{{2,63}}+"
_is_common = re.compile(_COMMON).fullmatch
_match_common_lines = re.compile(rf"(?:{_COMMON}\n)*+").match
#: Up to here no local part and no label can be too long.
_COMMON_LENGTH = MAX_LOCAL_LENGTH
#: What stands around an @ up to white space or what people put between and around addresses.
_PASTED = re.compile(r"[^\s<>,;:\"()\[\]|]+@[^\s<>,;:\"()\[\]|]+")


class EmailCheck(NamedTuple):
    """``key`` is the comparison key of a valid address, else None; ``why`` says what is wrong in one sentence."""

    key: str | None
    why: str = ""


def email_key(text: str) -> str:
    """What two addresses are compared by: trimmed, lower case (never case-folded), in Unicode's composed form.

    Composed last, because lower-case letters may compose where their capitals do not: the key of a key is the key.
    """
    key = text.strip().lower()
    return key if key.isascii() else unicodedata.normalize("NFC", key)


def split_emails(text: str) -> list[str]:
    """The keys of all that looks like an email in a pasted text, in order, each once: “Ann <ann@x.com>; b@y.com”."""
    return list(dict.fromkeys(email_key(found.strip(".'")) for found in _PASTED.findall(text)))


def check_emails(texts: Sequence[str]) -> list[str | None]:
    """The key of each trimmed address, None where check_email finds fault with it.

    One search runs over all of them and stops only at those that are not common ones.
    """
    lines = "\n".join([*texts, ""])
    if not lines.isascii() or lines.count("\n") != len(texts):
        return [check_email(text).key for text in texts]
    lowered = lines.lower()
    keys: list[str | None] = [*texts] if lowered == lines else [*lowered.split("\n")[:-1]]
    odd: set[int] = set()
    if max(map(len, texts), default=0) > _COMMON_LENGTH:
        odd.update(i for i, text in enumerate(texts) if len(text) > _COMMON_LENGTH)
    start = i = 0
    while (end := _match_common_lines(lowered, start).end()) < len(lowered):
        i += lowered.count("\n", start, end)
        odd.add(i)
        start, i = lowered.index("\n", end) + 1, i + 1
    for i in odd:
        keys[i] = check_email(texts[i]).key
    return keys


def check_email(text: str) -> EmailCheck:
    """Judge one address. ``text`` need not be trimmed."""
    key = email_key(text)
    if len(key) <= _COMMON_LENGTH and _is_common(key):
        return EmailCheck(key)
    try:
        validate_email(key, check_deliverability=False)
    except EmailNotValidError as error:
        return EmailCheck(None, str(error))
    if len(key) > MAX_EMAIL_LENGTH or len(key.rpartition("@")[0]) > MAX_LOCAL_LENGTH:
        return EmailCheck(None, "The email address is too long.")
    return EmailCheck(key)
