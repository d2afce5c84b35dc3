"""What a screen needs to know about its visitor: engine, workspace, the import that is open, and the step."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import ContextVar, copy_context
from functools import partial
from typing import Any, Literal, NoReturn
from uuid import UUID

import streamlit as st
from sqlalchemy import Engine
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import access, errors, ids, language, logins, member_flow, report_flow
from core.member_flow import Workspace
from core.records import ImportRecord
from db import engine as database
from db.settings import DatabaseSettings
from pages.shared import keys, texts, visitor
from pages.shared.visitor import Visitor

Step = Literal["upload", "map", "review", "import", "report"]
STEPS: tuple[Step, ...] = ("upload", "map", "review", "import", "report")

#: The steps that an import can be looked at in, the one to begin with first.
STEPS_OF_STATE: dict[str, tuple[Step, ...]] = {
    "draft": ("map", "upload"),
    "ready": ("review", "map", "upload"),
    "running": ("import",),
    "done": ("report",),
    "failed": ("report",),
    "undone": ("report",),
}

#: Roles are asked for again after this long, in seconds. A thread goes on to the next run while clicks keep coming, and one run
#: may follow another before it has asked.
ROLES_LAST_S = 1.0
_asked_at: ContextVar[float] = ContextVar("lead_import_roles_asked_at", default=float("-inf"))


def engine() -> Engine:
    """The process's database engine. Callbacks run before the page's script, so this is where core learns who acts."""
    enter()
    return database.get_engine()


def enter() -> Visitor:
    """Who the visitor is, and from now on the actor of what this run asks core for. Roles are at most a moment old."""
    return _enter_as(visitor.claims(), visitor.address())


def _enter_as(claims: Mapping[str, Any], address: str) -> Visitor:
    find_roles = partial(member_flow.find_roles, database.get_engine())
    is_known = time.monotonic() - _asked_at.get() < ROLES_LAST_S
    found = visitor.find(claims, find_roles=find_roles, known=access.entered() if is_known else None, address=address)
    if found.actor is not access.entered():
        _asked_at.set(time.monotonic())
    access.enter(found.actor)
    return found


def enter_afresh() -> Visitor:
    """The same with roles as they are now: for the begin of a run."""
    access.enter(None)
    return enter()


def asked_language() -> str | None:
    """What the visitor chose to read, or else the browser's language; None outside of a screen."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return st.session_state.get(keys.LANGUAGE) or (st.context.locale or language.DEFAULT)[:2]


def speak() -> None:
    """Speak the visitor's language, from the beginning of a run: its thread may have run for another choice before."""
    if (asked := st.query_params.get(keys.QUERY_LANGUAGE)) in language.LANGUAGES:
        st.session_state[keys.LANGUAGE] = asked
    elif chosen := st.session_state.get(keys.LANGUAGE):
        st.query_params[keys.QUERY_LANGUAGE] = chosen  # a reload loses the session, a click on the navigation the address
    language.use(asked_language() or language.DEFAULT)


def choose_language(chosen: str | None) -> None:
    """Speak this language (a key of LANGUAGES) from now on; None: the browser's."""
    for place, key in ((st.session_state, keys.LANGUAGE), (st.query_params, keys.QUERY_LANGUAGE)):
        place.pop(key, None)
        if chosen is not None:
            place[key] = chosen
    speak()


def workspace_id() -> str:
    """The workspace that the visitor works in: the one chosen, else the server's own, else the first of theirs."""
    roles = enter().roles
    default = DatabaseSettings.from_environment().workspace
    chosen = st.session_state.get(keys.WORKSPACE, default)
    if roles is None or chosen in roles:  # None: whoever is at this computer may enter all
        return chosen
    return default if default in roles else min(roles, default="")


def workspaces() -> list[Workspace]:
    """All that the visitor may choose from, by name."""
    return member_flow.list_workspaces(engine())


def choose_workspace(workspace_id: str) -> None:
    """Work in this one from now on. What was open, filtered or chosen in another one is forgotten."""
    close_import()
    for key in set(st.session_state) - {keys.LANGUAGE}:
        del st.session_state[key]
    _work_in(workspace_id)


def _work_in(workspace_id: str) -> None:
    st.session_state[keys.WORKSPACE] = workspace_id
    st.query_params[keys.QUERY_WORKSPACE] = workspace_id


def take_up_workspace() -> None:
    """Keep address and session in one mind about the workspace: a reload loses the one, a click on the navigation the other."""
    asked, chosen = st.query_params.get(keys.QUERY_WORKSPACE), st.session_state.get(keys.WORKSPACE)
    if asked == chosen:
        return
    if asked and asked in {workspace.id for workspace in workspaces()}:
        st.session_state[keys.WORKSPACE] = asked
    elif chosen:
        st.query_params[keys.QUERY_WORKSPACE] = chosen
    else:
        del st.query_params[keys.QUERY_WORKSPACE]


def default_contact_limit() -> int:
    """What a new workspace begins with, in leads."""
    return DatabaseSettings.from_environment().contact_limit


def role() -> access.Role | None:
    """The visitor's role in the workspace that they work in."""
    actor = enter().actor
    return actor.role_in(workspace_id()) if actor else None


def may(needed: access.Role) -> bool:
    """Whether the visitor has this role here, or more: what they may not do is not offered. Core refuses it anyway."""
    actor = enter().actor
    return actor is not None and actor.may(needed, workspace_id())


def user() -> str:
    """Who gets named in the import record: the email, or `local` without a login. Raises Forbidden for nobody."""
    enter()
    return access.current_actor().name


def carried(function: Callable[..., Any], *args: Any, **options: Any) -> Callable[[], Any]:
    """The call for a download button, which makes it later, in another thread: still this visitor's, in their language, and as
    whoever they are by then.
    """
    enter()
    language.use(language.current())  # what it was asked for is known in this thread alone
    claims, address, context = visitor.claims(), visitor.address(), copy_context()

    def call() -> Any:
        access.enter(None)
        _enter_as(claims, address)
        return function(*args, **options)

    return lambda: context.copy().run(call)  # a copy, because two clicks at once may not enter the same context


def log_out() -> None:
    """Log out here, and in every other tab: Streamlit takes the browser's cookie and leaves their sessions as they are."""
    logins.end_login(visitor.claims())
    st.logout()


def where(record: ImportRecord) -> dict[str, Any]:
    """The arguments by which every flow finds an import."""
    return {"workspace_id": record.workspace_id, "import_id": record.id}


def current_import() -> ImportRecord | None:
    """The open import, read afresh. An address that leads nowhere is cleared, with a notice.

    Without one in the address (a click on the navigation) the import that was open before goes on, unless it is over.
    """
    text = st.query_params.get(keys.QUERY_IMPORT) or st.session_state.get(keys.CURRENT_IMPORT)
    if not text:
        return None
    try:
        record = find_import(text)
    except errors.NotFound as error:
        close_import()
        notify(error)
        return None
    if record.state in ("done", "undone") and keys.QUERY_IMPORT not in st.query_params:
        close_import()
        return None
    remember(record)
    return record


def find_import(text: str) -> ImportRecord:
    """The import with this id (imp_…). Raises NotFound, for what is no id, too."""
    if (import_id := ids.parse_import_id(text)) is None:
        raise errors.NotFound(texts.BAD_ADDRESS, hint=texts.BAD_ADDRESS_HINT)
    try:
        return report_flow.get_import(engine(), workspace_id=workspace_id(), import_id=import_id)
    except errors.NotFound:
        _find_elsewhere(import_id)


def _find_elsewhere(import_id: UUID) -> NoReturn:
    """Begin the run anew in the workspace of the member that has the import: a link needs no choice before it. Or NotFound."""
    for other in enter().roles or ():
        with suppress(errors.NotFound):
            report_flow.get_import(engine(), workspace_id=other, import_id=import_id)
            _work_in(other)
            st.rerun()  # the head of the page names the workspace, and the role there may be another
    raise errors.NotFound("There is no such import in this workspace.", hint="Start a new one.")


def remember(record: ImportRecord) -> None:
    """Make this import the open one, in the address and in the session."""
    text = ids.import_id_text(record.id)
    st.session_state[keys.CURRENT_IMPORT] = text
    if st.query_params.get(keys.QUERY_IMPORT) != text:
        st.query_params[keys.QUERY_IMPORT] = text


def open_import(record: ImportRecord) -> None:
    """Make this import the open one, in the step that its state begins with."""
    st.query_params.pop(keys.QUERY_STEP, None)
    remember(record)


def close_import() -> None:
    """Forget the open import; the next run shows an empty wizard."""
    st.session_state.pop(keys.CURRENT_IMPORT, None)
    for name in (keys.QUERY_IMPORT, keys.QUERY_STEP):
        st.query_params.pop(name, None)


def model_import() -> ImportRecord | None:
    """The import that the next file is to be mapped like, if there is one still."""
    if text := st.session_state.get(keys.LIKE_IMPORT):
        try:
            return find_import(text)
        except errors.NotFound:
            forget_model()
    return None


def forget_model() -> None:
    """The next file is mapped by its own headers."""
    st.session_state.pop(keys.LIKE_IMPORT, None)


def pop_wish(key: str) -> bool:
    """Whether a callback left this wish for the run that follows it; once."""
    return bool(st.session_state.pop(key, False))


def go_to(step: Step) -> None:
    """Ask for a step; the import's state has the last word (current_step)."""
    st.query_params[keys.QUERY_STEP] = step


def current_step(record: ImportRecord | None) -> Step:
    """The step asked for, where the import's state allows it, else the one that the state begins with."""
    if record is None:
        return "upload"
    allowed = STEPS_OF_STATE[record.state]
    asked = st.query_params.get(keys.QUERY_STEP)
    return asked if asked in allowed else allowed[0]


def notify(error: errors.LeadImportError) -> None:
    """Keep an error for the next run: a callback cannot show anything itself."""
    st.session_state[keys.NOTICE] = error


def has_notice() -> bool:
    """Whether an error is kept."""
    return keys.NOTICE in st.session_state


def take_notice() -> errors.LeadImportError | None:
    """The kept error, once."""
    return st.session_state.pop(keys.NOTICE, None)


language.ask(asked_language)
