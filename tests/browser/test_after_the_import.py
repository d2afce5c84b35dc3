"""After the import, as a person does it: mend what failed and bring it again; undo, and undo the undo."""

import io

import openpyxl
from playwright.sync_api import expect

from core.continuing import IMPORT_COLUMN, REASON_COLUMN, ROW_COLUMN
from pages.shared import keys
from tests.browser import driving, files


def active_leads(app, domain: str) -> list[str]:
    """The emails of the active leads of this domain, in order."""
    rows = app.rows("SELECT email FROM leads WHERE email LIKE %s AND deleted_at IS NULL ORDER BY email", f"%@{domain}")
    return [email for (email,) in rows]


def mended_workbook(content: bytes, emails: dict[str, str]) -> bytes:
    """The failed rows as a spreadsheet program saves them: other order, numbers as numbers, without the reason."""
    columns = [ROW_COLUMN, "Email", IMPORT_COLUMN, "First Name"]
    workbook = openpyxl.Workbook()
    workbook.active.append(columns)
    for line in driving.read_csv(content):
        assert line[REASON_COLUMN]
        line["Email"] = emails[line[ROW_COLUMN]]
        workbook.active.append([int(line[name]) if name == ROW_COLUMN else line[name] for name in columns])
    workbook.save(saved := io.BytesIO())
    return saved.getvalue()


def test_failed_rows_are_mended_in_a_workbook_and_complete_the_report(page, app, domain):
    rows = [("Email", "First Name"), (f"ada@{domain}", "Ada"), (f"grace.{domain}", "Grace"), ("", "Joan")]
    driving.open_page(page)
    driving.go_to_review(page, "first.csv", files.csv_bytes(rows))
    driving.run_import(page)
    driving.expect_totals(page, Created=1, Errors=2)
    first = driving.import_id(page)
    _, failed = driving.download(page, keys.REPORT_FAILED_CSV)
    driving.press(page, keys.REPORT_NEW)
    driving.expect_step(page, "upload")

    fixed = mended_workbook(failed, {"3": f"grace@{domain}", "4": f"joan@{domain}"})
    driving.upload(page, keys.UPLOAD_FILE, "fixed.xlsx", fixed, files.XLSX)
    driving.expect_step(page, "review")
    driving.expect_totals(page, To_create=2, Errors=0)
    expect(driving.keyed(page, keys.FAMILY)).to_contain_text("continues the import of “first.csv”: 1 of 3 rows")
    driving.run_import(page)
    expect(driving.keyed(page, keys.FAMILY)).to_contain_text("3 of 3 rows are done now")

    driving.keyed(page, keys.FAMILY).get_by_role("button").click()
    driving.expect_totals(page, Created=3, Errors=0)
    assert driving.import_id(page) == first
    expect(driving.keyed(page, keys.FAMILY)).to_contain_text("Continued with “fixed.xlsx”")
    assert active_leads(app, domain) == [f"ada@{domain}", f"grace@{domain}", f"joan@{domain}"]


def test_an_import_is_undone_and_redone_once_however_often_it_is_asked_for(page, context, app, domain):
    driving.open_page(page)
    driving.go_to_review(page, "undo.csv", files.many_leads(domain, 30))
    driving.run_import(page)
    address = f"/?{keys.QUERY_IMPORT}={driving.import_id(page)}"
    other = context.new_page()
    driving.open_page(other, address)

    for tab in (page, other):
        driving.press(tab, keys.UNDO_ASK)
        expect(tab.get_by_role("dialog")).to_contain_text("30 new leads are deleted.")
    assert len(active_leads(app, domain)) == 30
    driving.keyed(page, keys.UNDO_CONFIRM).get_by_role("button").dblclick()
    driving.press(other, keys.UNDO_CONFIRM)
    for tab in (page, other):
        expect(tab.get_by_role("heading", name="Import undone")).to_be_visible()
        expect(tab.get_by_role("dialog")).to_have_count(0)
    assert active_leads(app, domain) == []
    driving.expect_totals(page, Created=30)

    driving.press(page, keys.UNDO_ASK)
    expect(page.get_by_role("dialog")).to_contain_text("30 new leads come back.")
    driving.press(page, keys.UNDO_CONFIRM)
    expect(page.get_by_role("heading", name="Import finished")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Redone on")).to_be_visible()
    assert len(active_leads(app, domain)) == 30
    [(undos,)] = app.rows(
        "SELECT count(*) FROM import_undos JOIN imports ON imports.id = import_id WHERE file_name = %s", "undo.csv"
    )
    assert undos == 2


def test_the_history_finds_an_import_and_opens_its_report(page, domain):
    name = f"{domain}.csv"
    driving.open_page(page)
    driving.go_to_review(page, name, files.many_leads(domain, 2))
    driving.run_import(page)
    driving.open_page(page, "/history")
    search = driving.keyed(page, keys.HISTORY_SEARCH).get_by_role("textbox")
    search.fill(domain.upper())
    search.press("Enter")
    lines = driving.keyed(page, keys.HISTORY_TABLE).locator(".li-history")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("2 rows: 2 created")
    driving.keyed(page, keys.HISTORY_TABLE).get_by_role("link", name="Open").click()
    driving.expect_step(page, "report")
    driving.expect_totals(page, Created=2)
