"""What an offer says, as values: the cars with their parts as the Catalog priced them, and the sums down to what is paid."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from domain.catalog import Catalog, Model
from domain.configuration import Configuration
from domain.configurator import Configurator
from domain.errors import InvalidValueError
from domain.money import WHOLE, Basis, Money, Price, rounded_share
from domain.parts import BASE, Item, ItemKind
from domain.sales import AllowanceKind
from domain.stock import StockCar

LARGEST_QUANTITY = 500  # of one configuration: what Sales takes
MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a car's price in minor units, with its name in both languages; what is included costs nothing."""

    code: str
    en: str
    ro: str
    minor: int
    included: bool = False
    kind: str = ""

    def text(self, language: str) -> str:
        """Its name."""
        return self.ro if language == "ro" else self.en


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """A configuration as it was priced, or a car in stock (`vin`); `listed` is the sum of its parts, of one car."""

    model_id: str
    chosen: tuple[tuple[str, str], ...]
    title: str
    parts: tuple[Part, ...]
    technical: tuple[tuple[str, str], ...] = ()
    quantity: int = 1
    vin: str | None = None

    @property
    def listed(self) -> int:
        """Of one car, in minor units."""
        return sum(part.minor for part in self.parts)

    @property
    def configuration(self) -> Configuration:
        """What was chosen."""
        return Configuration(self.model_id, frozenset(Item(ItemKind(kind), item_id) for kind, item_id in self.chosen))


@dataclass(frozen=True, slots=True)
class Allowance:
    """A trade-in allowance or a voucher (Rabla), in minor units of the offer's currency."""

    kind: AllowanceKind
    label: str
    minor: int


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """All that an offer's version says; `discount` in minor units of the whole, in the basis of the lines."""

    lines: tuple[OfferedLine, ...]
    currency: str
    basis: Basis
    vat: int
    catalog_version: str
    discount: int = 0
    discount_percent: int | None = None  # basis points, where it was said as a percentage
    allowances: tuple[Allowance, ...] = ()
    monthly_rate: str = ""

    @property
    def listed(self) -> Price:
        """The list price of all cars."""
        return self._price(sum(line.listed * line.quantity for line in self.lines))

    @property
    def agreed(self) -> Price:
        """After the discount."""
        return self._price(self.listed.minor - self.discount)

    @property
    def vat_amount(self) -> Money:
        """The VAT of the agreed price."""
        return Money(self.agreed.gross.minor - self.agreed.net.minor, self.currency)

    @property
    def payable(self) -> Money:
        """What is to be paid after allowances and vouchers."""
        return Money(self.agreed.gross.minor - sum(one.minor for one in self.allowances), self.currency)

    @property
    def discount_share(self) -> int:
        """The discount in basis points of the list price, rounded up: what is compared with the limit."""
        return -(-self.discount * WHOLE // self.listed.minor) if self.listed.minor else 0

    @property
    def cars(self) -> int:
        """How many cars."""
        return sum(line.quantity for line in self.lines)

    def agreed_of(self, line: OfferedLine) -> Price:
        """One car of a line after its share of the discount."""
        return self._price(line.listed - rounded_share(line.listed, self.discount, max(self.listed.minor, 1)))

    def as_json(self) -> dict[str, Any]:
        """JSON to keep."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "OfferTerms":
        """What `as_json` gave."""
        lines = tuple(_line(line) for line in kept["lines"])
        allowances = tuple(
            Allowance(AllowanceKind(one["kind"]), one["label"], one["minor"]) for one in kept["allowances"]
        )
        return cls(**{**kept, "lines": lines, "allowances": allowances, "basis": Basis(kept["basis"])})

    def _price(self, minor: int) -> Price:
        return Price(minor, self.currency, self.basis, self.vat)


def configured_line(catalog: Catalog, configuration: Configuration, *, quantity: int = 1) -> OfferedLine:
    """A complete, valid configuration at the Catalog's prices.

    Raises InvalidValueError for a model that the Catalog has no longer or a wrong quantity, and
    InvalidConfigurationError for one that is incomplete or breaks a rule.
    """
    model = catalog.model(configuration.model_id)
    if model is None:
        raise InvalidValueError("model_gone")
    if not 1 <= quantity <= LARGEST_QUANTITY:
        raise InvalidValueError("quantity_range", limit=LARGEST_QUANTITY)
    configurator = Configurator(model)
    configurator.check(configuration)
    parts = [
        _part(model, configuration, line.item, line.price.minor, line.is_included)
        for line in configurator.quote(configuration).lines
    ]
    technical = {**dict(model.technical), **dict(configurator.variant(configuration).technical)}
    return OfferedLine(
        model_id=model.id,
        chosen=_chosen(configuration),
        title=title_of(model, configuration),
        parts=tuple(parts),
        technical=tuple((key, str(value)) for key, value in technical.items()),
        quantity=quantity,
    )


def stock_line(catalog: Catalog, car: StockCar) -> OfferedLine:
    """A car in stock: its parts as configured, and the difference between their sum and what is asked as one part."""
    line = configured_line(catalog, car.configuration)
    difference = car.price.minor - line.listed
    extra = (
        (Part("stock", "Stock car price adjustment", "Ajustare preț mașină din stoc", difference),)
        if difference
        else ()
    )
    return OfferedLine(
        model_id=line.model_id,
        chosen=line.chosen,
        title=line.title,
        parts=line.parts + extra,
        technical=line.technical,
        vin=car.vin,
    )


def terms_of(catalog: Catalog, lines: Sequence[OfferedLine]) -> OfferTerms:
    """An offer of these cars without discount; raises InvalidValueError where their prices have no sum."""
    if not 1 <= len(lines) <= MOST_LINES:
        raise InvalidValueError("offer_lines", limit=MOST_LINES)
    terms = {model.terms for line in lines if (model := catalog.model(line.model_id))}
    if len(terms) != 1:
        raise InvalidValueError("prices_without_sum")
    (term,) = terms
    return OfferTerms(tuple(lines), term.currency, term.basis, term.vat, catalog.version)


def title_of(model: Model, configuration: Configuration) -> str:
    """As "Dacia Duster Journey TCe 130 automatic" is said: make, model, trim, engine."""
    names = [model.names[item].en for kind in (BASE[0], BASE[1]) if (item := configuration.of(kind))]
    return " ".join([model.make, model.name, *names])


def deadline_of(today: date, *, days: int) -> date:
    """The last day of an offer that is good for so many days."""
    return date.fromordinal(today.toordinal() + days)


def _part(model: Model, configuration: Configuration, item: Item | None, minor: int, included: bool) -> Part:
    if item is None:
        base = [model.names[one] for kind in BASE if (one := configuration.of(kind))]
        car = f"{model.make} {model.name}"
        return Part(
            "",
            " ".join([car, *(name.en for name in base)]),
            " ".join([car, *(name.ro for name in base)]),
            minor,
            kind="car",
        )
    name = model.names[item]
    return Part(item.id, name.en, name.ro, minor, included=included, kind=item.kind.value)


def _chosen(configuration: Configuration) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((item.kind.value, item.id) for item in configuration.chosen))


def _line(kept: Mapping[str, Any]) -> OfferedLine:
    pairs = {name: tuple(tuple(pair) for pair in kept[name]) for name in ("chosen", "technical")}
    return OfferedLine(**{**kept, **pairs, "parts": tuple(Part(**part) for part in kept["parts"])})
