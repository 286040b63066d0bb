"""What the queries share: conditions of a scope, and the figures that both databases must give alike."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.agenda import Outcome, Status
from domain.opportunities import OPEN_STAGES, Stage
from domain.ports import Owners
from domain.reports.queries import Scope
from storage.dialects import is_postgresql
from storage.tables import business as t

deal = t.opportunities.c
customer = t.customers.c
activity = t.activities.c

IS_OPEN = deal.stage.in_(OPEN_STAGES)
IS_WON = deal.stage == Stage.WON
IS_LOST = deal.stage == Stage.LOST
CURRENCY = sa.func.coalesce(deal.value_currency, "")
deal_source = sa.func.coalesce(deal.source, customer.source, type_=deal.source.type)
"""A deal's own, else its customer's."""

# An attempt that reached nobody is no contact.
IS_CONTACT = sa.and_(
    activity.status == Status.DONE,
    sa.or_(activity.outcome.is_(None), activity.outcome.not_in((Outcome.NO_ANSWER, Outcome.NO_SHOW))),
)
IS_ATTEMPT = sa.or_(
    activity.status == Status.NO_SHOW,
    sa.and_(activity.status == Status.DONE, activity.outcome.in_((Outcome.NO_ANSWER, Outcome.NO_SHOW))),
)


def count_if(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """How many rows of a group fulfil it."""
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def sum_if(condition: sa.ColumnElement[bool], value: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """The sum of a value over the rows of a group that fulfil it."""
    return sa.func.coalesce(sa.func.sum(sa.case((condition, value), else_=0)), 0)


def of_owner(column: sa.ColumnElement[Any], owners: Owners) -> list[sa.ColumnElement[bool]]:
    """Whose; the company's rows have no owner."""
    if owners.everybody:
        return []
    return [column.is_(None)] if owners.company else [column == owners.agent_id]


def of_deals(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """The scope on deals joined with their customers."""
    conditions = of_owner(deal.owner_id, scope.owners)
    if scope.customer_ids:
        conditions.append(deal.customer_id.in_(scope.customer_ids))
    if scope.source:
        conditions.append(deal_source == scope.source)
    if scope.stage:
        conditions.append(deal.stage == scope.stage)
    return conditions


def of_customers(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """The scope on customers; an erased one is in no report."""
    conditions = [*of_owner(customer.owner_id, scope.owners), customer.erased_at.is_(None)]
    if scope.customer_ids:
        conditions.append(customer.id.in_(scope.customer_ids))
    if scope.source:
        conditions.append(customer.source == scope.source)
    return conditions


def deals_from() -> sa.Join:
    """Deals with their customers."""
    return t.opportunities.join(t.customers, customer.id == deal.customer_id)


def seconds_of(session: Session, instant: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """Whole seconds since 1970."""
    epoch = sa.extract("epoch", instant)
    return sa.cast(sa.func.floor(epoch), sa.BigInteger) if is_postgresql(session) else epoch
