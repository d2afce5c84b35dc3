"""Secrets stay out of every log, however much is logged and whatever goes wrong: keys, passwords, tokens."""

import logging

import httpx
import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from api.main import create_api
from api.rate_limit import RateLimit
from api.settings import ApiSettings
from core.entrance import EntranceSettings
from core.key_flow import create_key, find_valid_key
from db import engine as db_engine
from db import jobs
from db.settings import DatabaseSettings
from db.transaction import driver
from tests.api.conftest import serve
from tests.api.test_import import counts, people, post
from tests.browser.serving import running_app
from tests.factories import wait_until

PASSWORD = "correct-horse-battery-staple"
TOKEN = "metrics-token-of-the-test"


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that any library logs, down to DEBUG."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "psycopg", "psycopg.pool", "procrastinate", "uvicorn", "limits"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def test_a_key_is_in_no_log_when_it_is_made_used_and_refused(everything, engine: Engine, workspace_id: str):
    api = create_api(
        ApiSettings(metrics_token=TOKEN), get_engine=lambda: engine, rate_limit=RateLimit(per_minute=1000)
    )
    with serve(api) as url:
        secret = create_key(engine, workspace_id=workspace_id, name="logged").secret
        with httpx.Client(base_url=url, headers={"X-API-Key": secret}) as client:
            assert counts(post(client, people(20))) == (20, 0, 0, 0)
            assert client.get("/leads").status_code == 200
        assert httpx.get(f"{url}/leads", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
        assert httpx.get(f"{url}/leads", headers={"X-API-Key": f"{secret}x"}).status_code == 403
        assert httpx.get(f"{url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert find_valid_key(engine, secret=secret) is not None
    assert "INSERT INTO api_keys" in everything.text, "statements are logged, with their values"
    # The client's own log is the caller's: httpx says what it sends.
    ours = [record.getMessage() for record in everything.records if not record.name.startswith(("httpx", "httpcore"))]
    assert [line for line in ours if secret in line or secret[4:-4] in line or TOKEN in line] == []


def with_password(url: str) -> str:
    """The same address with a password in it; the tests' server asks for none."""
    return db_engine.sqlalchemy_url(url).set(drivername="postgresql", password=PASSWORD).render_as_string(False)


def test_the_databases_password_is_in_no_log(everything, database_url: str, engine: Engine):
    """Connections made, statements run, jobs worked on."""
    own = db_engine.make_engine(with_password(database_url))
    with own.connect() as conn:
        conn.exec_driver_sql("SELECT 1")
    worker = jobs.Worker(jobs.driver_url(own), {})
    worker.start()
    wait_until(lambda: "worker" in everything.text)
    worker.stop()
    own.dispose()
    assert PASSWORD in jobs.driver_url(own)
    assert PASSWORD not in everything.text


def test_the_databases_password_is_in_no_log_when_it_is_away(everything):
    url = f"postgresql://someone:{PASSWORD}@127.0.0.1:1/nothing"
    own = db_engine.make_engine(url)
    with pytest.raises(OperationalError) as caught:
        own.connect()
    worker = jobs.Worker(url, {})
    worker.start()
    wait_until(lambda: "job worker" in everything.text or "error connecting" in everything.text)
    worker.stop()
    assert PASSWORD not in everything.text
    assert PASSWORD not in str(caught.value)
    assert PASSWORD not in repr(own)


def test_the_counters_password_is_in_no_log_when_it_is_away(everything):
    limit = RateLimit(per_minute=5, storage_uri=f"redis://:{PASSWORD}@127.0.0.1:1/0")
    assert limit.count("key").remaining == 4
    assert "the shared rate limit is away" in everything.text
    assert PASSWORD not in everything.text


REFUSED = "ada.lovelace@example.com"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO people (email) VALUES (:email), (:email)",  # DETAIL: Key (email)=(…) already exists.
        "INSERT INTO people (email, name) VALUES (:email, NULL)",  # DETAIL: Failing row contains (…).
        "SELECT nothing FROM people WHERE email = :email",
    ],
)
def test_what_the_database_quotes_of_a_row_is_in_no_error(everything, engine: Engine, statement: str):
    """Errors that nobody foresaw are logged with their text."""
    with engine.connect() as conn:
        conn.execute(text("CREATE TEMP TABLE people (email text PRIMARY KEY, name text NOT NULL DEFAULT '')"))
        with pytest.raises(DBAPIError) as caught:
            conn.execute(text(statement), {"email": REFUSED})
        logging.getLogger("api.errors").error("an unforeseen error", exc_info=caught.value)
    assert "an unforeseen error" in everything.text
    assert REFUSED not in everything.text
    assert caught.value.orig.diag.message_primary, "what is wrong is still told"


def test_what_the_database_quotes_of_a_copied_row_is_in_no_error(engine: Engine):
    """CONTEXT: COPY people, line 1, column email: "…"."""
    with engine.connect() as conn:
        cursor = driver(conn).cursor()
        cursor.execute("CREATE TEMP TABLE numbers (n integer)")
        with pytest.raises(psycopg.Error) as caught, cursor.copy("COPY numbers FROM STDIN") as copy:
            copy.write(f"1\t{REFUSED}\n")
    assert REFUSED in str(caught.value.diag.context)
    assert REFUSED not in str(caught.value)


def test_settings_do_not_show_what_is_secret_in_them():
    settings = DatabaseSettings(
        database_url=f"postgresql://a:{PASSWORD}@pooler/b", database_direct_url=f"postgresql://a:{PASSWORD}@host/b"
    )
    assert PASSWORD not in repr(settings)
    assert PASSWORD not in repr(ApiSettings(rate_limit_storage_uri=f"redis://:{PASSWORD}@host/0", metrics_token=TOKEN))
    assert TOKEN not in repr(ApiSettings(metrics_token=TOKEN))
    login = EntranceSettings(
        metadata_url="https://login.example.com", client_id="leads", client_secret=PASSWORD, cookie_secret=PASSWORD * 2,
        public_url="https://leads.example.com",
    )  # fmt: skip
    assert PASSWORD not in repr(login)


def test_the_products_own_log_has_none_of_them(empty_database_url: str):
    """The whole process, told to log everything."""
    with running_app(
        DATABASE_URL=with_password(empty_database_url),
        METRICS_TOKEN=TOKEN,
        STREAMLIT_LOGGER_LEVEL="debug",
        STREAMLIT_GLOBAL_DEVELOPMENT_MODE="false",
    ) as app:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        assert httpx.get(f"{app.url}/api/v1/metrics", headers=headers).status_code == 200
        assert httpx.get(app.url).status_code == 200
        log = app.log
    assert "ready" in log
    assert PASSWORD not in log
    assert TOKEN not in log
