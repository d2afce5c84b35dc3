"""Campaigns keep their sending settings, and know their states.

The published client sets and shows these settings; an answer that forgot them would be untrue. The defaults stay on
the columns: they are what a campaign has that names none.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
    ALTER TABLE campaigns
        ADD COLUMN timezone text NOT NULL DEFAULT 'UTC',
        ADD COLUMN sending_days smallint[] NOT NULL DEFAULT '{1,2,3,4,5}',
        ADD COLUMN sending_start_hour smallint NOT NULL DEFAULT 9,
        ADD COLUMN sending_end_hour smallint NOT NULL DEFAULT 17,
        ADD COLUMN daily_limit integer NOT NULL DEFAULT 50,
        ADD CONSTRAINT campaigns_status_known CHECK (status IN ('draft', 'active', 'paused', 'completed')),
        ADD CONSTRAINT campaigns_sending_days_in_week CHECK (sending_days <@ '{1,2,3,4,5,6,7}'),
        ADD CONSTRAINT campaigns_sending_hours_in_day
            CHECK (sending_start_hour BETWEEN 0 AND 23 AND sending_end_hour BETWEEN 0 AND 23),
        ADD CONSTRAINT campaigns_daily_limit_not_negative CHECK (daily_limit >= 0)
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
