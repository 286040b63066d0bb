"""Configurations, offers and orders, and what was last read of Catalog and Sales."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "mirrored_orders",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("sales_version", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("agent_name", sa.Text(), nullable=False),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("model_id", sa.String(length=64), nullable=False),
        sa.Column("cars", sa.Integer(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_mirrored_orders")),
    )
    with op.batch_alter_table("mirrored_orders", schema=None) as batch_op:
        batch_op.create_index("ix_mirrored_orders_created_at", ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mirrored_orders_reference"), ["reference"], unique=False)

    op.create_table(
        "snapshots",
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("version", sa.String(length=120), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_snapshots")),
    )
    op.create_table(
        "configurations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("model_id", sa.String(length=64), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_configurations_agent_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_configurations_customer_id")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_configurations_opportunity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configurations")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("configurations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_configurations_agent_id"), ["agent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_configurations_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_configurations_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("payable_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_offers_agent_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_offers_customer_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["agents.id"], name=op.f("fk_offers_decided_by")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_offers_file_id")),
        sa.ForeignKeyConstraint(["opportunity_id"], ["opportunities.id"], name=op.f("fk_offers_opportunity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index("ix_offers_agent_id_created_at", ["agent_id", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_offers_number", ["number", "edition"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index("ix_offers_status", ["status"], unique=False)

    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("party_kind", sa.String(length=30), nullable=True),
        sa.Column("party_name", sa.Text(), nullable=True),
        sa.Column("party_tax_id", sa.String(length=20), nullable=True),
        sa.Column("payment", sa.String(length=30), nullable=True),
        sa.Column("deposit_minor", sa.BigInteger(), nullable=True),
        sa.Column("delivery_on", sa.Date(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("vin", sa.String(length=17), nullable=True),
        sa.Column("reservation", sa.String(length=20), nullable=True),
        sa.Column("reserved_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("sales_version", sa.Integer(), nullable=False),
        sa.Column("rejection", sa.String(length=30), nullable=True),
        sa.Column("told_waiting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_orders_agent_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_orders_customer_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_orders_offer_id")),
        sa.ForeignKeyConstraint(["opportunity_id"], ["opportunities.id"], name=op.f("fk_orders_opportunity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index("ix_orders_agent_id_created_at", ["agent_id", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_orders_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_orders_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_orders_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index("ix_orders_status", ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_orders_vin"), ["vin"], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_orders_vin"))
        batch_op.drop_index("ix_orders_status")
        batch_op.drop_index(batch_op.f("ix_orders_opportunity_id"))
        batch_op.drop_index(batch_op.f("ix_orders_number"))
        batch_op.drop_index(batch_op.f("ix_orders_customer_id"))
        batch_op.drop_index("ix_orders_agent_id_created_at")

    op.drop_table("orders")
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_index("ix_offers_status")
        batch_op.drop_index(batch_op.f("ix_offers_opportunity_id"))
        batch_op.drop_index("ix_offers_number")
        batch_op.drop_index(batch_op.f("ix_offers_customer_id"))
        batch_op.drop_index("ix_offers_agent_id_created_at")

    op.drop_table("offers")
    with op.batch_alter_table("configurations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_configurations_opportunity_id"))
        batch_op.drop_index(batch_op.f("ix_configurations_customer_id"))
        batch_op.drop_index(batch_op.f("ix_configurations_agent_id"))

    op.drop_table("configurations")
    op.drop_table("snapshots")
    with op.batch_alter_table("mirrored_orders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mirrored_orders_reference"))
        batch_op.drop_index("ix_mirrored_orders_created_at")

    op.drop_table("mirrored_orders")
