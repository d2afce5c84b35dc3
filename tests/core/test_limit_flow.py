"""A file that does not fit the contact limit, on a real PostgreSQL: what is parked, comes back, and is imported."""

import csv
import io

import pytest

from core import draft_flow, limit_flow, report_flow, run_flow
from core.drift import drift_of, see_plan
from core.errors import StateConflict
from core.ids import import_id_text
from core.planning import FitChoice
from core.reporting import FAILED_ROWS_EXTRA
from tests.factories import active_emails, make_ready, outcomes, place, put_leads, run, set_limit

FILE = (
    b"Email,Name,City,Tags\n"
    b"a@example.com,Ada,Berlin,\n"  # row 2
    b"held@example.com,Bo,Bonn,\n"
    b"c@example.com,,Bonn,vip\n"
    b"A@example.com,Al,Ulm,\n"
    b"e@example.com,Eve,Berlin,\n"
    b"bad,,,\n"
)
MAPPING = {"Email": "email", "Name": "first_name", "City": "custom:City", "Tags": "tags"}


@pytest.fixture
def ready(engine, workspace_id):
    """Three leads to add (rows 2 and 5 are one of them), and room for two."""
    put_leads(engine, workspace_id, ["held@example.com"])
    set_limit(engine, workspace_id, 3)
    return make_ready(engine, workspace_id, FILE, MAPPING)


def fit(engine, record, **choice):
    here = {"workspace_id": record.workspace_id, "preview": draft_flow.preview(engine, **place(record))}
    places = limit_flow.list_places(engine, **here)
    return limit_flow.fit_rows(engine, **here, places=places, choice=FitChoice(**choice))


def park(engine, record, **choice):
    return limit_flow.park_rows(engine, **place(record), choice=FitChoice(**choice))


@pytest.mark.parametrize(
    ("choice", "parked"),
    [
        ({}, {6}),
        ({"by": "complete"}, {6}),
        ({"by": "tag", "tag": "vip"}, {6}),
        ({"by": "column", "column": "City", "text": "bonn", "only": True}, {2, 5, 6}),
        ({"by": "column", "column": "City", "text": "berlin"}, {4}),
    ],
)
def test_what_fits_goes_in_and_the_rest_is_parked(engine, ready, choice, parked):
    assert fit(engine, ready, **choice).parked_rows == parked, "the list before"
    record = park(engine, ready, **choice)
    assert record.parked_rows == parked
    preview = draft_flow.preview(engine, **place(ready))
    assert preview.quota.fits
    assert {decision.row for decision in preview.plan.decisions if decision.code == "row-parked"} == parked


def test_another_choice_replaces_the_one_before(engine, ready):
    park(engine, ready)
    assert park(engine, ready, by="column", column="Email", text="e@", only=True).parked_rows == {2, 4, 5}


def test_a_corrected_cell_counts_as_corrected(engine, ready):
    draft_flow.correct_cells(engine, **place(ready), corrections={4: {"City": "Berlin"}})
    assert park(engine, ready, by="column", column="City", text="berlin").parked_rows == {6}


def test_rows_left_out_take_no_place(engine, ready):
    draft_flow.skip_rows(engine, **place(ready), rows=[4], skip=True)
    assert park(engine, ready).parked_rows == frozenset()


def test_one_is_taken_back_with_every_row_of_its_email_or_all_are(engine, ready):
    park(engine, ready, by="column", column="City", text="nowhere", only=True)
    assert limit_flow.unpark_rows(engine, **place(ready), row=5).parked_rows == {4, 6}
    assert limit_flow.unpark_rows(engine, **place(ready)).parked_rows == frozenset()
    assert not draft_flow.preview(engine, **place(ready)).quota.fits


def test_parked_rows_are_not_imported_and_the_report_says_why(engine, workspace_id, ready):
    park(engine, ready, by="tag", tag="vip", only=True)
    run_flow.start_import(engine, **place(ready))
    assert run(engine, ready).state == "done"
    assert active_emails(engine, workspace_id) == {"held@example.com", "c@example.com"}
    report = report_flow.load_report(engine, **place(ready))
    assert outcomes(report.decisions) == [
        (2, "not_imported", "row-parked"),
        (3, "duplicate", "duplicate-existing"),
        (4, "created", None),
        (5, "not_imported", "row-parked"),
        (6, "not_imported", "row-parked"),
        (7, "error", "email-invalid"),
    ]
    assert report.record.counts["not_imported"] == 3


@pytest.mark.parametrize("is_over", [False, True])
def test_the_parked_rows_are_a_file_like_that_of_the_failed_ones(engine, ready, is_over):
    """Before the import and after it; the failed rows' file has the errors alone."""
    draft_flow.correct_cells(engine, **place(ready), corrections={2: {"Name": "Ada B."}})
    park(engine, ready, by="tag", tag="vip", only=True)
    if is_over:
        run_flow.start_import(engine, **place(ready))
        run(engine, ready)
        assert [line[-2] for line in read(report_flow.failed_rows_csv(engine, **place(ready)))[1:]] == ["7"]
    header, *lines = read(report_flow.parked_rows_csv(engine, **place(ready)))
    assert header == ["Email", "Name", "City", "Tags", *FAILED_ROWS_EXTRA]
    assert [line[-2] for line in lines] == ["2", "5", "6"]
    assert lines[0][:2] == ["a@example.com", "Ada B."]
    assert {line[-3] for line in lines} == {import_id_text(ready.id)}
    assert {line[-1] for line in lines} == {"The row is parked, because the file does not fit the contact limit."}


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_parked_rows_are_gone_on_with_when_there_is_room(engine, workspace_id, ready):
    """Their file continues the import, whose report is complete then; parked and imported later is no drift."""
    park(engine, ready)
    run_flow.start_import(engine, **place(ready), seen=see_plan(draft_flow.preview(engine, **place(ready))))
    run(engine, ready)
    set_limit(engine, workspace_id, 10)
    content = report_flow.parked_rows_csv(engine, **place(ready))
    later = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="parked.csv", content=content, created_by="local"
    )
    assert later.continues == ready.id
    run_flow.start_import(engine, **place(later))
    assert run(engine, later).counts["created"] == 1
    report = report_flow.load_report(engine, **place(ready))
    assert outcomes(report.decisions)[4] == (6, "created", None)
    assert report.record.counts["not_imported"] == 0
    assert drift_of(report) == []


def test_a_started_import_is_not_planned_any_more(engine, ready):
    park(engine, ready)
    run_flow.start_import(engine, **place(ready))
    for change in (lambda: park(engine, ready), lambda: limit_flow.unpark_rows(engine, **place(ready))):
        with pytest.raises(StateConflict):
            change()
