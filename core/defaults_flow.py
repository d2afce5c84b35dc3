"""What a workspace's new imports begin with: the country of phone numbers, the source, and whether deleted leads come back."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine

from core import audit_flow
from core.access import requires
from core.cleaning import clean_text
from core.countries import COUNTRIES
from core.errors import InvalidValues, NotFound
from core.fields import DEFAULT_SOURCE, FIELD_BY_KEY
from core.issues import make_issue, storable_text
from core.records import ImportOptions
from db import workspaces
from db.transaction import run_transaction


@dataclass(frozen=True, slots=True)
class Defaults:
    """What every import of a workspace begins with.

    ``country`` is an ISO 3166 code or None, ``source`` what leads get that name none, ``restore`` brings deleted leads back.
    """

    country: str | None = None
    source: str = DEFAULT_SOURCE["wizard"]
    restore: bool = True


@requires("viewer")
def get_defaults(engine: Engine, *, workspace_id: str) -> Defaults:
    """The workspace's defaults; ours where nobody has set any. Raises NotFound."""
    with engine.connect() as conn:
        return read_defaults(conn, workspace_id)


@requires("admin")
def set_defaults(engine: Engine, *, workspace_id: str, defaults: Defaults) -> Defaults:
    """The defaults as kept. Imports that are there already keep their own choices.

    Raises NotFound, and InvalidValues for a source that is empty or too long.
    """
    defaults = _checked(defaults)
    entry = audit_flow.new_entry("settings-changed", workspace_id=workspace_id, subject="defaults", **asdict(defaults))

    def work(conn: Connection) -> Defaults:
        if not workspaces.set_defaults(conn, workspace_id=workspace_id, defaults=asdict(defaults)):
            raise NotFound("There is no workspace “{name}”.", name=workspace_id)
        audit_flow.append(conn, entry)
        return defaults

    return run_transaction(engine, work)


def read_defaults(conn: Connection, workspace_id: str) -> Defaults:
    """The defaults in the caller's transaction. Raises NotFound."""
    kept = workspaces.get_defaults(conn, workspace_id=workspace_id)
    if kept is None:
        raise NotFound("There is no workspace “{name}”.", name=workspace_id)
    return Defaults(**kept)


def options_of(defaults: Defaults) -> ImportOptions:
    """What an import of the wizard begins with."""
    return ImportOptions(
        restore_soft_deleted=defaults.restore,
        default_source=defaults.source,
        country=defaults.country,
        restore_unsubscribed=False,
    )


def _checked(defaults: Defaults) -> Defaults:
    field = FIELD_BY_KEY["source"]
    source = storable_text(clean_text(defaults.source))
    if not source:
        raise InvalidValues([make_issue("value-required", field="source", label=field.label)])
    if len(source) > field.max_length:
        names = {"label": field.label, "length": len(source), "limit": field.max_length}
        raise InvalidValues([make_issue("value-too-long", field="source", value=source, **names)])
    if defaults.country is not None and defaults.country not in COUNTRIES:
        raise ValueError(f"no country {defaults.country}")
    return Defaults(defaults.country, source, defaults.restore)
