"""The same 1000 rows into a workspace that holds more and more leads: what an import costs must not depend on that.

The emails are random, so that they fall all over the index, as those of a new list do.
"""

import random
from argparse import Namespace
from collections.abc import Callable, Iterator
from itertools import count

from sqlalchemy import Engine, text

from bench.core_import import LIMIT, ROWS, import_drafts, prepare_copy
from bench.measuring import BESIDE_COPY, beside_copy
from bench.people import make_draft
from bench.results import Table
from core.records import LeadDraft
from db import workspaces
from db.transaction import without_time_limit

TITLE = "growth: 1000 rows into a workspace of many leads"
SIZES = (0, 100_000, 1_000_000)
LARGE = 5_000_000
WORKSPACE = "bench-growth"

#: Leads number :first to :last, made by the server: ids in the order of time, emails in none.
FILL = """
    INSERT INTO leads (
        workspace_id, id, email, first_name, last_name, company, title, phone, linkedin_url, website, notes, source, status,
        custom_fields, tags, created_at, updated_at
    )
    SELECT
        :workspace_id,
        ('0190' || lpad(to_hex(n), 8, '0') || '7000' || '8' || substr(md5(n::text), 1, 15))::uuid,
        substr(md5(n::text), 1, 8) || '.person' || n || '@company' || n % 97 || '.example.com',
        'Anna', 'Becker', 'Company ' || n % 97 || ' & Sons', 'Head of Sales', '+49 30 5550' || n,
        'https://www.linkedin.com/in/p-' || n, 'https://www.company' || n % 97 || '.example.com',
        'Met at the fair, stand ' || n % 40 || '; wants a demo in spring.', 'trade fair', 'active',
        jsonb_build_object('Budget', n::text, 'Region', 'North'), ARRAY['fair', 'stand-' || n % 40], now(), now()
    FROM generate_series(CAST(:first AS integer), CAST(:last AS integer)) AS n
"""


def measure(engine: Engine, options: Namespace) -> Table:
    """Ratios to a bare COPY into the same workspace, by its size."""
    numbers, rows, filled = count(), [], 0
    for size in (*SIZES, LARGE) if options.large else SIZES:
        fill(engine, filled, size)
        filled = size
        for name, is_new in (("all new", True), ("all duplicates", False)):
            row = beside_copy(
                options.rounds,
                lambda n: prepare_copy(engine, WORKSPACE, new_drafts(numbers)),
                f"{size:,} leads, {name}",
                lambda n, is_new=is_new: prepare(engine, new_drafts(numbers), is_new=is_new),
            )
            rows.append(row)
    return Table(BESIDE_COPY, rows)


def prepare(engine: Engine, drafts: list[LeadDraft], *, is_new: bool) -> Callable[[], None]:
    """An import of these drafts; where they are not new, another import of the same ones comes before it, unmeasured."""
    if not is_new:
        import_drafts(engine, WORKSPACE, drafts)
    return lambda: import_drafts(engine, WORKSPACE, drafts)


def new_drafts(numbers: Iterator[int]) -> list[LeadDraft]:
    """ROWS drafts with emails all over the alphabet."""
    chance = random.Random(f"drafts {next(numbers)}")
    return [make_draft(i, f"{chance.getrandbits(48):012x}") for i in range(ROWS)]


def fill(engine: Engine, filled: int, size: int) -> None:
    """Bring the workspace from ``filled`` to ``size`` leads, with fresh statistics and nothing left to write out."""
    with engine.begin() as conn, without_time_limit(conn):
        workspaces.ensure_workspace(conn, workspace_id=WORKSPACE, name=WORKSPACE, contact_limit=LIMIT)
        conn.execute(text(FILL), {"workspace_id": WORKSPACE, "first": filled + 1, "last": size})
        conn.execute(
            text("UPDATE workspaces SET active_leads = active_leads + :added WHERE id = :workspace_id"),
            {"workspace_id": WORKSPACE, "added": size - filled},
        )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn, without_time_limit(conn):
        for statement in ("SET statement_timeout = 0", "VACUUM (ANALYZE) leads", "CHECKPOINT", "RESET statement_timeout"):
            conn.execute(text(statement))
