"""From a file to the report of every row, as a person does it."""

import pytest
from playwright.sync_api import expect

from pages.shared import keys
from tests.browser import driving, files


def stored_leads(app, domain: str) -> list[tuple]:
    """(email, first name, company, phone) of the leads of this domain, by email."""
    return app.rows(
        "SELECT email, first_name, company, phone FROM leads WHERE email LIKE %s AND deleted_at IS NULL ORDER BY email",
        f"%@{domain}",
    )


def test_csv_from_upload_to_the_downloaded_report(page, app, domain):
    rows = [
        ("E-Mail", "Vorname", "Firma", "Telefon"),
        (f"ada@{domain}", "Ada", "Analytical & Söhne", "0049 30 123"),  # row 2
        (f" GRACE@{domain.upper()} ", "Grace", "=2+5", ""),
        (f"alan.{domain}", "Alan", "Bletchley", ""),
        (f"ADA@{domain}", "Ada the second", "", ""),
        ("", "Nobody", "", ""),
        (f"jörg@{domain}", "Jörg", "Müller GmbH", ""),
    ]
    driving.open_page(page)
    driving.go_to_review(page, "kontakte.csv", files.csv_bytes(rows, delimiter=";", encoding="cp1252"))
    driving.expect_totals(page, To_create=3, To_restore=0, Duplicates_in_file=1, Already_there=0, Errors=2)
    driving.run_import(page)
    driving.expect_totals(page, Created=3, Restored=0, Duplicates=1, Errors=2)

    name, content = driving.download(page, keys.REPORT_CSV)
    report = driving.read_csv(content)
    assert name == "kontakte-report.csv"
    assert [(line["Row"], line["Outcome"], line["Same as row"], line["Code"]) for line in report] == [
        ("2", "Created", "", ""),
        ("3", "Created", "", ""),
        ("4", "Error", "", "email-invalid"),
        ("5", "Duplicate", "2", "duplicate-in-file"),
        ("6", "Error", "", "email-empty"),
        ("7", "Created", "", ""),
    ]
    assert [bool(line["Lead"]) for line in report] == [True, True, False, False, False, True]
    assert stored_leads(app, domain) == [
        (f"ada@{domain}", "Ada", "Analytical & Söhne", "0049 30 123"),
        (f"grace@{domain}", "Grace", "=2+5", None),
        (f"jörg@{domain}", "Jörg", "Müller GmbH", None),
    ]

    name, content = driving.download(page, keys.REPORT_FAILED_CSV)
    failed = driving.read_csv(content)
    assert name == "kontakte-failed-rows.csv"
    assert [(line["E-Mail"], line["Vorname"]) for line in failed] == [(f"alan.{domain}", "Alan"), ("", "Nobody")]


def test_xlsx_from_upload_to_the_downloaded_report(page, app, domain):
    workbook = files.xlsx_bytes(
        {
            "Contacts": [
                ("First Name", "Email Address", "Company Name", "Phone Number"),
                ("Ada", f"ada@{domain}", "Analytical", "0049301234"),
                ("Grace", f"grace@{domain}", "Navy", 15551234567),
                (None, None, None, None),
                ("Alan", "not an address", "Bletchley", None),
            ],
            "Notes": [("nothing", "here")],
        }
    )
    driving.open_page(page)
    driving.go_to_review(page, "contacts.xlsx", workbook, files.XLSX)
    driving.expect_totals(page, To_create=2, Errors=1)
    driving.run_import(page)
    driving.expect_totals(page, Created=2, Errors=1)

    name, content = driving.download(page, keys.REPORT_CSV)
    assert name == "contacts-report.csv"
    assert [(line["Row"], line["Outcome"], line["Email"]) for line in driving.read_csv(content)] == [
        ("2", "Created", f"ada@{domain}"),
        ("3", "Created", f"grace@{domain}"),
        ("5", "Error", "not an address"),
    ]
    assert stored_leads(app, domain) == [
        (f"ada@{domain}", "Ada", "Analytical", "0049301234"),
        (f"grace@{domain}", "Grace", "Navy", "15551234567"),
    ]


def test_a_file_that_is_imported_again_creates_nothing(page, app, domain):
    content = files.many_leads(domain, 3)
    driving.open_page(page)
    driving.go_to_review(page, "once.csv", content)
    driving.run_import(page)
    driving.press(page, keys.REPORT_NEW)
    driving.expect_step(page, "upload")
    driving.go_to_review(page, "once.csv", content)
    driving.expect_totals(page, To_create=0, Already_there=3)
    driving.run_import(page)
    driving.expect_totals(page, Created=0, Duplicates=3, Errors=0)
    assert len(stored_leads(app, domain)) == 3


def test_a_bad_address_is_corrected_in_the_review(page, app, domain):
    rows = [("Email", "First Name"), (f"ada@{domain}", "Ada"), (f"grace.{domain}", "Grace")]
    driving.open_page(page)
    driving.go_to_review(page, "one-bad.csv", files.csv_bytes(rows))
    driving.expect_totals(page, To_create=1, Errors=1)
    driving.edit_cell(page, keys.REVIEW_PROBLEMS, row=0, column="New value", text=f"grace@{domain}")
    driving.expect_totals(page, To_create=2, Errors=0)
    driving.run_import(page)
    driving.expect_totals(page, Created=2, Errors=0)
    assert stored_leads(app, domain) == [(f"ada@{domain}", "Ada", None, None), (f"grace@{domain}", "Grace", None, None)]


def test_a_row_is_left_out_in_the_review(page, app, domain):
    rows = [("Email", "First Name"), (f"ada@{domain}", "Ada"), (f"grace.{domain}", "Grace")]
    driving.open_page(page)
    driving.go_to_review(page, "left-out.csv", files.csv_bytes(rows))
    driving.tick_cell(page, keys.REVIEW_PROBLEMS, row=0, column="Leave out")
    driving.expect_totals(page, To_create=1, Errors=0)
    driving.run_import(page)
    driving.expect_totals(page, Created=1, Errors=0, Not_imported=1)


def test_a_pdf_with_the_name_of_a_csv_is_refused_in_a_sentence(page, app):
    driving.open_page(page)
    before = app.rows("SELECT count(*) FROM imports")
    driving.upload(page, keys.UPLOAD_FILE, "leads.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n%%EOF\n")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("not a spreadsheet")
    expect(alert).to_contain_text("Save it as CSV or XLSX and upload that.")
    expect(alert).not_to_contain_text("Traceback")
    driving.expect_step(page, "upload")
    assert app.rows("SELECT count(*) FROM imports") == before


def test_a_file_without_rows_is_refused_in_a_sentence(page):
    driving.open_page(page)
    driving.upload(page, keys.UPLOAD_FILE, "header.csv", b"Email,First Name\n")
    expect(page.get_by_role("alert")).to_contain_text("no rows below it")


def test_the_import_can_be_opened_again_by_its_address(page, context, domain):
    driving.open_page(page)
    driving.go_to_review(page, "later.csv", files.many_leads(domain, 2))
    address = f"/?{keys.QUERY_IMPORT}={driving.import_id(page)}"
    page.close()

    tomorrow = context.new_page()
    driving.open_page(tomorrow, address)
    driving.expect_step(tomorrow, "review")
    driving.expect_totals(tomorrow, To_create=2)
    driving.run_import(tomorrow)

    later = context.new_page()
    driving.open_page(later, address)
    driving.expect_step(later, "report")
    driving.expect_totals(later, Created=2)


def test_what_a_file_says_is_shown_and_never_obeyed(page, domain):
    """Images, links and scripts in names and cells stay text. The page asks no other host (fixture `context`)."""
    hostile = "![x](http://192.0.2.1/x.png)<img src=http://192.0.2.1/y.png onerror=alert(1)>"
    page.on("dialog", lambda dialog: dialog.dismiss() or pytest.fail("a script of the file ran"))
    rows = [("Email", "First Name", hostile), (f"ada@{domain}", hostile, hostile), (hostile, "Eve", hostile)]
    driving.open_page(page)
    driving.go_to_review(page, f"{hostile.replace('/', '')}.csv", files.csv_bytes(rows))
    driving.expect_totals(page, To_create=1, Errors=1)
    driving.run_import(page)
    driving.expect_totals(page, Created=1, Errors=1)
    expect(page.locator("img[src*='192.0.2.1']")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_no_screen_is_wider_than_its_window(page, domain, width):
    page.set_viewport_size({"width": width, "height": 844})
    rows = [("Email", "First Name"), (f"ada@{domain}", "Ada"), (f"ADA@{domain}", "Ada"), ("a" * 80, "x" * 300)]
    driving.open_page(page)
    driving.expect_fits(page)
    driving.upload(page, keys.UPLOAD_FILE, f"{'long-name-' * 12}.csv", files.csv_bytes(rows))
    driving.expect_step(page, "map")
    driving.expect_fits(page)
    driving.press(page, keys.MAP_NEXT)
    driving.expect_step(page, "review")
    driving.expect_totals(page, To_create=1, Errors=1)
    driving.expect_fits(page)
    driving.run_import(page)
    driving.expect_totals(page, Created=1)
    driving.expect_fits(page)
