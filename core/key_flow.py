"""API keys: made, listed, revoked, recognised. A key's text is shown once; only its SHA-256 is kept."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Engine

from core import audit_flow
from core.access import requires
from core.cleaning import clean_text
from core.errors import KeyRefused, NotFound
from core.ids import new_id
from core.naming import MAX_NAME_LENGTH
from db import keys, workspaces
from db.transaction import run_transaction

KEY_PREFIX = "otr_"
KEY_BYTES = 32

Scope = Literal["read", "write"]
SCOPES: tuple[Scope, ...] = ("read", "write")

#: 32 bytes are 43 characters of base64url. Anything else is no key of ours and not worth a look into the database.
_SECRET = re.compile(rf"{KEY_PREFIX}[A-Za-z0-9_-]{{43}}")


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What is known of a key. ``hint`` is how its text ends, to tell two keys of one name apart."""

    id: UUID
    workspace_id: str
    name: str
    hint: str
    scopes: frozenset[Scope]
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def label(self) -> str:
        """The key as an import's ``created_by`` names it."""
        return f"{self.name} ({KEY_PREFIX}…{self.hint})"


class NewKey(NamedTuple):
    """A key just made. ``secret`` is its text, to be shown once: nobody can find it out again."""

    record: KeyRecord
    secret: str


@requires("admin")
def create_key(engine: Engine, *, workspace_id: str, name: str, scopes: Collection[str] = SCOPES) -> NewKey:
    """A new key of the workspace. Raises NotFound for an unknown workspace, KeyRefused for a bad name or scope."""
    name = clean_text(name)
    if not 0 < len(name) <= MAX_NAME_LENGTH or not name.isprintable():
        raise KeyRefused("A key needs a name of 1 to {limit} printable characters.", limit=MAX_NAME_LENGTH)
    if not scopes or not set(scopes) <= set(SCOPES):
        raise KeyRefused("A key needs one or both of the scopes {scopes}.", scopes=", ".join(SCOPES))
    secret = KEY_PREFIX + secrets.token_urlsafe(KEY_BYTES)
    key_id = new_id()
    named = {"subject": name, "key": f"{KEY_PREFIX}…{secret[-4:]}", "scopes": " ".join(sorted(scopes))}
    entry = audit_flow.new_entry("key-created", workspace_id=workspace_id, **named)

    def work(conn: Connection) -> KeyRecord:
        if workspaces.get_workspace(conn, workspace_id=workspace_id) is None:
            raise NotFound("There is no workspace “{name}”.", name=workspace_id)
        row = keys.find_key(conn, key_hash=_hash(secret)) or keys.insert_key(
            conn,
            key_hash=_hash(secret),
            key_id=key_id,
            workspace_id=workspace_id,
            name=name,
            hint=secret[-4:],
            scopes=[scope for scope in SCOPES if scope in scopes],
        )
        audit_flow.append(conn, entry)
        return _read(row)

    return NewKey(run_transaction(engine, work), secret)


@requires("admin")
def list_keys(engine: Engine, *, workspace_id: str) -> list[KeyRecord]:
    """The workspace's keys, newest first, revoked ones too."""
    with engine.connect() as conn:
        return [_read(row) for row in keys.list_keys(conn, workspace_id=workspace_id)]


@requires("admin")
def revoke_key(engine: Engine, *, workspace_id: str, key_id: UUID) -> KeyRecord:
    """The key, of no use from now on. Raises NotFound; revoking it again changes nothing."""

    def work(conn: Connection) -> KeyRecord:
        place = {"workspace_id": workspace_id, "key_id": key_id}
        if row := keys.revoke_key(conn, **place):
            named = {"subject": row.name, "key": f"{KEY_PREFIX}…{row.hint}"}
            audit_flow.append(conn, audit_flow.new_entry("key-revoked", workspace_id=workspace_id, **named))
        else:
            row = keys.get_key(conn, **place)
        if row is None:
            raise NotFound("There is no such API key in this workspace.")
        return _read(row)

    return run_transaction(engine, work)


def find_valid_key(engine: Engine, *, secret: str) -> KeyRecord | None:
    """The key with this text, None where it is unknown or revoked. Records the use, at most once a minute."""
    if not _SECRET.fullmatch(secret):
        return None
    key_hash = _hash(secret)
    # Every statement stands alone, and most calls need only the first: no transaction around them.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        row = keys.find_key(conn, key_hash=key_hash)
        if row is None or not hmac.compare_digest(row.hash, key_hash) or row.revoked_at is not None:
            return None
        if row.is_use_stale:
            keys.record_use(conn, key_hash=key_hash)
    return _read(row)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _read(row: Any) -> KeyRecord:
    return KeyRecord(
        id=row.id,
        workspace_id=row.workspace_id,
        name=row.name,
        hint=row.hint,
        scopes=frozenset(row.scopes),
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
