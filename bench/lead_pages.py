"""Pages of a million leads: what each costs, and how PostgreSQL goes about it.

The leads are made by the server itself. Every figure is the median of some repeats on a warm cache, through the flow that the screen
calls: connection, statements, and the records that come back.
"""

import statistics
import time
from collections.abc import Callable

from sqlalchemy import Engine, text

from core import browse_flow, campaign_flow, export_flow
from core.ids import lead_id_text
from core.listing import LeadFilter
from db import workspaces
from db.transaction import without_time_limit

LEADS = 1_000_000
WORKSPACE = "bench-leads"
TITLE = f"pages of 50 leads out of {LEADS:,}"
REPEATS = 7
#: 1 in 100 deleted, 1 in 1000 bounced, 1 in 1000 of a rare source, 1 in 10,000 with a rare tag; one lead per second.
FILL = """
    INSERT INTO leads (
        workspace_id, id, email, first_name, last_name, company, title, phone, linkedin_url, website, notes, source, status,
        custom_fields, tags, created_at, updated_at, deleted_at
    )
    SELECT
        :workspace_id,
        (lpad(to_hex(1767225600000 + n * 1000), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8'
            || substr(md5(n::text), 4, 15))::uuid,
        'person' || n || '@company' || n % 9973 || '.example.com',
        (ARRAY['Anna', 'Ben', 'Carla', 'David', 'Elodie', 'Frank', 'Greta', 'Hugo', 'Ines', 'Yusuf'])[1 + n % 10],
        (ARRAY['Adler', 'Becker', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'Garcia', 'Hansen', 'Novak', 'Olsen'])[1 + n / 10 % 10],
        'Company ' || n % 9973 || ' & Sons', 'Head of Sales', '+49 30 5550' || n, 'https://www.linkedin.com/in/p-' || n,
        'https://www.company' || n % 9973 || '.example.com', 'Met at the fair, stand ' || n % 40 || '; wants a demo in spring.',
        CASE WHEN n % 1000 = 0 THEN 'rare fair' ELSE 'csv_import' END,
        CASE WHEN n % 1000 = 1 THEN 'bounced' WHEN n % 50 = 2 THEN 'unsubscribed' ELSE 'active' END,
        jsonb_build_object('Budget', (n * 10)::text, 'Region', 'North'),
        ARRAY['fair', 'stand-' || n % 40] || CASE WHEN n % 10000 = 5 THEN ARRAY['vip'] ELSE '{}' END,
        to_timestamp(1767225600 + n), to_timestamp(1767225600 + n),
        CASE WHEN n % 100 = 7 THEN to_timestamp(1767225600 + n + 50) END
    FROM generate_series(1, CAST(:leads AS integer)) AS n
"""


def run(engine: Engine) -> None:
    """Fill a workspace and print the table."""
    fill(engine)
    print(TITLE, flush=True)
    print(f"  {'':<46} {'page, ms':>9} {'count, ms':>10}  found")
    for name, where, sort, after in cases(engine):
        place = {"workspace_id": WORKSPACE, "where": where}
        page, page_ms = timed(lambda place=place, sort=sort, after=after: browse_flow.browse_leads(engine, **place, sort=sort, after=after))
        count, count_ms = timed(lambda place=place: browse_flow.count_leads(engine, **place))
        found = f"{len(page.items)}{'' if page.is_full else ' so far'} of {'' if count.is_exact else 'at least '}{count.number:,}"
        print(f"  {name:<46} {page_ms:>9.1f} {count_ms:>10.1f}  {found}", flush=True)
    _, values_ms = timed(lambda: browse_flow.list_filter_values(engine, workspace_id=WORKSPACE))
    print(f"  {'tags and sources to choose from':<46} {values_ms:>9.1f}", flush=True)
    export(engine)
    plans(engine)


def fill(engine: Engine) -> None:
    """LEADS leads in one workspace, 40,000 of them in one campaign, with fresh statistics."""
    with engine.begin() as conn, without_time_limit(conn):
        workspaces.ensure_workspace(conn, workspace_id=WORKSPACE, name=WORKSPACE, contact_limit=2_000_000_000)
        conn.execute(text(FILL), {"workspace_id": WORKSPACE, "leads": LEADS})
        conn.execute(
            text(
                "UPDATE workspaces SET active_leads = (SELECT count(*) FROM leads WHERE workspace_id = :w "
                "AND deleted_at IS NULL) WHERE id = :w"
            ),
            {"w": WORKSPACE},
        )
    campaign = campaign_flow.create_campaign(engine, workspace_id=WORKSPACE, values={"name": "Spring"})
    with engine.begin() as conn:
        conn.execute(
            text(
                "INSERT INTO campaign_memberships SELECT workspace_id, :c, id, now() FROM leads "
                "WHERE workspace_id = :w ORDER BY id LIMIT 40000"
            ),
            {"w": WORKSPACE, "c": campaign.id},
        )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("VACUUM (ANALYZE) leads"))
        conn.execute(text("VACUUM (ANALYZE) campaign_memberships"))


def cases(engine: Engine) -> list[tuple[str, LeadFilter, str, str | None]]:
    """Name, filter, order, and where the page begins."""
    with engine.connect() as conn:
        deep = conn.scalars(text("SELECT id FROM leads WHERE workspace_id = :w ORDER BY id OFFSET 5000 LIMIT 1"), {"w": WORKSPACE}).one()
    campaign = campaign_flow.list_campaigns(engine, workspace_id=WORKSPACE).items[0]
    return [
        ("newest, page 1", LeadFilter(), "newest", None),
        (f"newest, page {(LEADS - 5000) // 50:,}", LeadFilter(), "newest", lead_id_text(deep.hex)),
        ("oldest, page 1", LeadFilter(), "oldest", None),
        ("by email, page 1", LeadFilter(), "email", None),
        ("by email, in the middle", LeadFilter(), "email", "person5"),
        ("by name (too many: newest first)", LeadFilter(), "name", None),
        ("deleted", LeadFilter(is_deleted=True), "newest", None),
        ("deleted, by last change", LeadFilter(is_deleted=True), "changed", None),
        ("status active", LeadFilter(status="active"), "newest", None),
        ("status bounced", LeadFilter(status="bounced"), "newest", None),
        ("status bounced, by name", LeadFilter(status="bounced"), "name", None),
        ("status replied: none has it", LeadFilter(status="replied"), "newest", None),
        ("tag that 1 in 40 has", LeadFilter(tags=("stand-7",)), "newest", None),
        ("tag that 1 in 10,000 has", LeadFilter(tags=("vip",)), "newest", None),
        ("tag that none has", LeadFilter(tags=("none",)), "newest", None),
        ("source that 1 in 1,000 has", LeadFilter(source="rare fair"), "newest", None),
        ("in a campaign of 40,000", LeadFilter(campaign_id=campaign.id), "newest", None),
        ("search “anna”", LeadFilter(search="anna"), "newest", None),
        ("search for what is nowhere", LeadFilter(search="zzz"), "newest", None),
        ("search for an address at the other end", LeadFilter(search="person77@company77.example.com"), "newest", None),
        ("search with tag and status", LeadFilter(search="anna", tags=("vip",), status="unsubscribed"), "newest", None),
    ]  # fmt: skip


def timed(call: Callable[[], object]) -> tuple[object, float]:
    """What the call gives, and its median milliseconds after one that does not count."""
    result = call()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        result = call()
        times.append(time.perf_counter() - start)
    return result, statistics.median(times) * 1000


def export(engine: Engine) -> None:
    """The whole workspace as CSV: how long until the first bytes, and in all."""
    start = time.perf_counter()
    size = first_s = 0.0
    for chunk in export_flow.export_leads(engine, workspace_id=WORKSPACE):
        first_s = first_s or time.perf_counter() - start
        size += len(chunk)
    total_s = time.perf_counter() - start
    print(f"  export of all: first bytes after {first_s:.1f} s, {size / 1024**2:.0f} MB in {total_s:.0f} s", flush=True)


def plans(engine: Engine) -> None:
    """How the server reads the pages that an index of their own serves."""
    statements = {
        "newest": "deleted_at IS NULL ORDER BY id DESC",
        "by email": "deleted_at IS NULL ORDER BY email",
        "deleted": "deleted_at IS NOT NULL ORDER BY id DESC",
        "status bounced": "status = 'bounced' AND status <> 'active' ORDER BY id DESC",
    }
    for name, condition in statements.items():
        statement = f"EXPLAIN (COSTS off) SELECT * FROM leads WHERE workspace_id = :w AND {condition} LIMIT 51"
        with engine.connect() as conn:
            lines = conn.scalars(text(statement), {"w": WORKSPACE}).all()
        print(f"  plan, {name}: {' / '.join(line.strip() for line in lines[1:3])}", flush=True)

