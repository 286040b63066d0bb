"""What a car is made of, as values: trims, engines, transmissions, extras, and the rules between them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.money import Price

Technical = tuple[tuple[str, Decimal], ...]
"""Figures by a key that ends in its unit (`length_mm`, `range_wltp_km`), in the Catalog's order."""


class ItemKind(StrEnum):
    """What a configuration is made of, in the order in which it is chosen."""

    TRIM = "trim"
    ENGINE = "engine"
    TRANSMISSION = "transmission"
    COLOUR = "colour"
    UPHOLSTERY = "upholstery"
    OPTION = "option"
    PACK = "pack"


BASE = (ItemKind.TRIM, ItemKind.ENGINE, ItemKind.TRANSMISSION)
STEPS = (*BASE, ItemKind.COLOUR, ItemKind.UPHOLSTERY)
"""Exactly one of each in a complete configuration; of options and packs any number."""


class Fuel(StrEnum):
    """What the engine runs on; LPG ones take petrol too."""

    PETROL = "petrol"
    DIESEL = "diesel"
    LPG = "lpg"
    HYBRID = "hybrid"
    PLUG_IN_HYBRID = "plug_in_hybrid"
    ELECTRIC = "electric"


class Drive(StrEnum):
    """Which wheels are driven."""

    FRONT = "fwd"
    REAR = "rwd"
    ALL = "awd"


class Gearbox(StrEnum):
    """Who changes gears."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


class RuleKind(StrEnum):
    """How items bear on each other."""

    NEEDS = "needs"
    """With the subject, at least one of the objects must be there."""
    EXCLUDES = "excludes"
    """The subject and none of the objects together."""
    INCLUDED_IN = "included_in"
    """With any of the objects the subject costs nothing; an option or pack then comes by itself."""


class StockStatus(StrEnum):
    """Whether a physical car can be had."""

    AVAILABLE = "available"
    RESERVED = "reserved"
    SOLD = "sold"


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One thing that may be chosen; ids are unique within their kind and model."""

    kind: ItemKind
    id: str


@dataclass(frozen=True, slots=True)
class Name:
    """What an item is called in each language."""

    en: str
    ro: str

    def text(self, language: str) -> str:
        """In the language, English where it is another."""
        return self.ro if language == "ro" else self.en


@dataclass(frozen=True, slots=True)
class Trim:
    """A level of equipment."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Engine:
    """A powertrain with its driven wheels."""

    id: str
    name: str
    fuel: Fuel
    drive: Drive
    power_kw: int


@dataclass(frozen=True, slots=True)
class Transmission:
    """A gearbox; `gears` is None where it has no steps."""

    id: str
    name: Name
    kind: Gearbox
    gears: int | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A trim with an engine and a transmission that is built together, and what the car costs so."""

    trim_id: str
    engine_id: str
    transmission_id: str
    price: Price
    technical: Technical = ()

    @property
    def items(self) -> frozenset[Item]:
        """The three choices that make it."""
        ids = (self.trim_id, self.engine_id, self.transmission_id)
        return frozenset(Item(kind, item_id) for kind, item_id in zip(BASE, ids, strict=True))


@dataclass(frozen=True, slots=True)
class Extra:
    """A colour, upholstery, option or pack; `group` is the finish, the material or the shelf it stands on."""

    item: Item
    name: Name
    price: Price
    group: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """`subject` needs, excludes or is included in the `objects`; what each means stands at RuleKind."""

    id: str
    kind: RuleKind
    subject: Item
    objects: tuple[Item, ...]
