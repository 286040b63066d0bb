"""Which cars in stock fit what was said: each word is held against the car's own parts, by its names in either language."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.catalog import Catalog, Model
from domain.configuration import Configuration
from domain.configurator import Configurator
from domain.money import Money
from domain.names import words
from domain.parts import Item, ItemKind, StockStatus
from domain.stock import StockCar
from domain.wishes import Wishes, find_models, meant, same_word


@dataclass(frozen=True, slots=True)
class StockWishes:
    """What was said of a car in stock; prices are with VAT, `not_colours` are colours it must not have."""

    wishes: Wishes = field(default_factory=Wishes)
    not_colours: tuple[str, ...] = ()
    least: Money | None = None
    most: Money | None = None
    most_km: int | None = None


def fitting_cars(catalog: Catalog, stock: Iterable[StockCar], wanted: StockWishes) -> list[StockCar]:
    """Available cars that fit in everything that was said, the cheapest first."""
    named = _named_models(catalog, wanted.wishes.model or "")
    found = [
        car
        for car in stock
        if car.status is StockStatus.AVAILABLE
        and (model := catalog.model(car.configuration.model_id)) is not None
        and (named is None or model in named)
        and fits(model, car, wanted)
    ]
    return sorted(found, key=lambda car: (car.price.gross.minor, car.vin))


def fits(model: Model, car: StockCar, wanted: StockWishes) -> bool:
    """Whether a car of this model has all that was said beside the model's name, and nothing that was excluded."""
    return (
        _has_parts(model, car, wanted.wishes)
        and not any(_has(model, car, (ItemKind.COLOUR,), colour) for colour in wanted.not_colours)
        and _costs(car, wanted)
        and (wanted.most_km is None or car.mileage_km <= wanted.most_km)
    )


def like_cars(stock: Iterable[StockCar], wanted: Configuration, *, minor: int, vin: str | None) -> list[StockCar]:
    """Available others of the same model: those with more of its parts first, then the nearest in price."""
    others = [
        one
        for one in stock
        if one.configuration.model_id == wanted.model_id and one.vin != vin and one.status is StockStatus.AVAILABLE
    ]
    return sorted(
        others,
        key=lambda one: (-len(one.configuration.chosen & wanted.chosen), abs(one.price.minor - minor), one.vin),
    )


def _named_models(catalog: Catalog, typed: str) -> list[Model] | None:
    """Models that were named: by their name, in the plural too, or by their make alone; None where nothing was."""
    said = words(typed)
    if not said:
        return None
    found = find_models(catalog, typed)
    if found:
        return found
    plural = [
        model
        for model in catalog.models
        if all(any(same_word(one, name) for one in said) for name in words(model.name))
    ]
    return plural or [model for model in catalog.models if set(words(model.make)) & set(said)]


def _has_parts(model: Model, car: StockCar, wishes: Wishes) -> bool:
    known = (*words(model.make), *words(model.name))
    beside = [word for word in words(wishes.model or "") if not any(same_word(word, name) for name in known)]
    engines = {Item(ItemKind.ENGINE, one.id): one.fuel for one in model.engines}
    boxes = {Item(ItemKind.TRANSMISSION, one.id): one.kind for one in model.transmissions}
    engine, box = car.configuration.of(ItemKind.ENGINE), car.configuration.of(ItemKind.TRANSMISSION)
    return (
        all(_has(model, car, (ItemKind.TRIM, ItemKind.ENGINE), word) for word in beside)
        and (wishes.engine is None or _has(model, car, (ItemKind.ENGINE,), wishes.engine))
        and (wishes.fuel is None or (engine is not None and engines.get(engine) is wishes.fuel))
        and (wishes.gearbox is None or (box is not None and boxes.get(box) is wishes.gearbox))
        and (wishes.colour is None or _has(model, car, (ItemKind.COLOUR,), wishes.colour))
        and (wishes.upholstery is None or _has(model, car, (ItemKind.UPHOLSTERY,), wishes.upholstery))
        and all(_has(model, car, (ItemKind.OPTION, ItemKind.PACK), option) for option in wishes.options)
    )


def _has(model: Model, car: StockCar, kinds: tuple[ItemKind, ...], typed: str) -> bool:
    """Whether one of the items that the words may mean is in the car, chosen or included."""
    items = meant(model, kinds, typed)
    owned = {*car.configuration.chosen, *Configurator(model).included(car.configuration)}
    return any(item in owned for item in items)


def _costs(car: StockCar, wanted: StockWishes) -> bool:
    """Between the limits; one in another currency cannot be held against the price."""
    price = car.price.gross
    limits = [limit for limit in (wanted.least, wanted.most) if limit is not None]
    return (
        all(limit.currency == price.currency for limit in limits)
        and (wanted.least is None or price.minor >= wanted.least.minor)
        and (wanted.most is None or price.minor <= wanted.most.minor)
    )
