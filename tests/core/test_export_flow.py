"""The export of leads: what is in the file, and that an import reads it back as it was, whatever the values."""

import csv
import io
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from core import audit_flow, browse_flow, draft_flow, export_flow, lead_flow, report_flow, run_flow
from core.access import LOCAL, Actor, acting_as
from core.cleaning import AROUND, clean_text
from core.error_values import ERROR_VALUES
from core.errors import Forbidden, NotFound
from core.fields import STATUSES, TEXT_FIELDS
from core.ids import lead_id_text, new_hex_ids, new_id
from core.listing import LeadFilter
from core.records import ImportRecord, LeadDraft
from db import lead_lists
from tests.factories import (
    import_file,
    make_workspace,
    put_campaign,
    put_leads,
    read_leads,
    record_statements,
    write_drafts,
)

PLACE_COLUMNS = ("workspace_id", "id", "created_at", "updated_at")


def export(engine: Engine, workspace_id: str, **where: Any) -> bytes:
    return b"".join(export_flow.export_leads(engine, workspace_id=workspace_id, where=LeadFilter(**where)))


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def bring_back(engine: Engine, workspace_id: str, content: bytes, *, unsubscribed: bool = False) -> ImportRecord:
    """The file through the wizard, by somebody who only presses the buttons: nothing is chosen, but that leads who had
    unsubscribed come back too, if wanted.
    """
    record = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name="leads.csv", content=content, created_by="local"
    )
    place = {"workspace_id": workspace_id, "import_id": record.id}
    proposal = draft_flow.propose(engine, **place)
    assert [one.column for one in proposal.suggestions if one.target and one.confidence < 0.95] == []
    draft_flow.save_mapping(engine, **place, mapping=proposal.mapping)
    draft_flow.save_options(engine, **place, options=replace(record.options, restore_unsubscribed=unsubscribed))
    run_flow.start_import(engine, **place, in_parts=True)
    run_flow.run_import(engine, **place)
    return report_flow.get_import(engine, **place)


def contents(engine: Engine, workspace_id: str) -> dict[str, dict[str, Any]]:
    """Every lead by its email, without what a new place gives it."""
    return {
        email: {name: value for name, value in lead.items() if name not in PLACE_COLUMNS}
        for email, lead in read_leads(engine, workspace_id).items()
    }


# --- there and back -------------------------------------------------------------------------------------------------

nasty = st.sampled_from(
    [
        "=1+1", "+49 30 1", "-1", "@x", "'=1", "''+1", "'", "\"", "\"\"", "a,b", "a;b", "a|b", "a\tb", "line\nbreak", "a\r\nb", "a\rb",
        "007", "1e5", "1.5E+10", "TRUE", "NULL", "n/a", "  ", "a  b", "ａ", "İ", "\u2028x", "x\u0085y", "🦄", "e\u0301",
        "#", "# Email", "Email", "[1]", "[\"a\"]", "{}", "https://A.example.com/?utm_source=x", "sep=,", *sorted(ERROR_VALUES)[:6],
        "<b>x</b>", "[x](http://192.0.2.1)", "someone@example.com", "MÜLLER", "\\", "\\N", "\ufeffx", "a\u200bb",
    ]
)  # fmt: skip
#: Without control characters: a file with more than a hundredth of them is refused, because it looks like a program.
texts = nasty | st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\t\r\n\x85"), max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(-1e9, 1e9) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=3,
)
people = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            **{field.key: texts for field in TEXT_FIELDS},
            "status": st.sampled_from(STATUSES),
            "tags": st.lists(texts, max_size=3),
            "custom_fields": st.dictionaries(st.sampled_from(["Budget", "budget", "Region"]) | texts, texts | json_values, max_size=3),
        },
    ),
    min_size=1,
    max_size=5,
)
on_postgres = settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],  # shrinking on a database takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)


@on_postgres
@example([{"custom_fields": {"Budget": 12_000}}, {"custom_fields": {"Budget": "12000"}}, {"custom_fields": {"budget": True}}])
@example([{"tags": ["a, b", "c"]}, {"tags": ['["x"]']}, {"tags": ["[x"]}, {"company": "#N/A"}])
@given(people=people)
def test_a_file_comes_back_as_it_went(engine, people):
    """Exported and imported: into an empty workspace, into the same, and into the same after its leads were deleted."""
    with acting_as(LOCAL):
        here, there = make_workspace(engine), make_workspace(engine)
        drafts: list[LeadDraft] = [{"source": "manual", **person, "email": f"p{i}@example.com"} for i, person in enumerate(people)]
        plan = write_drafts(engine, here, drafts)
        before = contents(engine, here)
        assert len(before) == plan.counts["created"]
        content = export(engine, here)
        assert len(lines(content)) == len(before)
        if not before:
            return

        record = bring_back(engine, there, content)
        assert (record.state, record.counts["created"]) == ("done", len(before))
        assert contents(engine, there) == before

        record = bring_back(engine, here, content)
        assert (record.state, record.counts["duplicate"]) == ("done", len(before))
        assert contents(engine, here) == before

        ids = [lead["id"] for lead in read_leads(engine, here).values()]
        assert lead_flow.delete_leads(engine, workspace_id=here, lead_ids=ids) == len(before)
        record = bring_back(engine, here, content, unsubscribed=True)
        assert (record.state, record.counts["restored"]) == ("done", len(before))
        assert contents(engine, here) == before


def test_values_changed_in_the_spreadsheet_keep_their_kind(engine, workspace_id):
    drafts = [{"email": "a@example.com", "custom_fields": {"Budget": 12_000, "Yes": False}, "tags": ["x, y", "z"]}]
    write_drafts(engine, workspace_id, drafts)
    changed = export(engine, workspace_id).decode("utf-8-sig")
    changed = changed.replace("a@example", "b@example").replace("12000", "13500.5").replace("false", "TRUE").replace('[""x, y""', '[""q, y""')
    assert bring_back(engine, workspace_id, changed.encode()).counts["created"] == 1
    lead = read_leads(engine, workspace_id)["b@example.com"]
    assert lead["custom_fields"] == {"Budget": 13_500.5, "Yes": True}
    assert lead["tags"] == ["q, y", "z"]


def test_columns_that_were_taken_out_leave_the_others_known(engine, workspace_id):
    content = b'Email,Custom: Region,Custom (JSON): Budget\nb@example.com,North,"[1, 2]"\n'
    assert bring_back(engine, workspace_id, content).counts["created"] == 1
    assert read_leads(engine, workspace_id)["b@example.com"]["custom_fields"] == {"Region": "North", "Budget": [1, 2]}


def test_a_broken_cell_of_custom_fields_is_kept_as_text(engine, workspace_id):
    write_drafts(engine, workspace_id, [{"email": "a@example.com", "custom_fields": {" odd ": "x"}}])
    content = export(engine, workspace_id).replace(b'{"" odd "":""x""}', b"{oops").replace(b"a@example", b"b@example")
    bring_back(engine, workspace_id, content)
    assert read_leads(engine, workspace_id)["b@example.com"]["custom_fields"] == {"Custom fields (JSON)": "{oops"}


# --- what is in the file --------------------------------------------------------------------------------------------


def test_the_columns_and_their_order(engine, workspace_id):
    drafts = [
        {"email": "a@example.com", "first_name": "=Ann", "custom_fields": {"Region": "North", "Budget": 5, " odd": "x"}, "tags": ["a", "b"]},
        {"email": "b@example.com", "custom_fields": {"Region": "South"}},
    ]
    write_drafts(engine, workspace_id, drafts)
    content = export(engine, workspace_id)
    header = content.decode("utf-8-sig").split("\r\n")[0]
    assert header == (
        "Email,First name,Last name,Company,Job title,Phone,LinkedIn URL,Website,Notes,Source,Status,Tags,"
        "Custom: Region,Custom (JSON): Budget,Custom fields (JSON),Lead ID,Created at,Changed at"
    )
    newest, first = lines(content)
    stored = read_leads(engine, workspace_id)["a@example.com"]
    assert [newest["Email"], newest["Custom: Region"], newest["Custom (JSON): Budget"]] == ["b@example.com", "South", ""]
    assert first["First name"] == "'=Ann"
    assert (first["Tags"], first["Custom (JSON): Budget"], first["Custom fields (JSON)"]) == ("a, b", "5", '{" odd":"x"}')
    assert first["Lead ID"] == lead_id_text(UUID(str(stored["id"])).hex)
    assert first["Created at"] == stored["created_at"].isoformat()


def test_the_filter_says_what_is_in_it(engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com", "b@example.com", {"email": "c@example.com", "tags": ["vip"]}])
    put_leads(engine, workspace_id, ["gone@example.com"], deleted=True)
    campaign_id = put_campaign(engine, workspace_id, ["b@example.com"])
    imported = import_file(engine, workspace_id, b"Email\nd@example.com\na@example.com\n").record

    def emails(**where: Any) -> list[str]:
        return [line["Email"] for line in lines(export(engine, workspace_id, **where))]

    assert sorted(emails()) == ["a@example.com", "b@example.com", "c@example.com", "d@example.com"]
    assert emails(is_deleted=True) == ["gone@example.com"]
    assert emails(tags=("vip",)) == ["c@example.com"]
    assert emails(campaign_id=campaign_id) == ["b@example.com"]
    assert emails(import_id=imported.id) == ["d@example.com"]
    assert emails(search="b@ex") == ["b@example.com"]
    assert emails(search="\0") == []


def test_another_workspace_is_not_in_it(engine, workspace_id):
    put_leads(engine, make_workspace(engine), ["other@example.com"])
    assert lines(export(engine, workspace_id)) == []


def test_an_unknown_import_is_refused_before_the_first_piece(engine, workspace_id):
    with pytest.raises(NotFound):
        export_flow.export_leads(engine, workspace_id=workspace_id, where=LeadFilter(import_id=new_id()))


def test_the_log_tells_who_took_leads_along(engine, workspace_id):
    put_leads(engine, workspace_id, ["a@example.com"])
    with acting_as(Actor("v@example.com", "member", {workspace_id: "viewer"})):
        export(engine, workspace_id)
        export(engine, workspace_id, search="a")
    entries = audit_flow.list_entries(engine, workspace_id=workspace_id, group="leads")
    assert [(one.action, one.actor, one.details["all"]) for one in entries] == [
        ("leads-exported", "v@example.com", False), ("leads-exported", "v@example.com", True),
    ]  # fmt: skip


def test_strangers_get_nothing(engine, workspace_id):
    with acting_as(Actor("x", "member")), pytest.raises(Forbidden):
        export_flow.export_leads(engine, workspace_id=workspace_id)


def test_a_long_list_comes_in_pieces_each_with_a_statement_of_its_own(engine, workspace_id, monkeypatch, tmp_path):
    """Also where a piece's window ends between two matches: nothing is lost and nothing comes twice."""
    monkeypatch.setattr(export_flow, "PIECE_LEADS", 4)
    monkeypatch.setattr(lead_lists, "SCANNED_ROWS", 5)
    names = [f"p{i:02}@example.com" for i in range(23)]
    ids = new_hex_ids()
    put_leads(engine, workspace_id,
              [{"email": name, "id": UUID(next(ids)), "tags": ["odd"] if i % 7 == 0 else []} for i, name in enumerate(names)])  # fmt: skip
    with record_statements(engine, str(tmp_path / "trace")) as statements:
        pieces = list(export_flow.export_leads(engine, workspace_id=workspace_id))
    assert len(pieces) == 1 + 6
    assert sum("FROM leads" in statement for statement in statements) <= 2 * len(pieces) + 2
    assert [line["Email"] for line in lines(b"".join(pieces))] == names[::-1]
    assert [line["Email"] for line in lines(export(engine, workspace_id, tags=("odd",)))] == names[::7][::-1]
    assert browse_flow.count_leads(engine, workspace_id=workspace_id).number == 23


@pytest.mark.parametrize("end", [*AROUND])
def test_a_text_that_a_cell_would_lose_the_ends_of_goes_as_json(engine, workspace_id, end):
    """What the database takes for a plain text is what clean_text leaves alone."""
    assert clean_text(f"x{end}") == "x"
    write_drafts(engine, workspace_id, [{"email": "a@example.com", "custom_fields": {"k": f"x{end}", "plain": f"x{end}x"}}])
    header = export(engine, workspace_id).decode("utf-8-sig").split("\r\n")[0]
    assert "Custom: plain,Custom (JSON): k," in header
