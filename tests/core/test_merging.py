"""contract.md section 3, "Restore merge", field by field; and filling the blanks of an active lead."""

import pytest

from core.fields import STATUSES, TEXT_FIELDS
from core.merging import FILLABLE, changed_columns, fill_blanks, merge_leads
from core.records import Lead

STORED = Lead(
    "a@example.com", "Ada", "Byron", "Analytical", "Countess", "+44 1", "https://linkedin.com/in/ada",
    "https://ada.example", "Old note", "manual", "active", {"Budget": "10", "Region": "North"}, ("vip", "fair"),
)  # fmt: skip
NOTHING = Lead("a@example.com")



def columns(*leads):
    """The leads field by field."""
    return [*zip(*leads, strict=True)]


def merge(stored, incoming):
    """The lead after a restore."""
    return Lead(*[value for (value,) in merge_leads(columns(stored), columns(incoming))])


MERGED_TEXTS = [field.key for field in TEXT_FIELDS if field.key != "source"]


@pytest.mark.parametrize("field", MERGED_TEXTS)
def test_a_given_field_replaces_the_stored_one(field):
    """A field that the payload gives (non-null, non-empty) replaces the stored one."""
    merged = merge(STORED, NOTHING._replace(**{field: "New"}))
    assert merged == STORED._replace(**{field: "New"})


def test_a_row_that_gives_nothing_changes_nothing():
    """A field that it does not give keeps its stored value: null and empty do not erase."""
    assert merge(STORED, NOTHING) == STORED


@pytest.mark.parametrize("field", MERGED_TEXTS)
def test_a_given_field_fills_an_empty_one(field):
    merged = merge(Lead("a@example.com", source="manual", status="active"), NOTHING._replace(**{field: "New"}))
    assert getattr(merged, field) == "New"


def test_custom_fields_merge_key_by_key_and_the_payload_wins():
    merged = merge(STORED, NOTHING._replace(custom_fields={"Budget": "20", "Size": 5}))
    assert merged.custom_fields == {"Budget": "20", "Region": "North", "Size": 5}


def test_a_custom_field_is_replaced_whole_not_merged_inside():
    """Key by key means the keys of `customFields` themselves."""
    stored = STORED._replace(custom_fields={"address": {"city": "Ulm", "zip": "1"}})
    merged = merge(stored, NOTHING._replace(custom_fields={"address": {"city": "Bonn"}}))
    assert merged.custom_fields == {"address": {"city": "Bonn"}}


def test_tags_become_the_union_with_the_stored_ones_first():
    merged = merge(STORED, NOTHING._replace(tags=("new", "fair", "last")))
    assert merged.tags == ("vip", "fair", "new", "last")


def test_the_source_stays():
    """`source` and `createdAt` keep the stored value."""
    assert merge(STORED, NOTHING._replace(source="trade fair")).source == "manual"


def test_the_stored_spelling_of_the_email_stays():
    assert merge(STORED, NOTHING).email == "a@example.com"


@pytest.mark.parametrize("status", STATUSES)
def test_a_stored_status_survives_a_row_that_names_none(status):
    """`bounced` or `unsubscribed` survives: an import must not silently re-subscribe anybody."""
    assert merge(STORED._replace(status=status), NOTHING).status == status


@pytest.mark.parametrize("stored", ["bounced", "unsubscribed"])
@pytest.mark.parametrize("named", STATUSES)
def test_a_status_that_the_row_names_itself_replaces_the_stored_one(stored, named):
    """… unless the payload names a status itself."""
    assert merge(STORED._replace(status=stored), NOTHING._replace(status=named)).status == named


def test_merging_twice_equals_merging_once():
    incoming = Lead("a@example.com", "Eve", tags=("new",), custom_fields={"Size": 1}, status="replied", source="x")
    once = merge(STORED, incoming)
    assert merge(once, incoming) == once


def test_many_leads_are_merged_as_each_alone():
    stored = [STORED, Lead("b@example.com", source="ads", status="bounced"), STORED._replace(tags=("x",))]
    incoming = [NOTHING, Lead("b@example.com", company="Kite", tags=("new",)), NOTHING._replace(tags=("y", "x"), status="replied")]
    together = merge_leads(columns(*stored), columns(*incoming))
    assert together == columns(*map(merge, stored, incoming))


def test_a_list_that_brings_what_is_there_changes_nothing():
    stored = columns(STORED, STORED._replace(phone=None))
    merged = merge_leads(stored, columns(STORED, STORED._replace(phone=None)))
    assert changed_columns(stored, merged) == {}


def test_neither_side_is_changed_by_a_merge():
    stored, incoming = STORED._replace(custom_fields={"a": 1}), NOTHING._replace(custom_fields={"b": 2})
    merge(stored, incoming)
    assert (stored.custom_fields, incoming.custom_fields) == ({"a": 1}, {"b": 2})


# --- filling blanks -----------------------------------------------------------------------------------------------------

EMPTY = Lead("a@example.com", source="manual", status="unsubscribed")
FULL = Lead("a@example.com", *"abcdefgh", "fair", "active", {"Size": 5}, ("new",))


@pytest.mark.parametrize("blank", [None, ""])
def test_blanks_are_filled(blank):
    stored = EMPTY._replace(**dict.fromkeys(FILLABLE, blank))
    filled = fill_blanks(stored, FULL)
    assert [getattr(filled, name) for name in FILLABLE] == list("abcdefgh")


def test_whatever_the_lead_has_stays():
    assert fill_blanks(STORED, FULL) == STORED._replace(custom_fields={**STORED.custom_fields, "Size": 5})


def test_filling_leaves_status_source_and_tags_alone():
    """An active lead that unsubscribed is not subscribed again."""
    filled = fill_blanks(EMPTY, FULL)
    assert (filled.status, filled.source, filled.tags) == ("unsubscribed", "manual", ())


@pytest.mark.parametrize("kept", [None, "", 0, False, "10"])
def test_a_custom_field_that_the_lead_has_stays_whatever_it_holds(kept):
    stored = EMPTY._replace(custom_fields={"Size": kept})
    assert fill_blanks(stored, FULL).custom_fields == {"Size": kept}


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_custom_field_that_the_row_leaves_empty_is_not_added(nothing):
    assert fill_blanks(EMPTY, NOTHING._replace(custom_fields={"Size": nothing})) == EMPTY


def test_filling_twice_equals_filling_once():
    once = fill_blanks(EMPTY, FULL)
    assert fill_blanks(once, FULL) == once


# --- which columns change ---------------------------------------------------------------------------------------------


def test_only_columns_in_which_a_lead_changes_are_named():
    before = columns(STORED, STORED)
    after = columns(STORED, STORED._replace(phone="+1 555 0100", tags=("vip",)))
    assert changed_columns(before, after) == {"phone": ("+44 1", "+1 555 0100"), "tags": (("vip", "fair"), ("vip",))}
    assert changed_columns(before, before) == {}
    assert changed_columns([()] * 13, [()] * 13) == {}


@pytest.mark.parametrize(("old", "new"), [(1, True), (1, 1.0), (0.0, -0.0)])
def test_values_that_are_equal_to_python_alone_are_a_change(old, new):
    before, after = STORED._replace(custom_fields={"x": old}), STORED._replace(custom_fields={"x": new})
    assert [*changed_columns(columns(before), columns(after))] == ["custom_fields"]
