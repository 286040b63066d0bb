"""Cars in stock are found by their own parts; what is excluded, dearer or of another kind is not among them."""

import pytest

from domain.money import Money
from domain.parts import Fuel, Gearbox, ItemKind, StockStatus
from domain.stock import StockCar
from domain.stock_search import StockWishes, fitting_cars, like_cars
from domain.wishes import Wishes
from tests.bot.showroom import catalog, stock


def found(wanted: StockWishes) -> list[StockCar]:
    """Of the sandbox's 300 cars."""
    return fitting_cars(catalog(), stock(), wanted)


def part(car: StockCar, kind: ItemKind) -> str:
    """The id of a part of the car."""
    item = car.configuration.of(kind)
    assert item is not None
    return item.id


def test_everything_is_available_and_the_cheapest_comes_first() -> None:
    """Without a wish all cars that are to be had."""
    cars = found(StockWishes())
    assert len(cars) == sum(car.status is StockStatus.AVAILABLE for car in stock())
    assert [car.price.gross.minor for car in cars] == sorted(car.price.gross.minor for car in cars)


@pytest.mark.parametrize("typed", ["Duster", "Dusters", "Dacia Duster"])
def test_a_model_is_named_in_the_plural_too(typed: str) -> None:
    """All Dusters, and nothing else."""
    wanted = {car.vin for car in found(StockWishes()) if car.configuration.model_id == "duster"}
    assert {car.vin for car in found(StockWishes(Wishes(model=typed)))} == wanted


def test_a_make_is_all_its_models() -> None:
    """A make alone means each of its models."""
    makes = {model.id for model in catalog().models if model.make == "Dacia"}
    assert {car.configuration.model_id for car in found(StockWishes(Wishes(model="Dacia")))} <= makes
    assert len({car.configuration.model_id for car in found(StockWishes(Wishes(model="Dacia")))}) > 1


def test_what_stands_beside_the_model_is_its_trim_and_engine() -> None:
    """Each word must be the car's own."""
    cars = found(StockWishes(Wishes(model="Duster Journey TCe 130")))
    assert cars
    assert {(part(car, ItemKind.TRIM), part(car, ItemKind.ENGINE)) for car in cars} <= {
        ("journey", "tce-130"),
        ("journey", "tce-130-4x4"),
    }
    assert found(StockWishes(Wishes(model="Duster Batmobile"))) == []


@pytest.mark.parametrize("colour", ["black", "neagră"])
def test_a_colour_and_its_opposite_share_the_cars(colour: str) -> None:
    """Wanted and excluded together are all of them, and no car is in both."""
    every = {car.vin for car in found(StockWishes(Wishes(model="Duster")))}
    black = {car.vin for car in found(StockWishes(Wishes(model="Duster", colour=colour)))}
    others = {car.vin for car in found(StockWishes(Wishes(model="Duster"), not_colours=(colour,)))}
    assert black
    assert black | others == every
    assert not black & others


def test_prices_have_two_ends_in_their_own_currency() -> None:
    """Both limits hold, with VAT; lei say nothing of euros."""
    least, most = Money(2_200_000, "EUR"), Money(2_500_000, "EUR")
    cars = found(StockWishes(least=least, most=most))
    assert cars
    assert all(least.minor <= car.price.gross.minor <= most.minor for car in cars)
    assert found(StockWishes(most=Money(9_000_000, "RON"))) == []


def test_fuel_and_gearbox_are_the_cars_own() -> None:
    """Automatic petrol Dusters."""
    model = catalog().model("duster")
    assert model is not None
    fuels = {engine.id: engine.fuel for engine in model.engines}
    boxes = {box.id: box.kind for box in model.transmissions}
    cars = found(StockWishes(Wishes(model="Duster", fuel=Fuel.PETROL, gearbox=Gearbox.AUTOMATIC)))
    for car in cars:
        assert fuels[part(car, ItemKind.ENGINE)] is Fuel.PETROL
        assert boxes[part(car, ItemKind.TRANSMISSION)] is Gearbox.AUTOMATIC


def test_an_option_may_be_chosen_or_included() -> None:
    """Words that name no item of the model fit no car."""
    assert found(StockWishes(Wishes(model="Duster", options=("flying carpet",)))) == []
    assert len(found(StockWishes(Wishes(model="Duster", options=("winter pack",))))) < len(
        found(StockWishes(Wishes(model="Duster")))
    )


def test_alternatives_are_near() -> None:
    """The same model, never the car itself, those alike in most parts first."""
    (car, *_) = found(StockWishes(Wishes(model="Duster")))
    others = like_cars(stock(), car.configuration, minor=car.price.minor, vin=car.vin)
    shared = [len(one.configuration.chosen & car.configuration.chosen) for one in others]
    assert car.vin not in {one.vin for one in others}
    assert {one.configuration.model_id for one in others} == {"duster"}
    assert shared == sorted(shared, reverse=True)
