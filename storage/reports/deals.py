"""Deals: the list, the plan, what sources bring, and what was lost."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.reports.queries import ArrivalSum, DealRow, LossBy, LossSum, PlanBy, PlanSum, SaleSum, Scope, SourceSum
from storage.reports.parts import (
    CURRENCY,
    IS_LOST,
    IS_OPEN,
    IS_WON,
    count_if,
    customer,
    deal,
    deal_source,
    deals_from,
    of_customers,
    of_deals,
    sum_if,
)

_NET = sa.func.coalesce(deal.net_minor, 0)
_LOST_BY: dict[LossBy, sa.ColumnElement[Any]] = {
    LossBy.REASON: deal.loss_reason,
    LossBy.COMPETITOR: deal.competitor,
    LossBy.MODEL: deal.model,
}


class DealQueries:
    """Of `domain.reports.queries.ReportQueries`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def deals(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[DealRow]:
        """Opened in the period, in that order."""
        query = (
            sa.select(
                deal.id,
                deal.owner_id,
                customer.name,
                deal.model,
                deal.stage,
                deal.net_minor,
                deal.value_currency,
                deal.probability,
                deal.close_on,
                deal_source,
                deal.created_at,
                deal.closed_at,
                deal.sold_at,
            )
            .select_from(deals_from())
            .where(*of_deals(scope), deal.created_at >= start, deal.created_at < end)
            .order_by(deal.created_at, deal.id)
        )
        return [DealRow(*row) for row in self._rows(query)]

    def plan(
        self, scope: Scope, *, by: PlanBy, first: date, last: date, start: datetime, end: datetime, today: date
    ) -> Sequence[PlanSum]:
        """Open deals that close in the period, or whose day is past or unknown; and what was won in it."""
        overdue = sa.or_(deal.close_on.is_(None), deal.close_on < today)
        in_period = deal.close_on.between(first, last)
        to_come = sa.and_(IS_OPEN, sa.or_(overdue, in_period))
        was_won = sa.and_(IS_WON, deal.closed_at >= start, deal.closed_at < end)
        dated = sa.case((sa.and_(IS_OPEN, overdue, sa.not_(_not_null(in_period))), 0), else_=1)
        inner = (
            sa.select(
                deal.owner_id,
                deal.customer_id,
                customer.name,
                deal.stage,
                CURRENCY.label("currency"),
                dated.label("dated"),
                sa.case((to_come, 1), else_=0).label("open_one"),
                sa.case((to_come, _NET), else_=0).label("net"),
                sa.case((to_come, _NET * deal.probability), else_=0).label("weighted"),
                sa.case((was_won, 1), else_=0).label("won_one"),
                sa.case((was_won, _NET), else_=0).label("won"),
                sa.case((sa.and_(was_won, deal.sold_at.is_not(None)), _NET), else_=0).label("sold"),
            )
            .select_from(deals_from())
            .where(*of_deals(scope), sa.or_(to_come, was_won))
            .subquery()
            .c
        )
        is_client = by is PlanBy.CLIENT
        by_client: list[sa.ColumnElement[Any]] = [inner.customer_id, inner.name]
        key = by_client if is_client else [inner.stage]
        figures = ("open_one", "net", "weighted", "won_one", "won", "sold")
        query = (
            sa.select(
                inner.owner_id, *key, inner.currency, inner.dated, *(sa.func.sum(inner[figure]) for figure in figures)
            )
            .group_by(inner.owner_id, *key, inner.currency, inner.dated)
            .order_by(inner.owner_id, *key, inner.currency)
        )
        found = []
        for agent_id, *rest in self._session.execute(query):
            client_id, name, stage = (*rest[:2], None) if is_client else (None, None, rest[0])
            currency, is_dated, *sums = rest[len(key) :]
            found.append(PlanSum(agent_id, client_id, name, stage, currency, bool(is_dated), *map(int, sums)))
        return found

    def sources(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[SourceSum]:
        """Deals opened in the period."""
        query = (
            sa.select(
                deal.owner_id,
                deal_source.label("source"),
                CURRENCY.label("currency"),
                sa.func.count(),
                count_if(IS_OPEN),
                count_if(IS_WON),
                count_if(IS_LOST),
                sa.func.sum(_NET),
                sum_if(IS_OPEN, _NET * deal.probability),
                sum_if(IS_WON, _NET),
            )
            .select_from(deals_from())
            .where(*of_deals(scope), deal.created_at >= start, deal.created_at < end)
            .group_by(deal.owner_id, deal_source, CURRENCY)
        )
        return [
            SourceSum(agent_id, source, currency, *map(int, sums))
            for agent_id, source, currency, *sums in self._session.execute(query)
        ]

    def arrivals(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[ArrivalSum]:
        """Customers by owner and source; who has bought since counts as a buyer."""
        bought = sa.exists().where(deal.customer_id == customer.id, deal.sold_at.is_not(None))
        query = (
            sa.select(customer.owner_id, customer.source, sa.func.count(), count_if(bought))
            .where(*of_customers(scope), customer.created_at >= start, customer.created_at < end)
            .group_by(customer.owner_id, customer.source)
        )
        return [ArrivalSum(owner, source, count, int(buyers)) for owner, source, count, buyers in self._rows(query)]

    def sales(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[SaleSum]:
        """Deals that became sales in the period, by source and currency."""
        query = (
            sa.select(deal.owner_id, deal_source, CURRENCY, sa.func.count(), sa.func.sum(_NET))
            .select_from(deals_from())
            .where(*of_deals(scope), deal.sold_at >= start, deal.sold_at < end)
            .group_by(deal.owner_id, deal_source, CURRENCY)
        )
        return [SaleSum(owner, source, cur, count, int(net)) for owner, source, cur, count, net in self._rows(query)]

    def losses(self, scope: Scope, *, by: LossBy, start: datetime, end: datetime) -> Sequence[LossSum]:
        """Deals lost in the period."""
        key = _LOST_BY[by]
        query = (
            sa.select(key, CURRENCY, sa.func.count(), sa.func.sum(_NET))
            .select_from(deals_from())
            .where(*of_deals(scope), IS_LOST, deal.closed_at >= start, deal.closed_at < end)
            .group_by(key, CURRENCY)
        )
        return [LossSum(value, currency, count, int(net)) for value, currency, count, net in self._rows(query)]

    def _rows(self, query: sa.Select[Any]) -> Sequence[Any]:
        return self._session.execute(query).all()


def _not_null(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """False where it compares with nothing."""
    return sa.func.coalesce(condition, sa.false())
