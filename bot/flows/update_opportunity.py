"""What a customer wants now: the vehicle in mind is kept on the customer; deals themselves are not kept yet."""

from bot.dialogue.flow import Flow
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.interest import keep_interest
from bot.flows.unavailable import offer_note

KEPT = frozenset({"client", "customer_id", "model"})


def _vehicle_alone(_turn: Turn, form: Form) -> bool:
    """Whether the message says nothing but which vehicle is wanted."""
    return isinstance(form.values.get("model"), str) and set(form.values) <= KEPT


class UpdateOpportunity(Flow):
    """`update_opportunity`, as far as "wants the Duster" goes."""

    intent = "update_opportunity"
    slots = (ClientSlot(_vehicle_alone),)

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep the vehicle; for the rest say what can be done."""
        if not _vehicle_alone(turn, form):
            offer_note(turn, form)
            return
        keep_interest(turn, form.values["customer_id"], form.values["model"])
