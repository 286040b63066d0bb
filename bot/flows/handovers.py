"""What the agents hear when customers change hands: the one who gets them, and the one who had them."""

from typing import Any

from bot.cards.portfolio import names_of, tell, with_owner
from bot.dialogue.turn import Button, Turn
from bot.ports import Priority
from domain.customers import Customer
from domain.portfolio import Handover

Fact = dict[str, Any]


def client_given(turn: Turn, fact: Fact) -> None:
    """Customers are now this agent's, if they still are."""
    mine = [one for one in _there(turn, fact) if one.owner_id == turn.agent.id]
    if not mine:
        return
    rows = [[Button(turn.t("btn.open"), "client.open", {"customer": mine[0].id})]] if len(mine) == 1 else []
    said = turn.t("assign.given", names=names_of(turn, mine), activities=fact["activities"], deals=fact["deals"])
    turn.add(said, *rows)


def client_taken(turn: Turn, fact: Fact) -> None:
    """Customers that were this agent's are somebody else's now, if they still are."""
    gone = [one for one in _there(turn, fact) if one.owner_id != turn.agent.id]
    if gone:
        turn.priority = Priority.BULK
        turn.say("assign.taken_away", names=names_of(turn, gone), owner=with_owner(turn, gone[0]))


def tell_handover(turn: Turn, *handovers: Handover) -> None:
    """Both agents of each handover hear of it, once each, however many customers went."""
    for done in {one.after.id: one for one in handovers if one.after}.values():
        given = [one for one in handovers if one.after and done.after and one.after.id == done.after.id]
        fact = {
            "kind": "client_given",
            "customers": [one.customer.id for one in given],
            "activities": sum(one.activities for one in given),
            "deals": sum(one.deals for one in given),
        }
        tell(turn, done.after, fact)
    for done in {one.before.id: one for one in handovers if one.before}.values():
        taken = [one.customer.id for one in handovers if one.before and done.before and one.before.id == done.before.id]
        to = done.after.id if done.after else None
        tell(turn, done.before, {"kind": "client_taken", "customers": taken, "to": to})


def _there(turn: Turn, fact: Fact) -> list[Customer]:
    found = [turn.unit.customers.get(customer_id) for customer_id in fact["customers"]]
    return [one for one in found if one is not None and not one.erased_at]
