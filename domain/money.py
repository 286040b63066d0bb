"""Money in whole minor units, and prices that say whether VAT is in them. Sums are made on net amounts, per currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.errors import InvalidValueError

LARGEST = 10**13  # a hundred thousand million in minor units: more is a slip of the thumb, and 64 bits hold it
WHOLE = 10_000  # basis points of 100 %
# Romanian standard VAT in basis points and the day from which each holds: Law 227/2015 art. 291, Law 141/2025.
_RATES = ((date(2017, 1, 1), 1900), (date(2025, 8, 1), 2100))


class Basis(StrEnum):
    """Whether a price has its VAT in it."""

    NET = "net"
    GROSS = "gross"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, bani) of an ISO 4217 currency with two decimals."""

    minor: int
    currency: str

    @classmethod
    def of(cls, value: Decimal | str, currency: str) -> "Money":
        """From major units, rounded half up; raises InvalidValueError for what is no amount or too large."""
        minor = int((Decimal(value) * 100).to_integral_value(ROUND_HALF_UP))
        if not 0 <= minor <= LARGEST:
            raise InvalidValueError("amount_out_of_range")
        return cls(minor, currency)

    @property
    def value(self) -> Decimal:
        """In major units."""
        return Decimal(self.minor) / 100

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError("amounts of two currencies have no sum")
        return Money(self.minor + other.minor, self.currency)

    def share(self, percent: int) -> "Money":
        """That many percent of it, rounded half up to a minor unit."""
        return Money(rounded_share(self.minor, percent, 100), self.currency)


@dataclass(frozen=True, slots=True)
class Price:
    """An amount that says whether VAT is in it, and at which rate (basis points: 2100 is 21 %)."""

    minor: int
    currency: str
    basis: Basis
    vat: int

    @classmethod
    def of(cls, money: Money, *, basis: Basis, vat: int) -> "Price":
        """An amount with its basis."""
        return cls(money.minor, money.currency, basis, vat)

    @property
    def money(self) -> Money:
        """As it was said."""
        return Money(self.minor, self.currency)

    @property
    def net(self) -> Money:
        """Without VAT."""
        if self.basis is Basis.NET:
            return self.money
        return Money(rounded_share(self.minor, WHOLE, WHOLE + self.vat), self.currency)

    @property
    def gross(self) -> Money:
        """With VAT."""
        if self.basis is Basis.GROSS:
            return self.money
        return Money(rounded_share(self.minor, WHOLE + self.vat, WHOLE), self.currency)


@dataclass(frozen=True, slots=True)
class LeiRate:
    """The central bank's rate of one currency on a day: so many lei for one unit."""

    currency: str
    rate: Decimal
    day: date


def vat_rate(day: date) -> int:
    """The standard rate in basis points that holds on that day."""
    return [rate for since, rate in _RATES if since <= day][-1]


def rounded_share(minor: int, numerator: int, denominator: int) -> int:
    """`minor * numerator / denominator`, rounded half up (away from zero)."""
    exact = Decimal(minor) * numerator / denominator
    return int(exact.to_integral_value(ROUND_HALF_UP))


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum for each currency, by its code."""
    sums: dict[str, int] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))
