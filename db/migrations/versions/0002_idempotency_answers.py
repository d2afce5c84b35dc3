"""Answers to idempotency keys are kept as the bytes that were sent, and old keys are found without reading all.

jsonb forgets the order of keys, and a repeat gets the first answer byte for byte.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE idempotency_keys ALTER COLUMN answer TYPE bytea USING convert_to(answer::text, 'UTF8')",
    # Keys older than a day are deleted a few at a time, by the imports that add new ones.
    "CREATE INDEX idempotency_keys_by_age ON idempotency_keys (workspace_id, created_at)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
