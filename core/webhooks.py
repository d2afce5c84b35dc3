"""A webhook's call: what it says, how it is signed, and where it may go. Pure but for asking the name service.

The receiver checks the signature by making it again: HMAC-SHA256 with the secret over ``<t>.<body>``, where t is the unix
time in the header. A time long past is somebody repeating an old call.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import secrets
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import SplitResult, urlsplit

from core.ids import import_id_text
from core.records import ImportRecord

SIGNATURE_HEADER = "X-Lead-Import-Signature"
MAX_URL_LENGTH = 2048
TIMEOUT_S = 10
#: And for the whole call: a receiver that sends a byte now and then would hold the worker, and with it everybody's imports.
LONGEST_S = 20
#: Of an answer only its beginning is read: what it says does not matter, that it came does.
_READ_BYTES = 1024
#: Addresses behind which a gateway reaches those of IPv4 (RFC 6052, section 2.1).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class NotDelivered(Exception):
    """The call did not arrive, or was answered by something else than 2xx. The message says why, in a few words."""


def new_secret() -> str:
    """A secret to sign with: 32 random bytes."""
    return f"whs_{secrets.token_hex(32)}"


def find_fault(url: str, *, allow_private: bool) -> str | None:
    """What is wrong with an address as such, or None. Where it leads is judged at each call (deliver)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "it is no address"
    schemes = ("http", "https") if allow_private else ("https",)
    if parts.scheme not in schemes:
        return "it must begin with https://"
    if not parts.hostname or parts.username is not None or port == 0:
        return "it names no host" if not parts.hostname else "it may not hold a password or a port 0"
    if len(url) > MAX_URL_LENGTH or not url.isascii() or not url.isprintable() or " " in url:
        return "it is too long, or holds characters that an address cannot have"
    return None


def describe_import(record: ImportRecord) -> dict[str, Any]:
    """What a call tells of an import: counts and times, never a lead."""
    return {
        "id": import_id_text(record.id),
        "door": record.door,
        "state": record.state,
        "fileName": record.file_name,
        "createdBy": record.created_by,
        "rows": record.row_count,
        "created": record.counts["created"],
        "restored": record.counts["restored"],
        "duplicates": record.counts["duplicate"],
        "errors": record.counts["error"],
        "notImported": record.counts["not_imported"],
        "startedAt": record.started_at.isoformat() if record.started_at else None,
        "finishedAt": record.finished_at.isoformat() if record.finished_at else None,
        "failure": record.failure.code if record.failure else None,
    }


def make_body(event: str, *, workspace_id: str, told: Mapping[str, Any]) -> bytes:
    """The body of a call, in JSON."""
    return json.dumps({"event": event, "workspace": workspace_id, **told}, separators=(",", ":")).encode()


def sign(body: bytes, *, secret: str, moment: int) -> str:
    """The signature header's value; ``moment`` is a unix time in seconds."""
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={signed.hexdigest()}"


def deliver(url: str, body: bytes, headers: Mapping[str, str], *, allow_private: bool) -> int:
    """POST the body; the status of the answer, always 2xx. Raises NotDelivered. Redirects are not followed."""
    parts = urlsplit(url)
    address = find_address(parts, allow_private=allow_private)
    connection = _connect(parts, address)
    with _hanging_up(connection) as is_over:
        try:
            target = parts.path or "/"
            connection.request("POST", f"{target}?{parts.query}" if parts.query else target, body, dict(headers))
            answer = connection.getresponse()
            answer.read(_READ_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise NotDelivered(_no_answer(LONGEST_S) if is_over.is_set() else _reason(error)) from error
        finally:
            connection.close()
    if not 200 <= answer.status < 300:
        raise NotDelivered(f"answered {answer.status}")
    return answer.status


def find_address(parts: SplitResult, *, allow_private: bool) -> str:
    """The IP address to call. Raises NotDelivered where the name leads nowhere, or to any address that is not public.

    The call goes to this very address, so a name that says something else a moment later changes nothing.
    """
    assert parts.hostname is not None
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotDelivered("the host is not known") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(map(is_public, addresses)):
        raise NotDelivered("the host is not on the public internet")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not loopback, private, link-local, multicast or reserved."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    if inner in _NAT64:
        inner = ipaddress.IPv4Address(int(inner) & 0xFFFFFFFF)
    is_inside = inner.is_multicast or inner.is_reserved or getattr(inner, "is_site_local", False)
    return inner.is_global and not is_inside


def _connect(parts: SplitResult, address: str) -> http.client.HTTPConnection:
    """A connection that goes to the address and speaks to the host by its name, in TLS, too."""
    assert parts.hostname is not None
    if parts.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=TIMEOUT_S, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=TIMEOUT_S)
    connection._create_connection = lambda place, *rest: socket.create_connection((address, place[1]), *rest)  # type: ignore[attr-defined]
    return connection


@contextmanager
def _hanging_up(connection: http.client.HTTPConnection) -> Iterator[threading.Event]:
    """Cut the connection that is opened in the block after LONGEST_S; the event says that it was."""
    is_over = threading.Event()
    lines: list[socket.socket] = []
    create = connection._create_connection  # type: ignore[attr-defined]

    def create_and_keep(*place: Any) -> socket.socket:
        line = create(*place)
        lines.append(line.dup())  # TLS takes the other one over
        return line

    def hang_up() -> None:
        is_over.set()
        for line in lines:
            with suppress(OSError):  # it is over already
                line.shutdown(socket.SHUT_RDWR)

    connection._create_connection = create_and_keep  # type: ignore[attr-defined]
    timer = threading.Timer(LONGEST_S, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()
        timer.join()  # not while it hangs up: the number of a closed socket may be another one's
        for line in lines:
            line.close()


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return _no_answer(TIMEOUT_S)
    if isinstance(error, ssl.SSLError):
        return "its certificate is not valid"
    return "nobody answered" if isinstance(error, OSError) else "the answer was not HTTP"


def _no_answer(seconds: int) -> str:
    return f"no answer within {seconds} seconds"
