"""Past imports: list, one, its report."""

import csv
import io

import pytest

from core.draft_flow import create_draft, save_mapping
from core.ids import import_id_text
from core.records import ColumnMapping
from core.report_flow import failed_rows_csv
from tests.api.test_import import people, post, report
from tests.factories import import_file


def test_imports_are_listed_newest_first_page_by_page(http):
    ids = [report(post(http, people(1, f"a{i}-")))["importId"] for i in range(5)]
    first, second, last = (http.get("/imports", params={"page": page, "pageSize": 2}).json() for page in (1, 2, 3))
    assert [entry["id"] for answer in (first, second, last) for entry in answer["data"]] == ids[::-1]
    assert second["meta"] == {"page": 2, "pageSize": 2, "total": 5, "totalPages": 3}
    assert http.get("/imports", params={"page": 4, "pageSize": 2}).json()["data"] == []


def test_the_list_of_nothing(http):
    assert http.get("/imports").json() == {
        "data": [], "meta": {"page": 1, "pageSize": 50, "total": 0, "totalPages": 0},
    }  # fmt: skip


@pytest.mark.parametrize(
    "params", [{"page": 0}, {"page": -1}, {"page": "x"}, {"pageSize": 0}, {"pageSize": 101}, {"page": 10**30}]
)
def test_a_page_that_cannot_be_is_422(http, params):
    answer = http.get("/imports", params=params)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", next(iter(params))]


@pytest.mark.parametrize(
    "import_id",
    [
        "imp_",
        "imp_x",
        "x",
        "imp_" + "0" * 32,
        "imp_" + "G" * 32,
        "cld_" + "0" * 32,
        "imp_01a20179-0a1b-7adf-8326-53a976f579d4",
    ],
)
def test_an_unknown_import_is_404(http, import_id):
    for path in (f"/imports/{import_id}", f"/imports/{import_id}/report.csv"):
        answer = http.get(path)
        assert (answer.status_code, answer.json()) == (404, {"detail": "There is no such import in this workspace."})


def test_the_report_accounts_for_every_row(http):
    answer = post(http, [*people(2), {"email": "P0@example.com"}, {"email": "=cmd()"}, {}])
    path = f"/imports/{report(answer)['importId']}/report.csv"
    got = http.get(path)
    assert got.headers["content-type"] == "text/csv; charset=utf-8"
    assert got.headers["content-disposition"] == f'attachment; filename="{path.split("/")[2]}-report.csv"'
    rows = list(csv.DictReader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert [(row["Row"], row["Outcome"], row["Code"]) for row in rows] == [
        ("1", "Created", ""),
        ("2", "Created", ""),
        ("3", "Duplicate", "duplicate-in-file"),
        ("4", "Error", "email-invalid"),
        ("5", "Error", "email-empty"),
    ]
    assert rows[2]["Same as row"] == "1"
    assert rows[3]["Email"] == "'=cmd()"  # safe to open in a spreadsheet


def test_the_wizards_imports_are_there_as_well(http, engine, workspace_id):
    draft = create_draft(
        engine, workspace_id=workspace_id, file_name="leads.csv", content=b"Email\na@example.com\n", created_by="ada"
    )
    [entry] = http.get("/imports").json()["data"]
    assert entry == {
        "id": import_id_text(draft.id), "door": "wizard", "state": "draft", "createdBy": "ada", "fileName": "leads.csv",
        "rows": 1, "created": 0, "restored": 0, "duplicates": 0, "errors": 0, "notImported": 1, "restoreSoftDeleted": True,
        "failure": None, "continues": None, "createdAt": draft.created_at.isoformat().replace("+00:00", "Z"), "finishedAt": None,
    }  # fmt: skip
    assert http.get(f"/imports/{entry['id']}/report.csv").status_code == 200
    save_mapping(engine, workspace_id=workspace_id, import_id=draft.id, mapping=ColumnMapping({"Email": "email"}))
    assert http.get(f"/imports/{entry['id']}").json()["data"]["state"] == "ready"
    assert http.get(f"/imports/{entry['id']}/report.csv").text.count("Not imported") == 1


# --- filters -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def ids(http, engine, workspace_id):
    """An import through the API, one of a file that is undone, and a draft."""
    through_api = report(post(http, people(1)))["importId"]
    record = import_file(engine, workspace_id, b"Email\nx@example.com\n", file_name="Fair_2026.csv").record
    http.post(f"/imports/{import_id_text(record.id)}/undo")
    draft = create_draft(
        engine, workspace_id=workspace_id, file_name="100%.csv", content=b"Email\na@example.com\n", created_by="ada"
    )
    return [through_api, import_id_text(record.id), import_id_text(draft.id)]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, [2, 1, 0]),
        ({"state": "undone"}, [1]),
        ({"state": ["draft", "done"]}, [2, 0]),
        ({"door": "api"}, [0]),
        ({"door": "wizard", "state": "draft"}, [2]),
        ({"createdBy": "ada"}, [2]),
        ({"createdBy": "ad"}, []),
        ({"search": "fair_"}, [1]),
        ({"search": "%"}, [2]),
        ({"search": "nothing\x00"}, []),
        ({"createdFrom": "2020-01-01", "createdTo": "2999-12-31"}, [2, 1, 0]),
        ({"createdTo": "2020-01-01"}, []),
        ({"createdFrom": "2999-01-01"}, []),
        ({"createdTo": "9999-12-31"}, [2, 1, 0]),
    ],
)
def test_imports_are_found(http, ids, params, expected):
    answer = http.get("/imports", params=params).json()
    assert [entry["id"] for entry in answer["data"]] == [ids[place] for place in expected]
    assert answer["meta"]["total"] == len(expected)


def test_an_import_is_found_by_its_id_or_its_beginning(http, ids):
    for search in (ids[1], ids[1].upper(), ids[1].removeprefix("imp_"), ids[1][:-6]):
        assert ids[1] in [entry["id"] for entry in http.get("/imports", params={"search": search}).json()["data"]]
    assert http.get("/imports", params={"search": "imp_ffff"}).json()["data"] == []


@pytest.mark.parametrize(
    "params",
    [
        {"state": "gone"},
        {"door": "back"},
        {"createdFrom": "yesterday"},
        {"createdTo": "0"},
        {"createdTo": "2026-02-30"},
        {"createdFrom": "2026-01-01T00:00:00"},
        {"search": "x" * 256},
    ],
)
def test_a_filter_that_cannot_be_is_422(http, params):
    answer = http.get("/imports", params=params)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][:2] == ["query", next(iter(params))]


def test_a_file_that_continued_an_import_names_it(http, engine, workspace_id):
    first = import_file(engine, workspace_id, b"Email\nbad\n").record
    content = failed_rows_csv(engine, workspace_id=workspace_id, import_id=first.id)
    create_draft(engine, workspace_id=workspace_id, file_name="fixed.csv", content=content, created_by="ada")
    assert http.get("/imports").json()["data"][0]["continues"] == import_id_text(first.id)
