"""Orders from a sentence: a new car or the latest offer, a fleet; each becomes a draft that is completed on its card."""

from datetime import datetime
from typing import Any

from bot.dialogue.flow import Flow
from bot.dialogue.slots import ClientSlot, TextSlot, TimeSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.configure import begin, complete_or_none, read_car, said_of, show
from bot.flows.create_offer import CarSlot
from bot.flows.order_drafts import order_papers, show_fleet, show_order
from domain.configurations import own_configuration
from domain.errors import InvalidValueError
from domain.money import Money
from domain.offers import Offer, OfferStatus
from domain.orders import draft_order, order_to_see, set_details
from domain.permissions import changeable_owners
from domain.sales import OrderKind, Party, PartyKind

CAR_PARTS = ("model", "engine", "colour", "upholstery", "option", "transmission", "fuel")


class OrderNewCar(Flow):
    """`order_new_car`: the car that is named, else the one of the latest offer."""

    intent = "order_new_car"
    slots = (ClientSlot(), CarSlot(lambda turn, form: not _from_offer(turn, form)))
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Draft it from the offer or from a whole car; else the car is completed first."""
        offer = _from_offer(turn, form)
        if offer:
            several = offer.terms.cars > 1
            order = draft_order(
                turn.unit,
                turn.agent,
                opportunity_id=offer.opportunity_id,
                terms=offer.terms,
                kind=OrderKind.FLEET if several else OrderKind.NEW_CAR,
                offer_id=offer.id,
            )
            show_order(turn, order)
            return
        if form.values.get("paper"):
            order_papers(
                turn, [own_configuration(turn.unit, turn.agent, form.values["paper"])], form.values["customer_id"]
            )
            return
        reading = read_car(turn, form.values)
        paper = begin(turn, reading, customer_id=form.values["customer_id"], opportunity_id=None)
        if complete_or_none(turn, paper) and not reading.unclear:
            order_papers(turn, [paper], form.values["customer_id"])
        else:
            show(turn, paper, notice=said_of(turn, reading))


class OrderFleet(Flow):
    """`order_fleet`: several configurations with how many of each; what is open is completed on a card each."""

    intent = "order_fleet"
    slots = (ClientSlot(), CarSlot(lambda turn, form: not _several(form) and not _from_offer(turn, form)))
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """From the latest offer where no car is named; else one working paper for each model."""
        offer = _from_offer(turn, form)
        if offer:
            order = draft_order(
                turn.unit,
                turn.agent,
                opportunity_id=offer.opportunity_id,
                terms=offer.terms,
                kind=OrderKind.FLEET,
                offer_id=offer.id,
            )
            show_order(turn, order)
            return
        papers = []
        named: list[tuple[Any, Any]] = _several(form) or [(form.values.get("model"), form.values.get("quantity"))]
        for model, quantity in named:
            reading = read_car(turn, {**form.values, "model": model})
            if len(reading.models) != 1:
                turn.say("question.car_unknown", model=model)
                return
            count = quantity if isinstance(quantity, int) else 1
            papers.append(
                begin(turn, reading, customer_id=form.values["customer_id"], opportunity_id=None, quantity=count)
            )
        show_fleet(turn, papers, form.values["customer_id"])


class OrderDetail(Flow):
    """One value of a draft, by its button."""

    intent = "order_detail"
    slots = (
        TextSlot(
            "party", key="question.party", needed=lambda _turn, form: form.values["field"] in {"party", "leasing"}
        ),
        TextSlot(
            "amount",
            key="question.deposit",
            question="amount",
            needed=lambda _turn, form: form.values["field"] == "deposit",
        ),
        TimeSlot(lambda _turn, form: form.values["field"] == "delivery"),
        TextSlot("location", key="question.location", needed=lambda _turn, form: form.values["field"] == "location"),
    )
    repeatable = False
    retry = {"deposit_range": "amount", "date_past": "time"}

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep it and show the order again."""
        values = form.values
        party = None
        if values.get("party"):
            kind = PartyKind.LEASING_COMPANY if values["field"] == "leasing" else PartyKind.COMPANY
            party = Party(kind, values["party"])
        order = order_to_see(turn.unit, turn.agent, values["order"])
        amount = Money.of(values["amount"]["value"], values["amount"]["currency"]) if values.get("amount") else None
        if amount and amount.currency != order.currency:
            raise InvalidValueError("discount_currency", currency=order.currency)
        order = set_details(
            turn.unit,
            turn.agent,
            order_id=order.id,
            party=party,
            deposit_minor=amount.minor if amount else None,
            delivery_on=datetime.fromisoformat(values["time"]["value"]).date() if values.get("time") else None,
            location=values.get("location"),
        )
        show_order(turn, order)


def _from_offer(turn: Turn, form: Form) -> Offer | None:
    """The customer's latest offer that still holds, where the message names no car of its own."""
    if (
        any(form.values.get(part) for part in CAR_PARTS)
        or form.values.get("paper")
        or not form.values.get("customer_id")
    ):
        return None
    owners = changeable_owners(turn.agent)
    found = turn.unit.offers.latest(owners, customer_id=form.values["customer_id"], limit=1)
    good = found and found[0].status is OfferStatus.ISSUED and found[0].valid_until >= turn.today
    return found[0] if good else None


def _several(form: Form) -> list[tuple[Any, Any]]:
    """Models with their quantities, where the message names more than one."""
    models, counts = form.values.get("model"), form.values.get("quantity")
    if not isinstance(models, list):
        return []
    numbers = counts if isinstance(counts, list) else [counts] * len(models)
    return list(zip(models, numbers, strict=False))
