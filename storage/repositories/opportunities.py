"""Opportunities, their sums by stage and month, and the deals that nobody looks after."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.agenda import Status
from domain.money import Basis, Money, Price
from domain.opportunities import CLOSED_STAGES, OPEN_STAGES, Opportunity, Stage, StageChange
from domain.pipeline import DealFilter, Grouping, GroupSum, MonthSum, Neglect, StageSum
from domain.ports import Edit, Owners
from storage.images import Image, values_of
from storage.tables import business as t
from storage.tables import history

_c = t.opportunities.c
_ORDER: dict[Any, int] = {stage: place for place, stage in enumerate((*OPEN_STAGES, *CLOSED_STAGES))}
_FURTHEST_FIRST = (sa.case(_ORDER, value=_c.stage).desc(), _c.close_on.is_(None), _c.close_on, _c.id.desc())
_FINISHED = (Status.DONE, Status.NO_SHOW)
_EDITED = (
    *("stage", "probability", "model", "value", "close_on", "quantity", "deadline", "decision_maker", "source"),
    *("loss_reason", "loss_note", "competitor", "owner_id", "sold_at"),
)


class Opportunities:
    """`domain.ports.OpportunityRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, opportunity: Opportunity) -> None:
        self._session.add(opportunity)

    def get(self, opportunity_id: int) -> Opportunity | None:
        return self._session.get(Opportunity, opportunity_id)

    def of_customer(self, customer_id: int) -> Sequence[Opportunity]:
        """All of a customer's, open ones first, then the newest."""
        query = sa.select(Opportunity).where(_c.customer_id == customer_id)
        return self._session.scalars(query.order_by(_c.stage.in_(CLOSED_STAGES), _c.id.desc())).all()

    def page(self, wanted: DealFilter, *, offset: int, limit: int) -> Sequence[Opportunity]:
        """The furthest stage first, then the earliest closing date."""
        query = sa.select(Opportunity).where(*_wanted(wanted)).order_by(*_FURTHEST_FIRST)
        return self._session.scalars(query.offset(offset).limit(limit)).all()

    def stage_sums(self, wanted: DealFilter) -> Sequence[StageSum]:
        """By stage and currency, in the order of stages; deals without a value under currency ""."""
        currency = sa.func.coalesce(_c.value_currency, "")
        query = (
            sa.select(
                _c.stage,
                currency.label("currency"),
                sa.func.count().label("deals"),
                sa.func.coalesce(sa.func.sum(_c.net_minor), 0).label("net"),
                sa.func.coalesce(sa.func.sum(_c.net_minor * _c.probability), 0).label("weighted"),
            )
            .where(*_wanted(wanted))
            .group_by(_c.stage, currency)
        )
        sums = [
            StageSum(row.stage, row.currency, row.deals, int(row.net), int(row.weighted))
            for row in self._session.execute(query)
        ]
        return sorted(sums, key=lambda one: (_ORDER[one.stage], one.currency))

    def group_sums(self, wanted: DealFilter, *, by: Grouping) -> Sequence[GroupSum]:
        """By customer or agent and currency; the largest sum first."""
        key = _c.owner_id if by is Grouping.AGENT else _c.customer_id
        currency = sa.func.coalesce(_c.value_currency, "")
        net = sa.func.coalesce(sa.func.sum(_c.net_minor), 0)
        weighted = sa.func.coalesce(sa.func.sum(_c.net_minor * _c.probability), 0)
        query = (
            sa.select(key, currency, sa.func.count(), net, weighted)
            .where(*_wanted(wanted))
            .group_by(key, currency)
            .order_by(net.desc(), key)
        )
        return [
            GroupSum(owner, currency, count, int(total), int(weight))
            for owner, currency, count, total, weight in self._session.execute(query)
        ]

    def months(self, owners: Owners, *, first: date, last: date, today: date, zone: ZoneInfo) -> Sequence[MonthSum]:
        """By month and currency; open deals whose closing date is past or missing under None."""
        found: dict[tuple[date | None, str], dict[str, int]] = {}
        for month, currency, count, weighted in self._weighted(owners, first=first, last=last, today=today):
            found[month, currency] = {"count": count, "weighted": weighted}
        for month, currency, count, won, sold in self._won(owners, first=first, last=last, zone=zone):
            sums = found.setdefault((month, currency), {"count": 0, "weighted": 0})
            sums["count"] += count
            sums |= {"won": won, "sold": sold}
        return [
            MonthSum(
                month=month,
                currency=currency,
                weighted=Money((sums["weighted"] + 50) // 100, currency),
                won=Money(sums.get("won", 0), currency),
                sold=Money(sums.get("sold", 0), currency),
                count=sums["count"],
            )
            for (month, currency), sums in sorted(found.items(), key=lambda one: (one[0][0] or date.max, one[0][1]))
        ]

    def _weighted(
        self, owners: Owners, *, first: date, last: date, today: date
    ) -> list[tuple[date | None, str, int, int]]:
        """Open deals by the month in which they are to close; the range limits those that have a date to come."""
        overdue = sa.or_(_c.close_on.is_(None), _c.close_on < today)
        months = _months(first, last)
        month = sa.case(
            (overdue, -1), *((_c.close_on <= end, place) for place, (_, end) in enumerate(months)), else_=None
        ).label("month")
        query = (
            sa.select(
                month,
                _c.value_currency,
                sa.func.count(),
                sa.func.coalesce(sa.func.sum(_c.net_minor * _c.probability), 0),
            )
            .where(
                *_of(owners),
                _c.stage.in_(OPEN_STAGES),
                _c.value_currency.is_not(None),
                sa.or_(overdue, _c.close_on.between(first, last)),
            )
            .group_by(month, _c.value_currency)
        )
        return [
            (None if place < 0 else months[place][0].replace(day=1), currency, count, int(weighted))
            for place, currency, count, weighted in self._session.execute(query)
        ]

    def _won(self, owners: Owners, *, first: date, last: date, zone: ZoneInfo) -> list[tuple[date, str, int, int, int]]:
        """What was won in each month of the zone's calendar, and of that what Sales has accepted."""
        months = _months(first, last)
        ends = [_midnight(date.fromordinal(end.toordinal() + 1), zone) for _, end in months]
        month = sa.case(*((_c.closed_at < end, place) for place, end in enumerate(ends)), else_=None).label("month")
        sold = sa.func.sum(sa.case((_c.sold_at.is_not(None), _c.net_minor), else_=0))
        query = (
            sa.select(month, _c.value_currency, sa.func.count(), sa.func.sum(_c.net_minor), sold)
            .where(
                *_of(owners),
                _c.stage == Stage.WON,
                _c.value_currency.is_not(None),
                _c.closed_at >= _midnight(first, zone),
                _c.closed_at < ends[-1],
            )
            .group_by(month, _c.value_currency)
        )
        return [
            (months[place][0].replace(day=1), currency, count, int(won), int(accepted))
            for place, currency, count, won, accepted in self._session.execute(query)
        ]

    def neglected(
        self,
        *,
        now: datetime,
        untouched_since: datetime,
        limit: int,
        owner_id: int | None = None,
        among: Sequence[int] | None = None,
    ) -> list[Neglect]:
        """Open deals (of one owner, or of those ids) with nothing planned with the customer, or untouched since."""
        last_done, has_next, untouched = _last_done(), _has_next(), _untouched(untouched_since)
        whose = [] if owner_id is None else [_c.owner_id == owner_id]
        these = [] if among is None else [_c.id.in_(among)]
        query = (
            sa.select(Opportunity, has_next.label("has_next"), untouched.label("untouched"), last_done.label("last"))
            .where(*whose, *these, _c.stage.in_(OPEN_STAGES), sa.or_(~has_next, untouched))
            .order_by(_c.changed_at, _c.id)
            .limit(limit)
        )
        return [
            Neglect(
                opportunity=deal,
                no_next=not has_next,
                untouched_days=(now - max(deal.changed_at, _instant(last) or deal.changed_at)).days
                if untouched
                else None,
            )
            for deal, has_next, untouched, last in self._session.execute(query)
        ]

    def add_change(self, change: StageChange) -> None:
        self._session.add(change)

    def changes(self, opportunity_id: int) -> Sequence[StageChange]:
        """Oldest first."""
        self._session.flush()
        columns = t.stage_changes.c
        query = sa.select(StageChange).where(columns.opportunity_id == opportunity_id)
        return self._session.scalars(query.order_by(columns.id)).all()

    def edits(
        self, opportunity_id: int, *, since: datetime | None = None, version: int | None = None
    ) -> Sequence[Edit]:
        """Who changed which value of the deal since then, or since that version of it, oldest first; undone ones too."""
        audit = history.audit.c
        later = [] if since is None else [audit.at >= since]
        query = (
            sa.select(audit.agent_id, audit.at, audit.before, audit.after)
            .where(audit.table_name == t.opportunities.name, audit.row_id == opportunity_id, *later)
            .order_by(audit.id)
        )
        self._session.flush()
        found: list[Edit] = []
        for row in self._session.execute(query):
            if row.before is None or row.after is None or (version is not None and row.after["version"] <= version):
                continue
            before, after = _values(row.before), _values(row.after)
            found += [
                Edit(agent_id=row.agent_id, at=row.at, name=name, before=before[name], after=after[name])
                for name in _EDITED
                if name in before and name in after and before[name] != after[name]
            ]
        return found


def _values(image: Image) -> dict[str, Any]:
    """The audit's image as the deal's own values; the columns of the price are one of them."""
    values = values_of(t.opportunities, image)
    has_price = values.get("value_minor") is not None
    values["value"] = (
        Price(values["value_minor"], values["value_currency"], Basis(values["value_basis"]), values["value_vat"])
        if has_price
        else None
    )
    return values


def _last_done() -> sa.ScalarSelect[datetime]:
    done = t.activities.alias("done").c
    finished = (done.customer_id == _c.customer_id, done.status.in_(_FINISHED))
    return sa.select(sa.func.max(done.done_at)).where(*finished).scalar_subquery()


def _has_next() -> sa.ColumnElement[bool]:
    planned = t.activities.alias("planned").c
    return sa.exists().where(planned.customer_id == _c.customer_id, planned.status == Status.PLANNED)


def _untouched(since: datetime) -> sa.ColumnElement[bool]:
    last_done = _last_done()
    return sa.and_(_c.changed_at < since, sa.or_(last_done.is_(None), last_done < since))


def _wanted(wanted: DealFilter) -> list[sa.ColumnElement[bool]]:
    conditions = [*_of(wanted.owners), _c.stage.in_(wanted.stages)]
    if wanted.first is not None:
        conditions.append(_c.close_on >= wanted.first)
    if wanted.last is not None:
        conditions.append(_c.close_on <= wanted.last)
    if wanted.least is not None:
        conditions += [_c.value_currency == wanted.least.currency, _c.net_minor >= wanted.least.minor]
    if wanted.most is not None:
        conditions += [_c.value_currency == wanted.most.currency, _c.net_minor <= wanted.most.minor]
    if wanted.model is not None:
        conditions.append(sa.func.lower(_c.model).contains(wanted.model.lower(), autoescape=True))
    if wanted.customer_id is not None:
        conditions.append(_c.customer_id == wanted.customer_id)
    if wanted.source is not None:
        conditions.append(_c.source == wanted.source)
    if wanted.closed is not None:
        conditions += [_c.closed_at >= wanted.closed[0], _c.closed_at < wanted.closed[1]]
    if wanted.untouched_since is not None:
        conditions.append(sa.or_(~_has_next(), _untouched(wanted.untouched_since)))
    return conditions


def _of(owners: Owners) -> list[sa.ColumnElement[bool]]:
    """Deals always have an owner, so the company portfolio adds none."""
    return [] if owners.everybody else [_c.owner_id == owners.agent_id]


def _months(first: date, last: date) -> list[tuple[date, date]]:
    """The parts of the range in each calendar month, as first and last day."""
    months = []
    start = first
    while start <= last:
        following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        months.append((start, min(last, date.fromordinal(following.toordinal() - 1))))
        start = following
    return months


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _instant(value: datetime | None) -> datetime | None:
    """Aware, where an aggregate has lost the column's type."""
    if value is None or value.tzinfo is not None:
        return value
    return value.replace(tzinfo=UTC)
