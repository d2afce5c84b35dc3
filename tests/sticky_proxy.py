"""A small reverse proxy, as docs/deployment.md describes one: screens stay with the process that a cookie names, calls of the
API go to each process in turn. One request per connection; a websocket keeps its connection.
"""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count

COOKIE = "lead_import_server"


class StickyProxy:
    """``screens`` and ``api`` are addresses ("127.0.0.1:8501"). ``asked`` counts the requests that each process got."""

    def __init__(self, *, screens: Sequence[str], api: Sequence[str]) -> None:
        self._screens = list(screens)
        self._api = list(api)
        self._turns = {True: count(), False: count()}
        self.asked: dict[str, int] = dict.fromkeys([*screens, *api], 0)
        self.url = ""
        self.stop: Callable[[], object] = lambda: None

    async def serve(self, ready: threading.Event) -> None:
        """Serve until stop() is called; connections that are open then are cut."""
        stopped, loop = asyncio.Event(), asyncio.get_running_loop()
        self.stop = lambda: loop.call_soon_threadsafe(stopped.set)
        server = await asyncio.start_server(self._handle, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        self.url = f"http://{host}:{port}"
        ready.set()
        await stopped.wait()
        server.close()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):  # cut when the proxy stops
            head = await reader.readuntil(b"\r\n\r\n")
            is_api = head.split(b" ", 2)[1].startswith(b"/api/v1")
            number, (answers, backend) = await self._connect(head, is_api)
            if not re.search(rb"(?i)\r\nupgrade:", head):
                head = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head)[:-2] + b"Connection: close\r\n\r\n"
            backend.write(head)
            forward = asyncio.create_task(pipe(reader, backend))
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                answer = await answers.readuntil(b"\r\n\r\n")
                if not is_api:
                    answer = answer[:-2] + f"Set-Cookie: {COOKIE}={number}; Path=/; HttpOnly\r\n\r\n".encode()
                writer.write(answer)
                await pipe(answers, writer)
            forward.cancel()
            backend.close()
        writer.close()

    async def _connect(
        self, head: bytes, is_api: bool
    ) -> tuple[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """The process that the cookie names, else the next one; where it does not answer, another."""
        servers = self._api if is_api else self._screens
        named = None if is_api else re.search(rf"{COOKIE}=(\d+)".encode(), head)
        first = int(named[1]) if named else next(self._turns[is_api])
        for number in range(first, first + len(servers)):
            address = servers[number % len(servers)]
            host, port = address.split(":")
            with suppress(ConnectionRefusedError):
                connection = await asyncio.open_connection(host, int(port))
                self.asked[address] += 1
                return number % len(servers), connection
        raise ConnectionError("no process answers")


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Everything from one side to the other until it ends."""
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


@contextmanager
def running_proxy(*, screens: Sequence[str] = (), api: Sequence[str] = ()) -> Iterator[StickyProxy]:
    """A proxy in a thread of its own. Addresses may be given as URLs."""
    proxy = StickyProxy(screens=[bare(one) for one in screens], api=[bare(one) for one in api])
    ready = threading.Event()
    # A loop of its own: where a browser is driven, the test's thread has one running already.
    thread = threading.Thread(target=lambda: asyncio.run(proxy.serve(ready)))
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        proxy.stop()
        thread.join()


def bare(url: str) -> str:
    """127.0.0.1:8501 of http://127.0.0.1:8501/anything."""
    return url.removeprefix("http://").split("/", 1)[0]
