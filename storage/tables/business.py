"""The business: who works here, customers, the agenda, opportunities and the calendar."""

import sqlalchemy as sa

from domain.agenda import Importance, Kind, Outcome, Status
from domain.customers import CustomerKind, Purpose, Relationship, Source
from domain.money import Basis
from domain.offers import OfferStatus
from domain.opportunities import LossReason, Stage
from domain.orders import OrderStatus
from domain.reports.subscriptions import Recurrence
from domain.sales import OrderKind, PartyKind, Payment, RejectionReason
from domain.team import AgentStatus, Role
from storage.tables.base import id_column, metadata, version_column
from storage.types import Choice, SortText, Text, UtcDateTime

agents = sa.Table(
    "agents",
    metadata,
    id_column(),
    version_column(),
    sa.Column("name", Text, nullable=False),
    sa.Column("role", Choice(Role), nullable=False),
    sa.Column("language", sa.String(10), nullable=False),
    sa.Column("timezone", sa.String(60), nullable=False),
    sa.Column("agenda_time", sa.Time, nullable=False),
    sa.Column("work_from", sa.Time, nullable=False),
    sa.Column("work_to", sa.Time, nullable=False),
    sa.Column("working_days", sa.String(7), nullable=False),
    sa.Column("reminder_minutes", sa.Integer, nullable=False),
    sa.Column("status", Choice(AgentStatus), nullable=False),
    sa.Column("telegram_user_id", sa.BigInteger, unique=True),
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("created_at", UtcDateTime),
    sa.Column("deputy", sa.Boolean, nullable=False, server_default=sa.false()),
    sqlite_autoincrement=True,
)

invitations = sa.Table(
    "invitations",
    metadata,
    id_column(),
    sa.Column("code_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("name", Text, nullable=False),
    sa.Column("role", Choice(Role), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("used_at", UtcDateTime),
    sa.Column("agent_id", sa.ForeignKey("agents.id")),
    sqlite_autoincrement=True,
)

join_attempts = sa.Table(
    "join_attempts",
    metadata,
    sa.Column("telegram_user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("locked_until", UtcDateTime),
)

customers = sa.Table(
    "customers",
    metadata,
    id_column(),
    version_column(),
    sa.Column("name", Text, nullable=False),
    sa.Column("sort_name", SortText, nullable=False),  # `domain.names.display_order`, written at each flush
    sa.Column("kind", Choice(CustomerKind), nullable=False),
    sa.Column("owner_id", sa.ForeignKey("agents.id")),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("source", Choice(Source)),
    sa.Column("town", Text),
    sa.Column("location", Text),
    sa.Column("tax_id", sa.String(20), index=True),
    sa.Column("interest", Text),
    sa.Column("relationship_set", Choice(Relationship)),
    sa.Column("merged_at", UtcDateTime),
    sa.Column("erased_at", UtcDateTime),
    sa.Index("ix_customers_owner_id_sort_name", "owner_id", "sort_name", "id"),
    sa.Index("ix_customers_sort_name", "sort_name", "id"),
    sqlite_autoincrement=True,
)

customer_phones = sa.Table(
    "customer_phones",
    metadata,
    id_column(),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("e164", sa.String(20), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)

customer_emails = sa.Table(
    "customer_emails",
    metadata,
    id_column(),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("address", Text, nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)

contact_persons = sa.Table(
    "contact_persons",
    metadata,
    id_column(),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("name", Text, nullable=False),
    sa.Column("role", Text),
    sa.Column("phone", sa.String(20), index=True),
    sa.Column("email", Text, index=True),
    sqlite_autoincrement=True,
)

consents = sa.Table(
    "consents",
    metadata,
    id_column(),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("purpose", Choice(Purpose), nullable=False),
    sa.Column("given", sa.Boolean, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("wording", Text, nullable=False),
    sa.Column("author_id", sa.ForeignKey("agents.id")),
    sqlite_autoincrement=True,
)

vehicles = sa.Table(
    "vehicles",
    metadata,
    id_column(),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("model", Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("year", sa.Integer),
    sa.Column("mileage", sa.Integer),
    sa.Column("price_minor", sa.BigInteger),
    sa.Column("price_currency", sa.String(3)),
    sa.Column("trade_in", sa.Boolean, nullable=False),
    sa.Column("note", Text),
    sqlite_autoincrement=True,
)

visits = sa.Table(
    "visits",
    metadata,
    id_column(),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("interest", Text),
    sa.Column("note", Text),
    sa.Index("ix_visits_agent_id_at", "agent_id", "at"),
    sqlite_autoincrement=True,
)

# The owner is repeated here so that the words of one portfolio are one range of an index, among 100,000 customers.
customer_words = sa.Table(
    "customer_words",
    metadata,
    sa.Column("customer_id", sa.ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("word", SortText, primary_key=True),
    sa.Column("owner_id", sa.Integer),
    sa.Index("ix_customer_words_owner_id_word", "owner_id", "word", "customer_id"),
    sa.Index("ix_customer_words_word", "word", "customer_id"),
)

notes = sa.Table(
    "notes",
    metadata,
    id_column(),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False),
    sa.Column("author_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("text", Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Index("ix_notes_customer_id", "customer_id", "created_at"),
    sqlite_autoincrement=True,
)

activities = sa.Table(
    "activities",
    metadata,
    id_column(),
    version_column(),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("customer_id", sa.ForeignKey("customers.id")),
    sa.Column("kind", Choice(Kind), nullable=False),
    sa.Column("title", Text, nullable=False),
    sa.Column("importance", Choice(Importance), nullable=False),
    sa.Column("status", Choice(Status), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("starts_at", UtcDateTime),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("outcome", Choice(Outcome)),
    sa.Column("note", Text),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("done_at", UtcDateTime),
    sa.Index("ix_activities_agent_id_status_day", "agent_id", "status", "day"),
    sa.Index("ix_activities_agent_id_starts_at", "agent_id", "starts_at"),
    sa.Index("ix_activities_customer_id", "customer_id", "status", "done_at"),
    sa.Index("ix_activities_status_starts_at", "status", "starts_at"),
    sqlite_autoincrement=True,
)

opportunities = sa.Table(
    "opportunities",
    metadata,
    id_column(),
    version_column(),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False),
    sa.Column("owner_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("stage", Choice(Stage), nullable=False),
    sa.Column("stage_since", UtcDateTime, nullable=False),
    sa.Column("probability", sa.Integer, nullable=False),
    sa.Column("probability_by_hand", sa.Boolean, nullable=False),
    sa.Column("model", Text),
    sa.Column("value_minor", sa.BigInteger),
    sa.Column("value_currency", sa.String(3)),
    sa.Column("value_basis", Choice(Basis)),
    sa.Column("value_vat", sa.Integer),
    sa.Column("net_minor", sa.BigInteger),  # of the value, so that the database can sum it
    sa.Column("close_on", sa.Date),
    sa.Column("source", Choice(Source)),
    sa.Column("loss_reason", Choice(LossReason)),
    sa.Column("loss_note", Text),
    sa.Column("competitor", Text),
    sa.Column("fleet", sa.Boolean, nullable=False),
    sa.Column("quantity", sa.Integer),
    sa.Column("deadline", sa.Date),
    sa.Column("decision_maker", Text),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("sold_at", UtcDateTime),
    sa.Index("ix_opportunities_customer_id", "customer_id"),
    sa.Index("ix_opportunities_owner_id_stage", "owner_id", "stage", "close_on"),
    sa.Index("ix_opportunities_stage_changed_at", "stage", "changed_at"),
    sqlite_autoincrement=True,
)

stage_changes = sa.Table(
    "stage_changes",
    metadata,
    id_column(),
    sa.Column("opportunity_id", sa.ForeignKey("opportunities.id"), nullable=False),
    sa.Column("before", Choice(Stage)),
    sa.Column("after", Choice(Stage), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Index("ix_stage_changes_opportunity_id", "opportunity_id", "id"),
    sqlite_autoincrement=True,
)

# A working paper of the chat: what is being put together, and what was saved to be used again.
configurations = sa.Table(
    "configurations",
    metadata,
    id_column(),
    version_column(),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False, index=True),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), index=True),
    sa.Column("opportunity_id", sa.ForeignKey("opportunities.id"), index=True),
    sa.Column("model_id", sa.String(64), nullable=False),
    sa.Column("chosen", sa.JSON, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("name", Text),
    sa.Column("wish", sa.JSON, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

offers = sa.Table(
    "offers",
    metadata,
    id_column(),
    version_column(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("edition", sa.Integer, nullable=False),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("opportunity_id", sa.ForeignKey("opportunities.id"), nullable=False, index=True),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("valid_until", sa.Date, nullable=False),
    sa.Column("language", sa.String(10), nullable=False),
    sa.Column("status", Choice(OfferStatus), nullable=False),
    sa.Column("kept", sa.JSON, nullable=False),
    sa.Column("payable_minor", sa.BigInteger, nullable=False),
    sa.Column("net_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("file_id", sa.ForeignKey("files.id")),
    sa.Column("decided_by", sa.ForeignKey("agents.id")),
    sa.Column("decided_at", UtcDateTime),
    sa.Index("ix_offers_agent_id_created_at", "agent_id", "created_at"),
    sa.Index("ix_offers_number", "number", "edition"),
    sa.Index("ix_offers_status", "status"),
    sqlite_autoincrement=True,
)

orders = sa.Table(
    "orders",
    metadata,
    id_column(),
    version_column(),
    sa.Column("kind", Choice(OrderKind), nullable=False),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("opportunity_id", sa.ForeignKey("opportunities.id"), nullable=False, index=True),
    sa.Column("offer_id", sa.ForeignKey("offers.id")),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("status", Choice(OrderStatus), nullable=False),
    sa.Column("kept", sa.JSON, nullable=False),
    sa.Column("net_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("party_kind", Choice(PartyKind)),
    sa.Column("party_name", Text),
    sa.Column("party_tax_id", sa.String(20)),
    sa.Column("payment", Choice(Payment)),
    sa.Column("deposit_minor", sa.BigInteger),
    sa.Column("delivery_on", sa.Date),
    sa.Column("location", Text),
    sa.Column("note", Text),
    sa.Column("vin", sa.String(17), index=True),
    sa.Column("reservation", sa.String(20)),
    sa.Column("reserved_until", UtcDateTime),
    sa.Column("launched_at", UtcDateTime),
    sa.Column("number", sa.String(20), index=True),
    sa.Column("sales_version", sa.Integer, nullable=False),
    sa.Column("rejection", Choice(RejectionReason)),
    sa.Column("told_waiting", sa.Boolean, nullable=False),
    sa.Index("ix_orders_agent_id_created_at", "agent_id", "created_at"),
    sa.Index("ix_orders_status", "status"),
    sqlite_autoincrement=True,
)

# What Sales has of the dealer's orders, those not launched from here too, as far as its changes were read.
mirrored_orders = sa.Table(
    "mirrored_orders",
    metadata,
    sa.Column("number", sa.String(20), primary_key=True),
    sa.Column("sales_version", sa.BigInteger, nullable=False),
    sa.Column("reference", sa.String(64), nullable=False, index=True),
    sa.Column("status", Choice(OrderStatus), nullable=False),
    sa.Column("kind", Choice(OrderKind), nullable=False),
    sa.Column("agent_name", Text, nullable=False),
    sa.Column("customer_name", Text, nullable=False),
    sa.Column("model_id", sa.String(64), nullable=False),
    sa.Column("cars", sa.Integer, nullable=False),
    sa.Column("net_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Index("ix_mirrored_orders_created_at", "created_at"),
)

client_requests = sa.Table(
    "client_requests",
    metadata,
    id_column(),
    version_column(),
    sa.Column("customer_id", sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("granted", sa.Boolean),
    sa.Column("decided_at", UtcDateTime),
    sa.Column("decided_by", sa.ForeignKey("agents.id")),
    sqlite_autoincrement=True,
)

closures = sa.Table(
    "closures",
    metadata,
    id_column(),
    sa.Column("day", sa.Date, nullable=False, index=True),
    sa.Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)

absences = sa.Table(
    "absences",
    metadata,
    id_column(),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    sa.Index("ix_absences_agent_id", "agent_id", "last"),
    sqlite_autoincrement=True,
)

report_subscriptions = sa.Table(
    "report_subscriptions",
    metadata,
    id_column(),
    version_column(),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False, index=True),
    sa.Column("request", sa.JSON, nullable=False),
    sa.Column("recurrence", Choice(Recurrence), nullable=False),
    sa.Column("at", sa.Time, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("format", sa.String(10), nullable=False),
    sa.Column("paused", sa.Boolean, nullable=False),
    sqlite_autoincrement=True,
)

# Documents with many customers' contacts, and who was handed them.
disclosures = sa.Table(
    "disclosures",
    metadata,
    id_column(),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), index=True),
    sa.Column("report", sa.String(40), nullable=False),
    sa.Column("customers", sa.Integer, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

# Whose changes are kept for the audit and the undo; words follow the names, join attempts are no business.
AUDITED = (
    agents,
    customers,
    customer_phones,
    customer_emails,
    contact_persons,
    consents,
    vehicles,
    visits,
    notes,
    activities,
    opportunities,
    stage_changes,
    client_requests,
    offers,
    orders,
    closures,
    absences,
    report_subscriptions,
    disclosures,
)

# What was handed over or sent on does not come back: kept in the audit, passed over by an undo.
NEVER_UNDONE = (offers, orders, disclosures)
