"""A TCP proxy that tests put between two parties: it counts what passes and acts at a chosen moment.

A moment is a point in the talk, not in time: the k-th message of the PostgreSQL protocol (`MessagePoint`), the answer to
the k-th statement of a kind (`AnswerPoint`, `StatementPoint`), or the k-th byte (`BytePoint`). So a moment that did harm
once can be met again.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from db.sessions import QUEUE_NAME

CHUNK_BYTES = 1 << 16
#: How PostgreSQL's startup packet of a connection of the product's engine is told from the job queue's own ones.
ENGINE_NAME = b"application_name=lead-import"


@dataclass(slots=True)
class Message:
    """One message as it stood on the wire. ``kind`` is the protocol's letter, b"" for the startup packet."""

    kind: bytes
    raw: bytes
    is_to_server: bool

    @property
    def is_statement(self) -> bool:
        return self.is_to_server and self.kind in (b"Q", b"P")


class Point:
    """When to act. Asked once per message, in the order of passing; says yes at most once."""

    def is_reached(self, link: "Link", message: Message) -> bool:
        raise NotImplementedError


@dataclass(slots=True)
class MessagePoint(Point):
    """Before the k-th message, counted from 1, of the engine's connections, in either direction."""

    number: int
    seen: int = 0

    def is_reached(self, link: "Link", message: Message) -> bool:
        if not (link.is_engine and link.is_ready):
            return False
        self.seen += 1
        return self.seen == self.number


@dataclass(slots=True)
class StatementPoint(Point):
    """Before the k-th statement that contains this text."""

    text: bytes
    number: int = 1
    seen: int = 0

    def is_reached(self, link: "Link", message: Message) -> bool:
        if not (link.is_engine and message.is_statement and self.text in message.raw):
            return False
        self.seen += 1
        return self.seen == self.number


@dataclass(slots=True)
class AnswerPoint(Point):
    """Before the server's word that the k-th statement with this command tag is complete, e.g. ``COMMIT``."""

    tag: bytes
    number: int = 1
    seen: int = 0

    def is_reached(self, link: "Link", message: Message) -> bool:
        if not (link.is_engine and message.kind == b"C" and not message.is_to_server and self.tag in message.raw):
            return False
        self.seen += 1
        return self.seen == self.number


@dataclass(slots=True)
class ErrorPoint(Point):
    """Before the server's word that a statement failed with this SQLSTATE reaches the product."""

    state: str
    number: int = 1
    seen: int = 0

    def is_reached(self, link: "Link", message: Message) -> bool:
        if message.is_to_server or message.kind != b"E" or b"C%b\0" % self.state.encode() not in message.raw:
            return False
        self.seen += 1
        return self.seen == self.number


@dataclass(slots=True)
class BytePoint(Point):
    """Before the byte with this number, counted from 0, in one direction; for a proxy that does not cut messages."""

    number: int
    is_to_server: bool
    seen: int = 0

    def is_reached(self, link: "Link", message: Message) -> bool:
        if message.is_to_server != self.is_to_server:
            return False
        before, self.seen = self.seen, self.seen + len(message.raw)
        return before <= self.number < self.seen


class Link:
    """One connection through the proxy."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client = client
        self.server = server
        self.is_engine = False
        self.is_ready = False
        self.backend_pid: int | None = None
        self.is_stalled = False
        self._is_over = threading.Event()

    def drop(self) -> None:
        """Cut both sides, as a router that restarts does."""
        self._is_over.set()
        for side in (self.client, self.server):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()

    def stall(self) -> None:
        """From now on nothing passes, and nobody is told."""
        self.is_stalled = True

    def wait_over(self) -> None:
        self._is_over.wait()


@dataclass(slots=True)
class Trap:
    """What to do at a point. ``fired_at`` is the monotonic time at which it was reached."""

    point: Point
    action: Callable[[Link], None]
    reached: threading.Event = field(default_factory=threading.Event)
    fired_at: float = 0.0
    error: BaseException | None = None


class Proxy:
    """Listens on a port of its own and passes everything on to ``connect()``.

    ``is_postgres`` makes it cut the stream into the protocol's messages; otherwise a message is what came in one go.
    """

    def __init__(self, connect: Callable[[], socket.socket], *, is_postgres: bool) -> None:
        self._connect = connect
        self._is_postgres = is_postgres
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._guard = threading.Lock()
        self._links: set[Link] = set()
        self._traps: list[Trap] = []
        #: Connections that found the server away.
        self.refused = 0
        threading.Thread(target=self._accept, name="proxy", daemon=True).start()

    def close(self) -> None:
        self._listener.close()
        self.drop_all()

    @property
    def links(self) -> list[Link]:
        with self._guard:
            return list(self._links)

    def drop_all(self) -> None:
        for link in self.links:
            link.drop()

    @contextmanager
    def trap(self, point: Point, action: Callable[[Link], None] = lambda link: None) -> Iterator[Trap]:
        """For the block: ``action`` happens in the thread that passes the message on, which waits for it."""
        trap = Trap(point, action)
        with self._guard:
            self._traps.append(trap)
        try:
            yield trap
        finally:
            with self._guard:
                self._traps.remove(trap)
        if trap.error:
            raise trap.error

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return  # closed
            try:
                server = self._connect()
            except OSError:
                self.refused += 1
                client.close()
                continue
            with suppress(OSError):  # a unix socket has no such option
                server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            link = Link(client, server)
            with self._guard:
                self._links.add(link)
            for source, target, is_to_server in ((client, server, True), (server, client, False)):
                threading.Thread(
                    target=self._pump, args=(link, source, target, is_to_server), name="proxy-pump", daemon=True
                ).start()

    def _pump(self, link: Link, source: socket.socket, target: socket.socket, is_to_server: bool) -> None:
        try:
            for message in self._messages(source, is_to_server):
                self._look(link, message)
                if link.is_stalled:
                    link.wait_over()
                    return
                target.sendall(message.raw)
        except OSError:
            pass
        finally:
            if not link.is_stalled:
                link.drop()
            with self._guard:
                self._links.discard(link)

    def _look(self, link: Link, message: Message) -> None:
        if message.is_to_server and message.kind == b"" and self._is_postgres:
            link.is_engine = ENGINE_NAME in message.raw and QUEUE_NAME.encode() not in message.raw
        if message.kind == b"K" and not message.is_to_server:
            link.backend_pid = int.from_bytes(message.raw[5:9], "big")
        with self._guard:
            reached = [trap for trap in self._traps if trap.point.is_reached(link, message)]
        for trap in reached:
            trap.fired_at = time.monotonic()
            try:
                trap.action(link)
            except BaseException as error:  # told to the test, which waits elsewhere
                trap.error = error
            trap.reached.set()
        if message.kind == b"Z" and not message.is_to_server:
            link.is_ready = True  # logged in: how long that talk is depends on nothing of ours

    def _messages(self, source: socket.socket, is_to_server: bool) -> Iterator[Message]:
        if not self._is_postgres:
            while chunk := source.recv(CHUNK_BYTES):
                yield Message(b"", chunk, is_to_server)
            return
        waiting = bytearray()
        is_startup = is_to_server
        while chunk := source.recv(CHUNK_BYTES):
            waiting += chunk
            while (size := _message_size(waiting, is_startup)) and len(waiting) >= size:
                yield Message(b"" if is_startup else bytes(waiting[:1]), bytes(waiting[:size]), is_to_server)
                del waiting[:size]
                is_startup = False


def _message_size(waiting: bytearray, is_startup: bool) -> int:
    """Bytes of the message at the beginning, 0 while its length is not there yet."""
    start = 0 if is_startup else 1
    if len(waiting) < start + 4:
        return 0
    return start + int.from_bytes(waiting[start : start + 4], "big")
