"""The tables as SQLAlchemy sees them. The migrations make them; a test proves that both agree."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP, UUID
from sqlalchemy.types import TypeEngine

metadata = MetaData()

#: Keys compare byte by byte: faster than by a locale, and the same on every server.
Key = Text(collation="C")
Moment = TIMESTAMP(timezone=True)


def required(name: str, kind: TypeEngine | type[TypeEngine]) -> Column:
    """A NOT NULL column."""
    return Column(name, kind, nullable=False)


workspaces = Table(
    "workspaces",
    metadata,
    required("id", Key),
    required("name", Text),
    required("contact_limit", Integer),
    required("active_leads", Integer),
    required("created_at", Moment),
    # What a new import begins with: country, source, restore.
    Column("defaults", JSONB, nullable=False, server_default="{}"),
    PrimaryKeyConstraint("id", name="workspaces_pk"),
    CheckConstraint("contact_limit >= 0", name="workspaces_contact_limit_not_negative"),
    CheckConstraint("active_leads >= 0", name="workspaces_active_leads_not_negative"),
)

leads = Table(
    "leads",
    metadata,
    required("workspace_id", Key),
    required("id", UUID),
    required("email", Key),
    Column("first_name", Text),
    Column("last_name", Text),
    Column("company", Text),
    Column("title", Text),
    Column("phone", Text),
    Column("linkedin_url", Text),
    Column("website", Text),
    Column("notes", Text),
    required("source", Text),
    required("status", Text),
    required("custom_fields", JSONB),
    required("tags", ARRAY(Text)),
    required("created_at", Moment),
    required("updated_at", Moment),
    Column("last_contacted_at", Moment),
    Column("deleted_at", Moment),
    PrimaryKeyConstraint("workspace_id", "id", name="leads_pk"),
    # One row per email and workspace, deleted or not: a restore finds its row here, and an unsubscribe is never lost.
    UniqueConstraint("workspace_id", "email", name="leads_email_once"),
    CheckConstraint("status IN ('active', 'bounced', 'unsubscribed', 'replied')", name="leads_status_known"),
    # Partial, so that a new lead, active in both senses, is in neither: they cost an import nothing.
    Index("leads_deleted", "workspace_id", "id", postgresql_where=text("deleted_at IS NOT NULL")),
    Index("leads_by_rare_status", "workspace_id", "status", "id", postgresql_where=text("status <> 'active'")),
)

campaigns = Table(
    "campaigns",
    metadata,
    required("workspace_id", Key),
    required("id", UUID),
    required("name", Text),
    required("status", Text),
    required("total_leads", Integer),
    required("created_at", Moment),
    required("updated_at", Moment),
    # When a campaign may send and how much: the published client's, kept and shown (core/listing.py SendingSettings).
    Column("timezone", Text, nullable=False, server_default="UTC"),
    Column("sending_days", ARRAY(SmallInteger), nullable=False, server_default="{1,2,3,4,5}"),
    Column("sending_start_hour", SmallInteger, nullable=False, server_default="9"),
    Column("sending_end_hour", SmallInteger, nullable=False, server_default="17"),
    Column("daily_limit", Integer, nullable=False, server_default="50"),
    PrimaryKeyConstraint("workspace_id", "id", name="campaigns_pk"),
    CheckConstraint("total_leads >= 0", name="campaigns_total_leads_not_negative"),
    CheckConstraint("status IN ('draft', 'active', 'paused', 'completed')", name="campaigns_status_known"),
    CheckConstraint("sending_days <@ '{1,2,3,4,5,6,7}'", name="campaigns_sending_days_in_week"),
    CheckConstraint(
        "sending_start_hour BETWEEN 0 AND 23 AND sending_end_hour BETWEEN 0 AND 23",
        name="campaigns_sending_hours_in_day",
    ),
    CheckConstraint("daily_limit >= 0", name="campaigns_daily_limit_not_negative"),
)

campaign_memberships = Table(
    "campaign_memberships",
    metadata,
    required("workspace_id", Key),
    required("campaign_id", UUID),
    required("lead_id", UUID),
    required("created_at", Moment),
    PrimaryKeyConstraint("workspace_id", "campaign_id", "lead_id", name="campaign_memberships_pk"),
    ForeignKeyConstraint(
        ["workspace_id", "campaign_id"],
        ["campaigns.workspace_id", "campaigns.id"],
        name="campaign_memberships_campaign_fk",
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["workspace_id", "lead_id"], ["leads.workspace_id", "leads.id"], name="campaign_memberships_lead_fk"
    ),
    Index("campaign_memberships_by_lead", "workspace_id", "lead_id"),
)

BOOKS_BALANCE = "created + restored + duplicates + errors + not_imported = row_count"


def count_columns() -> list[Column]:
    """One count per row outcome, and the number of rows that they add up to."""
    return [
        required(name, Integer)
        for name in ("row_count", "created", "restored", "duplicates", "errors", "not_imported")
    ]


imports = Table(
    "imports",
    metadata,
    required("workspace_id", Key),
    required("id", UUID),
    required("door", Text),
    required("state", Text),
    required("created_by", Text),
    Column("file_name", Text),
    Column("file_size", Integer),
    Column("file_sha256", LargeBinary),
    required("parse_options", JSONB),
    Column("mapping", JSONB(none_as_null=True)),
    required("options", JSONB),
    required("corrections", JSONB),
    *count_columns(),
    required("part_count", Integer),
    required("parts_done", Integer),
    Column("failure", JSONB(none_as_null=True)),
    required("created_at", Moment),
    required("updated_at", Moment),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("continues", UUID),  # the import whose failed rows this file brings again
    PrimaryKeyConstraint("workspace_id", "id", name="imports_pk"),
    CheckConstraint("door IN ('wizard', 'api')", name="imports_door_known"),
    CheckConstraint(
        "state IN ('draft', 'ready', 'running', 'done', 'failed', 'undone')", name="imports_state_known"
    ),
    CheckConstraint(BOOKS_BALANCE, name="imports_books_balance"),
    CheckConstraint(
        "least(created, restored, duplicates, errors, not_imported) >= 0", name="imports_counts_not_negative"
    ),
    CheckConstraint("parts_done BETWEEN 0 AND part_count", name="imports_parts_in_range"),
    Index("imports_by_continued", "workspace_id", "continues", postgresql_where=text("continues IS NOT NULL")),
    Index("imports_by_file", "workspace_id", "file_sha256", postgresql_where=text("file_sha256 IS NOT NULL")),
)

import_files = Table(
    "import_files",
    metadata,
    required("workspace_id", Key),
    required("import_id", UUID),
    required("content", LargeBinary),
    Column("row_hashes", LargeBinary),  # core/same_file.py; NULL for files from before that was kept
    PrimaryKeyConstraint("workspace_id", "import_id", name="import_files_pk"),
    ForeignKeyConstraint(
        ["workspace_id", "import_id"],
        ["imports.workspace_id", "imports.id"],
        name="import_files_import_fk",
        ondelete="CASCADE",
    ),
)

import_parts = Table(
    "import_parts",
    metadata,
    required("workspace_id", Key),
    required("import_id", UUID),
    required("part_no", Integer),
    *count_columns(),
    required("ledger", LargeBinary),
    required("finished_at", Moment),
    PrimaryKeyConstraint("workspace_id", "import_id", "part_no", name="import_parts_pk"),
    ForeignKeyConstraint(
        ["workspace_id", "import_id"],
        ["imports.workspace_id", "imports.id"],
        name="import_parts_import_fk",
        ondelete="CASCADE",
    ),
    CheckConstraint(BOOKS_BALANCE, name="import_parts_books_balance"),
)

#: What an undo of an import did, or the redo of an undo: the newest entry says how things stand.
import_undos = Table(
    "import_undos",
    metadata,
    required("workspace_id", Key),
    required("import_id", UUID),
    required("number", Integer),
    required("action", Text),
    required("done_by", Text),
    required("done_at", Moment),
    required("created", Integer),
    required("restored", Integer),
    required("filled", Integer),
    required("kept", Integer),
    required("ledger", LargeBinary),
    PrimaryKeyConstraint("workspace_id", "import_id", "number", name="import_undos_pk"),
    ForeignKeyConstraint(
        ["workspace_id", "import_id"],
        ["imports.workspace_id", "imports.id"],
        name="import_undos_import_fk",
        ondelete="CASCADE",
    ),
    CheckConstraint("action IN ('undo', 'redo')", name="import_undos_action_known"),
)

mapping_presets = Table(
    "mapping_presets",
    metadata,
    required("workspace_id", Key),
    required("header_signature", Text),
    required("name", Text),
    required("mapping", JSONB),
    required("updated_at", Moment),
    PrimaryKeyConstraint("workspace_id", "header_signature", name="mapping_presets_pk"),
)

api_keys = Table(
    "api_keys",
    metadata,
    required("hash", LargeBinary),
    required("id", UUID),
    required("workspace_id", Key),
    required("name", Text),
    required("hint", Text),
    required("scopes", ARRAY(Text)),
    required("created_at", Moment),
    Column("last_used_at", Moment),
    Column("revoked_at", Moment),
    PrimaryKeyConstraint("hash", name="api_keys_pk"),
    CheckConstraint("scopes <@ ARRAY['read', 'write']", name="api_keys_scopes_known"),
    Index("api_keys_by_workspace", "workspace_id", "id"),
)

members = Table(
    "members",
    metadata,
    required("workspace_id", Key),
    required("email", Key),
    required("role", Text),
    required("created_at", Moment),
    PrimaryKeyConstraint("workspace_id", "email", name="members_pk"),
    CheckConstraint("role IN ('viewer', 'importer', 'admin')", name="members_role_known"),
    # Somebody who logs in is known by their email alone; their workspaces come out of this.
    Index("members_by_email", "email", "workspace_id"),
)

# Who did what, when, from where: rows are added, never changed. Ids are time-ordered, so the key is the order, too.
webhooks = Table(
    "webhooks",
    metadata,
    required("workspace_id", Key),
    required("url", Text),
    required("secret", Text),  # calls are signed with it, so it cannot be kept as a hash
    required("created_at", Moment),
    Column("last_at", Moment),
    Column("last_answer", Text),
    PrimaryKeyConstraint("workspace_id", name="webhooks_pk"),
)

audit_log = Table(
    "audit_log",
    metadata,
    required("workspace_id", Key),
    required("id", UUID),
    required("at", Moment),
    required("actor", Text),
    required("actor_kind", Text),
    Column("address", Text),
    required("action", Text),
    required("subject", Text),
    required("details", JSONB),
    PrimaryKeyConstraint("workspace_id", "id", name="audit_log_pk"),
    CheckConstraint("actor_kind IN ('local', 'member', 'key', 'system')", name="audit_log_actor_kind_known"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    required("workspace_id", Key),
    required("key", Key),
    required("body_sha256", LargeBinary),
    required("answer", LargeBinary),
    required("created_at", Moment),
    PrimaryKeyConstraint("workspace_id", "key", name="idempotency_keys_pk"),
    Index("idempotency_keys_by_age", "workspace_id", "created_at"),
)
