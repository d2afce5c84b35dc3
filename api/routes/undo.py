"""Undo and redo of an import."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Query
from pydantic import ConfigDict, Field

from api.deps import EngineDep, WorkspaceDep
from api.errors import documented, example_answer
from api.import_ids import NO_IMPORT_404, ImportIdDep
from api.schemas import Answer, Wire
from api.strict_json import StrictRoute
from core import undo_flow
from core.ids import import_id_text, lead_id_text
from core.undo_flow import UndoRecord

router = APIRouter(tags=["imports"], route_class=StrictRoute)

#: As in the answer of an import (contract.md section 3).
MAX_LISTED = 100


class UndoRequest(Wire):
    """How to undo or redo. A misspelt key must not turn a dry run into a real one."""

    model_config = ConfigDict(extra="forbid")

    dry_run: bool = Field(False, description="Say what would happen, and change nothing.")


class KeptLead(Wire):
    """A lead that stays as it is, and why. ``row`` is that of the import."""

    lead_id: str
    row: int
    email: str
    name: str
    code: str
    reason: str


class UndoData(Wire):
    """What an undo or redo did. The three counts are leads by what the import had done to them."""

    import_id: str
    action: str = Field(description="`undo` or `redo`.")
    dry_run: bool
    created: int = Field(description="Undo: deleted. Redo: brought back.")
    restored: int = Field(description="Undo: deleted again, with the values from before. Redo: brought back and merged.")
    filled: int = Field(description="Leads whose filled blanks were emptied (undo), or filled again (redo).")
    kept: int = Field(description="Leads that stay as they are, because somebody changed them since.")
    kept_leads: list[KeptLead] = Field(description="The first 100 of them.")
    done_by: str | None = Field(description="null for a dry run.")
    done_at: datetime | None = Field(description="null for a dry run.")


_EXAMPLE = {
    "data": {
        "importId": "imp_0190c9e8f0007abc8def0123456789ab",
        "action": "undo",
        "dryRun": False,
        "created": 298,
        "restored": 12,
        "filled": 0,
        "kept": 1,
        "keptLeads": [
            {
                "leadId": "cld_0190c9e8f0007abc8def0123456789ac",
                "row": 17,
                "email": "ada@example.com",
                "name": "Ada Lovelace",
                "code": "lead-changed-since",
                "reason": "Somebody changed this lead since; it stays as it is.",
            }
        ],
        "doneBy": "nightly sync (otr_…x9Qz)",
        "doneAt": "2026-01-02T12:00:00Z",
    }
}


def _is_dry_run(
    body: Annotated[UndoRequest | None, Body()] = None,
    dry_run: Annotated[bool, Query(alias="dryRun", description="The same as `dryRun` in the body.")] = False,
) -> bool:
    """Whether body or address asks for a dry run."""
    return dry_run or (body is not None and body.dry_run)


DryRunDep = Annotated[bool, Depends(_is_dry_run)]


@router.post(
    "/imports/{import_id}/undo",
    summary="Take back what an import wrote",
    response_model=Answer[UndoData],
    responses={
        200: example_answer(_EXAMPLE, description="What the undo did, or would do"),
        **documented(404, 409, details={**NO_IMPORT_404, 409: "The import is still running."}),
    },
)
def post_undo(
    engine: EngineDep,
    workspace_id: WorkspaceDep,
    import_id: ImportIdDep,
    is_dry_run: DryRunDep,
) -> object:
    """Created leads are deleted, restored ones get their values and their deletion back, filled blanks are emptied.

    A lead that somebody changed since stays as it is and is named. A second undo changes nothing and gets the first
    one's answer. An import that other files continued takes theirs back, too.
    """
    step = undo_flow.preview_undo if is_dry_run else undo_flow.undo_import
    return {"data": _answer(import_id, step(engine, workspace_id=workspace_id, import_id=import_id))}


@router.post(
    "/imports/{import_id}/redo",
    summary="Take back the undo of an import",
    response_model=Answer[UndoData],
    responses={
        200: example_answer(
            {"data": {**_EXAMPLE["data"], "action": "redo", "kept": 0, "keptLeads": []}},
            description="What the redo did, or would do",
        ),
        **documented(402, 404, 409, details={**NO_IMPORT_404, 409: "The import is not undone."}),
    },
)
def post_redo(
    engine: EngineDep,
    workspace_id: WorkspaceDep,
    import_id: ImportIdDep,
    is_dry_run: DryRunDep,
) -> object:
    """The leads that the undo took come back as the import had made them, within the contact limit (402)."""
    step = undo_flow.preview_redo if is_dry_run else undo_flow.redo_import
    return {"data": _answer(import_id, step(engine, workspace_id=workspace_id, import_id=import_id))}


def _answer(import_id: UUID, done: UndoRecord) -> UndoData:
    kept = [
        KeptLead(
            lead_id=lead_id_text(lead.lead_id), row=lead.row, email=lead.email, name=lead.name, code=lead.code,
            reason=lead.reason,
        )
        for lead in done.kept[:MAX_LISTED]
    ]  # fmt: skip
    return UndoData(
        import_id=import_id_text(import_id),
        action=done.action,
        dry_run=done.done_at is None,
        **done.counts,
        kept=len(done.kept),
        kept_leads=kept,
        done_by=done.done_by,
        done_at=done.done_at,
    )
