"""The rules by which every statement of the product is judged after each test, and that no statement slips past them."""

import pytest
from sqlalchemy import Engine, text

from db.workspaces import LOCK_WORKSPACE
from tests.conftest import sql_recorder
from tests.factories import emails_csv, import_file, put_campaign, put_leads, soft_delete
from tests.sql_recorder import ROOT, SqlRecorder, Statement, numbered, product_line
from tests.sql_rules import EXEMPT, IMMUTABLE, OURS, STABLE, judge, workspace_column

GOOD = [
    "SELECT * FROM leads WHERE workspace_id = $1 AND id = $2",
    "SELECT * FROM leads AS l WHERE l.workspace_id = $1::varchar COLLATE \"C\" AND l.deleted_at IS NULL",
    "SELECT active_leads FROM workspaces WHERE id = $1 FOR NO KEY UPDATE",
    "SELECT * FROM leads l JOIN campaign_memberships m ON m.workspace_id = l.workspace_id AND m.lead_id = l.id WHERE l.workspace_id = $1",
    "SELECT * FROM leads JOIN campaign_memberships USING (workspace_id) WHERE leads.workspace_id = $1",
    "SELECT * FROM workspaces w LEFT JOIN leads l ON l.workspace_id = w.id WHERE w.id = $1",
    "SELECT w FROM (SELECT unnest($2::text[]) LIMIT 9) AS l (w) CROSS JOIN LATERAL (SELECT * FROM leads WHERE workspace_id = $1 AND email = w LIMIT 1) AS f",
    "WITH old AS (SELECT id FROM leads WHERE workspace_id = $1) SELECT * FROM old",
    "SELECT * FROM api_keys WHERE hash = $1",
    "SELECT * FROM procrastinate_jobs",
    "INSERT INTO leads (workspace_id, id) VALUES ($1, gen_random_uuid())",
    "INSERT INTO leads (workspace_id, id) SELECT workspace_id, lead_id FROM campaign_memberships WHERE workspace_id = $1",
    "INSERT INTO leads (workspace_id, id) SELECT $1, id FROM unnest($2::uuid[]) AS n (id)",
    "INSERT INTO members (workspace_id, email) VALUES ($1, $2) ON CONFLICT (workspace_id, email) DO UPDATE SET role = excluded.role",
    "UPDATE leads SET updated_at = now() WHERE workspace_id = $1 RETURNING id",
    "UPDATE leads l SET tags = n.tags FROM (SELECT * FROM unnest($2::uuid[]) LIMIT cardinality($2)) AS n (id) WHERE l.workspace_id = $1 AND l.id = n.id",
    "DELETE FROM imports WHERE workspace_id = $1 AND created_at < now() - interval '1 day'",
    "COPY leads (workspace_id, id) FROM STDIN",
]  # fmt: skip

BAD = [
    ("SELECT * FROM leads", "unpinned"),
    ("SELECT * FROM leads WHERE workspace_id = $1 OR id = $2", "unpinned"),
    ("SELECT * FROM leads WHERE workspace_id IN ($1, $2)", "unpinned"),
    ("SELECT * FROM leads WHERE workspace_id <> $1", "unpinned"),
    ("SELECT * FROM workspaces", "unpinned"),
    ("SELECT * FROM api_keys WHERE name = $1", "unpinned"),
    ("SELECT * FROM leads WHERE workspace_id = $1 AND id IN (SELECT lead_id FROM campaign_memberships)", "unpinned"),
    ("SELECT (SELECT count(*) FROM leads) FROM workspaces WHERE id = $1", "unpinned"),
    ("WITH all_leads AS (SELECT * FROM leads) SELECT * FROM all_leads", "unpinned"),
    ("SELECT 1 FROM leads WHERE workspace_id = $1 UNION SELECT 1 FROM imports", "unpinned"),
    ("SELECT * FROM leads l, campaigns c WHERE l.workspace_id = $1 AND c.workspace_id = $2", "unjoined"),
    ("SELECT * FROM leads l JOIN campaign_memberships m ON m.lead_id = l.id WHERE l.workspace_id = $1", "unpinned"),
    ("INSERT INTO leads (id) VALUES ($1)", "unpinned"),
    ("INSERT INTO leads VALUES ($1, $2)", "unpinned"),
    ("INSERT INTO leads (workspace_id, id) SELECT name, id FROM workspaces WHERE id = $1", "unpinned"),
    ("INSERT INTO leads (workspace_id, id) SELECT $1, gen_random_uuid() FROM unnest($2::text[]) AS n", "volatile"),
    ("INSERT INTO campaigns (workspace_id, id) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", "unpinned"),
    (
        "INSERT INTO members (workspace_id, email) VALUES ($1, $2)"
        " ON CONFLICT (workspace_id, email) DO UPDATE SET created_at = now()",
        "conflict-function",
    ),
    (
        "INSERT INTO members (workspace_id, email) VALUES ($1, $2)"
        " ON CONFLICT (workspace_id, email) DO UPDATE SET created_at = CURRENT_TIMESTAMP",
        "conflict-function",
    ),
    (
        "INSERT INTO leads (workspace_id, id) VALUES ($1, $2) ON CONFLICT ON CONSTRAINT leads_pk"
        " DO UPDATE SET custom_fields = jsonb_build_object('a', leads.title)",
        "conflict-function",
    ),
    (
        "INSERT INTO leads (workspace_id, id) VALUES ($1, $2) ON CONFLICT ON CONSTRAINT leads_pk"
        " DO UPDATE SET title = excluded.title WHERE leads.updated_at < now()",
        "conflict-function",
    ),
    ("INSERT INTO leads (workspace_id, id) VALUES ($1, $2) RETURNING lower(email)", "returning"),
    ("UPDATE leads SET title = $1 WHERE id = $2", "unpinned"),
    ("UPDATE leads SET workspace_id = $1 WHERE workspace_id = $2", "moves-workspace"),
    ("UPDATE leads SET id = gen_random_uuid() WHERE workspace_id = $1", "volatile"),
    ("UPDATE leads SET updated_at = clock_timestamp() WHERE workspace_id = $1", "volatile"),
    ("UPDATE leads SET updated_at = now() WHERE workspace_id = $1 RETURNING now()", "returning"),
    ("DELETE FROM leads WHERE id = $1", "unpinned"),
    ("DELETE FROM leads WHERE workspace_id = $1 AND random() < 0.5", "volatile"),
    ("MERGE INTO leads USING workspaces w ON leads.workspace_id = w.id WHEN MATCHED THEN DELETE", "merge"),
    ("SELECT pg_advisory_xact_lock($1)", "advisory-lock"),
    ("SELECT 1 FROM leads WHERE workspace_id = $1 AND pg_try_advisory_lock(1)", "advisory-lock"),
    ("CREATE TRIGGER t AFTER INSERT ON leads EXECUTE FUNCTION f()", "trigger"),
    ("COPY leads (id) FROM STDIN", "unpinned"),
    ("COPY leads TO STDOUT", "unpinned"),
    ("COPY (SELECT * FROM leads) TO STDOUT", "unpinned"),
    ("TRUNCATE leads", "unpinned"),
    ("UPDATE leads l SET title = '' FROM unnest($2::uuid[]) AS n (id) WHERE l.workspace_id = $1 AND l.id = n.id", "list"),
    ("SELECT 1 FROM unnest($2::uuid[]) AS n JOIN leads l ON l.id = n WHERE l.workspace_id = $1", "list"),
    ("DELETE FROM campaign_memberships m USING unnest($2::uuid[]) AS n WHERE m.workspace_id = $1 AND m.lead_id = n", "list"),
    ("SELECT 1 FROM (SELECT * FROM unnest($2::uuid[])) AS n (id) JOIN leads l ON l.id = n.id WHERE l.workspace_id = $1", "list"),
    ("SELECT FROM WHERE", "unparsable"),
]


@pytest.mark.parametrize("statement", GOOD)
def test_a_statement_that_one_workspace_answers_is_let_through(statement):
    assert judge(statement) == []


@pytest.mark.parametrize(("statement", "rule"), BAD)
def test_a_statement_that_breaks_a_rule_is_named(statement, rule):
    assert rule in [breach.rule for breach in judge(statement)]


def test_an_exemption_is_for_its_own_file_and_rule_alone():
    assert judge("SELECT * FROM leads", place="db/check.py:50") == []
    assert [breach.rule for breach in judge("SELECT * FROM leads", place="db/leads.py:50")] == ["unpinned"]
    assert [breach.rule for breach in judge("SELECT pg_advisory_lock(1)", place="db/check.py:50")] == ["advisory-lock"]


def test_every_exemption_is_for_something_that_is_there_and_says_why():
    for place, rules in EXEMPT.items():
        assert (ROOT / place).exists(), place
        assert all(rules.values()), place


def test_every_table_says_which_column_names_the_workspace():
    from db.tables import metadata

    assert all(workspace_column(name) in metadata.tables[name].c for name in OURS)


def test_functions_are_as_volatile_as_the_rules_believe(engine: Engine):
    """By pg_proc, over all functions of a name: a name counts as its most volatile one."""
    with engine.connect() as conn:
        rows = conn.execute(
            text("SELECT proname, max(array_position('{i,s,v}', provolatile)) AS worst FROM pg_proc GROUP BY proname")
        )
        worst = {row.proname: row.worst for row in rows}
    assert {name: worst.get(name) for name in IMMUTABLE} == dict.fromkeys(IMMUTABLE, 1)
    assert {name: worst.get(name) for name in STABLE} == dict.fromkeys(STABLE, 2)


# --- the recorder -------------------------------------------------------------------------------------------------


def test_statements_of_pipelines_copies_and_sqlalchemy_are_all_recorded(engine: Engine, workspace_id: str):
    """One import with everything in it: look-up and lock in a pipeline, COPY, restore, counts, record, ledger."""
    put_leads(engine, workspace_id, ["back@example.com"])
    put_campaign(engine, workspace_id, ["back@example.com"])
    soft_delete(engine, workspace_id, ["back@example.com"])
    import_file(engine, workspace_id, emails_csv(["new@example.com", "back@example.com"]))
    recorded = [(statement.text.split()[:2], statement.place.split(":")[0]) for statement in sql_recorder.seen.values()]
    for start, place in (
        (["COPY", "leads"], "core/writing_flow.py"),
        (["SELECT", "contact_limit,"], "db/workspaces.py"),
        (["UPDATE", "leads"], "db/leads.py"),
        (["WITH", "changed"], "db/campaigns.py"),
        (["INSERT", "INTO"], "db/imports.py"),
    ):
        assert (start, place) in recorded


def test_what_a_test_asks_the_database_is_not_the_products(engine: Engine):
    with engine.connect() as conn:
        conn.execute(text("SELECT count(*) FROM leads -- asked by a test"))
    assert [statement for statement in sql_recorder.seen if "asked by a test" in statement] == []
    assert product_line(None) == ""


def test_a_breach_is_told_once_with_its_place_and_its_text():
    recorder = SqlRecorder()
    recorder.fresh.append(Statement("SELECT * FROM leads", "db/leads.py:7"))
    [told] = recorder.take_breaches()
    assert "db/leads.py:7" in told
    assert "unpinned: leads: no workspace_id = …" in told
    assert told.endswith("SELECT * FROM leads")
    assert recorder.take_breaches() == []


def test_placeholders_become_numbers_by_name():
    assert numbered("a = %(x)s AND b = %(y)b AND c = %(x)s") == "a = $1 AND b = $2 AND c = $1"
    assert numbered("a = %s AND b LIKE '50%%' AND c = %t") == "a = $1 AND b LIKE '50%' AND c = $2"
    assert judge(numbered(LOCK_WORKSPACE)) == []
