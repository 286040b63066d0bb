"""How a customer stands to the house: derived from deals and contacts, unless somebody has set it by hand."""

from datetime import timedelta

from domain import permissions
from domain.customers import Customer, Relationship
from domain.opportunities import Opportunity, Stage
from domain.ports import UnitOfWork
from domain.team import Agent

DORMANT_AFTER = timedelta(days=180)


def relationship_of(uow: UnitOfWork, customer: Customer) -> Relationship:
    """What was set by hand, else what follows from deals and contacts."""
    return customer.relationship_set or derived_relationship(uow, customer)


def derived_relationship(uow: UnitOfWork, customer: Customer) -> Relationship:
    """A sale makes a customer; an open or signed deal is active; the latest deal lost is lost; half a year of silence dormant."""
    deals = uow.opportunities.of_customer(customer.id)
    if any(deal.sold_at for deal in deals):
        return Relationship.CUSTOMER
    if any(deal.is_open or deal.signed_without_order for deal in deals):
        return Relationship.ACTIVE
    if deals and max(deals, key=_closed).stage is Stage.LOST:
        return Relationship.LOST
    contact = uow.activities.last_done(customer.id, contact_only=True)
    last = (contact.done_at if contact else None) or customer.created_at
    return Relationship.DORMANT if uow.now - max(last, customer.created_at) > DORMANT_AFTER else Relationship.PROSPECT


def set_relationship(uow: UnitOfWork, actor: Agent, *, customer_id: int, relationship: Relationship | None) -> Customer:
    """Set it by hand; None lets it be derived again."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    customer.relationship_set = relationship
    uow.flush()
    return customer


def _closed(deal: Opportunity) -> tuple[float, int]:
    return (deal.closed_at or deal.changed_at).timestamp(), deal.id
