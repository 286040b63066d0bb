"""The vehicle that a customer has in mind, kept from whatever message names it, and said."""

from bot.cards.activities import who
from bot.dialogue.turn import Turn
from domain.customers import set_interest
from domain.permissions import customer_to_change


def keep_interest(turn: Turn, customer_id: int, model: str) -> None:
    """Keep it, and say so where it is news."""
    if customer_to_change(turn.unit, turn.agent, customer_id).interest == model:
        return
    customer = set_interest(turn.unit, turn.agent, customer_id=customer_id, interest=model)
    turn.wrote()
    turn.say("client.interest_kept", who=who(turn, customer), interest=customer.interest)
