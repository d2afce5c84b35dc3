"""A login: what the provider's claims about somebody are worth, and for how long.

A provider may know addresses that only look or compare like a member's. Nobody comes in by one of those.
"""

import hashlib
import json
import time
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from core.emails import email_key
from core.entrance import EntranceSettings

#: How far ahead of ours a provider's clock may be, in seconds.
CLOCK_SKEW_S = 300
#: What Streamlit adds to the claims in one place and not in the other.
_NOT_CLAIMED = frozenset(["is_logged_in", "origin", "tokens"])

#: The logins that somebody ended, by their digest, and when. They are over in this process, which has all screens of a
#: browser; a browser's own cookie is gone with the log-out.
_ended: dict[bytes, float] = {}


class Login(NamedTuple):
    """Whoever logged in. ``email`` is the comparison key; nobody vouches for one that is not ``is_verified``."""

    email: str
    is_verified: bool


def read_login(claims: Mapping[str, Any]) -> Login | None:
    """Who logged in, by the claims as Streamlit keeps them; None where nobody did or the login is over."""
    hours = EntranceSettings.from_environment().login_hours
    if claims.get("is_logged_in") is not True or not _is_fresh(claims.get("iat"), hours) or _digest(claims) in _ended:
        return None
    email = claims.get("email")
    if not isinstance(email, str):
        return Login("", is_verified=False)
    return Login(email_key(email), is_verified=bool(email) and is_plain(email) and _is_vouched_for(claims))


def end_login(claims: Mapping[str, Any]) -> None:
    """This login is over, in whatever tab or copy of its cookie it goes on."""
    now, longest = time.time(), EntranceSettings.from_environment().login_hours * 3600 + CLOCK_SKEW_S
    for digest in [digest for digest, ended in list(_ended.items()) if now - ended > longest]:
        _ended.pop(digest, None)  # over by its age
    _ended[_digest(claims)] = now


def is_plain(email: str) -> bool:
    """Whether no letter of it becomes another one on the way to the key: the Kelvin sign reads, and compares, like a K, and a
    provider may hold both for two people's.
    """
    return all(unicodedata.normalize("NFC", letter) == letter for letter in email)


def _is_fresh(begun: object, hours: int) -> bool:
    """Whether a login that began then (Unix seconds, the provider's ``iat``) lasts. Streamlit's own cookie lives for a month."""
    is_number = isinstance(begun, int | float) and not isinstance(begun, bool)
    return is_number and -CLOCK_SKEW_S <= time.time() - begun <= hours * 3600  # never for NaN


def _is_vouched_for(claims: Mapping[str, Any]) -> bool:
    """A provider that says nothing of it knows the addresses of its own people alone; one that does must say yes."""
    said = claims.get("email_verified", True)
    return said is True or (isinstance(said, str) and said.lower() == "true")


def _digest(claims: Mapping[str, Any]) -> bytes:
    """What tells this login from the same person's others: all that the provider claimed, its time and nonce among it."""
    claimed = {name: value for name, value in claims.items() if name not in _NOT_CLAIMED}
    return hashlib.sha256(json.dumps(claimed, sort_keys=True, default=str).encode()).digest()
