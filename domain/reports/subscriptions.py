"""Reports that come by themselves, and the note of who was handed many customers' contacts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from domain import permissions
from domain.calendar import is_absent, is_working_day
from domain.errors import InvalidValueError, NotFoundError
from domain.ports import UnitOfWork
from domain.reports.make import CONTACTS_TOLD, checked
from domain.reports.request import ReportRequest
from domain.team import Agent

MOST = 20  # of one person; more would drown the chat


class Recurrence(StrEnum):
    """Each working day, the first working day of the month, or that weekday."""

    DAILY = "daily"
    MONTHLY = "monthly"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


_WEEKDAYS = tuple(Recurrence)[2:]


@dataclass(eq=False)
class Subscription:
    """A report for one person at a local hour; `request` is a `ReportRequest` as JSON, its period that of each day's default."""

    agent_id: int
    request: dict[str, Any]
    recurrence: Recurrence
    at: time
    created_at: datetime
    format: str = "pdf"
    paused: bool = False
    id: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)

    @property
    def asked(self) -> ReportRequest:
        """What it asks for."""
        return ReportRequest.of_json(self.request)


@dataclass(eq=False)
class Disclosure:
    """A document with the contacts of so many customers was handed to somebody; to the command line without an agent."""

    agent_id: int | None
    report: str
    customers: int
    at: datetime
    id: int = field(default=0, kw_only=True)


def subscribe(
    uow: UnitOfWork, actor: Agent, *, request: ReportRequest, recurrence: Recurrence, at: time, format_: str = "pdf"
) -> Subscription:
    """Let a report come by itself; raises as `make_report` does, and InvalidValueError where there are too many."""
    checked(uow, actor, request)
    if len(uow.subscriptions.of_agent(actor.id)) >= MOST:
        raise InvalidValueError("subscriptions_most", limit=MOST)
    subscription = Subscription(actor.id, request.as_json(), recurrence, at, uow.now, format_)
    uow.subscriptions.add(subscription)
    uow.flush()
    return subscription


def subscriptions_of(uow: UnitOfWork, actor: Agent) -> Sequence[Subscription]:
    """The actor's own, oldest first."""
    permissions.require_active(actor)
    return uow.subscriptions.of_agent(actor.id)


def pause(uow: UnitOfWork, actor: Agent, *, subscription_id: int, paused: bool) -> Subscription:
    """Let it rest, or go on."""
    subscription = _own(uow, actor, subscription_id)
    subscription.paused = paused
    return subscription


def end(uow: UnitOfWork, actor: Agent, *, subscription_id: int) -> Subscription:
    """Let it come no more."""
    subscription = _own(uow, actor, subscription_id)
    uow.subscriptions.remove(subscription)
    return subscription


def is_due(uow: UnitOfWork, agent: Agent, subscription: Subscription) -> bool:
    """Whether it is to come on the agent's local day, its hour having struck since it was ordered; never while the agent is away."""
    now = agent.local(uow.now)
    if subscription.paused or now.time() < subscription.at or is_absent(uow, agent, now.date()):
        return False
    if agent.local(subscription.created_at) >= datetime.combine(now.date(), subscription.at, tzinfo=agent.zone):
        return False
    return _falls_on(uow, agent, subscription.recurrence, now.date())


def disclose(uow: UnitOfWork, agent_id: int | None, *, report: str, customers: int) -> bool:
    """Note that contacts of many customers were handed over; False where there are too few to tell."""
    if customers <= CONTACTS_TOLD:
        return False
    uow.subscriptions.add_disclosure(Disclosure(agent_id, report, customers, uow.now))
    return True


def _falls_on(uow: UnitOfWork, agent: Agent, recurrence: Recurrence, day: date) -> bool:
    if recurrence is Recurrence.DAILY:
        return is_working_day(uow, agent, day)
    if recurrence is Recurrence.MONTHLY:
        before = (day.replace(day=earlier) for earlier in range(1, day.day))
        return is_working_day(uow, agent, day) and not any(is_working_day(uow, agent, one) for one in before)
    return recurrence is _WEEKDAYS[day.weekday()]


def _own(uow: UnitOfWork, actor: Agent, subscription_id: int) -> Subscription:
    permissions.require_active(actor)
    subscription = uow.subscriptions.get(subscription_id)
    if subscription is None or subscription.agent_id != actor.id:
        raise NotFoundError
    return subscription
