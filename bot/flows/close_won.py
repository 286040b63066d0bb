"""The customer signed: the deal is won, and a sale once Sales has accepted its order."""

from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.deal_changes import apply, offer_new
from bot.flows.deal_doubts import refuse_doubt
from bot.flows.deal_slot import DealSlot
from bot.flows.deal_values import RETRY, VALUE_SLOTS, said_of_deal
from bot.understanding.acts import Act
from domain.opportunities import Stage


class CloseWon(Flow):
    """`close_won`."""

    intent = "close_won"
    slots = (ClientSlot(), DealSlot(), *VALUE_SLOTS)
    retry = RETRY

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One deal a client; a day that is named is the signature's, and none to close on."""
        said = {name: value for name, value in act.entities.items() if name != "time"}
        return per_client(said_of_deal(said, act.text) | {"stage": Stage.WON.value})

    def complete(self, turn: Turn, form: Form) -> None:
        """Won, with the value that was said."""
        refuse_doubt(form.values)
        if form.values.get("deal_id") is None:
            offer_new(turn, form.values)
        else:
            apply(turn, form.values, form.values["deal_id"])
