"""Queries on leads for the import: find by email, insert new ones, write restored ones. Many rows, one statement."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from psycopg import Cursor
from pydantic_core import from_json

from db.planning import WALK_ALONG_KEY, can_walk, listed
from db.rows import array_literal

#: Columns in the order of COPY_LEADS: workspace and id, then the lead's own fields, then the two times.
LEAD_COLUMNS = (
    "email", "first_name", "last_name", "company", "title", "phone", "linkedin_url", "website", "notes",
    "source", "status", "custom_fields", "tags",
)  # fmt: skip
#: What FIND_WHOLE_LEADS gives as JSON text: the driver would read the values one by one, and slowly.
_AS_JSON = {"custom_fields": "lead.custom_fields::text", "tags": "to_json(lead.tags)::text"}

#: One walk along the unique key, whose order makes the planner take that index and no other where it must not sort
#: (db/planning.py). Looking each email up from the root takes four times as long.
_ALONG_KEY = (
    """leads AS lead
        WHERE lead.workspace_id = %(workspace_id)s
            AND lead.email = ANY(%(emails)s::text[])""",
    "ORDER BY lead.workspace_id, lead.email",
)
#: Before PostgreSQL 17 that walk passes all emails of the workspace.
_ONE_BY_ONE = (
    f"""{listed("%(emails)s::text[]")} AS wanted (email)
        JOIN leads AS lead
            ON lead.workspace_id = %(workspace_id)s
            AND lead.email = wanted.email
        WHERE lead.workspace_id = %(workspace_id)s""",
    "",
)

#: Leads by email: one row whatever is found, because fetching a thousand costs more than finding them. The ids of the active
#: ones stand end to end, their emails a line each, both in the same order; then the emails of the soft-deleted ones.
_FIND = """
    SELECT
        encode(string_agg(uuid_send(lead.id), '') FILTER (WHERE lead.deleted_at IS NULL), 'hex'),
        string_agg(lead.email, E'\\n') FILTER (WHERE lead.deleted_at IS NULL),
        string_agg(lead.email, E'\\n') FILTER (WHERE lead.deleted_at IS NOT NULL)
    FROM (
        SELECT lead.id, lead.email, lead.deleted_at
        FROM {}
        {}
        OFFSET 0 -- keeps the order, which the aggregates do not need
    ) AS lead
"""

#: Leads by email with all that they hold: soft-deleted ones for the merge; active ones, where asked for, for their blanks.
_FIND_WHOLE = f"""
    SELECT
        encode(uuid_send(lead.id), 'hex'),
        lead.deleted_at,
        {", ".join(_AS_JSON.get(name, f"lead.{name}") for name in LEAD_COLUMNS)}
    FROM {{}}
    {{}}
"""

FIND_LEADS, FIND_LEADS_ONE_BY_ONE = (_FIND.format(*way) for way in (_ALONG_KEY, _ONE_BY_ONE))
FIND_WHOLE_LEADS, FIND_WHOLE_LEADS_ONE_BY_ONE = (_FIND_WHOLE.format(*way) for way in (_ALONG_KEY, _ONE_BY_ONE))

#: New leads, as COPY text with "" for NULL (rows.copy_chunk); not possible inside a pipeline.
COPY_LEADS = f"""
    COPY leads (workspace_id, id, {", ".join(LEAD_COLUMNS)}, created_at, updated_at)
    FROM STDIN (FORMAT text, NULL '')
"""

#: What a restore may change; a lead's email, source and created_at stay (contract.md section 3).
MERGED_COLUMNS = tuple(name for name in LEAD_COLUMNS if name not in ("email", "source"))
_CASTS = {"custom_fields": "::jsonb", "tags": "::text[]"}


def assign(name: str, *, source: str) -> str:
    """The assignment of an UPDATE that takes the column from a ``source`` that has all of them as text."""
    return f"{name} = {source}.{name}{_CASTS.get(name, '')}"


#: ``listed`` are the ids and the changed columns as arrays, ``names`` those columns.
RESTORE_LEADS = """
    UPDATE leads AS lead
    SET
        {assignments}
        deleted_at = NULL,
        updated_at = transaction_timestamp()
    FROM {listed} AS merged (id{names})
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
    FROM {listed("%(id)s::uuid[]", *[f"%({name})s::text[]" for name in (*FILLED_COLUMNS, "custom_fields")])}
        AS filled (id, {", ".join((*FILLED_COLUMNS, "custom_fields"))})
    WHERE lead.workspace_id = %(workspace_id)s
        AND lead.id = filled.id
        AND lead.deleted_at IS NULL
"""


class FoundLeads(NamedTuple):
    """What the workspace holds under some emails: the ids of active leads by email, and the emails of soft-deleted ones."""

    active: dict[str, str]
    deleted: list[str]


def send_way(cursor: Cursor) -> None:
    """Send what the look-ups of this transaction need to be told of once, before the first."""
    if can_walk(cursor):
        cursor.execute(WALK_ALONG_KEY)


def send_find(cursor: Cursor, *, workspace_id: str, emails: Sequence[str]) -> None:
    """Send the look-up by email, for a pipeline; read_found reads its answer."""
    _send_find(cursor, FIND_LEADS, FIND_LEADS_ONE_BY_ONE, workspace_id, emails)


def read_found(cursor: Cursor) -> FoundLeads:
    """What send_find has found, once the pipeline is through."""
    ids, active, deleted = cursor.fetchone() or (None, None, None)
    return FoundLeads(
        dict(zip(active.split("\n"), [ids[i : i + 32] for i in range(0, len(ids), 32)], strict=True)) if ids else {},
        deleted.split("\n") if deleted else [],
    )


def send_find_whole(cursor: Cursor, *, workspace_id: str, emails: Sequence[str]) -> None:
    """Send the look-up of leads with all that they hold, active or not, for a pipeline; read_whole reads its answer."""
    _send_find(cursor, FIND_WHOLE_LEADS, FIND_WHOLE_LEADS_ONE_BY_ONE, workspace_id, emails)


def read_whole(cursor: Cursor) -> list[Sequence[Any]]:
    """What send_find_whole has found, once the pipeline is through, column by column: ids as 32 hex digits, the times of
    deletion (None: active), and the leads' values in the order of LEAD_COLUMNS.
    """
    columns: list[Sequence[Any]] = [*zip(*cursor.fetchall(), strict=True)] or [()] * (2 + len(LEAD_COLUMNS))
    for i, name in enumerate(LEAD_COLUMNS, 2):
        if name in _AS_JSON:
            columns[i] = from_json("[" + ",".join(columns[i]) + "]")
    return columns


def _send_find(cursor: Cursor, along_key: str, one_by_one: str, workspace_id: str, emails: Sequence[str]) -> None:
    values = {"workspace_id": workspace_id, "emails": array_literal(emails)}
    cursor.execute(along_key if can_walk(cursor) else one_by_one, values)


def send_restore(
    cursor: Cursor, *, workspace_id: str, ids: Sequence[str], columns: Mapping[str, Sequence[str | None]]
) -> None:
    """Send the restore of many leads, for a pipeline.

    ``columns`` has those of MERGED_COLUMNS in which any of the leads changes: of a list that comes again most stay, and
    what is not sent need not be written out, parsed and joined.
    """
    names = [name for name in MERGED_COLUMNS if name in columns]
    statement = RESTORE_LEADS.format(
        assignments="".join([f"{assign(name, source='merged')}, " for name in names]),
        listed=listed("%(ids)s::uuid[]", *[f"%({name})s::text[]" for name in names]),
        names="".join([f", {name}" for name in names]),
    )
    literals = {name: array_literal(columns[name]) for name in names}
    cursor.execute(statement, {"workspace_id": workspace_id, "ids": array_literal(ids), **literals})


def send_fill(cursor: Cursor, *, workspace_id: str, columns: Mapping[str, Sequence[str | None]]) -> None:
    """Send the filling of many leads' blanks, for a pipeline. ``columns`` has ``id``, FILLED_COLUMNS and ``custom_fields``.
    """
    literals = {name: array_literal(values) for name, values in columns.items()}
    cursor.execute(FILL_LEADS, {"workspace_id": workspace_id, **literals})
