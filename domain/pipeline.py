"""The pipeline as figures: by stage, by month against what was won, and the deals that nobody looks after."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain import permissions
from domain.customers import Source
from domain.money import Money, totals
from domain.opportunities import OPEN_STAGES, Opportunity, Stage
from domain.ports import Owners, UnitOfWork
from domain.team import Agent


@dataclass(frozen=True, slots=True)
class DealFilter:
    """Which deals: of whom, in which stages, closing in which days (both included), for which net value and model."""

    owners: Owners
    stages: tuple[Stage, ...] = OPEN_STAGES
    first: date | None = None
    last: date | None = None
    least: Money | None = None
    most: Money | None = None
    model: str | None = None
    customer_id: int | None = None
    source: Source | None = None
    closed: tuple[datetime, datetime] | None = None  # won or lost from the first to before the second
    untouched_since: datetime | None = None  # neglected ones alone: nothing planned, or untouched since then


@dataclass(frozen=True, slots=True)
class StageSum:
    """Deals of one stage in one currency; those without a value stand under currency "", with sums of zero."""

    stage: Stage
    currency: str
    count: int
    net: int
    weighted: int  # net times probability, in minor units times 100

    @property
    def money(self) -> Money | None:
        """The sum, net."""
        return Money(self.net, self.currency) if self.currency else None


class Grouping(StrEnum):
    """What sums can be made by, beside the stage."""

    CLIENT = "client"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class GroupSum:
    """Deals of one customer or agent (`key` is its id) in one currency, as `StageSum` has them."""

    key: int
    currency: str
    count: int
    net: int
    weighted: int


@dataclass(frozen=True, slots=True)
class MonthSum:
    """One month in one currency: open deals that are to close in it, weighted; what was won in it; of that, sold."""

    month: date | None  # its first day; None for open deals without a closing date
    currency: str
    weighted: Money
    won: Money
    sold: Money
    count: int


@dataclass(frozen=True, slots=True)
class Neglect:
    """What a deal lacks: something planned with the customer, or anybody's touch for a while."""

    opportunity: Opportunity
    no_next: bool
    untouched_days: int | None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Sums of the deals that a filter gives."""

    stages: tuple[StageSum, ...]
    count: int = 0
    totals: tuple[Money, ...] = field(default=())
    weighted: tuple[Money, ...] = field(default=())


def pipeline(uow: UnitOfWork, actor: Agent, wanted: DealFilter) -> Pipeline:
    """By stage and currency, summed in the database; raises NotAllowedError for somebody else's deals."""
    permissions.require_owners(actor, wanted.owners)
    sums = tuple(uow.opportunities.stage_sums(wanted))
    valued = [one for one in sums if one.currency]
    return Pipeline(
        stages=sums,
        count=sum(one.count for one in sums),
        totals=totals(Money(one.net, one.currency) for one in valued),
        weighted=tuple(
            Money((total.minor + 50) // 100, total.currency)
            for total in totals(Money(one.weighted, one.currency) for one in valued)
        ),
    )


def deals(uow: UnitOfWork, actor: Agent, wanted: DealFilter, *, offset: int, limit: int) -> Sequence[Opportunity]:
    """The deals themselves: furthest stage first, then the earliest closing date."""
    permissions.require_owners(actor, wanted.owners)
    return uow.opportunities.page(wanted, offset=offset, limit=limit)


def forecast(uow: UnitOfWork, actor: Agent, owners: Owners, *, first: date, last: date) -> Sequence[MonthSum]:
    """Months from `first` to `last` (local days, both included) with something in them, by month and currency.

    Open deals whose closing date has gone by, or that have none, stand under None: nobody knows when they close.
    """
    permissions.require_owners(actor, owners)
    today = actor.local(uow.now).date()
    return uow.opportunities.months(owners, first=first, last=last, today=today, zone=actor.zone)


def grouped(uow: UnitOfWork, actor: Agent, wanted: DealFilter, *, by: Grouping) -> Sequence[GroupSum]:
    """By customer or agent and currency, the largest sum first; raises NotAllowedError for somebody else's deals."""
    permissions.require_owners(actor, wanted.owners)
    return uow.opportunities.group_sums(wanted, by=by)


def neglected(uow: UnitOfWork, actor: Agent, *, limit: int) -> list[Neglect]:
    """The actor's open deals with nothing planned, or untouched for the dealer's idle days; the longest first."""
    permissions.require_active(actor)
    return uow.opportunities.neglected(
        owner_id=actor.id, now=uow.now, untouched_since=untouched_since(uow), limit=limit
    )


def neglect_of(uow: UnitOfWork, opportunities: Sequence[Opportunity]) -> dict[int, Neglect]:
    """What each of these deals lacks, by its id; those that lack nothing are not in it."""
    ids = [one.id for one in opportunities]
    if not ids:
        return {}
    found = uow.opportunities.neglected(now=uow.now, untouched_since=untouched_since(uow), limit=len(ids), among=ids)
    return {one.opportunity.id: one for one in found}


def untouched_since(uow: UnitOfWork) -> datetime:
    """Who was touched later than this is not idle."""
    return uow.now - timedelta(days=uow.defaults.idle_days)
