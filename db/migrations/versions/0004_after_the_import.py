"""What comes after an import: defaults of a workspace, and imports that continue another one."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE workspaces ADD COLUMN defaults jsonb NOT NULL DEFAULT '{}'",
    "ALTER TABLE imports ADD COLUMN continues uuid",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
