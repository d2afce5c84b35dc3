"""What ended otherwise than the review said, on the report."""

from core import draft_flow
from pages.shared import keys
from tests.factories import emails_csv, make_ready, put_leads


def test_rows_that_ended_otherwise_are_told_with_the_reason(screen, engine, workspace_id):
    """design.md section 1: plan, then apply, with drift shown."""
    screen.open(make_ready(engine, workspace_id, emails_csv(["a@example.com", "b@example.com"])))
    put_leads(engine, workspace_id, ["b@example.com"])
    screen.press(keys.REVIEW_IMPORT).do_the_job()
    assert any("1 row ended otherwise than the review said" in alert for alert in screen.alerts)
    assert "Changed since the review · 1" in screen.tabs
    assert screen.sentences("Changed since") == [
        ["3", "b@example.com", "create", "duplicate of an existing lead", "A lead with this email was added after the review."]
    ]


def test_where_nothing_changed_nothing_is_told(screen, engine, workspace_id):
    screen.open(make_ready(engine, workspace_id, emails_csv(["a@example.com"]))).press(keys.REVIEW_IMPORT).do_the_job()
    assert screen.alerts == []
    assert not [tab for tab in screen.tabs if tab.startswith("Changed")]


def test_a_draft_changed_in_another_window_is_shown_anew_before_it_can_be_imported(screen, engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com", "b@example.com"]))
    screen.open(record)
    draft_flow.skip_rows(engine, workspace_id=workspace_id, import_id=record.id, rows=[2], skip=True)
    screen.press(keys.REVIEW_IMPORT)
    assert any("changed in another window" in alert for alert in screen.alerts)
    assert screen.record.state == "ready"
    assert screen.at.button(key=keys.REVIEW_IMPORT).label == "Import 1 lead"
    screen.press(keys.REVIEW_IMPORT)
    assert screen.record.state == "running"
