"""What the screens share: the step bar, tabs that stay open, and the template."""

import pytest

from core.fields import FIELDS
from core.ids import import_id_text
from pages.shared import keys, session, stepbar, texts
from pages.steps.upload import TEMPLATE
from tests.factories import make_ready, put_leads


@pytest.mark.parametrize("step", session.STEPS)
def test_the_step_bar_announces_one_current_step(step):
    drawn = stepbar.stepbar_html(step)
    assert drawn.count("aria-current=step") == 1
    assert drawn.count("is-done") == session.STEPS.index(step)
    assert f"Step {session.STEPS.index(step) + 1} of 5 · {texts.STEP_LABELS[step]}" in drawn


def test_the_template_has_every_field_of_a_lead():
    header = TEMPLATE.read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == [field.label for field in FIELDS]


def test_the_template_can_be_imported_as_it_is(screen):
    screen.open().upload(TEMPLATE.read_bytes()).press(keys.MAP_NEXT)
    assert (screen.totals["To create"], screen.totals["Errors"]) == ("2", "0")


# --- tabs ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def review(screen, engine, workspace_id):
    """A review with a problem and a restore."""
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    return screen.open(make_ready(engine, workspace_id, b"Email\ngone@example.com\nbad\n", {"Email": "email"}))


def open_tab(screen):
    return screen.at.session_state[keys.REVIEW_TABS]


def test_the_first_tab_with_something_in_it_is_open(review):
    assert open_tab(review) == "Problems · 1"


def test_a_tab_stays_open_when_its_count_changes(review):
    # A click on a tab is nothing that AppTest can do; what its callback keeps can be set.
    review.at.session_state[f"{keys.REVIEW_TABS}_open_{import_id_text(review.record.id)}"] = "restored"
    assert open_tab(review.run()) == "Restores · 1"
    review.at.toggle(key=keys.REVIEW_RESTORE).set_value(False)
    assert open_tab(review.run()) == "Restores · 0"


def test_another_import_begins_with_its_own_first_tab(review, engine, workspace_id):
    other = make_ready(engine, workspace_id, b"Email\na@example.com\n", {"Email": "email"})
    assert open_tab(review.open(other)) == "Will be created · 1"
