"""What an offer's document says. It is checked when it is made: an offer whose sums do not add up is never printed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.dealer import Dealer
from domain.money import Basis, Money


class InconsistentOfferError(ValueError):
    """The amounts of an offer contradict each other; its text says where and holds no amount."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value, both as they are to be read."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A part of a car's price; without an amount it is included."""

    text: str
    amount: Money | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class OfferedCar:
    """One configuration, or one car in stock: `facts` are what it is (trim, colour, VIN …), `lines` what it costs."""

    title: str
    lines: tuple[OfferLine, ...]
    facts: tuple[Pair, ...] = ()
    technical: tuple[Pair, ...] = ()
    quantity: int = 1

    @property
    def price(self) -> int:
        """Of one, in minor units."""
        return sum(line.amount.minor for line in self.lines if line.amount)


@dataclass(frozen=True, slots=True)
class Deduction:
    """A trade-in allowance or a voucher: taken off after VAT, and no discount."""

    text: str
    amount: Money


@dataclass(frozen=True, slots=True)
class OfferPrices:
    """From the list to what is paid. `basis` is that of all lines, `listed` and `discount`; `vat_rate` in basis points."""

    basis: Basis
    listed: Money
    net: Money
    vat_rate: int
    vat: Money
    gross: Money
    payable: Money
    discount: Money | None = None
    discount_percent: Decimal | None = None
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True, slots=True)
class InLei:
    """What is paid, in lei, for information: at the bank's rate of a day."""

    amount: Money
    rate: Decimal
    day: date
    bank: str = "BNR"


@dataclass(frozen=True, slots=True)
class OfferCustomer:
    """To whom: under the name, a line each (contact person, CUI, address, phone …)."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferAgent:
    """Who answers for it."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class OfferDocument:
    """An offer's version as sent; `issued_at` is on the dealer's clock. Without `terms` the usual ones are printed."""

    language: str
    number: str
    version: int
    issued_at: datetime
    valid_until: date
    dealer: Dealer
    agent: OfferAgent
    customer: OfferCustomer
    cars: tuple[OfferedCar, ...]
    prices: OfferPrices
    in_lei: InLei | None = None
    monthly_rate: str = ""
    notes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self)

    @property
    def is_fleet(self) -> bool:
        """Whether there is more than one car."""
        return len(self.cars) > 1 or any(car.quantity > 1 for car in self.cars)


def _check(offer: OfferDocument) -> None:
    """Raise InconsistentOfferError unless every sum is the sum of its parts, in one currency."""
    prices = offer.prices
    discount = prices.discount.minor if prices.discount else 0
    deductions = sum(deduction.amount.minor for deduction in prices.deductions)
    discounted = prices.net if prices.basis is Basis.NET else prices.gross
    wrong = {
        "there is no car": not offer.cars,
        "a quantity is below one": any(car.quantity < 1 for car in offer.cars),
        "the amounts are in several currencies": len(_currencies(offer)) != 1,
        "the list price is not the sum of the lines": (
            prices.listed.minor != sum(car.price * car.quantity for car in offer.cars)
        ),
        "list price less discount is not the price": prices.listed.minor - discount != discounted.minor,
        "net and VAT are not gross": prices.net.minor + prices.vat.minor != prices.gross.minor,
        "gross less deductions is not what is to pay": prices.gross.minor - deductions != prices.payable.minor,
    }
    for reason, is_so in wrong.items():
        if is_so:
            raise InconsistentOfferError(f"offer {offer.number} version {offer.version}: {reason}")


def _currencies(offer: OfferDocument) -> set[str]:
    prices = offer.prices
    amounts = [prices.listed, prices.net, prices.vat, prices.gross, prices.payable]
    amounts += [prices.discount] if prices.discount else []
    amounts += [deduction.amount for deduction in prices.deductions]
    amounts += [line.amount for car in offer.cars for line in car.lines if line.amount]
    return {amount.currency for amount in amounts}
