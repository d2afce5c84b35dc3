"""A PgBouncer in transaction mode in front of a database of the tests, where the program is installed."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from db.engine import sqlalchemy_url

#: Fewer server connections than any test has clients, so that they really take turns.
POOL_SIZE = 3


def program() -> str:
    """The path of PgBouncer. Skips the test, with the reason, where it is not installed."""
    found = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found:
        return found
    pytest.skip("PgBouncer is not installed (Debian: apt-get install pgbouncer)")


@contextmanager
def running_pooler(database_url: str) -> Iterator[str]:
    """The address of the same database through a PgBouncer that ends with the block."""
    address = sqlalchemy_url(database_url)
    host = address.host or address.query.get("host")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        settings = Path(folder) / "pgbouncer.ini"
        settings.write_text(
            f"""
            [databases]
            leads = host={host} port={address.port or 5432} dbname={address.database} user={address.username or "postgres"}
            {f"password={address.password}" if address.password else ""}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {POOL_SIZE}
            max_client_conn = 200
            {user_setting(str(host))}
            """
        )
        server = subprocess.Popen([program(), str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            wait_for(port, server)
            yield f"postgresql://anybody@127.0.0.1:{port}/leads"
        finally:
            server.terminate()
            server.communicate()


def user_setting(host: str) -> str:
    """PgBouncer does not run as root: then it takes the user who may enter the folder of the server's socket."""
    if os.geteuid() != 0:
        return ""
    owner = pwd.getpwuid(Path(host).stat().st_uid).pw_name if host.startswith("/") else "nobody"
    return f"user = {owner}"


def wait_for(port: int, server: subprocess.Popen) -> None:
    """Return when it listens; fail with what PgBouncer wrote where it ends before.

    Nothing is asked through it: a server connection that it opens now would be older than the product's first start.
    """
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
    raise AssertionError(f"PgBouncer ended:\n{server.communicate()[1].decode()}")
