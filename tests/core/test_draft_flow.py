"""The wizard up to the Import button: contract.md section 5, "Nothing is written before the Import button"."""

import pytest
from sqlalchemy import update

from core import draft_flow, report_flow, rows_flow, run_flow
from core.errors import FileRefused, MappingIncomplete, NotFound, StateConflict
from core.ids import new_id
from core.mapping import header_signature
from core.records import ColumnMapping, ImportOptions
from db import imports, presets, tables
from tests.factories import (
    brief,
    emails_csv,
    import_file,
    left_out,
    make_ready,
    make_workspace,
    outcomes,
    place,
    put_campaign,
    put_leads,
    run,
    set_limit,
    snapshot,
)

FILE = b"Email,Name,Company\na@example.com,Ada,Kite\nbad,Bo,Acme\nA@example.com,Al,\n"
MAPPING = {"Email": "email", "Name": "first_name", "Company": "company"}


@pytest.fixture
def draft(engine, workspace_id):
    return draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="leads.csv", content=FILE, created_by="ada"
    )


@pytest.fixture
def ready(engine, workspace_id):
    return make_ready(engine, workspace_id, FILE, MAPPING)


# --- the draft -------------------------------------------------------------------------------------------------------------


def test_an_upload_becomes_a_draft_that_counts_every_row_as_not_imported(engine, draft):
    assert (draft.state, draft.door, draft.created_by, draft.file_name) == ("draft", "wizard", "ada", "leads.csv")
    assert (draft.row_count, draft.part_count, draft.parts_done) == (3, 1, 0)
    assert draft.counts == {"created": 0, "restored": 0, "duplicate": 0, "error": 0, "not_imported": 3}
    assert (draft.file_size, len(draft.file_sha256)) == (len(FILE), 64)
    assert report_flow.get_import(engine, **place(draft)) == draft


def test_a_draft_survives_the_process(engine, draft):
    """design.md section 2: a reload, a dropped connection or a restart loses nothing."""
    rows_flow._cache.clear()
    table = draft_flow.load_table(engine, **place(draft))
    assert table.columns == ("Email", "Name", "Company")
    assert table.row_numbers == (2, 3, 4)
    assert table.rows[0] == ("a@example.com", "Ada", "Kite")


def test_a_file_that_cannot_be_read_leaves_nothing_behind(engine, workspace_id):
    before = snapshot(engine, workspace_id)
    with pytest.raises(FileRefused) as caught:
        draft_flow.create_draft(engine, workspace_id=workspace_id, file_name="x.csv", content=b"", created_by="ada")
    assert caught.value.issue.code == "file-empty"
    assert snapshot(engine, workspace_id) == before


@pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "\x01", "'\"\\{}%s", "x" * 3000])
def test_odd_names_of_file_and_columns_are_no_fault(engine, workspace_id, odd):
    content = f"Email,{odd.replace(chr(34), '')}\na@example.com,x\n".encode(errors="replace")
    record = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name=f"{odd}.csv", content=content, created_by="ada"
    )
    column = draft_flow.load_table(engine, **place(record)).columns[1]
    mapping = ColumnMapping({"Email": "email", column: "first_name"})
    assert draft_flow.save_mapping(engine, **place(record), mapping=mapping).state == "ready"
    assert draft_flow.preview(engine, **place(record)).plan.counts == {"created": 1}


def test_another_workspace_does_not_find_the_draft(engine, draft):
    other = {"workspace_id": make_workspace(engine), "import_id": draft.id}
    for ask in (draft_flow.load_table, draft_flow.propose, draft_flow.preview, report_flow.get_import):
        with pytest.raises(NotFound):
            ask(engine, **other)
    with pytest.raises(NotFound):
        draft_flow.skip_rows(engine, **other, rows=[2], skip=True)
    with pytest.raises(NotFound):
        run_flow.start_import(engine, **other)
    with pytest.raises(NotFound):
        draft_flow.load_table(engine, workspace_id=draft.workspace_id, import_id=new_id())


# --- the mapping -----------------------------------------------------------------------------------------------------------


def test_a_mapping_with_an_email_makes_the_draft_ready(engine, draft):
    record = draft_flow.save_mapping(engine, **place(draft), mapping=ColumnMapping(dict(MAPPING)))
    assert record.state == "ready"
    assert record.mapping == ColumnMapping(dict(MAPPING))


def test_without_an_email_it_stays_a_draft_that_can_be_neither_tried_nor_started(engine, draft):
    with pytest.raises(MappingIncomplete):
        draft_flow.preview(engine, **place(draft))
    record = draft_flow.save_mapping(engine, **place(draft), mapping=ColumnMapping({"Name": "first_name"}))
    assert record.state == "draft"
    with pytest.raises(StateConflict):
        run_flow.start_import(engine, **place(draft))


def test_a_ready_import_whose_mapping_loses_the_email_is_a_draft_again(engine, ready):
    record = draft_flow.save_mapping(engine, **place(ready), mapping=ColumnMapping({"Name": "first_name"}))
    assert record.state == "draft"


def suggested(engine, workspace_id, content):
    record = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="next.csv", content=content, created_by="ada"
    )
    return draft_flow.propose(engine, **place(record)).mapping.targets


def test_a_mapping_is_remembered_for_the_same_headers(engine, workspace_id):
    """design.md section 4, step 2: remembered by header signature and applied next time."""
    chosen = {"Email": "email", "Name": "custom:Nickname", "Company": None}
    make_ready(engine, workspace_id, FILE, chosen)
    assert suggested(engine, workspace_id, b"Email,Name,Company\nx@example.com,X,Y\n") == chosen


def test_a_mapping_is_remembered_whatever_the_order_case_and_spacing_of_the_headers(engine, workspace_id):
    make_ready(engine, workspace_id, FILE, {"Email": "email", "Name": "custom:Nickname", "Company": None})
    found = suggested(engine, workspace_id, b" COMPANY ,email,Name\nY,x@example.com,X\n")
    assert {column.strip(): target for column, target in found.items()} == {
        "COMPANY": None, "email": "email", "Name": "custom:Nickname",
    }  # fmt: skip


def test_the_newest_mapping_is_the_one_remembered(engine, workspace_id):
    make_ready(engine, workspace_id, FILE, {"Email": "email", "Name": "title"})
    make_ready(engine, workspace_id, FILE, {"Email": "email", "Name": "last_name"})
    assert suggested(engine, workspace_id, FILE)["Name"] == "last_name"


def test_other_headers_and_other_workspaces_do_not_share_a_mapping(engine, workspace_id):
    make_ready(engine, workspace_id, FILE, {"Email": "email", "Name": "custom:Nickname"})
    assert suggested(engine, workspace_id, b"Email,Name\nx@example.com,X\n")["Name"] != "custom:Nickname"
    assert suggested(engine, make_workspace(engine), FILE)["Name"] != "custom:Nickname"


def test_constants_and_value_maps_are_remembered_with_the_columns(engine, workspace_id):
    mapping = ColumnMapping(
        {"Email": "email", "State": "status"}, {"source": "fair"}, {"status": {"gone": "unsubscribed", "?": ""}}
    )
    content = b"Email,State\na@example.com,GONE\nb@example.com,?\nc@example.com,Opted out\n"
    record = draft_flow.create_draft(engine, workspace_id=workspace_id, file_name="a.csv", content=content, created_by="ada")
    draft_flow.save_mapping(engine, **place(record), mapping=mapping)
    again = draft_flow.create_draft(engine, workspace_id=workspace_id, file_name="b.csv", content=content, created_by="ada")
    proposal = draft_flow.propose(engine, **place(again))
    assert proposal.name == "a.csv"
    assert proposal.mapping == proposal.remembered
    assert proposal.mapping.constants == {"source": "fair"}
    # A value that is new in this file gets the meaning that we know for it.
    assert proposal.mapping.values == {"status": {"gone": "unsubscribed", "?": "", "opted out": "unsubscribed"}}
    draft_flow.save_mapping(engine, **place(again), mapping=proposal.mapping)
    leads = [row.lead for row in draft_flow.load_checked_rows(engine, **place(again))]
    assert [(lead.source, lead.status) for lead in leads] == [("fair", "unsubscribed"), ("fair", None), ("fair", "unsubscribed")]


def test_trying_a_mapping_out_does_not_replace_the_remembered_one(engine, workspace_id):
    make_ready(engine, workspace_id, FILE, {"Email": "email", "Name": "last_name"})
    record = draft_flow.create_draft(engine, workspace_id=workspace_id, file_name="b.csv", content=FILE, created_by="ada")
    tried = ColumnMapping({"Email": "email", "Name": "title"})
    assert draft_flow.save_mapping(engine, **place(record), mapping=tried, remember=False).mapping == tried
    assert suggested(engine, workspace_id, FILE)["Name"] == "last_name"


def test_a_mapping_stored_by_an_earlier_release_still_loads(engine, workspace_id, draft):
    stored = {"targets": [["Email", "email"]], "constants": {"source": "fair"}}
    with engine.begin() as conn:
        imports.update_import(conn, workspace_id=workspace_id, import_id=draft.id, states=("draft",), values={"mapping": stored})
        signature = header_signature(["Email", "Name", "Company"])
        presets.put_preset(conn, workspace_id=workspace_id, header_signature=signature, name="old", mapping=stored)
    assert report_flow.get_import(engine, **place(draft)).mapping == ColumnMapping({"Email": "email"}, {"source": "fair"})
    assert draft_flow.propose(engine, **place(draft)).mapping.constants == {"source": "fair"}


# --- the dry run -------------------------------------------------------------------------------------------------------------


def test_the_dry_run_says_what_would_happen_to_every_row(engine, workspace_id, ready):
    """contract.md section 5: every figure is a dry run that says, row by row, what would happen."""
    preview = draft_flow.preview(engine, **place(ready))
    assert outcomes(preview.plan.decisions) == [
        (2, "created", None),
        (3, "error", "email-invalid"),
        (4, "duplicate", "duplicate-in-file"),
    ]
    assert preview.plan.decisions[2].first_row == 2
    assert brief(preview.plan.decisions[1].issues) == [(3, "Email", "email-invalid")]
    assert (preview.quota.limit, preview.quota.active, preview.quota.added) == (10_000, 0, 1)


def test_nothing_is_written_before_the_import_button(engine, workspace_id):
    """contract.md section 5."""
    put_leads(engine, workspace_id, ["held@example.com"])
    put_leads(engine, workspace_id, ["a@example.com"], deleted=True)
    put_campaign(engine, workspace_id, ["a@example.com"])
    drafts = ("imports", "import_parts", "mapping_presets")
    before = snapshot(engine, workspace_id, without=drafts)
    record = make_ready(engine, workspace_id, FILE, MAPPING)
    draft_flow.propose(engine, **place(record))
    draft_flow.correct_cells(engine, **place(record), corrections={3: {"Email": "b@example.com"}})
    draft_flow.skip_rows(engine, **place(record), rows=[4], skip=True)
    assert draft_flow.preview(engine, **place(record)).plan.added == 2
    assert snapshot(engine, workspace_id, without=drafts) == before


def test_the_dry_run_says_how_much_of_the_contact_limit_would_be_used(engine, workspace_id, ready):
    set_limit(engine, workspace_id, 0)
    quota = draft_flow.preview(engine, **place(ready)).quota
    assert (quota.limit, quota.active, quota.added, quota.fits) == (0, 0, 1, False)


def test_the_option_to_restore_changes_the_dry_run_and_the_run(engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com"], deleted=True)
    content = emails_csv(["a@example.com"])
    record = make_ready(engine, workspace_id, content, options=ImportOptions(restore_soft_deleted=False))
    assert draft_flow.preview(engine, **place(record)).plan.decisions[0].code == "duplicate-deleted"
    draft_flow.save_options(engine, **place(record), options=ImportOptions(restore_soft_deleted=True))
    assert draft_flow.preview(engine, **place(record)).plan.counts == {"restored": 1}
    report = import_file(engine, workspace_id, content, options=ImportOptions(restore_soft_deleted=False))
    assert outcomes(report.decisions) == [(2, "duplicate", "duplicate-deleted")]


def test_the_default_source_of_the_options_is_written(engine, workspace_id):
    report = import_file(
        engine, workspace_id, emails_csv(["a@example.com"]), options=ImportOptions(default_source="trade fair")
    )
    assert report.record.options.default_source == "trade fair"
    report = import_file(
        engine, workspace_id, b"Email,Source\nb@example.com,\nc@example.com,web\n", mapping={"Email": "email", "Source": "source"}
    )
    assert report.record.counts["created"] == 2


# --- corrections -------------------------------------------------------------------------------------------------------------


def test_a_corrected_cell_is_judged_again(engine, ready):
    record = draft_flow.correct_cells(engine, **place(ready), corrections={3: {"Email": "b@example.com"}})
    assert record.corrections == {3: {"Email": "b@example.com"}}
    assert outcomes(draft_flow.preview(engine, **place(ready)).plan.decisions)[1] == (3, "created", None)


def test_corrections_add_up_and_can_be_taken_back(engine, ready):
    draft_flow.correct_cells(engine, **place(ready), corrections={3: {"Email": "b@example.com", "Name": "Bea"}})
    draft_flow.correct_cells(engine, **place(ready), corrections={2: {"Company": "Kites"}, 3: {"Name": None}})
    record = report_flow.get_import(engine, **place(ready))
    assert record.corrections == {2: {"Company": "Kites"}, 3: {"Email": "b@example.com"}}
    record = draft_flow.correct_cells(engine, **place(ready), corrections={3: {"Email": None}, 2: {"Company": None}})
    assert record.corrections == {}
    assert draft_flow.preview(engine, **place(ready)).plan.counts["error"] == 1


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_a_correction_that_cannot_be_stored_is_no_fault(engine, ready, text):
    """Typed or pasted text may hold anything; jsonb cannot."""
    record = draft_flow.correct_cells(engine, **place(ready), corrections={2: {"Name": text}})
    assert "\ufffd" in record.corrections[2]["Name"]


def test_rows_can_be_left_out_and_taken_in_again(engine, ready):
    record = draft_flow.skip_rows(engine, **place(ready), rows=[2, 3], skip=True)
    assert record.skipped_rows == {2, 3}
    assert outcomes(draft_flow.preview(engine, **place(ready)).plan.decisions) == [
        (2, "not_imported", "row-skipped"),
        (3, "not_imported", "row-skipped"),
        (4, "created", None),
    ]
    record = draft_flow.skip_rows(engine, **place(ready), rows=[2], skip=False)
    assert record.skipped_rows == {3}
    assert draft_flow.preview(engine, **place(ready)).plan.decisions[2].code == "duplicate-in-file"


def test_corrections_and_left_out_rows_do_not_lose_each_other(engine, ready):
    draft_flow.correct_cells(engine, **place(ready), corrections={3: {"Email": "b@example.com"}})
    draft_flow.skip_rows(engine, **place(ready), rows=[2], skip=True)
    record = draft_flow.correct_cells(engine, **place(ready), corrections={4: {"Name": "Alma"}})
    assert record.skipped_rows == {2}
    assert set(record.corrections) == {3, 4}


def test_everything_that_the_review_chose_is_kept_beside_the_rest(engine, ready):
    draft_flow.correct_cells(engine, **place(ready), corrections={3: {"Email": "b@example.com"}})
    draft_flow.set_parked_rows(engine, **place(ready), rows=[3, 4])
    draft_flow.confirm_restores(engine, **place(ready), emails=["a@example.com", "b@example.com"], confirm=True)
    draft_flow.fill_leads(engine, **place(ready), emails=["c@example.com"], fill=True)
    draft_flow.skip_rows(engine, **place(ready), rows=[4], skip=True)
    record = draft_flow.confirm_restores(engine, **place(ready), emails=["b@example.com"], confirm=False)
    assert record.corrections == {3: {"Email": "b@example.com"}}
    assert (record.parked_rows, record.skipped_rows) == ({3, 4}, {4})
    assert (record.confirmed, record.filled) == ({"a@example.com"}, {"c@example.com"})
    assert record.choices.left_out == {3: "row-parked", 4: "row-skipped"}
    assert draft_flow.set_parked_rows(engine, **place(ready), rows=[]).parked_rows == set()
    assert draft_flow.fill_leads(engine, **place(ready), emails=["c@example.com"], fill=False).filled == set()


def test_the_wizard_asks_before_a_lead_that_left_comes_back(ready):
    assert (ready.options.restore_unsubscribed, ready.options.fill_blanks) == (False, False)


def test_options_and_choices_of_an_older_record_can_be_read(engine, workspace_id, ready):
    """Records of earlier versions lack what came later."""
    with engine.begin() as conn:
        conn.execute(
            update(tables.imports)
            .where(tables.imports.c.workspace_id == workspace_id, tables.imports.c.id == ready.id)
            .values(options={"restore_soft_deleted": False}, corrections={"skipped": [2]})
        )
    record = report_flow.get_import(engine, **place(ready))
    assert record.options == ImportOptions(restore_soft_deleted=False)
    assert record.choices == left_out(2)


# --- reading the file in another way ------------------------------------------------------------------------------------------


def test_reading_in_another_way_changes_the_rows_and_drops_the_corrections(engine, ready):
    draft_flow.correct_cells(engine, **place(ready), corrections={3: {"Email": "b@example.com"}})
    record = draft_flow.change_reading(engine, **place(ready), options={"header_row": 0})
    assert (record.row_count, record.counts["not_imported"], record.corrections) == (4, 4, {})
    assert (record.state, record.mapping) == ("draft", None), "the columns have other names now"
    assert draft_flow.load_table(engine, **place(ready)).row_numbers == (1, 2, 3, 4)


def test_a_mapping_that_still_fits_stays(engine, ready):
    record = draft_flow.change_reading(engine, **place(ready), options={"encoding": "cp1252"})
    assert record.state == "ready"
    assert record.mapping == ready.mapping


def test_a_way_of_reading_that_fails_changes_nothing(engine, ready):
    with pytest.raises(FileRefused):
        draft_flow.change_reading(engine, **place(ready), options={"header_row": 99})
    assert report_flow.get_import(engine, **place(ready)) == ready


# --- after the button -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("finished", [False, True])
def test_a_started_import_cannot_be_changed_any_more(engine, ready, finished):
    run_flow.start_import(engine, **place(ready))
    if finished:
        run(engine, ready)
    before = report_flow.get_import(engine, **place(ready))
    for change in (
        lambda: draft_flow.save_mapping(engine, **place(ready), mapping=ColumnMapping({"Name": "email"})),
        lambda: draft_flow.save_options(engine, **place(ready), options=ImportOptions(False)),
        lambda: draft_flow.correct_cells(engine, **place(ready), corrections={2: {"Email": "x@example.com"}}),
        lambda: draft_flow.skip_rows(engine, **place(ready), rows=[2], skip=True),
        lambda: draft_flow.set_parked_rows(engine, **place(ready), rows=[2]),
        lambda: draft_flow.confirm_restores(engine, **place(ready), emails=["a@example.com"], confirm=True),
        lambda: draft_flow.fill_leads(engine, **place(ready), emails=["a@example.com"], fill=True),
        lambda: draft_flow.change_reading(engine, **place(ready), options={"header_row": 0}),
    ):
        with pytest.raises(StateConflict):
            change()
    assert report_flow.get_import(engine, **place(ready)) == before


@pytest.mark.parametrize(("rows", "parts"), [(1, 1), (1000, 1), (1001, 2), (2000, 2), (2001, 3)])
def test_a_file_takes_parts_of_at_most_a_thousand_rows(rows, parts):
    """contract.md section 5."""
    assert draft_flow.part_count(rows) == parts
