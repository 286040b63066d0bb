"""Cars that customers own: offered in part payment at the price asked, or simply known of."""

from dataclasses import dataclass

from domain import permissions
from domain.customers import NAME_LENGTH, Customer, Vehicle
from domain.errors import InvalidValueError, NotFoundError
from domain.money import Money
from domain.ports import UnitOfWork
from domain.team import Agent

FIRST_YEAR = 1950
MOST_KILOMETRES = 2_000_000
HIGHEST_PRICE = 10_000_000_00  # minor units: ten million


@dataclass(frozen=True, slots=True)
class VehicleDetails:
    """A car as typed; what is None stays as it is."""

    model: str | None = None
    year: int | None = None
    mileage: int | None = None
    price: Money | None = None


def add_vehicle(
    uow: UnitOfWork, actor: Agent, *, customer_id: int, details: VehicleDetails, trade_in: bool = True
) -> Vehicle:
    """Keep a car of the customer's; raises InvalidValueError for a figure that cannot be right."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    vehicle = Vehicle(model=_model(details.model), created_at=uow.now, trade_in=trade_in)
    _fill(uow, actor, vehicle, details)
    customer.vehicles.append(vehicle)
    uow.flush()
    return vehicle


def change_vehicle(
    uow: UnitOfWork,
    actor: Agent,
    *,
    customer_id: int,
    vehicle_id: int,
    details: VehicleDetails,
    trade_in: bool | None = None,
) -> Vehicle:
    """Change what `details` brings; raises InvalidValueError and NotFoundError."""
    vehicle = vehicle_of(permissions.customer_to_change(uow, actor, customer_id), vehicle_id)
    if details.model is not None:
        vehicle.model = _model(details.model)
    _fill(uow, actor, vehicle, details)
    if trade_in is not None:
        vehicle.trade_in = trade_in
    uow.flush()
    return vehicle


def remove_vehicle(uow: UnitOfWork, actor: Agent, *, customer_id: int, vehicle_id: int) -> str:
    """Forget a car; returns its model."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    vehicle = vehicle_of(customer, vehicle_id)
    model = vehicle.model
    customer.vehicles.remove(vehicle)
    uow.flush()
    return model


def vehicle_of(customer: Customer, vehicle_id: int) -> Vehicle:
    """The car, or NotFoundError."""
    for vehicle in customer.vehicles:
        if vehicle.id == vehicle_id:
            return vehicle
    raise NotFoundError


def _fill(uow: UnitOfWork, actor: Agent, vehicle: Vehicle, details: VehicleDetails) -> None:
    latest = actor.local(uow.now).year + 1  # a new model year is sold from the autumn before
    if details.year is not None:
        if not FIRST_YEAR <= details.year <= latest:
            raise InvalidValueError("vehicle_year", first=FIRST_YEAR, last=latest)
        vehicle.year = details.year
    if details.mileage is not None:
        if not 0 <= details.mileage <= MOST_KILOMETRES:
            raise InvalidValueError("vehicle_mileage")
        vehicle.mileage = details.mileage
    if details.price is not None:
        if not 0 < details.price.minor <= HIGHEST_PRICE:
            raise InvalidValueError("vehicle_price")
        vehicle.price = details.price


def _model(typed: str | None) -> str:
    clean = " ".join((typed or "").split())[:NAME_LENGTH]
    if not clean:
        raise InvalidValueError("vehicle_model")
    return clean
