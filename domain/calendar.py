"""Which days are worked: an agent's weekdays, less legal holidays, closures of the house and absences."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.ports import UnitOfWork
from domain.team import Agent


@dataclass(eq=False)
class Closure:
    """A day on which the dealership is closed."""

    day: date
    reason: str = ""
    id: int = field(default=0, kw_only=True)


@dataclass(eq=False)
class Absence:
    """Days (both included) on which an agent is away: no push, shown in the team."""

    agent_id: int
    first: date
    last: date
    id: int = field(default=0, kw_only=True)


def is_absent(uow: UnitOfWork, agent: Agent, day: date) -> bool:
    """Whether the agent is away on that local day."""
    return bool(uow.calendar.absences(agent.id, day, day))


def is_working_day(uow: UnitOfWork, agent: Agent, day: date) -> bool:
    """Whether the agent works on that local day."""
    return (
        str(day.isoweekday()) in agent.working_days
        and not uow.holidays.is_holiday(day)
        and not uow.calendar.closures(day, day)
        and not is_absent(uow, agent, day)
    )


def next_working_day(uow: UnitOfWork, agent: Agent, day: date) -> date:
    """The first working day after `day`; after a month without one, the next day (somebody must be told)."""
    for ahead in range(1, 32):
        candidate = day + timedelta(days=ahead)
        if is_working_day(uow, agent, candidate):
            return candidate
    return day + timedelta(days=1)


def within_hours(agent: Agent, instant: datetime) -> bool:
    """Whether `instant` (aware) lies in the agent's hours, the only time when anything is pushed."""
    return agent.work_from <= agent.local(instant).time() < agent.work_to
