"""The car that a client gives in part payment: only the model is asked for; year, mileage and price where they are said."""

import re
from typing import Any

from bot.cards.activities import who
from bot.cards.client_details import vehicle_words
from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.hearing import Heard
from bot.dialogue.slots import ClientSlot, TextSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.understanding.acts import Act
from bot.understanding.quantities import find_amounts, find_mileages, find_years
from domain.customers import Vehicle
from domain.money import Money
from domain.permissions import customer_to_change
from domain.vehicles import VehicleDetails, add_vehicle

DETAILS = ("year", "mileage", "price")


def year_of(text: str) -> int | None:
    """A year that stands alone: "2017", "'17"."""
    short = re.fullmatch(r"\s*'(\d\d)\s*", text)
    if short:
        return (2000 if int(short[1]) < 50 else 1900) + int(short[1])
    whole = re.fullmatch(r"\s*(\d{4})\s*", text)
    return int(whole[1]) if whole else next((span.value for span in find_years(text)), None)


def mileage_of(text: str) -> int | None:
    """Kilometres, with or without the unit: "120k", "120.000 km"; far too many are read too, to be refused by name."""
    for said in (text, f"{text} km"):
        if spans := find_mileages(said):
            return spans[0].value
    digits = re.fullmatch(r"\s*(\d[\d., ]*)\s*(?:km)?\s*", text)
    return int(re.sub(r"\D", "", digits[1])) if digits else None


def price_of(text: str, currency: str) -> dict[str, str] | None:
    """A sum as the contract has it."""
    spans = find_amounts(text, default_currency=currency)
    return spans[0].value.as_json() if spans else None


class NumberSlot(TextSlot):
    """A figure that is asked for only where the one that was said cannot be right."""

    def __init__(self, name: str, *, question: str) -> None:
        super().__init__(
            name, key=f"client.ask.vehicle_{question}", question=question, needed=lambda _turn, _form: False
        )

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:  # noqa: ARG002
        """The figure alone."""
        return read_figure(turn, self.question, heard.text)


def read_figure(turn: Turn, question: str, text: str) -> Any:
    """What was typed as a year, a mileage or a price; None where it is none."""
    if question == "price":
        return price_of(text, turn.unit.defaults.currency)
    return year_of(text) if question == "year" else mileage_of(text)


class AddTradeIn(Flow):
    """`add_trade_in`."""

    intent = "add_trade_in"
    slots = (
        ClientSlot(),
        TextSlot("model", key="question.trade_in_model"),
        NumberSlot("year", question="year"),
        NumberSlot("mileage", question="mileage"),
        NumberSlot("amount", question="price"),
    )
    retry = {
        "vehicle_model": "model",
        "vehicle_year": "year",
        "vehicle_mileage": "mileage",
        "vehicle_price": "amount",
        "amount_out_of_range": "amount",
    }

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One car; two models named together are one description."""
        values = dict(act.entities)
        if isinstance(values.get("model"), list):
            values["model"] = " ".join(values["model"])
        return per_client(values)

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep it, and offer what is still missing."""
        values = form.values
        details = VehicleDetails(
            model=_described(values),
            year=values.get("year"),
            mileage=values.get("mileage"),
            price=money_of(values.get("amount")),
        )
        vehicle = add_vehicle(turn.unit, turn.agent, customer_id=values["customer_id"], details=details)
        customer = customer_to_change(turn.unit, turn.agent, values["customer_id"])
        turn.wrote()
        text = turn.t("client.trade_in_added", who=who(turn, customer), vehicle=vehicle_words(turn, vehicle))
        opened = Button(turn.t("btn.open"), "client.open", {"customer": customer.id})
        turn.add(text, missing_row(turn, customer.id, vehicle), [opened])


def missing_row(turn: Turn, customer_id: int, vehicle: Vehicle) -> list[Button]:
    """What is not known of the car, each to be added by a press."""
    return [
        Button(
            turn.t(f"client.add.{name}"),
            "client.edit_field",
            {"customer": customer_id, "vehicle": vehicle.id, "field": f"vehicle_{name}"},
        )
        for name in DETAILS
        if getattr(vehicle, name) is None
    ]


def money_of(amount: Values | None) -> Money | None:
    """The contract's `amount` as the domain takes it."""
    return Money.of(amount["value"], amount["currency"]) if amount else None


def _described(values: Values) -> str:
    """The model with what else was said of the car itself."""
    more = [values.get(name) for name in ("engine", "fuel", "colour")]
    said = [str(values["model"]), *(one for one in more if isinstance(one, str))]
    return " ".join(said)
