"""Bulk import, and what is known of past imports (contract.md section 3)."""

import hashlib
import re
from datetime import date
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi import APIRouter, Header, Query, Request
from pydantic import BeforeValidator
from sqlalchemy import Engine
from starlette.responses import Response

from api.deps import EngineDep, KeyDep, PageDep, WorkspaceDep
from api.errors import JsonAnswer, documented, example_answer
from api.import_answer import ImportData, ImportSummary, encode_answer, import_summary
from api.import_body import parse_import
from api.import_ids import NO_IMPORT_404, ImportIdDep
from api.schemas import Answer, ListAnswer, list_answer
from api.strict_json import StrictRoute
from core.fields import DEFAULT_SOURCE
from core.ids import import_id_text
from core.import_list_flow import ImportFilter, list_import_page
from core.key_flow import KeyRecord
from core.records import Door, ImportOptions, ImportState
from core.report_flow import get_import, report_csv
from core.request_flow import Idempotency, KeptAnswer, import_leads

router = APIRouter(tags=["imports"], route_class=StrictRoute)

MAX_KEY_LENGTH = 255
MAX_SEARCH_LENGTH = 255

#: Imports that one process reads and writes at once. More would wait inside PostgreSQL instead, each with a connection
#: and a body of up to 10 MB in its hands.
_IMPORT_THREADS = 4
_imports: RunVar[CapacityLimiter] = RunVar("lead_import_imports")

_BODY_EXAMPLE = {
    "leads": [
        {
            "email": "ada@example.com",
            "firstName": "Ada",
            "company": "Example Ltd",
            "tags": ["fair"],
            "customFields": {"budget": 1000},
        },
        {"email": "not an address"},
    ],
    "restoreSoftDeleted": True,
}
_ANSWER_EXAMPLE = {
    "data": {
        "created": 1,
        "restored": 0,
        "duplicates": 0,
        "errors": 1,
        "duplicateEmails": [],
        "errorDetails": [
            {
                "email": "not an address",
                "reason": "invalid email: An email address must have an @-sign.",
                "row": 2,
                "field": "email",
                "code": "email-invalid",
            }
        ],
        "inRequestDuplicates": 0,
        "existingDuplicates": 0,
        "importId": "imp_0190c9e8f0007abc8def0123456789ab",
        "dryRun": False,
        "remaining": 4989,
    }
}
_SUMMARY_EXAMPLE = {
    "id": "imp_0190c9e8f0007abc8def0123456789ab",
    "door": "api",
    "state": "done",
    "createdBy": "nightly sync (otr_…x9Qz)",
    "fileName": None,
    "rows": 2,
    "created": 1,
    "restored": 0,
    "duplicates": 0,
    "errors": 1,
    "notImported": 0,
    "restoreSoftDeleted": True,
    "failure": None,
    "continues": None,
    "createdAt": "2026-01-01T12:00:00Z",
    "finishedAt": "2026-01-01T12:00:00Z",
}
_REPLAYED = {
    "Idempotency-Replayed": {
        "description": "`true` where this is the first answer to the same key, and nothing was written now.",
        "schema": {"type": "string"},
    }
}


@router.post(
    "/leads/import",
    summary="Import 1 to 1000 leads, all or nothing",
    response_model=Answer[ImportData],
    responses={
        200: example_answer(_ANSWER_EXAMPLE, description="The report", headers=_REPLAYED),
        **documented(400, 402, 409, details={409: "This Idempotency-Key was used before with another body."}),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ImportRequest"}, "example": _BODY_EXAMPLE}},
        }
    },
)
async def post_import(
    request: Request,
    engine: EngineDep,
    key: KeyDep,
    idempotency_key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=MAX_KEY_LENGTH,
            description="Makes a repeat safe: the same key with the same body gets the first answer and writes nothing.",
        ),
    ] = None,
) -> Response:
    """Every row is judged by itself: a bad one is counted in `errors` and the others are imported.

    The request as a whole is refused, and nothing is written, where the body is wrong (422), the number of leads is not
    1 to 1000 (400), the idempotency key was used with another body (409), or the contact limit would be passed (402).
    """
    body = await request.body()
    return await to_thread.run_sync(_import, engine, key, body, idempotency_key, limiter=_import_limiter())


def _iso_day(text: object) -> object:
    """The text where it is a day as JSON schema has it; pydantic alone takes numbers for days, too."""
    if isinstance(text, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("Input should be a day like 2026-01-31")
    return text


Day = Annotated[date, BeforeValidator(_iso_day)]


@router.get(
    "/imports",
    summary="Past imports, newest first",
    response_model=ListAnswer[ImportSummary],
    responses={
        200: example_answer(
            {"data": [_SUMMARY_EXAMPLE], "meta": {"page": 1, "pageSize": 50, "total": 1, "totalPages": 1}}
        ),
        **documented(),
    },
)
def get_imports(
    engine: EngineDep,
    workspace_id: WorkspaceDep,
    page: PageDep,
    state: Annotated[list[ImportState] | None, Query(description="One or more; without any, all.")] = None,
    door: Annotated[Door | None, Query(description="Through the wizard or the API.")] = None,
    created_by: Annotated[
        str | None, Query(alias="createdBy", max_length=MAX_SEARCH_LENGTH, description="The whole name.")
    ] = None,
    created_from: Annotated[Day | None, Query(alias="createdFrom", description="The first day, in UTC.")] = None,
    created_to: Annotated[Day | None, Query(alias="createdTo", description="The last day, in UTC.")] = None,
    search: Annotated[
        str, Query(max_length=MAX_SEARCH_LENGTH, description="A part of the file's name, or an id or its beginning.")
    ] = "",
) -> object:
    """Imports through the API and through the wizard. Filters narrow together."""
    wanted = ImportFilter(tuple(state or ()), door, created_by, created_from, created_to, search)
    records, total = list_import_page(
        engine, workspace_id=workspace_id, page=page.number, page_size=page.size, wanted=wanted
    )
    return list_answer([import_summary(record) for record in records], page=page, total=total)


@router.get(
    "/imports/{import_id}",
    summary="One import",
    response_model=Answer[ImportSummary],
    responses={200: example_answer({"data": _SUMMARY_EXAMPLE}), **documented(404, details=NO_IMPORT_404)},
)
def get_one_import(engine: EngineDep, workspace_id: WorkspaceDep, import_id: ImportIdDep) -> object:
    record = get_import(engine, workspace_id=workspace_id, import_id=import_id)
    return {"data": import_summary(record)}


@router.get(
    "/imports/{import_id}/report.csv",
    summary="One import's report, row by row, as CSV",
    response_class=Response,
    responses={
        200: {
            **example_answer(None, description="One line per row; safe to open in a spreadsheet"),
            "content": {"text/csv": {"schema": {"type": "string"}, "example": "Row,Outcome,Email,…\r\n1,Created,…\r\n"}},
        },
        **documented(404, details=NO_IMPORT_404),
    },
)
def get_report(engine: EngineDep, workspace_id: WorkspaceDep, import_id: ImportIdDep) -> Response:
    content = report_csv(engine, workspace_id=workspace_id, import_id=import_id)
    name = f"{import_id_text(import_id)}-report.csv"
    return Response(content, media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _import(engine: Engine, key: KeyRecord, body: bytes, idempotency_key: str | None) -> Response:
    request = parse_import(body)
    idempotency = None
    if idempotency_key:
        idempotency = Idempotency(idempotency_key, hashlib.sha256(body).digest(), encode_answer)
    answer = import_leads(
        engine,
        workspace_id=key.workspace_id,
        drafts=request.leads,
        options=ImportOptions(request.restore_soft_deleted, DEFAULT_SOURCE["api"]),
        created_by=key.label,
        idempotency=idempotency,
        dry_run=request.dry_run,
    )
    if not isinstance(answer, KeptAnswer):
        return JsonAnswer(encode_answer(answer))
    return JsonAnswer(answer.content, headers={"Idempotency-Replayed": "true"} if answer.is_repeat else None)


def _import_limiter() -> CapacityLimiter:
    try:
        return _imports.get()
    except LookupError:
        _imports.set(limiter := CapacityLimiter(_IMPORT_THREADS))
        return limiter
