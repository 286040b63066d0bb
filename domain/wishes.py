"""From what an agent typed of a car to choices in the Catalog: what fits one item is chosen, what fits several is asked.

Names are compared word by word, folded, in either language; a word may have another ending ("alba" for "alb").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import eq

from domain.catalog import Catalog, Model
from domain.configuration import Configuration
from domain.configurator import Configurator
from domain.names import words
from domain.parts import Fuel, Gearbox, Item, ItemKind

_FORMS = {"neagra": "negru", "negre": "negru", "rosie": "rosu", "rosii": "rosu", "gray": "grey", "maroniu": "maro"}
_NOT_SAID = frozenset(
    {"de", "cu", "si", "with", "and", "the", "metallic", "metalizat", "metalizata", "metalic", "culoare"}
)
_SHORTEST = 3  # letters that two words must share to be the same with other endings
_ENDING = 2


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was said of a car, as typed; `fuel` and `gearbox` are the contract's codes."""

    model: str | None = None
    engine: str | None = None
    fuel: Fuel | None = None
    gearbox: Gearbox | None = None
    colour: str | None = None
    upholstery: str | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that fit several items, or none (`items` empty)."""

    kind: ItemKind
    typed: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the wishes come to: one model with its choices, or the models among which one must be chosen."""

    models: tuple[Model, ...]
    configuration: Configuration | None = None
    unclear: tuple[Unclear, ...] = ()
    brought: tuple[Item, ...] = ()
    dropped: tuple[Item, ...] = ()


@dataclass(slots=True)
class _Reader:
    model: Model
    chosen: list[Item] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)

    def take(self, kind: ItemKind, typed: str | None, items: Sequence[Item]) -> None:
        """One item is chosen; several, or none for words that were typed, are to be asked."""
        if len(items) == 1:
            self.chosen.append(items[0])
        elif items or typed:
            self.unclear.append(Unclear(kind, typed or "", tuple(items)))

    def named(self, kinds: Iterable[ItemKind], typed: str) -> list[Item]:
        """Items of these kinds whose name, in one language, has all the typed words; a whole name goes before a part."""
        said = _said(typed)
        if not said:
            return []
        names = [
            (item, name)
            for kind in kinds
            for item in self.model.of(kind)
            for name in {words(self.model.names[item].en), words(self.model.names[item].ro)}
        ]
        for same in (eq, same_word):  # "green" is no grey, though an ending apart
            found = [
                (item, len(name)) for item, name in names if all(any(same(one, two) for two in name) for one in said)
            ]
            if found:
                whole = [item for item, length in found if length == len(said)]
                return list(dict.fromkeys(whole or [item for item, _ in found]))
        return []


def read_wishes(catalog: Catalog, wishes: Wishes) -> Reading:
    """The models that fit, and where it is one, the configuration that the rest of the wishes makes of it."""
    models = find_models(catalog, wishes.model or "")
    if len(models) != 1:
        return Reading(tuple(models))
    (model,) = models
    reader = _Reader(model)
    _read_rest_of_model(reader, wishes.model or "")
    configurator = Configurator(model)
    _read_engine(reader, wishes, configurator)
    _read_gearbox(reader, wishes, configurator)
    for kind, typed in ((ItemKind.COLOUR, wishes.colour), (ItemKind.UPHOLSTERY, wishes.upholstery)):
        if typed:
            reader.take(kind, typed, reader.named((kind,), typed))
    for typed in wishes.options:
        reader.take(ItemKind.OPTION, typed, reader.named((ItemKind.OPTION, ItemKind.PACK), typed))
    change, refused = configurator.assemble(reader.chosen)
    impossible = tuple(Unclear(error.item.kind, model.names[error.item].en) for error in refused)
    return Reading(
        (model,), change.configuration, (*reader.unclear, *impossible), brought=change.brought, dropped=change.dropped
    )


def find_models(catalog: Catalog, typed: str) -> list[Model]:
    """Models whose whole name was typed, the longest name first alone: "Sandero Stepway" is no Sandero."""
    said = words(typed)
    found = [(model, words(model.name)) for model in catalog.models]
    named = [(model, name) for model, name in found if name and set(name) <= set(said)]
    longest = max((len(name) for _, name in named), default=0)
    if longest:
        return [model for model, name in named if len(name) == longest]
    # "Enyaq" for "Enyaq iV", "Megane" for "Megane E-Tech Electric": part of a name, where it is all that was typed of it
    rest = [word for word in said if not any(word in words(model.make) for model in catalog.models)]
    return [model for model, name in found if rest and set(rest) <= set(name)]


def meant(model: Model, kinds: Iterable[ItemKind], typed: str) -> list[Item]:
    """Every item of these kinds that the words may mean; a whole name goes before a part."""
    return _Reader(model).named(kinds, typed)


def _read_rest_of_model(reader: _Reader, typed: str) -> None:
    """What stands beside make and model: "Duster Journey TCe 130" names trim and engine too."""
    known = {*words(reader.model.make), *words(reader.model.name)}
    rest = [word for word in words(typed) if word not in known]
    for kind in (ItemKind.TRIM, ItemKind.ENGINE):
        for length in range(len(rest), 0, -1):
            for start in range(len(rest) - length + 1):
                part = rest[start : start + length]
                found = reader.named((kind,), " ".join(part))
                if len(found) == 1:
                    reader.chosen.append(found[0])
                    rest = rest[:start] + rest[start + length :]
                    break
            else:
                continue
            break
    if rest:
        reader.unclear.append(Unclear(ItemKind.TRIM, " ".join(rest)))


def _read_engine(reader: _Reader, wishes: Wishes, configurator: Configurator) -> None:
    if wishes.engine is None and wishes.fuel is None:
        return
    fitting = (
        reader.named((ItemKind.ENGINE,), wishes.engine) if wishes.engine else list(reader.model.of(ItemKind.ENGINE))
    )
    if wishes.fuel is not None:
        fuels = {Item(ItemKind.ENGINE, engine.id): engine.fuel for engine in reader.model.engines}
        fitting = [item for item in fitting if fuels[item] is wishes.fuel]
    reader.take(ItemKind.ENGINE, wishes.engine or str(wishes.fuel), _possible(reader, configurator, fitting))


def _read_gearbox(reader: _Reader, wishes: Wishes, configurator: Configurator) -> None:
    if wishes.gearbox is None:
        return
    kinds = {Item(ItemKind.TRANSMISSION, one.id): one.kind for one in reader.model.transmissions}
    fitting = [item for item, kind in kinds.items() if kind is wishes.gearbox]
    reader.take(ItemKind.TRANSMISSION, str(wishes.gearbox), _possible(reader, configurator, fitting))


def _possible(reader: _Reader, configurator: Configurator, items: list[Item]) -> list[Item]:
    """Those that are built with what was chosen before; all where none is, so that it can be said."""
    so_far = configurator.assemble(reader.chosen)[0].configuration
    built = [
        item
        for item in items
        if any(choice.item == item and not choice.change.dropped for choice in configurator.choices(so_far, item.kind))
    ]
    return built or items


def _said(typed: str) -> tuple[str, ...]:
    return tuple(_FORMS.get(word, word) for word in words(typed) if word not in _NOT_SAID)


def same_word(one: str, other: str) -> bool:
    """Equal but for an ending of two letters; numbers are equal or not."""
    if one == other:
        return True
    if any(letter.isdigit() for letter in one + other):
        return False
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return shared >= _SHORTEST and max(len(one), len(other)) - shared <= _ENDING
