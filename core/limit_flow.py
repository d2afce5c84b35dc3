"""A file that does not fit the contact limit: which rows go in, which are parked, and how they come back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Engine

from core import draft_flow
from core.access import requires
from core.losses import same_email
from core.planning import Fit, FitChoice, Place, find_places, fit_places, rank_by
from core.records import ImportRecord, Preview


@requires("viewer")
def list_places(engine: Engine, *, workspace_id: str, preview: Preview) -> list[Place]:
    """The places that the whole file would take, parked rows included, in file order."""
    record = preview.record
    place = {"workspace_id": workspace_id, "import_id": record.id}
    if record.parked_rows:
        preview = draft_flow.preview(engine, **place, unparked=True)
    return find_places(draft_flow.load_checked_rows(engine, **place), preview.plan.decisions)


@requires("viewer")
def fit_rows(
    engine: Engine, *, workspace_id: str, preview: Preview, places: Sequence[Place], choice: FitChoice
) -> Fit:
    """Which of the places go in when the user chooses so, and which are parked. Nothing is changed."""
    table = draft_flow.load_table(engine, workspace_id=workspace_id, import_id=preview.record.id)
    rank = rank_by(choice, table, preview.record.corrections)
    return fit_places(places, preview.quota.free, rank=rank, only=choice.only)


@requires("importer")
def park_rows(engine: Engine, *, workspace_id: str, import_id: UUID, choice: FitChoice) -> ImportRecord:
    """The draft with the rows parked for which the choice leaves no place; rows parked before come in where there is one."""
    place = {"workspace_id": workspace_id, "import_id": import_id}
    preview = draft_flow.preview(engine, **place)
    places = list_places(engine, workspace_id=workspace_id, preview=preview)
    fit = fit_rows(engine, workspace_id=workspace_id, preview=preview, places=places, choice=choice)
    return draft_flow.set_parked_rows(engine, **place, rows=fit.parked_rows)


@requires("importer")
def unpark_rows(engine: Engine, *, workspace_id: str, import_id: UUID, row: int | None = None) -> ImportRecord:
    """The draft with this row and those with its email taken in again; without one, all that are parked."""
    place = {"workspace_id": workspace_id, "import_id": import_id}
    if row is None:
        return draft_flow.set_parked_rows(engine, **place, rows=())
    back = {row, *same_email(draft_flow.load_checked_rows(engine, **place), row)}
    parked = draft_flow.preview(engine, **place).record.parked_rows
    return draft_flow.set_parked_rows(engine, **place, rows=parked - back)
