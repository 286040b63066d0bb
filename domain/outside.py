"""Catalog and Sales as Protocols, and what can go wrong with them as types; `actions/clients/` implements them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from domain.catalog import Catalog, Model
from domain.sales import ChangePage, OrderFilter, OrderPage, OrderRequest, Reservation, SalesAgent, SalesOrder
from domain.stock import StockCar

T = TypeVar("T")


class OutsideError(Exception):
    """Catalog or Sales did not do what was asked; `service` says which, and neither is a customer's data."""

    def __init__(self, service: str, reason: str) -> None:
        super().__init__(f"{service}: {reason}")
        self.service = service
        self.reason = reason


class UnavailableError(OutsideError):
    """No usable answer came, after all tries; `maybe_done` where the request may have been carried out all the same."""

    def __init__(self, service: str, reason: str, *, maybe_done: bool = False) -> None:
        super().__init__(service, reason)
        self.maybe_done = maybe_done


class NotAuthorizedError(OutsideError):
    """The token is not known there: somebody has to mend the settings."""


class RefusedError(OutsideError):
    """A clear no: it was not done, and trying again changes nothing."""


class MissingError(RefusedError):
    """There is no such model, car, order or reservation."""


class CarSoldError(RefusedError):
    """The car is sold."""


class CarReservedError(RefusedError):
    """The car is reserved for somebody else."""


class NotCancellableError(RefusedError):
    """The order is invoiced already, or at its end."""


class KeyReusedError(RefusedError):
    """The idempotency key belongs to another request: a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Fresh(Generic[T]):
    """An answer with the tag by which the next request asks whether anything changed."""

    value: T
    etag: str


class CatalogService(Protocol):
    """The Catalog module. Every method raises OutsideError; with an `etag`, None says that nothing changed."""

    async def catalog(self, *, etag: str | None = None) -> Fresh[Catalog] | None: ...
    async def model(self, model_id: str, *, etag: str | None = None) -> Fresh[Model] | None: ...
    async def stock(self, *, etag: str | None = None) -> Fresh[tuple[StockCar, ...]] | None:
        """All cars that are not sold, from one state of the stock."""
        ...

    async def car(self, vin: str) -> StockCar: ...


class SalesService(Protocol):
    """The Sales module. Every method raises OutsideError.

    A `key` makes a request that changes something happen once: after UnavailableError it is tried again under the same key.
    """

    async def launch(self, request: OrderRequest, *, key: str) -> SalesOrder:
        """The order as Sales took it; whether it is accepted is its status."""
        ...

    async def order(self, order_id: str) -> SalesOrder: ...
    async def orders(
        self, wanted: OrderFilter, *, cursor: str | None = None, limit: int | None = None
    ) -> OrderPage: ...
    async def changes(self, *, since: str | None = None) -> ChangePage: ...
    async def reassign(self, order_id: str, agent: SalesAgent, *, key: str) -> SalesOrder: ...
    async def cancel(self, order_id: str, reason: str, *, key: str) -> SalesOrder: ...
    async def reserve(self, vin: str, *, agent: SalesAgent, reference: str, until: datetime, key: str) -> Reservation:
        """Hold a car; the holder's own reservation is moved to the new end."""
        ...

    async def reservation(self, reservation_id: str) -> Reservation: ...
    async def reservations(self, *, vin: str | None = None, agent_id: str | None = None) -> Sequence[Reservation]: ...
    async def release(self, reservation_id: str) -> Reservation: ...
