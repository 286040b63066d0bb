"""Where a person stands, and taking them out of there: texts in steps (`erasure_sweep`), then the rows of the business.

Nothing here goes through the audit, which would keep what is to be gone: who and when is kept, and no image.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.agenda import Status
from domain.erasure import Mention, Progress
from domain.names import words
from domain.needles import Needles, texts_in
from storage.erasure_sweep import Sweep, file_names
from storage.tables import business as t
from storage.tables import history
from storage.tables import queues as q
from storage.tables.queues import EntryState
from storage.types import Text

_audit = history.audit.c
# What of a nameless customer serves reports: whose, since when, from where, at which of the dealer's sites.
_KEPT_OF_CUSTOMERS = frozenset({"id", "version", "kind", "owner_id", "created_at", "source", "location"})
_KEPT_OF_DEALS = frozenset({"model"})  # the car; what the sweep found of the person in it is out already
_GONE = (
    t.customer_phones,
    t.customer_emails,
    t.contact_persons,
    t.consents,
    t.vehicles,
    t.customer_words,
    t.notes,
    t.client_requests,
)
_KNOWN_BY = {"e164": "phones", "phone": "phones", "address": "emails", "email": "emails", "tax_id": "numbers"}


class _Owner(Protocol):
    """The unit of work: its turn, actor and time are read when the erasure is written down."""

    now: datetime
    turn_id: int | None
    actor_id: int | None


class PersonTraces:
    """`domain.erasure.Traces`."""

    def __init__(self, session: Session, unit: _Owner) -> None:
        self._session = session
        self._unit = unit

    def needles(self, customer_id: int) -> Needles:
        """By what the customer is and was known, contact persons included."""
        found: dict[str, set[str]] = {"name": set(), "phones": set(), "emails": set(), "numbers": set()}
        for image in self._images(customer_id):
            if image.get("name"):
                found["name"].add(image["name"])
            for column, kind in _KNOWN_BY.items():
                if image.get(column):
                    found[kind].add(image[column])
        shared = {name for name in found["name"] if self._is_shared(customer_id, name)}
        return Needles(
            names=tuple(sorted(found["name"] - shared)),
            phones=tuple(sorted(found["phones"])),
            emails=tuple(sorted(found["emails"])),
            numbers=tuple(sorted(found["numbers"])),
            shared=tuple(sorted(shared)),
        )

    def mentions(self, needles: Needles) -> Sequence[Mention]:
        """Messages, files and cards that name the person."""
        self._session.flush()
        found = [
            Mention("received", row.person, row.received_at)
            for row in self._all(q.inbox.c.id, q.inbox.c.person, q.inbox.c.payload, q.inbox.c.received_at)
            if _names(needles, row.payload)
        ]
        columns = (q.outbox.c.id, q.outbox.c.chat_id, q.outbox.c.payload, q.outbox.c.file_id, q.outbox.c.created_at)
        for row in self._all(*columns):
            if _names(needles, row.payload):
                found.append(Mention("sent", row.chat_id, row.created_at))
            elif row.file_id is not None and file_names(self._session, needles, row.file_id):
                found.append(Mention("file", row.chat_id, row.created_at))
        return found

    def sweep(self, needles: Needles, progress: Progress) -> Progress:
        """Take the person out of the next few thousand texts; what it returns says `swept` once all are done."""
        self._session.flush()
        following = Sweep(self._session, needles, self._unit.now).step(progress)
        self._session.expire_all()
        return following

    def erase_rows(self, customer_id: int, *, name: str) -> None:
        """Delete what belongs to the customer alone, and leave deals and activities to a nameless one."""
        self._session.flush()
        self._forget_history(customer_id)
        for table in _GONE:
            self._session.execute(sa.delete(table).where(table.c.customer_id == customer_id))
        self._empty(t.activities, t.activities.c.customer_id == customer_id)
        planned = sa.update(t.activities).where(t.activities.c.customer_id == customer_id)
        self._session.execute(planned.where(t.activities.c.status == Status.PLANNED).values(status=Status.CANCELLED))
        self._empty(t.opportunities, t.opportunities.c.customer_id == customer_id, but=_KEPT_OF_DEALS)
        columns = t.customers.c
        emptied = {column.name: None for column in columns if column.nullable and column.name not in _KEPT_OF_CUSTOMERS}
        nameless = {"name": name, "sort_name": "", "erased_at": self._unit.now, "version": columns.version + 1}
        self._session.execute(sa.update(t.customers).where(columns.id == customer_id).values(**emptied | nameless))
        self._session.expire_all()

    def _images(self, customer_id: int) -> Iterator[dict[str, Any]]:
        """The rows that say how to reach the customer, as they are and as they were."""
        self._session.flush()
        yield dict(
            self._session.execute(sa.select(t.customers).where(t.customers.c.id == customer_id)).mappings().one()
        )
        for table in (t.customer_phones, t.customer_emails, t.contact_persons):
            for row in self._session.execute(sa.select(table).where(table.c.customer_id == customer_id)).mappings():
                yield dict(row)
        named = {t.customers.name, t.customer_phones.name, t.customer_emails.name, t.contact_persons.name}
        for change in self._history(self._same(customer_id)):
            if change.table_name in named:
                yield from (image for image in (change.before, change.after) if image)

    def _same(self, customer_id: int) -> set[int]:
        """The customer, and those that were merged into it."""
        same: set[int] = set()
        more = {customer_id}
        while more:
            same |= more
            rows = self._history(more)
            images = [image for row in rows for image in (row.before, row.after) if image]
            others = {image["customer_id"] for image in images if image.get("customer_id")}
            others |= self._removed({row.turn_id for row in rows})
            others -= same
            more = others - set(self._session.scalars(sa.select(t.customers.c.id).where(t.customers.c.id.in_(others))))
        return same

    def _removed(self, turns: set[int]) -> set[int]:
        """Whose rows went in these turns: a merge may have moved nothing but the name."""
        gone = sa.select(_audit.row_id).where(
            _audit.turn_id.in_(turns), _audit.table_name == t.customers.name, _audit.after.is_(None)
        )
        return set(self._session.scalars(gone))

    def _history(self, customer_ids: set[int]) -> Sequence[Any]:
        """The audit of the customers' rows and of all that belongs to them."""
        query = sa.select(_audit.id, _audit.turn_id, _audit.table_name, _audit.before, _audit.after).where(
            sa.or_(
                sa.and_(_audit.table_name == t.customers.name, _audit.row_id.in_(customer_ids)),
                _audit.before["customer_id"].as_integer().in_(customer_ids),
                _audit.after["customer_id"].as_integer().in_(customer_ids),
            )
        )
        return self._session.execute(query.order_by(_audit.id)).all()

    def _forget_history(self, customer_id: int) -> None:
        """Who changed what and when stays; the images go, and the texts of the messages that did it."""
        rows = self._history(self._same(customer_id))
        ids, turns = [row.id for row in rows], sorted({row.turn_id for row in rows})
        for at in range(0, len(ids), 500):
            gone = sa.update(history.audit).where(_audit.id.in_(ids[at : at + 500]))
            self._session.execute(gone.values(before=None, after=None))
        for at in range(0, len(turns), 500):
            told = sa.update(q.inbox).where(
                q.inbox.c.id.in_(turns[at : at + 500]), q.inbox.c.state != EntryState.PENDING
            )
            self._session.execute(told.values(payload={}))
        last = sa.select(sa.func.coalesce(sa.func.max(_audit.step), 0)).where(_audit.turn_id == self._unit.turn_id)
        self._session.execute(
            sa.insert(history.audit).values(
                turn_id=self._unit.turn_id,
                step=(self._session.scalar(last) or 0) + 1,
                agent_id=self._unit.actor_id,
                table_name=t.customers.name,
                row_id=customer_id,
                at=self._unit.now,
            )
        )

    def _empty(self, table: sa.Table, where: sa.ColumnElement[bool], but: frozenset[str] = frozenset()) -> None:
        """Every free text of the rows goes."""
        texts = {
            column.name: None if column.nullable else ""
            for column in table.columns
            if isinstance(column.type, Text) and column.name not in but
        }
        self._session.execute(sa.update(table).where(where).values(**texts, version=table.c.version + 1))

    def _is_shared(self, customer_id: int, name: str) -> bool:
        """Whether somebody else has that name: then it does not tell whom a text means."""
        parts = words(name)
        if not parts:
            return True
        query = sa.select(t.customers.c.name).where(t.customers.c.id != customer_id)
        for part in parts:
            bears = t.customer_words.alias().c
            query = query.where(sa.exists().where(bears.customer_id == t.customers.c.id, bears.word == part))
        return any(set(parts) <= set(words(other)) for other in self._session.scalars(query))

    def _all(self, *columns: sa.Column[Any]) -> Iterator[sa.Row[Any]]:
        yield from self._session.execute(sa.select(*columns).order_by(columns[0])).yield_per(1000)


def _names(needles: Needles, payload: object) -> bool:
    return needles.in_text("\n".join(texts_in(payload)))
