"""Links to files that are too large to be made in a page's memory: a page signs what is asked for, the server streams it.

A link holds for an hour and only for the process that signed it, which is the one that shows the page (its sessions are sticky
already). It carries who asked, so that the download is that person's and nobody else's; what they may is asked when they follow it.
"""

import secrets
from dataclasses import asdict, dataclass
from uuid import UUID

from itsdangerous import BadData, URLSafeTimedSerializer

from core.access import Kind, current_actor
from core.errors import Forbidden
from core.listing import LeadFilter

#: Where the server answers them; the text goes into the query as `wish`.
EXPORT_PATH = "/download/leads.csv"
MAX_AGE_S = 3600
_signer = URLSafeTimedSerializer(secrets.token_bytes(32), salt="leads")
_IDS = ("import_id", "campaign_id")


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Which leads somebody wants to download, and who: the ``name`` and ``kind`` of an actor."""

    workspace_id: str
    where: LeadFilter
    name: str
    kind: Kind


def sign_export(*, workspace_id: str, where: LeadFilter) -> str:
    """The current actor's wish as a text for a query string."""
    actor = current_actor()
    wish = {name: value for name, value in asdict(where).items() if value}
    wish |= {name: wish[name].hex for name in _IDS if name in wish}
    return _signer.dumps([workspace_id, wish, actor.name, actor.kind])


def read_export(token: str) -> ExportRequest:
    """What sign_export was given. Raises Forbidden for what we did not sign, or not lately."""
    try:
        workspace_id, wish, name, kind = _signer.loads(token, max_age=MAX_AGE_S)
    except BadData as error:
        raise Forbidden("This link is no longer good.", hint="Open the page of leads again and download from there.") from error
    wish |= {key: UUID(hex=wish[key]) for key in _IDS if key in wish}
    wish["tags"] = tuple(wish.get("tags", ()))
    return ExportRequest(workspace_id, LeadFilter(**wish), name, kind)
