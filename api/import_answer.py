"""The answers of a bulk import and of the list of imports: core's values as JSON (contract.md section 3)."""

from datetime import datetime
from typing import Any

from pydantic import Field
from pydantic_core import to_json

from api.errors import json_name
from api.schemas import Wire
from core.chunks import IN_FILE
from core.ids import import_id_text
from core.records import ImportRecord, RowDecision
from core.request_flow import ImportAnswer

#: contract.md section 3: the first 100 of each list.
MAX_LISTED = 100


class RowError(Wire):
    """A row that was not imported, and why. ``row`` counts from 1, as the leads stand in the request."""

    email: str = Field(description="As it was given, trimmed; empty where it is missing.")
    reason: str
    row: int
    field: str | None
    code: str


class ImportData(Wire):
    """What the import did. `created` + `restored` + `duplicates` + `errors` is the number of leads sent."""

    created: int
    restored: int
    duplicates: int
    errors: int
    duplicate_emails: list[str] = Field(description="Of the first 100 duplicates.")
    error_details: list[RowError] = Field(description="The first 100 errors.")
    in_request_duplicates: int = Field(description="Duplicates of an earlier lead of this request.")
    existing_duplicates: int = Field(description="Duplicates of leads in the workspace.")
    import_id: str | None = Field(description="null for a dry run, which leaves no record.")
    dry_run: bool
    remaining: int = Field(description="Places left in the contact limit afterwards.")


class ImportSummary(Wire):
    """One import, through the API or the wizard, as recorded."""

    id: str
    door: str
    state: str
    created_by: str
    file_name: str | None
    rows: int
    created: int
    restored: int
    duplicates: int
    errors: int
    not_imported: int
    restore_soft_deleted: bool
    failure: str | None
    continues: str | None = Field(description="The import whose failed rows this file brought again.")
    created_at: datetime
    finished_at: datetime | None


def encode_answer(answer: ImportAnswer) -> bytes:
    """The body of the answer."""
    counts = answer.plan.counts
    duplicates, errors = answer.plan.first(MAX_LISTED, "duplicate"), answer.plan.first(MAX_LISTED, "error")
    in_request = answer.plan.whats.count(IN_FILE)
    data = {
        "created": counts["created"],
        "restored": counts["restored"],
        "duplicates": counts["duplicate"],
        "errors": counts["error"],
        "duplicateEmails": [decision.email for decision in duplicates],
        "errorDetails": [_row_error(decision) for decision in errors],
        "inRequestDuplicates": in_request,
        "existingDuplicates": counts["duplicate"] - in_request,
        "importId": import_id_text(answer.import_id) if answer.import_id else None,
        "dryRun": answer.import_id is None,
        "remaining": answer.remaining,
    }
    return to_json({"data": data})


def import_summary(record: ImportRecord) -> ImportSummary:
    """The record on the wire."""
    counts = record.counts
    return ImportSummary(
        id=import_id_text(record.id),
        door=record.door,
        state=record.state,
        created_by=record.created_by,
        file_name=record.file_name,
        rows=record.row_count,
        created=counts["created"],
        restored=counts["restored"],
        duplicates=counts["duplicate"],
        errors=counts["error"],
        not_imported=counts["not_imported"],
        restore_soft_deleted=record.options.restore_soft_deleted,
        failure=record.failure.message if record.failure else None,
        continues=import_id_text(record.continues) if record.continues else None,
        created_at=record.created_at,
        finished_at=record.finished_at,
    )


def _row_error(decision: RowDecision) -> dict[str, Any]:
    # The first issue alone: with an empty email the reason is "empty email", whatever else is wrong with the row.
    issue = decision.issues[0]
    return {
        "email": decision.email,
        "reason": issue.message,
        "row": decision.row,
        "field": json_name(issue.field) if issue.field else None,
        "code": issue.code,
    }
