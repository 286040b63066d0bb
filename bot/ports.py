"""What the chat needs from the database, as Protocols: storage implements them and `presales` wires them."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from domain.messages import (
    Card,
    Entry,
    EntryKind,
    Json,
    Message,
    Outgoing,
    Priority,
    Received,
    SendKind,
    StoredFile,
)
from domain.ports import UnitOfWork
from domain.team import Agent

__all__ = [
    "Card",
    "Entry",
    "EntryKind",
    "Json",
    "Message",
    "Outbox",
    "Outgoing",
    "Priority",
    "Received",
    "SendKind",
    "StoredFile",
    "TurnStore",
    "TurnUnit",
]


class TurnUnit(UnitOfWork, Protocol):
    """The one transaction of a turn: business, conversation, replies, jobs and the mark that it is done."""

    entry: Entry
    actor_id: int | None  # set once the person is known: the audit names it

    def conversation(self) -> Json:
        """The state of the conversation with this entry's person; empty at first."""
        ...

    def save_conversation(self, state: Json) -> None: ...
    def cut_off(self, agent: Agent) -> None:
        """Forget the conversation of somebody who is let in no more, and what waits to be sent there."""
        ...

    def wrote(self) -> bool:
        """Whether this turn has changed anything that can be undone."""
        ...

    def send(self, message: Message) -> None: ...
    def add_card(self, card: Card) -> None:
        """Keep it and give it its id."""
        ...

    def card(self, token: str) -> Card | None: ...
    def save_card(self, card: Card) -> None: ...
    def add_file(self, *, name: str, media_type: str, data: bytes) -> int: ...
    def add_job(self, *, kind: str, key: str, payload: Json) -> None: ...
    def notify(self, *, person: int, payload: Json) -> None:
        """Let somebody else hear of this turn: a fact of `payload["kind"]`, told in their own order and language."""
        ...

    def scrub(self) -> None:
        """Empty the entry's payload: it held what must not be kept."""
        ...

    def mark_unreadable(self) -> None:
        """The entry cannot be read and is done with."""
        ...


class TurnStore(Protocol):
    """Inbox and turns."""

    def receive(self, batch: Sequence[Received]) -> int:
        """Commit a batch; keys already known are skipped; returns how many are new."""
        ...

    def waiting(self, *, skip: Collection[int], limit: int) -> Sequence[Entry]:
        """The oldest unfinished entry of each person not in `skip`, oldest first, as far as it may be tried now."""
        ...

    def turn(self, entry_id: int) -> AbstractContextManager[TurnUnit | None]:
        """Lock the entry and open its transaction; None if it is done or held by another worker.

        Leaving without an exception marks the entry done and commits all; with one everything is rolled back.
        """
        ...

    def postpone(self, entry_id: int, *, seconds: float, error: str) -> None:
        """After a failed turn: count the attempt and wait; `error` is a class name, never a text of a customer."""
        ...


class Outbox(Protocol):
    """What waits to be sent, in order per chat."""

    def claim(self, *, skip_chats: Collection[int], limit: int) -> Sequence[Outgoing]:
        """Mark as `sending` the first due message of each chat not in `skip_chats`, replies before bulk."""
        ...

    def sent(self, outgoing_id: int, *, message_id: int | None) -> None: ...
    def retry(self, outgoing_id: int, *, seconds: float, uncertain: bool) -> None: ...
    def fail(self, outgoing_id: int, *, error: str) -> None: ...
    def replace(self, outgoing_id: int, message: Message, *, error: str) -> None:
        """Fail this one and send another in its place, at the front of its chat."""
        ...

    def chat_gone(self, chat_id: int) -> None:
        """The person blocked the bot: nothing waits for that chat any more, until they write again."""
        ...

    def recover(self) -> int:
        """At start: what a killed sender left as `sending` becomes due again, marked uncertain; returns how many."""
        ...
