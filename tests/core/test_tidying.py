"""What the wizard tidies by itself."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.records import Change
from core.tidying import KIND_BY_KEY, KINDS, count_kinds, is_on, tidy_drafts

ALL_ON = {kind.key: True for kind in KINDS}
ALL_OFF = {kind.key: False for kind in KINDS}
FIELDS = ("email", "first_name", "last_name", "company", "title", "phone", "linkedin_url", "website", "notes", "source", "status")


def tidy(field, text, **choices):
    """The value after tidying, and the kinds that changed it."""
    done = tidy_drafts([{field: text}], [2], {field: "Column"}, **choices)
    return done.drafts[0][field], [change.kind for change in done.changes]


@pytest.mark.parametrize(
    ("field", "text", "after", "kinds"),
    [
        ("company", "  Kite ", "Kite", ["trim"]),
        ("company", "\u00a0Kite\u200b", "Kite", ["trim"]),
        ("company", "Kite", "Kite", []),
        ("company", "Kite  &\tSons\nLtd", "Kite & Sons Ltd", ["spaces"]),
        ("company", "Kite\u00a0Ltd", "Kite Ltd", ["invisible"]),
        ("company", "Ki\u00adte\ufeff Ltd", "Kite Ltd", ["invisible"]),
        ("company", " Kite\u00a0 Ltd", "Kite Ltd", ["trim", "invisible", "spaces"]),
        ("company", "山田\u3000商店", "山田\u3000商店", []),
        ("title", "👩\u200d💻 Engineer", "👩\u200d💻 Engineer", []),
        ("last_name", "علی\u200cزاده", "علی\u200cزاده", []),
        ("last_name", "Lo\u200dve", "Love", ["invisible"]),
        ("phone", "\u202a+49 30 1234567\u202c", "+49301234567", ["invisible", "phone"]),
        ("notes", "  first line\n\n  second  line ", "first line\n\n  second  line", ["trim"]),
        ("status", " act\u200bive", "active", ["trim", "invisible"]),
        ("email", "a@exam\u200bple.com", "a@example.com", ["invisible"]),
    ],
)
def test_white_space_and_what_cannot_be_seen(field, text, after, kinds):
    assert tidy(field, text) == (after, kinds)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Ada <a@b.co>", "a@b.co"),
        ('"Lovelace, Ada" <a@b.co>', "a@b.co"),
        ("ada@x.com <ada@x.com>", "ada@x.com"),
        ("O'Hara <o'hara@x.com>", "o'hara@x.com"),
        ("mailto:a@b.co", "a@b.co"),
        ("MAILTO:a@b.co?subject=Hello", "a@b.co"),
        ("<mailto:a@b.co>", "a@b.co"),
        ("<a@b.co>", "a@b.co"),
        ("(a@b.co)", "a@b.co"),
        ("'a@b.co'", "a@b.co"),
        ("a@b.co.", "a@b.co"),
        ("a@b.co,", "a@b.co"),
        ("a@b.co;", "a@b.co"),
    ],
)
def test_an_email_is_unwrapped(text, after):
    assert tidy("email", text) == (after, ["email"])


@pytest.mark.parametrize(
    "text",
    [
        "a@b.co", "o'hara@x.com", "a@b.co; c@d.co", "old@x.com <new@x.com>", "ask a@b.co", "a@b", ".a@b.co", "a@b.co and c",
        "", "-", "Ada <>", "mailto:", "a@@b.co", "<a@b.co> <c@d.co>",
    ],
)  # fmt: skip
def test_an_email_that_is_right_or_not_clear_is_left_alone(text):
    assert tidy("email", text) == (text, [])


def test_phones_need_a_country_only_where_they_name_none():
    assert tidy("phone", "+1 (415) 555-2671") == ("+14155552671", ["phone"])
    assert tidy("phone", "(415) 555-2671") == ("(415) 555-2671", [])
    assert tidy("phone", "(415) 555-2671", country="US") == ("+14155552671", ["phone"])
    phones = [{"phone": text} for text in ("030 1234567", "+49 30 1234567", "", "n/a")]
    assert tidy_drafts(phones, range(2, 6)).phones_left == 2


def test_addresses_are_brought_to_one_form():
    assert tidy("website", "HTTP://Acme.com/?utm_source=x") == ("https://acme.com", ["website"])
    assert tidy("linkedin_url", "linkedin.com/in/ada/") == ("https://www.linkedin.com/in/ada", ["linkedin"])


def test_names_are_offered_and_changed_only_where_the_user_says_so():
    """Names in capitals offered, not forced."""
    given_rows = [{"first_name": "ADA", "last_name": "MCDONALD"}, {"first_name": "Bo", "last_name": "Kite"}]
    done = tidy_drafts(given_rows, [2, 3], {"last_name": "Surname"})
    assert list(done.drafts) == given_rows
    assert done.changes == ()
    assert done.offers == (
        Change(2, None, "first_name", "ADA", "Ada", "names"),
        Change(2, "Surname", "last_name", "MCDONALD", "McDonald", "names"),
    )
    done = tidy_drafts(given_rows, [2, 3], choices={"names": True})
    assert done.drafts[0] == {"first_name": "Ada", "last_name": "McDonald"}
    assert count_kinds(done.changes) == {"names": 2}
    assert done.offers == ()


def test_changes_name_row_column_before_and_after_in_file_order():
    drafts = [{"email": "a@b.co"}, {"email": " c@d.co", "company": "Kite"}, {"company": "A  B", "email": "<e@f.co>"}]
    done = tidy_drafts(drafts, [2, 3, 5], {"email": "E-mail", "company": "Firm"})
    assert done.changes == (
        Change(3, "E-mail", "email", " c@d.co", "c@d.co", "trim"),
        Change(5, "E-mail", "email", "<e@f.co>", "e@f.co", "email"),
        Change(5, "Firm", "company", "A  B", "A B", "spaces"),
    )


def test_what_is_given_stays_as_it_is_and_what_is_not_tidied_is_the_same_value():
    drafts = [{"email": " a@b.co", "tags": [" x "], "custom_fields": {"k": " v "}}, {"email": "b@b.co"}, {"email": None}, {}]
    done = tidy_drafts(drafts, [2, 3, 4, 5])
    assert drafts[0]["email"] == " a@b.co"
    assert done.drafts[0] == {"email": "a@b.co", "tags": [" x "], "custom_fields": {"k": " v "}}
    assert all(after is before for after, before in zip(done.drafts[1:], drafts[1:], strict=True))


def test_blank_cells_are_no_changes():
    assert tidy_drafts([{"email": "  ", "company": "\u200b", "phone": "\u00a0"}], [2]).changes == ()


def test_trimming_is_part_of_the_contract_and_stays_on():
    assert KIND_BY_KEY["trim"].is_fixed
    assert is_on(KIND_BY_KEY["trim"], ALL_OFF)
    assert tidy("company", " A  B ", choices=ALL_OFF) == ("A  B", ["trim"])


def test_a_choice_about_a_kind_that_is_no_more_is_ignored():
    assert tidy("company", "A  B", choices={"forgotten": True}) == ("A B", ["spaces"])


# --- properties -----------------------------------------------------------------------------------------------------------

pieces = st.sampled_from(
    [" ", "  ", "\t", "\n", "\u00a0", "\u200b", "\u200d", "\ufeff", "\u202a", "<", ">", "@", ".", ",", "mailto:", "a@b.co", "ADA", "van",
     "McD", "O'", "İ", "ß", "-", "+49", "030", "1234567", "(0)", "ext. 5", "https://", "acme.com", "www.linkedin.com/in/", "?utm_x=1", "/"]
)  # fmt: skip
texts = st.one_of(st.text(max_size=12), st.lists(pieces, max_size=8).map("".join))
drafts = st.lists(st.dictionaries(st.sampled_from(FIELDS), texts, max_size=5), max_size=4)
switches = st.dictionaries(st.sampled_from([kind.key for kind in KINDS]), st.booleans())
countries = st.sampled_from([None, "DE", "US", "IT"])


@given(drafts, switches, countries)
@example([{"email": "<\u200ba@b.co>"}], {"invisible": False}, None)
def test_tidying_twice_is_tidying_once(given_rows, choices, country):
    once = tidy_drafts(given_rows, range(2, 2 + len(given_rows)), choices=choices, country=country)
    twice = tidy_drafts(once.drafts, range(2, 2 + len(given_rows)), choices=choices, country=country)
    assert twice.changes == ()
    assert twice.drafts == once.drafts


@given(drafts, switches, countries)
def test_the_changes_lead_from_what_was_given_to_what_came_out(given_rows, choices, country):
    """Nothing is changed unsaid: the changes of a value follow each other, and a value without one is as it was."""
    done = tidy_drafts(given_rows, range(len(given_rows)), choices=choices, country=country)
    now = [dict(draft) for draft in given_rows]
    for change in done.changes:
        assert now[change.row][change.field] == change.before != change.after
        now[change.row][change.field] = change.after
    assert now == list(done.drafts)


@given(drafts, st.sampled_from([kind for kind in KINDS if not kind.is_fixed]), countries)
def test_a_kind_that_is_off_changes_no_byte(given_rows, kind, country):
    on = tidy_drafts(given_rows, range(len(given_rows)), choices=ALL_ON, country=country)
    off = tidy_drafts(given_rows, range(len(given_rows)), choices={**ALL_ON, kind.key: False}, country=country)
    assert all(change.kind != kind.key for change in off.changes)
    assert all(change.kind == kind.key for change in off.offers)
    touched = {(change.row, change.field) for change in on.changes if change.kind == kind.key}
    for row, draft in enumerate(given_rows):
        for field in draft:
            if (row, field) in touched and not any((c.row, c.field) == (row, field) for c in off.changes):
                assert off.drafts[row][field] == draft[field]


@given(drafts)
def test_with_all_off_only_what_the_contract_asks_for_is_done(given_rows):
    done = tidy_drafts(given_rows, range(len(given_rows)), choices=ALL_OFF)
    assert {change.kind for change in done.changes} <= {"trim"}


# --- tags and custom fields ---------------------------------------------------------------------------------------------


def tidy_tags(*rows, **choices):
    drafts = [{"tags": [*row, "fixed"]} for row in rows]
    return tidy_drafts(drafts, range(2, 2 + len(rows)), tag_columns=["Tags", "More"][: len(rows[0])], **choices)


@pytest.mark.parametrize("cell", ["fair,vip", "fair; vip", "fair|vip", " fair ,; vip, ", "fair;vip;fair", '["fair", "vip"]'])
def test_tags_are_split_at_comma_semicolon_and_bar_and_repeats_dropped(cell):
    done = tidy_tags([cell])
    assert done.drafts[0]["tags"] == ["fair", "vip", "fixed"]
    assert done.changes[-1] == Change(2, "Tags", "tags", cell.strip(), "fair · vip", "tags")


def test_what_is_around_and_inside_of_tags_is_cleaned_and_listed():
    done = tidy_tags([" vip\u200b", "big  fish, new"], ["", "hot"], ["", ""])
    assert [draft["tags"] for draft in done.drafts] == [["vip", "big fish", "new", "fixed"], ["hot", "fixed"], ["fixed"]]
    assert [(change.column, change.after, change.kind) for change in done.changes] == [
        ("Tags", "vip", "trim"), ("More", "big fish, new", "spaces"), ("More", "big fish · new", "tags"),
    ]  # fmt: skip


def test_tags_that_are_not_to_be_split_stay_one_tag():
    done = tidy_tags(["Sales, EMEA"], choices={"tags": False})
    assert done.drafts[0]["tags"] == ["Sales, EMEA", "fixed"]
    assert (done.changes, [offer.after for offer in done.offers]) == ((), ["Sales · EMEA"])


def test_custom_fields_are_cleaned_and_what_is_layout_stays():
    given_rows = [
        {"custom_fields": {"Region": " north\u200b  west ", "Memo": "a  b\n c ", "Size": 5}},
        {"custom_fields": None},
        {},
    ]
    done = tidy_drafts(given_rows, [2, 3, 4], custom_columns={"Region": "Area", "Memo": "Memo", "Size": "Size"})
    assert done.drafts[0]["custom_fields"] == {"Region": "north west", "Memo": "a  b\n c", "Size": 5}
    assert done.drafts[1:] == ({"custom_fields": None}, {})
    assert [(change.column, change.field, change.kind) for change in done.changes] == [
        ("Area", "custom:Region", "trim"), ("Area", "custom:Region", "invisible"), ("Area", "custom:Region", "spaces"),
        ("Memo", "custom:Memo", "trim"),
    ]  # fmt: skip
    assert given_rows[0]["custom_fields"]["Region"].startswith(" "), "what was given stays as it is"


def test_a_custom_field_of_invisible_characters_alone_is_none():
    done = tidy_drafts([{"custom_fields": {"A": "\u2061", "B": "b"}}], [2], custom_columns={"A": "A", "B": "B"})
    assert done.drafts[0]["custom_fields"] == {"B": "b"}
