"""contract.md section 3, "Restore merge", field by field."""

import pytest

from core.fields import STATUSES, TEXT_FIELDS
from core.merging import merge_lead
from core.records import Lead

STORED = Lead(
    "a@example.com", "Ada", "Byron", "Analytical", "Countess", "+44 1", "https://linkedin.com/in/ada",
    "https://ada.example", "Old note", "manual", "active", {"Budget": "10", "Region": "North"}, ("vip", "fair"),
)  # fmt: skip
NOTHING = Lead("a@example.com")

MERGED_TEXTS = [field.key for field in TEXT_FIELDS if field.key != "source"]


@pytest.mark.parametrize("field", MERGED_TEXTS)
def test_a_given_field_replaces_the_stored_one(field):
    """A field that the payload gives (non-null, non-empty) replaces the stored one."""
    merged = merge_lead(STORED, NOTHING._replace(**{field: "New"}))
    assert merged == STORED._replace(**{field: "New"})


def test_a_row_that_gives_nothing_changes_nothing():
    """A field that it does not give keeps its stored value: null and empty do not erase."""
    assert merge_lead(STORED, NOTHING) == STORED


@pytest.mark.parametrize("field", MERGED_TEXTS)
def test_a_given_field_fills_an_empty_one(field):
    merged = merge_lead(Lead("a@example.com", source="manual", status="active"), NOTHING._replace(**{field: "New"}))
    assert getattr(merged, field) == "New"


def test_custom_fields_merge_key_by_key_and_the_payload_wins():
    merged = merge_lead(STORED, NOTHING._replace(custom_fields={"Budget": "20", "Size": 5}))
    assert merged.custom_fields == {"Budget": "20", "Region": "North", "Size": 5}


def test_a_custom_field_is_replaced_whole_not_merged_inside():
    """Key by key means the keys of `customFields` themselves."""
    stored = STORED._replace(custom_fields={"address": {"city": "Ulm", "zip": "1"}})
    merged = merge_lead(stored, NOTHING._replace(custom_fields={"address": {"city": "Bonn"}}))
    assert merged.custom_fields == {"address": {"city": "Bonn"}}


def test_tags_become_the_union_with_the_stored_ones_first():
    merged = merge_lead(STORED, NOTHING._replace(tags=("new", "fair", "last")))
    assert merged.tags == ("vip", "fair", "new", "last")


def test_the_source_stays():
    """`source` and `createdAt` keep the stored value."""
    assert merge_lead(STORED, NOTHING._replace(source="trade fair")).source == "manual"


def test_the_stored_spelling_of_the_email_stays():
    assert merge_lead(STORED, NOTHING).email == "a@example.com"


@pytest.mark.parametrize("status", STATUSES)
def test_a_stored_status_survives_a_row_that_names_none(status):
    """`bounced` or `unsubscribed` survives: an import must not silently re-subscribe anybody."""
    assert merge_lead(STORED._replace(status=status), NOTHING).status == status


@pytest.mark.parametrize("stored", ["bounced", "unsubscribed"])
@pytest.mark.parametrize("named", STATUSES)
def test_a_status_that_the_row_names_itself_replaces_the_stored_one(stored, named):
    """… unless the payload names a status itself."""
    assert merge_lead(STORED._replace(status=stored), NOTHING._replace(status=named)).status == named


def test_merging_twice_equals_merging_once():
    incoming = Lead("a@example.com", "Eve", tags=("new",), custom_fields={"Size": 1}, status="replied", source="x")
    once = merge_lead(STORED, incoming)
    assert merge_lead(once, incoming) == once


def test_neither_side_is_changed_by_a_merge():
    stored, incoming = STORED._replace(custom_fields={"a": 1}), NOTHING._replace(custom_fields={"b": 2})
    merge_lead(stored, incoming)
    assert (stored.custom_fields, incoming.custom_fields) == ({"a": 1}, {"b": 2})
