"""Short ways to the values, rows and imports that tests talk about, and to what the database then holds."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import Connection, Engine, event, func, insert, select, text, update

from core import draft_flow, report_flow, run_flow
from core.chunks import Plan
from core.ids import new_id
from core.issues import Issue
from core.records import (
    CheckedRow,
    ColumnMapping,
    ImportOptions,
    ImportRecord,
    Lead,
    LeadDraft,
    Report,
    RowChoices,
    RowDecision,
    StoredLead,
)
from core.safe_csv import write_csv
from core.validation import UncheckedRows, check_rows
from core.writing_flow import write_rows
from db import jobs, tables, workspaces
from db.transaction import run_transaction

T = TypeVar("T")

#: Long before any test, so that a value that should stay is told from one that should move.
LONG_AGO = datetime(2020, 2, 29, 12, 30, tzinfo=UTC)
DELETED_AT = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)


# --- issues and rows ----------------------------------------------------------------------------------------------


def numbered(prefix: str, count: int, *, start: int = 0) -> list[str]:
    """So many different emails: a0@example.com, a1@example.com, …"""
    return [f"{prefix}{i}@example.com" for i in range(start, start + count)]


def brief(issues: Iterable[Issue]) -> list[tuple[int | None, str | None, str]]:
    """Issues as a small table: row, column, code."""
    return [(issue.row, issue.column, issue.code) for issue in issues]


def place(record: ImportRecord) -> dict[str, Any]:
    """The arguments by which every flow finds an import."""
    return {"workspace_id": record.workspace_id, "import_id": record.id}


def outcomes(decisions: Iterable[RowDecision]) -> list[tuple[int, str, str | None]]:
    """Decisions as a small table: row, outcome, code."""
    return [(decision.row, decision.outcome, decision.code) for decision in decisions]


def check_drafts(drafts: Sequence[LeadDraft], *, first_row: int = 2) -> list[CheckedRow]:
    """The drafts as the rows of a plain file, whose header is row 1."""
    return check_rows(drafts, range(first_row, first_row + len(drafts)))


def valid_row(row: int, email: str, **values: Any) -> CheckedRow:
    """A row that passed its checks."""
    [checked] = check_rows([{"email": email, **values}], [row])
    assert checked.lead is not None, checked.issues
    return checked


def invalid_row(row: int, email: str = "a@example.com") -> CheckedRow:
    """A row that is refused for its status, under an email that is good in itself."""
    [checked] = check_rows([{"email": email, "status": "asleep"}], [row])
    assert brief(checked.issues) == [(row, None, "status-unknown")]
    return checked


def left_out(*rows: int, code: str = "row-skipped") -> RowChoices:
    """The choice to leave these rows out."""
    return RowChoices(dict.fromkeys(rows, code))


def active_lead() -> StoredLead:
    return StoredLead(new_id().hex)


def whole_lead(email: str, **values: Any) -> StoredLead:
    """An active lead as it is known where blanks may be filled."""
    return deleted_lead(email, **values)._replace(deleted_at=None)


def deleted_lead(email: str, **values: Any) -> StoredLead:
    stored = {"source": "manual", "status": "active", **values}
    return StoredLead(new_id().hex, DELETED_AT, Lead(email, **stored))


# --- what the database holds --------------------------------------------------------------------------------------


def make_workspace(engine: Engine, *, contact_limit: int = 10_000) -> str:
    """A workspace beside the test's own."""
    name = f"test-{new_id().hex}"
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id=name, name=name, contact_limit=contact_limit)
    return name


def set_limit(engine: Engine, workspace_id: str, contact_limit: int) -> None:
    with engine.begin() as conn:
        assert workspaces.set_contact_limit(conn, workspace_id=workspace_id, contact_limit=contact_limit)


def put_leads(engine: Engine, workspace_id: str, leads: Iterable[Mapping[str, Any] | str], *, deleted: bool = False) -> None:
    """Stored leads, from emails or from column values; the workspace's counter follows."""
    rows = [
        {
            "workspace_id": workspace_id, "id": new_id(), "source": "manual", "status": "active", "custom_fields": {},
            "tags": [], "created_at": LONG_AGO, "updated_at": LONG_AGO, "deleted_at": DELETED_AT if deleted else None,
            **({"email": lead} if isinstance(lead, str) else lead),
        }
        for lead in leads
    ]  # fmt: skip
    with engine.begin() as conn:
        for row in rows:
            conn.execute(insert(tables.leads).values(row))
        if not deleted:
            conn.execute(
                update(tables.workspaces)
                .where(tables.workspaces.c.id == workspace_id)
                .values(active_leads=tables.workspaces.c.active_leads + len(rows))
            )


def put_campaign(engine: Engine, workspace_id: str, emails: Iterable[str], *, name: str = "Spring") -> UUID:
    """A campaign with these leads as members; it counts the active ones."""
    campaign_id = new_id()
    held = read_leads(engine, workspace_id)
    members = [held[email] for email in emails]
    with engine.begin() as conn:
        conn.execute(
            insert(tables.campaigns).values(
                workspace_id=workspace_id, id=campaign_id, name=name, status="active",
                total_leads=sum(member["deleted_at"] is None for member in members),
                created_at=LONG_AGO, updated_at=LONG_AGO,
            )
        )  # fmt: skip
        for member in members:
            conn.execute(
                insert(tables.campaign_memberships).values(
                    workspace_id=workspace_id, campaign_id=campaign_id, lead_id=member["id"], created_at=LONG_AGO
                )
            )
    return campaign_id


def soft_delete(engine: Engine, workspace_id: str, emails: Iterable[str]) -> None:
    """Soft delete leads, with every counter."""
    with engine.begin() as conn:
        for email in emails:
            lead_id = conn.execute(
                update(tables.leads)
                .where(tables.leads.c.workspace_id == workspace_id, tables.leads.c.email == email)
                .where(tables.leads.c.deleted_at.is_(None))
                .values(deleted_at=func.now())
                .returning(tables.leads.c.id)
            ).scalar_one()
            conn.execute(
                text("UPDATE workspaces SET active_leads = active_leads - 1 WHERE id = :workspace_id"),
                {"workspace_id": workspace_id},
            )
            conn.execute(
                text(
                    "UPDATE campaigns SET total_leads = total_leads - 1 WHERE workspace_id = :workspace_id AND id IN "
                    "(SELECT campaign_id FROM campaign_memberships WHERE workspace_id = :workspace_id AND lead_id = :id)"
                ),
                {"workspace_id": workspace_id, "id": lead_id},
            )


def read_leads(engine: Engine, workspace_id: str) -> dict[str, dict[str, Any]]:
    """Every stored lead by its email."""
    with engine.connect() as conn:
        rows = conn.execute(select(tables.leads).where(tables.leads.c.workspace_id == workspace_id)).mappings()
        return {row["email"]: dict(row) for row in rows}


def read_lead(engine: Engine, workspace_id: str, email: str) -> dict[str, Any]:
    return read_leads(engine, workspace_id)[email]


def active_emails(engine: Engine, workspace_id: str) -> set[str]:
    return {email for email, lead in read_leads(engine, workspace_id).items() if lead["deleted_at"] is None}


def total_leads(engine: Engine, campaign_id: UUID) -> int:
    with engine.connect() as conn:
        return conn.execute(
            select(tables.campaigns.c.total_leads).where(tables.campaigns.c.id == campaign_id)
        ).scalar_one()


def snapshot(engine: Engine, workspace_id: str, *, without: Sequence[str] = ()) -> dict[str, list[tuple]]:
    """All that a workspace holds, by table, with each row's version: a row that was rewritten is not the same."""
    names = ("leads", "campaigns", "campaign_memberships", "imports", "import_parts", "mapping_presets")
    with engine.connect() as conn:
        found = {
            name: [
                tuple(row)
                for row in conn.execute(
                    text(f"SELECT xmin::text, t::text FROM {name} AS t WHERE workspace_id = :w ORDER BY t::text"),
                    {"w": workspace_id},
                )
            ]
            for name in names
            if name not in without
        }
        found["workspaces"] = [
            tuple(row)
            for row in conn.execute(text("SELECT w::text FROM workspaces AS w WHERE id = :w"), {"w": workspace_id})
        ]
    return found


# --- imports ------------------------------------------------------------------------------------------------------


def write_drafts(
    engine: Engine,
    workspace_id: str,
    drafts: Sequence[LeadDraft],
    *,
    options: ImportOptions = ImportOptions(),  # noqa: B008 - a frozen value
) -> Plan:
    """Check, decide and write the drafts in one transaction that keeps no import record."""
    return write_rows_alone(engine, workspace_id, check_drafts(drafts), options=options)


def write_rows_alone(
    engine: Engine,
    workspace_id: str,
    rows: Sequence[CheckedRow] | UncheckedRows,
    *,
    options: ImportOptions = ImportOptions(),  # noqa: B008 - a frozen value
) -> Plan:
    """Decide and write the rows in one transaction that keeps no import record."""
    return run_transaction(
        engine,
        lambda conn: write_rows(
            conn, workspace_id=workspace_id, rows=rows, options=options, record=lambda plan, quota: lambda cursor: None
        ),
    )


def emails_csv(emails: Iterable[str]) -> bytes:
    """A file with the column Email alone."""
    return write_csv(["Email"], [[email] for email in emails])


def make_ready(
    engine: Engine,
    workspace_id: str,
    content: bytes,
    mapping: Mapping[str, str | None] | None = None,
    *,
    file_name: str = "leads.csv",
    options: ImportOptions | None = None,
) -> ImportRecord:
    """An uploaded, mapped import that only waits for its button."""
    record = draft_flow.create_draft(
        engine, workspace_id=workspace_id, file_name=file_name, content=content, created_by="local"
    )
    place = {"workspace_id": workspace_id, "import_id": record.id}
    record = draft_flow.save_mapping(engine, **place, mapping=ColumnMapping(dict(mapping or {"Email": "email"})))
    if options:
        record = draft_flow.save_options(engine, **place, options=options)
    assert record.state == "ready"
    return record


def make_running(engine: Engine, workspace_id: str, content: bytes, **choices: Any) -> ImportRecord:
    """An import whose button was pressed, in parts where the file is large; its job waits in the queue."""
    record = make_ready(engine, workspace_id, content, **choices)
    return run_flow.start_import(engine, workspace_id=workspace_id, import_id=record.id, in_parts=True)


def run(engine: Engine, record: ImportRecord) -> ImportRecord:
    """The import after its job has run here and now."""
    place = {"workspace_id": record.workspace_id, "import_id": record.id}
    run_flow.run_import(engine, **place)
    return report_flow.get_import(engine, **place)


def import_file(engine: Engine, workspace_id: str, content: bytes, **choices: Any) -> Report:
    """From the bytes of a file to the report, as the wizard goes."""
    record = run(engine, make_running(engine, workspace_id, content, **choices))
    return report_flow.load_report(engine, workspace_id=workspace_id, import_id=record.id)


# --- races and broken connections -----------------------------------------------------------------------------------


def run_together(*works: Callable[[], T]) -> list[T | Exception]:
    """What each returns or raises, in their order; all begin at the same moment, each in a thread."""
    barrier = threading.Barrier(len(works))

    def begin(work: Callable[[], T]) -> T | Exception:
        barrier.wait(timeout=30)
        try:
            return work()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))


def insert_behind_the_lock(url: str, workspace_id: str, email: str) -> None:
    """A lead written and committed by somebody who does not take the workspace's lock and does not count."""
    with psycopg.connect(url) as conn:
        conn.execute(
            "INSERT INTO leads (workspace_id, id, email, source, status, custom_fields, tags, created_at, updated_at)"
            " VALUES (%s, %s, %s, 'manual', 'active', %s, '{}', now(), now())",
            (workspace_id, new_id(), email, Jsonb({})),
        )


def count_active(engine: Engine, workspace_id: str) -> None:
    """Set the counter right after somebody wrote behind the lock."""
    with engine.begin() as conn:
        conn.execute(
            text(
                "UPDATE workspaces SET active_leads = (SELECT count(*) FROM leads WHERE workspace_id = :w "
                "AND deleted_at IS NULL) WHERE id = :w"
            ),
            {"w": workspace_id},
        )


def kill_connection(conn: psycopg.Connection, url: str) -> None:
    """End the server's side of a connection, as a restart or a failover does, and wait until it is gone."""
    pid = conn.info.backend_pid
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", (pid,))


@contextmanager
def losing_the_answer(engine: Engine, is_it: Callable[[Connection], object] = lambda conn: True) -> Iterator[None]:
    """The connection dies after the first COMMIT that ``is_it`` chooses went through: nobody hears of its success."""
    lost = []

    def lose(conn: Connection) -> None:
        if not lost and is_it(conn):
            lost.append(True)
            driver = conn.connection.driver_connection
            driver.commit()
            kill_connection(driver, engine_url(engine))
            raise psycopg.OperationalError("the answer was lost")

    event.listen(engine, "commit", lose)
    try:
        yield
    finally:
        event.remove(engine, "commit", lose)
    assert lost, "no transaction was the one"


def waiting_jobs(engine: Engine, import_id: UUID) -> int:
    """Jobs of an import in the queue that nobody has fetched yet."""
    with engine.connect() as conn:
        return conn.execute(
            text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND lock = :lock"),
            {"lock": str(import_id)},
        ).scalar_one()


def engine_url(engine: Engine) -> str:
    return jobs.driver_url(engine)


@contextmanager
def record_statements(engine: Engine, path: str) -> Iterator[list[str]]:
    """The statements that the engine's connections send, read off the wire by libpq; complete when the block ends."""
    statements: list[str] = []
    with open(path, "w+b") as trace:

        def begin(connection: psycopg.Connection, *_: object) -> None:
            connection.pgconn.trace(trace.fileno())

        def end(connection: psycopg.Connection | None, *_: object) -> None:
            if connection is not None:
                connection.pgconn.untrace()

        event.listen(engine, "checkout", begin)
        event.listen(engine, "checkin", end)
        try:
            yield statements
        finally:
            event.remove(engine, "checkout", begin)
            event.remove(engine, "checkin", end)
            trace.seek(0)
            for line in trace.read().decode(errors="replace").splitlines():
                # time, F (to the server) or B, length, message: a statement is executed by Query or Execute
                parts = line.split("\t")
                if len(parts) > 3 and parts[1] == "F" and parts[3] in ("Query", "Execute"):
                    statements.append(" ".join(parts[3:]))


def wait_until(is_so: Callable[[], object], *, timeout_s: float = 60) -> None:
    """Return as soon as the condition holds; fail where it does not within a generous time."""
    deadline = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
