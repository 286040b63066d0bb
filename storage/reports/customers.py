"""Customers: who was not spoken with, how they are reached, and how they stand."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.agenda import Status
from domain.customers import Relationship
from domain.opportunities import OPEN_STAGES, Stage
from domain.relationships import DORMANT_AFTER
from domain.reports.queries import ContactRow, InactiveRow, Scope, StatusRow
from storage.reports.parts import IS_ATTEMPT, IS_CONTACT, activity, customer, deal, of_customers
from storage.tables import business as t
from storage.types import Choice, UtcDateTime

_BY_NAME = (customer.sort_name, customer.id)
_PLACE: dict[Any, int] = {stage: place for place, stage in enumerate(OPEN_STAGES)}


class CustomerQueries:
    """Of `domain.reports.queries.ReportQueries`."""

    _session: Session

    def inactive(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[InactiveRow]:
        """Known before `start` and not spoken with in [start, end); who was never reached first, then the longest silence."""
        chosen = sa.select(customer.id).where(*of_customers(scope), customer.created_at < start)
        spoken = (
            sa.select(activity.customer_id)
            .where(IS_CONTACT, activity.done_at >= start, activity.done_at < end, activity.customer_id.is_not(None))
            .distinct()
        )
        last = (
            sa.select(
                activity.customer_id,
                sa.func.max(sa.case((IS_CONTACT, activity.done_at)), type_=UtcDateTime).label("contact"),
                sa.func.max(sa.case((IS_ATTEMPT, activity.done_at)), type_=UtcDateTime).label("attempt"),
            )
            .where(activity.customer_id.in_(chosen))
            .group_by(activity.customer_id)
            .subquery()
            .c
        )
        worth = (
            sa.select(
                deal.customer_id,
                deal.value_currency.label("currency"),
                sa.func.count().label("deals"),
                sa.func.coalesce(sa.func.sum(deal.net_minor), 0).label("net"),
            )
            .where(deal.stage.in_(OPEN_STAGES))
            .group_by(deal.customer_id, deal.value_currency)
            .subquery()
            .c
        )
        query = (
            sa.select(
                customer.id,
                customer.owner_id,
                customer.name,
                _first_phone(),
                last.contact,
                last.attempt,
                customer.created_at,
                worth.currency,
                sa.func.coalesce(worth.deals, 0),
                sa.cast(sa.func.coalesce(worth.net, 0), sa.BigInteger),  # a sum of PostgreSQL's is a decimal
            )
            .select_from(
                t.customers.outerjoin(last.contact.table, last.customer_id == customer.id).outerjoin(
                    worth.deals.table, worth.customer_id == customer.id
                )
            )
            .where(*of_customers(scope), customer.created_at < start, customer.id.not_in(spoken))
            .order_by(last.contact.is_not(None), last.contact, *_BY_NAME, worth.currency.is_(None), worth.currency)
        )
        return [InactiveRow(*row) for row in self._session.execute(query).all()]

    def contacts(self, scope: Scope) -> Sequence[ContactRow]:
        """By name; numbers and addresses in two looks, whatever the number of customers."""
        conditions = of_customers(scope)
        chosen = sa.select(customer.id).where(*conditions)
        phones = self._parts(t.customer_phones, t.customer_phones.c.e164, chosen)
        emails = self._parts(t.customer_emails, t.customer_emails.c.address, chosen)
        query = (
            sa.select(
                customer.id,
                customer.owner_id,
                customer.name,
                customer.town,
                customer.source,
                customer.interest,
                customer.created_at,
            )
            .where(*conditions)
            .order_by(*_BY_NAME)
        )
        return [
            ContactRow(row.id, row.owner_id, row.name, tuple(phones[row.id]), tuple(emails[row.id]), *row[3:])
            for row in self._session.execute(query)
        ]

    def _parts(
        self, table: sa.Table, value: sa.ColumnElement[Any], chosen: sa.Select[tuple[int]]
    ) -> dict[int, list[str]]:
        query = (
            sa.select(table.c.customer_id, value)
            .where(table.c.customer_id.in_(chosen))
            .order_by(table.c.customer_id, table.c.position, table.c.id)
        )
        found: dict[int, list[str]] = defaultdict(list)
        for customer_id, part in self._session.execute(query):
            found[customer_id].append(part)
        return found

    def statuses(self, scope: Scope, *, now: datetime) -> Sequence[StatusRow]:
        """Those who may still buy: prospects, active ones, and whoever has an open deal; by name."""
        contact = _last_contact()
        best = t.opportunities.alias("best")
        upcoming = t.activities.alias("upcoming")
        relationship = sa.case(
            (customer.relationship_set.is_not(None), customer.relationship_set),
            (_has(deal.sold_at.is_not(None)), Relationship.CUSTOMER.value),
            (_has(sa.or_(deal.stage.in_(OPEN_STAGES), deal.stage == Stage.WON)), Relationship.ACTIVE.value),
            (_last_closed() == Stage.LOST, Relationship.LOST.value),
            (_silent(contact.last, now), Relationship.DORMANT.value),
            else_=Relationship.PROSPECT.value,
        )
        found = (
            sa.select(
                customer.id,
                customer.owner_id,
                customer.name,
                customer.sort_name,
                sa.type_coerce(relationship, Choice(Relationship)).label("relationship"),
                best.c.stage,
                best.c.model,
                best.c.net_minor,
                best.c.value_currency,
                contact.last,
                upcoming.c.day,
                upcoming.c.kind,
            )
            .select_from(
                t.customers.outerjoin(contact.last.table, contact.customer_id == customer.id)
                .outerjoin(best, best.c.id == _furthest_deal())
                .outerjoin(upcoming, upcoming.c.id == _next_step())
            )
            .where(*of_customers(scope))
            .subquery()
            .c
        )
        may_buy = sa.or_(found.relationship.in_((Relationship.PROSPECT, Relationship.ACTIVE)), found.stage.is_not(None))
        columns = [column for column in found if column.key != "sort_name"]
        query = sa.select(*columns).where(may_buy).order_by(found.sort_name, found.id)
        return [StatusRow(*row) for row in self._session.execute(query)]


def _first_phone() -> sa.ScalarSelect[str]:
    phone = t.customer_phones.c
    own = sa.select(phone.e164).where(phone.customer_id == customer.id)
    return own.order_by(phone.position, phone.id).limit(1).scalar_subquery()


def _last_contact() -> Any:
    return (
        sa.select(activity.customer_id, sa.func.max(activity.done_at, type_=UtcDateTime).label("last"))
        .where(IS_CONTACT, activity.customer_id.is_not(None))
        .group_by(activity.customer_id)
        .subquery()
        .c
    )


def _furthest_deal() -> sa.ScalarSelect[int]:
    """The customer's open deal that has come furthest; looked up by index, which SQLite does not for a ranking."""
    furthest = sa.case(_PLACE, value=deal.stage).desc()
    of_customer = sa.select(deal.id).where(deal.customer_id == customer.id, deal.stage.in_(OPEN_STAGES))
    return of_customer.order_by(furthest, deal.id.desc()).limit(1).correlate(t.customers).scalar_subquery()


def _next_step() -> sa.ScalarSelect[int]:
    """What is planned with the customer next."""
    order = (activity.day, activity.starts_at.is_(None), activity.starts_at, activity.id)
    planned = sa.select(activity.id).where(activity.customer_id == customer.id, activity.status == Status.PLANNED)
    return planned.order_by(*order).limit(1).correlate(t.customers).scalar_subquery()


def _has(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(deal.customer_id == customer.id, condition)


def _last_closed() -> sa.ScalarSelect[Any]:
    """The stage of the deal that was closed last."""
    closed = sa.func.coalesce(deal.closed_at, deal.changed_at)
    of_customer = sa.select(deal.stage).where(deal.customer_id == customer.id)
    return of_customer.order_by(closed.desc(), deal.id.desc()).limit(1).correlate(t.customers).scalar_subquery()


def _silent(contact: sa.ColumnElement[Any], now: datetime) -> sa.ColumnElement[bool]:
    """For so long that the customer counts as dormant."""
    since = sa.literal(now - DORMANT_AFTER, UtcDateTime)
    return sa.and_(customer.created_at < since, sa.or_(contact.is_(None), contact < since))
