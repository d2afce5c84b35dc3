"""Ids: time-ordered UUIDs made by us, and how people see them (`cld_…`, `cmp_…`, `imp_…`).

Random keys cost 25 to 40 % more per import at a million rows (design.md section 3), so ids are UUIDv7 (RFC 9562).
"""

import os
import time
from collections.abc import Iterator
from itertools import count
from uuid import UUID

LEAD_PREFIX = "cld_"
CAMPAIGN_PREFIX = "cmp_"
IMPORT_PREFIX = "imp_"

_VERSION_AND_VARIANT = (7 << 76) | (0b10 << 62)
_RANDOM_BELOW_VARIANT = (1 << 62) - 1


def new_id() -> UUID:
    """A new UUIDv7."""
    return UUID(int=_new_number())


def new_hex_ids() -> Iterator[str]:
    """New UUIDv7 of this millisecond without end, ascending, as 32 hex digits.

    Text, because an import makes and sends a thousand of them and a UUID object costs more than all the rest of
    deciding a row. They count up by one (RFC 9562 section 6.2, method 1): that keeps an import together in the
    index, and a ledger full of them compresses to almost nothing. Ids are names, not secrets.
    """
    return (f"{number:032x}" for number in count(_new_number()))


def _new_number() -> int:
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    upper = (milliseconds << 80) | ((random >> 62 & 0xFFF) << 64) | _VERSION_AND_VARIANT
    # The top bit stays free, so that counting up never runs over into the variant.
    return upper | (random & _RANDOM_BELOW_VARIANT) >> 1


def lead_id_text(lead_hex: str) -> str:
    """The id as people see it, from its 32 hex digits."""
    return LEAD_PREFIX + lead_hex


def campaign_id_text(campaign_id: UUID) -> str:
    return CAMPAIGN_PREFIX + campaign_id.hex


def import_id_text(import_id: UUID) -> str:
    return IMPORT_PREFIX + import_id.hex


def parse_lead_id(text: str) -> UUID | None:
    """The id behind ``cld_…``; None for anything else, so that a made-up id is simply not found."""
    return _parse(text, LEAD_PREFIX)


def parse_campaign_id(text: str) -> UUID | None:
    return _parse(text, CAMPAIGN_PREFIX)


def parse_import_id(text: str) -> UUID | None:
    return _parse(text, IMPORT_PREFIX)


def _parse(text: str, prefix: str) -> UUID | None:
    digits = text.removeprefix(prefix)
    # UUID() is lenient about braces, hyphens and the digits of other scripts; ids are not.
    if digits == text or len(digits) != 32 or not (digits.isascii() and digits.isalnum()) or digits != digits.lower():
        return None
    try:
        return UUID(hex=digits)
    except ValueError:
        return None
