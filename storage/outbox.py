"""The outbox: what waits to be sent, in order per chat, replies before what was not asked for."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.messages import Message, Outgoing, Priority, SendKind, StoredFile
from domain.ports import Clock
from storage.dialects import insert_new, wait_lock
from storage.tables import queues as q
from storage.tables.queues import SendState
from storage.unit import transaction

GONE = "chat_gone"
_o = q.outbox.c
_UNSENT = (SendState.PENDING, SendState.SENDING)
# Written out, not bound: only so does a database see that the partial indexes serve.
_IS_PENDING = sa.text("outbox.state = 'pending'")


def enqueue(session: Session, *, inbox_id: int, messages: Sequence[Message], now: datetime) -> None:
    """Insert what one turn sends; for a chat whose person has blocked the bot it is kept as failed."""
    if not messages:
        return
    chats = {message.chat_id for message in messages}
    gone = set(session.scalars(sa.select(q.gone_chats.c.chat_id).where(q.gone_chats.c.chat_id.in_(chats))))
    rows = []
    for step, message in enumerate(messages, start=1):
        is_gone = message.chat_id in gone
        rows.append(
            {
                "inbox_id": inbox_id,
                "step": step,
                **_content(message),
                "priority": _priority(session, message),
                "state": SendState.FAILED if is_gone else SendState.PENDING,
                "error": GONE if is_gone else None,
                "attempts": 0,
                "uncertain": False,
                "created_at": now,
            }
        )
    session.execute(sa.insert(q.outbox), rows)


class SendQueue:
    """`bot.ports.Outbox`."""

    def __init__(self, writing: Callable[[], Session], reading: Callable[[], Session], clock: Clock) -> None:
        self._writing = writing
        self._reading = reading
        self._clock = clock

    def claim(self, *, skip_chats: Collection[int], limit: int) -> Sequence[Outgoing]:
        """Mark as `sending` the first due message of each chat not in `skip_chats`, replies before bulk."""
        query = _due(self._clock.now(), skip_chats, limit)
        with transaction(self._reading) as session:  # most looks find nothing, and then nobody has to wait for a lock
            if session.execute(query).first() is None:
                return ()
        with transaction(self._writing) as session:
            wait_lock(session, "claim")  # two claims at once could each take a message of one chat
            ids = list(session.scalars(query.with_for_update(skip_locked=True)))
            if not ids:
                return ()
            session.execute(sa.update(q.outbox).where(_o.id.in_(ids)).values(state=SendState.SENDING))
            columns = (
                q.outbox,
                q.cards.c.message_id.label("card_message_id"),
                q.files.c.name.label("file_name"),
                q.files.c.media_type,
                q.files.c.data,
            )
            joined = q.outbox.outerjoin(q.cards, q.cards.c.id == _o.card_id).outerjoin(
                q.files, q.files.c.id == _o.file_id
            )
            rows = session.execute(
                sa.select(*columns).select_from(joined).where(_o.id.in_(ids)).order_by(_o.priority, _o.id)
            )
            return [_outgoing(row) for row in rows.mappings()]

    def sent(self, outgoing_id: int, *, message_id: int | None) -> None:
        """It is out; the card that it carries now stands in the chat under `message_id`."""
        with transaction(self._writing) as session:
            row = session.execute(sa.select(_o.chat_id, _o.kind, _o.card_id).where(_o.id == outgoing_id)).one()
            done = {"state": SendState.SENT, "message_id": message_id, "sent_at": self._clock.now(), "error": None}
            session.execute(sa.update(q.outbox).where(_o.id == outgoing_id).values(done))
            if row.card_id is not None and row.kind not in {SendKind.EDIT, SendKind.DELETE}:
                place = {"chat_id": row.chat_id, "message_id": message_id}
                session.execute(sa.update(q.cards).where(q.cards.c.id == row.card_id).values(place))

    def retry(self, outgoing_id: int, *, seconds: float, uncertain: bool) -> None:
        """Try again after `seconds`; once uncertain it stays so, whatever a later try says."""
        values: dict[str, object] = {
            "state": SendState.PENDING,
            "attempts": _o.attempts + 1,
            "not_before": self._clock.now() + timedelta(seconds=seconds),
        }
        if uncertain:
            values["uncertain"] = True
        self._update(_o.id == outgoing_id, values)

    def fail(self, outgoing_id: int, *, error: str) -> None:
        """No further try."""
        self._update(_o.id == outgoing_id, {"state": SendState.FAILED, "error": error})

    def replace(self, outgoing_id: int, message: Message, *, error: str) -> None:
        """Fail this one and send another in its place, at the front of its chat."""
        with transaction(self._writing) as session:
            old = dict(session.execute(sa.select(q.outbox).where(_o.id == outgoing_id)).mappings().one())
            last_step = session.scalar(sa.select(sa.func.max(_o.step)).where(_o.inbox_id == old["inbox_id"])) or 0
            # The row keeps its place in the order and takes the new content; what failed is kept under a new row.
            del old["id"]
            failed = {**old, "step": last_step + 1, "state": SendState.FAILED, "error": error}
            session.execute(sa.insert(q.outbox).values(failed))
            fresh = {"state": SendState.PENDING, "attempts": 0, "not_before": None, "uncertain": False, "error": None}
            content = {**_content(message), "priority": message.priority, **fresh}
            session.execute(sa.update(q.outbox).where(_o.id == outgoing_id).values(content))

    def chat_gone(self, chat_id: int) -> None:
        """The person blocked the bot: nothing waits for that chat any more, until they write again."""
        with transaction(self._writing) as session:
            insert_new(session, q.gone_chats, {"chat_id": chat_id, "since": self._clock.now()})
            waiting = sa.update(q.outbox).where(_o.chat_id == chat_id, _o.state.in_(_UNSENT))
            session.execute(waiting.values(state=SendState.FAILED, error=GONE))

    def recover(self) -> int:
        """At start: what a killed sender left as `sending` becomes due again, marked uncertain; returns how many."""
        again = sa.update(q.outbox).where(sa.text("outbox.state = 'sending'"))
        with transaction(self._writing) as session:
            found = session.execute(again.values(state=SendState.PENDING, uncertain=True).returning(_o.id))
            return len(found.all())

    def _update(self, where: sa.ColumnElement[bool], values: dict[str, object]) -> None:
        with transaction(self._writing) as session:
            session.execute(sa.update(q.outbox).where(where).values(values))


def _due(now: datetime, skip_chats: Collection[int], limit: int) -> sa.Select[tuple[int]]:
    """The first message of each chat where nothing is being sent and the first need not wait."""
    busy, earlier = q.outbox.alias("busy"), q.outbox.alias("earlier")
    is_busy = sa.exists().where(sa.text("busy.state = 'sending'"), busy.c.chat_id == _o.chat_id)
    is_behind = sa.exists().where(
        sa.text("earlier.state = 'pending'"),
        earlier.c.chat_id == _o.chat_id,
        sa.or_(
            earlier.c.priority < _o.priority,
            sa.and_(earlier.c.priority == _o.priority, earlier.c.id < _o.id),
        ),
    )
    return (
        sa.select(_o.id)
        .where(
            _IS_PENDING,
            sa.or_(_o.not_before.is_(None), _o.not_before <= now),
            _o.chat_id.not_in(list(skip_chats)),
            ~is_busy,
            ~is_behind,
        )
        .order_by(_o.priority, _o.id)
        .limit(limit)
    )


def _priority(session: Session, message: Message) -> int:
    """The message's own, but behind an unsent message of the same card: what is not there cannot be edited."""
    if message.card_id is None or message.kind not in {SendKind.EDIT, SendKind.DELETE}:
        return message.priority
    unsent = sa.select(sa.func.max(_o.priority)).where(
        _o.chat_id == message.chat_id, _o.state.in_(_UNSENT), _o.card_id == message.card_id
    )
    return max(message.priority, session.scalar(unsent) or Priority.REPLY)


def _content(message: Message) -> dict[str, object]:
    return {
        "chat_id": message.chat_id,
        "kind": message.kind,
        "payload": message.payload,
        "priority": message.priority,
        "card_id": message.card_id,
        "file_id": message.file_id,
    }


def _outgoing(row: sa.RowMapping) -> Outgoing:
    file = None
    if row["file_id"] is not None:
        file = StoredFile(id=row["file_id"], name=row["file_name"], media_type=row["media_type"], data=row["data"])
    names = ("id", "chat_id", "kind", "payload", "attempts", "uncertain", "card_id")
    return Outgoing(**{name: row[name] for name in names}, message_id=row["card_message_id"], file=file)
