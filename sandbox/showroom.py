"""What Catalog and Sales both look at: models with their present prices, and the cars in stock with who has them."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sandbox import catalog_data, catalog_stock
from sandbox.clock import Clock, instant
from sandbox.store import Store

Json = dict[str, Any]


class Showroom:
    """The catalogue and the stock of one sandbox, over its restarts."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        # Cars grow older with the clock, but are the same ones after a restart.
        day = store.get("stock_day") or clock.now().date().isoformat()
        store.put("stock_day", day)
        self.day = date.fromisoformat(day)
        self._cars = catalog_stock.cars(self.day)
        self._models: dict[str, Json] = {}
        self._document: Json = {}
        self._apply_prices()

    def model(self, model_id: str) -> Json | None:
        """A model at present prices."""
        return self._models.get(model_id)

    def document(self) -> Json:
        """The whole catalogue at present prices."""
        return self._document

    def cars(self) -> list[Json]:
        """All cars by VIN, with their present status."""
        sold = {row["vin"] for row in self._store.rows("SELECT vin FROM sold_cars")}
        held = {body["vin"] for _, body in self.held()}
        return [_with_status(car, car["vin"] in sold, car["vin"] in held) for car in self._cars.values()]

    def car(self, vin: str) -> Json | None:
        """One car with its present status."""
        car = self._cars.get(vin)
        if car is None:
            return None
        sold = bool(self._store.rows("SELECT 1 FROM sold_cars WHERE vin = ?", (vin,)))
        return _with_status(car, sold, bool(self.held(vin)))

    def held(self, vin: str | None = None) -> list[tuple[int, Json]]:
        """Reservations that hold now, the first to end first, with their numbers."""
        where, values = ("", ()) if vin is None else (" WHERE vin = ?", (vin,))
        now = instant(self._clock.now())
        rows = self._store.rows(f"SELECT number, body FROM reservations{where}", values)  # noqa: S608  # fixed words
        found = [(row["number"], json.loads(row["body"])) for row in rows]
        holding = [(number, body) for number, body in found if body["status"] == "held" and body["until"] > now]
        return sorted(holding, key=lambda one: (one[1]["until"], one[0]))

    def sell(self, vin: str, order_number: int | None = None) -> None:
        """The car is gone: into an order, or elsewhere."""
        self._store.rows("INSERT OR REPLACE INTO sold_cars VALUES (?, ?)", (vin, order_number))

    def take_back(self, vin: str) -> None:
        """The car can be had again."""
        self._store.rows("DELETE FROM sold_cars WHERE vin = ?", (vin,))

    def change_prices(self, model_id: str, percent: int) -> None:
        """Change what a model's variants cost by so many percent of the price list."""
        self._store.put(f"catalog_price:{model_id}", percent)
        self._apply_prices()

    def _apply_prices(self) -> None:
        changes = {key.partition(":")[2]: value for key, value in self._store.values("catalog_price:").items()}
        self._models = {
            model_id: _repriced(model, changes[model_id]) if changes.get(model_id) else model
            for model_id, model in catalog_data.models().items()
        }
        self._document = catalog_data.document(list(self._models.values()))


def moment(text: str) -> datetime:
    """Read an instant of a request; one beyond the calendar's end is its end."""
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _with_status(car: Json, sold: bool, held: bool) -> Json:
    return {**car, "status": "sold" if sold else "reserved" if held else "available"}


def _repriced(model: Json, percent: int) -> Json:
    variants = [
        {**one, "price": {**one["price"], "minor": one["price"]["minor"] * (100 + percent) // 10_000 * 100}}
        for one in model["variants"]
    ]
    return {**model, "variants": variants}
