"""contract.md section 2: lead ids look like `cld_…`, campaigns `cmp_…`, imports `imp_…`."""

import time
from itertools import islice
from uuid import RFC_4122, UUID

import pytest

from core import ids

PAIRS = [
    ("cld_", lambda value: ids.lead_id_text(value.hex), ids.parse_lead_id),
    ("cmp_", ids.campaign_id_text, ids.parse_campaign_id),
    ("imp_", ids.import_id_text, ids.parse_import_id),
]


@pytest.mark.parametrize(("prefix", "show", "parse"), PAIRS)
def test_what_is_shown_is_read_back(prefix, show, parse):
    value = ids.new_id()
    assert show(value) == prefix + value.hex
    assert parse(show(value)) == value


@pytest.mark.parametrize(("prefix", "show", "parse"), PAIRS)
@pytest.mark.parametrize(
    "digits",
    ["", "0" * 31, "0" * 33, "g" * 32, "{" + "0" * 30 + "}", "0" * 8 + "-" + "0" * 23, "A" * 32, "١" * 32, " " + "0" * 31],
    ids=["none", "short", "long", "not hex", "braces", "hyphen", "upper case", "other digits", "space"],
)
def test_a_made_up_id_is_no_id(prefix, show, parse, digits):
    """So that it is simply not found (404)."""
    assert parse(prefix + digits) is None


@pytest.mark.parametrize(("prefix", "show", "parse"), PAIRS)
def test_an_id_needs_its_own_prefix(prefix, show, parse):
    value = ids.new_id()
    assert parse(value.hex) is None
    assert parse("otr_" + value.hex) is None


def test_ids_are_of_version_7_and_carry_the_time():
    """RFC 9562: 48 bits of milliseconds, version 7, variant 10."""
    before = time.time_ns() // 1_000_000
    value = ids.new_id()
    assert (value.version, value.variant) == (7, RFC_4122)
    assert before <= value.int >> 80 <= time.time_ns() // 1_000_000


def test_the_ids_of_one_import_are_different_and_ascend():
    """RFC 9562 section 6.2: they count up, which keeps an import together in the index."""
    batch = list(islice(ids.new_hex_ids(), 1000))
    assert batch == sorted(set(batch))
    assert {UUID(hex=text).version for text in batch} == {7}
    assert {len(text) for text in batch} == {32}


def test_two_batches_do_not_meet():
    first, second = (set(islice(ids.new_hex_ids(), 1000)) for _ in range(2))
    assert not first & second
