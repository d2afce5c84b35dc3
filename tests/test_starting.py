"""The product as a process: it starts with nothing, keeps its data, and leaves nothing running behind."""

import psycopg

from tests.browser.serving import running_app, temporary_home


def test_data_outlives_a_restart_and_the_database_stops_with_the_product():
    with temporary_home() as home:
        with running_app(home=home) as first:
            first.rows("UPDATE workspaces SET name = 'kept' RETURNING id")
        assert first.process.returncode == 0, first.log
        assert first.database is None, "the embedded database was left running"
        with running_app(home=home) as second:
            assert second.rows("SELECT id, name, contact_limit FROM workspaces") == [("default", "kept", 10_000)]


def test_a_server_of_ones_own_is_used_instead_of_the_embedded_one():
    with running_app() as host:
        with host.connect() as conn:
            conn.execute("CREATE DATABASE elsewhere")
        url = host.database.get_uri(database="elsewhere")
        with running_app(DATABASE_URL=url, LEAD_IMPORT_CONTACT_LIMIT="7") as guest:
            assert guest.database is None, "an embedded database was started beside the named one"
        with psycopg.connect(url) as conn:
            assert conn.execute("SELECT id, contact_limit FROM workspaces").fetchall() == [("default", 7)]
