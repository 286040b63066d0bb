"""The one policy: who may see and change what. Every use case asks here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import NotAllowedError, NotFoundError
from domain.ports import Owners, UnitOfWork
from domain.team import Agent, AgentStatus, Role

if TYPE_CHECKING:
    from domain.agenda import Activity
    from domain.customers import Customer
    from domain.opportunities import Opportunity


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
