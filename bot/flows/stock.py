"""Cars in stock: found by what is wanted, shown as a list, ordered by a press or by a sentence that fits one."""

from collections.abc import Sequence
from typing import Any

from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Register, Values
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.configure import showroom_of, wishes_of
from bot.flows.order_drafts import order_stock_car
from bot.ports import Card
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from domain.catalog import Catalog
from domain.errors import ConflictError, InvalidValueError
from domain.money import Money
from domain.offer_terms import title_of
from domain.parts import ItemKind, StockStatus
from domain.stock import StockCar
from domain.stock_search import StockWishes, fitting_cars
from texts.catalog import Html

Args = dict[str, Any]
SHOWN = 6
_NOT = (" not", " nu", " fara", " except", " without", " no")
CAR_WORDS = ("model", "engine", "fuel", "transmission", "colour", "upholstery", "option", "not_colour")


class SearchStock(Flow):
    """`search_stock`."""

    intent = "search_stock"
    writes = False

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """A colour after a "not" is one that is not wanted."""
        return [_without_unwanted(act)]

    def complete(self, turn: Turn, form: Form) -> None:
        """The cheapest that fit."""
        show_cars(turn, find_cars(turn, form.values), customer_id=form.values.get("customer_id"))


class OrderStock(Flow):
    """`order_stock`: a car that fits, chosen where several do."""

    intent = "order_stock"
    slots = (ClientSlot(),)
    repeatable = False

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """A colour after a "not" is one that is not wanted."""
        return [_without_unwanted(act)]

    def complete(self, turn: Turn, form: Form) -> None:
        """One that fits what was said is drafted and reserved at once; of several one is pressed."""
        customer_id = form.values["customer_id"]
        if form.values.get("vin"):
            order_stock_car(turn, available_car(turn, form.values["vin"]), customer_id)
            return
        cars = find_cars(turn, form.values)
        if len(cars) == 1 and any(form.values.get(name) for name in CAR_WORDS):
            order_stock_car(turn, cars[0], customer_id)
        else:
            show_cars(turn, cars, customer_id=customer_id)


def register_stock_buttons(register: Register, engine: Engine) -> None:
    """Order one of the cars shown."""

    def order(turn: Turn, card: Card, args: Args) -> None:
        car = available_car(turn, args["vin"])
        turn.edit(card, None)
        if args.get("customer"):
            order_stock_car(turn, car, args["customer"])
        else:
            engine.open_form(turn, "order_stock", {"vin": car.vin})

    register.press("stock.order", order)


def available_car(turn: Turn, vin: str) -> StockCar:
    """The car, as far as the stock's last snapshot knows; raises ConflictError where it may not be ordered."""
    car = next((one for one in showroom_of(turn).stock if one.vin == vin), None)
    if car is None or car.status is not StockStatus.AVAILABLE:
        raise ConflictError("car_sold")
    return car


def find_cars(turn: Turn, values: Values) -> list[StockCar]:
    """Available cars that fit what was said, the cheapest first; raises InvalidValueError for a limit in another currency."""
    showroom = showroom_of(turn)
    least, most = _limit(values.get("min_amount")), _limit(values.get("max_amount") or values.get("amount"))
    currencies = {car.price.currency for car in showroom.stock}
    if any(limit and limit.currency not in currencies for limit in (least, most)) and currencies:
        raise InvalidValueError("discount_currency", currency=min(currencies))
    excluded = values.get("not_colour")
    mileage = values.get("mileage")
    wanted = StockWishes(
        wishes_of(values),
        not_colours=(excluded,) if isinstance(excluded, str) else (),
        least=least,
        most=most,
        most_km=mileage if isinstance(mileage, int) else None,
    )
    return fitting_cars(showroom.catalog, showroom.stock, wanted)


def show_cars(turn: Turn, cars: Sequence[StockCar], *, customer_id: int | None) -> None:
    """A list with a button each."""
    if not cars:
        turn.say("stock.none")
        return
    catalog = showroom_of(turn).catalog
    shown = cars[:SHOWN]
    lines = [Html(f"{at}. {_line(turn, catalog, car)}") for at, car in enumerate(shown, start=1)]
    buttons = [
        Button(turn.t("btn.order_this", at=at), "stock.order", {"vin": car.vin, "customer": customer_id})
        for at, car in enumerate(shown, start=1)
    ]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    turn.add(Html("\n").join([turn.n("stock.count", len(cars)), *lines]), *rows)


def _line(turn: Turn, catalog: Catalog, car: StockCar) -> Html:
    model = catalog.model(car.configuration.model_id)
    if model is None:
        raise LookupError(car.configuration.model_id)  # what fits is of a model that is there
    language = turn.texts.language
    parts = [
        model.names[item].text(language)
        for kind in (ItemKind.TRANSMISSION, ItemKind.COLOUR)
        if (item := car.configuration.of(kind))
    ]
    return turn.t(
        "stock.line",
        title=title_of(model, car.configuration),
        parts=", ".join(parts),
        price=turn.formats.money(car.price.gross.minor, car.price.currency),
        location=car.location,
        age=turn.n("stock.days", car.age(turn.today)),
    )


def _limit(said: Any) -> Money | None:
    return Money.of(said["value"], said["currency"]) if isinstance(said, dict) else None


def _without_unwanted(act: Act) -> Values:
    values = dict(act.entities)
    colour = values.get("colour")
    if isinstance(colour, str):
        before = " " + fold(act.text).partition(fold(colour))[0].rstrip()
        if before.endswith(_NOT):
            values["not_colour"] = values.pop("colour")
    return values
