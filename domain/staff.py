"""The director and the team: load, invitations, suspension, the deputy, absences and closures of the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import permissions
from domain.agenda import is_overdue
from domain.calendar import Absence, Closure
from domain.errors import ConflictError, InvalidValueError, NotFoundError
from domain.money import Money
from domain.pipeline import DealFilter, Grouping
from domain.ports import EVERY, Owners, UnitOfWork
from domain.team import Agent, AgentStatus, Role, invite

LONGEST_ABSENCE = 366  # days, both ends included; a longer one is a slip of the year
LONGEST_CLOSURE = 31
AHEAD = timedelta(days=800)  # how far closures and absences are looked up


@dataclass(frozen=True, slots=True)
class Load:
    """What one person of the team has to do; `away_until` is the last day of today's absence."""

    agent: Agent
    customers: int
    deals: int
    sums: tuple[Money, ...]  # net value of the open deals, a currency each
    overdue: int
    last_active: datetime | None
    away_until: date | None


def team_load(uow: UnitOfWork, actor: Agent) -> list[Load]:
    """Everybody's load, by name."""
    permissions.require_director(actor)
    deals = uow.opportunities.group_sums(DealFilter(Owners(None, everybody=True)), by=Grouping.AGENT)
    active = uow.team.last_active()
    loads = []
    for agent in uow.team.all():
        own = [one for one in deals if one.key == agent.id]
        today = agent.local(uow.now).date()
        planned = uow.activities.planned_before(agent.id, today, limit=EVERY)
        away = uow.calendar.absences(agent.id, today, today)
        loads.append(
            Load(
                agent=agent,
                customers=uow.customers.count(Owners(agent.id)),
                deals=sum(one.count for one in own),
                sums=tuple(Money(one.net, one.currency) for one in own if one.currency),
                overdue=sum(is_overdue(item, agent, uow.now) for item in planned),
                last_active=active.get(agent.id),
                away_until=max((one.last for one in away), default=None),
            )
        )
    return loads


def invite_agent(uow: UnitOfWork, actor: Agent, *, name: str, role: Role) -> str:
    """The code that lets somebody in once; raises InvalidValueError for an empty name."""
    permissions.require_director(actor)
    return invite(uow, name=name, role=role)


def suspend(uow: UnitOfWork, actor: Agent, *, agent_id: int) -> Agent:
    """Let somebody in no more, from now on; a deputy is one no longer. Raises ConflictError for the last active director."""
    agent = _agent(uow, actor, agent_id)
    if agent.status is AgentStatus.SUSPENDED:
        raise ConflictError("suspended_already", name=agent.name)
    if agent.role is Role.DIRECTOR:
        # Locked: two directors who suspend each other at once must not both succeed.
        others = [one for one in uow.team.hold_directors() if one.status is AgentStatus.ACTIVE and one.id != agent.id]
        if not others:
            raise ConflictError("last_director")
    if agent.id == actor.id:
        raise InvalidValueError("suspend_self")
    agent.status, agent.deputy = AgentStatus.SUSPENDED, False
    return agent


def reactivate(uow: UnitOfWork, actor: Agent, *, agent_id: int) -> Agent:
    """Let a suspended person in again."""
    agent = _agent(uow, actor, agent_id)
    if agent.status is AgentStatus.ACTIVE:
        raise ConflictError("active_already", name=agent.name)
    agent.status = AgentStatus.ACTIVE
    return agent


def name_deputy(uow: UnitOfWork, actor: Agent, *, agent_id: int, deputy: bool) -> Agent:
    """Make an agent the one who decides in the director's place, or end it; there is one deputy at a time."""
    agent = _agent(uow, actor, agent_id)
    if deputy and agent.status is not AgentStatus.ACTIVE:
        raise InvalidValueError("agent_suspended", name=agent.name)
    if deputy and agent.role is Role.DIRECTOR:
        raise InvalidValueError("deputy_director", name=agent.name)
    for other in uow.team.all():
        if deputy and other.deputy and other.id != agent.id:
            other.deputy = False
    agent.deputy = deputy
    return agent


def add_absence(uow: UnitOfWork, actor: Agent, *, agent_id: int, first: date, last: date) -> Absence:
    """Somebody is away from `first` to `last`, both included: the own absence, or anybody's where the director says so."""
    agent = _own_or_any(uow, actor, agent_id)
    _check_days(first, last, today=agent.local(uow.now).date(), longest=LONGEST_ABSENCE)
    if any(one.first <= first and last <= one.last for one in uow.calendar.absences(agent.id, first, last)):
        raise ConflictError("absence_known")
    absence = Absence(agent.id, first, last)
    uow.calendar.add_absence(absence)
    uow.flush()
    return absence


def end_absence(uow: UnitOfWork, actor: Agent, *, absence_id: int) -> Agent:
    """One that has begun ended yesterday, one to come is dropped; returns who is back."""
    permissions.require_active(actor)
    absence = uow.calendar.absence(absence_id)
    if absence is None or (actor.role is not Role.DIRECTOR and absence.agent_id != actor.id):
        raise NotFoundError
    agent = _own_or_any(uow, actor, absence.agent_id)
    today = agent.local(uow.now).date()
    if absence.last < today:
        raise ConflictError("absence_over")
    if absence.first < today:
        absence.last = today - timedelta(days=1)
    else:
        uow.calendar.remove(absence)
    return agent


def absences_of(uow: UnitOfWork, actor: Agent, *, agent_id: int) -> Sequence[Absence]:
    """Somebody's absences that are not over, earliest first."""
    agent = _own_or_any(uow, actor, agent_id)
    today = agent.local(uow.now).date()
    return uow.calendar.absences(agent.id, today, today + AHEAD)


def close_house(uow: UnitOfWork, actor: Agent, *, first: date, last: date) -> list[Closure]:
    """The house is closed from `first` to `last`, both included; days that are closed already stay as they are."""
    permissions.require_director(actor)
    _check_days(first, last, today=actor.local(uow.now).date(), longest=LONGEST_CLOSURE)
    known = {closure.day for closure in uow.calendar.closures(first, last)}
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    added = [Closure(day) for day in days if day not in known]
    if not added:
        raise ConflictError("closure_known")
    for closure in added:
        uow.calendar.add_closure(closure)
    uow.flush()
    return added


def open_house(uow: UnitOfWork, actor: Agent, *, closure_id: int) -> date:
    """The house is open on that day after all."""
    permissions.require_director(actor)
    closure = uow.calendar.closure(closure_id)
    if closure is None:
        raise NotFoundError
    uow.calendar.remove(closure)
    return closure.day


def closures_ahead(uow: UnitOfWork, actor: Agent) -> Sequence[Closure]:
    """The days to come on which the house is closed."""
    permissions.require_director(actor)
    today = actor.local(uow.now).date()
    return uow.calendar.closures(today, today + AHEAD)


def _agent(uow: UnitOfWork, actor: Agent, agent_id: int) -> Agent:
    permissions.require_director(actor)
    agent = uow.team.get(agent_id)
    if agent is None:
        raise NotFoundError
    return agent


def _own_or_any(uow: UnitOfWork, actor: Agent, agent_id: int) -> Agent:
    permissions.require_active(actor)
    return actor if agent_id == actor.id else _agent(uow, actor, agent_id)


def _check_days(first: date, last: date, *, today: date, longest: int) -> None:
    if last < first:
        raise InvalidValueError("days_order")
    if first < today:
        raise InvalidValueError("days_past")
    if (last - first).days >= longest or last - today > AHEAD:
        raise InvalidValueError("days_many", days=longest)
