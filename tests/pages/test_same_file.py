"""A file that was imported before says so in the map step, with the way to that report."""

from pages.shared import keys
from tests.factories import emails_csv, import_file

PEOPLE = [f"p{n}@example.com" for n in range(40)]


def notices(screen):
    return [one.value for one in screen.at.info]


def test_a_new_file_has_no_notice(screen):
    screen.open().upload(emails_csv(PEOPLE))
    assert notices(screen) == []


def test_the_same_file_says_when_by_whom_and_where(screen, engine, workspace_id):
    first = import_file(engine, workspace_id, emails_csv(PEOPLE), file_name="fair_2026.csv").record
    screen.open().upload(emails_csv(PEOPLE))
    [notice] = notices(screen)
    assert notice.startswith("This very file was imported as “fair_2026\\.csv” on")
    assert notice.endswith("by this computer.")
    draft = screen.record
    screen.press(keys.open_import(first.id.hex))
    assert (screen.step, screen.record.id) == ("Step 5 of 5 · Report", first.id)
    screen.open(draft, step="map").press(keys.MAP_NEXT)
    assert screen.step == "Step 3 of 5 · Review", "it stands in nobody's way"


def test_a_file_that_shares_most_of_its_rows_says_how_many(screen, engine, workspace_id):
    import_file(engine, workspace_id, emails_csv(PEOPLE))
    screen.open().upload(emails_csv([*PEOPLE[1:], "new@example.com"]))
    assert notices(screen)[0].startswith("97 % of these rows were imported as")


def test_every_row_in_another_order(screen, engine, workspace_id):
    import_file(engine, workspace_id, emails_csv(PEOPLE))
    screen.open().upload(emails_csv(reversed(PEOPLE)))
    assert notices(screen)[0].startswith("All of these rows were imported as")


def test_names_are_shown_and_never_obeyed(screen, engine, workspace_id):
    import_file(engine, workspace_id, emails_csv(PEOPLE), file_name="![x](http://192.0.2.1/x.png).csv")
    screen.open().upload(emails_csv(PEOPLE))
    assert "![x](http" not in notices(screen)[0]
