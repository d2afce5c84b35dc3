"""Results as tables: printed, and kept in bench/RESULTS.md, each subject in a section of its own."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil
from sqlalchemy import Engine, text

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = """# Measurements

Each section comes from one run of `python -m bench SUBJECT --save`. Ratios are to a bare COPY of the same 1000 rows into the
same table, each round's to the COPY beside it, and of those the median: absolute times say more about the machine than about
the product.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of results. ``note`` says how to read it, in Markdown."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    @property
    def markdown(self) -> str:
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return f"{table}\n\n{self.note}\n" if self.note else f"{table}\n"


def show(title: str, table: Table) -> None:
    """Print the table, its columns aligned."""
    widths = [max(map(len, column)) for column in zip(table.columns, *table.rows, strict=True)]
    print(title)
    for line in (table.columns, *table.rows):
        cells = [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        print("  " + "  ".join(cells), flush=True)


def save(subject: str, title: str, table: Table, machine: str) -> None:
    """Put the table into RESULTS.md, in place of the subject's earlier one."""
    content = RESULTS.read_text() if RESULTS.exists() else _HEAD
    section = f"<!-- {subject} -->\n## {title}\n\n{machine}\n\n{table.markdown}<!-- end of {subject} -->\n"
    mark = re.escape(subject)
    content, replaced = re.subn(rf"<!-- {mark} -->.*?<!-- end of {mark} -->\n", lambda _: section, content, flags=re.DOTALL)
    RESULTS.write_text(content if replaced else f"{content}\n{section}")


def describe_machine(engine: Engine) -> str:
    """What the figures of now come from: cores, memory, versions, date, and how busy the machine was."""
    with engine.connect() as conn:
        version = str(conn.scalar(text("SHOW server_version"))).split()[0]
    cores, memory = len(os.sched_getaffinity(0)), psutil.virtual_memory().total / 2**30
    return (
        f"{date.today().isoformat()}; {cores} cores, {memory:.0f} GB; PostgreSQL {version}, Python {platform.python_version()}; "
        f"{os.getloadavg()[0]:.1f} processes were running or waiting on average in the minute before the end."
    )
