"""What a source of lists is worth."""

from dataclasses import replace

import pytest

from core import draft_flow, lead_flow, report_flow, run_flow, scorecard_flow, undo_flow
from core.drift import count_planned, encode_plan, see_plan
from core.records import ColumnMapping, ImportOptions, RowDecision
from core.request_flow import import_leads
from core.scorecard import list_name, source_of
from tests.factories import emails_csv, import_file, make_ready, numbered, place, put_leads, read_leads, run, set_limit


@pytest.mark.parametrize(
    ("names", "common"),
    [
        (["Fair 2026-03 (2).csv", "fair_2026-04.xlsx", "FAIR.csv", "fair copy.csv", "Fair-v2 final.csv"], "fair"),
        (["Messe München 2026.csv", "messe münchen (1).xlsx"], "messe münchen"),
        (["2026-03.csv"], "2026-03"),
        ([None, ""], ""),
    ],
)
def test_names_of_the_same_list_have_their_words_in_common(names, common):
    assert {list_name(name) for name in names} == {common}


def imported(engine, workspace_id, emails, name, source="fair"):
    return import_file(
        engine, workspace_id, emails_csv(emails), file_name=name, options=ImportOptions(default_source=source)
    ).record


def test_the_source_is_the_fixed_value_or_the_default_or_in_the_file(engine, workspace_id):
    content = b"Email,Where\na@example.com,x\n"
    record = make_ready(engine, workspace_id, content, {"Email": "email"}, options=ImportOptions(default_source="fair"))
    assert source_of(record) == "fair"
    fixed = ColumnMapping({"Email": "email"}, constants={"source": " shop "})
    in_file = ColumnMapping({"Email": "email", "Where": "source"})
    assert [source_of(replace(record, mapping=mapping)) for mapping in (fixed, in_file)] == ["shop", ""]


def test_scores_add_up_imports_of_a_source(engine, workspace_id):
    put_leads(engine, workspace_id, ["held@example.com"])
    put_leads(engine, workspace_id, ["back@example.com"], deleted=True)
    imported(engine, workspace_id, ["a@example.com", "held@example.com", "bad"], "fair 1.csv")
    imported(engine, workspace_id, ["b@example.com", "c@example.com", "a@example.com", "back@example.com"], "fair 2.csv")
    imported(engine, workspace_id, ["d@example.com"], "shop.csv", source="shop")
    fair, shop = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="source")
    assert (fair.name, fair.rows, fair.lost) == ("fair", 7, 0)
    assert (fair.created, fair.restored, fair.duplicates, fair.errors) == (3, 1, 2, 1)
    assert [outing.record.file_name for outing in fair.outings] == ["fair 1.csv", "fair 2.csv"]
    assert (shop.name, shop.rows, shop.created) == ("shop", 1, 1)
    by_file = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="file")
    assert [(score.name, score.rows) for score in by_file] == [("fair", 7), ("shop", 1)]
    [by_person] = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="person")
    assert (by_person.rows, len(by_person.outings)) == (8, 3)


def test_leads_that_bounce_or_unsubscribe_later_count_against_their_import(engine, workspace_id):
    imported(engine, workspace_id, ["a@example.com", "b@example.com", "c@example.com", "d@example.com"], "fair.csv")
    imported(engine, workspace_id, ["e@example.com"], "shop.csv", source="shop")
    ids = {email: lead["id"] for email, lead in read_leads(engine, workspace_id).items()}
    for email, status in (("a@example.com", "bounced"), ("b@example.com", "unsubscribed"), ("c@example.com", "replied")):
        lead_flow.update_lead(engine, workspace_id=workspace_id, lead_id=ids[email], changes={"status": status})
    fair, shop = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="source")
    assert (fair.lost, fair.lost_share, shop.lost) == (2, 0.5, 0)


def test_who_was_unsubscribed_in_the_file_itself_is_not_lost_later(engine, workspace_id):
    import_file(
        engine, workspace_id, b"Email,Status\na@example.com,unsubscribed\n", mapping={"Email": "email", "Status": "status"}
    )
    [score] = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="source")
    assert (score.created, score.lost) == (1, 0)


def test_imports_through_the_api_are_a_source_of_their_own(engine, workspace_id):
    import_leads(
        engine,
        workspace_id=workspace_id,
        drafts=[{"email": "a@example.com"}, {"email": "x"}],
        options=ImportOptions(),
        created_by="key",
    )
    [score] = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="source")
    assert (score.name, score.rows, score.errors) == ("api", 2, 1)


def test_at_upload_the_last_list_of_the_name_is_told(engine, workspace_id):
    put_leads(engine, workspace_id, ["held@example.com"])
    last = imported(engine, workspace_id, ["a@example.com", "held@example.com", "A@example.com", "bad"], "fair 2026-03.csv")
    draft = make_ready(engine, workspace_id, emails_csv(["z@example.com"]), file_name="Fair 2026-04.csv")
    found = scorecard_flow.find_last_list(engine, workspace_id=workspace_id, import_id=draft.id)
    assert (found.record.id, found.known, found.invalid) == (last.id, 0.5, 0.25)
    other = make_ready(engine, workspace_id, emails_csv(["z@example.com"]), file_name="shop.csv")
    assert scorecard_flow.find_last_list(engine, workspace_id=workspace_id, import_id=other.id) is None


def test_an_undone_import_still_says_what_its_source_was_worth(engine, workspace_id):
    done = imported(engine, workspace_id, ["a@example.com", "bad"], "fair.csv")
    undo_flow.undo_import(engine, workspace_id=workspace_id, import_id=done.id)
    assert report_flow.get_import(engine, workspace_id=workspace_id, import_id=done.id).state == "undone"
    [score] = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="source")
    assert (score.rows, score.created, score.errors) == (2, 1, 1)


# --- lists that were mended after their import --------------------------------------------------------------------------


def carry_out(engine, draft):
    """Run an import as the review does, whose plan is kept."""
    seen = see_plan(draft_flow.preview(engine, **place(draft)))
    run_flow.start_import(engine, **place(draft), in_parts=True, seen=seen)
    return run(engine, draft)


def continue_with(engine, workspace_id, failed_rows, **emails):
    """Mend these emails in the file of failed rows, and bring it."""
    for wrong, right in emails.items():
        failed_rows = failed_rows.replace(wrong.encode(), right.encode())
    return draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="fair 1-failed-rows.csv", content=failed_rows, created_by="local"
    )


def test_a_list_counts_as_delivered_after_its_errors_were_mended(engine, workspace_id):
    first = carry_out(
        engine,
        make_ready(engine, workspace_id, emails_csv(["a@example.com", "bad", "worse", "b@example.com"]), file_name="fair 1.csv"),
    )
    failed = report_flow.failed_rows_csv(engine, **place(first))
    carry_out(engine, continue_with(engine, workspace_id, failed, bad="c@example.com", worse="d@example.com"))
    [score] = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="source")
    assert (score.rows, score.created, score.errors) == (4, 4, 2)
    draft = make_ready(engine, workspace_id, emails_csv(["z@example.com"]), file_name="fair 2.csv")
    assert scorecard_flow.find_last_list(engine, workspace_id=workspace_id, import_id=draft.id).invalid == 0.5


def test_a_mended_row_that_is_left_out_in_the_end_is_no_row_that_was_handled(engine, workspace_id):
    first = carry_out(engine, make_ready(engine, workspace_id, emails_csv(["bad", "worse"])))
    failed = report_flow.failed_rows_csv(engine, **place(first))
    draft = continue_with(engine, workspace_id, failed, bad="c@example.com", worse="d@example.com")
    draft_flow.skip_rows(engine, **place(draft), rows=[3], skip=True)
    carry_out(engine, draft)
    [score] = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="source")
    assert (score.rows, score.created, score.errors) == (1, 1, 0)


def test_errors_that_an_import_never_came_to_are_none_of_its_rows(engine, workspace_id):
    set_limit(engine, workspace_id, 1000)
    people = [*numbered("a", 1001), "bad"]
    stopped = carry_out(engine, make_ready(engine, workspace_id, emails_csv(people)))
    assert (stopped.state, stopped.parts_done, count_planned(stopped.plan, "error")) == ("failed", 1, 1)
    [score] = scorecard_flow.load_scores(engine, workspace_id=workspace_id, grouping="source")
    assert (score.rows, score.created, score.errors) == (1000, 1000, 0)


def test_a_plan_counts_its_rows_by_outcome():
    outcomes = ("error", "created", "error", "error", "not_imported")
    plan = encode_plan(RowDecision(row, outcome, "", "x" if row % 2 else "y") for row, outcome in enumerate(outcomes))
    assert [count_planned(plan, outcome) for outcome in ("error", "created", "not_imported", "duplicate")] == [3, 1, 1, 0]
