"""What rows would lose to leads that the workspace has already."""

from core.deciding import decide_rows
from core.records import ImportOptions, RowChoices
from core.stored_losses import count_stored_losses, existing_emails, find_stored_losses, stored_losses_table
from tests.factories import deleted_lead, invalid_row, valid_row, whole_lead

A, B, C = "a@example.com", "b@example.com", "c@example.com"
STORED = {
    A: whole_lead(A, company="Acme", tags=("old",), custom_fields={"Size": 5}),
    B: whole_lead(B, phone="1"),
    C: deleted_lead(C),
}
ROWS = [
    valid_row(
        2,
        A.upper(),
        company="Kite",
        phone="7",
        tags=["old", "new"],
        status="bounced",
        custom_fields={"Size": 6, "Seats": 2},
    ),
    valid_row(3, B, phone="1"),
    valid_row(4, A, notes="second row of the same lead"),
    valid_row(5, C, phone="2"),
    invalid_row(6),
    valid_row(7, "new@example.com"),
]


def losses(options=ImportOptions(), **choices):  # noqa: B008 - a frozen value
    decisions = decide_rows(ROWS, STORED, options=options, choices=RowChoices(**choices)).decisions
    return find_stored_losses(ROWS, decisions, STORED)


def test_a_loss_is_what_the_lead_lacks_and_what_it_has_otherwise():
    first, second = losses()
    assert (first.row, first.email, first.is_filled) == (2, A, False)
    assert first.lacking == (("Phone", "7"), ("Seats", "2"))
    assert first.differing == (
        ("Company", "Kite", "Acme"), ("Status", "bounced", "active"), ("Tags", "old, new", "old"), ("Size", "6", "5"),
    )  # fmt: skip
    assert (second.row, second.lacking, second.differing) == (3, (), ())


def test_the_emails_to_look_up_are_those_of_active_leads():
    decisions = decide_rows(ROWS, STORED, options=ImportOptions(fill_blanks=True)).decisions
    assert existing_emails(ROWS, decisions) == [A, B]


def test_what_is_filled_is_not_lost():
    [first, _] = losses(filled={A})
    assert first.is_filled
    assert count_stored_losses(losses()) == (1, 2, 2, 4)
    assert count_stored_losses(losses(filled={A})) == (0, 0, 0, 0)
    assert losses(ImportOptions(fill_blanks=True))[0].is_filled


def test_the_table_says_what_is_lost_or_filled():
    assert stored_losses_table(losses()) == {
        "Row": [2, 3], "Email": [A, B], "Would be lost": ["Phone: 7 · Seats: 2", ""], "Fills": ["", ""],
        "Differs": ["Company, Status, Tags, Size", ""],
    }  # fmt: skip
    filled = stored_losses_table(losses(filled={A}))
    assert (filled["Would be lost"], filled["Fills"]) == (["", ""], ["Phone: 7 · Seats: 2", ""])


def test_a_lead_that_is_gone_meanwhile_loses_nothing():
    decisions = decide_rows(ROWS, STORED, options=ImportOptions()).decisions
    assert find_stored_losses(ROWS, decisions, {}) == []
