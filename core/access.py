"""Who acts, and what they may do in a workspace. The doors say who it is, the flows ask; nobody at all may do nothing.

A door (a screen's session, the API's gate, the worker) names the actor of its thread or task. A command line has one
actor for its whole process. What a flow needs is written above it, ``@requires("importer")``: it costs a look into a
context variable and a dict, a fraction of a microsecond.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Literal, TypeVar, cast

from core.errors import Forbidden

Role = Literal["viewer", "importer", "admin"]
#: Each may do what those before it may.
ROLES: tuple[Role, ...] = ("viewer", "importer", "admin")
_RANKS = {role: rank for rank, role in enumerate(ROLES)}

Kind = Literal["local", "member", "key", "system"]
#: The person at a server without a login, which only their own machine reaches; and the machine itself.
_TRUSTED: frozenset[Kind] = frozenset({"local", "system"})

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. ``name`` is what records call them: an email, a key's label, `local`, `worker`.

    ``roles`` maps the workspaces that they belong to to their role there; local and system need none.
    ``address`` is the IP address that they came from, None where there is none.
    """

    name: str
    kind: Kind
    roles: Mapping[str, Role] = field(default_factory=dict)
    address: str | None = None

    @property
    def is_trusted(self) -> bool:
        """Whether they may everything everywhere."""
        return self.kind in _TRUSTED

    def role_in(self, workspace_id: str) -> Role | None:
        """What they are in this workspace; None for a stranger."""
        return "admin" if self.is_trusted else self.roles.get(workspace_id)

    def may(self, needed: Role, workspace_id: str) -> bool:
        """Whether their role in this workspace is the needed one, or more."""
        role = self.role_in(workspace_id)
        return role is not None and _RANKS[role] >= _RANKS[needed]


SERVER = Actor("server", "system")
LOCAL = Actor("local", "local")
WORKER = Actor("worker", "system")
COMMAND_LINE = Actor("command line", "system")

_current: ContextVar[Actor | None] = ContextVar("lead_import_actor", default=None)
_process_actor: Actor | None = None
_is_local_open = False


def enter(actor: Actor | None) -> None:
    """Make this the actor of the thread or task, until another one enters."""
    _current.set(actor)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """The block's actor."""
    token = _current.set(actor)
    try:
        yield
    finally:
        _current.reset(token)


def declare_process(actor: Actor | None) -> None:
    """Make this the actor of every thread in which no door named one: for a command line, never for a server."""
    global _process_actor
    _process_actor = actor


def open_to_local(is_open: bool = True) -> None:
    """Whether this server lets anybody in as the local person. Said once, at start, where no login is configured: a
    configuration that breaks later must not open the door.
    """
    global _is_local_open
    _is_local_open = is_open


def is_open_to_local() -> bool:
    """Whether whoever reaches this process works in it without a login."""
    return _is_local_open


def entered() -> Actor | None:
    """Whom a door let in on this thread or task; None where none has, whatever the process is."""
    return _current.get()


def current_actor() -> Actor:
    """Who acts here. Raises Forbidden where no door has said so: what comes in some other way gets nothing."""
    actor = _current.get() or _process_actor
    if actor is None:
        raise Forbidden("Nobody is logged in here.", hint="Log in and try again.")
    return actor


def requires(needed: Role) -> Callable[[F], F]:
    """Decorator of a flow's function: only who has this role (or more) in ``workspace_id`` gets in. Else Forbidden."""

    def decorate(function: F) -> F:
        @wraps(function)
        def checked(*args: Any, workspace_id: str, **options: Any) -> Any:
            check_role(needed, workspace_id)
            return function(*args, workspace_id=workspace_id, **options)

        checked.required_role = needed  # type: ignore[attr-defined]
        return cast(F, checked)

    return decorate


def check_role(needed: Role, workspace_id: str) -> None:
    """Raises Forbidden where the actor lacks the role in this workspace, be it there or not."""
    actor = current_actor()
    if not actor.may(needed, workspace_id):
        if actor.role_in(workspace_id) is None:
            raise Forbidden("You are not a member of this workspace.", hint="Ask one of its admins to add you.")
        raise lacking(needed)


def lacking(needed: Role) -> Forbidden:
    """The exception for a member whose role is less than this one."""
    return Forbidden(_REFUSALS[needed], hint="Ask an admin of this workspace.")


def role_of_scopes(scopes: Collection[str]) -> Role:
    """What an API key's scopes amount to: `write` imports and edits, `read` looks."""
    return "importer" if "write" in scopes else "viewer"


_REFUSALS: dict[Role, str] = {
    "viewer": "You may not look at this workspace.",
    "importer": "Your role here may look, but not import or change anything.",
    "admin": "Only an admin of this workspace may do this.",
}
