"""Configurations, offers and orders, and the mirror of what Sales has."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.configurations import SavedConfiguration
from domain.offers import Offer, OfferStatus
from domain.orders import OPEN_AT_SALES, MirroredOrder, Order, OrderStatus
from domain.ports import Owners
from storage.tables import business as t

_PREFIX = "PS-"


class Configurations:
    """`domain.ports.ConfigurationRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, paper: SavedConfiguration) -> None:
        self._session.add(paper)

    def get(self, paper_id: int) -> SavedConfiguration | None:
        return self._session.get(SavedConfiguration, paper_id)

    def named(self, agent_id: int, *, limit: int) -> Sequence[SavedConfiguration]:
        """Those saved under a name, newest first."""
        columns = t.configurations.c
        query = sa.select(SavedConfiguration).where(columns.agent_id == agent_id, columns.name.is_not(None))
        return self._session.scalars(query.order_by(columns.id.desc()).limit(limit)).all()


class Offers:
    """`domain.ports.OfferRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, offer: Offer) -> None:
        self._session.add(offer)

    def get(self, offer_id: int) -> Offer | None:
        return self._session.get(Offer, offer_id)

    def versions(self, number: int) -> Sequence[Offer]:
        """All versions of an offer, oldest first."""
        columns = t.offers.c
        return self._session.scalars(sa.select(Offer).where(columns.number == number).order_by(columns.edition)).all()

    def latest(
        self,
        owners: Owners,
        *,
        customer_id: int | None = None,
        opportunity_id: int | None = None,
        first: datetime | None = None,
        last: datetime | None = None,
        limit: int,
    ) -> Sequence[Offer]:
        """The last version of each offer made in [first, last), newest first."""
        columns, later = t.offers.c, t.offers.alias("later").c
        conditions = [] if owners.everybody else [columns.agent_id == owners.agent_id]
        for column, value in ((columns.customer_id, customer_id), (columns.opportunity_id, opportunity_id)):
            if value is not None:
                conditions.append(column == value)
        if first is not None:
            conditions.append(columns.created_at >= first)
        if last is not None:
            conditions.append(columns.created_at < last)
        newer = sa.exists().where(later.number == columns.number, later.edition > columns.edition)
        query = sa.select(Offer).where(*conditions, ~newer).order_by(columns.id.desc()).limit(limit)
        return self._session.scalars(query).all()

    def waiting(self) -> Sequence[Offer]:
        """Those that wait for the director, oldest first."""
        columns = t.offers.c
        query = sa.select(Offer).where(columns.status == OfferStatus.WAITING).order_by(columns.id)
        return self._session.scalars(query).all()


class Orders:
    """`domain.ports.OrderRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, order: Order) -> None:
        self._session.add(order)

    def get(self, order_id: int) -> Order | None:
        return self._session.get(Order, order_id)

    def by_reference(self, reference: str) -> Order | None:
        digits = reference.removeprefix(_PREFIX)
        ours = reference.startswith(_PREFIX) and digits.isascii() and digits.isdecimal()
        return self._session.get(Order, int(digits)) if ours else None

    def by_number(self, number: str) -> Order | None:
        return self._session.scalar(sa.select(Order).where(t.orders.c.number == number))

    def of_opportunity(self, opportunity_id: int) -> Sequence[Order]:
        """Newest first."""
        columns = t.orders.c
        query = sa.select(Order).where(columns.opportunity_id == opportunity_id)
        return self._session.scalars(query.order_by(columns.id.desc())).all()

    def page(
        self,
        owners: Owners,
        *,
        customer_id: int | None = None,
        open_only: bool = False,
        unnumbered: bool = False,
        first: datetime | None = None,
        last: datetime | None = None,
        offset: int,
        limit: int,
    ) -> Sequence[Order]:
        """Made in [first, last), newest first; `unnumbered` are those that Sales does not have."""
        columns = t.orders.c
        conditions = [] if owners.everybody else [columns.agent_id == owners.agent_id]
        if customer_id is not None:
            conditions.append(columns.customer_id == customer_id)
        if open_only:
            conditions.append(columns.status.in_((OrderStatus.DRAFT, *OPEN_AT_SALES)))
        if unnumbered:
            conditions.append(columns.number.is_(None))
        if first is not None:
            conditions.append(columns.created_at >= first)
        if last is not None:
            conditions.append(columns.created_at < last)
        query = sa.select(Order).where(*conditions).order_by(columns.id.desc())
        return self._session.scalars(query.offset(offset).limit(limit)).all()

    def unreserved(self, agent_id: int, *, since: datetime, until: datetime) -> Sequence[Order]:
        """Drafts of an agent whose reservation ended in (since, until]."""
        columns = t.orders.c
        query = sa.select(Order).where(
            columns.agent_id == agent_id,
            columns.status == OrderStatus.DRAFT,
            columns.reserved_until > since,
            columns.reserved_until <= until,
        )
        return self._session.scalars(query.order_by(columns.id)).all()

    def mirror(self, order: MirroredOrder) -> None:
        """Keep what Sales says, unless something newer is known."""
        known = self._session.get(MirroredOrder, order.number)
        if known is None or known.sales_version < order.sales_version:
            self._session.merge(order)

    def mirrored(
        self,
        *,
        number: str | None = None,
        first: datetime | None = None,
        last: datetime | None = None,
        offset: int,
        limit: int,
    ) -> Sequence[MirroredOrder]:
        """All orders that Sales has, made in [first, last), newest first."""
        columns = t.mirrored_orders.c
        conditions = [columns.number == number] if number else []
        if first is not None:
            conditions.append(columns.created_at >= first)
        if last is not None:
            conditions.append(columns.created_at < last)
        query = sa.select(MirroredOrder).where(*conditions).order_by(columns.created_at.desc(), columns.number.desc())
        return self._session.scalars(query.offset(offset).limit(limit)).all()
