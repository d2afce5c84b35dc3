"""Queries on leads for the import: find by email, insert new ones, write restored ones. Many rows, one statement."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from psycopg import Cursor

from db.rows import array_literal, copy_chunks

#: Columns in the order of COPY_LEADS: workspace and id, then the lead's own fields, then the two times.
LEAD_COLUMNS = (
    "email", "first_name", "last_name", "company", "title", "phone", "linkedin_url", "website", "notes",
    "source", "status", "custom_fields", "tags",
)  # fmt: skip

FIND_LEADS_BY_EMAIL = """
    SELECT
        lead.email,
        lead.id,
        lead.deleted_at,
        CASE WHEN lead.deleted_at IS NOT NULL THEN to_json(lead)::text END
    FROM unnest(%(emails)s::text[]) AS wanted (email)
    JOIN leads AS lead
        ON lead.workspace_id = %(workspace_id)s
        AND lead.email = wanted.email
"""

COPY_LEADS = f"""
    COPY leads (workspace_id, id, {", ".join(LEAD_COLUMNS)}, created_at, updated_at)
    FROM STDIN (FORMAT text, NULL '')
"""

#: A restored lead gets its merged values; its email, source and created_at stay (contract.md section 3).
MERGED_COLUMNS = tuple(name for name in LEAD_COLUMNS if name not in ("email", "source"))
_CASTS = {"custom_fields": "::jsonb", "tags": "::text[]"}

RESTORE_LEADS = f"""
    UPDATE leads AS lead
    SET
        {", ".join(f"{name} = merged.{name}{_CASTS.get(name, '')}" for name in MERGED_COLUMNS)},
        deleted_at = NULL,
        updated_at = transaction_timestamp()
    FROM unnest(
        %(id)s::uuid[],
        {", ".join(f"%({name})s::text[]" for name in MERGED_COLUMNS)}
    ) AS merged (id, {", ".join(MERGED_COLUMNS)})
    WHERE lead.workspace_id = %(workspace_id)s
        AND lead.id = merged.id
"""


class FoundLead(NamedTuple):
    """A stored lead under one of the emails asked for. ``stored_json`` is the whole row, for soft-deleted ones only."""

    email: str
    id: Any
    deleted_at: Any
    stored_json: str | None


def send_find(cursor: Cursor, *, workspace_id: str, emails: Sequence[str]) -> None:
    """Send FIND_LEADS_BY_EMAIL, for a pipeline; its rows are FoundLead's fields. Active and deleted ones are found."""
    cursor.execute(FIND_LEADS_BY_EMAIL, {"workspace_id": workspace_id, "emails": array_literal(emails)})


def insert_leads(cursor: Cursor, rows: Sequence[Sequence[str]]) -> None:
    """COPY new leads in. Rows are texts in the order of COPY_LEADS, "" for NULL; not possible inside a pipeline."""
    if not rows:
        return
    with cursor.copy(COPY_LEADS) as copy:
        for chunk in copy_chunks(rows):
            copy.write(chunk)


def send_restore(cursor: Cursor, *, workspace_id: str, columns: dict[str, Sequence[str | None]]) -> None:
    """Send the restore of many leads, for a pipeline. ``columns`` has ``id`` and every one of MERGED_COLUMNS."""
    literals = {name: array_literal(values) for name, values in columns.items()}
    cursor.execute(RESTORE_LEADS, {"workspace_id": workspace_id, **literals})
