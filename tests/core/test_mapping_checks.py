"""What keeps a mapping from being imported with."""

import pytest

from core.mapping import SPLIT_NAME
from core.mapping_checks import check_mapping
from core.records import ColumnMapping


def brief(mapping: ColumnMapping, *columns: str) -> list[tuple[str, str | None, str | None]]:
    problems = check_mapping(mapping, columns or tuple(mapping.targets))
    return [(problem.code, problem.column, problem.field) for problem in problems]


def test_a_mapping_with_an_email_column_is_good():
    mapping = ColumnMapping(
        {"Mail": "email", "Budget": "custom:Budget", "Id": None}, {"source": "fair", "status": "Active"}
    )
    assert brief(mapping) == []


def test_an_import_needs_a_column_for_the_email():
    """contract.md section 2: `email` is required."""
    assert brief(ColumnMapping({"Name": "first_name"})) == [("mapping-email-missing", None, "email")]
    assert brief(ColumnMapping({}), "A") == [("mapping-email-missing", None, "email")]


def test_two_columns_on_one_field_are_both_named():
    mapping = ColumnMapping({"Mail": "email", "Tel": "phone", "Mobile": "phone"})
    assert brief(mapping) == [("mapping-field-twice", "Mobile", "phone")]
    assert check_mapping(mapping, ("Mail", "Tel", "Mobile"))[0].message == (
        "“Tel” and “Mobile” both go to Phone. Keep one of them; leave the others out or make them custom fields."
    )


def test_three_columns_on_one_field_are_one_problem_that_names_all():
    problems = check_mapping(ColumnMapping(dict.fromkeys("ABC", "email")), "ABC")
    assert [problem.message.partition(".")[0] for problem in problems] == ["“A”, “B” and “C” all go to Email"]


def test_several_columns_may_join_in_notes_and_tags():
    assert brief(ColumnMapping({"M": "email", "A": "notes", "B": "notes", "C": "tags", "D": "tags"})) == []


@pytest.mark.parametrize(
    ("targets", "problem"),
    [
        ({"A": "custom:"}, ("mapping-custom-key-empty", "A", "custom:")),
        ({"A": "custom:  "}, ("mapping-custom-key-empty", "A", "custom:")),
        ({"A": "custom:" + "k" * 256}, ("mapping-custom-key-too-long", "A", "custom:" + "k" * 256)),
        ({"A": "custom:K", "B": "custom: K "}, ("mapping-custom-key-twice", "B", "custom:K")),
        ({"A": "custom:a\0b"}, ("mapping-custom-key-forbidden", "A", "custom:a\0b")),
        ({"A": "custom:a\ud800"}, ("mapping-custom-key-forbidden", "A", "custom:a\ud800")),
        ({"A": "shoe_size"}, ("mapping-target-unknown", "A", "shoe_size")),
        ({"A": ""}, ("mapping-target-unknown", "A", "")),
    ],
)
def test_a_target_that_cannot_be_stored_is_a_problem_of_its_column(targets, problem):
    assert brief(ColumnMapping({"Mail": "email", **targets})) == [problem]


def test_a_key_of_255_characters_is_still_good():
    assert brief(ColumnMapping({"Mail": "email", "A": "custom:" + "k" * 255})) == []


def test_more_custom_fields_than_a_lead_can_have_are_a_problem():
    targets = {"Mail": "email"} | {f"c{n}": f"custom:c{n}" for n in range(201)}
    assert brief(ColumnMapping(targets)) == [("mapping-custom-too-many", None, None)]


def test_a_column_that_the_file_does_not_have_is_a_problem():
    assert brief(ColumnMapping({"Mail": "email", "Tel": "phone"}), "Mail") == [
        ("mapping-column-unknown", "Tel", "phone")
    ]
    assert brief(ColumnMapping({"Mail": "email", "Tel": None}), "Mail") == []


@pytest.mark.parametrize(
    ("constants", "problem"),
    [
        ({"email": "a@x.org"}, ("mapping-constant-forbidden", None, "email")),
        ({"status": "open"}, ("mapping-status-unknown", None, "status")),
        ({"source": "s" * 256}, ("mapping-constant-too-long", None, "source")),
        ({"shoe_size": "43"}, ("mapping-target-unknown", None, "shoe_size")),
    ],
)
def test_a_fixed_value_that_no_lead_could_have_is_a_problem(constants, problem):
    assert brief(ColumnMapping({"Mail": "email"}, constants)) == [problem]


def test_all_problems_are_reported_at_once_and_each_says_what_to_do():
    mapping = ColumnMapping({"A": "phone", "B": "phone", "C": "custom:", "D": "shoe_size"}, {"status": "open"})
    problems = check_mapping(mapping, "ABC")
    assert {problem.code for problem in problems} == {
        "mapping-column-unknown", "mapping-email-missing", "mapping-field-twice", "mapping-custom-key-empty",
        "mapping-target-unknown", "mapping-status-unknown",
    }  # fmt: skip
    assert all(problem.message.count(".") >= 2 and problem.message.endswith(".") for problem in problems)


def test_a_name_cannot_be_split_and_stand_in_its_own_column_too():
    mapping = ColumnMapping({"M": "email", "Name": SPLIT_NAME, "Vorname": "first_name", "Nachname": "last_name"})
    assert brief(mapping) == [
        ("mapping-split-conflict", "Vorname", "first_name"), ("mapping-split-conflict", "Nachname", "last_name"),
    ]  # fmt: skip
    assert brief(ColumnMapping({"M": "email", "Name": SPLIT_NAME})) == []
    assert brief(ColumnMapping({"M": "email", "A": SPLIT_NAME, "B": SPLIT_NAME})) == [("mapping-field-twice", "B", SPLIT_NAME)]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"status": {"gone": "asleep"}}, ("mapping-status-unknown", None, "status")),
        ({"company": {"acme": "Acme"}}, ("mapping-values-forbidden", None, "company")),
    ],
)
def test_a_meaning_that_no_status_has_is_a_problem(values, problem):
    assert brief(ColumnMapping({"Mail": "email"}, values=values)) == [problem]
    assert brief(ColumnMapping({"Mail": "email"}, values={"status": {"gone": "bounced", "none": ""}})) == []
