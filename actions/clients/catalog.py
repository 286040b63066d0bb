"""The client of the Catalog module, by `actions/contracts/catalog.yaml`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from actions.clients.http import OutsideHttp, Reply
from actions.clients.reading import (
    Json,
    UnreadableError,
    checked_id,
    checked_vin,
    configuration,
    price,
    read_as,
    read_json,
    unusable,
)
from domain.catalog import Catalog, CatalogError, Model, PriceList
from domain.outside import Fresh, MissingError
from domain.parts import ItemKind
from domain.stock import StockCar

T = TypeVar("T")

PAGE: Final = 500
MOST_PAGES: Final = 200
MOST_READINGS: Final = 3
_EXTRAS: Final = (
    (ItemKind.COLOUR, "colours"),
    (ItemKind.UPHOLSTERY, "upholsteries"),
    (ItemKind.OPTION, "options"),
    (ItemKind.PACK, "packs"),
)


class CatalogClient:
    """Reads the Catalog; implements domain.outside.CatalogService."""

    def __init__(self, http: OutsideHttp) -> None:
        self._http = http

    async def catalog(self, *, etag: str | None = None) -> Fresh[Catalog] | None:
        """The whole catalogue, None where the tag's state still holds; raises OutsideError."""
        return self._fresh(await self._http.ask("GET", "v1/catalog", etag=etag), read_catalog)

    async def model(self, model_id: str, *, etag: str | None = None) -> Fresh[Model] | None:
        """One model as it is now, None where the tag's state still holds; raises OutsideError."""
        self._check(checked_id, model_id)
        fresh = self._fresh(await self._http.ask("GET", f"v1/models/{model_id}", etag=etag), read_model)
        if fresh is not None and fresh.value.id != model_id:
            raise unusable(self._http.service, UnreadableError("another model"))
        return fresh

    async def stock(self, *, etag: str | None = None) -> Fresh[tuple[StockCar, ...]] | None:
        """All cars that are not sold, None where the tag's state still holds; raises OutsideError.

        A stock that changes between two pages is read anew, so that no car is missed or stands twice.
        """
        for _ in range(MOST_READINGS):
            first = await self._http.ask("GET", "v1/stock", query={"limit": PAGE}, etag=etag)
            fresh = self._fresh(first, _page)
            if fresh is None:
                return None
            version, cars, cursor = fresh.value
            for _page_number in range(MOST_PAGES):
                if cursor is None:
                    return Fresh(cars, fresh.etag)
                following = await self._http.ask("GET", "v1/stock", query={"limit": PAGE, "cursor": cursor})
                present, more, cursor = self._read(following, _page)
                if present != version:
                    break
                cars += more
        raise unusable(self._http.service, UnreadableError("the stock changes while it is read"))

    async def car(self, vin: str) -> StockCar:
        """One physical car, sold ones too; raises OutsideError."""
        self._check(checked_vin, vin)
        car = self._read(await self._http.ask("GET", f"v1/stock/{vin}"), read_car)
        if car.vin != vin:
            raise unusable(self._http.service, UnreadableError("another car"))
        return car

    def _check(self, rule: Callable[[Any], str], value: str) -> None:
        """An id that cannot be one of the Catalog's never becomes a part of an address."""
        try:
            rule(value)
        except UnreadableError:
            raise MissingError(self._http.service, "not-found") from None

    def _fresh(self, reply: Reply, reader: Callable[[Any], T]) -> Fresh[T] | None:
        if reply.status == 304:
            return None
        return Fresh(self._read(reply, reader), reply.headers.get("ETag", ""))

    def _read(self, reply: Reply, reader: Callable[[Any], T]) -> T:
        try:
            return reader(read_json(reply.body))
        except (UnreadableError, CatalogError, KeyError, TypeError, AttributeError, ValueError) as error:
            raise unusable(self._http.service, error) from error


def read_catalog(value: Mapping[str, Any]) -> Catalog:
    """The snapshot; raises UnreadableError, CatalogError or what JSON of another shape brings."""
    models = tuple(read_model(model) for model in value["models"])
    published = read_as(datetime, value["published_at"])
    return Catalog(read_as(str, value["version"]), published, read_as(PriceList, value["price_list"]), models)


def read_model(value: Mapping[str, Any]) -> Model:
    """One model, checked against itself."""
    plain = (
        "id",
        "make",
        "name",
        "year",
        "body",
        "seats",
        "doors",
        "demonstration",
        "trims",
        "engines",
        "transmissions",
    )
    shaped: Json = {key: value[key] for key in plain}
    checked_id(shaped["id"])
    shaped["technical"] = _technical(value)
    shaped["variants"] = [
        {**variant, "price": price(variant["price"]), "technical": _technical(variant)} for variant in value["variants"]
    ]
    shaped["extras"] = [
        {
            "item": {"kind": kind, "id": extra["id"]},
            "name": extra["name"],
            "price": price(extra["price"]),
            "group": extra["group"],
        }
        for kind, place in _EXTRAS
        for extra in value[place]
    ]
    shaped["rules"] = value["rules"]
    model = read_as(Model, shaped)
    for item in model.items:
        checked_id(item.id)
    return model


def read_car(value: Mapping[str, Any]) -> StockCar:
    """One car in stock."""
    checked_vin(value["vin"])
    prices = {key: price(value[key]) for key in ("list_price", "price")}
    return read_as(StockCar, {**value, **prices, "configuration": configuration(value["configuration"])})


def _page(value: Mapping[str, Any]) -> tuple[str, tuple[StockCar, ...], str | None]:
    cursor = value.get("next_cursor")
    cars = tuple(read_car(car) for car in value["cars"])
    return read_as(str, value["version"]), cars, None if cursor is None else read_as(str, cursor)


def _technical(value: Mapping[str, Any]) -> list[Any]:
    return list(value["technical"].items())
