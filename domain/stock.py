"""A physical car of the dealer's stock: what it is made of is fixed, and there is one of it."""

from dataclasses import dataclass
from datetime import date

from domain.configuration import Configuration
from domain.money import Price
from domain.parts import StockStatus


@dataclass(frozen=True, slots=True)
class StockCar:
    """One car by its VIN; `list_price` is the sum of its parts, `price` what is asked for it."""

    vin: str
    configuration: Configuration
    list_price: Price
    price: Price
    location: str
    status: StockStatus
    in_stock_since: date
    mileage_km: int = 0

    def age(self, today: date) -> int:
        """Days in stock."""
        return max(0, (today - self.in_stock_since).days)
