"""Who changed what in which turn, and which turns were taken back."""

import sqlalchemy as sa

from storage.tables.base import id_column, metadata
from storage.types import UtcDateTime

audit = sa.Table(
    "audit",
    metadata,
    id_column(),
    sa.Column("turn_id", sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("agent_id", sa.Integer),
    sa.Column("table_name", sa.String(40), nullable=False),
    sa.Column("row_id", sa.Integer, nullable=False),
    sa.Column("before", sa.JSON(none_as_null=True)),  # empty for an insert
    sa.Column("after", sa.JSON(none_as_null=True)),  # empty for a delete
    sa.Column("at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("turn_id", "step"),
    sa.Index("ix_audit_agent_id_turn_id", "agent_id", "turn_id"),
    sa.Index("ix_audit_table_name_row_id", "table_name", "row_id", "id"),
    sqlite_autoincrement=True,
)

undone = sa.Table(
    "undone",
    metadata,
    sa.Column("turn_id", sa.ForeignKey("inbox.id"), primary_key=True, autoincrement=False),
    sa.Column("by_turn_id", sa.ForeignKey("inbox.id"), nullable=False, index=True),
    sa.Column("correction", sa.Boolean, nullable=False),  # the turn has written anew what it took back
)
