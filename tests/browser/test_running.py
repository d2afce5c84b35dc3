"""A running import does not care what happens to the page: pressed twice, loaded again, looked at from two tabs."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from core.ids import parse_import_id
from pages.shared import keys
from tests.browser import driving, files
from tests.browser.serving import RunningApp, running_app, temporary_home, wait_until

PART_ROWS = 1000
PAUSE_LOCK = 815_001  # any number that the product does not use


@pytest.fixture(scope="module")
def app(chromium_path: str) -> Iterator[RunningApp]:
    """A product with room for long files."""
    with running_app(LEAD_IMPORT_CONTACT_LIMIT="100000") as started:
        yield started


@contextmanager
def held_before_part(app: RunningApp, part_no: int) -> Iterator[None]:
    """While the block runs, no import gets further than the beginning of this part: the database makes it wait.

    So a test meets an import in the middle without hoping to be quick enough.
    """
    with app.connect() as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", [PAUSE_LOCK])
        holder.execute(
            f"""
            CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS
            $$ BEGIN PERFORM pg_advisory_xact_lock({PAUSE_LOCK}); RETURN NEW; END $$;
            CREATE TRIGGER wait_for_test BEFORE INSERT ON import_parts
            FOR EACH ROW WHEN (NEW.part_no = {part_no}) EXECUTE FUNCTION wait_for_test();
            """
        )
        try:
            yield
        finally:
            holder.execute("SELECT pg_advisory_unlock(%s)", [PAUSE_LOCK])
            holder.execute("DROP FUNCTION wait_for_test() CASCADE")


def import_row(app: RunningApp, import_text: str, columns: str) -> tuple:
    """These columns of one import's record."""
    [row] = app.rows(f"SELECT {columns} FROM imports WHERE id = %s", parse_import_id(import_text))
    return row


def assert_every_row_once(app: RunningApp, page, domain: str, count: int) -> None:
    """Every lead is there once, every row of the file has one line in the report, and the counter is right."""
    emails = {email for (email,) in app.rows("SELECT email FROM leads WHERE email LIKE %s", f"%@{domain}")}
    assert emails == {f"lead{number}@{domain}" for number in range(count)}
    _, content = driving.download(page, keys.REPORT_CSV)
    report = driving.read_csv(content)
    assert [int(line["Row"]) for line in report] == list(range(2, count + 2))
    assert {line["Outcome"] for line in report} == {"Created"}
    counted = "SELECT active_leads, (SELECT count(*) FROM leads WHERE deleted_at IS NULL) FROM workspaces"
    [(counter, truth)] = app.rows(counted)
    assert counter == truth


def test_a_double_click_on_import_imports_once(page, app, domain):
    driving.open_page(page)
    driving.go_to_review(page, "twice.csv", files.many_leads(domain, 500))
    driving.keyed(page, keys.REVIEW_IMPORT).get_by_role("button").dblclick()
    driving.expect_step(page, "report")
    driving.expect_totals(page, Created=500, Duplicates=0, Errors=0)
    assert import_row(app, driving.import_id(page), "state, created, part_count, parts_done") == ("done", 500, 1, 1)
    assert app.rows("SELECT count(*) FROM imports WHERE file_name = 'twice.csv'") == [(1,)]
    assert_every_row_once(app, page, domain, 500)


def test_a_reload_while_the_import_runs_changes_nothing(page, context, app, domain):
    rows, held_part = 20_000, 8
    driving.open_page(page)
    driving.go_to_review(page, "long.csv", files.many_leads(domain, rows))
    expect(page.get_by_text("This file has 20,000 rows. One import takes at most 1,000.")).to_be_visible()
    button = driving.keyed(page, keys.REVIEW_IMPORT).get_by_role("button")
    expect(button).to_be_disabled()
    driving.keyed(page, keys.REVIEW_IN_PARTS).locator("label").click()
    expect(button).to_be_enabled()

    progress = f"{(held_part - 1) * PART_ROWS:,} of {rows:,} rows"
    with held_before_part(app, held_part):
        button.click()
        expect(page.get_by_text(progress)).to_be_visible()
        page.reload()
        driving.expect_step(page, "import")
        expect(page.get_by_text(progress)).to_be_visible()
        second = context.new_page()
        driving.open_page(second, f"/?{keys.QUERY_IMPORT}={driving.import_id(page)}")
        expect(second.get_by_text(progress)).to_be_visible()

    for tab in (page, second):
        driving.expect_step(tab, "report")
        driving.expect_totals(tab, Created=rows, Duplicates=0, Errors=0)
    state = import_row(app, driving.import_id(page), "state, created, parts_done, part_count")
    assert state == ("done", rows, rows // PART_ROWS, rows // PART_ROWS)
    assert_every_row_once(app, page, domain, rows)


def stop_was_asked(app: RunningApp, page) -> bool:
    """Whether the stop holds, or waits for the part that is being written: then it comes before the next one."""
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"
    [(is_waiting,)] = app.rows(f"SELECT EXISTS ({waiting})", "UPDATE imports SET%failure%")
    return is_waiting or import_row(app, driving.import_id(page), "state") == ("failed",)


def test_an_import_is_stopped_between_two_parts(page, app, domain):
    driving.open_page(page)
    driving.go_to_review(page, "stopped.csv", files.many_leads(domain, 3_000))
    driving.keyed(page, keys.REVIEW_IN_PARTS).locator("label").click()
    with held_before_part(app, 2):
        driving.press(page, keys.REVIEW_IMPORT)
        expect(page.get_by_text("1,000 of 3,000 rows")).to_be_visible()
        driving.press(page, keys.RUN_CANCEL)
        wait_until(lambda: stop_was_asked(app, page), app, timeout_s=45, what="the database to be asked for the stop")
    driving.expect_step(page, "report")
    state, created, not_imported = import_row(app, driving.import_id(page), "state, created, not_imported")
    assert (state, created + not_imported) == ("failed", 3_000)
    # The part that was being written when the stop was asked for counts as a whole or not at all.
    assert created in (1_000, 2_000)
    assert app.rows("SELECT count(*) FROM leads WHERE email LIKE %s", f"%@{domain}") == [(created,)]

    driving.press(page, keys.REPORT_TRY_AGAIN)
    driving.expect_totals(page, Created=3_000)
    assert_every_row_once(app, page, domain, 3_000)


def test_an_import_goes_on_after_the_product_was_killed(browser, domain):
    """The process dies without a word in the middle of a part; the next one finishes what it left, once."""
    rows = 5_000
    with temporary_home() as home:
        with running_app(home=home) as first, browser.new_context(base_url=first.url) as context:
            page = context.new_page()
            driving.open_page(page)
            driving.go_to_review(page, "killed.csv", files.many_leads(domain, rows))
            driving.keyed(page, keys.REVIEW_IN_PARTS).locator("label").click()
            with held_before_part(first, 3):
                driving.press(page, keys.REVIEW_IMPORT)
                expect(page.get_by_text("2,000 of 5,000 rows")).to_be_visible()
                first.process.kill()
                first.process.wait()
            address = f"/?{keys.QUERY_IMPORT}={driving.import_id(page)}"
        with running_app(home=home) as second, browser.new_context(base_url=second.url) as context:
            page = context.new_page()
            driving.open_page(page, address)
            driving.expect_step(page, "report")
            driving.expect_totals(page, Created=rows, Duplicates=0, Errors=0)
            assert_every_row_once(second, page, domain, rows)
