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
    # Few imports continue another one: they are found, and no other is weighed down.
    "CREATE INDEX imports_by_continued ON imports (workspace_id, continues) WHERE continues IS NOT NULL",
    # The very same file again.
    "CREATE INDEX imports_by_file ON imports (workspace_id, file_sha256) WHERE file_sha256 IS NOT NULL",
    # Eight bytes per row of the file, ascending: how much of it an earlier file held. They do not compress.
    "ALTER TABLE import_files ADD COLUMN row_hashes bytea",
    "ALTER TABLE import_files ALTER COLUMN row_hashes SET STORAGE EXTERNAL",
    """
    CREATE TABLE import_undos (
        workspace_id text COLLATE "C" NOT NULL,
        import_id uuid NOT NULL,
        number integer NOT NULL,
        action text NOT NULL,
        done_by text NOT NULL,
        done_at timestamptz NOT NULL,
        created integer NOT NULL,
        restored integer NOT NULL,
        filled integer NOT NULL,
        kept integer NOT NULL,
        ledger bytea NOT NULL,
        CONSTRAINT import_undos_pk PRIMARY KEY (workspace_id, import_id, number),
        CONSTRAINT import_undos_import_fk FOREIGN KEY (workspace_id, import_id)
            REFERENCES imports (workspace_id, id) ON DELETE CASCADE,
        CONSTRAINT import_undos_action_known CHECK (action IN ('undo', 'redo'))
    )
    """,
    "ALTER TABLE import_undos ALTER COLUMN ledger SET STORAGE EXTERNAL",
    # Partial, so that a new lead, active in both senses, is in neither: they cost an import nothing.
    "CREATE INDEX leads_deleted ON leads (workspace_id, id) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX leads_by_rare_status ON leads (workspace_id, status, id) WHERE status <> 'active'",
    """
    CREATE TABLE webhooks (
        workspace_id text COLLATE "C" NOT NULL,
        url text NOT NULL,
        secret text NOT NULL,
        created_at timestamptz NOT NULL,
        last_at timestamptz,
        last_answer text,
        CONSTRAINT webhooks_pk PRIMARY KEY (workspace_id)
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
