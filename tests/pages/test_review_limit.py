"""The contact limit in the review: what fits, what is parked, and when the one button may be pressed."""

import pytest

from core import draft_flow
from core.records import ImportOptions
from pages.shared import keys
from tests.factories import emails_csv, make_ready, numbered, put_leads, read_leads, set_limit

FILE = (
    b"Email,Name,City,Tags\n"
    b"a@example.com,Ada,Berlin,\n"  # row 2
    b"b@example.com,,Bonn,vip\n"
    b"A@example.com,Al,Ulm,\n"
    b"d@example.com,Dee,Berlin,fair\n"
)
MAPPING = {"Email": "email", "Name": "first_name", "City": "custom:City", "Tags": "tags"}


@pytest.fixture
def over(engine, workspace_id):
    """Three leads, room for two."""
    set_limit(engine, workspace_id, 2)
    return make_ready(engine, workspace_id, FILE, MAPPING)


def button(screen):
    found = screen.at.button(key=keys.REVIEW_IMPORT)
    return found.label, not found.disabled


def has_figures(screen, text):
    return f"**{text}**" in screen.markdown


def choose(screen, key, value):
    screen.at.selectbox(key=key).set_value(value)
    return screen.run()


# --- the planner --------------------------------------------------------------------------------------------------------


def test_a_file_that_fits_asks_for_nothing(screen, engine, workspace_id):
    screen.open(make_ready(engine, workspace_id, FILE, MAPPING))
    assert not screen.has_button(keys.LIMIT_PARK)


def test_what_does_not_fit_is_parked_with_one_click(screen, over):
    screen.open(over)
    assert button(screen) == ("Import 3 leads", False)
    assert has_figures(screen, "2 leads go in, 1 is parked.")
    screen.press(keys.LIMIT_PARK)
    assert screen.record.parked_rows == {5}
    assert (screen.totals["To create"], screen.totals["Parked"]) == ("2", "1")
    assert sum(map(int, screen.totals.values())) == over.row_count
    assert button(screen) == ("Import 2 leads", True)
    assert screen.rows("Parked") == [5]
    assert "2 of 2" not in screen.text
    assert "0 of 2 leads are in use. This import adds 2; 0 stay free." in screen.text


def test_what_would_be_parked_is_listed_before(screen, over):
    screen.at.session_state[keys.LIMIT_LIST] = True
    screen.open(over)
    [listed] = [frame.value for frame in screen.at.dataframe if "Values" in frame.value]
    assert listed[["Row", "Email", "First name", "Values"]].values.tolist() == [[5, "d@example.com", "Dee", 4]]


def test_those_with_a_tag_can_go_in_first_or_alone(screen, over):
    choose(screen.open(over), keys.LIMIT_BY, "tag")
    assert screen.at.selectbox(key=keys.LIMIT_TAG).options == ["fair · 1", "vip · 1"]
    choose(screen, keys.LIMIT_TAG, "vip")
    assert has_figures(screen, "2 leads go in, 1 is parked.")
    screen.at.checkbox(key=keys.LIMIT_ONLY).check()
    screen.run()
    assert has_figures(screen, "1 lead goes in, 2 are parked.")
    assert screen.at.button(key=keys.LIMIT_PARK).label == "Park 3 rows", "all rows of one email are parked together"
    screen.press(keys.LIMIT_PARK)
    assert screen.record.parked_rows == {2, 4, 5}
    assert has_figures(screen, "3 rows are parked. There is room for 1 more.")


def test_those_with_a_text_in_a_column_can_go_in(screen, over):
    choose(screen.open(over), keys.LIMIT_BY, "column")
    choose(screen, keys.LIMIT_COLUMN, "City")
    screen.at.text_input(key=keys.LIMIT_TEXT).set_value("ber")
    screen.run()
    screen.press(keys.LIMIT_PARK)
    assert screen.record.parked_rows == {3}


def test_a_file_without_tags_says_so(screen, engine, workspace_id):
    set_limit(engine, workspace_id, 1)
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com", "b@example.com"]))
    choose(screen.open(record), keys.LIMIT_BY, "tag")
    assert screen.at.selectbox(key=keys.LIMIT_TAG).disabled
    assert has_figures(screen, "1 lead goes in, 1 is parked.")


def test_another_choice_may_follow(screen, over):
    screen.open(over).press(keys.LIMIT_PARK)
    assert not screen.has_button(keys.LIMIT_PARK), "all is well; whoever wants another choice opens it"
    screen.at.session_state[keys.LIMIT_AGAIN] = True
    screen.run()
    assert screen.at.button(key=keys.LIMIT_PARK).disabled, "it is parked like this already"
    choose(screen, keys.LIMIT_BY, "complete")
    assert screen.at.button(key=keys.LIMIT_PARK).label == "Use this choice"
    screen.press(keys.LIMIT_PARK)
    assert screen.record.parked_rows == {3}, "rows 2 and 3 are equally complete: the first goes in"


def test_parked_rows_come_back_one_by_one_or_all(screen, over, engine, workspace_id):
    draft_flow.set_parked_rows(engine, workspace_id=workspace_id, import_id=over.id, rows=[2, 4, 5])
    screen.open(over)
    assert keys.PARKED_DOWNLOAD in [one.key for one in screen.at.get("download_button")]
    choose(screen, keys.PARKED_PICK, 4)
    screen.press(keys.PARKED_BACK)
    assert screen.record.parked_rows == {5}
    screen.press(keys.PARKED_BACK_ALL)
    assert screen.record.parked_rows == set()
    assert "Parked" not in screen.totals
    assert button(screen) == ("Import 3 leads", False)


def test_what_is_parked_is_in_the_report_with_its_download(screen, over, engine, workspace_id):
    screen.open(over).press(keys.LIMIT_PARK).press(keys.REVIEW_IMPORT).do_the_job()
    assert set(read_leads(engine, workspace_id)) == {"a@example.com", "b@example.com"}
    assert screen.rows("Not imported") == [5]
    keys_shown = [one.key for one in screen.at.get("download_button")]
    assert keys.REPORT_PARKED_CSV in keys_shown
    assert keys.REPORT_FAILED_CSV not in keys_shown, "nothing failed"


# --- the button, in all combinations --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "limit", "held", "in_parts", "expected"),
    [
        (3, 10, 0, False, ("Import 3 leads", True)),
        (3, 2, 0, False, ("Import 3 leads", False)),
        (3, 0, 3, False, ("Finish: nothing to add", True)),
        (1001, 2000, 0, False, ("Import 1,001 leads", False)),
        (1001, 2000, 0, True, ("Import 1,001 leads", True)),
        (1001, 1000, 0, False, ("Import 1,000 leads", False)),
        (1001, 1000, 0, True, ("Import 1,000 leads", True)),
        (1001, 999, 0, True, ("Import 1,001 leads", False)),
        (1001, 0, 1001, True, ("Finish: nothing to add", True)),
        (1001, 0, 1001, False, ("Finish: nothing to add", False)),
    ],
)
def test_the_button_says_what_it_does_and_is_off_where_it_would_do_nothing(
    screen, engine, workspace_id, rows, limit, held, in_parts, expected
):
    """contract.md section 5: a long file needs the explicit choice; a part that would pass the limit stops there."""
    put_leads(engine, workspace_id, numbered("a", held))
    set_limit(engine, workspace_id, limit)
    screen.open(make_ready(engine, workspace_id, emails_csv(numbered("a", rows))))
    if in_parts:
        screen.at.checkbox(key=keys.REVIEW_IN_PARTS).check()
        screen.run()
    assert button(screen) == expected


def test_a_long_file_over_the_limit_says_where_it_stops_or_that_nothing_fits(screen, engine, workspace_id):
    set_limit(engine, workspace_id, 1500)
    record = make_ready(engine, workspace_id, emails_csv(numbered("a", 2001)))
    screen.open(record)
    assert "The import stops before part 2, which would pass the contact limit: 1,000 leads go in." in "\n".join(screen.alerts)
    set_limit(engine, workspace_id, 999)
    screen.run()
    assert "Not even the first part fits." in "\n".join(screen.alerts)
    screen.press(keys.LIMIT_PARK)
    screen.at.checkbox(key=keys.REVIEW_IN_PARTS).check()
    screen.run()
    assert button(screen) == ("Import 999 leads", True)
    screen.press(keys.REVIEW_IMPORT).do_the_job()
    assert (screen.totals["Created"], screen.totals["Not imported"]) == ("999", "1,002")


@pytest.mark.parametrize(("new", "label"), [(0, "Fill blanks of 1 lead"), (2, "Import 2 leads, fill blanks of 1")])
def test_filled_blanks_are_on_the_button(screen, engine, workspace_id, new, label):
    put_leads(engine, workspace_id, ["a@example.com"])
    rows = b"".join(b"new%d@example.com,N\n" % n for n in range(new))
    options = ImportOptions(fill_blanks=True)
    content = b"Email,Name\na@example.com,Ada\n" + rows
    screen.open(make_ready(engine, workspace_id, content, {"Email": "email", "Name": "first_name"}, options=options))
    assert button(screen) == (label, True)


def test_the_planner_speaks_german(new_screen, over, engine, workspace_id):
    screen = new_screen()
    screen.at.session_state[keys.LANGUAGE] = "de"
    screen.open(over)
    assert has_figures(screen, "2 Leads kommen hinein, 1 wird zurückgestellt.")
    draft_flow.set_parked_rows(engine, workspace_id=workspace_id, import_id=over.id, rows=[5])
    screen = new_screen()
    screen.at.session_state[keys.LANGUAGE] = "de"
    screen.open(over)
    assert has_figures(screen, "1 Zeile ist zurückgestellt.")
    assert screen.totals["Zurückgestellt"] == "1"
