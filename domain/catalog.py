"""What the Catalog module transfers: a snapshot of models with what they may be made of and what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from domain.money import Price
from domain.parts import (
    BASE,
    Engine,
    Extra,
    Item,
    ItemKind,
    Name,
    Rule,
    RuleKind,
    Technical,
    Transmission,
    Trim,
    Variant,
)


class CatalogError(ValueError):
    """A catalogue that contradicts itself: nothing may be offered from it. Its text is for the log."""


@dataclass(frozen=True)
class Model:
    """A model with all that it may be made of; raises CatalogError where its parts do not fit together."""

    id: str
    make: str
    name: str
    year: int
    body: str
    seats: int
    doors: int
    demonstration: bool
    trims: tuple[Trim, ...]
    engines: tuple[Engine, ...]
    transmissions: tuple[Transmission, ...]
    variants: tuple[Variant, ...]
    extras: tuple[Extra, ...]
    rules: tuple[Rule, ...] = ()
    technical: Technical = ()

    def __post_init__(self) -> None:
        _check(self)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Everything that may be chosen, step by step and in the Catalog's order."""
        return tuple(sorted(_all_items(self), key=lambda item: list(ItemKind).index(item.kind)))

    @cached_property
    def names(self) -> dict[Item, Name]:
        """What each item is called."""
        plain = [(ItemKind.TRIM, trim) for trim in self.trims] + [(ItemKind.ENGINE, engine) for engine in self.engines]
        return {
            **{Item(kind, entry.id): Name(entry.name, entry.name) for kind, entry in plain},
            **{Item(ItemKind.TRANSMISSION, entry.id): entry.name for entry in self.transmissions},
            **{extra.item: extra.name for extra in self.extras},
        }

    @cached_property
    def prices(self) -> dict[Item, Price]:
        """What each extra costs by itself."""
        return {extra.item: extra.price for extra in self.extras}

    @cached_property
    def terms(self) -> Price:
        """Nothing, in the currency, basis and VAT rate that all prices of the model share."""
        price = self.variants[0].price
        return Price(0, price.currency, price.basis, price.vat)

    def of(self, kind: ItemKind) -> tuple[Item, ...]:
        """All items of a kind, in the Catalog's order."""
        return tuple(item for item in self.items if item.kind is kind)


@dataclass(frozen=True, slots=True)
class PriceList:
    """Which price list the amounts come from, and its days, both included; `valid_until` None is open."""

    id: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True)
class Catalog:
    """One consistent snapshot; `version` is the Catalog's, equal for equal content."""

    version: str
    published_at: datetime
    price_list: PriceList
    models: tuple[Model, ...]

    def __post_init__(self) -> None:
        if len({model.id for model in self.models}) != len(self.models):
            raise CatalogError("two models share an id")

    def model(self, model_id: str) -> Model | None:
        """The model, None where the Catalog has it no longer."""
        return next((model for model in self.models if model.id == model_id), None)


def _all_items(model: Model) -> Iterator[Item]:
    for trim in model.trims:
        yield Item(ItemKind.TRIM, trim.id)
    for engine in model.engines:
        yield Item(ItemKind.ENGINE, engine.id)
    for transmission in model.transmissions:
        yield Item(ItemKind.TRANSMISSION, transmission.id)
    for extra in model.extras:
        yield extra.item


def _check(model: Model) -> None:
    items = list(_all_items(model))
    known = set(items)
    if len(known) != len(items):
        raise CatalogError(f"{model.id}: an id stands twice")
    if not model.variants:
        raise CatalogError(f"{model.id}: no variant is built")
    if any(extra.item.kind in BASE for extra in model.extras):
        raise CatalogError(f"{model.id}: an extra is no extra")
    if len({variant.items for variant in model.variants}) != len(model.variants):
        raise CatalogError(f"{model.id}: a variant stands twice")
    for variant in model.variants:
        if not variant.items <= known:
            raise CatalogError(f"{model.id}: a variant is made of what the model does not have")
    prices = [variant.price for variant in model.variants] + [extra.price for extra in model.extras]
    if len({(price.currency, price.basis, price.vat) for price in prices}) != 1:
        raise CatalogError(f"{model.id}: prices differ in currency, basis or VAT rate and have no sum")
    if any(price.minor < 0 for price in prices):
        raise CatalogError(f"{model.id}: a price is below nothing")
    for rule in model.rules:
        if not {rule.subject, *rule.objects} <= known or rule.subject in rule.objects or not rule.objects:
            raise CatalogError(f"{model.id}: rule {rule.id} names what the model does not have, itself or nothing")
    _check_inclusions(model)


def _check_inclusions(model: Model) -> None:
    """An option that is included in itself by a detour would be free without being chosen."""
    hosts: dict[Item, set[Item]] = {}
    for rule in model.rules:
        if rule.kind is RuleKind.INCLUDED_IN:
            if rule.subject.kind in BASE:
                raise CatalogError(f"{model.id}: rule {rule.id} includes what every car has")
            hosts.setdefault(rule.subject, set()).update(rule.objects)
    for start, direct in hosts.items():
        reached, ahead = set[Item](), list(direct)
        while ahead:
            item = ahead.pop()
            if item == start:
                raise CatalogError(f"{model.id}: {start.id} is included in itself")
            if item not in reached:
                reached.add(item)
                ahead += hosts.get(item, ())
