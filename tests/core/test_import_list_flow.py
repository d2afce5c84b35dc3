"""The list of imports: one after the other however many, found by what people know of them; drafts go, mappings stay."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core import audit_flow, draft_flow, import_list_flow, report_flow, run_flow
from core.errors import NotFound, StateConflict
from core.ids import import_id_text
from core.import_list_flow import ImportFilter
from core.records import ImportOptions
from db import imports
from tests.factories import emails_csv, import_file, make_ready, make_workspace, place, record_statements, run


def listed(engine, workspace_id, **wanted):
    return [
        record.id
        for record in import_list_flow.list_imports(
            engine, workspace_id=workspace_id, wanted=ImportFilter(**wanted)
        ).records
    ]


def test_imports_are_listed_newest_first_from_slice_to_slice(engine, workspace_id):
    ids = [make_ready(engine, workspace_id, emails_csv([f"p{i}@example.com"])).id for i in range(5)]
    found, after = [], None
    for size in (2, 2, 1):
        part = import_list_flow.list_imports(engine, workspace_id=workspace_id, after=after, limit=2)
        assert len(part.records) == size
        found += [record.id for record in part.records]
        after = part.older
    assert (found, after) == (sorted(ids, reverse=True), None)


def test_a_list_carries_no_review(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["bad"]))
    draft_flow.correct_cells(engine, **place(record), corrections={2: {"Email": "a@example.com"}})
    [entry] = import_list_flow.list_imports(engine, workspace_id=workspace_id).records
    assert (entry.id, entry.corrections, entry.plan, entry.mapping) == (record.id, {}, None, record.mapping)


def test_days_are_both_inclusive_and_in_utc(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    today = record.created_at.astimezone(UTC).date()
    assert listed(engine, workspace_id, since=today, until=today) == [record.id]
    assert listed(engine, workspace_id, since=today + timedelta(days=1)) == []
    assert listed(engine, workspace_id, until=today - timedelta(days=1)) == []
    assert listed(engine, workspace_id, until=date.max) == [record.id]


def test_the_last_moment_of_a_day_belongs_to_it(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    late = datetime(2026, 3, 1, 23, 59, 59, 999_999, tzinfo=UTC)
    with engine.begin() as conn:
        imports.update_import(conn, **place(record), states=["ready"], values={"created_at": late})
    assert listed(engine, workspace_id, since=date(2026, 3, 1), until=date(2026, 3, 1)) == [record.id]
    assert listed(engine, workspace_id, since=date(2026, 3, 2)) == []


def test_people_are_those_of_the_imports(engine, workspace_id):
    for name in ("bo", "Ada", "bo"):
        draft_flow.create_draft(
            engine, workspace_id=workspace_id, file_name="a.csv", content=emails_csv(["a@example.com"]), created_by=name
        )
    assert import_list_flow.list_people(engine, workspace_id=workspace_id) == ["Ada", "bo"]


def test_the_import_that_a_file_continues_is_named(engine, workspace_id):
    first = import_file(engine, workspace_id, emails_csv(["bad"]), file_name="first.csv").record
    content = report_flow.failed_rows_csv(engine, **place(first))
    draft_flow.create_draft(engine, workspace_id=workspace_id, file_name="fixed.csv", content=content, created_by="local")
    assert import_list_flow.list_imports(engine, workspace_id=workspace_id).first_names == {first.id: "first.csv"}


def test_another_workspace_sees_nothing_of_it(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    other = make_workspace(engine)
    assert listed(engine, other) == []
    assert listed(engine, other, search=import_id_text(record.id)) == []
    assert import_list_flow.list_people(engine, workspace_id=other) == []
    with pytest.raises(NotFound):
        import_list_flow.delete_draft(engine, workspace_id=other, import_id=record.id)


# --- drafts ------------------------------------------------------------------------------------------------------------


def test_a_draft_is_deleted_with_its_file_and_told_in_the_audit_log(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    import_list_flow.delete_draft(engine, **place(record))
    assert listed(engine, workspace_id) == []
    with engine.connect() as conn:
        assert imports.get_file(conn, **place(record)) is None
    [entry] = audit_flow.list_entries(engine, workspace_id=workspace_id, group="imports")
    assert (entry.action, entry.subject, entry.details["import_id"]) == ("draft-deleted", "leads.csv", import_id_text(record.id))
    with pytest.raises(NotFound):
        import_list_flow.delete_draft(engine, **place(record))


def test_what_was_started_is_not_deleted(engine, workspace_id):
    record = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    run_flow.start_import(engine, **place(record))
    for _ in ("running", "done"):
        with pytest.raises(StateConflict, match="Only drafts"):
            import_list_flow.delete_draft(engine, **place(record))
        run(engine, record)


# --- a mapping used again ------------------------------------------------------------------------------------------------


def test_a_new_file_is_mapped_like_another_one(engine, workspace_id):
    model = make_ready(
        engine, workspace_id, b"Mail,Who,Note\na@example.com,Ann,x\n",
        {"Mail": "email", "Who": "custom:Contact", "Note": None}, options=ImportOptions(default_source="fair"),
    )  # fmt: skip
    draft = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="b.csv", created_by="local",
        content=b"note,MAIL,Company,Who\nx,b@example.com,Kite,Bob\n",
    )  # fmt: skip
    mapped = import_list_flow.map_like(engine, **place(draft), like=model.id)
    assert mapped.mapping.targets == {"note": None, "MAIL": "email", "Company": "company", "Who": "custom:Contact"}
    assert (mapped.state, mapped.options.default_source) == ("ready", "fair")


def test_a_file_without_the_columns_still_asks_for_its_mapping(engine, workspace_id):
    model = make_ready(engine, workspace_id, b"Mail\na@example.com\n", {"Mail": "email"})
    draft = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="b.csv", content=b"Company\nKite\n", created_by="local"
    )
    mapped = import_list_flow.map_like(engine, **place(draft), like=model.id)
    assert (mapped.state, mapped.mapping.targets) == ("draft", {"Company": "company"})


def test_a_model_without_a_mapping_changes_nothing(engine, workspace_id):
    model, draft = (
        draft_flow.create_draft(
            engine,
            workspace_id=workspace_id,
            file_name="b.csv",
            content=emails_csv(["a@example.com"]),
            created_by="local",
        )
        for _ in range(2)
    )
    assert import_list_flow.map_like(engine, **place(draft), like=model.id) == draft


def test_a_slice_takes_few_statements(engine, workspace_id, tmp_path):
    for i in range(3):
        make_ready(engine, workspace_id, emails_csv([f"p{i}@example.com"]))
    with record_statements(engine, str(tmp_path / "trace")) as statements:
        import_list_flow.list_imports(engine, workspace_id=workspace_id)
    assert len([one for one in statements if "BEGIN" not in one and "ROLLBACK" not in one]) == 1
