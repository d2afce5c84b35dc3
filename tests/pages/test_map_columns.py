"""Step 2: where each column goes; Next is only there when nothing stands against it."""

import pytest

from core.records import ColumnMapping
from pages.shared import keys


def choose(screen, position, target):
    screen.at.selectbox(key=keys.map_target(position)).select(target)
    return screen.run()


def test_next_is_only_there_when_email_is_mapped(screen):
    """“Next” is only there when `email` is mapped."""
    screen.open().upload(b"Reach,Name\nann at home,Ann\nbob at work,Bob\n")
    assert not screen.has_button(keys.MAP_NEXT)
    assert "No column goes to Email. Choose the column that holds the email addresses." in plain(screen.alerts)
    choose(screen, 0, "email")
    assert screen.has_button(keys.MAP_NEXT)
    assert screen.alerts == []
    screen.press(keys.MAP_NEXT)
    assert screen.step == "Step 3 of 5 · Review"
    assert screen.record.mapping.targets["Reach"] == "email"


def test_two_columns_on_one_field_are_refused(screen):
    screen.open().upload(b"Email,Firm,Employer\na@example.com,Kite,Acme\n")
    choose(screen, 1, "company")
    choose(screen, 2, "company")
    assert not screen.has_button(keys.MAP_NEXT)
    assert "“Firm” and “Employer” both go to Company." in plain(screen.alerts)


@pytest.mark.parametrize("field", ["notes", "tags"])
def test_several_columns_may_join_where_the_field_can_take_them(screen, field):
    screen.open().upload(b"Email,A,B\na@example.com,1,2\n")
    choose(screen, 1, field)
    choose(screen, 2, field)
    assert screen.has_button(keys.MAP_NEXT)


def test_unmatched_columns_become_custom_fields_or_are_left_out(screen):
    """Unmapped columns can become custom fields or be left out."""
    screen.open().upload(b"Email,Shoe size,Colour\na@example.com,42,red\n")
    screen.at.toggle(key=keys.MAP_CUSTOM).set_value(True)
    screen.run()
    assert screen.record.mapping == ColumnMapping(
        {"Email": "email", "Shoe size": "custom:Shoe size", "Colour": "custom:Colour"}
    )
    assert screen.has_button(keys.MAP_NEXT)
    screen.at.toggle(key=keys.MAP_CUSTOM).set_value(False)
    screen.run()
    assert {target for target in screen.record.mapping.targets.values() if target} == {"email"}


def test_a_choice_is_kept_when_the_page_is_left(screen):
    screen.open().upload(b"Email,A\na@example.com,1\n")
    choose(screen, 1, "title")
    screen.go_to("history.py").go_to("import_wizard.py")
    assert screen.at.selectbox(key=keys.map_target(1)).value == "title"


def test_the_list_is_filtered(screen):
    screen.open().upload(b"Email,Xyzzy\na@example.com,1\n")
    screen.at.get("button_group")[0].set_value("left_out")
    screen.run()
    assert [box.key for box in screen.at.selectbox if box.key.startswith("map_target")] == [keys.map_target(1)]


def test_a_wide_file_comes_in_pages(screen):
    columns = ["Email", *(f"Column {n}" for n in range(199))]
    screen.open().upload(f"{','.join(columns)}\na@example.com{',x' * 199}\n".encode())
    boxes = [box for box in screen.at.selectbox if box.key.startswith(keys.map_target(0)[:-1])]
    assert len(boxes) == 25
    assert screen.has_button(keys.MAP_NEXT)


def test_oddities_of_the_file_are_said(screen):
    screen.open().upload(b"Email,Name,Name\na@example.com,Ann,Lee\n")
    assert any("“Name” stands above more than one column" in alert for alert in plain(screen.alerts).splitlines())


def plain(alerts):
    """The alerts without the marks that keep them from being read as markdown."""
    return "\n".join(alerts).replace("\\", "")
