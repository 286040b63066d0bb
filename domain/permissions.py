"""The one policy: who may see and change what. Every use case asks here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.calendar import is_absent
from domain.errors import NotAllowedError, NotFoundError
from domain.ports import Owners, UnitOfWork
from domain.team import Agent, AgentStatus, Role

if TYPE_CHECKING:
    from domain.agenda import Activity
    from domain.customers import Customer
    from domain.opportunities import Opportunity

DEPUTY_AFTER = timedelta(hours=4)  # the directors were asked, and reminded once: then the deputy may decide


def require_active(actor: Agent) -> None:
    """Raises NotAllowedError for a suspended person."""
    if actor.status is not AgentStatus.ACTIVE:
        raise NotAllowedError


def visible_owners(actor: Agent) -> Owners:
    """Whose customers the actor may read: the own and the company's; the director everybody's."""
    if actor.role is Role.DIRECTOR:
        return Owners(agent_id=actor.id, company=True, everybody=True)
    return Owners(agent_id=actor.id, company=True)


def changeable_owners(actor: Agent) -> Owners:
    """Whose customers the actor may change, which is also where a name in a message is looked up."""
    if actor.role is Role.DIRECTOR:
        return Owners(agent_id=actor.id, company=True, everybody=True)
    return Owners(agent_id=actor.id)


def may_see(actor: Agent, customer: Customer) -> bool:
    """Whether the actor may read the customer."""
    return actor.role is Role.DIRECTOR or customer.owner_id in {actor.id, None}


def may_change(actor: Agent, customer: Customer) -> bool:
    """Whether the actor may change the customer."""
    return actor.role is Role.DIRECTOR or customer.owner_id == actor.id


def customer_to_change(uow: UnitOfWork, actor: Agent, customer_id: int) -> Customer:
    """The customer, or NotFoundError where there is none that the actor may know of, NotAllowedError where only read."""
    require_active(actor)
    customer = uow.customers.get(customer_id)
    if customer is None or customer.erased_at or not may_see(actor, customer):
        raise NotFoundError
    if not may_change(actor, customer):
        raise NotAllowedError
    return customer


def customer_to_see(uow: UnitOfWork, actor: Agent, customer_id: int) -> Customer:
    """The customer, or NotFoundError where there is none that the actor may see."""
    require_active(actor)
    customer = uow.customers.get(customer_id)
    if customer is None or customer.erased_at or not may_see(actor, customer):
        raise NotFoundError
    return customer


def activity_to_change(uow: UnitOfWork, actor: Agent, activity_id: int) -> Activity:
    """The activity of the actor's own agenda (the director: anybody's), or NotFoundError."""
    require_active(actor)
    activity = uow.activities.get(activity_id)
    if activity is None or (actor.role is not Role.DIRECTOR and activity.agent_id != actor.id):
        raise NotFoundError
    return activity


def may_see_opportunity(actor: Agent, opportunity: Opportunity) -> bool:
    """Whether the actor may read the deal: the own ones, the director all."""
    return actor.role is Role.DIRECTOR or opportunity.owner_id == actor.id


def may_change_opportunity(actor: Agent, opportunity: Opportunity) -> bool:
    """Whether the actor may change the deal."""
    return may_see_opportunity(actor, opportunity)


def opportunity_to_see(uow: UnitOfWork, actor: Agent, opportunity_id: int) -> Opportunity:
    """The deal, or NotFoundError where there is none that the actor may see."""
    require_active(actor)
    opportunity = uow.opportunities.get(opportunity_id)
    if opportunity is None or not may_see_opportunity(actor, opportunity):
        raise NotFoundError
    return opportunity


def opportunity_to_change(uow: UnitOfWork, actor: Agent, opportunity_id: int) -> Opportunity:
    """The deal, or NotFoundError where there is none that the actor may see, NotAllowedError where only read."""
    opportunity = opportunity_to_see(uow, actor, opportunity_id)
    if not may_change_opportunity(actor, opportunity):
        raise NotAllowedError
    return opportunity


def require_owners(actor: Agent, owners: Owners) -> None:
    """Raises NotAllowedError where an agent asks for more than the own deals."""
    require_active(actor)
    if actor.role is not Role.DIRECTOR and (owners.everybody or owners.agent_id != actor.id):
        raise NotAllowedError


def require_director(actor: Agent) -> None:
    """Raises NotAllowedError for anybody but an active director."""
    require_active(actor)
    if actor.role is not Role.DIRECTOR:
        raise NotAllowedError


def deciders(uow: UnitOfWork, *, asked_at: datetime, asker_id: int) -> list[Agent]:
    """Who is asked for a decision: the directors who are there; the deputy too where there is none, or none has answered.

    Nobody decides on what they asked for themselves. Where nobody at all is there, the directors are asked all the same.
    """
    active = [agent for agent in uow.team.all() if agent.status is AgentStatus.ACTIVE]
    directors = [agent for agent in active if agent.role is Role.DIRECTOR]
    there = [agent for agent in directors if not _is_away(uow, agent)]
    late = uow.now - asked_at >= DEPUTY_AFTER
    deputies = [agent for agent in active if agent.deputy and agent.id != asker_id and not _is_away(uow, agent)]
    return [*there, *(deputies if late or not there else [])] or directors


def may_decide(uow: UnitOfWork, actor: Agent, *, asked_at: datetime, asker_id: int) -> bool:
    """Whether the actor may decide: a director always, the deputy while asked."""
    if actor.status is not AgentStatus.ACTIVE:
        return False
    asked = deciders(uow, asked_at=asked_at, asker_id=asker_id)
    return actor.role is Role.DIRECTOR or actor.id in {agent.id for agent in asked}


def require_decider(uow: UnitOfWork, actor: Agent, *, asked_at: datetime, asker_id: int) -> None:
    """Raises NotAllowedError for whoever may not decide."""
    if not may_decide(uow, actor, asked_at=asked_at, asker_id=asker_id):
        raise NotAllowedError


def _is_away(uow: UnitOfWork, agent: Agent) -> bool:
    return is_absent(uow, agent, agent.local(uow.now).date())
