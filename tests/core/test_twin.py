"""The twin of an import: what is in the requests, and that they can be sent."""

import json

from hypothesis import given
from hypothesis import strategies as st

from core.fields import FIELDS
from core.records import ImportOptions
from core.twin import MAX_LEADS, curl_script, python_script, request_lines

values = st.text(max_size=20) | st.none()


def bodies(lines: bytes) -> list[dict]:
    return [json.loads(line) for line in lines.splitlines()]


def test_a_lead_names_what_it_gives_and_where_it_comes_from():
    draft = {
        "email": "a@b.co",
        "first_name": "Ada",
        "last_name": "",
        "tags": ["x"],
        "custom_fields": {"Budget": "5"},
        "phone": None,
    }
    [body] = bodies(request_lines([draft], [2], left_out=(), options=ImportOptions(default_source="fair")))
    assert body == {
        "leads": [{"email": "a@b.co", "source": "fair", "firstName": "Ada", "tags": ["x"], "customFields": {"Budget": "5"}}],
        "restoreSoftDeleted": True,
    }


def test_calls_are_of_at_most_a_thousand_leads_and_rows_left_out_are_in_none():
    drafts = [{"email": f"{i}@b.co"} for i in range(2_001)]
    lines = request_lines(drafts, range(2, 2_003), left_out={2}, options=ImportOptions(restore_soft_deleted=False))
    assert [len(body["leads"]) for body in bodies(lines)] == [MAX_LEADS, MAX_LEADS]
    assert {body["restoreSoftDeleted"] for body in bodies(lines)} == {False}
    assert bodies(lines)[0]["leads"][0]["email"] == "1@b.co"


@given(st.fixed_dictionaries({field.key: values for field in FIELDS if field.key != "tags"}))
def test_any_text_fits_on_a_line(draft):
    lines = request_lines([draft], [2], left_out=(), options=ImportOptions())
    [lead] = bodies(lines)[0]["leads"]
    assert lines.count(b"\n") == 1
    assert lead["email"] == (draft["email"] or "")
    assert [lead[field.json] for field in FIELDS if draft.get(field.key)] == [
        draft[field.key] for field in FIELDS if draft.get(field.key)
    ]


def test_the_programs_are_whole():
    compile(python_script("http://host", "imp_1"), "twin.py", "exec")
    assert "done < imp_1-requests.jsonl" in curl_script("http://host", "imp_1")
