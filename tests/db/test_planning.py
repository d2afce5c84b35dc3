"""Rows that are named by their keys are looked up by them, whatever the planner believes (db/planning.py).

What a statement looks at is counted by PostgreSQL itself (EXPLAIN ANALYZE) in the plan that it really gets, in databases
whose statistics know nothing of the workspace, or less.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Connection, Engine, text

from db import (
    campaign_queries,
    campaigns,
    lead_lists,
    lead_queries,
    leads,
    migrate,
    planning,
    scorecard,
    undo,
    workspaces,
)
from db import engine as db_engine
from db.lead_lists import NEWEST, Where
from db.leads import FILLED_COLUMNS, MERGED_COLUMNS
from db.transaction import driver
from tests.conftest import with_database
from tests.sql_recorder import numbered

TABLES = ("leads", "campaign_memberships", "campaigns", "imports", "import_parts")
WORKSPACE = "grown"
LEADS = 3000
#: How many leads each statement names, and how many rows it may look at for each of them on every step of its way.
NAMED = 100
ROWS_PER_NAMED = 3
CAMPAIGNS = 40
IMPORTS = 50

FILL = """
    INSERT INTO leads (
        workspace_id, id, email, first_name, source, status, custom_fields, tags, created_at, updated_at, deleted_at
    )
    SELECT
        :workspace_id, gen_random_uuid(), 'p' || no || '@example.com', 'Pat', 'api',
        CASE no % 3 WHEN 0 THEN 'unsubscribed' ELSE 'active' END, '{}', '{}', now(), now() + interval '1 s',
        CASE no % 2 WHEN 0 THEN now() END
    FROM generate_series(1, :number) AS no
"""
JOIN_CAMPAIGNS = """
    INSERT INTO campaign_memberships (workspace_id, campaign_id, lead_id, created_at)
    SELECT lead.workspace_id, campaign.id, lead.id, now()
    FROM leads AS lead
    JOIN (SELECT * FROM campaigns WHERE workspace_id = :workspace_id LIMIT 3) AS campaign
        ON campaign.workspace_id = lead.workspace_id
    WHERE lead.workspace_id = :workspace_id
"""

PUT_IMPORTS = """
    INSERT INTO imports (
        workspace_id, id, door, state, created_by, parse_options, options, corrections,
        row_count, created, restored, duplicates, errors, not_imported, part_count, parts_done, created_at, updated_at
    )
    SELECT
        :workspace_id, gen_random_uuid(), 'wizard', 'done', 'somebody', '{}', '{}', '{}',
        1, 1, 0, 0, 0, 0, 1, 1, now(), now()
    FROM generate_series(1, :number)
"""
PUT_PARTS = """
    INSERT INTO import_parts (
        workspace_id, import_id, part_no, row_count, created, restored, duplicates, errors, not_imported, ledger, finished_at
    )
    SELECT
        import.workspace_id, import.id, no, 1, 1, 0, 0, 0, 0, '',
        now() - (row_number() OVER () - 1) * interval '1 s'
    FROM imports AS import
    CROSS JOIN generate_series(0, 4) AS no
    WHERE import.workspace_id = :workspace_id
"""


def fill_workspace(conn: Connection, workspace_id: str, number: int) -> None:
    workspaces.ensure_workspace(conn, workspace_id=workspace_id, name=workspace_id, contact_limit=10_000)
    conn.execute(text(FILL), {"workspace_id": workspace_id, "number": number})


def grow(conn: Connection) -> None:
    """The workspace that all tests ask, of which the statistics know nothing."""
    fill_workspace(conn, WORKSPACE, LEADS)
    for no in range(CAMPAIGNS):
        values = {"name": f"Campaign {no}", "status": "draft"}
        campaign_queries.insert_campaign(conn, workspace_id=WORKSPACE, campaign_id=uuid4(), values=values)
    conn.execute(text(JOIN_CAMPAIGNS), {"workspace_id": WORKSPACE})
    conn.execute(text(PUT_IMPORTS), {"workspace_id": WORKSPACE, "number": IMPORTS})
    conn.execute(text(PUT_PARTS), {"workspace_id": WORKSPACE})


def know_nothing(conn: Connection) -> None:
    pass


def know_others(number: int, *sizes: int) -> Callable[[Connection], None]:
    """Statistics from when there were so many other workspaces, with so many leads each in turn."""

    def fill(conn: Connection) -> None:
        for no in range(number):
            fill_workspace(conn, f"other {no}", sizes[no % len(sizes)])
            values = {"name": "Campaign", "status": "draft"}
            campaign_queries.insert_campaign(conn, workspace_id=f"other {no}", campaign_id=uuid4(), values=values)
            conn.execute(text(JOIN_CAMPAIGNS), {"workspace_id": f"other {no}"})
            conn.execute(text(PUT_IMPORTS), {"workspace_id": f"other {no}", "number": 1})
            conn.execute(text(PUT_PARTS), {"workspace_id": f"other {no}"})
        conn.execute(text(f"ANALYZE {', '.join(TABLES)}"))

    return fill


def know_all(conn: Connection) -> None:
    grow(conn)
    conn.execute(text(f"ANALYZE {', '.join(TABLES)}"))


#: What the statistics were made of.
KNOWN = {
    "nothing": know_nothing,
    "another workspace": know_others(1, 1000),
    "many small workspaces": know_others(60, 1, 2, 3),
    "workspaces of one lead each": know_others(60, 1),
    "all": know_all,
}


class Asked(NamedTuple):
    """A database whose statistics are what they are, and what is asked of the grown workspace in it."""

    engine: Engine
    ids: list[UUID]
    emails: list[str]
    campaign_id: UUID
    import_ids: list[UUID]

    @property
    def hex_ids(self) -> list[str]:
        return [one.hex for one in self.ids]


@pytest.fixture(scope="module", params=KNOWN)
def asked(request: pytest.FixtureRequest, server_url: str) -> Iterator[Asked]:
    name = f"planning_{uuid4().hex}"
    db_engine.create_database(server_url, name)
    engine = db_engine.make_engine(with_database(server_url, name))
    migrate.upgrade(engine)
    with engine.begin() as conn:
        for table in TABLES:
            conn.execute(text(f"ALTER TABLE {table} SET (autovacuum_enabled = off)"))
    with engine.begin() as conn:
        KNOWN[request.param](conn)
        if request.param != "all":
            grow(conn)
        named = conn.execute(
            text("SELECT id, email FROM leads WHERE workspace_id = :workspace_id ORDER BY id LIMIT :number"),
            {"workspace_id": WORKSPACE, "number": NAMED},
        ).all()
        campaign_id = conn.scalar(text("SELECT campaign_id FROM campaign_memberships WHERE workspace_id = 'grown' LIMIT 1"))
        import_ids = list(conn.scalars(text("SELECT id FROM imports WHERE workspace_id = 'grown'")))
    yield Asked(engine, [row.id for row in named], sorted(row.email for row in named), campaign_id, import_ids)
    engine.dispose()
    with psycopg.connect(server_url, autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


# --- what is asked ------------------------------------------------------------------------------------------------------

PLACE = {"workspace_id": WORKSPACE}


def cells(names: tuple[str, ...]) -> dict[str, list[str | None]]:
    """A value for each of the named leads in each column."""
    literals = {"custom_fields": '{"a": 1}', "tags": "{a}", "status": "active"}
    return {name: [literals.get(name, "x")] * NAMED for name in names}


def find(conn: Connection, asked: Asked, *, whole: bool) -> None:
    leads.send_way(driver(conn).cursor())
    send = leads.send_find_whole if whole else leads.send_find
    send(driver(conn).cursor(), **PLACE, emails=asked.emails)


def join(conn: Connection, asked: Asked) -> int:
    """Into a campaign that they are not in yet."""
    new = uuid4()
    campaign_queries.insert_campaign(conn, **PLACE, campaign_id=new, values={"name": "New", "status": "draft"})
    return campaign_queries.add_leads(conn, **PLACE, campaign_id=new, lead_ids=asked.ids)


def put_back(conn: Connection, asked: Asked) -> None:
    columns = {"id": asked.hex_ids, "deleted_at": [None] * NAMED, **cells(MERGED_COLUMNS)}
    undo.send_put_back(driver(conn).cursor(), **PLACE, columns=columns)


def restore(conn: Connection, asked: Asked) -> None:
    columns = cells(("notes", "tags"))
    leads.send_restore(driver(conn).cursor(), **PLACE, ids=asked.hex_ids, columns=columns)


def fill_blanks(conn: Connection, asked: Asked) -> None:
    columns = {"id": asked.hex_ids, **cells((*FILLED_COLUMNS, "custom_fields"))}
    leads.send_fill(driver(conn).cursor(), **PLACE, columns=columns)


def count(conn: Connection, asked: Asked) -> None:
    campaigns.send_count(driver(conn).cursor(), **PLACE, lead_ids=asked.hex_ids, direction=1)


QUESTIONS: dict[str, Callable[[Connection, Asked], Any]] = {
    "find by email": lambda conn, asked: find(conn, asked, whole=False),
    "find whole by email": lambda conn, asked: find(conn, asked, whole=True),
    "restore": restore,
    "fill blanks": fill_blanks,
    "count memberships": count,
    "undo: states": lambda conn, asked: undo.find_states(driver(conn).cursor(), **PLACE, lead_ids=asked.hex_ids),
    "undo: names": lambda conn, asked: undo.find_names(driver(conn).cursor(), **PLACE, lead_ids=asked.hex_ids),
    "undo: delete": lambda conn, asked: undo.send_delete(driver(conn).cursor(), **PLACE, lead_ids=asked.hex_ids),
    "undo: bring back": lambda conn, asked: undo.send_bring_back(driver(conn).cursor(), **PLACE, lead_ids=asked.hex_ids),
    "undo: put back": put_back,
    "delete many": lambda conn, asked: lead_queries.delete_leads(conn, **PLACE, lead_ids=asked.ids),
    "restore many": lambda conn, asked: lead_queries.restore_leads(conn, **PLACE, lead_ids=asked.ids),
    "tag many": lambda conn, asked: lead_queries.add_tags(conn, **PLACE, lead_ids=asked.ids, tags=["new"], max_tags=9),
    "changed at": lambda conn, asked: lead_queries.count_changed_at(
        conn, **PLACE, lead_ids=asked.ids, moment=conn.scalar(text("SELECT now()")), is_deleted=True
    ),
    "one lead": lambda conn, asked: lead_queries.get_lead(conn, **PLACE, lead_id=asked.ids[0]),
    "one by email": lambda conn, asked: lead_queries.find_by_email(conn, **PLACE, email=asked.emails[0]),
    "change one": lambda conn, asked: lead_queries.update_lead(
        conn, **PLACE, lead_id=asked.ids[0], values={"title": "CEO"}
    ),
    "campaigns of one": lambda conn, asked: lead_queries.list_memberships(conn, **PLACE, lead_id=asked.ids[0]),
    "campaign: which are active": lambda conn, asked: campaign_queries.find_active_leads(
        conn, **PLACE, lead_ids=asked.ids
    ),
    "campaign: of which": lambda conn, asked: campaign_queries.list_campaigns_of_leads(
        conn, **PLACE, lead_ids=asked.hex_ids
    ),
    "campaign: join": join,
    "campaign: by email": lambda conn, asked: campaign_queries.find_by_email(conn, **PLACE, emails=asked.emails),
    "campaign: leave": lambda conn, asked: campaign_queries.remove_leads(
        conn, **PLACE, campaign_id=asked.campaign_id, lead_ids=asked.ids
    ),
    "campaign: joined at": lambda conn, asked: campaign_queries.count_added_at(
        conn, **PLACE, campaign_id=asked.campaign_id, lead_ids=asked.ids, moment=conn.scalar(text("SELECT now()"))
    ),
    "campaign: one leaves": lambda conn, asked: campaign_queries.remove_lead(
        conn, **PLACE, campaign_id=asked.campaign_id, lead_id=asked.ids[0]
    ),
    "page of an import": lambda conn, asked: lead_lists.list_page(
        conn, **PLACE, where=Where(lead_ids=asked.ids), sort=NEWEST, after=None, limit=50
    ),
    "all of an import": lambda conn, asked: lead_lists.list_ids(
        conn, **PLACE, where=Where(lead_ids=asked.ids), limit=1000
    ),
    "size of an import": lambda conn, asked: lead_lists.count_bounded(conn, **PLACE, where=Where(lead_ids=asked.ids)),
    "numbered page of an import": lambda conn, asked: lead_queries.list_leads(
        conn, **PLACE, where=Where(lead_ids=asked.ids), limit=50, offset=0
    ),
    "deleted of an import": lambda conn, asked: lead_lists.list_ids(
        conn, **PLACE, where=Where(lead_ids=asked.ids, is_deleted=True), limit=1000
    ),
    "number of deleted of an import": lambda conn, asked: lead_queries.count_leads(
        conn, **PLACE, where=Where(lead_ids=asked.ids, is_deleted=True)
    ),
    "first page": lambda conn, _: lead_lists.list_page(
        conn, **PLACE, where=Where(), sort=NEWEST, after=None, limit=50
    ),
    "first page of a campaign": lambda conn, asked: lead_lists.list_page(
        conn, **PLACE, where=Where(campaign_id=asked.campaign_id), sort=NEWEST, after=None, limit=50
    ),
}  # fmt: skip

#: What reads a whole workspace, or a whole campaign in it, reads it once.
WHOLE_QUESTIONS: dict[str, Callable[[Connection, Asked], Any]] = {
    "all of a campaign": lambda conn, asked: lead_lists.list_ids(
        conn, **PLACE, where=Where(campaign_id=asked.campaign_id), limit=10_000
    ),
    "size of a campaign": lambda conn, asked: lead_lists.count_bounded(
        conn, **PLACE, where=Where(campaign_id=asked.campaign_id)
    ),
    "a campaign by name": lambda conn, asked: lead_lists.list_sorted(
        conn, **PLACE, where=Where(campaign_id=asked.campaign_id), sort="name", limit=50, offset=0
    ),
    "numbered page of a campaign": lambda conn, asked: lead_queries.list_leads(
        conn, **PLACE, where=Where(campaign_id=asked.campaign_id), limit=50, offset=100
    ),
    "number of a campaign": lambda conn, asked: lead_queries.count_leads(
        conn, **PLACE, where=Where(campaign_id=asked.campaign_id)
    ),
    "custom keys of a campaign": lambda conn, asked: lead_lists.list_custom_keys(
        conn, **PLACE, where=Where(campaign_id=asked.campaign_id), around=" ", limit=9
    ),
    "search": lambda conn, _: lead_lists.list_page(
        conn, **PLACE, where=Where(search="p29"), sort=NEWEST, after=None, limit=50
    ),
    "unsubscribed": lambda conn, _: lead_lists.list_page(
        conn, **PLACE, where=Where(status="unsubscribed"), sort=NEWEST, after=None, limit=50
    ),
    "deleted": lambda conn, _: lead_lists.list_page(
        conn, **PLACE, where=Where(is_deleted=True), sort=NEWEST, after=None, limit=50
    ),
    "begins with": lambda conn, asked: lead_lists.begins_with_address(
        conn, **PLACE, where=Where(search="p", campaign_id=asked.campaign_id), limit=10_000
    ),
    "lost": lambda conn, asked: scorecard.count_lost(conn, **PLACE, import_ids=asked.import_ids),
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_step_looks_at_more_than_what_is_named(asked: Asked, question: str, monkeypatch: pytest.MonkeyPatch):
    with asked.engine.connect() as conn:
        sent = record(monkeypatch, lambda: QUESTIONS[question](conn, asked))
        for statement, values in sent:
            plan = carried_out_plan(conn, statement, values)
            assert rows_looked_at(plan) <= ROWS_PER_NAMED * NAMED, f"{statement}\n{outline(plan)}"


@pytest.mark.parametrize("question", WHOLE_QUESTIONS)
def test_what_reads_a_whole_workspace_reads_it_once(asked: Asked, question: str, monkeypatch: pytest.MonkeyPatch):
    with asked.engine.connect() as conn:
        for statement, values in record(monkeypatch, lambda: WHOLE_QUESTIONS[question](conn, asked)):
            plan = carried_out_plan(conn, statement, values)
            assert rows_looked_at(plan) <= ROWS_PER_NAMED * LEADS, f"{statement}\n{outline(plan)}"


def test_what_is_set_for_a_statement_ends_with_its_transaction(engine: Engine):
    with engine.connect() as conn:
        conn.execute(text(planning.WALK_ALONG_KEY))
        conn.execute(text(planning.READ_ONCE))
        names = ("enable_sort", "enable_nestloop")
        assert [conn.scalar(text(f"SHOW {name}")) for name in names] == ["off", "off"]
        conn.rollback()
        assert [conn.scalar(text(f"SHOW {name}")) for name in names] == ["on", "on"]


def record(monkeypatch: pytest.MonkeyPatch, work: Callable[[], Any]) -> list[tuple[str, dict[str, Any]]]:
    """The statements with named values that ``work`` sends."""
    sent: list[tuple[str, dict[str, Any]]] = []
    execute = psycopg.Cursor.execute

    def listen(cursor: psycopg.Cursor, query: Any, params: Any = None, **options: Any) -> Any:
        if params:
            sent.append((str(query), params))
        return execute(cursor, query, params, **options)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", listen)
        work()
    assert sent
    return sent


def carried_out_plan(conn: Connection, statement: str, values: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL's plan of the statement with bound values and what its steps did, nothing of which stays.

    In the transaction at hand, with its settings. EXPLAIN alone would show the plan for these very values, which is not
    the one that is used.
    """
    place = driver(conn)
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", statement)))
    given = sql.SQL(", ").join(sql.Literal(values[name]) for name in names)
    with place.transaction(force_rollback=True):
        place.execute(f"PREPARE asked AS {numbered(statement)}")
        call = sql.SQL("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked ({})").format(given)
        [[plan]] = place.execute(call.as_string(place)).fetchall()
        place.execute("DEALLOCATE asked")
    return plan[0]["Plan"]


def rows_looked_at(plan: dict[str, Any]) -> int:
    """The most rows that any step of the plan had in its hands, those included that it left out."""
    left_out = sum(plan.get(f"Rows Removed by {what}", 0) for what in ("Filter", "Join Filter", "Index Recheck"))
    own = round((plan["Actual Rows"] + left_out) * plan["Actual Loops"])
    return max([own, *map(rows_looked_at, plan.get("Plans", ()))])


def outline(plan: dict[str, Any], depth: int = 0) -> str:
    """The steps of a plan, a line each, for whoever reads why a test failed."""
    how = " ".join(str(plan[key]) for key in ("Node Type", "Index Name", "Index Cond", "Filter") if key in plan)
    line = f"{'  ' * depth}{how}: {plan['Plan Rows']} expected, {rows_looked_at({**plan, 'Plans': ()})} looked at"
    return "\n".join([line, *(outline(part, depth + 1) for part in plan.get("Plans", ()))])
