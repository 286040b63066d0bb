"""What the rules of a model make of a set of choices: what comes by itself, what is in the way, what is still needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.catalog import Model
from domain.parts import BASE, STEPS, Item, ItemKind, RuleKind

Items = frozenset[Item]
ADDED = (ItemKind.OPTION, ItemKind.PACK)


class ProblemKind(StrEnum):
    """Why a set of choices is no complete, valid configuration."""

    MISSING = "missing"
    """A step without a choice; nothing is wrong yet."""
    UNKNOWN = "unknown"
    TWICE = "twice"
    NOT_BUILT = "not_built"
    """No variant has these trim, engine and transmission together."""
    EXCLUDED = "excluded"
    NEEDS = "needs"
    REDUNDANT = "redundant"
    """Chosen, and included already."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with `item` because of `others`; a MISSING one names the step alone."""

    kind: ProblemKind
    item: Item | None = None
    others: tuple[Item, ...] = ()
    step: ItemKind | None = None


class Compatibility:
    """The rules of one model, indexed; every answer is a pure function of the items asked about."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._order = {item: place for place, item in enumerate(model.items)}
        self._hosts: dict[Item, Items] = {}
        self._rivals: dict[Item, Items] = {}
        self._needs: list[tuple[Item, tuple[Item, ...]]] = []
        for rule in model.rules:
            if rule.kind is RuleKind.INCLUDED_IN:
                self._hosts[rule.subject] = self._hosts.get(rule.subject, frozenset()) | set(rule.objects)
            elif rule.kind is RuleKind.NEEDS:
                self._needs.append((rule.subject, rule.objects))
            else:
                for rival in rule.objects:
                    self._rivals[rule.subject] = self._rivals.get(rule.subject, frozenset()) | {rival}
                    self._rivals[rival] = self._rivals.get(rival, frozenset()) | {rule.subject}
        self._bringers = tuple(item for item in model.items if item.kind in ADDED and item in self._hosts)

    def sorted(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """In the Catalog's order, step by step; what the model does not have comes last."""
        return tuple(sorted(items, key=lambda item: (self._order.get(item, len(self._order)), item)))

    def present(self, chosen: Items) -> Items:
        """What the car then has: the choices, and the options and packs that come with them."""
        found = set(chosen)
        grown = True
        while grown:
            new = [item for item in self._bringers if item not in found and not self._hosts[item].isdisjoint(found)]
            found.update(new)
            grown = bool(new)
        return frozenset(found)

    def is_free(self, item: Item, present: Items) -> bool:
        """Whether something that is there includes the item."""
        return not self._hosts.get(item, frozenset()).isdisjoint(present)

    def is_built(self, chosen: Items) -> bool:
        """Whether a variant has all of the trim, engine and transmission chosen so far."""
        base = frozenset(item for item in chosen if item.kind in BASE)
        return any(base <= variant.items for variant in self.model.variants)

    def clashes(self, present: Items) -> list[tuple[Item, Item]]:
        """Pairs that exclude each other."""
        return [
            (item, rival)
            for item in self.sorted(present)
            for rival in self.sorted(self._rivals.get(item, frozenset()) & present)
            if self._order[item] < self._order[rival]
        ]

    def unmet(self, present: Items) -> list[tuple[Item, tuple[Item, ...]]]:
        """Items with what they need none of which is there; a need that a step still to be chosen may meet can wait."""
        steps = {item.kind for item in present}
        return [
            (subject, objects)
            for subject, objects in self._needs
            if subject in present
            and present.isdisjoint(objects)
            and all(item.kind in ADDED or item.kind in steps for item in objects)
        ]

    def problems(self, chosen: Items) -> tuple[Problem, ...]:
        """Everything that keeps the choices from being a complete, valid configuration; nothing where they are one."""
        unknown = [item for item in self.sorted(chosen) if item not in self._order]
        if unknown:
            return tuple(Problem(ProblemKind.UNKNOWN, item) for item in unknown)
        found = []
        for step in STEPS:
            picked = self.sorted(item for item in chosen if item.kind is step)
            if not picked and self.model.of(step):
                found.append(Problem(ProblemKind.MISSING, step=step))
            if len(picked) > 1:
                found.append(Problem(ProblemKind.TWICE, picked[0], picked[1:]))
        base = self.sorted(item for item in chosen if item.kind in BASE)
        if not self.is_built(chosen):
            found.append(Problem(ProblemKind.NOT_BUILT, base[-1], base[:-1]))
        present = self.present(chosen)
        found += [Problem(ProblemKind.EXCLUDED, item, (rival,)) for item, rival in self.clashes(present)]
        found += [Problem(ProblemKind.NEEDS, subject, objects) for subject, objects in self.unmet(present)]
        found += [
            Problem(ProblemKind.REDUNDANT, item) for item in self.sorted(chosen) if self.is_redundant(item, chosen)
        ]
        return tuple(found)

    def is_redundant(self, item: Item, chosen: Items) -> bool:
        """Whether a chosen option or pack would be there without being chosen."""
        return item.kind in ADDED and item in self.present(chosen - {item})
