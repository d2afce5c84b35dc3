"""Endpoints of campaigns (contract.md section 4)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from fastapi.exceptions import RequestValidationError

from api.deps import EngineDep, PageDep, WorkspaceDep
from api.errors import documented, example_answer
from api.import_ids import known_import_id
from api.routes.leads import LeadIdDep
from api.schemas import Answer, ListAnswer, list_answer
from api.schemas_campaigns import (
    EXAMPLE_CAMPAIGN,
    Added,
    CampaignChange,
    CampaignCreate,
    CampaignOut,
    NewMembers,
    Removed,
    campaign_values,
)
from api.schemas_leads import EXAMPLE_LEAD, Deleted
from api.strict_json import StrictRoute
from core import campaign_flow
from core.errors import NotFound
from core.ids import campaign_id_text, lead_id_text, parse_campaign_id, parse_lead_id
from core.issues import shorten, storable_text
from core.listing import CampaignStatus

router = APIRouter(tags=["campaigns"], route_class=StrictRoute)

_MISSING = {404: "There is no such campaign in this workspace."}
_ONE_CAMPAIGN = {"data": EXAMPLE_CAMPAIGN}
_CAMPAIGNS = {"data": [EXAMPLE_CAMPAIGN], "meta": {"page": 1, "pageSize": 50, "total": 1, "totalPages": 1}}
_DELETED = {"data": {"id": EXAMPLE_CAMPAIGN["id"], "deleted": True}}
_REMOVED = {"data": {"campaignId": EXAMPLE_CAMPAIGN["id"], "leadId": EXAMPLE_LEAD["id"], "removed": True}}


def parsed_campaign_id(campaign_id: Annotated[str, Path(description="The campaign's id, `cmp_…`.")]) -> UUID:
    """The id in the path. One that cannot be an id is that of no campaign."""
    parsed = parse_campaign_id(campaign_id)
    if parsed is None:
        raise NotFound(_MISSING[404])
    return parsed


CampaignIdDep = Annotated[UUID, Depends(parsed_campaign_id)]


@router.get(
    "/campaigns",
    summary="List campaigns, newest first",
    response_model=ListAnswer[CampaignOut],
    responses={200: example_answer(_CAMPAIGNS, description="One page of campaigns"), **documented()},
)
def list_campaigns(
    engine: EngineDep,
    workspace_id: WorkspaceDep,
    page: PageDep,
    status: Annotated[CampaignStatus | None, Query()] = None,
) -> dict[str, Any]:
    found = campaign_flow.list_campaigns(
        engine, workspace_id=workspace_id, page=page.number, page_size=page.size, status=status
    )
    return list_answer([campaign_values(record) for record in found.items], page=page, total=found.total)


@router.post(
    "/campaigns",
    summary="Create a campaign",
    status_code=201,
    response_model=Answer[CampaignOut],
    responses={201: example_answer(_ONE_CAMPAIGN, description="The campaign, a draft"), **documented()},
)
def create_campaign(body: CampaignCreate, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    record = campaign_flow.create_campaign(engine, workspace_id=workspace_id, values=body.draft())
    return {"data": campaign_values(record)}


@router.get(
    "/campaigns/{campaign_id}",
    summary="Read a campaign",
    response_model=Answer[CampaignOut],
    responses={200: example_answer(_ONE_CAMPAIGN, description="The campaign"), **documented(404, details=_MISSING)},
)
def get_campaign(campaign_id: CampaignIdDep, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    record = campaign_flow.get_campaign(engine, workspace_id=workspace_id, campaign_id=campaign_id)
    return {"data": campaign_values(record)}


@router.patch(
    "/campaigns/{campaign_id}",
    summary="Change the given values of a campaign",
    response_model=Answer[CampaignOut],
    responses={
        200: example_answer(_ONE_CAMPAIGN, description="The campaign after the change"),
        **documented(404, details=_MISSING),
    },
)
def update_campaign(
    campaign_id: CampaignIdDep, body: CampaignChange, engine: EngineDep, workspace_id: WorkspaceDep
) -> dict[str, Any]:
    record = campaign_flow.update_campaign(
        engine, workspace_id=workspace_id, campaign_id=campaign_id, changes=body.draft()
    )
    return {"data": campaign_values(record)}


@router.delete(
    "/campaigns/{campaign_id}",
    summary="Delete a campaign; its leads stay",
    response_model=Answer[Deleted],
    responses={
        200: example_answer(_DELETED, description="The campaign is deleted"),
        **documented(404, details=_MISSING),
    },
)
def delete_campaign(campaign_id: CampaignIdDep, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    campaign_flow.delete_campaign(engine, workspace_id=workspace_id, campaign_id=campaign_id)
    return {"data": {"id": campaign_id_text(campaign_id)}}


@router.post(
    "/campaigns/{campaign_id}/leads",
    summary="Put leads into a campaign, by their ids (none where one of them is not there) or all of an import",
    response_model=Answer[Added],
    responses={
        200: example_answer({"data": {"added": 3}}, description="How many became members"),
        **documented(404, details=_MISSING),
    },
)
def add_leads(
    campaign_id: CampaignIdDep, body: NewMembers, engine: EngineDep, workspace_id: WorkspaceDep
) -> dict[str, Any]:
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    if (body.lead_ids is None) == (body.import_id is None):
        wrong = {"loc": ("body", "leadIds"), "msg": "Give either leadIds or importId.", "type": "one-of-two"}
        raise RequestValidationError([wrong])
    if body.import_id is not None:
        added = campaign_flow.add_import(engine, **place, import_id=known_import_id(body.import_id))
    else:
        added = campaign_flow.add_leads(engine, **place, lead_ids=[_lead_id(text) for text in body.lead_ids or ()])
    return {"data": {"added": added}}


@router.delete(
    "/campaigns/{campaign_id}/leads/{lead_id}",
    summary="Take a lead out of a campaign",
    response_model=Answer[Removed],
    responses={
        200: example_answer(_REMOVED, description="The lead is taken out"),
        **documented(404, details={404: "The lead is not in this campaign."}),
    },
)
def remove_lead(
    campaign_id: CampaignIdDep, lead_id: LeadIdDep, engine: EngineDep, workspace_id: WorkspaceDep
) -> dict[str, Any]:
    campaign_flow.remove_lead(engine, workspace_id=workspace_id, campaign_id=campaign_id, lead_id=lead_id)
    return {"data": {"campaign_id": campaign_id_text(campaign_id), "lead_id": lead_id_text(lead_id.hex)}}


def _lead_id(text: str) -> UUID:
    parsed = parse_lead_id(text)
    if parsed is None:
        raise NotFound(f"There is no such lead in this workspace: {shorten(storable_text(text))}. None was added.")
    return parsed
