"""What the number readers hand out."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money with its ISO 4217 currency."""

    value: Decimal
    currency: str

    def as_json(self) -> dict[str, str]:
        """Give the form that `presales understand` prints."""
        return {"value": f"{self.value:.2f}", "currency": self.currency}


@dataclass(frozen=True, slots=True)
class AmountBounds:
    """The least and the most that somebody named; one of them may be open."""

    minimum: Amount | None = None
    maximum: Amount | None = None
