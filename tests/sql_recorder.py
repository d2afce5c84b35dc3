"""Records every SQL statement that the product sends during the tests, and says after each test which break the rules.

It sits on psycopg's cursors: SQLAlchemy's statements, pipelines and COPY all pass there. A statement is the product's when the
nearest caller that is not a library is a file of the product: what tests themselves ask the database is nobody's business.
Each text is judged once, so it costs nothing to speak of.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = {"app.py", "api", "core", "db", "pages"}
NOT_PRODUCT = {"tests", "bench", "tools"}

_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?([sbt%])")


class Statement(NamedTuple):
    """A statement as PostgreSQL gets it ($1, $2, …), and the line of the product that sent it first."""

    text: str
    place: str


class SqlRecorder:
    """Statements by their text as the product wrote it. ``fresh`` are those that nobody has judged yet."""

    def __init__(self) -> None:
        self.seen: dict[str, Statement] = {}
        self.fresh: list[Statement] = []

    def install(self) -> None:
        """Listen to all cursors of this process from now on."""
        for name in ("execute", "executemany", "copy"):
            setattr(psycopg.Cursor, name, self._listening(getattr(psycopg.Cursor, name)))

    def _listening(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def listen(cursor: psycopg.Cursor, query: Any, params: Any = None, *others: Any, **options: Any) -> Any:
            text = query if isinstance(query, str) else as_text(query, cursor)
            if text not in self.seen and (place := product_line(sys._getframe(1))):
                statement = Statement(numbered(text) if params is not None else text, place)
                self.seen[text] = statement
                self.fresh.append(statement)
            return method(cursor, query, params, *others, **options)

        return listen

    def take_breaches(self) -> list[str]:
        """A paragraph per fresh statement that breaks a rule."""
        from tests.sql_rules import judge  # the grammar is loaded by those who have something to judge

        taken, self.fresh = self.fresh, []
        return [
            f"{statement.place} sends a statement that cannot run distributed by workspace:\n"
            + "\n".join(f"  {breach.rule}: {breach.message}" for breach in breaches)
            + f"\n{statement.text.strip()}"
            for statement in taken
            if (breaches := judge(statement.text, place=statement.place))
        ]


def as_text(query: Any, cursor: psycopg.Cursor) -> str:
    """The text of a query that is bytes or psycopg's composed SQL."""
    return query.decode() if isinstance(query, bytes) else query.as_string(cursor)


def numbered(text: str) -> str:
    """The statement with $1, $2, … for psycopg's placeholders; one name is one number."""
    numbers: dict[str, int] = {}

    def replace(match: re.Match[str]) -> str:
        if match[2] == "%":
            return "%"
        name = match[1] or str(len(numbers))
        return f"${numbers.setdefault(name, len(numbers) + 1)}"

    return _PLACEHOLDER.sub(replace, text)


def product_line(frame: Any) -> str:
    """`db/leads.py:75` where a file of the product is the nearest caller beside libraries, else ""."""
    start = f"{ROOT}/"
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(start):
            path = name.removeprefix(start)
            first = path.split("/", 1)[0]
            if first in PRODUCT:
                return f"{path}:{frame.f_lineno}"
            if first in NOT_PRODUCT:
                return ""
        frame = frame.f_back
    return ""
