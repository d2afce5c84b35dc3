"""design.md section 1: plan, then apply, with drift shown."""

import json

from hypothesis import given
from hypothesis import strategies as st

from core.drift import decode_plan, drift_table, encode_plan, find_drift
from core.records import RowDecision
from tests.core.test_language import in_german

FATES = [
    ("created", None), ("restored", None), ("duplicate", "duplicate-in-file"), ("duplicate", "duplicate-existing"),
    ("duplicate", "duplicate-filled"), ("duplicate", "duplicate-deleted"), ("duplicate", "restore-not-confirmed"),
    ("error", "email-invalid"), ("not_imported", "row-skipped"), ("not_imported", "row-parked"),
]  # fmt: skip
fates = st.lists(st.sampled_from(FATES), max_size=40)


def decisions(fates):
    return [RowDecision(row, outcome, f"p{row}@example.com", code) for row, (outcome, code) in enumerate(fates, start=2)]


@given(fates)
def test_a_plan_comes_back_from_json_as_it_was(fates):
    assert list(decode_plan(json.loads(json.dumps(encode_plan(decisions(fates)))))) == fates


def test_a_plan_takes_room_by_its_changes_not_by_its_rows():
    plan = encode_plan(decisions([FATES[0]] * 900 + [FATES[3]] * 100))
    assert plan == {"fates": [["created", None], ["duplicate", "duplicate-existing"]], "runs": [900, 0, 100, 1]}


@given(fates)
def test_what_ended_as_planned_is_no_drift(fates):
    assert find_drift(encode_plan(decisions(fates)), decisions(fates)) == []


@given(fates, st.data())
def test_each_row_that_ended_otherwise_is_told_with_both(planned, data):
    ended = data.draw(st.lists(st.sampled_from(FATES), min_size=len(planned), max_size=len(planned)))
    found = find_drift(encode_plan(decisions(planned)), decisions(ended))
    assert [(drift.row, drift.planned, drift.ended) for drift in found] == [
        (row, before, after)
        for row, (before, after) in enumerate(zip(planned, ended, strict=True), start=2)
        if before != after and before[0] not in ("error", "not_imported")
    ]
    assert all(drift.why.endswith(".") for drift in found)


def test_rows_that_the_import_did_not_reach_are_no_drift():
    planned = encode_plan(decisions([FATES[0]] * 3))
    ended = decisions([("created", None), ("not_imported", "quota-exceeded"), ("not_imported", "import-cancelled")])
    assert find_drift(planned, ended) == []


def test_rows_that_a_continuing_file_mended_are_no_drift():
    """Its decisions stand in the books of the import that it continues (core/continuing.py)."""
    planned = encode_plan(decisions([("error", "email-invalid"), ("not_imported", "row-parked")]))
    assert find_drift(planned, decisions([("created", None), ("created", None)])) == []


def test_drift_says_what_was_what_is_and_why():
    planned = encode_plan(decisions([("created", None), ("restored", None), ("duplicate", "duplicate-existing")]))
    ended = decisions([("duplicate", "duplicate-existing"), ("created", None), ("duplicate", "restore-not-confirmed")])
    found = find_drift(planned, ended)
    assert found[0].sentence == (
        "create → duplicate of an existing lead. A lead with this email was added after the review."
    )
    assert drift_table(found) == {
        "Row": [2, 3, 4],
        "Email": ["p2@example.com", "p3@example.com", "p4@example.com"],
        "In the review": ["create", "restore", "duplicate of an existing lead"],
        "In the import": ["duplicate of an existing lead", "create", "restore not confirmed"],
        "Why": [
            "A lead with this email was added after the review.",
            "The deleted lead is not there under this email any more.",
            "The lead with this email was deleted after the review.",
        ],
    }


def test_drift_is_told_in_the_readers_language():
    planned = encode_plan(decisions([("created", None)]))
    [drift] = find_drift(planned, decisions([("duplicate", "duplicate-existing")]))
    assert in_german(lambda: drift.was) == "anlegen"
    assert in_german(lambda: drift.why) == "Nach der Prüfung kam ein Lead mit dieser E-Mail-Adresse hinzu."


def test_everything_that_drift_can_say_has_its_german():
    for planned in FATES:
        for ended in FATES:
            if planned != ended and planned[0] not in ("error", "not_imported"):
                [drift] = find_drift(encode_plan(decisions([planned])), decisions([ended]))
                assert in_german(lambda drift=drift: drift.why) != drift.why
                assert in_german(lambda drift=drift: drift.was) != drift.was
