"""From the configurator's and the fleet's cards to an order."""

from typing import Any

from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn
from bot.flows.configure import complete_or_none, show
from bot.flows.order_drafts import order_papers
from bot.ports import Card
from domain.configurations import own_configuration
from domain.errors import ConflictError
from domain.permissions import customer_to_change

Args = dict[str, Any]


def register_order_car_buttons(register: Register, engine: Engine) -> None:
    """Order a car that is put together, complete one of a fleet, order the fleet."""

    def from_paper(turn: Turn, card: Card, args: Args) -> None:
        paper = own_configuration(turn.unit, turn.agent, args["paper"])
        if complete_or_none(turn, paper) is None:
            raise ConflictError("car_incomplete")
        turn.edit(card, None)
        if paper.customer_id is None:
            engine.open_form(turn, "order_new_car", {"paper": paper.id})
        else:
            order_papers(turn, [paper], paper.customer_id)

    def configure(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the fleet's card stays
        show(turn, own_configuration(turn.unit, turn.agent, args["paper"]))

    def fleet(turn: Turn, card: Card, args: Args) -> None:
        papers = [own_configuration(turn.unit, turn.agent, paper) for paper in args["papers"]]
        customer = customer_to_change(turn.unit, turn.agent, args["customer"])
        if not papers or any(complete_or_none(turn, paper) is None for paper in papers):
            raise ConflictError("car_incomplete")
        turn.edit(card, None)
        order_papers(turn, papers, customer.id)

    register.press("car.order", from_paper)
    register.press("order.configure", configure)
    register.press("order.fleet", fleet)
