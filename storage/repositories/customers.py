"""Customers, found by id, phone, e-mail and the folded words of their names."""

import hashlib
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.customers import (
    Consent,
    ContactPerson,
    Customer,
    CustomerFilter,
    Email,
    Note,
    Phone,
    Vehicle,
    Visit,
)
from domain.ports import OfCustomer, Owners
from domain.requests import ClientRequest
from storage.dialects import wait_lock
from storage.tables import business as t

PARTS = frozenset({Phone, Email, ContactPerson, Consent, Vehicle})  # these live and move in their customer's lists
_LAST = "\U0010ffff"  # sorts after whatever may follow a prefix


class Customers:
    """`domain.ports.CustomerRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, customer: Customer) -> None:
        self._session.add(customer)

    def get(self, customer_id: int) -> Customer | None:
        return self._session.get(Customer, customer_id)

    def several(self, ids: Sequence[int]) -> Sequence[Customer]:
        """In one look, with their lists."""
        return self._session.scalars(sa.select(Customer).where(t.customers.c.id.in_(set(ids)))).all()

    def hold_reach(self, values: Sequence[str]) -> None:
        """Until the transaction's end nobody else may look whether these numbers (E.164) and addresses are known."""
        for number in sorted({_lock_number(value) for value in values}):  # in one order, so that nobody waits in a ring
            wait_lock(self._session, "reach", number)

    def reached(self, values: Sequence[str]) -> Collection[str]:
        """Which of these numbers (E.164) and addresses somebody has, among hundreds in one look."""
        if not values:
            return ()
        contacts = t.contact_persons.c
        columns = (t.customer_phones.c.e164, t.customer_emails.c.address, contacts.phone, contacts.email)
        looks = [sa.select(column.label("value")).where(column.in_(sorted(set(values)))) for column in columns]
        return set(self._session.scalars(sa.union_all(*looks)))

    def named(self, names: Sequence[str], owners: Owners) -> Collection[str]:
        """Which of these names (`domain.names.display_order`) somebody bears, among hundreds in one look."""
        if not names:
            return ()
        columns = t.customers.c
        query = sa.select(columns.sort_name).distinct().where(columns.sort_name.in_(sorted(set(names))))
        return set(self._session.scalars(query.where(*_of(columns.owner_id, owners))))

    def by_phone(self, e164: str) -> Sequence[Customer]:
        phones, contacts = t.customer_phones.c, t.contact_persons.c
        return self._with_ids(
            sa.select(phones.customer_id).where(phones.e164 == e164),
            sa.select(contacts.customer_id).where(contacts.phone == e164),
        )

    def by_email(self, email: str) -> Sequence[Customer]:
        emails, contacts = t.customer_emails.c, t.contact_persons.c
        return self._with_ids(
            sa.select(emails.customer_id).where(emails.address == email),
            sa.select(contacts.customer_id).where(contacts.email == email),
        )

    def with_words(
        self, words: Sequence[frozenset[str]], owners: Owners, *, limit: int | None = None
    ) -> Sequence[Customer]:
        """Customers whose folded name has, for each set, a word of that set; by folded name, the newest `limit` of them."""
        if not words or not all(words):
            return ()
        # The longest word is the rarest as a rule, so it leads; the others are looked up by key for whom it finds.
        first, *others = sorted(words, key=lambda forms: -max(map(len, forms)))
        leading = t.customer_words.alias().c
        found = sa.select(leading.customer_id).where(leading.word.in_(sorted(first)), *_of(leading.owner_id, owners))
        for forms in others:
            other = t.customer_words.alias().c
            found = found.where(
                sa.exists().where(other.customer_id == leading.customer_id, other.word.in_(sorted(forms)))
            )
        if limit is not None:  # the index gives the newest first: of a name that thousands bear, no more are read
            newest = found.distinct().order_by(leading.customer_id.desc()).limit(limit).subquery()
            found = sa.select(newest.c.customer_id)
        query = sa.select(Customer).where(t.customers.c.id.in_(found))
        return self._session.scalars(query.order_by(t.customers.c.sort_name, t.customers.c.id)).all()

    def words_like(self, prefix: str, owners: Owners, *, limit: int) -> Sequence[str]:
        """Distinct folded name words that begin with `prefix`, for near matches."""
        columns = t.customer_words.c
        query = (
            sa.select(columns.word)
            .distinct()
            .where(columns.word >= prefix, columns.word < prefix + _LAST, *_of(columns.owner_id, owners))
            .order_by(columns.word)
            .limit(limit)
        )
        return self._session.scalars(query).all()

    def page(
        self, owners: Owners, *, offset: int, limit: int, among: CustomerFilter | None = None
    ) -> Sequence[Customer]:
        """By folded name."""
        columns = t.customers.c
        query = sa.select(Customer).where(*_of(columns.owner_id, owners), *_among(among), columns.erased_at.is_(None))
        ordered = query.order_by(columns.sort_name, columns.id)
        return self._session.scalars(ordered.offset(offset).limit(limit)).all()

    def count(self, owners: Owners, *, among: CustomerFilter | None = None) -> int:
        """How many `page` would give without its limits."""
        counted = sa.select(sa.func.count()).select_from(t.customers)
        here = (*_of(t.customers.c.owner_id, owners), *_among(among), t.customers.c.erased_at.is_(None))
        return self._session.scalar(counted.where(*here)) or 0

    def remove(self, customer: Customer) -> None:
        self._session.delete(customer)
        self._session.flush()

    def referring(self, customer_id: int) -> Sequence[OfCustomer]:
        """All that names the customer and is no part of it: notes, requests, activities, deals, and what follows from these."""
        found: list[OfCustomer] = []
        for mapper in sa.inspect(Customer).registry.mappers:
            table = mapper.local_table
            if "customer_id" in table.c and mapper.class_ not in PARTS:
                query = sa.select(mapper.class_).where(table.c.customer_id == customer_id).order_by(table.c.id)
                found += self._session.scalars(query)
        return found

    def add_visit(self, visit: Visit) -> None:
        self._session.add(visit)

    def add_request(self, request: ClientRequest) -> None:
        self._session.add(request)

    def request(self, request_id: int) -> ClientRequest | None:
        return self._session.get(ClientRequest, request_id)

    def open_requests(self, customer_id: int) -> Sequence[ClientRequest]:
        """Those not decided yet, oldest first."""
        return [request for request in self.requests(customer_id) if request.granted is None]

    def waiting_requests(self) -> Sequence[ClientRequest]:
        """Of all customers, those not decided yet, oldest first."""
        columns = t.client_requests.c
        query = sa.select(ClientRequest).where(columns.granted.is_(None)).order_by(columns.id)
        return self._session.scalars(query).all()

    def requests(self, customer_id: int) -> Sequence[ClientRequest]:
        """All, oldest first."""
        columns = t.client_requests.c
        query = sa.select(ClientRequest).where(columns.customer_id == customer_id)
        return self._session.scalars(query.order_by(columns.id)).all()

    def add_note(self, note: Note) -> None:
        self._session.add(note)

    def notes(self, customer_id: int, *, limit: int) -> Sequence[Note]:
        """Newest first."""
        columns = t.notes.c
        query = sa.select(Note).where(columns.customer_id == customer_id)
        return self._session.scalars(query.order_by(columns.created_at.desc(), columns.id.desc()).limit(limit)).all()

    def _with_ids(self, *ids: sa.Select[tuple[int]]) -> Sequence[Customer]:
        found = sa.union(*ids).subquery()
        query = sa.select(Customer).where(t.customers.c.id.in_(sa.select(found)))
        return self._session.scalars(query.order_by(t.customers.c.id)).all()


def _of(owner_id: sa.Column[int] | sa.ColumnElement[int | None], owners: Owners) -> list[sa.ColumnElement[bool]]:
    if owners.everybody:
        return []
    if owners.company:
        return [sa.or_(owner_id == owners.agent_id, owner_id.is_(None))]
    return [owner_id == owners.agent_id]


def _among(wanted: CustomerFilter | None) -> list[sa.ColumnElement[bool]]:
    if wanted is None:
        return []
    columns = t.customers.c
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.source:
        conditions.append(columns.source == wanted.source)
    if wanted.since:
        conditions.append(columns.created_at >= wanted.since)
    if wanted.before:
        conditions.append(columns.created_at < wanted.before)
    return conditions


def _lock_number(value: str) -> int:
    """The same in every process, which `hash` is not."""
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=7).digest())
