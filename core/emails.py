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
#: Addresses valid beyond doubt, a line each; the group is the top-level domain. Length is judged apart.
_COMMON = re.compile(rf"^{_ATOM}(?:\.{_ATOM})*+@(?:{_LABEL}\.)+([a-z]{{2,63}})$", re.MULTILINE)
#: Up to here no local part and no label can be too long.
_COMMON_LENGTH = MAX_LOCAL_LENGTH
_SPECIAL_TLDS = frozenset(name.rsplit(".", 1)[-1] for name in SPECIAL_USE_DOMAIN_NAMES)


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


def check_emails(texts: Sequence[str]) -> list[str | None]:
    """The key of each trimmed address, None where check_email finds fault with it.

    Where all are common ones, which is nearly always, one search judges them together.
    """
    keys = [text.lower() for text in texts]
    joined = "\n".join(keys)
    endings = _COMMON.findall(joined)
    if (
        len(endings) == len(keys) == joined.count("\n") + 1
        and _SPECIAL_TLDS.isdisjoint(endings)
        and max(map(len, keys)) <= _COMMON_LENGTH
    ):
        return [*keys]
    return [check_email(text).key for text in texts]


def check_email(text: str) -> EmailCheck:
    """Judge one address. ``text`` need not be trimmed."""
    key = email_key(text)
    match = _COMMON.fullmatch(key)
    if match and len(key) <= _COMMON_LENGTH and match[1] not in _SPECIAL_TLDS:
        return EmailCheck(key)
    try:
        validate_email(key, check_deliverability=False)
    except EmailNotValidError as error:
        return EmailCheck(None, str(error))
    if len(key) > MAX_EMAIL_LENGTH or len(key.rpartition("@")[0]) > MAX_LOCAL_LENGTH:
        return EmailCheck(None, "The email address is too long.")
    return EmailCheck(key)
