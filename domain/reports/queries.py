"""What reports ask the database for: sums and rows made where the data is; `storage.reports` answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from domain.agenda import Importance, Kind, Outcome, Status
from domain.customers import Relationship, Source
from domain.opportunities import Stage
from domain.ports import Owners, UnitOfWork


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows, and which of them; an empty filter takes all."""

    owners: Owners
    customer_ids: tuple[int, ...] = ()
    source: Source | None = None
    stage: Stage | None = None


class PlanBy(StrEnum):
    """What a sales plan's lines are."""

    CLIENT = "client"
    STAGE = "stage"


class LossBy(StrEnum):
    """What losses are counted by."""

    REASON = "reason"
    COMPETITOR = "competitor"
    MODEL = "model"


class DealRow(NamedTuple):
    """One deal; `net` in minor units."""

    id: int
    agent_id: int
    customer: str
    model: str | None
    stage: Stage
    net: int | None
    currency: str | None
    probability: int
    close_on: date | None
    source: Source | None
    created_at: datetime
    closed_at: datetime | None
    sold_at: datetime | None


class PlanSum(NamedTuple):
    """Deals of an agent, customer or stage, and currency: open ones to come, and won ones; `weighted` is times 100."""

    agent_id: int
    customer_id: int | None
    customer: str | None
    stage: Stage | None
    currency: str
    dated: bool  # it closes in the period; otherwise its day is past, or not known
    open_deals: int
    net: int
    weighted: int
    won_deals: int
    won: int
    sold: int


class SourceSum(NamedTuple):
    """Deals opened in the period, by the agent, the source and the currency; `weighted` is of the open ones, times 100."""

    agent_id: int
    source: Source | None
    currency: str
    deals: int
    open_deals: int
    won_deals: int
    lost_deals: int
    net: int
    weighted: int
    won: int


class ArrivalSum(NamedTuple):
    """Customers who came in the period, and those of them who have bought."""

    agent_id: int | None
    source: Source | None
    customers: int
    buyers: int


class SaleSum(NamedTuple):
    """Deals that became sales in the period."""

    agent_id: int
    source: Source | None
    currency: str
    deals: int
    net: int


class StageNow(NamedTuple):
    """Deals that stand in a stage now."""

    agent_id: int
    stage: Stage
    currency: str
    deals: int
    net: int
    weighted: int


class StageMoves(NamedTuple):
    """Deals that came to `stage` in the period, by where they went next (None: still there); seconds spent there."""

    agent_id: int
    stage: Stage
    following: Stage | None
    deals: int
    seconds: int


class LossSum(NamedTuple):
    """Deals lost in the period, by reason, competitor or model."""

    key: str | None
    currency: str
    deals: int
    net: int


class InactiveRow(NamedTuple):
    """A customer without a contact in the period, with the value of the open deals in one currency."""

    customer_id: int
    agent_id: int | None
    customer: str
    phone: str | None
    last_contact: datetime | None
    last_attempt: datetime | None
    since: datetime
    currency: str | None
    open_deals: int
    net: int


class ContactRow(NamedTuple):
    """How a customer is reached; several numbers and addresses by position."""

    customer_id: int
    agent_id: int | None
    customer: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    town: str | None
    source: Source | None
    interest: str | None
    created_at: datetime


class StatusRow(NamedTuple):
    """Where a customer stands, with the furthest open deal and what comes next."""

    customer_id: int
    agent_id: int | None
    customer: str
    relationship: Relationship
    stage: Stage | None
    model: str | None
    net: int | None
    currency: str | None
    last_contact: datetime | None
    next_day: date | None
    next_kind: Kind | None


class ActivityRow(NamedTuple):
    """One activity."""

    id: int
    agent_id: int
    customer: str | None
    kind: Kind
    title: str
    importance: Importance
    status: Status
    outcome: Outcome | None
    day: date
    starts_at: datetime | None
    note: str | None


class ReportQueries(Protocol):
    """Instants are UTC, ranges [start, end); days are local, both included."""

    def deals(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[DealRow]:
        """Opened in the period, in that order."""
        ...

    def plan(
        self, scope: Scope, *, by: PlanBy, first: date, last: date, start: datetime, end: datetime, today: date
    ) -> Sequence[PlanSum]: ...
    def sources(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[SourceSum]: ...
    def arrivals(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[ArrivalSum]: ...
    def sales(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[SaleSum]: ...
    def stages_now(self, scope: Scope) -> Sequence[StageNow]: ...
    def stage_moves(self, scope: Scope, *, start: datetime, end: datetime, now: datetime) -> Sequence[StageMoves]: ...
    def losses(self, scope: Scope, *, by: LossBy, start: datetime, end: datetime) -> Sequence[LossSum]: ...
    def inactive(self, scope: Scope, *, start: datetime, end: datetime) -> Sequence[InactiveRow]:
        """Known before `start` and not spoken with in [start, end); who was never reached first, then the longest silence."""
        ...

    def contacts(self, scope: Scope) -> Sequence[ContactRow]:
        """By name."""
        ...

    def statuses(self, scope: Scope, *, now: datetime) -> Sequence[StatusRow]:
        """Those who may still buy: prospects, active ones, and whoever has an open deal; by name."""
        ...

    def activities(self, scope: Scope, *, first: date, last: date) -> Sequence[ActivityRow]:
        """In the day's order; cancelled ones too."""
        ...


class ReportUnit(UnitOfWork, Protocol):
    """A look at the database from which one report is made."""

    reports: ReportQueries
