"""What holds for any input: balanced books, a second import that creates nothing, a dry run that predicts the run.

Each example gets a workspace of its own in a real PostgreSQL, and afterwards its counters must agree with the truth.
"""

import math

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core import draft_flow, report_flow, run_flow
from core.fields import TEXT_FIELDS
from core.records import OUTCOMES, ImportOptions
from core.safe_csv import write_csv
from db import check
from tests.conftest import count_leads
from tests.factories import (
    active_emails,
    emails_csv,
    make_ready,
    make_workspace,
    outcomes,
    put_campaign,
    put_leads,
    read_leads,
    run,
    set_limit,
    snapshot,
    soft_delete,
    write_drafts,
)

on_postgres = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],  # shrinking on a database takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)

#: Few people, so that rows meet each other and what the workspace holds.
PEOPLE = [f"p{i}@example.com" for i in range(6)]
emails = st.sampled_from([*PEOPLE, *(f"  {email.upper()} " for email in PEOPLE), "", "bad", "ä@bücher.de"])
texts = st.none() | st.text(st.characters(), max_size=6)
statuses = st.sampled_from([None, "", "Active", "bounced", "unsubscribed", "asleep"])
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(-1e9, 1e9)
    | st.just(math.nan)
    | st.text(st.characters(), max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)
drafts = st.lists(
    st.fixed_dictionaries(
        {"email": emails},
        optional={
            **{field.key: texts for field in TEXT_FIELDS},
            "status": statuses,
            "tags": st.lists(st.text(st.characters(), max_size=4), max_size=3),
            "custom_fields": st.dictionaries(st.text(st.characters(), max_size=4), json_values, max_size=3),
        },
    ),
    max_size=12,
)
#: What the workspace holds before: some active, some soft-deleted, some of them in a campaign.
held = st.lists(st.tuples(st.sampled_from(PEOPLE), st.booleans(), st.booleans()), unique_by=lambda lead: lead[0], max_size=5)
options = st.builds(
    ImportOptions, restore_soft_deleted=st.booleans(), restore_unsubscribed=st.booleans(), fill_blanks=st.booleans()
)


def fill(engine, leads):
    """A workspace that holds these leads: (email, is deleted, is in the campaign). Those in the campaign unsubscribed."""
    workspace = make_workspace(engine)
    for is_deleted in (False, True):
        chosen = [
            {"email": email, "tags": ["old"], "company": "", "status": "unsubscribed" if is_member else "active"}
            for email, deleted, is_member in leads
            if deleted == is_deleted
        ]
        put_leads(engine, workspace, chosen, deleted=is_deleted)
    put_campaign(engine, workspace, [email for email, _, is_member in leads if is_member])
    return workspace


def assert_in_order(engine, workspace):
    with engine.connect() as conn:
        assert [fault for fault in check.find_faults(conn) if workspace in fault] == []


@given(held, drafts, options)
@on_postgres
def test_the_books_balance_for_any_rows(engine, leads, rows, options):
    """contract.md section 3: `created + restored + duplicates + errors` always equals the number of rows sent."""
    workspace = fill(engine, leads)
    active, deleted = count_leads(engine, workspace)
    plan = write_drafts(engine, workspace, rows, options=options)
    assert plan.counts.total() == len(rows) == len(plan.decisions)
    assert count_leads(engine, workspace) == (active + plan.added, deleted - plan.counts["restored"])
    assert_in_order(engine, workspace)


@given(held, drafts, options)
@on_postgres
def test_importing_the_same_rows_twice_creates_nothing_the_second_time(engine, leads, rows, options):
    workspace = fill(engine, leads)
    first = write_drafts(engine, workspace, rows, options=options)
    before = snapshot(engine, workspace)
    second = write_drafts(engine, workspace, rows, options=options)
    assert second.added == 0
    assert second.counts["error"] == first.counts["error"]
    assert snapshot(engine, workspace) == before


@given(held, drafts)
@on_postgres
def test_what_is_stored_is_what_was_planned(engine, leads, rows):
    workspace = fill(engine, leads)
    plan = write_drafts(engine, workspace, rows)
    stored = read_leads(engine, workspace)
    for decision in plan.decisions:
        if decision.outcome in ("created", "restored"):
            planned = decision.lead._asdict()
            planned |= {"status": planned["status"] or "active", "tags": [*planned["tags"]]}
            row = stored[decision.lead.email]
            assert {key: row[key] for key in planned} == planned
            assert (row["id"].hex, row["deleted_at"]) == (decision.lead_id, None)


@given(held, drafts)
@on_postgres
def test_restoring_again_with_the_same_rows_changes_nothing_more(engine, leads, rows):
    """Merging twice equals merging once."""
    workspace = fill(engine, [(email, True, is_member) for email, _, is_member in leads])
    write_drafts(engine, workspace, rows)
    once = read_leads(engine, workspace)
    soft_delete(engine, workspace, active_emails(engine, workspace))
    write_drafts(engine, workspace, rows)
    twice = read_leads(engine, workspace)
    kept = [name for name in next(iter(once.values()), {}) if name not in ("updated_at", "deleted_at")]
    assert {email: [lead[name] for name in kept] for email, lead in once.items()} == {
        email: [lead[name] for name in kept] for email, lead in twice.items()
    }
    assert_in_order(engine, workspace)


COLUMNS = {"Email": "email", "Name": "first_name", "Status": "status", "Tags": "tags", "More": "custom:More"}
cells = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=5)
files = st.lists(st.tuples(emails, cells, statuses.map(lambda text: text or ""), cells, cells), min_size=1, max_size=12)


@given(held, files, options, st.data())
@on_postgres
def test_a_dry_run_predicts_the_run(engine, leads, rows, options, data):
    """Exactly, when nothing else writes: through corrections, rows left out, and a limit that may be too low."""
    workspace = fill(engine, leads)
    content = write_csv(list(COLUMNS), [("x@example.com", "", "", "", ""), *rows])
    record = make_ready(engine, workspace, content, COLUMNS, options=options)
    place = {"workspace_id": workspace, "import_id": record.id}
    numbers = draft_flow.load_table(engine, **place).row_numbers
    chosen = st.sampled_from(numbers)
    draft_flow.skip_rows(engine, **place, rows=data.draw(st.sets(chosen, max_size=3)), skip=True)
    corrections = data.draw(st.dictionaries(chosen, st.sampled_from([{"Email": PEOPLE[0]}, {"Status": ""}]), max_size=3))
    draft_flow.correct_cells(engine, **place, corrections=corrections)
    draft_flow.set_parked_rows(engine, **place, rows=data.draw(st.sets(chosen, max_size=3)))
    people = st.sets(st.sampled_from(PEOPLE), max_size=2)
    draft_flow.confirm_restores(engine, **place, emails=data.draw(people), confirm=True)
    draft_flow.fill_leads(engine, **place, emails=data.draw(people), fill=True)
    set_limit(engine, workspace, data.draw(st.sampled_from([10_000, 3, 0])))
    preview = draft_flow.preview(engine, **place)
    run_flow.start_import(engine, **place)
    finished = run(engine, record)
    decisions = report_flow.load_report(engine, **place).decisions
    assert tuple(decision.row for decision in decisions) == numbers
    assert sum(finished.counts.values()) == len(numbers)
    if preview.quota.fits:
        assert finished.state == "done"
        assert outcomes(decisions) == outcomes(preview.plan.decisions)
        assert finished.counts == {outcome: preview.plan.counts[outcome] for outcome in OUTCOMES}
        assert count_leads(engine, workspace)[0] == preview.quota.active + preview.quota.added
    else:
        assert (finished.state, finished.failure.code) == ("failed", "quota-exceeded")
        assert finished.counts["not_imported"] == len(numbers)
    assert_in_order(engine, workspace)


@pytest.fixture(scope="module")
def set_part_size():
    """Sets the number of rows in a part; a thousand again after the module."""
    with pytest.MonkeyPatch.context() as patch:

        def set_to(rows):
            for module in (draft_flow, run_flow):
                patch.setattr(module, "MAX_PART_ROWS", rows)

        yield set_to


@given(st.lists(st.sampled_from(PEOPLE) | st.just("bad"), min_size=1, max_size=9), st.integers(1, 4))
@on_postgres
def test_a_file_in_parts_has_the_outcome_of_the_file_as_one(engine, set_part_size, found, size):
    whole, parted = make_workspace(engine), make_workspace(engine)
    one = run_in_parts(engine, whole, found, 1000, set_part_size)
    many = run_in_parts(engine, parted, found, size, set_part_size)
    assert outcomes(one) == outcomes(many)
    assert [decision.first_row for decision in one] == [decision.first_row for decision in many]
    assert_in_order(engine, parted)


def run_in_parts(engine, workspace, found, size, set_part_size):
    set_part_size(size)
    record = make_ready(engine, workspace, emails_csv(found), {"Email": "email"})
    place = {"workspace_id": workspace, "import_id": record.id}
    run_flow.start_import(engine, **place, in_parts=True)
    finished = run(engine, record)
    assert (finished.state, finished.parts_done) == ("done", -(-len(found) // size))
    return report_flow.load_report(engine, **place).decisions
