"""Rows that the database refuses although every check of ours let them pass.

One such row must not keep the others out: it is found, becomes an error with a reason, and the rest is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from core.access import requires
from core.issues import make_issue
from core.records import CheckedRow
from core.writing_flow import write_rows
from db.transaction import is_refusal, run_transaction

T = TypeVar("T")

#: More refused rows than this are no accident of the data; then nobody is served by taking them one by one.
MAX_REFUSED = 20


class _TooManyRefused(Exception):
    pass


@requires("importer")
def write_accepted(
    engine: Engine, rows: Sequence[CheckedRow], write: Callable[[Sequence[CheckedRow]], T], **terms: Any
) -> T:
    """What ``write`` returns, called with the rows; called again where the database refused one, with that as an error.

    ``terms`` are those of write_rows: workspace, options, and perhaps choices and earlier emails. Raises what
    ``write`` raises, a refusal too where it was not about one row.
    """
    try:
        return write(rows)
    except (psycopg.Error, DBAPIError) as error:
        if not is_refusal(error):
            raise
        try:
            refused = run_transaction(engine, lambda conn: set(_Search(conn, terms).find(rows[:])))
        except _TooManyRefused:
            raise error from None
        if not refused:
            raise
    return write_accepted(engine, [_as_error(row) if row.row in refused else row for row in rows[:]], write, **terms)


@dataclass(slots=True)
class _Search:
    """Looks for refused rows by halves: each half is written inside a savepoint that is rolled back."""

    conn: Connection
    terms: dict[str, Any]
    found: int = 0

    def find(self, rows: Sequence[CheckedRow]) -> list[int]:
        """The numbers of the rows that are refused, each for itself."""
        if self._is_accepted(rows):
            return []
        if len(rows) == 1:
            self.found += 1
            if self.found > MAX_REFUSED:
                raise _TooManyRefused
            return [rows[0].row]
        half = len(rows) // 2
        return self.find(rows[:half]) + self.find(rows[half:])

    def _is_accepted(self, rows: Sequence[CheckedRow]) -> bool:
        terms = {**self.terms, "first_rows": dict(self.terms.get("first_rows", {}))}
        savepoint = self.conn.begin_nested()
        try:
            write_rows(self.conn, rows=rows, record=lambda plan, quota: lambda cursor: None, **terms)
        except (psycopg.Error, DBAPIError) as error:
            if not is_refusal(error):
                raise
            return False
        else:
            return True
        finally:
            if savepoint.is_active:
                savepoint.rollback()


def _as_error(row: CheckedRow) -> CheckedRow:
    return row._replace(lead=None, issues=(make_issue("row-refused", row=row.row),))
