"""Queries on leads for the import: find by email, insert new ones, write restored ones. Many rows, one statement."""

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor
from pydantic_core import from_json

from db.rows import array_literal

#: Columns in the order of COPY_LEADS: workspace and id, then the lead's own fields, then the two times.
LEAD_COLUMNS = (
    "email", "first_name", "last_name", "company", "title", "phone", "linkedin_url", "website", "notes",
    "source", "status", "custom_fields", "tags",
)  # fmt: skip

#: One row whatever is found, because fetching a thousand costs more than finding them: of the active leads one line
#: each of 32 hex digits and email, of the soft-deleted ones the whole rows as JSON (for the merge); where ``whole``,
#: of the active ones too (for their blanks). The lateral look-up
#: by the unique key, whose LIMIT cannot be planned away, costs the same in a workspace of any size; a plain join was
#: planned as a scan of the whole workspace (381 ms at 40,000 leads, against 1.8).
FIND_LEADS_BY_EMAIL = """
    SELECT
        string_agg(encode(uuid_send(lead.id), 'hex') || lead.email, E'\\n')
            FILTER (WHERE lead.deleted_at IS NULL AND NOT %(whole)s::boolean),
        json_agg(lead) FILTER (WHERE lead.deleted_at IS NOT NULL OR %(whole)s::boolean)::text
    FROM unnest(%(emails)s::text[]) AS wanted (email)
    CROSS JOIN LATERAL (
        SELECT *
        FROM leads
        WHERE leads.workspace_id = %(workspace_id)s
            AND leads.email = wanted.email
        LIMIT 1
    ) AS lead
"""

#: New leads, as COPY text with "" for NULL (rows.copy_chunk); not possible inside a pipeline.
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

#: Fields of which a blank can be filled; the custom fields get the keys that they lack.
FILLED_COLUMNS = tuple(name for name in MERGED_COLUMNS if name not in ("status", "custom_fields", "tags"))

#: An active lead's blanks, filled; whatever has a value keeps it. No lead twice, so the order does not matter.
FILL_LEADS = f"""
    UPDATE leads AS lead
    SET
        {", ".join(f"{name} = coalesce(nullif(lead.{name}, ''), filled.{name})" for name in FILLED_COLUMNS)},
        custom_fields = filled.custom_fields::jsonb || lead.custom_fields,
        updated_at = transaction_timestamp()
    FROM unnest(
        %(id)s::uuid[],
        {", ".join(f"%({name})s::text[]" for name in (*FILLED_COLUMNS, "custom_fields"))}
    ) AS filled (id, {", ".join((*FILLED_COLUMNS, "custom_fields"))})
    WHERE lead.workspace_id = %(workspace_id)s
        AND lead.id = filled.id
        AND lead.deleted_at IS NULL
"""

#: For the rest of the transaction, rows that are named by their keys are looked up by their keys: with the statistics of
#: a young table the planner may choose to read and hash the whole workspace instead (30 ms at 40,000 leads).
LOOK_UP_BY_KEY = "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)"


def send_find(cursor: Cursor, *, workspace_id: str, emails: Sequence[str], whole: bool = False) -> None:
    """Send FIND_LEADS_BY_EMAIL, for a pipeline; read_found reads its answer."""
    cursor.execute(
        FIND_LEADS_BY_EMAIL, {"workspace_id": workspace_id, "emails": array_literal(emails), "whole": whole}
    )


def read_found(cursor: Cursor) -> tuple[list[tuple[str, str]], list[dict[str, Any]]]:
    """(email, id as 32 hex digits) of each active lead found, and the whole row of each other one."""
    row = cursor.fetchone()
    active, whole = row if row else (None, None)
    return [(line[32:], line[:32]) for line in (active or "").split("\n") if line], from_json(whole) if whole else []


def send_restore(cursor: Cursor, *, workspace_id: str, columns: dict[str, Sequence[str | None]]) -> None:
    """Send the restore of many leads, for a pipeline. ``columns`` has ``id`` and every one of MERGED_COLUMNS."""
    literals = {name: array_literal(values) for name, values in columns.items()}
    cursor.connection.cursor().execute(LOOK_UP_BY_KEY)
    cursor.execute(RESTORE_LEADS, {"workspace_id": workspace_id, **literals})


def send_fill(cursor: Cursor, *, workspace_id: str, columns: dict[str, Sequence[str | None]]) -> None:
    """Send the filling of many leads' blanks, for a pipeline. ``columns`` has ``id``, FILLED_COLUMNS and ``custom_fields``."""
    literals = {name: array_literal(values) for name, values in columns.items()}
    cursor.connection.cursor().execute(LOOK_UP_BY_KEY)
    cursor.execute(FILL_LEADS, {"workspace_id": workspace_id, **literals})
