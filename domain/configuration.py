"""Configurations as values: what was chosen of a model, what a choice does, and what the parts cost."""

from dataclasses import dataclass
from enum import StrEnum

from domain.compatibility import Items, Problem
from domain.money import Price
from domain.parts import Item, ItemKind


class Refusal(StrEnum):
    """Why a choice cannot be made."""

    UNKNOWN = "unknown"
    """The model has no such item."""
    IMPOSSIBLE = "impossible"
    """With what was chosen before it, no car can have it."""
    INCLUDED = "included"
    """It comes with something else, and goes only with that."""
    NOT_CHOSEN = "not_chosen"


class ChoiceError(Exception):
    """A choice that is refused; `problems` tell what is in its way, where that can be said."""

    def __init__(self, refusal: Refusal, item: Item, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.item = item
        self.problems = problems


class InvalidConfigurationError(Exception):
    """A configuration that may not be offered or ordered, with all that is wrong or missing."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(problem.kind for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Configuration:
    """A model and what was chosen of it, equal by content; what comes by itself is not among the choices."""

    model_id: str
    chosen: Items = frozenset()

    def of(self, kind: ItemKind) -> Item | None:
        """The choice of a step, None where it is still open."""
        return next((item for item in self.chosen if item.kind is kind), None)

    def ids(self, kind: ItemKind) -> tuple[str, ...]:
        """The ids chosen of a kind, sorted."""
        return tuple(sorted(item.id for item in self.chosen if item.kind is kind))


@dataclass(frozen=True, slots=True)
class Change:
    """A configuration after a choice, and what the choice brought along and threw out; in the Catalog's order."""

    configuration: Configuration
    brought: tuple[Item, ...] = ()
    dropped: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One valid choice of a step; `change` is what making it does, `price` what it adds by itself."""

    item: Item
    change: Change
    price: Price | None
    is_chosen: bool
    is_included: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the price: the car itself where `item` is None; what is included costs nothing."""

    item: Item | None
    price: Price
    is_included: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The parts and their sum; not final while trim, engine or transmission are open and the cheapest car is taken."""

    lines: tuple[Line, ...]
    total: Price
    is_final: bool
