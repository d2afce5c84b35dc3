"""What comes after an import: defaults of a workspace, and imports that continue another one."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE workspaces ADD COLUMN defaults jsonb NOT NULL DEFAULT '{}'",
    "ALTER TABLE imports ADD COLUMN continues uuid",
    "CREATE INDEX members_by_email ON members (email, workspace_id)",
    """
    CREATE TABLE audit_log (
        workspace_id text COLLATE "C" NOT NULL,
        id uuid NOT NULL,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        actor_kind text NOT NULL,
        address text,
        action text NOT NULL,
        subject text NOT NULL,
        details jsonb NOT NULL,
        CONSTRAINT audit_log_pk PRIMARY KEY (workspace_id, id),
        CONSTRAINT audit_log_actor_kind_known CHECK (actor_kind IN ('local', 'member', 'key', 'system'))
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
