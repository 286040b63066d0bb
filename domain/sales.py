"""What goes to the Sales module and comes back, as values: orders, their changes, reservations of cars in stock."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.configuration import Configuration
from domain.money import Money, Price


class OrderKind(StrEnum):
    """What is ordered: a car to be built, several of them, or a physical car in stock."""

    NEW_CAR = "new_car"
    FLEET = "fleet"
    STOCK = "stock"


class OrderStatus(StrEnum):
    """How far Sales has come with an order; an accepted one is a sale."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    INVOICED = "invoiced"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class PartyKind(StrEnum):
    """Who somebody is to an invoice."""

    PERSON = "person"
    COMPANY = "company"
    LEASING_COMPANY = "leasing_company"


class Payment(StrEnum):
    """How it is paid."""

    CASH = "cash"
    CREDIT = "credit"
    LEASING = "leasing"


class AllowanceKind(StrEnum):
    """What is taken off after VAT."""

    TRADE_IN = "trade_in"
    VOUCHER = "voucher"


class RejectionReason(StrEnum):
    """Why Sales does not accept an order."""

    CAR_SOLD = "car_sold"
    CAR_RESERVED = "car_reserved"
    PRICE_CHANGED = "price_changed"
    NOT_ORDERABLE = "not_orderable"


class ReservationStatus(StrEnum):
    """What became of a reservation."""

    HELD = "held"
    RELEASED = "released"
    ENDED = "ended"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class SalesAgent:
    """An agent as Sales knows one: our id as text, and the name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who uses the car, or who is invoiced."""

    kind: PartyKind
    name: str
    tax_id: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """Cars of one configuration; both prices are of one car, `list_price` is the one that Sales compares with the Catalog's."""

    configuration: Configuration
    quantity: int
    list_price: Price
    agreed_price: Price
    vin: str | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """A line after VAT, which is never a discount."""

    kind: AllowanceKind
    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """An order as it is launched; `reference` is our number of it."""

    reference: str
    kind: OrderKind
    agent: SalesAgent
    customer: Party
    invoice_party: Party
    payment: Payment
    lines: tuple[OrderLine, ...]
    allowances: tuple[Allowance, ...] = ()
    deposit: Money | None = None
    delivery_date: date | None = None
    location: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why, for which line (from 0), and with a changed price what one car costs now."""

    reason: RejectionReason
    line: int
    current_price: Price | None = None


@dataclass(frozen=True, slots=True)
class SalesOrder:
    """An order as Sales has it; `is_ours` where it was launched from here."""

    id: str
    version: int
    status: OrderStatus
    is_ours: bool
    request: OrderRequest
    created_at: datetime
    updated_at: datetime
    history: tuple[tuple[OrderStatus, datetime], ...]
    rejection: Rejection | None = None
    cancellation_reason: str | None = None


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders; what is None does not matter. Days are in UTC, both included."""

    status: OrderStatus | None = None
    kind: OrderKind | None = None
    agent_id: str | None = None
    reference: str | None = None
    vin: str | None = None
    words: str | None = None
    created_from: date | None = None
    created_until: date | None = None


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Orders, the newest first; `next_cursor` is None on the last page."""

    orders: tuple[SalesOrder, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class OrderChange:
    """One change; `sequence` rises, and tells what was seen before. The order is as it was when asked, perhaps further on."""

    sequence: int
    status: OrderStatus
    at: datetime
    order: SalesOrder


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes, the oldest first, and where to go on."""

    changes: tuple[OrderChange, ...]
    next_cursor: str
    has_more: bool


@dataclass(frozen=True, slots=True)
class Reservation:
    """A car in stock held for somebody until a moment; `reference` names the holder's order or deal."""

    id: str
    vin: str
    agent: SalesAgent
    reference: str
    until: datetime
    status: ReservationStatus
    created_at: datetime
