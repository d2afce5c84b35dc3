"""Who the visitor is: the person at this computer where nobody logs in, else whoever logged in, else nobody yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st

from core import access
from core.access import Actor, Role
from core.logins import read_login

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


def find(
    claims: Mapping[str, Any], *, find_roles: Callable[..., Mapping[str, Role]], known: Actor | None, address: str
) -> Visitor:
    """The visitor of whom the login says this. ``known`` is whom it found before: their roles are not asked for again."""
    if "is_logged_in" not in claims:  # nobody can log in here, be it by intention or by a fault
        is_local = access.is_open_to_local()
        return Visitor("in", replace(access.LOCAL, address=address)) if is_local else Visitor("out")
    login = read_login(claims)
    if login is None:
        return Visitor("out")
    email = login.email
    if not login.is_verified:
        return Visitor("unverified", email=email)
    if known is not None and (known.kind, known.name) == ("member", email):
        return Visitor("in", known, email)
    roles = find_roles(email=email)
    if not roles:
        return Visitor("stranger", email=email)
    return Visitor("in", Actor(email, "member", roles, address), email)


def claims() -> dict[str, Any]:
    """What the provider said when the visitor logged in, as Streamlit keeps it; empty where no login is configured."""
    return st.user.to_dict()


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
