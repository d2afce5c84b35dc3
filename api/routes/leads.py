"""Endpoints of leads (contract.md section 4)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query

from api.deps import EngineDep, PageDep, WorkspaceDep
from api.errors import documented, example_answer
from api.schemas import Answer, ListAnswer, list_answer
from api.schemas_leads import (
    EXAMPLE_ACTIVITY,
    EXAMPLE_LEAD,
    Deleted,
    LeadActivityOut,
    LeadChange,
    LeadCreate,
    LeadOut,
    activity_values,
    lead_values,
)
from api.strict_json import StrictRoute
from core import browse_flow, lead_flow
from core.errors import NotFound
from core.fields import DEFAULT_SOURCE
from core.ids import lead_id_text, parse_lead_id

router = APIRouter(tags=["leads"], route_class=StrictRoute)

_TAKEN = {409: "A lead with the email “jane@acme.com” is already in the workspace."}
_ONE_LEAD = {"data": EXAMPLE_LEAD}
_LEADS = {"data": [EXAMPLE_LEAD], "meta": {"page": 1, "pageSize": 50, "total": 1, "totalPages": 1}}
_DELETED = {"data": {"id": EXAMPLE_LEAD["id"], "deleted": True}}


def parsed_lead_id(lead_id: Annotated[str, Path(description="The lead's id, `cld_…`.")]) -> UUID:
    """The id in the path. One that cannot be an id is that of no lead."""
    parsed = parse_lead_id(lead_id)
    if parsed is None:
        raise NotFound("There is no such lead in this workspace.")
    return parsed


LeadIdDep = Annotated[UUID, Depends(parsed_lead_id)]


@router.post(
    "/leads",
    summary="Create a lead, or restore the deleted one with its email",
    status_code=201,
    response_model=Answer[LeadOut],
    responses={201: example_answer(_ONE_LEAD, description="The lead"), **documented(402, 409, details=_TAKEN)},
)
def create_lead(body: LeadCreate, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    made = lead_flow.create_lead(
        engine, workspace_id=workspace_id, draft=body.draft(), default_source=DEFAULT_SOURCE["api"]
    )
    return {"data": lead_values(made.record)}


@router.get(
    "/leads",
    summary="List leads, newest first",
    response_model=ListAnswer[LeadOut],
    responses={200: example_answer(_LEADS, description="One page of leads"), **documented()},
)
def list_leads(
    engine: EngineDep,
    workspace_id: WorkspaceDep,
    page: PageDep,
    search: Annotated[str, Query(description="A part of the email, the full name or the company, in any case.")] = "",
    status: Annotated[Literal["active", "bounced", "unsubscribed", "replied"] | None, Query()] = None,
    tags: Annotated[
        list[str] | None, Query(description="Tags that the lead must all have: separated by commas, or repeated.")
    ] = None,
    email: Annotated[str, Query(description="The whole address, in any case.")] = "",
) -> dict[str, Any]:
    found = browse_flow.list_leads(
        engine,
        workspace_id=workspace_id,
        page=page.number,
        page_size=page.size,
        search=search,
        status=status,
        tags=",".join(tags or ()).split(","),
        email=email,
    )
    return list_answer([lead_values(record) for record in found.items], page=page, total=found.total)


@router.get(
    "/leads/{lead_id}",
    summary="Read a lead",
    response_model=Answer[LeadOut],
    responses={200: example_answer(_ONE_LEAD, description="The lead"), **documented(404)},
)
def get_lead(lead_id: LeadIdDep, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    return {"data": lead_values(lead_flow.get_lead(engine, workspace_id=workspace_id, lead_id=lead_id))}


@router.patch(
    "/leads/{lead_id}",
    summary="Change the given fields of a lead",
    response_model=Answer[LeadOut],
    responses={
        200: example_answer(_ONE_LEAD, description="The lead after the change"),
        **documented(404, 409, details=_TAKEN),
    },
)
def update_lead(
    lead_id: LeadIdDep, body: LeadChange, engine: EngineDep, workspace_id: WorkspaceDep
) -> dict[str, Any]:
    record = lead_flow.update_lead(engine, workspace_id=workspace_id, lead_id=lead_id, changes=body.draft())
    return {"data": lead_values(record)}


@router.delete(
    "/leads/{lead_id}",
    summary="Delete a lead softly: creating or importing it again restores it",
    response_model=Answer[Deleted],
    responses={200: example_answer(_DELETED, description="The lead is deleted"), **documented(404)},
)
def delete_lead(lead_id: LeadIdDep, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    lead_flow.delete_lead(engine, workspace_id=workspace_id, lead_id=lead_id)
    return {"data": {"id": lead_id_text(lead_id.hex)}}


@router.get(
    "/leads/{lead_id}/activity",
    summary="What is recorded about a lead, and its campaigns",
    response_model=Answer[LeadActivityOut],
    responses={200: example_answer({"data": EXAMPLE_ACTIVITY}, description="Newest first"), **documented(404)},
)
def get_lead_activity(lead_id: LeadIdDep, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    told = lead_flow.lead_activity(engine, workspace_id=workspace_id, lead_id=lead_id)
    return {"data": activity_values(told)}
