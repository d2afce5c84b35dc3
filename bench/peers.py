"""Other ways of writing the same 1000 leads into the same table, each beside a bare COPY of its own.

All but ours and the create calls are given leads that were checked before, and write them without a look at the contact limit,
at duplicates, at campaigns, and without a record: they do less. Each has the fastest settings that it has.
"""

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pandas as pd
from sqlalchemy import Engine, func, insert
from sqlalchemy.orm import DeclarativeBase, Session

from bench.core_import import ROWS, make_workspace, prepare_bare_copy, prepare_import
from bench.django_peer import prepare_django
from bench.measuring import BESIDE_COPY, Way, beside_copy
from bench.people import make_drafts
from bench.results import Table
from core.ids import new_hex_ids
from core.lead_flow import create_lead
from core.validation import check_rows
from db import tables

TITLE = "1000 new leads, and other ways of writing them"
#: What takes seconds is not repeated as often.
SLOW_ROUNDS = 5


class _Model(DeclarativeBase):
    metadata = tables.metadata


class _LeadModel(_Model):
    __table__ = tables.leads


def measure(engine: Engine, options: Namespace) -> Table:
    """Ratios to the bare COPY by way."""
    slow = min(options.rounds, SLOW_ROUNDS)
    ways: list[tuple[str, int, Way]] = [
        ("Lead Import, with all its rules", options.rounds, lambda n: prepare_import(engine)),
        ("SQLAlchemy Core, insert of a list", options.rounds, lambda n: prepare_core(engine)),
        ("pandas.to_sql", options.rounds, lambda n: prepare_pandas(engine)),
        ("SQLAlchemy ORM, add_all", options.rounds, lambda n: prepare_orm(engine)),
        ("django-import-export, in bulk", slow, lambda n: prepare_django(engine, make_values(engine))),
        ("Lead Import, a loop of create calls", slow, lambda n: prepare_creates(engine)),
    ]
    rows = [
        beside_copy(rounds, lambda n: prepare_bare_copy(engine), name, way, warm_up=1) for name, rounds, way in ways
    ]
    return Table(BESIDE_COPY, rows, " ".join((__doc__ or "").split("\n\n", 1)[1].split()))


def make_values(engine: Engine) -> list[dict[str, Any]]:
    """Checked leads of a new workspace by column, all but the two times."""
    workspace_id = make_workspace(engine)
    rows = check_rows(make_drafts(ROWS, uuid4().hex[:8]), range(1, ROWS + 1))
    return [
        {**row.lead._asdict(), "tags": [*row.lead.tags], "workspace_id": workspace_id, "id": UUID(hex=lead_id)}
        for row, lead_id in zip(rows, new_hex_ids(), strict=False)
        if row.lead
    ]


def prepare_core(engine: Engine) -> Callable[[], None]:
    """One INSERT statement over a list of dictionaries."""
    values = make_values(engine)

    def run() -> None:
        with engine.begin() as conn:
            conn.execute(insert(tables.leads).values(created_at=func.now(), updated_at=func.now()), values)

    return run


def prepare_orm(engine: Engine) -> Callable[[], None]:
    """An object for each lead."""
    values = make_values(engine)

    def run() -> None:
        with Session(engine) as session:
            now = datetime.now(UTC)  # func.now() would keep the objects from being inserted together
            session.add_all([_LeadModel(**value, created_at=now, updated_at=now) for value in values])
            session.commit()

    return run


def prepare_pandas(engine: Engine) -> Callable[[], None]:
    """A data frame that is appended to the table."""
    frame = pd.DataFrame(make_values(engine)).assign(created_at=pd.Timestamp.now("UTC"), updated_at=pd.Timestamp.now("UTC"))
    types = {column.name: column.type for column in tables.leads.columns}

    def run() -> None:
        with engine.begin() as conn:
            frame.to_sql("leads", conn, if_exists="append", index=False, dtype=types)

    return run


def prepare_creates(engine: Engine) -> Callable[[], None]:
    """One call, and one transaction, for each lead."""
    workspace_id, drafts = make_workspace(engine), make_drafts(ROWS, uuid4().hex[:8])

    def run() -> None:
        for draft in drafts:
            create_lead(engine, workspace_id=workspace_id, draft=draft)

    return run
