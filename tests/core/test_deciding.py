"""contract.md section 3, "Order of judgement for each row, first match wins"."""

import pytest

from core.deciding import count_added, decide_rows, emails_of
from core.ids import new_hex_ids
from core.records import ImportOptions, RowChoices, StoredLead
from tests.factories import active_lead, deleted_lead, invalid_row, left_out, outcomes, valid_row, whole_lead

A, B = "a@example.com", "b@example.com"
RESTORING = ImportOptions()
NOT_RESTORING = ImportOptions(restore_soft_deleted=False)


def decide(rows, stored=None, options=RESTORING, **choices):
    return decide_rows(rows, stored or {}, options=options, **choices)


# --- each rule alone ------------------------------------------------------------------------------------------------


def test_an_invalid_row_is_an_error():
    """Rule 1: an invalid value is counted in `errors`."""
    plan = decide([invalid_row(2)])
    assert outcomes(plan.decisions) == [(2, "error", "status-unknown")]
    assert plan.decisions[0].issues[0].field == "status"


def test_the_first_valid_occurrence_wins():
    """Rule 2: the email stood earlier in the request in a valid row."""
    plan = decide([valid_row(2, A), valid_row(3, A), valid_row(4, A)])
    assert outcomes(plan.decisions) == [
        (2, "created", None),
        (3, "duplicate", "duplicate-in-file"),
        (4, "duplicate", "duplicate-in-file"),
    ]
    assert [decision.first_row for decision in plan.decisions] == [None, 2, 2]


def test_a_row_with_the_email_of_an_active_lead_is_a_duplicate():
    """Rule 3: the email belongs to an active lead; the stored lead is not touched."""
    stored = active_lead()
    [decision] = decide([valid_row(2, A)], {A: stored}).decisions
    assert (decision.outcome, decision.code) == ("duplicate", "duplicate-existing")
    assert decision.lead_id == stored.id
    assert decision.lead is None


def test_a_row_with_the_email_of_a_deleted_lead_restores_it():
    """Rule 4: `restored` when `restoreSoftDeleted`."""
    stored = deleted_lead(A, company="Acme")
    [decision] = decide([valid_row(2, A, company="Kite")], {A: stored}).decisions
    assert (decision.outcome, decision.code, decision.lead_id) == ("restored", None, stored.id)
    assert decision.lead.company == "Kite"
    assert decision.stored == stored


def test_a_row_with_the_email_of_a_deleted_lead_is_a_duplicate_where_restoring_is_off():
    """Rule 4: otherwise `duplicates`."""
    stored = deleted_lead(A)
    [decision] = decide([valid_row(2, A)], {A: stored}, NOT_RESTORING).decisions
    assert (decision.outcome, decision.code, decision.lead_id) == ("duplicate", "duplicate-deleted", stored.id)


def test_any_other_row_is_created():
    """Rule 5: otherwise `created`."""
    [decision] = decide([valid_row(2, A, first_name="Ada")]).decisions
    assert (decision.outcome, decision.code) == ("created", None)
    assert decision.lead.first_name == "Ada"


# --- where two rules fire, the earlier one wins ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_match", "rows", "stored", "options", "last"),
    [
        ("1 before 2", [valid_row(2, A), invalid_row(3, A)], {}, RESTORING, (3, "error", "status-unknown")),
        ("1 before 3", [invalid_row(2, A)], {A: active_lead()}, RESTORING, (2, "error", "status-unknown")),
        ("1 before 4", [invalid_row(2, A)], {A: deleted_lead(A)}, RESTORING, (2, "error", "status-unknown")),
        ("1 before 4, off", [invalid_row(2, A)], {A: deleted_lead(A)}, NOT_RESTORING, (2, "error", "status-unknown")),
        ("2 before 3", [valid_row(2, A), valid_row(3, A)], {A: active_lead()}, RESTORING,
         (3, "duplicate", "duplicate-in-file")),
        ("2 before 4", [valid_row(2, A), valid_row(3, A)], {A: deleted_lead(A)}, RESTORING,
         (3, "duplicate", "duplicate-in-file")),
        ("2 before 4, off", [valid_row(2, A), valid_row(3, A)], {A: deleted_lead(A)}, NOT_RESTORING,
         (3, "duplicate", "duplicate-in-file")),
        ("3 before 5", [valid_row(2, A)], {A: active_lead()}, RESTORING, (2, "duplicate", "duplicate-existing")),
        ("4 before 5", [valid_row(2, A)], {A: deleted_lead(A)}, RESTORING, (2, "restored", None)),
    ],
)  # fmt: skip
def test_the_first_match_wins(first_match, rows, stored, options, last):
    assert outcomes(decide(rows, stored, options).decisions)[-1] == last, first_match


def test_an_invalid_first_occurrence_does_not_make_a_later_one_a_duplicate():
    """Rule 2 says "in a valid row"."""
    plan = decide([invalid_row(2, A), valid_row(3, A), valid_row(4, A)])
    assert outcomes(plan.decisions) == [
        (2, "error", "status-unknown"),
        (3, "created", None),
        (4, "duplicate", "duplicate-in-file"),
    ]
    assert plan.decisions[2].first_row == 3


@pytest.mark.parametrize("stored", [active_lead(), deleted_lead(A)])
@pytest.mark.parametrize("options", [RESTORING, NOT_RESTORING])
def test_the_first_occurrence_wins_whether_or_not_it_led_to_a_create(stored, options):
    """contract.md section 1, "In-request duplicate"."""
    plan = decide([valid_row(2, A), valid_row(3, A)], {A: stored}, options)
    assert plan.decisions[1].code == "duplicate-in-file"
    assert plan.decisions[1].first_row == 2


@pytest.mark.parametrize("again", ["A@EXAMPLE.COM", "  a@example.com\t", "\u00a0A@Example.com\u200b"])
def test_emails_are_compared_without_regard_to_case_or_white_space_around_them(again):
    """contract.md section 1, "Lead"."""
    plan = decide([valid_row(2, A), valid_row(3, again)])
    assert plan.decisions[1].code == "duplicate-in-file"


@pytest.mark.parametrize("other", ["a.a@example.com", "a+tag@example.com", "a@sub.example.com"])
def test_dots_and_tags_make_another_person(other):
    """design.md section 3: never drop dots or `+tags`."""
    assert decide([valid_row(2, "aa@example.com"), valid_row(3, other)]).counts["created"] == 2


# --- rows left out --------------------------------------------------------------------------------------------------


def test_a_row_left_out_takes_no_part_and_the_next_one_with_its_email_is_the_first():
    plan = decide([valid_row(2, A), valid_row(3, A), invalid_row(4, B)], choices=left_out(2, 4))
    assert outcomes(plan.decisions) == [
        (2, "not_imported", "row-skipped"),
        (3, "created", None),
        (4, "not_imported", "row-skipped"),
    ]


def test_parked_rows_take_no_part_and_say_why():
    plan = decide([valid_row(2, A), valid_row(3, A), valid_row(4, B)], choices=left_out(2, 3, code="row-parked"))
    assert outcomes(plan.decisions) == [
        (2, "not_imported", "row-parked"),
        (3, "not_imported", "row-parked"),
        (4, "created", None),
    ]


def test_the_emails_of_rows_left_out_are_not_looked_up():
    rows = [valid_row(2, A), valid_row(3, B)]
    assert emails_of(rows, left_out(2).left_out) == [B]


# --- leads that had unsubscribed or bounced ---------------------------------------------------------------------------

ASKING = ImportOptions(restore_unsubscribed=False)


@pytest.mark.parametrize("status", ["unsubscribed", "bounced"])
def test_a_lead_that_left_comes_back_only_when_somebody_says_so(status):
    """A lead that stays deleted is a duplicate: for a soft-deleted lead contract.md section 3, rule 4, knows no third."""
    stored = {A: deleted_lead(A, status=status)}
    [decision] = decide([valid_row(2, A)], stored, ASKING).decisions
    assert (decision.outcome, decision.code, decision.lead_id) == ("duplicate", "restore-not-confirmed", stored[A].id)
    assert decision.stored == stored[A], "the review shows what would come back"
    confirmed = RowChoices(confirmed={A})
    assert outcomes(decide([valid_row(2, A)], stored, ASKING, choices=confirmed).decisions) == [(2, "restored", None)]


@pytest.mark.parametrize("status", ["active", "replied"])
def test_any_other_deleted_lead_needs_no_confirmation(status):
    stored = {A: deleted_lead(A, status=status)}
    assert outcomes(decide([valid_row(2, A)], stored, ASKING).decisions) == [(2, "restored", None)]


def test_the_api_asks_nobody():
    """contract.md section 3, rule 4: `restored` when `restoreSoftDeleted`."""
    stored = {A: deleted_lead(A, status="unsubscribed")}
    assert outcomes(decide([valid_row(2, A)], stored, ImportOptions()).decisions) == [(2, "restored", None)]


def test_a_confirmation_does_not_switch_restoring_on():
    stored = {A: deleted_lead(A, status="unsubscribed")}
    options = ImportOptions(restore_soft_deleted=False, restore_unsubscribed=False)
    [decision] = decide([valid_row(2, A)], stored, options, choices=RowChoices(confirmed={A})).decisions
    assert decision.code == "duplicate-deleted"


def test_the_row_of_an_unconfirmed_lead_is_still_the_first():
    """contract.md section 1, "In-request duplicate": whether or not it led to a create."""
    stored = {A: deleted_lead(A, status="bounced")}
    assert decide([valid_row(2, A), valid_row(3, A)], stored, ASKING).decisions[1].first_row == 2


# --- blanks of active leads -------------------------------------------------------------------------------------------

FILLING = ImportOptions(fill_blanks=True)


def test_blanks_of_an_active_lead_are_filled_where_the_user_asked_for_it():
    stored = {A: whole_lead(A, company="Acme")}
    [decision] = decide([valid_row(2, A, company="Kite", phone="1")], stored, FILLING).decisions
    assert (decision.outcome, decision.code, decision.lead_id) == ("duplicate", "duplicate-filled", stored[A].id)
    assert decision.lead == stored[A].lead._replace(phone="1")
    assert decision.stored == stored[A]


def test_blanks_are_filled_for_one_lead_alone():
    stored = {A: whole_lead(A), B: whole_lead(B)}
    rows = [valid_row(2, A, phone="1"), valid_row(3, B, phone="2"), valid_row(4, B, company="Kite")]
    assert outcomes(decide(rows, stored, choices=RowChoices(filled={B})).decisions) == [
        (2, "duplicate", "duplicate-existing"),
        (3, "duplicate", "duplicate-filled"),
        (4, "duplicate", "duplicate-in-file"),
    ]


def test_a_lead_without_a_blank_that_the_row_could_fill_is_a_plain_duplicate():
    stored = {A: whole_lead(A, company="Acme", custom_fields={"Size": 1})}
    rows = [valid_row(2, A, company="Kite", tags=["new"], status="bounced", custom_fields={"Size": 2})]
    assert decide(rows, stored, FILLING).decisions[0] == (2, "duplicate", A, "duplicate-existing", None, stored[A].id, None, None, ())


# --- several parts of one file --------------------------------------------------------------------------------------


def test_a_duplicate_of_a_row_in_an_earlier_part_names_that_row():
    first_rows: dict[str, int] = {}
    decide([valid_row(2, A)], first_rows=first_rows)
    [decision] = decide([valid_row(1002, A)], {A: active_lead()}, first_rows=first_rows).decisions
    assert (decision.code, decision.first_row) == ("duplicate-in-file", 2)


def test_deciding_a_part_a_second_time_gives_the_same():
    """A transaction that is tried again decides again, with what its first try has taught."""
    first_rows: dict[str, int] = {}
    rows = [valid_row(2, A), valid_row(3, A), invalid_row(4, B), valid_row(5, B)]
    first = decide(rows, first_rows=first_rows)
    assert outcomes(decide(rows, first_rows=first_rows).decisions) == outcomes(first.decisions)


# --- the plan as a whole --------------------------------------------------------------------------------------------


def test_the_counts_add_up_to_the_rows():
    """contract.md section 3: `created + restored + duplicates + errors` equals the number of rows sent."""
    rows = [valid_row(2, A), valid_row(3, B), valid_row(4, A), invalid_row(5), valid_row(6, "c@example.com")]
    plan = decide(rows, {B: deleted_lead(B), "c@example.com": active_lead()})
    assert dict(plan.counts) == {"created": 1, "restored": 1, "duplicate": 2, "error": 1}
    assert plan.counts.total() == len(rows)


def test_only_created_and_restored_rows_take_places():
    """contract.md section 3, judgement 5: duplicates and invalid rows use no quota."""
    rows = [valid_row(2, A), valid_row(3, B), valid_row(4, A), invalid_row(5), valid_row(6, "c@example.com")]
    assert decide(rows, {B: deleted_lead(B), "c@example.com": active_lead()}).added == 2


@pytest.mark.parametrize("options", [RESTORING, NOT_RESTORING, ASKING, FILLING])
@pytest.mark.parametrize("confirmed", [frozenset(), frozenset({B})])
def test_the_places_are_known_before_any_row_is_decided(options, confirmed):
    rows = [valid_row(2, A), valid_row(3, B), valid_row(4, A), valid_row(5, "c@example.com"), valid_row(6, "d@example.com")]
    stored = {
        B: deleted_lead(B, status="unsubscribed"), "c@example.com": whole_lead("c@example.com"), "d@example.com": deleted_lead("d@example.com"),
    }  # fmt: skip
    plan = decide(rows, stored, options, choices=RowChoices(confirmed=confirmed))
    assert count_added(emails_of(rows), stored, options=options, confirmed=confirmed) == plan.added
    assert plan.added == 1 + options.restore_soft_deleted * (1 + (options.restore_unsubscribed or bool(confirmed)))


def test_the_order_is_that_of_the_file():
    rows = [valid_row(9, A), invalid_row(4), valid_row(7, B)]
    assert [decision.row for decision in decide(rows).decisions] == [9, 4, 7]


def test_created_leads_get_new_ids_and_a_dry_run_has_none():
    rows = [valid_row(2, A), valid_row(3, A), valid_row(4, B)]
    ids = [decision.lead_id for decision in decide(rows, new_ids=new_hex_ids()).decisions]
    assert [bool(lead_id) for lead_id in ids] == [True, False, True]
    assert ids[0] != ids[2]
    assert [decision.lead_id for decision in decide(rows).decisions] == [None, None, None]


def test_a_created_lead_without_a_source_gets_the_one_of_its_door():
    """contract.md section 2: `source` defaults to `csv_import` through the wizard."""
    rows = [valid_row(2, A), valid_row(3, B, source="fair")]
    assert [decision.lead.source for decision in decide(rows).decisions] == ["csv_import", "fair"]


def test_the_emails_to_look_up_are_those_of_valid_rows_once():
    rows = [valid_row(2, B), valid_row(3, A), invalid_row(4, "z@example.com"), valid_row(5, B.upper())]
    assert emails_of(rows) == [B, A]


def test_a_stored_lead_is_active_exactly_when_it_is_not_soft_deleted():
    """contract.md section 1, "Active lead": `deletedAt` is null."""
    assert StoredLead("0" * 32).is_active
    assert not deleted_lead(A).is_active
