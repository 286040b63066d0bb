"""The vehicle that a customer has in mind, kept from whatever message names it: on the customer, and in the open deal."""

from collections.abc import Sequence

from bot.cards.activities import who
from bot.cards.deals import deal_name, short
from bot.dialogue.turn import Button, Turn
from bot.flows.deal_changes import is_of, opened_by
from bot.flows.deal_edits import Change
from domain.customers import set_interest
from domain.opportunities import Changes, Opportunity, open_deals, update_opportunity
from domain.permissions import customer_to_change


def keep_interest(turn: Turn, customer_id: int, model: str) -> None:
    """Keep on the customer which vehicle a plan is about, and say so where it is news; it decides nothing on a deal."""
    if customer_to_change(turn.unit, turn.agent, customer_id).interest == model:
        return
    customer = set_interest(turn.unit, turn.agent, customer_id=customer_id, interest=model)
    turn.wrote()
    turn.say("client.interest_kept", who=who(turn, customer), interest=customer.interest)


def keep_wish(turn: Turn, customer_id: int, model: str) -> None:
    """Keep it on the customer; put it into the only open deal, ask which of several, or offer to open one."""
    deals = open_deals(turn.unit, turn.agent, customer_id=customer_id)
    customer = customer_to_change(turn.unit, turn.agent, customer_id)
    is_news = customer.interest != model
    if is_news:
        set_interest(turn.unit, turn.agent, customer_id=customer_id, interest=model)
        turn.wrote()
    served = [deal for deal in deals if is_of(deal, model)]
    if len(deals) == 1 and not served:
        change = Change(turn, deals[0])
        update_opportunity(turn.unit, turn.agent, opportunity_id=deals[0].id, changes=Changes(model=model))
        change.tell([opened_by(turn, deals[0])])
    elif served:
        turn.say("deal.wish_known", deal=deal_name(turn, served[0]))
    else:
        words_of_it = turn.t("client.interest_kept", who=who(turn, customer), interest=model)
        turn.add(words_of_it, *_choices(turn, deals, customer_id, model))


def _choices(turn: Turn, deals: Sequence[Opportunity], customer_id: int, model: str) -> list[list[Button]]:
    """Into which of several deals, or into a new one."""
    rows = [
        [
            Button(
                turn.t("btn.into_deal", deal=short(turn, deal)),
                "deal.model",
                {"deal": deal.id, "version": deal.version, "model": model},
            )
        ]
        for deal in deals
    ]
    values = {"customer_id": customer_id, "model": model}
    return [*rows, [Button(turn.t("btn.new_deal_of", model=model), "deal.create", {"values": values})]]
