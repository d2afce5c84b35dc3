"""The score of a workspace's sources (core/scorecard.py), read from its import records and from what its leads are now."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Engine

from core.access import requires
from core.record_flow import get_record, read_record
from core.records import ImportRecord
from core.scorecard import Grouping, Score, errors_delivered, list_name, rows_handled, score_imports
from db import scorecard

#: Imports that are looked at, the newest: years of most workspaces.
MAX_IMPORTS = 1000


class LastList(NamedTuple):
    """The newest import of the same list, and the share of its rows that was known already (active or deleted)."""

    record: ImportRecord
    known: float
    invalid: float


@requires("viewer")
def load_scores(engine: Engine, *, workspace_id: str, grouping: Grouping) -> list[Score]:
    """One score per source, uploader or list of files, the one with most rows first. Continuations count with their first."""
    with engine.connect() as conn:
        records = [read_record(row) for row in scorecard.list_ended(conn, workspace_id=workspace_id, limit=MAX_IMPORTS)]
        lost = scorecard.count_lost(conn, workspace_id=workspace_id, import_ids=[record.id for record in records])
    return score_imports(records, lost, grouping)


@requires("viewer")
def find_last_list(engine: Engine, *, workspace_id: str, import_id: UUID) -> LastList | None:
    """How the last file of the same name went (numbers and dates in names do not count); None where there is none."""
    with engine.connect() as conn:
        draft = get_record(conn, workspace_id, import_id)
        ended = scorecard.list_ended(conn, workspace_id=workspace_id, limit=MAX_IMPORTS)
    name = list_name(draft.file_name)
    for record in map(read_record, ended):
        handled = rows_handled(record)
        if record.door == "wizard" and handled and list_name(record.file_name) == name:
            known = record.counts["duplicate"] + record.counts["restored"]
            return LastList(record, known / handled, errors_delivered(record) / handled)
    return None
