"""Spreading the tables over a Citus cluster: what would be asked of it, and that nothing happens elsewhere."""

import pytest
from sqlalchemy import Engine, text

from db import distribute, migrate, sessions
from db import engine as db_engine
from db.__main__ import main
from db.tables import metadata

#: What the command asks of Citus, written down instead of done.
FAKE_CITUS = """
    CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, partmethod "char");
    CREATE TABLE asked (no serial, question text);
    CREATE FUNCTION create_distributed_table(
        table_name regclass, distribution_column text, distribution_type text DEFAULT 'hash',
        colocate_with text DEFAULT 'default'
    ) RETURNS void LANGUAGE sql AS $$
        INSERT INTO asked (question) VALUES (table_name || ' by ' || distribution_column || ' beside ' || colocate_with);
        INSERT INTO pg_dist_partition (logicalrelid, partmethod) VALUES (table_name, 'h')
    $$;
    CREATE FUNCTION truncate_local_data_after_distributing_table(function_table_name regclass)
    RETURNS void LANGUAGE sql AS $$
        INSERT INTO asked (question) VALUES ('forget ' || function_table_name)
    $$;
"""

BESIDE_WORKSPACES = sorted(set(metadata.tables) - {"workspaces", "api_keys"})


@pytest.fixture
def empty_engine(empty_database_url: str):
    """A migrated database of the test's own, with one workspace in it."""
    engine = db_engine.make_engine(empty_database_url)
    migrate.upgrade(engine)
    with engine.begin() as conn:
        conn.execute(text("INSERT INTO workspaces VALUES ('one', 'One', 1, 0, now())"))
    yield engine
    engine.dispose()


@pytest.fixture
def fake_citus(empty_engine: Engine) -> Engine:
    """The same, which says that it has the extension and notes what it is asked."""
    with empty_engine.begin() as conn:
        conn.exec_driver_sql(FAKE_CITUS)
        pretend_extension(conn)
    return empty_engine


def pretend_extension(conn) -> None:
    conn.execute(
        text(
            "INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) "
            "SELECT 4000000000, 'citus', 10, oid, false, 'fake' FROM pg_namespace WHERE nspname = 'public'"
        )
    )


def asked(engine: Engine) -> list[str]:
    with engine.connect() as conn:
        return list(conn.scalars(text("SELECT question FROM asked ORDER BY no")))


def test_without_the_extension_nothing_is_asked(empty_engine: Engine):
    assert distribute.distribute(empty_engine) is None


def test_every_table_goes_by_its_workspace_and_keys_by_their_hash(fake_citus: Engine):
    distribute.distribute(fake_citus)
    questions = asked(fake_citus)
    assert questions[0] == "workspaces by id beside none", "the others live beside it"
    assert "api_keys by hash beside none" in questions, "a key is found before its workspace is known"
    assert sorted(questions) == sorted(
        [
            "workspaces by id beside none",
            "api_keys by hash beside none",
            *(f"{name} by workspace_id beside workspaces" for name in BESIDE_WORKSPACES),
            "forget workspaces",
        ]
    )


def test_a_table_comes_after_those_that_its_foreign_keys_name():
    order = [placement.table for placement in distribute.placements()]
    for table in metadata.tables.values():
        for key in table.foreign_key_constraints:
            assert order.index(key.referred_table.name) < order.index(table.name), key.name


def test_rows_that_stayed_on_the_coordinator_are_forgotten_after_all_is_spread(fake_citus: Engine):
    distribute.distribute(fake_citus)
    assert asked(fake_citus)[-1] == "forget workspaces", "the one table here that had rows"


def test_a_second_call_spreads_nothing_again(fake_citus: Engine):
    first = distribute.distribute(fake_citus)
    assert len(first or ()) == len(metadata.tables)
    with fake_citus.begin() as conn:
        conn.execute(text("TRUNCATE asked"))
        conn.execute(text("TRUNCATE workspaces"))  # as Citus does when it is told to forget
    assert distribute.distribute(fake_citus) == []
    assert asked(fake_citus) == []


def test_a_large_table_may_take_as_long_as_it_takes(fake_citus: Engine, monkeypatch):
    """Longer than any statement of an import: neither the server nor the driver gives it up."""
    with fake_citus.begin() as conn:
        conn.execute(text("CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.5); RETURN NEW; END $$"))
        conn.execute(
            text(
                "CREATE TRIGGER slow BEFORE INSERT ON asked FOR EACH ROW "
                "WHEN (NEW.question LIKE 'leads %' OR NEW.question LIKE 'forget %') EXECUTE FUNCTION take_long()"
            )
        )
    monkeypatch.setattr(sessions, "ANSWER_TIMEOUT_S", 1)
    assert len(distribute.distribute(fake_citus) or ()) == len(metadata.tables)


def test_a_table_that_came_with_an_upgrade_is_spread_by_the_next_call(fake_citus: Engine):
    distribute.distribute(fake_citus)
    with fake_citus.begin() as conn:
        conn.execute(text("DELETE FROM pg_dist_partition WHERE logicalrelid = 'members'::regclass"))
    assert distribute.distribute(fake_citus) == [distribute.Placement("members", "workspace_id", "workspaces")]


def test_where_one_table_is_refused_none_is_spread(fake_citus: Engine):
    with fake_citus.begin() as conn:
        conn.execute(text("INSERT INTO pg_dist_partition VALUES ('imports', 'n')"))  # refused as there already
    with pytest.raises(Exception, match="pg_dist_partition_pkey"):
        distribute.distribute(fake_citus)
    assert asked(fake_citus) == []


@pytest.fixture
def own_process(monkeypatch: pytest.MonkeyPatch, empty_database_url: str):
    """The command line on the test's own database; the process's engine is put back afterwards."""
    monkeypatch.setattr(db_engine, "_engine", None)
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    yield
    db_engine.stop()


def test_the_command_says_what_it_did(own_process, fake_citus: Engine, capsys):
    assert main(["distribute"]) == 0
    assert "leads is distributed by workspace_id." in capsys.readouterr().out
    assert main(["distribute"]) == 0
    assert capsys.readouterr().out == "Every table is distributed already.\n"


def test_the_command_says_where_there_is_nothing_to_do(own_process, capsys):
    assert main(["distribute"]) == 0
    assert "no Citus extension" in capsys.readouterr().out
