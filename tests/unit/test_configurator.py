"""The configurator: no sequence of choices gives a car that breaks a rule, or a price other than the sum of its parts."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.catalog import CatalogError, Model
from domain.compatibility import ProblemKind
from domain.configuration import ChoiceError, Configuration, InvalidConfigurationError, Refusal
from domain.configurator import Configurator
from domain.money import Basis, Price
from domain.parts import (
    BASE,
    STEPS,
    Drive,
    Engine,
    Extra,
    Fuel,
    Gearbox,
    Item,
    ItemKind,
    Name,
    Rule,
    RuleKind,
    Transmission,
    Trim,
    Variant,
)

OPTION, PACK = ItemKind.OPTION, ItemKind.PACK


def eur(minor: int) -> Price:
    """A gross price under Romanian VAT."""
    return Price(minor, "EUR", Basis.GROSS, 2100)


def extra(kind: ItemKind, item_id: str, minor: int) -> Extra:
    """An extra whose name is its id."""
    return Extra(Item(kind, item_id), Name(item_id, item_id), eur(minor))


def model(variants: Iterable[tuple[str, str, str, int]], extras: Iterable[Extra], rules: Iterable[Rule]) -> Model:
    """A model of these variants; trims, engines and transmissions are those that they name."""
    built = [Variant(trim, engine, box, eur(minor)) for trim, engine, box, minor in variants]
    return Model(
        id="duster",
        make="Dacia",
        name="Duster",
        year=2026,
        body="suv",
        seats=5,
        doors=5,
        demonstration=True,
        trims=tuple(Trim(name, name) for name in sorted({variant.trim_id for variant in built})),
        engines=tuple(
            Engine(name, name, Fuel.PETROL, Drive.FRONT, 96)
            for name in sorted({variant.engine_id for variant in built})
        ),
        transmissions=tuple(
            Transmission(name, Name(name, name), Gearbox.MANUAL)
            for name in sorted({variant.transmission_id for variant in built})
        ),
        variants=tuple(built),
        extras=tuple(extras),
        rules=tuple(rules),
    )


def rule(kind: RuleKind, subject: Item, *objects: Item) -> Rule:
    """A rule whose id is what it says."""
    return Rule(f"{subject.id} {kind} {objects[0].id}", kind, subject, objects)


def option(item_id: str) -> Item:
    """An option."""
    return Item(OPTION, item_id)


TOWBAR, CAMERA, SPARE, ROOF, RAILS, WINTER = map(option, ("towbar", "camera", "spare", "roof", "rails", "winter"))
GREEN, CLOTH, LEATHER = (
    Item(ItemKind.COLOUR, "green"),
    Item(ItemKind.UPHOLSTERY, "cloth"),
    Item(ItemKind.UPHOLSTERY, "skin"),
)
WHITE, OUTDOOR = Item(ItemKind.COLOUR, "white"), Item(PACK, "outdoor")
ESSENTIAL, JOURNEY = Item(ItemKind.TRIM, "essential"), Item(ItemKind.TRIM, "journey")
TCE, HYBRID = Item(ItemKind.ENGINE, "tce"), Item(ItemKind.ENGINE, "hybrid")
MANUAL, AUTOMATIC = Item(ItemKind.TRANSMISSION, "manual"), Item(ItemKind.TRANSMISSION, "automatic")

DUSTER = model(
    [
        ("essential", "tce", "manual", 2_000_000),
        ("journey", "tce", "manual", 2_300_000),
        ("journey", "hybrid", "automatic", 2_700_000),
    ],
    [
        extra(ItemKind.COLOUR, "white", 0),
        extra(ItemKind.COLOUR, "green", 60_000),
        extra(ItemKind.UPHOLSTERY, "cloth", 0),
        extra(ItemKind.UPHOLSTERY, "skin", 120_000),
        extra(OPTION, "towbar", 70_000),
        extra(OPTION, "camera", 30_000),
        extra(OPTION, "spare", 25_000),
        extra(OPTION, "roof", 80_000),
        extra(OPTION, "rails", 20_000),
        extra(OPTION, "winter", 40_000),
        extra(PACK, "outdoor", 90_000),
    ],
    [
        rule(RuleKind.NEEDS, TOWBAR, CAMERA),
        rule(RuleKind.NEEDS, LEATHER, WINTER, OUTDOOR),
        rule(RuleKind.EXCLUDES, ROOF, RAILS),
        rule(RuleKind.EXCLUDES, SPARE, HYBRID),
        rule(RuleKind.EXCLUDES, LEATHER, ESSENTIAL),
        rule(RuleKind.INCLUDED_IN, TOWBAR, OUTDOOR),
        rule(RuleKind.INCLUDED_IN, CAMERA, JOURNEY),
        rule(RuleKind.INCLUDED_IN, GREEN, OUTDOOR),
    ],
)


@pytest.fixture
def duster() -> Configurator:
    """A small model with every sort of rule."""
    return Configurator(DUSTER)


def made(configurator: Configurator, *items: Item) -> Configuration:
    """What these choices, in this order, come to."""
    configuration = configurator.start()
    for item in items:
        configuration = configurator.choose(configuration, item).configuration
    return configuration


def test_what_leaves_no_choice_is_not_asked(duster: Configurator) -> None:
    """The hybrid is built in one trim and with one gearbox: choosing it chooses them."""
    change = duster.choose(duster.start(), HYBRID)

    assert change.configuration.chosen == {HYBRID, JOURNEY, AUTOMATIC}
    assert change.brought == (JOURNEY, AUTOMATIC, CAMERA)


def test_a_complete_configuration_costs_its_parts(duster: Configurator) -> None:
    """Car, colour and option are summed, and what the trim includes costs nothing."""
    configuration = made(duster, JOURNEY, TCE, GREEN, CLOTH, TOWBAR)

    duster.check(configuration)
    quote = duster.quote(configuration)
    assert [(line.item, line.price.minor) for line in quote.lines] == [
        (None, 2_300_000),
        (GREEN, 60_000),
        (CLOTH, 0),
        (TOWBAR, 70_000),
        (CAMERA, 0),
    ]
    assert (quote.total, quote.is_final) == (eur(2_430_000), True)


def test_an_option_brings_what_it_needs(duster: Configurator) -> None:
    """The tow bar needs the camera, which the essential trim lacks: it comes along, and is told."""
    change = duster.choose(made(duster, ESSENTIAL), TOWBAR)

    assert change.brought == (CAMERA,)
    assert {TOWBAR, CAMERA} <= change.configuration.chosen


def test_an_option_throws_out_what_it_excludes(duster: Configurator) -> None:
    """Of two options that exclude each other the newer one stays."""
    change = duster.choose(made(duster, JOURNEY, RAILS), ROOF)

    assert change.dropped == (RAILS,)
    assert RAILS not in change.configuration.chosen


def test_an_option_never_throws_out_an_earlier_step(duster: Configurator) -> None:
    """What engine or trim forbid is not offered, and refused with what is in the way."""
    configuration = made(duster, HYBRID)

    assert SPARE not in [choice.item for choice in duster.choices(configuration, OPTION)]
    with pytest.raises(ChoiceError) as caught:
        duster.choose(configuration, SPARE)
    assert caught.value.refusal is Refusal.IMPOSSIBLE
    assert [(problem.kind, problem.item, problem.others) for problem in caught.value.problems] == [
        (ProblemKind.EXCLUDED, HYBRID, (SPARE,))
    ]


def test_going_back_to_a_step_keeps_what_still_fits(duster: Configurator) -> None:
    """Another trim keeps engine, colour and option, and throws out upholstery and gearbox that it has not."""
    before = made(duster, JOURNEY, TCE, WHITE, LEATHER, ROOF)

    change = duster.choose(before, ESSENTIAL)

    assert change.configuration.chosen == {ESSENTIAL, TCE, MANUAL, WHITE, CLOTH, ROOF, WINTER}
    assert change.dropped == (LEATHER, CAMERA)
    assert change.brought == (CLOTH,)


def test_a_need_is_met_by_what_is_there_already(duster: Configurator) -> None:
    """Leather needs the winter option or the outdoor pack: with the pack chosen, winter does not come along later."""
    configuration = made(duster, JOURNEY, TCE, WHITE, OUTDOOR, LEATHER, ROOF)

    assert OUTDOOR in configuration.chosen
    assert WINTER not in configuration.chosen


def test_what_a_pack_includes_is_no_choice(duster: Configurator) -> None:
    """A tow bar chosen before its pack becomes a part of the pack: it costs nothing and goes only with the pack."""
    configuration = made(duster, JOURNEY, TCE, GREEN, CLOTH, TOWBAR, OUTDOOR)

    assert TOWBAR not in configuration.chosen
    assert duster.included(configuration) == (TOWBAR, CAMERA)
    assert duster.quote(configuration).total == eur(2_300_000 + 90_000)
    with pytest.raises(ChoiceError) as caught:
        duster.remove(configuration, TOWBAR)
    assert caught.value.refusal is Refusal.INCLUDED
    assert duster.remove(configuration, OUTDOOR).dropped == (TOWBAR,)


def test_removing_takes_what_needs_it(duster: Configurator) -> None:
    """Without the camera the tow bar goes too, rather than bringing the camera back."""
    change = duster.remove(made(duster, ESSENTIAL, TOWBAR), CAMERA)

    assert change.dropped == (TOWBAR,)


def test_an_open_step_offers_what_throws_nothing_out(duster: Configurator) -> None:
    """With an engine said first, only its trims are offered; with a trim chosen, all trims are, to go back to."""
    with_tow = duster.choose(duster.start(), TCE).configuration
    hybrid = Configuration("duster", frozenset({HYBRID}))

    assert [choice.item for choice in duster.choices(with_tow, ItemKind.TRIM)] == [ESSENTIAL, JOURNEY]
    assert [choice.item for choice in duster.choices(hybrid, ItemKind.TRIM)] == [JOURNEY]
    assert [choice.item for choice in duster.choices(made(duster, HYBRID), ItemKind.TRIM)] == [ESSENTIAL, JOURNEY]


def test_a_sentence_is_assembled(duster: Configurator) -> None:
    """Several things said at once give one configuration; what cannot be is named and the rest stands."""
    change, refused = duster.assemble([SPARE, GREEN, HYBRID, TOWBAR, option("wings")])

    assert change.configuration.chosen >= {JOURNEY, HYBRID, AUTOMATIC, GREEN, TOWBAR}
    assert [(error.item, error.refusal) for error in refused] == [
        (SPARE, Refusal.IMPOSSIBLE),
        (option("wings"), Refusal.UNKNOWN),
    ]


def test_a_price_before_the_engine_is_from_the_cheapest(duster: Configurator) -> None:
    """The running price starts with the cheapest car that the choices leave, and says that it is not final."""
    quote = duster.quote(made(duster, JOURNEY))

    assert (quote.total, quote.is_final) == (eur(2_300_000), False)


def test_incomplete_is_told_step_by_step(duster: Configurator) -> None:
    """What is missing is named, and such a configuration may not be offered."""
    configuration = made(duster, TCE)

    missing = [problem.step for problem in duster.problems(configuration)]
    assert missing == [ItemKind.TRIM, ItemKind.COLOUR, ItemKind.UPHOLSTERY]
    with pytest.raises(InvalidConfigurationError):
        duster.check(configuration)


def test_a_configuration_of_another_model_is_refused(duster: Configurator) -> None:
    """Nothing is priced or changed that is not this model's."""
    other = Configuration("logan", frozenset({TCE}))

    with pytest.raises(InvalidConfigurationError):
        duster.quote(other)
    assert duster.problems(other) != ()


def test_order_of_choosing_does_not_matter_to_equality(duster: Configurator) -> None:
    """The same content is the same configuration, whichever way it was reached."""
    one = made(duster, JOURNEY, TCE, GREEN, CLOTH, TOWBAR, ROOF)
    other = made(duster, ROOF, CLOTH, TOWBAR, GREEN, TCE, JOURNEY)

    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    "rules",
    [
        [rule(RuleKind.INCLUDED_IN, TOWBAR, CAMERA), rule(RuleKind.INCLUDED_IN, CAMERA, TOWBAR)],
        [rule(RuleKind.NEEDS, TOWBAR, option("wings"))],
        [rule(RuleKind.EXCLUDES, TOWBAR, TOWBAR)],
        [rule(RuleKind.INCLUDED_IN, TCE, TOWBAR)],
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(rules: list[Rule]) -> None:
    """Rules that include in circles, name nothing or include an engine are no catalogue."""
    with pytest.raises(CatalogError):
        model([("a", "tce", "c", 1)], [extra(OPTION, "towbar", 1), extra(OPTION, "camera", 1)], rules)


def test_prices_that_have_no_sum_are_refused() -> None:
    """Two currencies, or net beside gross, in one model cannot be added."""
    net = Extra(TOWBAR, Name("x", "x"), Price(1, "EUR", Basis.NET, 2100))
    with pytest.raises(CatalogError):
        model([("a", "b", "c", 1)], [net], [])


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Any small model: some of its trims, engines and gearboxes together, extras, and rules between anything."""
    every = [(trim, engine, box) for trim in "abc" for engine in "de" for box in "fg"]
    built = draw(st.lists(st.sampled_from(every), min_size=1, unique=True))
    prices = st.integers(0, 5_000_000)
    counts = {ItemKind.COLOUR: (1, 3), ItemKind.UPHOLSTERY: (0, 3), OPTION: (0, 6), PACK: (0, 2)}
    extras = [
        extra(kind, f"{kind}{number}", draw(prices))
        for kind, (least, most) in counts.items()
        for number in range(draw(st.integers(least, most)))
    ]
    variants = [(*ids, draw(prices)) for ids in built]
    plain = model(variants, extras, [])
    items = st.sampled_from(plain.items)
    rules: list[Rule] = []
    for _ in range(draw(st.integers(0, 8))):
        candidate = rule(draw(st.sampled_from(RuleKind)), draw(items), *draw(st.lists(items, min_size=1, max_size=3)))
        try:
            model(variants, extras, [*rules, candidate])
        except CatalogError:
            continue
        rules.append(candidate)
    return model(variants, extras, rules)


def breaks(given_model: Model, chosen: frozenset[Item]) -> list[str]:
    """The rules that a set of choices breaks, told by another reading of them than the configurator's."""
    present = set(chosen)
    for _ in given_model.items:
        present |= {
            one.subject
            for one in given_model.rules
            if one.kind is RuleKind.INCLUDED_IN and one.subject.kind in {OPTION, PACK} and present & set(one.objects)
        }
    broken = []
    for one in given_model.rules:
        there = one.subject in present
        if one.kind is RuleKind.EXCLUDES and there and present & set(one.objects):
            broken.append(one.id)
        if one.kind is RuleKind.NEEDS and there and not present & set(one.objects):
            steps = {item.kind for item in present}
            if not any(item.kind in STEPS and item.kind not in steps for item in one.objects):
                broken.append(one.id)
    base = {item for item in chosen if item.kind in BASE}
    if not any(base <= variant.items for variant in given_model.variants):
        broken.append("variant")
    return broken


def price_by_hand(given_model: Model, chosen: frozenset[Item]) -> int:
    """The cheapest car of these choices and every extra chosen that nothing includes."""
    base = {item for item in chosen if item.kind in BASE}
    total = min(variant.price.minor for variant in given_model.variants if base <= variant.items)
    present = set(chosen)
    for _ in given_model.items:
        present |= {
            one.subject
            for one in given_model.rules
            if one.kind is RuleKind.INCLUDED_IN and one.subject.kind in {OPTION, PACK} and present & set(one.objects)
        }
    free = {one.subject for one in given_model.rules if one.kind is RuleKind.INCLUDED_IN and present & set(one.objects)}
    return total + sum(given_model.prices[item].minor for item in chosen if item.kind not in BASE and item not in free)


@settings(max_examples=300, deadline=None)
@given(models(), st.data())
def test_no_sequence_of_choices_breaks_a_rule_or_the_sum(any_model: Model, data: st.DataObject) -> None:
    """After every choice and removal, in any order: rules hold, steps are single, the price is the sum of its parts."""
    configurator = Configurator(any_model)
    configuration = configurator.start()
    for _ in range(data.draw(st.integers(1, 12))):
        item = data.draw(st.sampled_from(any_model.items))
        act = configurator.remove if data.draw(st.integers(0, 3)) == 0 else configurator.choose
        before = configuration
        try:
            change = act(configuration, item)
        except ChoiceError:
            assert configuration == before
            continue
        configuration = change.configuration
        assert breaks(any_model, configuration.chosen) == []
        problems = configurator.problems(configuration)
        assert {problem.kind for problem in problems} <= {ProblemKind.MISSING}
        quote = configurator.quote(configuration)
        assert quote.total.minor == sum(line.price.minor for line in quote.lines)
        assert quote.total.minor == price_by_hand(any_model, configuration.chosen)
        assert act(before, item) == change


@settings(max_examples=150, deadline=None)
@given(models(), st.data())
def test_every_choice_shown_can_be_made_and_does_what_it_says(any_model: Model, data: st.DataObject) -> None:
    """What is offered is never refused, is there afterwards, and brings and drops just what was told."""
    configurator = Configurator(any_model)
    configuration = configurator.start()
    for _ in range(6):
        kind = data.draw(st.sampled_from(ItemKind))
        choices = configurator.choices(configuration, kind)
        if not choices:
            continue
        choice = data.draw(st.sampled_from(choices))
        has = lambda made: made.chosen | set(configurator.included(made))  # noqa: E731  used on three lines only
        if not choice.is_chosen and choice.item not in has(configuration):
            assert configurator.choose(configuration, choice.item) == choice.change
        after = choice.change.configuration
        assert choice.item in has(after)
        lost = has(configuration) - has(after)
        replaced = {item for item in lost if item.kind is choice.item.kind and item.kind in STEPS}
        assert set(choice.change.dropped) == lost - replaced
        assert set(choice.change.brought) == has(after) - has(configuration) - {choice.item}
        configuration = after


@settings(max_examples=150, deadline=None)
@given(models(), st.data())
def test_what_was_made_is_assembled_again(any_model: Model, data: st.DataObject) -> None:
    """A configuration saved as its items comes back as it was, in whatever order they stand."""
    configurator = Configurator(any_model)
    configuration = configurator.start()
    for item in data.draw(st.lists(st.sampled_from(any_model.items), max_size=8)):
        try:
            configuration = configurator.choose(configuration, item).configuration
        except ChoiceError:
            continue
    again, refused = configurator.assemble(data.draw(st.permutations(sorted(configuration.chosen))))

    assert refused == ()
    assert again.configuration == configuration
