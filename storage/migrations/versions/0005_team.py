"""The director's deputy, and when each person was last active."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("agents", sa.Column("deputy", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("conversations", sa.Column("active_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Take back."""
    op.drop_column("conversations", "active_at")
    op.drop_column("agents", "deputy")
