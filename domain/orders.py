"""Orders: drafted here, launched into Sales, and followed there; Sales alone says what is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain import permissions
from domain.customers import Customer, CustomerKind
from domain.errors import ConflictError, InvalidValueError, NotFoundError
from domain.events import OrderAccepted, OrderCancelled
from domain.money import Money, Price, vat_rate
from domain.offer_terms import OfferTerms
from domain.offers import OfferStatus, needs_approval, offer_to_see
from domain.outside import CarReservedError, CarSoldError, RefusedError
from domain.ports import UnitOfWork
from domain.sales import (
    Allowance,
    OrderKind,
    OrderLine,
    OrderRequest,
    Party,
    PartyKind,
    Payment,
    RejectionReason,
    SalesAgent,
    SalesOrder,
)
from domain.sales import OrderStatus as SalesStatus
from domain.team import Agent, AgentStatus, Role

NOTE_LENGTH = 2000


class OrderStatus(StrEnum):
    """Where an order stands; from `accepted` on as Sales says."""

    DRAFT = "draft"
    QUEUED = "queued"  # launched, and not known to have reached Sales
    SENT = "sent"  # Sales has it and has not decided
    ACCEPTED = "accepted"
    INVOICED = "invoiced"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


OPEN_AT_SALES = frozenset({OrderStatus.QUEUED, OrderStatus.SENT, OrderStatus.ACCEPTED})
CANCELLABLE = frozenset({OrderStatus.SENT, OrderStatus.ACCEPTED})
"""What Sales still cancels: not invoiced yet."""
ORDERED = (OrderStatus.ACCEPTED, OrderStatus.INVOICED, OrderStatus.DELIVERED)
"""A sale: accepted by Sales and not cancelled."""
FROM_SALES = {
    SalesStatus.RECEIVED: OrderStatus.SENT,
    SalesStatus.ACCEPTED: OrderStatus.ACCEPTED,
    SalesStatus.REJECTED: OrderStatus.REJECTED,
    SalesStatus.INVOICED: OrderStatus.INVOICED,
    SalesStatus.DELIVERED: OrderStatus.DELIVERED,
    SalesStatus.CANCELLED: OrderStatus.CANCELLED,
}


@dataclass(eq=False)
class Order:
    """An order of a deal; `kept` are its terms, `number` what Sales calls it."""

    kind: OrderKind
    customer_id: int
    opportunity_id: int
    agent_id: int
    created_at: datetime
    status: OrderStatus
    kept: dict[str, Any]
    net_minor: int
    currency: str
    offer_id: int | None = None
    party_kind: PartyKind | None = None
    party_name: str | None = None
    party_tax_id: str | None = None
    payment: Payment | None = None
    deposit_minor: int | None = None
    delivery_on: date | None = None
    location: str | None = None
    note: str | None = None
    vin: str | None = None
    reservation: str | None = None  # Sales' id of it
    reserved_until: datetime | None = None
    launched_at: datetime | None = None
    number: str | None = None
    sales_version: int = 0
    rejection: RejectionReason | None = None
    told_waiting: bool = False
    id: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)

    @property
    def terms(self) -> OfferTerms:
        """What is ordered, at which prices."""
        return OfferTerms.of_json(self.kept)

    @property
    def reference(self) -> str:
        """Our own number, by which Sales knows it too, and the key that makes a launch happen once."""
        return f"PS-{self.id:06d}"

    @property
    def party(self) -> Party | None:
        """Who is invoiced, once that is said."""
        if self.party_kind is None or self.party_name is None:
            return None
        return Party(self.party_kind, self.party_name, self.party_tax_id)


@dataclass(eq=False)
class MirroredOrder:
    """An order as Sales has it, launched from here or not; `net_minor` is the agreed price of all its cars."""

    number: str
    sales_version: int
    reference: str
    status: OrderStatus
    kind: OrderKind
    agent_name: str
    customer_name: str
    model_id: str
    cars: int
    net_minor: int
    currency: str
    created_at: datetime


def draft_order(
    uow: UnitOfWork,
    actor: Agent,
    *,
    opportunity_id: int,
    terms: OfferTerms,
    kind: OrderKind,
    offer_id: int | None = None,
) -> Order:
    """An order to be completed and confirmed.

    Raises InvalidValueError where kind and cars do not fit, ConflictError for a discount over the agent's limit that
    no offer has had approved, and for an offer that may not be handed over.
    """
    deal = permissions.opportunity_to_change(uow, actor, opportunity_id)
    if offer_id is not None and offer_to_see(uow, actor, offer_id).status is not OfferStatus.ISSUED:
        raise ConflictError("offer_not_issued")
    if offer_id is None and needs_approval(uow, actor, terms):
        raise ConflictError("order_discount")
    vins = [line.vin for line in terms.lines if line.vin]
    if kind is OrderKind.STOCK and (len(vins) != 1 or terms.cars != 1):
        raise InvalidValueError("order_stock_one")
    if kind is OrderKind.NEW_CAR and terms.cars != 1:
        raise InvalidValueError("order_new_one")
    customer = uow.customers.get(deal.customer_id)
    if customer is None:  # the foreign key forbids it
        raise LookupError(deal.customer_id)
    order = Order(
        kind=kind,
        customer_id=deal.customer_id,
        opportunity_id=deal.id,
        agent_id=deal.owner_id,
        created_at=uow.now,
        status=OrderStatus.DRAFT,
        kept=terms.as_json(),
        net_minor=terms.agreed.net.minor,
        currency=terms.currency,
        offer_id=offer_id,
        vin=vins[0] if kind is OrderKind.STOCK else None,
        location=customer.location,
    )
    uow.orders.add(order)
    uow.flush()
    return order


def set_details(
    uow: UnitOfWork,
    actor: Agent,
    *,
    order_id: int,
    party: Party | None = None,
    payment: Payment | None = None,
    deposit_minor: int | None = None,
    delivery_on: date | None = None,
    location: str | None = None,
    note: str | None = None,
) -> Order:
    """Say what an order still needs; only a draft can be changed."""
    order = _draft(uow, actor, order_id)
    if party is not None:
        order.party_kind, order.party_name, order.party_tax_id = party.kind, party.name.strip()[:200], party.tax_id
    if deposit_minor is not None and not 0 <= deposit_minor <= order.terms.payable.minor:
        raise InvalidValueError("deposit_range")
    if delivery_on is not None and delivery_on < actor.local(uow.now).date():
        raise InvalidValueError("date_past")
    order.payment = payment or order.payment
    order.deposit_minor = order.deposit_minor if deposit_minor is None else deposit_minor
    order.delivery_on = delivery_on or order.delivery_on
    order.location = location or order.location
    order.note = (note or "").strip()[:NOTE_LENGTH] or order.note
    return order


def reprice(uow: UnitOfWork, actor: Agent, *, order_id: int, terms: OfferTerms) -> Order:
    """Take the Catalog's prices of today into a draft, once the agent has agreed to them."""
    order = _draft(uow, actor, order_id)
    order.kept, order.net_minor = terms.as_json(), terms.agreed.net.minor
    return order


def launch(uow: UnitOfWork, actor: Agent, *, order_id: int) -> Order:
    """Confirm a draft: from now on it is on its way to Sales, and cannot be undone.

    Raises ConflictError for what is no draft or where the VAT rate is another by now, InvalidValueError where
    something is still missing.
    """
    order = _draft(uow, actor, order_id)
    if order.party is None or order.payment is None:
        raise InvalidValueError("order_incomplete")
    if order.terms.vat != vat_rate(actor.local(uow.now).date()):
        raise ConflictError("vat_changed")
    order.status, order.launched_at = OrderStatus.QUEUED, uow.now
    return order


def request_of(uow: UnitOfWork, order: Order) -> OrderRequest:
    """What Sales is sent; raises InvalidValueError where something is missing."""
    customer, agent, terms = uow.customers.get(order.customer_id), uow.team.get(order.agent_id), order.terms
    if order.party is None or order.payment is None:
        raise InvalidValueError("order_incomplete")
    if customer is None or agent is None:  # the foreign keys forbid it
        raise LookupError(order.id)
    lines = tuple(
        OrderLine(
            configuration=line.configuration,
            quantity=line.quantity,
            list_price=Price(line.listed, terms.currency, terms.basis, terms.vat),
            agreed_price=terms.agreed_of(line),
            vin=line.vin,
        )
        for line in terms.lines
    )
    return OrderRequest(
        reference=order.reference,
        kind=order.kind,
        agent=SalesAgent(str(agent.id), agent.name),
        customer=replace(
            default_party(customer),
            phone=customer.phones[0].e164 if customer.phones else None,
            email=customer.emails[0].address if customer.emails else None,
        ),
        invoice_party=order.party,
        payment=order.payment,
        lines=lines,
        allowances=tuple(Allowance(one.kind, one.label, Money(one.minor, terms.currency)) for one in terms.allowances),
        deposit=None if order.deposit_minor is None else Money(order.deposit_minor, order.currency),
        delivery_date=order.delivery_on,
        location=order.location,
        note=order.note,
    )


def follow(uow: UnitOfWork, state: SalesOrder) -> Order | None:
    """Take over what Sales says; the order where its status is news, None where it is known, older, or not of ours."""
    order = uow.orders.by_reference(state.request.reference) if state.is_ours else None
    if order is None or state.version <= order.sales_version:
        return None
    before = order.status
    order.number, order.sales_version = state.id, state.version
    order.rejection = state.rejection.reason if state.rejection else None
    order.status = FROM_SALES[state.status]
    if order.status in ORDERED and before not in ORDERED:
        uow.events.append(OrderAccepted(order.opportunity_id))
    elif order.status is OrderStatus.CANCELLED and before in ORDERED:
        uow.events.append(OrderCancelled(order.opportunity_id))
    return order if order.status is not before else None


def refuse(order: Order, reason: RejectionReason) -> None:
    """Sales did not take it at all."""
    order.status, order.rejection = OrderStatus.REJECTED, reason


def reason_of(error: RefusedError, *, default: RejectionReason) -> RejectionReason:
    """Why Sales did not take it, as the rejection that it amounts to."""
    if isinstance(error, CarSoldError):
        return RejectionReason.CAR_SOLD
    return RejectionReason.CAR_RESERVED if isinstance(error, CarReservedError) else default


def in_charge(uow: UnitOfWork, order: Order) -> Agent | None:
    """In whose name Sales' news is entered: whoever may change the deal, the order's agent before its owner and a director."""
    deal = uow.opportunities.get(order.opportunity_id)
    if deal is None:  # the foreign key forbids it
        raise LookupError(order.id)
    directors = [one for one in uow.team.all() if one.role is Role.DIRECTOR]
    candidates = [uow.team.get(order.agent_id), uow.team.get(deal.owner_id), *directors]
    return next(
        (
            one
            for one in candidates
            if one and one.status is AgentStatus.ACTIVE and permissions.may_change_opportunity(one, deal)
        ),
        None,
    )


def mirror_of(state: SalesOrder) -> MirroredOrder:
    """What is kept of any order that Sales has."""
    lines = state.request.lines
    return MirroredOrder(
        number=state.id,
        sales_version=state.version,
        reference=state.request.reference,
        status=FROM_SALES[state.status],
        kind=state.request.kind,
        agent_name=state.request.agent.name,
        customer_name=state.request.customer.name,
        model_id=lines[0].configuration.model_id,
        cars=sum(line.quantity for line in lines),
        net_minor=sum(line.agreed_price.net.minor * line.quantity for line in lines),
        currency=lines[0].agreed_price.currency,
        created_at=state.created_at,
    )


def draft_again(uow: UnitOfWork, actor: Agent, *, order_id: int, terms: OfferTerms) -> Order:
    """A new draft in the place of an order that Sales refused, with all that was said of that one; raises ConflictError otherwise."""
    before = order_to_see(uow, actor, order_id)
    if before.status is not OrderStatus.REJECTED:
        raise ConflictError("order_not_draft", status=before.status.value)
    order = draft_order(
        uow, actor, opportunity_id=before.opportunity_id, terms=terms, kind=before.kind, offer_id=before.offer_id
    )
    for name in ("party_kind", "party_name", "party_tax_id", "payment", "deposit_minor", "delivery_on", "note"):
        setattr(order, name, getattr(before, name))
    order.location = before.location or order.location
    return order


def order_to_cancel(uow: UnitOfWork, actor: Agent, order_id: int) -> Order:
    """An order that Sales may still cancel; raises ConflictError for one that is not there yet, or too far."""
    order = order_to_see(uow, actor, order_id)
    if order.number is None or order.status not in CANCELLABLE:
        raise ConflictError("order_not_cancellable", status=order.status.value)
    return order


def order_to_reassign(uow: UnitOfWork, actor: Agent, *, order_id: int, agent_id: int) -> tuple[Order, Agent]:
    """The order and who is to have it, for the director alone; Sales is told before it changes here."""
    permissions.require_director(actor)
    order, agent = order_to_see(uow, actor, order_id), uow.team.get(agent_id)
    if agent is None:
        raise NotFoundError
    if agent.status is not AgentStatus.ACTIVE:
        raise ConflictError("agent_suspended", name=agent.name)
    if order.agent_id == agent.id:
        raise ConflictError("assigned_already")
    if order.number is None or order.status in {OrderStatus.REJECTED, OrderStatus.CANCELLED}:
        raise ConflictError("order_not_at_sales")
    return order, agent


def cancel_draft(uow: UnitOfWork, actor: Agent, *, order_id: int) -> Order:
    """Drop an order that was never launched."""
    order = _draft(uow, actor, order_id)
    order.status = OrderStatus.CANCELLED
    return order


def order_to_see(uow: UnitOfWork, actor: Agent, order_id: int) -> Order:
    """The actor's own order (the director: anybody's), or NotFoundError; it is no longer own once it was reassigned."""
    permissions.require_active(actor)
    order = uow.orders.get(order_id)
    if order is None or (actor.role is not Role.DIRECTOR and order.agent_id != actor.id):
        raise NotFoundError
    return order


def default_party(customer: Customer) -> Party:
    """The customer as the invoice party."""
    kind = PartyKind.COMPANY if customer.kind is CustomerKind.COMPANY else PartyKind.PERSON
    return Party(kind, customer.name, customer.tax_id)


def missing(order: Order) -> tuple[str, ...]:
    """What must still be said before a launch."""
    needed: Mapping[str, object] = {"party": order.party, "payment": order.payment}
    return tuple(name for name, value in needed.items() if value is None)


def _draft(uow: UnitOfWork, actor: Agent, order_id: int) -> Order:
    order = order_to_see(uow, actor, order_id)
    permissions.opportunity_to_change(uow, actor, order.opportunity_id)
    if order.status is not OrderStatus.DRAFT:
        raise ConflictError("order_not_draft", status=order.status.value)
    return order
