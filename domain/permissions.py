"""The one policy: who may see and change what. Every use case asks here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import NotAllowedError, NotFoundError
from domain.ports import Owners, UnitOfWork
from domain.team import Agent, AgentStatus, Role

if TYPE_CHECKING:
    from domain.agenda import Activity
    from domain.customers import Customer


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
    if customer is None or not may_see(actor, customer):
        raise NotFoundError
    if not may_change(actor, customer):
        raise NotAllowedError
    return customer


def customer_to_see(uow: UnitOfWork, actor: Agent, customer_id: int) -> Customer:
    """The customer, or NotFoundError where there is none that the actor may see."""
    require_active(actor)
    customer = uow.customers.get(customer_id)
    if customer is None or not may_see(actor, customer):
        raise NotFoundError
    return customer


def activity_to_change(uow: UnitOfWork, actor: Agent, activity_id: int) -> Activity:
    """The activity of the actor's own agenda (the director: anybody's), or NotFoundError."""
    require_active(actor)
    activity = uow.activities.get(activity_id)
    if activity is None or (actor.role is not Role.DIRECTOR and activity.agent_id != actor.id):
        raise NotFoundError
    return activity
