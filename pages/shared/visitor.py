"""Who the visitor is: the person at this computer where nobody logs in, else whoever logged in, else nobody yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from core import access
from core.access import Actor, Role
from core.emails import email_key
from core.entrance import EntranceSettings, is_login_over

Standing = Literal["in", "out", "unverified", "stranger"]

#: The name by which st.login knows a provider that has none.
DEFAULT_PROVIDER = "default"


@dataclass(frozen=True, slots=True)
class Visitor:
    """``standing`` "in" may enter; "out" has to log in, the email of "unverified" counts for nothing, and "stranger" belongs
    to no workspace. Only who is in is an actor. ``roles`` is None where nobody logs in.
    """

    standing: Standing
    actor: Actor | None = None
    email: str = ""

    @property
    def roles(self) -> Mapping[str, Role] | None:
        """The role in each workspace that is theirs; None where all are, because nobody has to log in."""
        if self.actor is None:
            return {}
        return None if self.actor.is_trusted else self.actor.roles


def find(*, find_roles: Callable[..., Mapping[str, Role]], known: Actor | None) -> Visitor:
    """The visitor of this run. ``known`` is whom it found before: their roles are not asked for again."""
    if "is_logged_in" not in st.user:  # nobody can log in here, be it by intention or by a fault
        is_local = access.is_open_to_local()
        return Visitor("in", replace(access.LOCAL, address=address())) if is_local else Visitor("out")
    if not st.user["is_logged_in"] or is_expired():
        return Visitor("out")
    email = email_key(str(st.user.get("email") or ""))
    if not email or str(st.user.get("email_verified", True)).lower() == "false":
        return Visitor("unverified", email=email)
    if known is not None and (known.kind, known.name) == ("member", email):
        return Visitor("in", known, email)
    roles = find_roles(email=email)
    if not roles:
        return Visitor("stranger", email=email)
    return Visitor("in", Actor(email, "member", roles, address()), email)


def is_expired() -> bool:
    """Whether the login is older than a login lasts. Streamlit's own cookie would let it live for a month."""
    return is_login_over(st.user.get("iat"), EntranceSettings.from_environment().login_hours)


def address() -> str:
    """Where the visitor's connection comes from. Streamlit keeps quiet about loopback."""
    return st.context.ip_address or "127.0.0.1"


def providers() -> list[str]:
    """The providers that people can log in with, as st.login knows them; none where the login is out of order."""
    try:
        section = st.secrets["auth"]
    except (KeyError, FileNotFoundError):
        return []
    named = [name for name, values in section.items() if isinstance(values, Mapping) and "client_id" in values]
    return [*([DEFAULT_PROVIDER] if "client_id" in section else []), *named]
