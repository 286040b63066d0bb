"""Reports that come by themselves, and notes of contacts handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "report_subscriptions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("recurrence", sa.String(length=30), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_report_subscriptions_agent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_subscriptions")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_report_subscriptions_agent_id", "report_subscriptions", ["agent_id"])
    op.create_table(
        "disclosures",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_disclosures_agent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_disclosures_agent_id", "disclosures", ["agent_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("disclosures")
    op.drop_table("report_subscriptions")
