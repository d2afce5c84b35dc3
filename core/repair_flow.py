"""What the review can put right by itself, on request: duplicates that would lose values, in the file and of stored leads.

Everything here ends as corrections and left out rows of the draft: visible, and undone like those made by hand.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Engine

from core import draft_flow
from core.access import requires
from core.losses import Loss, blanks_filled, find_losses, same_email
from core.records import ImportRecord, Preview
from core.stored_losses import StoredLoss, existing_emails, find_stored_losses
from core.writing_flow import find_leads


def list_losses(engine: Engine, *, preview: Preview) -> list[Loss]:
    """What each duplicate in the file of this dry run would lose to the row that wins."""
    record = preview.record
    place = {"workspace_id": record.workspace_id, "import_id": record.id}
    assert record.mapping is not None  # without one there is no dry run
    return find_losses(
        draft_flow.load_table(engine, **place),
        draft_flow.load_checked_rows(engine, **place),
        preview.plan.decisions,
        mapping=record.mapping,
        corrections=record.corrections,
    )


@requires("importer")
def fill_blanks(
    engine: Engine, *, workspace_id: str, import_id: UUID, rows: Collection[int] | None = None
) -> ImportRecord:
    """The draft with the winning rows' blanks filled from these duplicates (None: from all), as corrections.

    A cell with something in it never changes.
    """
    preview = draft_flow.preview(engine, workspace_id=workspace_id, import_id=import_id)
    losses = [loss for loss in list_losses(engine, preview=preview) if rows is None or loss.row in rows]
    return draft_flow.correct_cells(
        engine, workspace_id=workspace_id, import_id=import_id, corrections=blanks_filled(losses)
    )


@requires("importer")
def choose_winner(engine: Engine, *, workspace_id: str, import_id: UUID, row: int) -> ImportRecord:
    """The draft in which this row wins among those with its email.

    The first valid row wins (contract.md section 3), so the rows before it are left out, and it and the rows after it
    are taken in again.
    """
    place = {"workspace_id": workspace_id, "import_id": import_id}
    group = same_email(draft_flow.load_checked_rows(engine, **place), row)
    draft_flow.skip_rows(engine, **place, rows=[number for number in group if number >= row], skip=False)
    return draft_flow.skip_rows(engine, **place, rows=[number for number in group if number < row], skip=True)


@requires("viewer")
def list_stored_losses(engine: Engine, *, workspace_id: str, preview: Preview) -> list[StoredLoss]:
    """What each row of this dry run would lose whose lead is in the workspace already.

    The stored leads are read some at a time: a file may meet tens of thousands, and what they hold is not kept.
    """
    rows = draft_flow.load_checked_rows(engine, workspace_id=workspace_id, import_id=preview.record.id)
    decisions = preview.plan.decisions
    losses: list[StoredLoss] = []
    with engine.connect() as conn:
        for start in range(0, len(rows), draft_flow.MAX_PART_ROWS):
            part = slice(start, start + draft_flow.MAX_PART_ROWS)
            emails = existing_emails(rows[part], decisions[part])
            if emails:
                stored, _ = find_leads(conn, workspace_id=workspace_id, emails=sorted(emails), whole=True)
                losses += find_stored_losses(rows[part], decisions[part], stored)
    return losses
