"""COPY of rows that are made while the server inserts those before."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection, Cursor, errors
from psycopg.abc import PQGen
from psycopg.copy import LibpqWriter
from psycopg.generators import fetch_many
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import Wait


@contextmanager
def copying(conn: Connection, statement: str) -> Iterator["CopyWriter"]:
    """Where the rows of a COPY go; after the block they are in."""
    cursor = conn.cursor()
    writer = CopyWriter(cursor)
    with cursor.copy(statement, writer=writer):
        yield writer


class CopyWriter(LibpqWriter):
    """The driver's writer, which can also say that all rows have been sent, and go on.

    The server inserts 64 KB of rows at a time, and the last of them not before it knows that they are the last.
    """

    def __init__(self, cursor: Cursor) -> None:
        super().__init__(cursor)
        self._is_ended = False

    def send_end(self) -> None:
        """Say that this was all, without waiting for the answer: the end of the ``with`` block does."""
        self._is_ended = self._pgconn.put_copy_end() == 1

    def finish(self, exc: BaseException | None = None) -> None:
        """Wait for the answer, and raise the server's error where it refuses the rows."""
        if not self._is_ended:
            super().finish(exc)
            return
        self.cursor._results = [self.connection.wait(_fetch_answer(self._pgconn))]


def _fetch_answer(pgconn: PGconn) -> PQGen[PGresult]:
    while pgconn.flush():
        yield Wait.W
    (result,) = yield from fetch_many(pgconn)
    if result.status != ExecStatus.COMMAND_OK:
        raise errors.error_from_result(result)
    return result
