"""The customer does not buy: the reason is asked for where it was not said, the agent's own words are kept."""

from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.deal_changes import CARS, apply, named_cars, offer_new
from bot.flows.deal_slot import DealSlot
from bot.flows.deal_values import reason_slot
from bot.understanding.acts import Act
from domain.opportunities import Stage


def _of_a_deal(_turn: Turn, form: Form) -> bool:
    return form.values.get("deal_id") is not None


class CloseLost(Flow):
    """`close_lost`."""

    intent = "close_lost"
    slots = (ClientSlot(), DealSlot(), reason_slot(_of_a_deal))

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One deal a client."""
        said = {name: act.entities[name] for name in ("client", "loss_reason") if name in act.entities}
        return per_client(said | {"stage": Stage.LOST.value, CARS: named_cars(act.text)})

    def complete(self, turn: Turn, form: Form) -> None:
        """Lost, and why."""
        if form.values.get("deal_id") is None:
            offer_new(turn, form.values, text=form.text)
        else:
            apply(turn, form.values, form.values["deal_id"], text=form.text)
