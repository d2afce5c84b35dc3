"""Endpoints of leads (contract.md section 4)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import StreamingResponse

from api.deps import EngineDep, PageDep, WorkspaceDep
from api.errors import documented, example_answer
from api.import_ids import NO_IMPORT_404, known_import_id
from api.schemas import Answer
from api.schemas_leads import (
    EXAMPLE_ACTIVITY,
    EXAMPLE_LEAD,
    Deleted,
    DeletedLeads,
    LeadActivityOut,
    LeadChange,
    LeadCreate,
    LeadIds,
    LeadList,
    LeadOut,
    RestoredLeads,
    activity_values,
    lead_values,
)
from api.strict_json import StrictRoute
from core import activity_flow, browse_flow, export_flow, lead_flow
from core.errors import NotFound
from core.fields import DEFAULT_SOURCE
from core.ids import lead_id_text, parse_campaign_id, parse_lead_id
from core.listing import LeadFilter, LeadRecord

router = APIRouter(tags=["leads"], route_class=StrictRoute)

_TAKEN = {409: "A lead with the email “jane@acme.com” is already in the workspace."}
_ONE_LEAD = {"data": EXAMPLE_LEAD}
_LEADS = {"data": [EXAMPLE_LEAD], "meta": {"page": 1, "pageSize": 50, "total": 1, "totalPages": 1}}
_NO_CAMPAIGN = "There is no such campaign in this workspace."
CSV_TYPE = "text/csv; charset=utf-8"
_CSV = {
    "description": "The file, in pieces as they are read",
    "content": {"text/csv": {"schema": {"type": "string"}, "example": "Email,First name\r\njane@acme.com,Jane\r\n"}},
}
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


def lead_filter(
    search: Annotated[str, Query(description="A part of the email, the full name or the company, in any case.")] = "",
    status: Annotated[Literal["active", "bounced", "unsubscribed", "replied"] | None, Query()] = None,
    tags: Annotated[
        list[str] | None, Query(description="Tags that the lead must all have: separated by commas, or repeated.")
    ] = None,
    email: Annotated[str, Query(description="The whole address, in any case.")] = "",
    source: Annotated[str, Query(description="The source, exactly.")] = "",
    deleted: Annotated[bool, Query(description="The deleted leads instead of the active ones.")] = False,
    import_id: Annotated[
        str | None, Query(alias="importId", description="The leads that this import created or restored, `imp_…`.")
    ] = None,
    campaign_id: Annotated[
        str | None, Query(alias="campaignId", description="The leads in this campaign, `cmp_…`.")
    ] = None,
) -> LeadFilter:
    """The filters that lists and exports have in common."""
    return LeadFilter(
        is_deleted=deleted,
        search=search,
        status=status,
        tags=tuple(",".join(tags or ()).split(",")),
        source=source,
        email=email,
        import_id=None if import_id is None else known_import_id(import_id),
        campaign_id=None if campaign_id is None else _known(parse_campaign_id(campaign_id), _NO_CAMPAIGN),
    )


LeadFilterDep = Annotated[LeadFilter, Depends(lead_filter)]


def _known(parsed: UUID | None, refusal: str) -> UUID:
    if parsed is None:
        raise NotFound(refusal)
    return parsed


@router.get(
    "/leads",
    summary="List leads, newest first, by page number or by cursor",
    response_model=LeadList,
    response_model_exclude_unset=True,  # the half of `meta` that does not apply
    responses={200: example_answer(_LEADS, description="One page of leads"), **documented(404, details=NO_IMPORT_404)},
)
def list_leads(
    engine: EngineDep,
    workspace_id: WorkspaceDep,
    page: PageDep,
    where: LeadFilterDep,
    cursor: Annotated[
        str | None,
        Query(
            description="Instead of `page`: empty for the first page, then `nextCursor` of the page before. A page by cursor costs "
            "the same however deep it is. It may have fewer leads than asked for; the list ends where `nextCursor` is null."
        ),
    ] = None,
) -> dict[str, Any]:
    if cursor is not None:
        slice_ = browse_flow.browse_leads(
            engine, workspace_id=workspace_id, where=where, after=cursor or None, size=page.size
        )
        items: tuple[LeadRecord, ...] = slice_.items
        meta: dict[str, Any] = {"next_cursor": slice_.next}
    else:
        found = browse_flow.list_leads(
            engine, workspace_id=workspace_id, where=where, page=page.number, page_size=page.size
        )
        items = found.items
        meta = {"page": page.number, "total": found.total, "total_pages": found.total_pages}
    return {"data": [lead_values(record) for record in items], "meta": {"page_size": page.size, **meta}}


@router.get(
    "/leads/export",
    summary="All leads of a list as CSV, safe to open in a spreadsheet, and read back by an import as they were",
    response_class=StreamingResponse,
    responses={200: _CSV, **documented(404, details=NO_IMPORT_404)},
)
def export_leads(engine: EngineDep, workspace_id: WorkspaceDep, where: LeadFilterDep) -> StreamingResponse:
    pieces = export_flow.export_leads(engine, workspace_id=workspace_id, where=where)
    return StreamingResponse(pieces, media_type=CSV_TYPE, headers={"Content-Disposition": 'attachment; filename="leads.csv"'})


@router.post(
    "/leads/delete",
    summary="Delete leads softly; those that are not there, or deleted already, are not counted",
    response_model=Answer[DeletedLeads],
    responses={200: example_answer({"data": {"deleted": 2}}, description="How many are deleted now"), **documented()},
)
def delete_leads(body: LeadIds, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    deleted = lead_flow.delete_leads(engine, workspace_id=workspace_id, lead_ids=_ids(body))
    return {"data": {"deleted": deleted}}


@router.post(
    "/leads/restore",
    summary="Restore deleted leads as they were; those that are not there, or active, are not counted",
    response_model=Answer[RestoredLeads],
    responses={200: example_answer({"data": {"restored": 2}}, description="How many are active again"), **documented(402)},
)
def restore_leads(body: LeadIds, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    restored = lead_flow.restore_leads(engine, workspace_id=workspace_id, lead_ids=_ids(body))
    return {"data": {"restored": restored}}


def _ids(body: LeadIds) -> list[UUID]:
    """What cannot be an id is that of no lead."""
    return [parsed for text in body.lead_ids if (parsed := parse_lead_id(text))]


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


@router.post(
    "/leads/{lead_id}/restore",
    summary="Restore a deleted lead as it was; an active one stays as it is",
    response_model=Answer[LeadOut],
    responses={200: example_answer(_ONE_LEAD, description="The lead, active"), **documented(402, 404)},
)
def restore_lead(lead_id: LeadIdDep, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    return {"data": lead_values(lead_flow.restore_lead(engine, workspace_id=workspace_id, lead_id=lead_id))}


@router.get(
    "/leads/{lead_id}/activity",
    summary="What is recorded about a lead, and its campaigns",
    response_model=Answer[LeadActivityOut],
    responses={200: example_answer({"data": EXAMPLE_ACTIVITY}, description="Newest first"), **documented(404)},
)
def get_lead_activity(lead_id: LeadIdDep, engine: EngineDep, workspace_id: WorkspaceDep) -> dict[str, Any]:
    told = activity_flow.lead_activity(engine, workspace_id=workspace_id, lead_id=lead_id)
    return {"data": activity_values(told)}
