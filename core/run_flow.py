"""Running an import outside the page that asked for it: start, the parts one after another, cancel, resume.

Every step is idempotent by SQL, not by the screen: a second press, a reload or a second tab finds the running or
finished import (design.md section 4, step 4).
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any
from uuid import UUID

from psycopg import Cursor
from sqlalchemy import Connection, Engine, func

from core import audit_flow, continue_flow
from core.access import requires
from core.chunks import Plan
from core.continuing import Settled, leave_out_imported
from core.draft_flow import MAX_PART_ROWS, load_checked_rows
from core.drift import SeenPlan
from core.errors import FirstImportClosed, QuotaExceeded, StateConflict, TooManyRows
from core.ids import import_id_text
from core.issues import KIND_BY_CODE
from core.ledger import encode_ledger
from core.record_flow import corrections_json, count_columns, get_record, read_record
from core.records import CheckedRow, Failure, ImportRecord, Quota
from core.refusing_flow import write_accepted
from core.webhook_flow import announce
from core.writing_flow import Send, write_rows
from db import imports, jobs
from db.transaction import is_delay, is_disk_full, is_exhausted, run_transaction

log = logging.getLogger(__name__)

#: The name of the job in the queue.
RUN_IMPORT = "run_import"


class _PartNotOurs(Exception):
    """The import was cancelled, or another worker did this part, while we wrote it: our writing is rolled back."""


@requires("importer")
def start_import(
    engine: Engine, *, workspace_id: str, import_id: UUID, in_parts: bool = False, seen: SeenPlan | None = None
) -> ImportRecord:
    """The import, running; one that runs or is finished already is returned as it is.

    ``seen`` is the dry run that the user pressed the button under: the report tells what ended otherwise.
    Raises TooManyRows for more than 1000 rows unless the user chose to import in parts (contract.md section 5), and
    StateConflict while the mapping is not complete, or where the draft was changed since ``seen``.
    """
    with engine.begin() as conn:
        record = get_record(conn, workspace_id, import_id, for_update=True)
        if record.state == "draft":
            raise StateConflict("The columns are not mapped yet.", hint="Map the columns first.")
        if record.state != "ready":
            return record
        if record.row_count > MAX_PART_ROWS and not in_parts:
            raise TooManyRows(
                "The file has {rows} rows; one import takes at most {limit}.",
                hint="Import it in {parts} parts, one after another.",
                rows=record.row_count,
                limit=MAX_PART_ROWS,
                parts=record.part_count,
            )
        if seen is None:
            return _set_running(conn, record, ("ready",), action="import-started")
        if seen.updated_at != record.updated_at:
            raise StateConflict(
                "The import was changed in another window after this one was drawn.",
                hint="Look at the review again, then import.",
            )
        record = replace(record, plan=seen.plan)
        return _set_running(conn, record, ("ready",), action="import-started", corrections=corrections_json(record))


@requires("importer")
def resume_import(engine: Engine, *, workspace_id: str, import_id: UUID) -> ImportRecord:
    """A stopped import, running again from the first row that is not imported; any other is returned as it is."""
    with engine.begin() as conn:
        record = get_record(conn, workspace_id, import_id, for_update=True)
        if record.state != "failed":
            return record
        return _set_running(conn, record, ("failed",), action="import-resumed")


@requires("importer")
def cancel_import(engine: Engine, *, workspace_id: str, import_id: UUID) -> ImportRecord:
    """The import, stopped between two parts: what was imported stays, the rest is not imported."""
    return stop_import(engine, workspace_id=workspace_id, import_id=import_id, failure=_failure("import-cancelled"))


@requires("importer")
def stop_import(engine: Engine, *, workspace_id: str, import_id: UUID, failure: Failure) -> ImportRecord:
    """The import in state `failed` with the reason, if it was running; else as it is."""

    def work(conn: Connection) -> ImportRecord:
        row = imports.update_import(
            conn,
            workspace_id=workspace_id,
            import_id=import_id,
            states=("running",),
            values={"state": "failed", "failure": asdict(failure), "finished_at": func.now()},
        )
        if row is None:
            return get_record(conn, workspace_id, import_id)
        record = read_record(row)
        action = "import-cancelled" if failure.code == "import-cancelled" else "import-stopped"
        audit_flow.append(conn, _audit_entry(record, action, reason=failure.code))
        announce(conn, "import.stopped", workspace_id=workspace_id, import_id=import_id)
        return record

    return run_transaction(engine, work)


@requires("importer")
def run_import(
    engine: Engine, *, workspace_id: str, import_id: UUID, is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Carry out what is left of a running import, part by part. Safe to call again at any moment.

    Where the process is about to stop, the rest goes back into the queue; so it does, by an exception, where the database
    is away or a lock is held too long. A part over the contact limit stops the import there; any other fault stops it
    too, with a report that says so.
    """
    try:
        _run_parts(engine, workspace_id, import_id, is_stopping)
    except QuotaExceeded as error:
        failure = _failure("quota-exceeded", free=max(error.limit - error.active, 0), added=error.added)
        stop_import(engine, workspace_id=workspace_id, import_id=import_id, failure=failure)
    except FirstImportClosed as error:
        stop_import(engine, workspace_id=workspace_id, import_id=import_id, failure=_failure(error.code))
    except _PartNotOurs:
        log.info("import %s was stopped or taken over by another worker", import_id)
    except Exception as error:
        if is_delay(error):
            log.warning("import %s goes on later: %s", import_id, type(error).__name__)
            raise  # the queue brings the job back; the import stays `running`, and can be cancelled
        log.exception("import %s stopped", import_id)
        stop_import(engine, workspace_id=workspace_id, import_id=import_id, failure=_failure(_fault_code(error)))


def _run_parts(engine: Engine, workspace_id: str, import_id: UUID, is_stopping: Callable[[], bool]) -> None:
    record = run_transaction(engine, lambda conn: get_record(conn, workspace_id, import_id))
    if record.state != "running":
        return
    rows = load_checked_rows(engine, workspace_id=workspace_id, import_id=import_id)
    first_rows: dict[str, int] = {}
    left_out = record.choices.left_out
    _learn_first_rows(first_rows, rows[: record.parts_done * MAX_PART_ROWS], left_out)
    for part_no in range(record.parts_done + 1, record.part_count + 1):
        if is_stopping():
            with engine.begin() as conn:
                _defer(conn, record)
            return
        part = write_accepted(
            engine,
            rows[(part_no - 1) * MAX_PART_ROWS : part_no * MAX_PART_ROWS],
            partial(_run_part, engine, record, part_no, first_rows, again=[row.row for row in rows]),
            workspace_id=workspace_id,
            options=record.options,
            choices=record.choices,
            first_rows=first_rows,
        )
        _learn_first_rows(first_rows, part, left_out)


def _run_part(
    engine: Engine, record: ImportRecord, part_no: int, first_rows: dict[str, int], rows: Sequence[CheckedRow],
    *, again: Sequence[int],
) -> Sequence[CheckedRow]:  # fmt: skip
    """One part, one transaction (contract.md section 3, "All or nothing"). ``again`` are the rows of the whole file.

    Gives the part's rows back.
    """

    def work(conn: Connection) -> None:
        if get_record(conn, record.workspace_id, record.id).parts_done >= part_no:
            return  # committed by an earlier try whose answer was lost
        books = continue_flow.open_books(conn, record, again) if record.continues else None
        settled = books.settled if books else Settled(frozenset(), {})
        closing = _Closing(record, part_no, books)
        write_rows(
            conn,
            workspace_id=record.workspace_id,
            rows=rows,
            options=record.options,
            choices=leave_out_imported(record.choices, settled.imported),
            record=closing.prepare,
            first_rows=first_rows | settled.first_rows,  # a new dict: a try that is rolled back has taught nothing
        )
        if not closing.is_ours:
            raise _PartNotOurs
        if closing.is_last:
            announce(conn, "import.finished", workspace_id=record.workspace_id, import_id=record.id)

    run_transaction(engine, work)
    return rows


class _Closing:
    """What a part's transaction writes behind its leads: ledger, counts, the first import's books, the end in the log."""

    def __init__(self, record: ImportRecord, part_no: int, books: continue_flow.Books | None) -> None:
        self._place = {"workspace_id": record.workspace_id, "import_id": record.id, "part_no": part_no}
        self._books = books
        self._end = _audit_entry(record, "import-finished", started_by=record.created_by)
        self._finished: Cursor | None = None
        self.is_last = part_no == record.part_count

    def prepare(self, plan: Plan, quota: Quota) -> Send:
        """What sends it, in a pipeline; all that takes time is done before."""
        return partial(self._send, plan, count_columns(plan), encode_ledger(plan))

    def _send(
        self, plan: Plan, counts: dict[str, int], ledger: bytes, cursor: Callable[[], Cursor]
    ) -> None:
        imports.send_part(cursor(), **self._place, row_count=len(plan), counts=counts, ledger=ledger)
        self._finished = cursor()
        imports.send_finish_part(self._finished, **self._place, counts=counts)
        if self._books:
            self._books.send(cursor, plan.decisions)
        if self.is_last:
            audit_flow.send(cursor(), self._end)

    @property
    def is_ours(self) -> bool:
        """Whether the import still waited for this part; else nothing of it may stay. Known once the pipeline is through."""
        return self._finished is not None and self._finished.rowcount == 1


def _learn_first_rows(first_rows: dict[str, int], rows: Sequence[CheckedRow], left_out: Mapping[int, str]) -> None:
    """Add the first valid row of each email: what a part that is done, by whomever, teaches the next."""
    for row in rows:
        if row.lead and row.row not in left_out:
            first_rows.setdefault(row.lead.email, row.row)


def _set_running(
    conn: Connection, record: ImportRecord, states: tuple[str, ...], *, action: str, **values: Any
) -> ImportRecord:
    row = imports.update_import(
        conn,
        workspace_id=record.workspace_id,
        import_id=record.id,
        states=states,
        values={
            "state": "running",
            "failure": None,
            "finished_at": None,
            "started_at": record.started_at or func.now(),
            **values,
        },
    )
    assert row is not None  # it was locked in one of these states
    audit_flow.append(conn, _audit_entry(record, action))
    _defer(conn, record)
    return read_record(row)


def _audit_entry(record: ImportRecord, action: str, **details: str) -> dict[str, Any]:
    return audit_flow.new_entry(
        action,
        workspace_id=record.workspace_id,
        subject=record.file_name or "",
        import_id=import_id_text(record.id),
        rows=record.row_count,
        **details,
    )


def _defer(conn: Connection, record: ImportRecord) -> None:
    jobs.defer(
        conn, RUN_IMPORT, lock=str(record.id), workspace_id=record.workspace_id, import_id=str(record.id)
    )


def _fault_code(error: Exception) -> str:
    if is_disk_full(error):
        return "disk-full"
    return "server-exhausted" if is_exhausted(error) else "import-failed"


def _failure(code: str, **counts: int) -> Failure:
    """As it is stored: in English (reporting.why_stopped tells it)."""
    kind = KIND_BY_CODE[code]
    return Failure(code, kind.message.format_map({name: f"{count:,}" for name, count in counts.items()}), kind.hint)
