"""The inbox and the turns: what was received is answered once, in order per person."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.messages import Card, Entry, EntryKind, Json, Message, Received
from domain.team import Agent
from storage.dialects import insert_new, try_lock
from storage.outbox import enqueue
from storage.tables import queues as q
from storage.tables.queues import EntryState, JobState, SendState
from storage.unit import Outside, Unit, inserted_id, transaction

NOBODY = 0  # the person of a command line's turn
_i = q.inbox.c
# Written out, not bound: only so does a database see that the partial indexes serve.
_IS_PENDING = sa.text("inbox.state = 'pending'")


class Turn(Unit):
    """`bot.ports.TurnUnit`: the one transaction of a turn."""

    def __init__(self, session: Session, outside: Outside, entry: Entry) -> None:
        super().__init__(session, outside, turn_id=entry.id)
        self.entry = entry
        self._outside = outside
        self._messages: list[Message] = []
        self._notices = 0
        self._finished: dict[str, Any] = {"state": EntryState.DONE}

    def conversation(self) -> Json:
        """The state of the conversation with this entry's person; empty at first."""
        table = q.conversations
        state = self._session.scalar(sa.select(table.c.state).where(table.c.person == self.entry.person))
        return {} if state is None else state

    def save_conversation(self, state: Json) -> None:
        """Keep the state for the person's next entry."""
        table = q.conversations
        mine = table.c.person == self.entry.person
        kept = {"state": state} | ({"active_at": self.now} if self.entry.kind is EntryKind.UPDATE else {})
        saved = sa.update(table).where(mine).values(version=table.c.version + 1, **kept)
        if self._session.scalar(saved.returning(table.c.version)) is None:
            self._session.execute(sa.insert(table).values(person=self.entry.person, version=1, **kept))

    def cut_off(self, agent: Agent) -> None:
        """Forget the conversation of somebody who is let in no more, and what waits to be sent there."""
        if agent.telegram_user_id is not None:
            mine = q.conversations.c.person == agent.telegram_user_id
            self._session.execute(sa.update(q.conversations).where(mine).values(state={}))
        waiting = sa.and_(q.outbox.c.chat_id == agent.chat_id, q.outbox.c.state == SendState.PENDING)
        self._session.execute(sa.update(q.outbox).where(waiting).values(state=SendState.FAILED, error="cut_off"))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that is done whole or not at all: leaving with an exception takes back what it wrote and sent."""
        sent = len(self._messages)
        try:
            with super().savepoint():
                yield
        except BaseException:
            del self._messages[sent:]
            raise

    def send(self, message: Message) -> None:
        """Put a message into the outbox, behind what this turn has sent before."""
        self._messages.append(message)

    def add_card(self, card: Card) -> None:
        """Keep it and give it its id."""
        card.id = inserted_id(self._session, q.cards, _card_values(card))

    def card(self, token: str) -> Card | None:
        """The card of a button's token."""
        row = self._session.execute(sa.select(q.cards).where(q.cards.c.token == token)).mappings().first()
        return None if row is None else Card(**row)

    def save_card(self, card: Card) -> None:
        """Keep what was changed on the card; where it stands in the chat is the sender's to say."""
        values = _card_values(card)
        del values["chat_id"], values["message_id"]
        self._session.execute(sa.update(q.cards).where(q.cards.c.id == card.id).values(values))

    def add_job(self, *, kind: str, key: str, payload: Json) -> None:
        """Let an action server do something; a key that is known adds nothing."""
        person, actor_id = self.entry.person, self.actor_id
        add_job(self._session, kind=kind, key=key, payload=payload, person=person, actor_id=actor_id, now=self.now)

    def notify(self, *, person: int, payload: Json) -> None:
        """Let somebody else hear of this turn: a fact of `payload["kind"]`, told in their own order and language."""
        self._notices += 1
        key = f"notice:{self.entry.id}:{self._notices}"
        add_entry(self._session, kind=EntryKind.NOTICE, key=key, person=person, payload=payload, outside=self._outside)

    def scrub(self) -> None:
        """Empty the entry's payload: it held what must not be kept."""
        self._finished["payload"] = {}

    def mark_unreadable(self) -> None:
        """The entry cannot be read and is done with."""
        self._finished["state"] = EntryState.UNREADABLE

    def finish(self) -> None:
        """Write what was gathered and mark the entry as done; the transaction's owner commits."""
        self.flush()
        enqueue(self._session, inbox_id=self.entry.id, messages=self._messages, now=self.now)
        done = sa.update(q.inbox).where(_i.id == self.entry.id)
        self._session.execute(done.values(done_at=self.now, **self._finished))


class Turns:
    """`bot.ports.TurnStore`."""

    def __init__(self, writing: Callable[[], Session], reading: Callable[[], Session], outside: Outside) -> None:
        self._writing = writing
        self._reading = reading
        self._outside = outside

    def receive(self, batch: Sequence[Received]) -> int:
        """Commit a batch; keys already known are skipped; returns how many are new."""
        if not batch:
            return 0
        with transaction(self._writing) as session:
            new = sum(
                add_entry(
                    session,
                    kind=EntryKind.UPDATE,
                    key=received.key,
                    person=received.person,
                    payload=received.payload,
                    outside=self._outside,
                )
                is not None
                for received in batch
            )
            people = {received.person for received in batch}
            session.execute(sa.delete(q.gone_chats).where(q.gone_chats.c.chat_id.in_(people)))
        return new

    def waiting(self, *, skip: Collection[int], limit: int) -> Sequence[Entry]:
        """The oldest unfinished entry of each person not in `skip`, oldest first, as far as it may be tried now."""
        now = self._outside.clock.now()
        query = (
            sa.select(q.inbox)
            .where(
                _IS_PENDING,
                sa.or_(_i.not_before.is_(None), _i.not_before <= now),
                _i.person.not_in(list(skip)),
                ~_has_older(),
            )
            .order_by(_i.id)
            .limit(limit)
        )
        with transaction(self._reading) as session:
            return [_entry(row) for row in session.execute(query).mappings()]

    @contextmanager
    def turn(self, entry_id: int) -> Iterator[Turn | None]:
        """Lock the entry and open its transaction; None if it is done, not yet due, or held by another worker.

        Leaving without an exception marks the entry done and commits all; with one everything is rolled back.
        """
        with transaction(self._writing) as session:
            entry = self._locked(session, entry_id)
            if entry is None:
                yield None
                return
            unit = Turn(session, self._outside, entry)
            yield unit
            unit.finish()

    @contextmanager
    def command(self, name: str) -> Iterator[Turn]:
        """A turn of the command line's own, under an entry that never waits."""
        with transaction(self._writing) as session:
            entry = _command_entry(session, name, self._outside)
            unit = Turn(session, self._outside, entry)
            yield unit
            unit.finish()

    def postpone(self, entry_id: int, *, seconds: float, error: str) -> None:
        """After a failed turn: count the attempt and wait; `error` is a class name, never a text of a customer."""
        not_before = self._outside.clock.now() + timedelta(seconds=seconds)
        waiting = sa.update(q.inbox).where(_i.id == entry_id, _IS_PENDING)
        with transaction(self._writing) as session:
            session.execute(waiting.values(attempts=_i.attempts + 1, not_before=not_before, error=error))

    def _locked(self, session: Session, entry_id: int) -> Entry | None:
        person = session.scalar(sa.select(_i.person).where(_i.id == entry_id))
        # The person first: two workers must not run two entries of one person side by side.
        if person is None or not try_lock(session, "person", person):
            return None
        now = self._outside.clock.now()
        query = sa.select(q.inbox).where(
            _i.id == entry_id, _IS_PENDING, sa.or_(_i.not_before.is_(None), _i.not_before <= now), ~_has_older()
        )
        row = session.execute(query.with_for_update(skip_locked=True)).mappings().first()
        return None if row is None else _entry(row)


def add_entry(
    session: Session,
    *,
    kind: EntryKind,
    key: str,
    person: int,
    payload: Json,
    outside: Outside,
    state: EntryState = EntryState.PENDING,
) -> int | None:
    """Insert an inbox entry and return its id; None where its key is known."""
    values = {
        "kind": kind,
        "key": key,
        "person": person,
        "payload": payload,
        "received_at": outside.clock.now(),
        "state": state,
        "attempts": 0,
    }
    added: int | None = insert_new(session, q.inbox, values)
    return added


def add_job(
    session: Session, *, kind: str, key: str, payload: Json, person: int, actor_id: int | None, now: datetime
) -> None:
    """Let an action server do something; a key that is known adds nothing."""
    values = {
        "kind": kind,
        "key": key,
        "payload": payload,
        "person": person,
        "actor_id": actor_id,
        "state": JobState.PENDING,
        "attempts": 0,
        "created_at": now,
    }
    insert_new(session, q.jobs, values)


def _command_entry(session: Session, name: str, outside: Outside) -> Entry:
    payload: Json = {"name": name}
    entry_id = add_entry(
        session,
        kind=EntryKind.COMMAND,
        key=f"command:{uuid4()}",
        person=NOBODY,
        payload=payload,
        outside=outside,
        state=EntryState.DONE,
    )
    if entry_id is None:
        raise LookupError("a random key was known")
    now = outside.clock.now()
    return Entry(entry_id, EntryKind.COMMAND, NOBODY, payload, attempts=0, received_at=now)


def _has_older() -> sa.ColumnElement[bool]:
    older = q.inbox.alias("older")
    return sa.exists().where(sa.text("older.state = 'pending'"), older.c.person == _i.person, older.c.id < _i.id)


def _entry(row: sa.RowMapping) -> Entry:
    names = ("id", "kind", "person", "payload", "attempts", "received_at")
    return Entry(**{name: row[name] for name in names})


def _card_values(card: Card) -> dict[str, object]:
    names = ("token", "agent_id", "actions", "expires_at", "version", "chat_id", "message_id", "once", "used")
    return {name: getattr(card, name) for name in names}
