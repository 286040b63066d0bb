"""Reports that come by themselves, and notes of contacts handed over."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.reports.subscriptions import Disclosure, Subscription
from storage.tables import business as t


class Subscriptions:
    """`domain.ports.SubscriptionRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, subscription: Subscription) -> None:
        self._session.add(subscription)

    def get(self, subscription_id: int) -> Subscription | None:
        return self._session.get(Subscription, subscription_id)

    def of_agent(self, agent_id: int) -> Sequence[Subscription]:
        """Oldest first."""
        columns = t.report_subscriptions.c
        query = sa.select(Subscription).where(columns.agent_id == agent_id).order_by(columns.id)
        return self._session.scalars(query).all()

    def remove(self, subscription: Subscription) -> None:
        self._session.delete(subscription)

    def add_disclosure(self, disclosure: Disclosure) -> None:
        self._session.add(disclosure)
