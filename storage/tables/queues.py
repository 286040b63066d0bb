"""What is in motion: inbox, conversations, cards, outbox, files, jobs and pushes.

Queues are read through partial indexes: a million done rows cost a look at what waits nothing.
"""

from enum import StrEnum

import sqlalchemy as sa

from domain.messages import EntryKind, SendKind
from storage.tables.base import id_column, metadata
from storage.types import Choice, Text, UtcDateTime


class EntryState(StrEnum):
    """Where an inbox entry stands."""

    PENDING = "pending"
    DONE = "done"
    UNREADABLE = "unreadable"


class SendState(StrEnum):
    """Where an outbox row stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class JobState(StrEnum):
    """Where a job stands; a leased one whose lease has ended is as good as pending."""

    PENDING = "pending"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"


def _partial(name: str, *columns: str, where: str) -> sa.Index:
    condition = sa.text(where)
    return sa.Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


inbox = sa.Table(
    "inbox",
    metadata,
    id_column(),
    sa.Column("kind", Choice(EntryKind), nullable=False),
    sa.Column("key", sa.String(200), nullable=False, unique=True),
    sa.Column("person", sa.BigInteger, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("state", Choice(EntryState), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("not_before", UtcDateTime),
    sa.Column("done_at", UtcDateTime),
    sa.Column("error", Text),
    _partial("ix_inbox_pending", "id", where="state = 'pending'"),
    _partial("ix_inbox_pending_person", "person", "id", where="state = 'pending'"),
    sqlite_autoincrement=True,
)

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("state", sa.JSON, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("active_at", UtcDateTime),  # when the person last wrote or pressed something
)

cards = sa.Table(
    "cards",
    metadata,
    id_column(),
    sa.Column("token", sa.String(40), nullable=False, unique=True),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("actions", sa.JSON, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("once", sa.Boolean, nullable=False),
    sa.Column("used", sa.Boolean, nullable=False),
    sqlite_autoincrement=True,
)

files = sa.Table(
    "files",
    metadata,
    id_column(),
    sa.Column("name", Text, nullable=False),
    sa.Column("media_type", sa.String(100), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

outbox = sa.Table(
    "outbox",
    metadata,
    id_column(),
    sa.Column("inbox_id", sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("kind", Choice(SendKind), nullable=False),
    sa.Column("priority", sa.SmallInteger, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("card_id", sa.ForeignKey("cards.id")),
    sa.Column("file_id", sa.ForeignKey("files.id")),
    sa.Column("state", Choice(SendState), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("not_before", UtcDateTime),
    sa.Column("uncertain", sa.Boolean, nullable=False),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("error", Text),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("sent_at", UtcDateTime),
    sa.UniqueConstraint("inbox_id", "step"),
    _partial("ix_outbox_pending", "priority", "id", where="state = 'pending'"),
    _partial("ix_outbox_pending_chat", "chat_id", "priority", "id", where="state = 'pending'"),
    _partial("ix_outbox_sending_chat", "chat_id", where="state = 'sending'"),
    sqlite_autoincrement=True,
)

gone_chats = sa.Table(
    "gone_chats",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("since", UtcDateTime, nullable=False),
)

jobs = sa.Table(
    "jobs",
    metadata,
    id_column(),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("key", sa.String(200), nullable=False, unique=True),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("person", sa.BigInteger, nullable=False),
    sa.Column("actor_id", sa.Integer),
    sa.Column("state", Choice(JobState), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),  # raised at each claim: who holds an older number has lost it
    sa.Column("not_before", UtcDateTime),
    sa.Column("leased_until", UtcDateTime),
    sa.Column("error", Text),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("done_at", UtcDateTime),
    _partial("ix_jobs_open", "id", where="state IN ('pending', 'leased')"),
    sqlite_autoincrement=True,
)

pushes = sa.Table(
    "pushes",
    metadata,
    id_column(),
    sa.Column("agent_id", sa.ForeignKey("agents.id"), nullable=False),
    sa.Column("local_date", sa.String(10), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(120), nullable=False),
    sa.Column("inbox_id", sa.ForeignKey("inbox.id"), nullable=False),
    sa.UniqueConstraint("agent_id", "local_date", "kind", "subject"),
    sqlite_autoincrement=True,
)

# The last good answers of the Catalog and the place up to which Sales' changes were read: `name` says which.
snapshots = sa.Table(
    "snapshots",
    metadata,
    sa.Column("name", sa.String(30), primary_key=True),
    sa.Column("version", sa.String(120), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("checked_at", UtcDateTime, nullable=False),
)
