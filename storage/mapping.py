"""Which class of the domain is which table; the domain knows nothing of it."""

from functools import cache
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import composite, configure_mappers, registry, relationship

from domain.agenda import Activity
from domain.calendar import Absence, Closure
from domain.configurations import SavedConfiguration
from domain.customers import Consent, ContactPerson, Customer, Email, Note, Phone, Vehicle, Visit
from domain.money import Money, Price
from domain.offers import Offer
from domain.opportunities import Opportunity, StageChange
from domain.orders import MirroredOrder, Order
from domain.reports.subscriptions import Disclosure, Subscription
from domain.requests import ClientRequest
from domain.team import Agent, Invitation, JoinAttempts
from storage import changes
from storage.tables import business as t
from storage.tables import metadata

_WATCHED = (
    Agent,
    Invitation,
    Customer,
    Phone,
    Email,
    ContactPerson,
    Consent,
    Vehicle,
    Visit,
    Note,
    Activity,
    Opportunity,
    StageChange,
    ClientRequest,
    SavedConfiguration,
    Offer,
    Order,
    Closure,
    Absence,
    Subscription,
    Disclosure,
)


@cache
def map_domain() -> None:
    """Map every entity, once in a process; until then they are plain dataclasses."""
    mapper = registry(metadata=metadata).map_imperatively
    mapper(Agent, t.agents, version_id_col=t.agents.c.version)
    mapper(Invitation, t.invitations)
    mapper(JoinAttempts, t.join_attempts)
    mapper(Phone, t.customer_phones)
    mapper(Email, t.customer_emails)
    mapper(ContactPerson, t.contact_persons)
    mapper(Consent, t.consents)
    mapper(
        Vehicle,
        t.vehicles,
        properties={
            "price": composite(Money, t.vehicles.c.price_minor, t.vehicles.c.price_currency, return_none_on=_empty)
        },
    )
    mapper(Visit, t.visits)
    mapper(
        Customer,
        t.customers,
        version_id_col=t.customers.c.version,
        properties={
            # The lowest position first: it is the number that answers show.
            "phones": _parts(Phone, t.customer_phones.c.position, t.customer_phones.c.id, lazy="selectin"),
            "emails": _parts(Email, t.customer_emails.c.position, t.customer_emails.c.id, lazy="selectin"),
            "contacts": _parts(ContactPerson, t.contact_persons.c.id),
            "consents": _parts(Consent, t.consents.c.id),
            "vehicles": _parts(Vehicle, t.vehicles.c.id),
        },
    )
    mapper(Note, t.notes)
    mapper(Activity, t.activities, version_id_col=t.activities.c.version)
    deals = t.opportunities.c
    price = (deals.value_minor, deals.value_currency, deals.value_basis, deals.value_vat)
    mapper(
        Opportunity,
        t.opportunities,
        version_id_col=deals.version,
        properties={"value": composite(Price, *price, return_none_on=_empty)},
    )
    mapper(StageChange, t.stage_changes)
    mapper(ClientRequest, t.client_requests, version_id_col=t.client_requests.c.version)
    mapper(SavedConfiguration, t.configurations, version_id_col=t.configurations.c.version)
    mapper(Offer, t.offers, version_id_col=t.offers.c.version)
    mapper(Order, t.orders, version_id_col=t.orders.c.version)
    mapper(MirroredOrder, t.mirrored_orders)
    mapper(Closure, t.closures)
    mapper(Absence, t.absences)
    mapper(Subscription, t.report_subscriptions, version_id_col=t.report_subscriptions.c.version)
    mapper(Disclosure, t.disclosures)
    configure_mappers()
    for entity in _WATCHED:
        changes.watch(entity)


def _parts(entity: type[Any], *order: sa.Column[Any], lazy: Literal["select", "selectin"] = "select") -> Any:
    """What belongs to a customer and goes with it."""
    return relationship(entity, cascade="all, delete-orphan", order_by=order, lazy=lazy)


def _empty(first: object, *_rest: object) -> bool:
    return first is None
