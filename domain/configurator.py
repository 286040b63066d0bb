"""The configurator: from any choices, in any order, to a car that is built, follows every rule and costs the sum of its parts.

Pure and deterministic: the same catalogue and the same choices give the same configuration, effects and price.
"""

from collections.abc import Iterable

from domain.catalog import Model
from domain.compatibility import ADDED, Compatibility, Items, Problem, ProblemKind
from domain.configuration import (
    Change,
    Choice,
    ChoiceError,
    Configuration,
    InvalidConfigurationError,
    Line,
    Quote,
    Refusal,
)
from domain.money import Money, Price
from domain.parts import BASE, STEPS, Item, ItemKind, Variant


class Configurator:
    """Chooses within one model of one catalogue snapshot."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._rules = Compatibility(model)

    def start(self) -> Configuration:
        """Nothing chosen but what leaves no choice."""
        return self._settled(frozenset())

    def choose(self, configuration: Configuration, item: Item) -> Change:
        """Make a choice: it brings what it needs, and throws out what comes after it and cannot stay.

        A step throws out choices of later steps, never of earlier ones; an option throws out other options and packs.
        Raises ChoiceError where the earlier steps do not allow it.
        """
        return self._choose(configuration, item, frozenset())

    def _choose(self, configuration: Configuration, item: Item, wished: Items) -> Change:
        """Choose; where a need can be met in several ways, by what is there or `wished` rather than by another thing."""
        if item not in self._known:
            raise ChoiceError(Refusal.UNKNOWN, item)
        before = self._own(configuration)
        liked = before | wished
        kept = frozenset(old for old in before if item.kind in ADDED or old.kind is not item.kind)
        first = frozenset(old for old in kept if _place(old.kind) < _place(item.kind))
        fitted = self._fit(first, [item], liked=liked)
        if item not in self._rules.present(fitted):
            wrong = [found for found in self._rules.problems(first | {item}) if found.kind is not ProblemKind.MISSING]
            raise ChoiceError(Refusal.IMPOSSIBLE, item, tuple(wrong))
        return self._change(
            before, self._settled(self._fit(fitted, self._rules.sorted(kept - first), liked=liked)), item
        )

    def remove(self, configuration: Configuration, item: Item) -> Change:
        """Take back a choice, and with it what needs it; raises ChoiceError for what was not chosen."""
        before = self._own(configuration)
        if item not in before:
            included = item in self._rules.present(before)
            raise ChoiceError(Refusal.INCLUDED if included else Refusal.NOT_CHOSEN, item)
        kept = self._fit(frozenset(), self._rules.sorted(before - {item}), liked=before, without=frozenset({item}))
        return self._change(before, Configuration(self.model.id, kept), item)

    def assemble(self, items: Iterable[Item]) -> tuple[Change, tuple[ChoiceError, ...]]:
        """Make several choices at once, steps first: from a sentence, or from what was saved under an older catalogue."""
        wished = frozenset(items)
        if all(problem.kind is ProblemKind.MISSING for problem in self._rules.problems(wished)):
            whole = self._settled(wished)  # nothing is in anything's way: what was saved comes back as it was
            return Change(whole, self._rules.sorted(whole.chosen - wished)), ()
        configuration, refused = self.start(), []
        for item in self._rules.sorted(wished):
            if item in self._rules.present(configuration.chosen):
                continue
            try:
                configuration = self._choose(configuration, item, wished).configuration
            except ChoiceError as error:
                refused.append(error)
        present = self._rules.present(configuration.chosen)
        lost = wished - present - {error.item for error in refused}
        brought = self._rules.sorted(configuration.chosen - wished)
        return Change(configuration, brought, self._rules.sorted(lost)), tuple(refused)

    def choices(self, configuration: Configuration, kind: ItemKind) -> tuple[Choice, ...]:
        """The valid choices of a step, in the Catalog's order.

        Of a step that is still open, those that throw nothing out, if there are any: what was said before stays.
        """
        chosen = self._own(configuration)
        present = self._rules.present(chosen)
        found = []
        for item in self.model.of(kind):
            try:
                change = Change(configuration) if item in present else self.choose(configuration, item)
            except ChoiceError:
                continue
            free = self._rules.is_free(item, self._rules.present(change.configuration.chosen))
            price = self.model.prices.get(item)
            found.append(
                Choice(
                    item=item,
                    change=change,
                    price=self.model.terms if free and price else price,
                    is_chosen=item in chosen,
                    is_included=free,
                )
            )
        gentle = [choice for choice in found if not choice.change.dropped]
        return tuple(gentle if gentle and kind in STEPS and configuration.of(kind) is None else found)

    def problems(self, configuration: Configuration) -> tuple[Problem, ...]:
        """All that is missing or wrong: nothing for a configuration that may be offered."""
        if configuration.model_id != self.model.id:
            return (Problem(ProblemKind.UNKNOWN),)
        return self._rules.problems(configuration.chosen)

    def check(self, configuration: Configuration) -> None:
        """Raises InvalidConfigurationError unless the configuration is complete and follows every rule."""
        problems = self.problems(configuration)
        if problems:
            raise InvalidConfigurationError(problems)

    def included(self, configuration: Configuration) -> tuple[Item, ...]:
        """Options and packs that come without being chosen."""
        chosen = self._own(configuration)
        return self._rules.sorted(self._rules.present(chosen) - chosen)

    def quote(self, configuration: Configuration) -> Quote:
        """The price as its parts; their sum is exact, since all prices of a model share currency, basis and VAT rate."""
        chosen = self._own(configuration)
        present = self._rules.present(chosen)
        lines = [Line(None, self.variant(configuration).price)]
        for item in self._rules.sorted(present):
            if item.kind not in BASE:
                free = self._rules.is_free(item, present)
                lines.append(Line(item, self.model.terms if free else self.model.prices[item], is_included=free))
        total = sum((line.price.money for line in lines), Money(0, self.model.terms.currency))
        terms = self.model.terms
        is_final = all(configuration.of(kind) for kind in BASE)
        return Quote(tuple(lines), Price.of(total, basis=terms.basis, vat=terms.vat), is_final)

    def variant(self, configuration: Configuration) -> Variant:
        """The car as it is built; while steps are open, the cheapest that they leave."""
        base = frozenset(item for item in self._own(configuration) if item.kind in BASE)
        left = [variant for variant in self.model.variants if base <= variant.items]
        if not left:
            raise InvalidConfigurationError(self.problems(configuration))
        return min(left, key=lambda variant: variant.price.minor)

    @property
    def _known(self) -> frozenset[Item]:
        return frozenset(self.model.items)

    def _own(self, configuration: Configuration) -> Items:
        """The choices, if they are of this model; raises InvalidConfigurationError."""
        if configuration.model_id != self.model.id or not configuration.chosen <= self._known:
            raise InvalidConfigurationError(self.problems(configuration))
        return configuration.chosen

    def _fit(
        self, kept: Items, wanted: Iterable[Item], *, liked: Items = frozenset(), without: Items = frozenset()
    ) -> Items:
        """Add each wanted item, with what it needs, unless something kept before it stands in the way."""
        for item in wanted:
            kept = self._completed(kept | {item}, liked, without) or kept
        for item in self._rules.sorted(kept):
            if self._rules.is_redundant(item, kept):
                kept -= {item}
        return kept

    def _completed(self, items: Items, liked: Items, without: Items) -> Items | None:
        """The items with options and packs that they need, liked ones first, then the Catalog's first; None if impossible."""
        present = self._rules.present(items)
        if not self._rules.is_built(items) or self._rules.clashes(present):
            return None
        unmet = self._rules.unmet(present)
        if not unmet:
            return items
        for wish in sorted(unmet[0][1], key=lambda item: item not in liked):
            if wish.kind in ADDED and wish not in without:
                found = self._completed(items | {wish}, liked, without)
                if found is not None:
                    return found
        return None

    def _settled(self, items: Items) -> Configuration:
        """Take what leaves no choice: a step with one possibility is nothing to ask about, and may leave another with one."""
        grown = True
        while grown:
            grown = False
            for step in STEPS:
                if any(item.kind is step for item in items):
                    continue
                left = [fitted for item in self.model.of(step) if item in (fitted := self._fit(items, [item]))]
                if len(left) == 1:
                    items, grown = left[0], True
        return Configuration(self.model.id, items)

    def _change(self, before: Items, after: Configuration, item: Item) -> Change:
        had, has = self._rules.present(before), self._rules.present(after.chosen)
        own = {item} if item.kind in ADDED else {old for old in had | has if old.kind is item.kind}
        return Change(after, self._rules.sorted(has - had - own), self._rules.sorted(had - has - own))


def _place(kind: ItemKind) -> int:
    """Where a kind stands in the order of choosing; options and packs share the last place."""
    return STEPS.index(kind) if kind in STEPS else len(STEPS)
