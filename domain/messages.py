"""What storage, chat and action servers hand to each other: plain data without behaviour, so that none imports another."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

Json = dict[str, Any]


class EntryKind(StrEnum):
    """Where an inbox entry comes from."""

    UPDATE = "update"  # Telegram's raw update
    DUE = "due"  # a fact from the scheduler
    RESULT = "result"  # a fact from an action server
    NOTICE = "notice"  # what somebody else's turn has to tell this person
    COMMAND = "command"  # a command line's own turn; never waits


@dataclass(frozen=True, slots=True)
class Received:
    """An update as Telegram gave it; `key` makes a second delivery harmless, `person` is who is waited for in order."""

    key: str
    person: int
    payload: Json


@dataclass(frozen=True, slots=True)
class Entry:
    """A waiting inbox entry; `id` is the local sequence, which is the order."""

    id: int
    kind: EntryKind
    person: int
    payload: Json
    attempts: int
    received_at: datetime


class SendKind(StrEnum):
    """What the sender does."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"
    DOCUMENT = "document"
    PHOTO = "photo"


class Priority(IntEnum):
    """Replies go before what was not asked for."""

    REPLY = 0
    BULK = 1


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to send; `payload` holds Telegram's parameters but for chat, message id and file."""

    chat_id: int
    kind: SendKind
    payload: Json
    priority: Priority = Priority.REPLY
    card_id: int | None = None  # a send fills in the card's message id, an edit or delete needs it
    file_id: int | None = None


@dataclass(slots=True)
class Card:
    """A message with buttons: who may press them, what each does, and until when.

    `actions` is a list, a button's callback data is `token:version:index`; a change of the actions raises the version,
    so that a press on an older state of the message is known.
    """

    token: str
    agent_id: int
    actions: list[Json]
    expires_at: datetime
    version: int = 1
    chat_id: int = 0
    message_id: int | None = None
    once: bool = False  # pressed once, no button of it works again
    used: bool = False
    id: int = field(default=0)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file kept as a row."""

    id: int
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed outbox row, marked as being sent."""

    id: int
    chat_id: int
    kind: SendKind
    payload: Json
    attempts: int
    uncertain: bool  # an earlier try may have reached Telegram
    card_id: int | None = None
    message_id: int | None = None  # of the card, for an edit or a delete
    file: StoredFile | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job; `person` is whose chat hears of the result, `actor_id` who asked for it."""

    id: int
    kind: str
    payload: Json
    attempts: int
    person: int
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """A fact for the inbox of one agent: unique by (agent, local date, kind, subject)."""

    agent_id: int
    person: int
    local_date: str
    kind: str
    subject: str
    payload: Json
