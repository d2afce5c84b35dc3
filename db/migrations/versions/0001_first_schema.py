"""The first schema: workspaces, leads, campaigns, imports and what belongs to them (design.md sections 2 and 3).

Plain SQL, because every constraint has a name and the column order is the order in which an import writes.
"""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE workspaces (
        id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        contact_limit integer NOT NULL,
        active_leads integer NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT workspaces_pk PRIMARY KEY (id),
        CONSTRAINT workspaces_contact_limit_not_negative CHECK (contact_limit >= 0),
        CONSTRAINT workspaces_active_leads_not_negative CHECK (active_leads >= 0)
    )
    """,
    """
    CREATE TABLE leads (
        workspace_id text COLLATE "C" NOT NULL,
        id uuid NOT NULL,
        email text COLLATE "C" NOT NULL,
        first_name text,
        last_name text,
        company text,
        title text,
        phone text,
        linkedin_url text,
        website text,
        notes text,
        source text NOT NULL,
        status text NOT NULL,
        custom_fields jsonb NOT NULL,
        tags text[] NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        last_contacted_at timestamptz,
        deleted_at timestamptz,
        CONSTRAINT leads_pk PRIMARY KEY (workspace_id, id),
        CONSTRAINT leads_email_once UNIQUE (workspace_id, email),
        CONSTRAINT leads_status_known CHECK (status IN ('active', 'bounced', 'unsubscribed', 'replied'))
    )
    """,
    """
    CREATE TABLE campaigns (
        workspace_id text COLLATE "C" NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        status text NOT NULL,
        total_leads integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT campaigns_pk PRIMARY KEY (workspace_id, id),
        CONSTRAINT campaigns_total_leads_not_negative CHECK (total_leads >= 0)
    )
    """,
    """
    CREATE TABLE campaign_memberships (
        workspace_id text COLLATE "C" NOT NULL,
        campaign_id uuid NOT NULL,
        lead_id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT campaign_memberships_pk PRIMARY KEY (workspace_id, campaign_id, lead_id),
        CONSTRAINT campaign_memberships_campaign_fk FOREIGN KEY (workspace_id, campaign_id)
            REFERENCES campaigns (workspace_id, id) ON DELETE CASCADE,
        CONSTRAINT campaign_memberships_lead_fk FOREIGN KEY (workspace_id, lead_id)
            REFERENCES leads (workspace_id, id)
    )
    """,
    # A restore asks for the campaigns of its leads.
    "CREATE INDEX campaign_memberships_by_lead ON campaign_memberships (workspace_id, lead_id)",
    """
    CREATE TABLE imports (
        workspace_id text COLLATE "C" NOT NULL,
        id uuid NOT NULL,
        door text NOT NULL,
        state text NOT NULL,
        created_by text NOT NULL,
        file_name text,
        file_size integer,
        file_sha256 bytea,
        parse_options jsonb NOT NULL,
        mapping jsonb,
        options jsonb NOT NULL,
        corrections jsonb NOT NULL,
        row_count integer NOT NULL,
        created integer NOT NULL,
        restored integer NOT NULL,
        duplicates integer NOT NULL,
        errors integer NOT NULL,
        not_imported integer NOT NULL,
        part_count integer NOT NULL,
        parts_done integer NOT NULL,
        failure jsonb,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        CONSTRAINT imports_pk PRIMARY KEY (workspace_id, id),
        CONSTRAINT imports_door_known CHECK (door IN ('wizard', 'api')),
        CONSTRAINT imports_state_known CHECK (state IN ('draft', 'ready', 'running', 'done', 'failed', 'undone')),
        CONSTRAINT imports_books_balance
            CHECK (created + restored + duplicates + errors + not_imported = row_count),
        CONSTRAINT imports_counts_not_negative
            CHECK (least(created, restored, duplicates, errors, not_imported) >= 0),
        CONSTRAINT imports_parts_in_range CHECK (parts_done BETWEEN 0 AND part_count)
    )
    """,
    """
    CREATE TABLE import_files (
        workspace_id text COLLATE "C" NOT NULL,
        import_id uuid NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT import_files_pk PRIMARY KEY (workspace_id, import_id),
        CONSTRAINT import_files_import_fk FOREIGN KEY (workspace_id, import_id)
            REFERENCES imports (workspace_id, id) ON DELETE CASCADE
    )
    """,
    # The content is compressed already (workbooks) or by us: PostgreSQL need not try again.
    "ALTER TABLE import_files ALTER COLUMN content SET STORAGE EXTERNAL",
    """
    CREATE TABLE import_parts (
        workspace_id text COLLATE "C" NOT NULL,
        import_id uuid NOT NULL,
        part_no integer NOT NULL,
        row_count integer NOT NULL,
        created integer NOT NULL,
        restored integer NOT NULL,
        duplicates integer NOT NULL,
        errors integer NOT NULL,
        not_imported integer NOT NULL,
        ledger bytea NOT NULL,
        finished_at timestamptz NOT NULL,
        CONSTRAINT import_parts_pk PRIMARY KEY (workspace_id, import_id, part_no),
        CONSTRAINT import_parts_import_fk FOREIGN KEY (workspace_id, import_id)
            REFERENCES imports (workspace_id, id) ON DELETE CASCADE,
        CONSTRAINT import_parts_books_balance
            CHECK (created + restored + duplicates + errors + not_imported = row_count)
    )
    """,
    "ALTER TABLE import_parts ALTER COLUMN ledger SET STORAGE EXTERNAL",
    """
    CREATE TABLE mapping_presets (
        workspace_id text COLLATE "C" NOT NULL,
        header_signature text NOT NULL,
        name text NOT NULL,
        mapping jsonb NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT mapping_presets_pk PRIMARY KEY (workspace_id, header_signature)
    )
    """,
    # No foreign key to workspaces and no workspace in the key: a key is looked up before its workspace is known.
    """
    CREATE TABLE api_keys (
        hash bytea NOT NULL,
        id uuid NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        hint text NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz,
        CONSTRAINT api_keys_pk PRIMARY KEY (hash),
        CONSTRAINT api_keys_scopes_known CHECK (scopes <@ ARRAY['read', 'write'])
    )
    """,
    "CREATE INDEX api_keys_by_workspace ON api_keys (workspace_id, id)",
    """
    CREATE TABLE members (
        workspace_id text COLLATE "C" NOT NULL,
        email text COLLATE "C" NOT NULL,
        role text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT members_pk PRIMARY KEY (workspace_id, email),
        CONSTRAINT members_role_known CHECK (role IN ('viewer', 'importer', 'admin'))
    )
    """,
    """
    CREATE TABLE idempotency_keys (
        workspace_id text COLLATE "C" NOT NULL,
        key text COLLATE "C" NOT NULL,
        body_sha256 bytea NOT NULL,
        answer jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT idempotency_keys_pk PRIMARY KEY (workspace_id, key)
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
