"""A PgBouncer in transaction mode in front of a database of the tests, where the program is installed."""

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from db.engine import sqlalchemy_url

#: Fewer server connections than any test has clients, so that they really take turns.
POOL_SIZE = 3
DEPLOYMENT = Path(__file__).resolve().parents[1] / "docs" / "deployment.md"


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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        settings = Path(folder) / "pgbouncer.ini"
        with settings.open("w", encoding="utf-8") as file:
            documented_settings(address, port).write(file)
        server = subprocess.Popen([program(), str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            wait_for(port, server)
            yield f"postgresql://anybody@127.0.0.1:{port}/leads"
        finally:
            server.terminate()
            server.communicate()


def documented_settings(address: URL, port: int) -> ConfigParser:
    """Those of docs/deployment.md, with this machine's addresses, and without passwords."""
    [text] = re.findall(r"```ini\n(\[databases\].*?)```", DEPLOYMENT.read_text(encoding="utf-8"), re.DOTALL)
    settings = ConfigParser(interpolation=None)
    settings.read_string(text)
    host = str(address.host or address.query.get("host"))
    password = f" password={address.password}" if address.password else ""
    settings["databases"]["leads"] = (
        f"host={host} port={address.port or 5432} dbname={address.database} user={address.username or 'postgres'}{password}"
    )
    own = settings["pgbouncer"]
    own.update({"listen_port": str(port), "auth_type": "any", "default_pool_size": str(POOL_SIZE), "unix_socket_dir": ""})
    del own["auth_file"]
    if os.geteuid() == 0:  # it does not run as root: then as the user who may enter the folder of the server's socket
        own["user"] = pwd.getpwuid(Path(host).stat().st_uid).pw_name if host.startswith("/") else "nobody"
    return settings


def wait_for(port: int, server: subprocess.Popen) -> None:
    """Return when it listens; fail with what PgBouncer wrote where it ends before.

    Nothing is asked through it: a server connection that it opens now would be older than the product's first start.
    """
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
    raise AssertionError(f"PgBouncer ended:\n{server.communicate()[1].decode()}")
